// Counts, times and plurals on the page's controls.
import { describe, expect, it } from "vitest"
import { formatCount, formatSpeed, formatTime, formatTimeOf, plural } from "./format.ts"

describe("formats", () => {
  it.each([
    [0, "0 s"],
    [40, "40 µs"],
    [400, "0.4 ms"],
    [1000, "1 ms"],
    [340_000, "340 ms"],
    [999_499, "999 ms"],
    [999_600, "1.00 s"],
    [2_620_000, "2.62 s"],
    [99_990_000, "99.99 s"],
    [99_999_000, "1 m 40 s"],
    [102_000_000, "1 m 42 s"],
    [3_900_000_000, "1 h 05 m"],
  ])("%i microseconds read %s", (us, text) => {
    expect(formatTime(us)).toBe(text)
  })

  it("groups thousands with a thin space", () => {
    expect(formatCount(1001)).toBe("1\u202f001")
    expect(formatCount(1_234_567)).toBe("1\u202f234\u202f567")
    expect(formatCount(999)).toBe("999")
  })

  it("names one thing and many", () => {
    expect(plural(1, "task")).toBe("1 task")
    expect(plural(0, "task")).toBe("0 tasks")
    expect(plural(2, "reply", "replies")).toBe("2 replies")
  })

  it("writes the playhead and the end with one unit", () => {
    expect(formatTimeOf(620_000, 3_680_000)).toBe("0.62 / 3.68 s")
    expect(formatTimeOf(0, 300_000)).toBe("0 s / 300 ms")
  })

  it("names speeds", () => {
    expect(formatSpeed(0.25)).toBe("0.25×")
    expect(formatSpeed(Number.POSITIVE_INFINITY)).toBe("instant")
  })
})
