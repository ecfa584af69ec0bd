// Operators (section 6): which operands each takes, in the words of the catalogue. Used by `expressions.ts` and for `=+`, `=-`.
import type { BinaryExpr, CompareExpr, UnaryExpr } from "../syntax/ast.ts"
import type { Context } from "./context.ts"
import { check } from "./expressions.ts"
import { attempt, sameType, shallow, typeName } from "./relations.ts"
import { BOOL, INT, type Type, UNKNOWN } from "./types.ts"

const DIFFERENT: Readonly<Record<string, string>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "modulo" }

function isNumber(type: Type): boolean {
  return type.kind === "primitive" && (type.name === "Int" || type.name === "Float")
}

function isPrimitive(type: Type, name: string): boolean {
  return type.kind === "primitive" && type.name === name
}

/** The operands' types made one where one of them is still open. */
function operands(left: Type, right: Type): [Type, Type] {
  const a = shallow(left)
  const b = shallow(right)
  if (a.kind === "open" || b.kind === "open") attempt(() => sameType(a, b))
  return [shallow(a), shallow(b)]
}

export function checkUnary(cx: Context, expr: UnaryExpr): Type {
  const type = shallow(check(cx, expr.operand, "any"))
  if (expr.op === "not") {
    if (type.kind !== "unknown" && !attempt(() => sameType(type, BOOL))) {
      cx.reporter.error(expr, "InvalidOperands", `Only booleans can be negated with 'not', got ${typeName(type)}`)
    }
    return BOOL
  }
  if (isNumber(type)) return type
  if (type.kind !== "unknown") cx.reporter.error(expr, "InvalidOperands", `Only numbers can be negated with '-', got ${typeName(type)}`)
  return UNKNOWN
}

export function checkBinary(cx: Context, expr: BinaryExpr): Type {
  const [left, right] = operands(check(cx, expr.left, "any"), check(cx, expr.right, "any"))
  const unknown = left.kind === "unknown" || right.kind === "unknown"
  const fail = (message: string) => {
    if (!unknown) cx.reporter.error(expr, "InvalidOperands", message)
  }
  const got = () => `, got ${typeName(left)} and ${typeName(right)}`
  switch (expr.op) {
    case "and":
      if (!isPrimitive(left, "Bool") || !isPrimitive(right, "Bool")) fail(`The 'and' operator can only be used between Bools${got()}`)
      return BOOL
    case "or":
      if (!isPrimitive(left, "Bool") || !isPrimitive(right, "Bool")) fail(`The 'or' operator can only be used with Boolean values${got()}`)
      return BOOL
    case "==":
    case "!=":
      if (!comparable(left, right)) fail(`Invalid: ${typeName(left)} ${expr.op} ${typeName(right)}`)
      return BOOL
    default: {
      const problem = arithmeticProblem(expr.op, left, right)
      if (problem) fail(problem)
      if (unknown) return left.kind === "unknown" ? right : left
      return problem ? UNKNOWN : left
    }
  }
}

/** Why an arithmetic operator does not take these operands; null if it does. Also for `=+` and `=-`. */
export function arithmeticProblem(op: string, left: Type, right: Type): string | null {
  const a = shallow(left)
  const b = shallow(right)
  if (!sameType(a, b)) return `Cannot ${DIFFERENT[op]} different types: ${typeName(a)} and ${typeName(b)}`
  if (op === "%")
    return isPrimitive(a, "Int") || a.kind === "unknown" ? null : `The '%' operator can only be used for Int, got ${typeName(a)}`
  if (isNumber(a) || a.kind === "unknown" || (op === "+" && isPrimitive(a, "Str"))) return null
  return `The '${op === "+" ? "-" : op}' operator can only be used for Int or Float, ${op === "+" ? "'+' for Str too, " : ""}got ${typeName(a)}`
}

function comparable(left: Type, right: Type): boolean {
  if (left.kind === "maybe" && right.kind === "maybe") {
    return attempt(() => sameType(left, right)) && equatable(shallow(left.of))
  }
  if (left.kind === "enum" && isPrimitive(right, "Int")) return true
  if (right.kind === "enum" && isPrimitive(left, "Int")) return true
  return equatable(left) && attempt(() => sameType(left, right))
}

function equatable(type: Type): boolean {
  switch (type.kind) {
    case "primitive":
      return type.name !== "Void" && type.name !== "Dynamic"
    case "enum":
    case "open":
    case "unknown":
      return true
    case "maybe":
      return equatable(shallow(type.of))
    default:
      return false
  }
}

/** An enum beside an Int stands for its number (later addition). */
function numbered([left, right]: [Type, Type]): [Type, Type] {
  if (left.kind === "enum" && isPrimitive(right, "Int")) return [INT, right]
  return right.kind === "enum" && isPrimitive(left, "Int") ? [left, INT] : [left, right]
}

export function checkCompare(cx: Context, expr: CompareExpr): Type {
  const types = expr.operands.map((it) => check(cx, it, "any"))
  expr.ops.forEach((op, index) => {
    const [left, right] = numbered(operands(types[index] ?? UNKNOWN, types[index + 1] ?? UNKNOWN))
    if (left.kind === "unknown" || right.kind === "unknown") return
    if (!attempt(() => sameType(left, right)))
      cx.reporter.error(expr, "InvalidOperands", `Cannot compare different types: ${typeName(left)} and ${typeName(right)}`)
    else if (!isNumber(left))
      cx.reporter.error(expr, "InvalidOperands", `The '${op}' operator can only be used for Int or Float, got ${typeName(left)}`)
  })
  return BOOL
}
