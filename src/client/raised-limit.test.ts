// Going on after a limit: what is offered, what is run again, and where the browser could not bear more.
import { describe, expect, it } from "vitest"
import { raisedLimit } from "./raised-limit.ts"

describe("continuing after a limit", () => {
  it("runs again with twice the limit that was hit, the others as they were", () => {
    const raised = raisedLimit({ limits: { tasks: 50 } }, "steps")
    expect(raised).toEqual({ limits: { tasks: 50, steps: 400_000_000 }, label: "Continue up to 400\u202f000\u202f000 steps" })
    expect(raisedLimit({ limits: raised?.limits ?? {} }, "steps")?.limits.steps).toBe(800_000_000)
  })

  it.each([
    ["outputBytes", "Continue up to 20 MB of output"],
    ["valueBytes", "Continue up to 512 MB of values"],
    ["virtualUs", "Continue up to 48 h 00 m of virtual time"],
  ] as const)("says what of: %s", (limit, label) => expect(raisedLimit({ limits: {} }, limit)?.label).toBe(label))

  it("is not offered where no limit was hit, or where the browser would not bear more", () => {
    expect(raisedLimit({ limits: {} }, undefined)).toBe(null)
    expect(raisedLimit({ limits: { valueBytes: 1_024_000_000 } }, "valueBytes")).toBe(null)
  })
})
