// 64-bit arithmetic against BigInt, and through the compiled fast path that emitted code takes first.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Fault } from "../../../engine/fault.ts"
import {
  addInts,
  divideInts,
  fitsInt,
  type Int,
  MAX_INT,
  MIN_INT,
  multiplyInts,
  parseInt64,
  remainderOfInts,
  subtractInts,
  wrapped,
} from "./integers.ts"

const edges = [
  0n,
  1n,
  -1n,
  2n,
  -2n,
  10n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 53n,
  2n ** 53n - 1n,
  2n ** 53n + 1n,
  -(2n ** 53n),
  -(2n ** 53n) - 1n,
  MAX_INT,
  MIN_INT,
  MAX_INT - 1n,
  MIN_INT + 1n,
]
const anyInt = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: MIN_INT, max: MAX_INT }), fc.bigInt({ min: -1000n, max: 1000n }))

/** Numbers stand for safe integers, bigints for all others, never for one another. */
function isNormal(value: Int): boolean {
  return typeof value === "number"
    ? Number.isSafeInteger(value) && !Object.is(value, -0)
    : fitsInt(value) && !Number.isSafeInteger(Number(value))
}

describe("arithmetic", () => {
  const laws = [
    ["add", addInts, (a: bigint, b: bigint) => a + b],
    ["subtract", subtractInts, (a: bigint, b: bigint) => a - b],
    ["multiply", multiplyInts, (a: bigint, b: bigint) => a * b],
    ["divide", (a: Int, b: Int) => divideInts(a, b, 1), (a: bigint, b: bigint) => a / b],
    ["remainder", (a: Int, b: Int) => remainderOfInts(a, b, 1), (a: bigint, b: bigint) => a % b],
  ] as const

  it.each(laws)("%s is BigInt's, wrapped to 64 bits, and normalised", (name, ours, theirs) => {
    const check = (a: bigint, b: bigint): void => {
      if ((name === "divide" || name === "remainder") && b === 0n) {
        expect(() => ours(wrapped(a), wrapped(b))).toThrow(Fault)
        return
      }
      const got = ours(wrapped(a), wrapped(b))
      expect(BigInt(got)).toBe(BigInt.asIntN(64, theirs(a, b)))
      expect(isNormal(got)).toBe(true)
    }
    for (const a of edges) for (const b of edges) check(a, b)
    fc.assert(fc.property(anyInt, anyInt, check), { numRuns: 2000 })
  })

  it("division by zero is a fault with its place", () => {
    try {
      divideInts(1, 0, 42)
      expect.unreachable()
    } catch (fault) {
      expect(fault).toMatchObject({ kind: "DivisionByZero", message: "integer divide by zero", site: 42 })
    }
  })
})

describe("reading", () => {
  it("takes back what was printed", () => {
    fc.assert(fc.property(anyInt, (n) => parseInt64(String(wrapped(n))) === wrapped(n)))
  })

  it.each([
    ["+5", 5],
    ["-0", 0],
    ["007", 7],
    ["9223372036854775807", MAX_INT],
    ["-9223372036854775808", MIN_INT],
    ["0000000000000000000000000000001", 1],
  ])("%s is an Int", (text, value) => expect(parseInt64(text)).toBe(value))

  it.each(["", "-", "+", " 1", "1 ", "1.5", "1e3", "0x10", "1_000", "--1", "٣", "9223372036854775808", "-9223372036854775809"])(
    "%s is none",
    (text) => expect(parseInt64(text)).toBeUndefined(),
  )
})
