// Ard's Float as text and back (sections 16, 17.6). Printing rounds the exact binary value to nearest, exact ties to even,
// and writes every digit, where JavaScript's toFixed rounds ties up, gives up at 1e21 and forgets the sign of -0.
import { type Int, MAX_INT, MIN_INT, wrapped } from "./integers.ts"

const bits = new DataView(new ArrayBuffer(8))

/** A finite double as sign, mantissa and power of two: mantissa × 2^exponent. */
function exactParts(value: number): { negative: boolean; mantissa: bigint; exponent: number } {
  bits.setFloat64(0, value)
  const word = bits.getBigUint64(0)
  const fraction = word & 0xfffffffffffffn
  const biased = Number((word >> 52n) & 0x7ffn)
  return {
    negative: word >> 63n === 1n,
    mantissa: biased === 0 ? fraction : fraction | 0x10000000000000n,
    exponent: (biased === 0 ? 1 : biased) - 1075,
  }
}

/** The value with exactly that many decimals (from 0). */
export function fixedText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return "NaN"
  if (value === Number.POSITIVE_INFINITY) return "+Inf"
  if (value === Number.NEGATIVE_INFINITY) return "-Inf"
  const { negative, mantissa, exponent } = exactParts(value)
  const scaled = mantissa * 10n ** BigInt(decimals)
  let units: bigint
  if (exponent >= 0) units = scaled << BigInt(exponent)
  else {
    const shift = BigInt(-exponent)
    units = scaled >> shift
    const rest = scaled - (units << shift)
    const half = 1n << (shift - 1n)
    if (rest > half || (rest === half && (units & 1n) === 1n)) units++
  }
  const digits = units.toString().padStart(decimals + 1, "0")
  const whole = digits.slice(0, digits.length - decimals)
  return `${negative ? "-" : ""}${whole}${decimals > 0 ? `.${digits.slice(digits.length - decimals)}` : ""}`
}

/** As Ard prints a Float: two decimals. */
export function floatText(value: number): string {
  // Ties are odd multiples of 1/8: for anything else below 1e15 toFixed is exact as well, and much faster.
  if (value < 1e15 && value > -1e15 && value !== 0 && (value * 8) % 1 !== 0) return value.toFixed(2)
  return fixedText(value, 2)
}

/** Shortest decimal that reads back as the same double, as JSON has it: `98.6`, `1`, `1e+21`. */
export function shortestText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value)
}

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
const HEXADECIMAL = /^([+-]?)0[xX](?=[0-9a-fA-F.])([0-9a-fA-F]*)(?:\.([0-9a-fA-F]*))?[pP]([+-]?[0-9]+)$/

/** Go's syntax for floats: decimal or hexadecimal, sign, exponent, `inf`, `infinity`, `nan` in any case; out of range: undefined. */
export function parseFloat64(text: string): number | undefined {
  const word = text.toLowerCase().replace(/^[+-]/, "")
  const sign = text.startsWith("-") ? -1 : 1
  if (word === "inf" || word === "infinity") return sign * Number.POSITIVE_INFINITY
  if (word === "nan") return text.length === 3 ? Number.NaN : undefined
  const hexadecimal = HEXADECIMAL.exec(text)
  if (hexadecimal) return hexadecimalFloat(hexadecimal, sign)
  if (!DECIMAL.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

function hexadecimalFloat(match: RegExpExecArray, sign: number): number | undefined {
  const whole = match[2] ?? ""
  const fraction = match[3] ?? ""
  if (whole === "" && fraction === "") return undefined
  const exponentText = match[4] ?? "0"
  if (whole.length + fraction.length > 400 || exponentText.length > 7) return undefined
  const value = nearestDouble(BigInt(`0x${whole}${fraction}`), Number(exponentText) - 4 * fraction.length)
  return Number.isFinite(value) ? sign * value : undefined
}

/** mantissa × 2^exponent, rounded once to the nearest double, ties to even. */
function nearestDouble(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0
  const length = mantissa.toString(2).length
  if (length + exponent > 1100) return Number.POSITIVE_INFINITY
  if (length + exponent < -1100) return 0
  if (exponent >= 0) return Number(mantissa << BigInt(exponent))
  // As the quotient of two integers: keep enough bits that what is cut off only says whether the rest is zero.
  const lowest = Math.max(exponent, -1074 - 2)
  const cut = BigInt(lowest - exponent)
  const kept = mantissa >> cut
  const sticky = kept << cut === mantissa ? 0n : 1n
  return scaledByPowers(kept * 4n + sticky, lowest - 2)
}

function scaledByPowers(mantissa: bigint, exponent: number): number {
  const excess = mantissa.toString(2).length - 53
  // Where the result is subnormal fewer bits fit: round there, once.
  const drop = Math.max(excess, -1074 - exponent, 0)
  const shift = BigInt(drop)
  let units = mantissa >> shift
  const rest = mantissa - (units << shift)
  if (drop > 0) {
    const half = 1n << (shift - 1n)
    if (rest > half || (rest === half && (units & 1n) === 1n)) units++
  }
  let value = Number(units)
  let left = exponent + drop
  for (; left > 0; left--) value *= 2
  for (; left < 0; left++) value /= 2
  return value
}

/** One more than the greatest Int, exactly. */
const TWO_TO_THE_63 = Number(MAX_INT)

/** Truncated toward zero; not a number gives 0, and what no Int can hold the Int nearest to it. */
export function truncatedToInt(value: number): Int {
  if (Number.isNaN(value)) return 0
  const whole = Math.trunc(value) + 0
  if (Number.isSafeInteger(whole)) return whole
  if (whole >= TWO_TO_THE_63) return MAX_INT
  if (whole <= -TWO_TO_THE_63) return MIN_INT
  return wrapped(BigInt(whole))
}

/** Half away from zero. */
export function roundedHalfAway(value: number): number {
  const below = Math.trunc(value)
  return Math.abs(value - below) >= 0.5 ? below + (value < 0 ? -1 : 1) : below
}
