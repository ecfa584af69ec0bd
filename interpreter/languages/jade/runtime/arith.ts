// Operators on values (SPEC 3.2, 3.3, 8): the slow paths of the emitted program's arithmetic, comparisons and membership.
// Integers have 63 bits and never wrap; floats are apart from them. Errors stand at the left operand.
import { Fault } from "../../../engine/fault.ts"
import { typeError } from "./faults.ts"
import { compareText } from "./print.ts"
import { Arr, Char, Dict, Float, FutureValue, intOf, isInt, kindOf, Stream } from "./values.ts"

function numeric(value: unknown): number | undefined {
  if (typeof value === "number") return value
  if (value instanceof Float) return value.value
  return typeof value === "bigint" ? Number(value) : undefined
}

function checked(value: bigint, site: number): number | bigint {
  const int = intOf(value)
  if (int === undefined) throw new Fault("IntegerOverflow", "integer overflow: the result needs more than 63 bits", site)
  return int
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : value instanceof Char ? value.text : undefined
}

/** What of two operands is no number, for the message. */
function numericOperands(op: string, left: unknown, right: unknown, site: number): Fault {
  return typeError(`'${op}' requires numeric operands, got ${kindOf(left)} and ${kindOf(right)}${futureHint(left, right)}`, site)
}

function futureHint(left: unknown, right: unknown): string {
  return left instanceof FutureValue || right instanceof FutureValue ? ": await the future first" : ""
}

export function add(left: unknown, right: unknown, site: number): unknown {
  if (typeof left === "string" && typeof right === "string") return left + right
  if (isInt(left) && isInt(right)) return checked(BigInt(left) + BigInt(right), site)
  const a = numeric(left)
  const b = numeric(right)
  if (a !== undefined && b !== undefined) return new Float(a + b)
  const s = textOf(left)
  const t = textOf(right)
  if (s !== undefined && t !== undefined) return s + t
  if (s !== undefined || t !== undefined) {
    throw typeError(
      `'+' requires numeric operands or two texts, got ${kindOf(left)} and ${kindOf(right)}${futureHint(left, right) || ": use an f-string or str()"}`,
      site,
    )
  }
  throw numericOperands("+", left, right, site)
}

export function sub(left: unknown, right: unknown, site: number): unknown {
  if (isInt(left) && isInt(right)) return checked(BigInt(left) - BigInt(right), site)
  const a = numeric(left)
  const b = numeric(right)
  if (a === undefined || b === undefined) throw numericOperands("-", left, right, site)
  return new Float(a - b)
}

export function mul(left: unknown, right: unknown, site: number): unknown {
  if (isInt(left) && isInt(right)) return checked(BigInt(left) * BigInt(right), site)
  const a = numeric(left)
  const b = numeric(right)
  if (a === undefined || b === undefined) throw numericOperands("*", left, right, site)
  return new Float(a * b)
}

export function div(left: unknown, right: unknown, site: number): unknown {
  const a = numeric(left)
  const b = numeric(right)
  if (a === undefined || b === undefined) throw numericOperands("/", left, right, site)
  if (b === 0) throw new Fault("DivisionByZero", "division by zero", site)
  if (!isInt(left) || !isInt(right)) return new Float(a / b)
  // Not trunc(left / right): that quotient is rounded before it is cut.
  if (typeof left === "number" && typeof right === "number") return (left - (left % right)) / right + 0
  return checked(BigInt(left) / BigInt(right), site)
}

export function rem(left: unknown, right: unknown, site: number): unknown {
  const a = numeric(left)
  const b = numeric(right)
  if (a === undefined || b === undefined) throw numericOperands("%", left, right, site)
  if (b === 0) throw new Fault("RemainderByZero", "remainder by zero", site)
  if (!isInt(left) || !isInt(right)) return new Float(a % b)
  if (typeof left === "number" && typeof right === "number") return (left % right) + 0
  return checked(BigInt(left) % BigInt(right), site)
}

export function neg(value: unknown, site: number): unknown {
  if (typeof value === "number") return 0 - value
  if (typeof value === "bigint") return checked(-value, site)
  if (value instanceof Float) return new Float(-value.value)
  throw typeError(`'-' requires a numeric operand, got ${kindOf(value)}`, site)
}

function ints(op: string, left: unknown, right: unknown, site: number): [bigint, bigint] {
  if (!isInt(left) || !isInt(right)) throw typeError(`'${op}' requires int operands, got ${kindOf(left)} and ${kindOf(right)}`, site)
  return [BigInt(left), BigInt(right)]
}

const small = (left: unknown, right: unknown): boolean =>
  typeof left === "number" && typeof right === "number" && (left | 0) === left && (right | 0) === right

export function bitAnd(left: unknown, right: unknown, site: number): unknown {
  if (small(left, right)) return (left as number) & (right as number)
  const [a, b] = ints("&", left, right, site)
  return checked(a & b, site)
}

export function bitOr(left: unknown, right: unknown, site: number): unknown {
  if (small(left, right)) return (left as number) | (right as number)
  const [a, b] = ints("|", left, right, site)
  return checked(a | b, site)
}

