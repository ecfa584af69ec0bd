// Methods by type: of structs and enums, of traits, and those that the library gives to Int, Str, lists, Maybes … Used for
// calls and by completion.
import type { FunctionSymbol, TraitMethod, TraitSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { builtinOwner, shallow } from "./relations.ts"
import type { Type } from "./types.ts"

/** Methods of the types that no file declares, by the type's name and the method's; filled by `library.ts`. */
export const builtinMethods = new Map<string, Map<string, FunctionSymbol>>()

export type FoundMethod =
  | { readonly kind: "method"; readonly fn: FunctionSymbol; readonly generics: ReadonlyMap<string, Type> }
  | { readonly kind: "trait"; readonly trait: TraitSymbol; readonly method: TraitMethod }

const NO_GENERICS: ReadonlyMap<string, Type> = new Map()

/** The method of that name that a value of the type has and this module may call. */
export function findMethod(cx: Context, type: Type, name: string): FoundMethod | null {
  const it = shallow(type)
  if (it.kind === "trait") {
    const method = it.symbol.methods.get(name)
    return method ? { kind: "trait", trait: it.symbol, method } : null
  }
  const fn = methodsOf(it)?.get(name)
  if (!fn || (fn.isPrivate && fn.module !== cx.module)) return null
  return { kind: "method", fn, generics: ownerGenerics(it) }
}

/** All methods of a type but those of traits. */
export function methodsOf(type: Type): ReadonlyMap<string, FunctionSymbol> | null {
  const it = shallow(type)
  if (it.kind === "struct" || it.kind === "enum") return it.symbol.methods
  const owner = builtinOwner(it)
  return owner === null ? null : (builtinMethods.get(owner) ?? null)
}

/** Fields and methods that can stand after a dot. */
export function memberNames(cx: Context, type: Type): string[] {
  const it = shallow(type)
  if (it.kind === "trait") return [...it.symbol.methods.keys()]
  const fields = it.kind === "struct" ? [...it.symbol.fields.keys()] : []
  const methods = [...(methodsOf(it)?.values() ?? [])].filter((fn) => !fn.isPrivate || fn.module === cx.module)
  return [...fields, ...methods.map((fn) => fn.name)]
}

/** What the generic names of a method's owner stand for in a receiver of the type. */
export function ownerGenerics(type: Type): ReadonlyMap<string, Type> {
  const it = shallow(type)
  switch (it.kind) {
    case "list":
      return new Map([["T", it.of]])
    case "map":
      return new Map([
        ["K", it.key],
        ["V", it.value],
      ])
    case "maybe":
      return new Map([["T", it.of]])
    case "result":
      return new Map([
        ["Val", it.value],
        ["Err", it.error],
      ])
    case "struct":
      return new Map(it.symbol.generics.map((name, index) => [name, it.args[index] ?? it] as const))
    default:
      return NO_GENERICS
  }
}

/** What other languages call a member, by the kind of value that has it here under another name. */
const ELSEWHERE: readonly (readonly [kinds: string, names: string, advice: string])[] = [
  ["list map Str", "len length count", ".size()"],
  ["list", "append add push_back", ".push(…)"],
  ["list", "get nth", ".at(…)"],
  ["list", "filter", "List::keep(…)"],
  ["list", "map each forEach", "List::map(…), or a for"],
  ["map", "insert put add", ".set(…)"],
  ["map", "remove delete", ".drop(…)"],
  ["map", "contains contains_key", ".has(…)"],
  ["maybe result", "unwrap unwrap_or_else get value", ".expect(…), or .or(…)"],
  ["maybe result", "unwrap_or or_else", ".or(…)"],
  ["Str Int Float Bool", "to_string toString string", ".to_str()"],
  ["Str", "strip", ".trim()"],
]

/** ": write .size()", where another language's word was written; else nothing. */
export function memberAdvice(type: Type, name: string): string {
  const kind = type.kind === "primitive" ? type.name : type.kind
  const found = ELSEWHERE.find(([kinds, names]) => kinds.split(" ").includes(kind) && names.split(" ").includes(name))
  return found ? `: write ${found[2]}` : ""
}
