// The package `math` (SPEC 17.5). Functions that hosts compute differently come from a pure-JavaScript library, so that a
// run is the same everywhere.
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
import { Fault } from "../../../engine/fault.ts"
import { neg, order } from "../runtime/arith.ts"
import { Float, intOf, isInt } from "../runtime/values.ts"
import { type Declaration, entriesOf } from "./entry.ts"

const numberOf = (value: unknown): number => (value instanceof Float ? value.value : Number(value))

function overflow(site: number): Fault {
  return new Fault("IntegerOverflow", "integer overflow: the result needs more than 63 bits", site)
}

function toInt(value: number, site: number): number | bigint {
  const int = Number.isFinite(value) ? intOf(BigInt(value)) : undefined
  if (int === undefined) throw overflow(site)
  return int
}

/** The library's result for 1 is one unit in the last place above e. */
const exponential = (x: number): number => (x === 1 ? 2.718281828459045 : exp(x))

/** Nearest integer, ties away from zero. */
function rounded(value: number): number {
  const whole = Math.trunc(value)
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole
}

/** A power by squaring; exponents are small here. */
function powerOf(base: bigint, exponent: number): bigint {
  let result = 1n
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square
    square *= square
  }
  return result
}

function integral(name: string, doc: string, code: string, print: string, of: (value: number) => number): Declaration {
  return {
    signature: `${name}(x: number) -> int`,
    doc,
    example: { code: `use std::math\nprint(${code})`, prints: [print] },
    run: (_jade, [x], site) => (isInt(x) ? x : toInt(of(numberOf(x)), site)),
  }
}

function real(name: string, doc: string, code: string, print: string, of: (value: number) => number): Declaration {
  return {
    signature: `${name}(x: number) -> float`,
    doc,
    example: { code: `use std::math\nprint(${code})`, prints: [print] },
    run: (_jade, [x]) => new Float(of(numberOf(x))),
  }
}

function constant(name: string, doc: string, print: string, value: number): Declaration {
  return {
    signature: `${name}() -> float`,
    doc,
    example: { code: `use std::math\nprint(math.${name}())`, prints: [print] },
    run: () => new Float(value),
  }
}

