// Ard's Int: 64-bit two's complement (section 16). A value is a number while it is a safe integer and a bigint beyond, never
// the other way round, so equal Ints are `===`. Emitted code adds, subtracts and multiplies numbers inline and comes here
// when a result leaves the safe range; division by zero is found here too.
import { Fault } from "../../../engine/fault.ts"

export type Int = number | bigint

export const MIN_INT = -(2n ** 63n)
export const MAX_INT = 2n ** 63n - 1n

/** The Int of an exact integer: wrapped to 64 bits, a number if that is safe. */
export function wrapped(value: bigint): Int {
  const int = BigInt.asIntN(64, value)
  const number = Number(int)
  return Number.isSafeInteger(number) ? number : int
}

/** True where the exact integer is an Int without wrapping. */
export function fitsInt(value: bigint): boolean {
  return value >= MIN_INT && value <= MAX_INT
}

export function addInts(a: Int, b: Int): Int {
  return wrapped(BigInt(a) + BigInt(b))
}

export function subtractInts(a: Int, b: Int): Int {
  return wrapped(BigInt(a) - BigInt(b))
}

export function multiplyInts(a: Int, b: Int): Int {
  return wrapped(BigInt(a) * BigInt(b))
}

/** Truncates toward zero; the smallest Int divided by -1 wraps to itself. */
export function divideInts(a: Int, b: Int, site: number): Int {
  if (b === 0) throw new Fault("DivisionByZero", "integer divide by zero", site)
  // A quotient of safe integers is at most 2^53 away from zero, but its double may have been rounded up to the next integer.
  if (typeof a === "number" && typeof b === "number") return (a - (a % b)) / b + 0
  return wrapped(BigInt(a) / BigInt(b))
}

/** Has the sign of the left operand. */
export function remainderOfInts(a: Int, b: Int, site: number): Int {
  if (b === 0) throw new Fault("DivisionByZero", "integer divide by zero", site)
  if (typeof a === "number" && typeof b === "number") return (a % b) + 0
  return wrapped(BigInt(a) % BigInt(b))
}

/** Optional sign, decimal digits, nothing else; undefined for anything else and for what no Int can hold. */
export function parseInt64(text: string): Int | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const digits = text.replace(/^[+-]?0*(?=[0-9])/, "")
  if (digits.length > 19) return undefined
  const value = text.startsWith("-") ? -BigInt(digits) : BigInt(digits)
  return fitsInt(value) ? wrapped(value) : undefined
}

/** The Int as an index or count; -1 for what is negative or past every list. */
export function indexOf(value: Int): number {
  return typeof value === "number" && value >= 0 ? value : -1
}
