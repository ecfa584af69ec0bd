// Where a splitter may go, whatever the size of the window.
import { describe, expect, it } from "vitest"
import { boundedShare } from "./Split.tsx"

describe("a splitter", () => {
  it("goes where it is put while both panes keep what they need", () => {
    expect(boundedShare(0.4, 1000, 360, 280)).toBe(0.4)
  })

  it.each([
    [0.1, 0.36],
    [0.95, 0.72],
    [0, 0.36],
    [1, 0.72],
  ])("put at %f it stops at %f", (put, stops) => {
    expect(boundedShare(put, 1000, 360, 280)).toBeCloseTo(stops)
  })

  it("divides a window that is too small for both in proportion", () => {
    expect(boundedShare(0.9, 300, 360, 240)).toBeCloseTo(0.6)
  })
})