export const math = entriesOf({ k: "package", name: "math" }, [
  integral("floor", "The largest integer that is not larger.", "math.floor(-3.2)", "-4", Math.floor),
  integral("ceil", "The smallest integer that is not smaller.", "math.ceil(3.2)", "4", Math.ceil),
  integral("round", "The nearest integer; ties go away from zero.", "math.round(-2.5)", "-3", rounded),
  integral("trunc", "The integer part.", "math.trunc(-3.7)", "-3", Math.trunc),
  {
    signature: "abs(x: number) -> same",
    doc: "The value without its sign.",
    example: { code: "use std::math\nprint(math.abs(-3))\nprint(math.abs(-2.5))", prints: ["3", "2.5"] },
    run: (_jade, [x], site) => (x instanceof Float ? new Float(Math.abs(x.value)) : isInt(x) && x < 0 ? neg(x, site) : x),
  },
  {
    signature: "sign(x: number) -> same",
    doc: "-1, 0 or 1 by the sign, of the same kind.",
    example: { code: "use std::math\nprint(math.sign(-7))\nprint(math.sign(2.5))", prints: ["-1", "1.0"] },
    run: (_jade, [x]) => (x instanceof Float ? new Float(Math.sign(x.value)) : isInt(x) && x < 0 ? -1 : x === 0 ? 0 : 1),
  },
  {
    signature: "clamp(x: number, low: number, high: number) -> same",
    doc: "The value, or the bound it lies beyond.",
    example: { code: "use std::math\nprint(math.clamp(12, 0, 10))", prints: ["10"] },
    run: (_jade, [x, low, high]) => ((order(x, low) ?? 0) < 0 ? low : (order(x, high) ?? 0) > 0 ? high : x),
  },
  {
    signature: "min(a: number, b: number) -> same",
    doc: "The smaller of two numbers.",
    example: { code: "use std::math\nprint(math.min(3, 7))", prints: ["3"] },
    run: (_jade, [a, b]) => ((order(b, a) ?? 0) < 0 ? b : a),
  },
  {
    signature: "max(a: number, b: number) -> same",
    doc: "The larger of two numbers.",
    example: { code: "use std::math\nprint(math.max(3, 7))", prints: ["7"] },
    run: (_jade, [a, b]) => ((order(b, a) ?? 0) > 0 ? b : a),
  },
  real("sqrt", "The square root.", "math.sqrt(16)", "4.0", Math.sqrt),
  real("ln", "The natural logarithm.", "math.ln(1)", "0.0", ln),
  real("log2", "The logarithm to base 2.", "math.log2(8)", "3.0", log2),
  real("log10", "The logarithm to base 10.", "math.log10(1000)", "3.0", log10),
  real("exp", "The number e to the power of x.", "math.exp(0)", "1.0", exponential),
  real("sin", "The sine of an angle in radians.", "math.sin(0)", "0.0", sin),
  real("cos", "The cosine of an angle in radians.", "math.cos(0)", "1.0", cos),
  real("tan", "The tangent of an angle in radians.", "math.tan(0)", "0.0", tan),
  real("asin", "The angle of a sine.", "math.asin(0)", "0.0", asin),
  real("acos", "The angle of a cosine.", "math.acos(1)", "0.0", acos),
  real("atan", "The angle of a tangent.", "math.atan(0)", "0.0", atan),
  {
    signature: "atan2(y: number, x: number) -> float",
    doc: "The angle of the point (x, y).",
    example: { code: "use std::math\nprint(math.atan2(0, 1))", prints: ["0.0"] },
    run: (_jade, [y, x]) => new Float(atan2(numberOf(y), numberOf(x))),
  },
  {
    signature: "hypot(a: number, b: number) -> float",
    doc: "The length of the diagonal.",
    example: { code: "use std::math\nprint(math.hypot(3, 4))", prints: ["5.0"] },
    run: (_jade, [a, b]) => new Float(hypot(numberOf(a), numberOf(b))),
  },
  {
    signature: "pow(base: number, exponent: number) -> number",
    doc: "An int if both are ints and the exponent is not negative; else a float.",
    example: { code: "use std::math\nprint(math.pow(2, 10))\nprint(math.pow(2, -1))", prints: ["1024", "0.5"] },
    run(_jade, [base, exponent], site) {
      if (!isInt(base) || !isInt(exponent) || exponent < 0) return new Float(pow(numberOf(base), numberOf(exponent)))
      const b = BigInt(base)
      if (b === 0n || b === 1n) return exponent === 0 ? 1 : base
      if (b === -1n) return BigInt(exponent) % 2n === 0n ? 1 : -1
      const result = exponent > 62 ? undefined : intOf(powerOf(b, Number(exponent)))
      if (result === undefined) throw overflow(site)
      return result
    },
  },
  {
    signature: "is_nan(x: number) -> bool",
    doc: "Whether it is not a number.",
    example: { code: "use std::math\nprint(math.is_nan(math.nan()))", prints: ["true"] },
    run: (_jade, [x]) => Number.isNaN(numberOf(x)),
  },
  {
    signature: "is_inf(x: number) -> bool",
    doc: "Whether it is infinite.",
    example: { code: "use std::math\nprint(math.is_inf(1.5))", prints: ["false"] },
    run: (_jade, [x]) => Math.abs(numberOf(x)) === Number.POSITIVE_INFINITY,
  },
  constant("pi", "The circumference of a circle of diameter 1.", "3.141592653589793", 3.141592653589793),
  constant("e", "The base of the natural logarithm.", "2.718281828459045", 2.718281828459045),
  constant("tau", "Two times pi.", "6.283185307179586", 6.283185307179586),
  constant("inf", "Infinity.", "inf", Number.POSITIVE_INFINITY),
  constant("nan", "Not a number.", "NaN", Number.NaN),
])
