// `Math` as ts blocks see it. Hosts differ in all functions beyond the four operations and square roots, so these come from
// a pure-JavaScript library and the rest is built from them: the same bits in every browser (design: the law). Loaded with
// the type stripper, when a program has ts blocks.
import acos from "@stdlib/math-base-special-acos"
import asin from "@stdlib/math-base-special-asin"
import atan from "@stdlib/math-base-special-atan"
import atan2 from "@stdlib/math-base-special-atan2"
import cos from "@stdlib/math-base-special-cos"
import exp from "@stdlib/math-base-special-exp"
import hypot from "@stdlib/math-base-special-hypot"
import ln from "@stdlib/math-base-special-ln"
import log2 from "@stdlib/math-base-special-log2"
import log10 from "@stdlib/math-base-special-log10"
import pow from "@stdlib/math-base-special-pow"
import sin from "@stdlib/math-base-special-sin"
import tan from "@stdlib/math-base-special-tan"

function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x
  const root = pow(Math.abs(x), 1 / 3)
  // One step of Newton's method makes cubes of whole numbers come out whole.
  const better = root - (root * root * root - Math.abs(x)) / (3 * root * root)
  return x < 0 ? -better : better
}

/** `x ** y`. Whole exponents are rounded once, so that 10 ** -5 is 0.00001, which the library misses by a bit. */
export function power(x: number, y: number): number {
  // JavaScript's own: plus and minus one to the power of an infinity are no number.
  if (Math.abs(x) === 1 && Math.abs(y) === Number.POSITIVE_INFINITY) return Number.NaN
  const whole = Number.isInteger(y) && Math.abs(y) <= 65_536 ? wholePower(Math.abs(x), Math.abs(y), y < 0) : Number.NaN
  if (Number.isNaN(whole)) return pow(x, y)
  return x < 0 && y % 2 !== 0 ? -whole : whole
}

/** By squaring, in numbers of twice the length (high and low part); NaN where a part would leave the range in which that is exact. */
function wholePower(x: number, exponent: number, inverse: boolean): number {
  let [high, low, baseHigh, baseLow] = [1, 0, x, 0]
  for (let left = exponent; left > 0; ) {
    if (left % 2 === 1) [high, low] = longProduct(high, low, baseHigh, baseLow)
    left = Math.floor(left / 2)
    if (left > 0) [baseHigh, baseLow] = longProduct(baseHigh, baseLow, baseHigh, baseLow)
    if (!(high > 1e-200 && high < 1e200 && baseHigh > 1e-200 && baseHigh < 1e200)) return Number.NaN
  }
  if (!inverse) return high
  const quotient = 1 / high
  const [product, rest] = exactProduct(quotient, high)
  return quotient + (1 - product - rest - quotient * low) / high
}

function longProduct(aHigh: number, aLow: number, bHigh: number, bLow: number): [number, number] {
  const [product, rest] = exactProduct(aHigh, bHigh)
  const error = rest + (aHigh * bLow + aLow * bHigh)
  const sum = product + error
  return [sum, error - (sum - product)]
}

/** A product and what rounding took from it (Dekker). */
function exactProduct(a: number, b: number): [number, number] {
  const product = a * b
  const [aHigh, aLow] = halves(a)
  const [bHigh, bLow] = halves(b)
  return [product, aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow]
}

function halves(x: number): [number, number] {
  const shifted = 134_217_729 * x
  const high = shifted - (shifted - x)
  return [high, x - high]
}

const small = (x: number) => Math.abs(x) < 1e-5

export const arithmetic: Readonly<Record<string, (...values: number[]) => number>> = {
  acos: (x = Number.NaN) => acos(x),
  asin: (x = Number.NaN) => asin(x),
  atan: (x = Number.NaN) => atan(x),
  atan2: (y = Number.NaN, x = Number.NaN) => atan2(y, x),
  cos: (x = Number.NaN) => cos(x),
  exp: (x = Number.NaN) => exp(x),
  hypot: (...values) => values.reduce((length, value) => hypot(length, value), 0),
  log: (x = Number.NaN) => ln(x),
  log2: (x = Number.NaN) => log2(x),
  log10: (x = Number.NaN) => log10(x),
  pow: (x = Number.NaN, y = Number.NaN) => power(Number(x), Number(y)),
  sin: (x = Number.NaN) => sin(x),
  tan: (x = Number.NaN) => tan(x),
  cbrt: (x = Number.NaN) => cbrt(x),
  // Near zero the difference of two nearly equal numbers says nothing: the beginning of the series does.
  sinh: (x = Number.NaN) => (small(x) ? x + (x * x * x) / 6 : (exp(x) - exp(-x)) / 2),
  cosh: (x = Number.NaN) => (exp(x) + exp(-x)) / 2,
  tanh: (x = Number.NaN) => (small(x) ? x - (x * x * x) / 3 : x > 20 ? 1 : x < -20 ? -1 : 1 - 2 / (exp(2 * x) + 1)),
  asinh: (x = Number.NaN) => (small(x) ? x - (x * x * x) / 6 : x < 0 ? -ln(-x + Math.sqrt(x * x + 1)) : ln(x + Math.sqrt(x * x + 1))),
  acosh: (x = Number.NaN) => ln(x + Math.sqrt(x * x - 1)),
  atanh: (x = Number.NaN) => (small(x) ? x + (x * x * x) / 3 : ln((1 + x) / (1 - x)) / 2),
  expm1: (x = Number.NaN) => (small(x) ? x + (x * x) / 2 : exp(x) - 1),
  log1p: (x = Number.NaN) => (small(x) ? x - (x * x) / 2 : ln(1 + x)),
}

// These outlive a run: nothing may be hung onto them for the next one to find.
for (const name of Object.keys(arithmetic)) Object.freeze(arithmetic[name])
Object.freeze(arithmetic)
