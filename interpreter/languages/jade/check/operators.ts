// What operators give and which operands they go with, by types alone (SPEC 4). An operand whose type is not known fits
// everywhere. Inference asks here and reports.
import type { BinaryOp, Unary } from "../syntax/ast.ts"
import { BOOL, FLOAT, INT, isKnown, isNumber, isText, madeOf, STR, type Type, UNKNOWN } from "./types.ts"

/** `wanted`: what the operator needs in words, where the value is certainly something else. */
export function unaryResult(op: Unary["op"], value: Type): { readonly type: Type; readonly wanted: string | null } {
  switch (op) {
    case "!":
      return { type: BOOL, wanted: isKnown(value) && value.k !== "bool" ? "a bool" : null }
    case "~":
      return { type: INT, wanted: isKnown(value) && value.k !== "int" ? "an int" : null }
    default:
      return { type: isNumber(value) ? value : UNKNOWN, wanted: isKnown(value) && !isNumber(value) ? "a number" : null }
  }
}

/** What `left op right` gives, and whether the operands fit as far as they are known. */
export function binaryResult(op: BinaryOp, left: Type, right: Type): { readonly type: Type; readonly fits: boolean } {
  const bothKnown = isKnown(left) && isKnown(right)
  const numbers = isNumber(left) && isNumber(right)
  const texts = isText(left) && isText(right)
  switch (op) {
    case "+":
      if (texts) return { type: madeOf(STR, left, right), fits: true }
      return arithmetic(left, right)
    case "-":
    case "*":
    case "/":
    case "%":
      return arithmetic(left, right)
    case "<<":
    case ">>":
    case "&":
    case "^":
    case "|":
      return { type: INT, fits: !bothKnown || (left.k === "int" && right.k === "int") }
    case "&&":
    case "||":
      return { type: BOOL, fits: (!isKnown(left) || left.k === "bool") && (!isKnown(right) || right.k === "bool") }
    case "==":
    case "!=":
      return { type: BOOL, fits: !bothKnown || comparable(left, right) }
    case "in":
    case "not in":
      return { type: BOOL, fits: !bothKnown || searchable(left, right) }
    // The orders, and what stands in a broken text where an operator should.
    default:
      return { type: BOOL, fits: !bothKnown || numbers || texts || (left.k === "bool" && right.k === "bool") }
  }
}

function arithmetic(left: Type, right: Type): { readonly type: Type; readonly fits: boolean } {
  if (isNumber(left) && isNumber(right)) {
    return { type: madeOf(left.k === "int" && right.k === "int" ? INT : FLOAT, left, right), fits: true }
  }
  return { type: UNKNOWN, fits: !(isKnown(left) && isKnown(right)) }
}

function comparable(left: Type, right: Type): boolean {
  if (left.k === "nil" || right.k === "nil") return true
  if (isText(left) && isText(right)) return true
  if (left.k === right.k) return true
  const callable = (type: Type) => type.k === "callable" || type.k === "fn"
  return callable(left) && callable(right)
}

function searchable(left: Type, right: Type): boolean {
  if (right.k === "array" || right.k === "stream") return true
  if (right.k === "dict") return isText(left)
  return right.k === "str" && isText(left)
}

/** What to do about operands that do not fit, as the end of a sentence; empty where there is nothing to say. */
export function mismatchHint(op: BinaryOp, left: Type, right: Type): string {
  if (left.k === "future" || right.k === "future") return ": await the future first"
  if (op === "+" && (isText(left) || isText(right))) return ": use an f-string or str()"
  if ((op === "==" || op === "!=") && isNumber(left) && isNumber(right)) return ": convert one with int() or float()"
  if (op === "+" && left.k === "array") return ": arrays grow with push"
  return ""
}
