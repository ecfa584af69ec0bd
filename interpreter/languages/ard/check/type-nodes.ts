// From types as written to types (section 4): names of the module, of other modules, generics and their arguments.
// Reports UnrecognizedType, GenericConflict and the like at the name. Used wherever a type may be written.
import type { Fix } from "../../../source/diagnostic.ts"
import type { Ident, Param, TypeNode } from "../syntax/ast.ts"
import type { ModuleSymbol, TypeSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { importFixes, told } from "./fixes.ts"
import { collectGenerics, shallow, substitute, typeName } from "./relations.ts"
import { nearestFix } from "./spelling.ts"
import { BOOL, DYNAMIC, FLOAT, type FunctionParam, type FunctionType, INT, type OpenType, STR, type Type, UNKNOWN, VOID } from "./types.ts"

const PRIMITIVES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["Int", INT],
  ["Float", FLOAT],
  ["Bool", BOOL],
  ["Str", STR],
  ["Void", VOID],
  ["Dynamic", DYNAMIC],
])

export function primitiveType(name: string): Type | undefined {
  return PRIMITIVES.get(name)
}

/** What a generic struct without its arguments stands for: its own generic names, something to be found out, or `Fiber<Void>` where it is a fiber. */
export type BareGenerics = "generic" | "open" | "result"

/** The type that a node names; UNKNOWN after an error. */
export function typeOf(cx: Context, node: TypeNode, bare: BareGenerics = "open"): Type {
  switch (node.kind) {
    case "generic":
      return { kind: "generic", name: node.name }
    case "list":
      return { kind: "list", of: typeOf(cx, node.of, bare) }
    case "map": {
      const key = typeOf(cx, node.key, bare)
      checkKeyType(cx, node.key, key)
      return { kind: "map", key, value: typeOf(cx, node.value, bare) }
    }
    case "nullable":
      return { kind: "maybe", of: typeOf(cx, node.of, bare) }
    case "result":
      return { kind: "result", value: typeOf(cx, node.value, bare), error: typeOf(cx, node.error, bare) }
    case "function":
      return {
        kind: "function",
        params: node.params.map((param) => ({ name: "", type: typeOf(cx, param, bare), mutable: false })),
        result: node.result ? typeOf(cx, node.result, bare) : VOID,
      }
    case "named":
      return namedType(cx, node, bare)
  }
}

/** Keys are told apart by their value (section 4): text, numbers, truth values, and variants, which are numbers. */
export function checkKeyType(cx: Context, at: { from: number; to: number }, key: Type): void {
  const it = shallow(key)
  if (it.kind === "primitive" ? /^(Str|Int|Bool|Float)$/.test(it.name) : /^(enum|generic|open|unknown)$/.test(it.kind)) return
  cx.reporter.error(at, "TypeMismatch", `Map key type mismatch: Expected Str, Int, Bool or Float, got ${typeName(it)}`)
}

function namedType(cx: Context, node: TypeNode & { kind: "named" }, bare: BareGenerics): Type {
  const primitive = node.module ? undefined : PRIMITIVES.get(node.name.name)
  if (primitive) {
    if (node.args.length) cx.reporter.error(node, "GenericConflict", "Type is not generic and cannot be specialized.")
    return primitive
  }
  const symbol = node.module ? typeInModule(cx, node.module, node.name) : typeByName(cx, node.name)
  if (!symbol) return UNKNOWN
  const args = node.args.map((arg) => typeOf(cx, arg, bare))
  return instantiateType(cx, symbol, args, node, bare)
}

function typeByName(cx: Context, name: Ident): TypeSymbol | null {
  const symbol = cx.findType(name.name)
  if (!symbol) {
    if (name.name) {
      const fixes = typeFix(cx, name)
      cx.reporter.error(name, "UnrecognizedType", `Unrecognized type: ${name.name}${typeAdvice(name.name) || told(fixes)}`, { fixes })
    }
    return null
  }
  cx.record(name, symbol)
  return symbol
}

/** How a type is written here that other languages write with a word. */
const TYPE_ADVICE: ReadonlyMap<string, string> = new Map([
  ...["List", "Array", "Vec", "list"].map((name) => [name, ": the type of a list is written [T]"] as const),
  ...["Map", "Dict", "HashMap", "dict"].map((name) => [name, ": the type of a map is written [K:V]"] as const),
  ...["Maybe", "Option", "Optional"].map((name) => [name, ": a type that may be none is written T?"] as const),
  ["Result", ": the type of a result is written T!E"],
  ["Byte", ": write Int"],
  ["Rune", ": a character is a Str"],
  ["Fiber", ": write async::Fiber, after 'use ard/async'"],
  ["Channel", ": write channel::Channel<T>, after 'use ard/async/channel'"],
  ["Any", ": there is none; see unions, traits and Dynamic"],
])

