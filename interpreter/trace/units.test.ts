// Times, counts, lists and money as people read them; the same words on the page, in exports and on the command line.
import { describe, expect, test } from "vitest"
import { counted, formatCount, formatTokens, formatUs, listed, shortened } from "./units.ts"

describe("figures as people read them", () => {
  test("times choose their unit", () => {
    expect([0, 1, 400, 1000, 1500, 12_345, 340_000].map(formatUs)).toEqual(["0 s", "1 µs", "0.4 ms", "1 ms", "2 ms", "12 ms", "340 ms"])
    expect([999_499, 999_500, 2_620_000, 99_990_000, 102_000_000, 3_720_000_000].map(formatUs)).toEqual([
      "999 ms",
      "1.00 s",
      "2.62 s",
      "99.99 s",
      "1 m 42 s",
      "1 h 02 m",
    ])
  })

  test("counts have thin spaces and estimates say so", () => {
    expect(formatCount(1_001)).toBe("1\u202f001")
    expect(formatCount(1_234_567)).toBe("1\u202f234\u202f567")
    expect(formatTokens(298, true)).toBe("298 tok est.")
  })

  test("lists and small numbers are words", () => {
    expect(counted(3, "call")).toBe("three calls")
    expect(counted(1, "call")).toBe("one call")
    expect(counted(14, "call")).toBe("14 calls")
    expect(listed(["a", "b", "c"])).toBe("a, b and c")
    expect(listed(["a", "b", "c", "d", "e", "f"])).toBe("a, b, c and 3 more")
  })

  test("a cut text keeps whole characters", () => {
    expect(shortened("one\ntwo  three", 20)).toBe("one two three")
    expect(shortened("abc🪐def", 5)).toBe("abc…")
  })
})