export function bitXor(left: unknown, right: unknown, site: number): unknown {
  if (small(left, right)) return (left as number) ^ (right as number)
  const [a, b] = ints("^", left, right, site)
  return checked(a ^ b, site)
}

export function bitNot(value: unknown, site: number): unknown {
  if (!isInt(value)) throw typeError(`'~' requires an int operand, got ${kindOf(value)}`, site)
  return checked(~BigInt(value), site)
}

function shiftAmount(amount: bigint, site: number): bigint {
  if (amount < 0n || amount > 63n) throw new Fault("InvalidShift", `invalid shift amount: ${amount} is not in 0 … 63`, site)
  return amount
}

export function shiftLeft(left: unknown, right: unknown, site: number): unknown {
  const [a, b] = ints("<<", left, right, site)
  return checked(a << shiftAmount(b, site), site)
}

export function shiftRight(left: unknown, right: unknown, site: number): unknown {
  const [a, b] = ints(">>", left, right, site)
  return checked(a >> shiftAmount(b, site), site)
}

/** `==` where it is allowed; undefined where the two kinds cannot be compared. */
function equality(left: unknown, right: unknown): boolean | undefined {
  if (left === null || right === null) return left === right
  if (isInt(left) && isInt(right)) return left === right
  if (left instanceof Float && right instanceof Float) return left.value === right.value
  if (typeof left === "boolean" && typeof right === "boolean") return left === right
  const s = textOf(left)
  const t = textOf(right)
  return s !== undefined && t !== undefined ? s === t : undefined
}

export function eq(left: unknown, right: unknown, site: number): boolean {
  if (typeof left === "number" && typeof right === "number") return left === right
  if (typeof left === "string" && typeof right === "string") return left === right
  const same = equality(left, right)
  if (same === undefined) throw typeError(`cannot compare ${kindOf(left)} with ${kindOf(right)}`, site)
  return same
}

export function ne(left: unknown, right: unknown, site: number): boolean {
  return !eq(left, right, site)
}

/** The relation of `in` and `.contains`: never an error. */
export function sameValue(left: unknown, right: unknown): boolean {
  return equality(left, right) ?? false
}

/** Negative, zero or positive; NaN where nothing is smaller; undefined where the kinds have no order. */
export function order(left: unknown, right: unknown): number | undefined {
  if (typeof left === "boolean" && typeof right === "boolean") return Number(left) - Number(right)
  if (isInt(left) && isInt(right)) return left < right ? -1 : left > right ? 1 : 0
  const a = left instanceof Float ? left.value : isInt(left) ? left : undefined
  const b = right instanceof Float ? right.value : isInt(right) ? right : undefined
  if (a !== undefined && b !== undefined)
    return a < b ? -1 : a > b ? 1 : Number.isNaN(Number(a)) || Number.isNaN(Number(b)) ? Number.NaN : 0
  const s = textOf(left)
  const t = textOf(right)
  return s !== undefined && t !== undefined ? compareText(s, t) : undefined
}

function ordered(op: string, left: unknown, right: unknown, site: number): number {
  const result = order(left, right)
  if (result === undefined) throw typeError(`'${op}' cannot order ${kindOf(left)} and ${kindOf(right)}`, site)
  return result
}

export function lt(left: unknown, right: unknown, site: number): boolean {
  return typeof left === "number" && typeof right === "number" ? left < right : ordered("<", left, right, site) < 0
}

export function gt(left: unknown, right: unknown, site: number): boolean {
  return typeof left === "number" && typeof right === "number" ? left > right : ordered(">", left, right, site) > 0
}

export function le(left: unknown, right: unknown, site: number): boolean {
  return typeof left === "number" && typeof right === "number" ? left <= right : ordered("<=", left, right, site) <= 0
}

export function ge(left: unknown, right: unknown, site: number): boolean {
  return typeof left === "number" && typeof right === "number" ? left >= right : ordered(">=", left, right, site) >= 0
}

export function contains(item: unknown, inside: unknown, site: number): boolean {
  if (inside instanceof Arr || inside instanceof Stream) return inside.items.some((it) => sameValue(item, it))
  const text = textOf(item)
  if (inside instanceof Dict) {
    if (text === undefined) throw typeError(`a key of a dict is a str, got ${kindOf(item)}`, site)
    return inside.map.has(text)
  }
  const whole = textOf(inside)
  if (whole === undefined) throw typeError(`'in' needs an array, a dict or a str, got ${kindOf(inside)}`, site)
  if (text === undefined) throw typeError(`only a str can be in a str, got ${kindOf(item)}`, site)
  return whole.includes(text)
}

export function notContains(item: unknown, inside: unknown, site: number): boolean {
  return !contains(item, inside, site)
}

/** A condition's value; everything but a bool is an error (SPEC 3.3). */
export function truth(value: unknown, site: number): boolean {
  if (value === true || value === false) return value
  throw typeError(`a condition must be bool, got ${kindOf(value)}`, site)
}

/** An operand of `&&`, `||` or `!`. */
export function boolean(value: unknown, op: string, site: number): boolean {
  if (value === true || value === false) return value
  throw typeError(`'${op}' requires bool operands, got ${kindOf(value)}`, site)
}
