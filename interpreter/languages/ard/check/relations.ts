// Relations between types: printing, resolving, equality by parts, binding of open generics, what fits where (section 4).
// Used by the whole checker and by the editing functions. Bindings made while a question is only tried are undone by
// `attempt`.
import type { Coercion, EnumSymbol, StructSymbol, TraitSymbol, TypeSymbol, UnionSymbol } from "./checked.ts"
import type { FunctionParam, OpenType, Type } from "./types.ts"

/** The type behind a bound open generic; itself otherwise. Not deep. */
export function shallow(type: Type): Type {
  let it = type
  while (it.kind === "open" && it.bound) it = it.bound
  return it
}

/** The type with every bound generic replaced, all the way down. */
export function resolveType(type: Type): Type {
  const it = shallow(type)
  return mapParts(it, resolveType)
}

/** A copy of the type with `change` done to its parts; the same object if nothing changed. */
function mapParts(type: Type, change: (part: Type) => Type): Type {
  switch (type.kind) {
    case "list": {
      const of = change(type.of)
      return of === type.of ? type : { kind: "list", of }
    }
    case "map": {
      const key = change(type.key)
      const value = change(type.value)
      return key === type.key && value === type.value ? type : { kind: "map", key, value }
    }
    case "maybe": {
      const of = change(type.of)
      return of === type.of ? type : { kind: "maybe", of }
    }
    case "result": {
      const value = change(type.value)
      const error = change(type.error)
      return value === type.value && error === type.error ? type : { kind: "result", value, error }
    }
    case "function": {
      let changed = false
      const params = type.params.map((param): FunctionParam => {
        const inner = change(param.type)
        if (inner === param.type) return param
        changed = true
        return { name: param.name, type: inner, mutable: param.mutable }
      })
      const result = change(type.result)
      return changed || result !== type.result ? { kind: "function", params, result } : type
    }
    case "struct": {
      if (!type.args.length) return type
      const args = type.args.map(change)
      return args.some((arg, index) => arg !== type.args[index]) ? { kind: "struct", symbol: type.symbol, args } : type
    }
    default:
      return type
  }
}

/** Puts types in for generic names. */
export function substitute(type: Type, bindings: ReadonlyMap<string, Type>): Type {
  if (!bindings.size) return type
  if (type.kind === "generic") return bindings.get(type.name) ?? type
  if (type.kind === "open") return type.bound ? substitute(type.bound, bindings) : type
  return mapParts(type, (part) => substitute(part, bindings))
}

/** Generic names of a type in order of first appearance, added to `names`. */
export function collectGenerics(type: Type, names: string[]): void {
  const it = shallow(type)
  if (it.kind === "generic") {
    if (!names.includes(it.name)) names.push(it.name)
  } else {
    mapParts(it, (part) => {
      collectGenerics(part, names)
      return part
    })
  }
}

/** The type as diagnostics print it: `[Str:Int]`, `Int!Str`, `fn (Int,Str) Bool`, `$T`. */
export function typeName(type: Type): string {
  const it = shallow(type)
  switch (it.kind) {
    case "primitive":
      return it.name
    case "list":
      return `[${typeName(it.of)}]`
    case "map":
      return `[${typeName(it.key)}:${typeName(it.value)}]`
    case "maybe":
      return `${typeName(it.of)}?`
    case "result":
      return `${typeName(it.value)}!${typeName(it.error)}`
    case "function":
      return `fn (${it.params.map((param) => typeName(param.type)).join(",")}) ${typeName(it.result)}`
    case "struct":
      return it.args.length && it.symbol.generics.length ? `${it.symbol.name}<${it.args.map(typeName).join(",")}>` : it.symbol.name
    case "enum":
    case "union":
    case "trait":
      return it.symbol.name
    case "generic":
      return `$${it.name}`
    case "open":
      return `$${it.name}`
    case "unknown":
      return "unknown"
  }
}

// ---- trying ---------------------------------------------------------------------------------------------------------

const trail: OpenType[] = []
let attempts = 0

/** Runs `question`; if it gives null or false, every binding made meanwhile is undone. */
export function attempt<T>(question: () => T): T {
  const mark = trail.length
  attempts++
  const answer = question()
  attempts--
  if (answer === null || answer === false) {
    while (trail.length > mark) {
      const open = trail.pop()
      if (open) open.bound = null
    }
  }
  if (attempts === 0) trail.length = 0
  return answer
}

