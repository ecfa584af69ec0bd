// Types of Ard (section 4) as the checker computes them and the lowering reads them. Compare with `sameType`, never with
// `===`; print with `typeName`, whose texts the diagnostics fix. Structs, enums, unions and traits refer to one declaration
// object each (identity is equality); generic structs carry their arguments.
import type { EnumSymbol, StructSymbol, TraitSymbol, UnionSymbol } from "./checked.ts"

export type Primitive = "Int" | "Float" | "Bool" | "Str" | "Void" | "Dynamic"

export interface FunctionParam {
  /** "" where a function type was written without names. */
  readonly name: string
  readonly type: Type
  /** A `mut` parameter: passed by reference. */
  readonly mutable: boolean
}

export interface FunctionType {
  readonly kind: "function"
  readonly params: readonly FunctionParam[]
  readonly result: Type
}

export type Type =
  | { readonly kind: "primitive"; readonly name: Primitive }
  | { readonly kind: "list"; readonly of: Type }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "maybe"; readonly of: Type }
  | { readonly kind: "result"; readonly value: Type; readonly error: Type }
  | FunctionType
  /** `args` stand for `symbol.generics`, in that order. */
  | { readonly kind: "struct"; readonly symbol: StructSymbol; readonly args: readonly Type[] }
  | { readonly kind: "enum"; readonly symbol: EnumSymbol }
  | { readonly kind: "union"; readonly symbol: UnionSymbol }
  | { readonly kind: "trait"; readonly symbol: TraitSymbol }
  /** `$T` inside the declaration that is generic in it; opaque. */
  | { readonly kind: "generic"; readonly name: string }
  /** A generic of a call that is still to be bound, or was (`bound`). After checking, resolve with `resolveType`. */
  | OpenType
  /** Follows an error that is already reported; fits everything. Not in a program that runs. */
  | { readonly kind: "unknown" }

export interface OpenType {
  readonly kind: "open"
  readonly name: string
  bound: Type | null
  /** What the place of the call would like it to be; taken if the first value fits into it. */
  hint: Type | null
}

const primitive = (name: Primitive): Type => ({ kind: "primitive", name })
export const INT = primitive("Int")
export const FLOAT = primitive("Float")
export const BOOL = primitive("Bool")
export const STR = primitive("Str")
export const VOID = primitive("Void")
export const DYNAMIC = primitive("Dynamic")
export const UNKNOWN: Type = { kind: "unknown" }
