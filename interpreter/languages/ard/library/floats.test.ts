// Float texts against an independent computation: the exact value of a double as a fraction of BigInts, rounded by comparing
// twice the remainder with the divisor.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fixedText, floatText, parseFloat64, roundedHalfAway, shortestText, truncatedToInt } from "./floats.ts"

/** A finite double as numerator and denominator, found by doubling until it is whole: no look at its bits. */
function fraction(value: number): { numerator: bigint; denominator: bigint } {
  let whole = Math.abs(value)
  let denominator = 1n
  while (!Number.isInteger(whole)) {
    whole *= 2
    denominator *= 2n
  }
  return { numerator: BigInt(whole), denominator }
}

function expected(value: number, decimals: number): string {
  const { numerator, denominator } = fraction(value)
  const scaled = numerator * 10n ** BigInt(decimals)
  let units = scaled / denominator
  const twice = (scaled % denominator) * 2n
  if (twice > denominator || (twice === denominator && units % 2n === 1n)) units++
  const sign = value < 0 || Object.is(value, -0) ? "-" : ""
  if (decimals === 0) return sign + units
  const text = String(units).padStart(decimals + 1, "0")
  return `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const nearTies = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom(8, 16, 200, 1000)).map(([n, of]) => n / of)

describe("printing", () => {
  it("has two decimals, exact, ties to even, for every double", () => {
    fc.assert(
      fc.property(fc.oneof(finite, nearTies), (x) => floatText(x) === expected(x, 2)),
      { numRuns: 5000 },
    )
  })

  it("has any number of decimals", () => {
    fc.assert(
      fc.property(fc.oneof(finite, nearTies), fc.nat(30), (x, decimals) => fixedText(x, decimals) === expected(x, decimals)),
      { numRuns: 1000 },
    )
  })

  it.each([
    [1.5, "1.50"],
    [2.675, "2.67"],
    [0.005, "0.01"],
    [0.125, "0.12"],
    [0.375, "0.38"],
    [-0.001, "-0.00"],
    [-0, "-0.00"],
    [0, "0.00"],
    [1234567.891, "1234567.89"],
    [1e21, "1000000000000000000000.00"],
    [Number.MIN_VALUE, "0.00"],
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
    [Number.NaN, "NaN"],
  ])("%s prints as %s", (value, text) => expect(floatText(value)).toBe(text))

  it("writes all 309 digits of the greatest double", () => {
    expect(floatText(Number.MAX_VALUE)).toBe(`${BigInt(Number.MAX_VALUE)}.00`)
  })
})

describe("reading", () => {
  it("takes back every double from its shortest text", () => {
    fc.assert(fc.property(finite, (x) => Object.is(parseFloat64(shortestText(x)), x)))
  })

  it.each([
    ["1", 1],
    [".5", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["-1.5E-2", -0.015],
    ["inf", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["0x1p4", 16],
    ["-0x1.8p1", -3],
    ["0x.8p0", 0.5],
    ["0x1p-1074", Number.MIN_VALUE],
    ["0x1.fffffffffffff8p0", 2],
    ["0x1.00000000000008p0", 1],
    ["0x1.00000000000018p0", 1 + 2 * Number.EPSILON],
  ])("%s is a Float", (text, value) => expect(parseFloat64(text)).toBe(value))

  it("knows not-a-number, without a sign", () => {
    expect(parseFloat64("NaN")).toBeNaN()
    expect(parseFloat64("+nan")).toBeUndefined()
  })

  it.each(["", ".", "e3", "1e", "1.2.3", " 1", "1 ", "abc", "1_000", "0x", "0x1", "1e400", "--1", "0xp1"])("%s is none", (text) =>
    expect(parseFloat64(text)).toBeUndefined(),
  )

  it("hexadecimal floats are rounded once, ties to even", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 70n }), fc.integer({ min: -1140, max: 900 }), (mantissa, exponent) => {
        const got = parseFloat64(`0x${mantissa.toString(16)}p${exponent}`) as number
        // The nearest double: no neighbour is nearer to the exact value.
        expect(isNearest(got, mantissa, exponent)).toBe(true)
      }),
    )
  })
})

/** Whether a double is nearest to mantissa × 2^exponent, ties to even, by comparing exact distances. */
function isNearest(value: number, mantissa: bigint, exponent: number): boolean {
  const scale = (x: number): bigint => {
    const { numerator, denominator } = fraction(x)
    return (numerator << 1200n) / denominator
  }
  const exact = exponent + 1200 >= 0 ? mantissa << BigInt(exponent + 1200) : mantissa >> BigInt(-exponent - 1200)
  const distance = (x: number): bigint => {
    const d = scale(x) - exact
    return d < 0n ? -d : d
  }
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const neighbour = (by: bigint): number => {
    view.setBigUint64(0, bits + by)
    return view.getFloat64(0)
  }
  const others = [neighbour(1n), ...(bits > 0n ? [neighbour(-1n)] : [])]
  return others.every((other) => distance(value) < distance(other) || (distance(value) === distance(other) && (bits & 1n) === 0n))
}

describe("towards Int and whole numbers", () => {
  it.each([
    [12.99, 12],
    [-8.4, -8],
    [-0.5, 0],
    [1e15, 1e15],
    [9007199254740994, 9007199254740994n],
    [1e300, 9223372036854775807n],
    [-1e300, -9223372036854775808n],
    [Number.NaN, 0],
  ])("%s becomes %s", (value, int) => expect(truncatedToInt(value)).toBe(int))

  it.each([
    [2.5, 3],
    [-2.5, -3],
    [2.4, 2],
    [0.49999999999999994, 0],
  ])("%s rounds to %s", (value, whole) => expect(roundedHalfAway(value)).toBe(whole))
})