/** Asks without leaving a binding behind. */
export function wouldFit(from: Type, to: Type): boolean {
  let answer = false
  attempt(() => {
    answer = admit(from, to, false) !== null
    return null
  })
  return answer
}

function mentions(type: Type, open: OpenType): boolean {
  const it = shallow(type)
  if (it === open) return true
  let found = false
  mapParts(it, (part) => {
    if (!found && mentions(part, open)) found = true
    return part
  })
  return found
}

function bind(open: OpenType, type: Type): boolean {
  if (mentions(type, open)) return shallow(type) === open
  open.bound = type
  if (attempts > 0) trail.push(open)
  return true
}

/** Equal by parts; open generics on either side are bound. A type that follows a reported error equals everything. */
export function sameType(a: Type, b: Type): boolean {
  const left = shallow(a)
  const right = shallow(b)
  if (left === right) return true
  if (left.kind === "unknown" || right.kind === "unknown") return true
  if (right.kind === "open") return bind(right, left)
  if (left.kind === "open") return bind(left, right)
  switch (left.kind) {
    case "primitive":
      return right.kind === "primitive" && left.name === right.name
    case "list":
      return right.kind === "list" && sameType(left.of, right.of)
    case "map":
      return right.kind === "map" && sameType(left.key, right.key) && sameType(left.value, right.value)
    case "maybe":
      return right.kind === "maybe" && sameType(left.of, right.of)
    case "result":
      return right.kind === "result" && sameType(left.value, right.value) && sameType(left.error, right.error)
    case "function":
      return (
        right.kind === "function" &&
        left.params.length === right.params.length &&
        left.params.every((param, index) => {
          const other = right.params[index]
          return other !== undefined && sameType(param.type, other.type)
        }) &&
        sameType(left.result, right.result)
      )
    case "struct":
      return (
        right.kind === "struct" &&
        left.symbol === right.symbol &&
        left.args.every((arg, index) => {
          const other = right.args[index]
          return other === undefined || sameType(arg, other)
        })
      )
    case "enum":
      return right.kind === "enum" && left.symbol === right.symbol
    case "union":
      return right.kind === "union" && left.symbol === right.symbol
    case "trait":
      return right.kind === "trait" && left.symbol === right.symbol
    case "generic":
      return right.kind === "generic" && left.name === right.name
  }
}

const NONE: readonly Coercion[] = []

/**
 * What must happen to a value of type `from` to stand where `to` is expected; null: it does not fit. `wraps`: a plain value may be
 * wrapped for a nullable place (arguments and struct fields only).
 */
export function admit(from: Type, to: Type, wraps: boolean): readonly Coercion[] | null {
  const target = shallow(to)
  const source = shallow(from)
  if (source.kind === "unknown" || target.kind === "unknown") return NONE
  if (target.kind === "open") {
    const hint = target.hint
    if (hint && source !== target) {
      const steps = attempt(() => admit(source, hint, false))
      if (steps && attempt(() => sameType(target, hint))) return steps
    }
    return sameType(source, target) ? NONE : null
  }
  if (attempt(() => sameType(source, target))) {
    if (
      source.kind === "function" &&
      target.kind === "function" &&
      source.params.some((it, index) => it.mutable && !target.params[index]?.mutable)
    ) {
      return [{ kind: "function", from: source, to: target }]
    }
    return NONE
  }
  if (target.kind === "union") return enterUnion(source, target, new Set())
  if (target.kind === "trait") return implementsTrait(source, target.symbol) ? [{ kind: "trait", from: source, to: target }] : null
  if (target.kind === "maybe" && wraps && source.kind !== "maybe") {
    const steps = attempt(() => admit(source, target.of, false))
    if (steps) return [...steps, { kind: "some", from: target.of, to: target }]
  }
  return null
}