/** Types of other languages, and names that differ only in their capitals. */
const FOREIGN_TYPES: ReadonlyMap<string, string> = new Map([
  ["string", "Str"],
  ["integer", "Int"],
  ["i64", "Int"],
  ["number", "Float"],
  ["double", "Float"],
  ["f64", "Float"],
  ["boolean", "Bool"],
  ["unit", "Void"],
])

/** ": write Str", where another language's name for it was written; else nothing. */
function typeAdvice(name: string): string {
  const small = name.toLowerCase()
  const meant = FOREIGN_TYPES.get(small) ?? [...PRIMITIVES.keys()].find((it) => it.toLowerCase() === small)
  return meant ? `: write ${meant}` : (TYPE_ADVICE.get(name) ?? "")
}

function typeFix(cx: Context, name: Ident): Fix[] {
  if (!cx.mayStillSuggest()) return []
  const small = name.name.toLowerCase()
  const names = [...PRIMITIVES.keys(), ...cx.module.types.keys()]
  const meant = FOREIGN_TYPES.get(small) ?? names.find((it) => it.toLowerCase() === small)
  if (!meant) return nearestFix(cx, name, names)
  return [{ title: `Change it to '${meant}'`, edits: [{ from: name.from, to: name.to, insert: meant }] }]
}

function typeInModule(cx: Context, alias: Ident, name: Ident): TypeSymbol | null {
  const module = cx.module.imports.get(alias.name)
  if (!module) {
    if (!cx.failedImports.has(alias.name)) {
      const fixes = importFixes(cx, alias)
      cx.reporter.error(alias, "UnrecognizedType", `Unrecognized type: ${alias.name}::${name.name}${told(fixes)}`, { fixes })
    }
    return null
  }
  cx.record(alias, module)
  const symbol = publicType(module, name.name)
  if (!symbol) {
    const shown = [...module.types.values()].filter((it) => !it.isPrivate).map((it) => it.name)
    const fixes = nearestFix(cx, name, shown)
    cx.reporter.error(name, "UnrecognizedType", `Unrecognized type: ${alias.name}::${name.name}${told(fixes)}`, { fixes })
    return null
  }
  cx.record(name, symbol)
  return symbol
}

/** A type that another module shows. */
export function publicType(module: ModuleSymbol, name: string): TypeSymbol | null {
  const symbol = module.types.get(name)
  return symbol && !symbol.isPrivate ? symbol : null
}

/** The type of a declaration with arguments. */
export function instantiateType(
  cx: Context,
  symbol: TypeSymbol,
  args: readonly Type[],
  at: { from: number; to: number },
  bare: BareGenerics,
): Type {
  switch (symbol.kind) {
    case "enum":
    case "union":
    case "trait":
      if (args.length) cx.reporter.error(at, "GenericConflict", "Type is not generic and cannot be specialized.")
      if (symbol.kind === "enum") return { kind: "enum", symbol }
      return symbol.kind === "union" ? { kind: "union", symbol } : { kind: "trait", symbol }
    case "alias": {
      const type = symbol.type
      if (!args.length) return type
      if (!countMatches(cx, symbol.generics.length, args.length, at)) return UNKNOWN
      return substitute(type, new Map(symbol.generics.map((name, index) => [name, args[index] ?? UNKNOWN] as const)))
    }
    case "struct": {
      if (!symbol.generics.length && !args.length) return { kind: "struct", symbol, args: [] }
      if (args.length) {
        if (!countMatches(cx, symbol.generics.length, args.length, at)) return UNKNOWN
        return { kind: "struct", symbol, args }
      }
      const isFiber = symbol.name === "Fiber" && symbol.module.path === "ard/async"
      const missing = (name: string): Type => {
        if (bare === "open") return openType(name)
        return bare === "result" && isFiber ? VOID : { kind: "generic", name }
      }
      return { kind: "struct", symbol, args: symbol.generics.map(missing) }
    }
  }
}

function countMatches(cx: Context, wanted: number, got: number, at: { from: number; to: number }): boolean {
  if (wanted === got) return true
  if (wanted === 0) cx.reporter.error(at, "GenericConflict", "Type is not generic and cannot be specialized.")
  else cx.reporter.error(at, "GenericConflict", `Incorrect number of type arguments: expected ${wanted}, got ${got}`)
  return false
}

export function openType(name: string): OpenType {
  return { kind: "open", name, bound: null, hint: null }
}

/** Generic names of several types in the order in which they appear first. */
export function genericsOf(types: readonly Type[]): string[] {
  const names: string[] = []
  for (const type of types) collectGenerics(type, names)
  return names
}

/** The type of a function whose parameters all have types written. */
export function signatureType(cx: Context, params: readonly Param[], resultNode: TypeNode | null): FunctionType {
  const types = params.map(
    (param): FunctionParam => ({
      name: param.name.name,
      type: param.typeNode ? typeOf(cx, param.typeNode, "generic") : UNKNOWN,
      mutable: param.mutable,
    }),
  )
  return { kind: "function", params: types, result: resultNode ? typeOf(cx, resultNode, "result") : VOID }
}
