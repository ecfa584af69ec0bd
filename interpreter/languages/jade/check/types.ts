// Types as the check knows them: local, lenient, with `unknown` for everything that is not certain (SPEC 4). A type is a
// promise: an expression of type int never has another value. The lowering relies on it.
import type { FunctionStmt } from "../syntax/ast.ts"
import type { FileModel, StructModel } from "./model.ts"

export type Plain =
  | "int"
  | "float"
  | "bool"
  | "char"
  | "str"
  | "bytes"
  | "dict"
  | "prompt"
  | "grammar"
  | "nil"
  | "stream"
  | "type"
  | "unknown"

export type Type = Shape & {
  /** Known to editors and the lowering only: what comes out of an untyped reply is `unknown` to the check. */
  readonly lenient?: true
}

type Shape =
  | { readonly k: Plain }
  | { readonly k: "array"; readonly of: Type }
  | { readonly k: "future"; readonly of: Type }
  | { readonly k: "struct"; readonly struct: StructModel }
  /** A struct's name used as a value. */
  | { readonly k: "structType"; readonly struct: StructModel }
  | { readonly k: "fn"; readonly fn: FunctionStmt; readonly file: FileModel }
  /** Anything else that can be called. */
  | { readonly k: "callable" }
  | { readonly k: "module" }

const known = new Map<Plain, Type>()

/** The type of that name. */
export function plain(k: Plain): Type {
  let type = known.get(k)
  if (!type) {
    type = { k }
    known.set(k, type)
  }
  return type
}

export const UNKNOWN = plain("unknown")
export const INT = plain("int")
export const FLOAT = plain("float")
export const BOOL = plain("bool")
export const STR = plain("str")
export const NIL = plain("nil")
export const CALLABLE: Type = { k: "callable" }
/** The type of an untyped reply. */
export const REPLY: Type = { k: "str", lenient: true }

/** Whether the check may refuse what is done with a value of that type. */
export const isKnown = (type: Type): boolean => type.k !== "unknown" && !type.lenient

/** A type that was found by way of others: the check knows it only where it knows all of them. */
export function madeOf(type: Type, ...sources: readonly Type[]): Type {
  return type.k === "unknown" || type.lenient || !sources.some((source) => source.lenient) ? type : { ...type, lenient: true }
}

export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true
  if (a.k !== b.k || a.lenient !== b.lenient) return false
  if (a.k === "array" || a.k === "future") return sameType(a.of, (b as typeof a).of)
  if (a.k === "struct" || a.k === "structType") return a.struct === (b as typeof a).struct
  if (a.k === "fn") return a.fn === (b as typeof a).fn
  return true
}

/** What is certain where a value comes from either of two places. */
export function joined(a: Type, b: Type): Type {
  if (sameType(a, b)) return a
  if (a.k === "array" && b.k === "array") return madeOf({ k: "array", of: joined(a.of, b.of) }, a, b)
  if (a.k === "future" && b.k === "future") return madeOf({ k: "future", of: joined(a.of, b.of) }, a, b)
  const [one, other] = [madeOf(a, REPLY), madeOf(b, REPLY)]
  return sameType(one, other) ? one : UNKNOWN
}

export function typeName(type: Type): string {
  switch (type.k) {
    case "array":
      return type.of.k === "unknown" ? "array" : `array of ${typeName(type.of)}`
    case "future":
      return type.of.k === "unknown" ? "future" : `future of ${typeName(type.of)}`
    case "struct":
      return type.struct.name.text
    case "structType":
      return "type"
    case "callable":
      return "fn"
    default:
      return type.k
  }
}

export const isNumber = (type: Type): boolean => type.k === "int" || type.k === "float"
export const isText = (type: Type): boolean => type.k === "str" || type.k === "char"

/** The type that a signature of the library names. */
export function typeOfKind(kind: string): Type {
  switch (kind) {
    case "int":
    case "float":
    case "bool":
    case "char":
    case "str":
    case "bytes":
    case "dict":
    case "prompt":
    case "grammar":
    case "nil":
    case "stream":
      return plain(kind)
    case "array":
      return { k: "array", of: UNKNOWN }
    case "array of str":
      return { k: "array", of: STR }
    case "array of int":
      return { k: "array", of: INT }
    case "future":
      return { k: "future", of: UNKNOWN }
    default:
      return UNKNOWN
  }
}
