// One order of texts and one way to write numbers, against what hosts do for English where they agree with it.
import { describe, expect, it } from "vitest"
import { compareTexts, numberText } from "./locale.ts"

describe("the order of texts", () => {
  const sorted = (texts: string[], options = {}) => [...texts].sort((a, b) => compareTexts(a, b, options))
  it("is by letters, then accents, then small before capital", () => {
    expect(sorted(["b", "A", "á", "a", "B", "ab", "Á", "aa"])).toEqual(["a", "A", "á", "Á", "aa", "ab", "b", "B"])
    expect(sorted(["x", "10", "_", "9", " "])).toEqual([" ", "_", "10", "9", "x"])
  })
  it("counts runs of digits as numbers on wish, of any length", () => {
    expect(sorted(["v10", "v9", "v010", "v1"], { numeric: true })).toEqual(["v1", "v9", "v010", "v10"])
    expect(compareTexts("9".repeat(400), "1".repeat(401), { numeric: true })).toBe(-1)
  })
  it.each([
    ["a", "A", "base", 0],
    ["a", "á", "base", 0],
    ["a", "A", "accent", 0],
    ["a", "á", "accent", -1],
    ["a", "á", "case", 0],
    ["a", "A", "case", -1],
    ["a", "b", "base", -1],
  ])("%s and %s at sensitivity %s", (a, b, sensitivity, wanted) => {
    expect(compareTexts(a, b, { sensitivity })).toBe(wanted)
    expect(compareTexts(b, a, { sensitivity })).toBe(wanted === 0 ? 0 : -wanted)
  })
  it("is an order: the same whichever way it is asked", () => {
    const texts = ["", "a", "A", "é", "É", "e", "1", "01", "-", "ab", "a b", "ß", "ss"]
    for (const a of texts) for (const b of texts) expect(compareTexts(a, b) + compareTexts(b, a)).toBe(0)
    for (const a of texts) for (const b of texts) expect(compareTexts(a, b) === 0).toBe(a === b)
  })
})

describe("numbers", () => {
  const english = (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat("en-US", options).format(value)
  it.each([
    [0, {}],
    [-0, {}],
    [1234567.8912, {}],
    [-1234.5, {}],
    [999.9996, {}],
    [1e20, {}],
    [12345.678, { maximumFractionDigits: 1 }],
    [5, { minimumFractionDigits: 2 }],
    [12345, { useGrouping: false }],
    [0.1234, { style: "percent" }],
    [0.1234, { style: "percent", maximumFractionDigits: 1 }],
    [1234.5, { style: "currency", currency: "USD" }],
    [-3, { style: "currency", currency: "EUR" }],
    [1234.5, { style: "currency", currency: "JPY" }],
    [7, { style: "currency", currency: "CHF" }],
    [Number.NaN, {}],
    [Number.NEGATIVE_INFINITY, {}],
  ] as const)("%d with %j is written as in English", (value, options) => {
    expect(numberText(value, options, TypeError)).toBe(english(value, options))
  })
  it("may be bigints, and larger than any table", () => {
    expect(numberText(123456789012345678901n, {}, TypeError)).toBe("123,456,789,012,345,678,901")
    expect(numberText(1e21, {}, TypeError)).toBe("1,000,000,000,000,000,000,000")
  })
  it.each([
    [{ notation: "compact" }, "not 'notation'"],
    [{ style: "unit" }, "not 'unit'"],
    [{ style: "currency" }, "needs a currency"],
    [{ maximumFractionDigits: 99 }, "takes 0 to 20 fraction digits, not 99"],
    [{ minimumFractionDigits: 3, maximumFractionDigits: 1 }, "more minimumFractionDigits than maximumFractionDigits"],
  ])("refuse %j", (options, words) => expect(() => numberText(1, options, TypeError)).toThrow(words))
})
