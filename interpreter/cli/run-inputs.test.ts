// What `run` takes as text: limits by name, variables, the start date. Wrong ones are told in one line; a run that a limit ended
// says how to go on, and where it was if that is known.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { DEFAULT_LIMITS } from "../kernel/limits.ts"
import { runCommand } from "./run-command.ts"
import { LIMITS_HELP, limitsFrom, raisedLimitHint, startFrom, variablesFrom } from "./run-inputs.ts"

describe("limits as text", () => {
  it("are pairs of a name and a number", () => {
    expect(limitsFrom(undefined)).toEqual({})
    expect(limitsFrom("steps=400000000, tasks=10")).toEqual({ steps: 400_000_000, tasks: 10 })
    for (const name of Object.keys(DEFAULT_LIMITS)) expect(LIMITS_HELP).toContain(`${name}=`)
  })

  it.each([
    ["speed=3", /there is no limit "speed"; the limits are steps, tasks, calls/],
    ["__proto__=3", /there is no limit/],
    ["steps", /steps takes a whole number from 1/],
    ["steps=many", /got "many"/],
    ["steps=0", /got "0"/],
    ["steps=1=2", /got "1=2"/],
    ["depth=99999999", /depth takes a whole number from 1 to 1000000/],
  ])("that are wrong say so: %s", (text, sentence) => {
    expect(() => limitsFrom(text)).toThrow(sentence)
  })

  it("are offered doubled, in the words of the page's button", () => {
    expect(raisedLimitHint("steps", { limits: {} })).toBe(
      "counterpoint: to continue up to 400\u202f000\u202f000 steps, run it with --limit steps=400000000",
    )
    expect(raisedLimitHint("outputBytes", { limits: { outputBytes: 1500 } })).toMatch(
      /up to 3\u202f000 bytes of output, .* outputBytes=3000$/,
    )
  })
})

describe("variables and the start as text", () => {
  it("are read, or told to be wrong", () => {
    expect(variablesFrom(["A=1", "B=x=y", "A="])).toEqual({ A: "", B: "x=y" })
    expect(() => variablesFrom(["1A=1"])).toThrow(/--var takes NAME=VALUE, got "1A=1"/)
    expect(startFrom("2026-01-01")).toBe(1_767_225_600_000)
    expect(startFrom("2026-01-01T00:00:01Z")).toBe(1_767_225_601_000)
    for (const text of ["tomorrow", "2026-13-01", "2026-01-01T00:00:00"]) expect(() => startFrom(text)).toThrow(/--start takes a date/)
  })
})

describe("a run with a limit", () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function ran(text: string, ...options: string[]) {
    const path = join(folder, "main.vibe")
    writeFileSync(path, text)
    const told: string[] = []
    const error = vi.spyOn(console, "error").mockImplementation((line: string) => void told.push(line))
    const out = vi.spyOn(process.stdout, "write").mockImplementation(() => true)
    try {
      return { code: await runCommand([path, "--quiet", ...options]), told }
    } finally {
      error.mockRestore()
      out.mockRestore()
    }
  }

  it("ends there, names the line where that is known, and says how to go on", async () => {
    const text = 'print("a")\nprint("bcd")\n'
    const { code, told } = await ran(text, "--limit", "outputBytes=5")
    expect(code).toBe(1)
    expect(told[0]).toMatch(/main\.vibe:2:1: .*stopped after 5 bytes of output: print less/)
    expect(told[1]).toBe("counterpoint: to continue up to 10 bytes of output, run it with --limit outputBytes=10")
    expect((await ran(text, "--limit", "outputBytes=10")).code).toBe(0)
  })
})
