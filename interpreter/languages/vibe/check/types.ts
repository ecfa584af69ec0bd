// Static types of Vibe: the little that is known without running (SPEC 4.1). A type is its written form ("text[]"); "null"
// is the type of the literal; null means "not known", and nothing is complained about.
import type { TypeNode } from "../syntax/ast.ts"

export type StaticType = string | null

export function typeOf(node: TypeNode | null): StaticType {
  return node && node.base !== "" ? `${node.base}${"[]".repeat(node.dims)}` : null
}

export const isArrayType = (type: string) => type.endsWith("[]")
export const elementOf = (type: string) => type.slice(0, -2)

/** Whether a value of a known type may go where another is declared; unknown types always may. */
export function assignable(source: StaticType, target: StaticType): boolean {
  if (source === null || target === null || source === target) return true
  if (source === "null") return target !== "boolean"
  if (source === EMPTY_ARRAY) return isArrayType(target)
  if (isArrayType(source) && isArrayType(target)) return assignable(elementOf(source), elementOf(target))
  return sameText(source, target) || (source === "text" && target === "json")
}

/** Whether validation at run time may accept a value of a known type for a declared one: it converts texts (SPEC 4.1). */
export function mayBecome(source: string, target: string): boolean {
  if (source === "null" || target === "prompt" || target === "model" || target.endsWith("[][]")) return true
  const isText = source === "text" || source === "prompt"
  return assignable(source, target) || (isText && isArrayType(target))
}

/** The type of `[]`. */
export const EMPTY_ARRAY = "[]"

const sameText = (a: string, b: string) => (a === "text" && b === "prompt") || (a === "prompt" && b === "text")