/** Into the first member that takes the value; `seen` are the unions tried, since unions may name each other and be named twice. */
function enterUnion(source: Type, target: Type & { kind: "union" }, seen: Set<UnionSymbol>): readonly Coercion[] | null {
  seen.add(target.symbol)
  for (const written of target.symbol.members) {
    const member = shallow(written)
    if (member.kind !== "union") {
      if (attempt(() => sameType(source, member))) return [{ kind: "union", from: source, to: target }]
      if (member.kind !== "trait" || !implementsTrait(source, member.symbol)) continue
      return [
        { kind: "trait", from: source, to: member },
        { kind: "union", from: member, to: target },
      ]
    }
    if (source.kind === "union" && source.symbol === member.symbol) return [{ kind: "union", from: member, to: target }]
    if (seen.has(member.symbol)) continue
    const steps = enterUnion(source, member, seen)
    if (steps) return [...steps, { kind: "union", from: member, to: target }]
  }
  return null
}

/** Traits of the types that no file declares, by name of the type; filled by `library.ts`. */
export const builtinTraits = new Map<string, Set<TraitSymbol>>()

export function implementsTrait(type: Type, trait: TraitSymbol): boolean {
  const it = shallow(type)
  switch (it.kind) {
    case "unknown":
      return true
    case "trait":
      return it.symbol === trait
    case "struct":
    case "enum":
      return it.symbol.traits.has(trait)
    default: {
      const name = builtinOwner(it)
      return name !== null && (builtinTraits.get(name)?.has(trait) ?? false)
    }
  }
}

/** The name under which the library keeps the methods of a type that no file declares. */
export function builtinOwner(type: Type): string | null {
  switch (type.kind) {
    case "primitive":
      return type.name
    case "list":
      return "List"
    case "map":
      return "Map"
    case "maybe":
      return "Maybe"
    case "result":
      return "Result"
    default:
      return null
  }
}

/** Lets the open generics of `type` prefer what stands in their place in `wanted`. */
export function suggest(type: Type, wanted: Type): void {
  const it = shallow(type)
  const want = shallow(wanted)
  if (it.kind === "open") {
    if (!it.hint && want.kind !== "open" && want.kind !== "unknown" && !mentions(want, it)) it.hint = want
    return
  }
  if (it.kind === "list" && want.kind === "list") suggest(it.of, want.of)
  else if (it.kind === "maybe" && want.kind === "maybe") suggest(it.of, want.of)
  else if (it.kind === "map" && want.kind === "map") {
    suggest(it.key, want.key)
    suggest(it.value, want.value)
  } else if (it.kind === "result" && want.kind === "result") {
    suggest(it.value, want.value)
    suggest(it.error, want.error)
  } else if (it.kind === "struct" && want.kind === "struct" && it.symbol === want.symbol) {
    it.args.forEach((arg, index) => {
      const other = want.args[index]
      if (other) suggest(arg, other)
    })
  } else if (it.kind === "function" && want.kind === "function") {
    suggest(it.result, want.result)
  }
}

/** A handle of `ard/async/channel`: the one thing that fibers share (14.8). */
export function isChannel(type: Type): boolean {
  const it = shallow(type)
  return it.kind === "struct" && it.symbol.name === "Channel" && it.symbol.module.path === "ard/async/channel"
}

/** Structs, lists, maps and whatever may contain them: `mut b = a` copies these (section 10). */
export function isCopied(type: Type): boolean {
  const it = shallow(type)
  switch (it.kind) {
    case "primitive":
      return it.name === "Dynamic"
    case "function":
    case "enum":
    case "unknown":
      return false
    case "maybe":
      return isCopied(it.of)
    case "result":
      return isCopied(it.value) || isCopied(it.error)
    default:
      return true
  }
}

/** The types of a struct's fields with the arguments of `args` put in. */
export function structBindings(symbol: StructSymbol, args: readonly Type[]): ReadonlyMap<string, Type> {
  return new Map(symbol.generics.map((name, index) => [name, args[index] ?? { kind: "generic", name }] as const))
}

/** The struct or enum that a declared type is, also behind an alias; null for other types. */
export function structOrEnum(symbol: TypeSymbol): StructSymbol | EnumSymbol | null {
  if (symbol.kind === "struct" || symbol.kind === "enum") return symbol
  if (symbol.kind !== "alias") return null
  const type = shallow(symbol.type)
  return type.kind === "struct" || type.kind === "enum" ? type.symbol : null
}
