// Quick fixes: changes of the text that mend a diagnostic, and how a type is named in a module's text. Used where the checker
// reports. A message begins with the catalogue's words; what to do, which the first fix knows, may follow them (`told`).
// Every fix leaves a text that parses.
import type { Fix } from "../../../source/diagnostic.ts"
import type { Expr, Ident } from "../syntax/ast.ts"
import type { ModuleSymbol, TypeSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { type NoMeaning, placeOf } from "./names.ts"
import { attempt, sameType, shallow, typeName, wouldFit } from "./relations.ts"
import { nearestFix } from "./spelling.ts"
import type { Type } from "./types.ts"

/** What to do, as the end of a message, for those who have no button for it: `: did you mean 'count'?`; nothing without a fix. */
export function told(fixes: readonly Fix[]): string {
  const title = fixes[0]?.title
  if (title === undefined) return ""
  const name = /^Change it to ('.*')$/.exec(title)?.[1]
  return name ? `: did you mean ${name}?` : `: ${title.charAt(0).toLowerCase()}${title.slice(1)}`
}

type Edits = { from: number; to: number; insert: string }[]

// ---- names as a module's text has them ------------------------------------------------------------------------------

/** The name under which `use` binds a path: its last part, `-` as `_`. */
export function aliasOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replaceAll("-", "_")
}

/** A declared type as a module writes it: `Side`, or `shop::Side` where it is another module's. */
export function visibleName(module: ModuleSymbol, symbol: TypeSymbol): string {
  if (symbol.module === module) return symbol.name
  for (const [alias, it] of module.imports) if (it === symbol.module) return `${alias}::${symbol.name}`
  return `${aliasOf(symbol.module.path)}::${symbol.name}`
}

/** Any type as a module writes it. */
export function writtenIn(module: ModuleSymbol, type: Type): string {
  const it = shallow(type)
  const part = (inner: Type) => writtenIn(module, inner)
  switch (it.kind) {
    case "list":
      return `[${part(it.of)}]`
    case "map":
      return `[${part(it.key)}:${part(it.value)}]`
    case "maybe":
      return `${part(it.of)}?`
    case "result":
      return `${part(it.value)}!${part(it.error)}`
    case "function": {
      const result = part(it.result)
      return `fn(${it.params.map((param) => part(param.type)).join(", ")})${result === "Void" ? "" : ` ${result}`}`
    }
    case "struct": {
      const name = visibleName(module, it.symbol)
      return it.args.length && it.symbol.generics.length ? `${name}<${it.args.map(part).join(", ")}>` : name
    }
    case "enum":
    case "union":
    case "trait":
      return visibleName(module, it.symbol)
    default:
      return typeName(it)
  }
}

// ---- imports --------------------------------------------------------------------------------------------------------

/** The edit that imports a path for `at`: after the imports of its file, or of its cell of a notebook. */
export function importEdit(cx: Context, path: string, at: number): Edits[number] {
  const start = cx.cellStarts.filter((it) => it <= at).pop() ?? 0
  const before = cx.module.node.imports.filter((it) => it.from >= start && it.to <= at)
  const last = before[before.length - 1]
  const place = last ? last.to : start
  return { from: place, to: place, insert: last ? `\nuse ${path}` : `use ${path}\n\n` }
}

/** Modules that a name before `::` may have meant: to be imported, or imported under a name that is near. */
export function importFixes(cx: Context, name: Ident): Fix[] {
  const paths = cx.library.paths.filter((path) => aliasOf(path) === name.name)
  const imports = paths.map((path) => ({ title: `Import ${path}`, edits: [importEdit(cx, path, name.from)] }))
  return imports.length ? imports : nearestFix(cx, name, [...cx.module.imports.keys(), ...cx.module.types.keys()])
}

// ---- values ---------------------------------------------------------------------------------------------------------

/** Puts a value into the function that makes the expected type of it. */
export function conversions(cx: Context, at: { from: number; to: number }, wanted: Type, got: Type): Fix[] {
  const around = (title: string, before: string, after: string, more: Edits = []): Fix[] => [
    { title, edits: [...more, { from: at.from, to: at.from, insert: before }, { from: at.to, to: at.to, insert: after }] },
  ]
  if (wanted.kind === "maybe" && wouldFit(got, wanted.of)) {
    const known = [...cx.module.imports].find(([, module]) => module.path === "ard/maybe")?.[0]
    const more = known === undefined ? [importEdit(cx, "ard/maybe", at.from)] : []
    return around(`Wrap it with ${known ?? "maybe"}::some`, `${known ?? "maybe"}::some(`, ")", more)
  }
  if (wanted.kind === "result" && wouldFit(got, wanted.value)) return around("Wrap it with Result::ok", "Result::ok(", ")")
  if (wanted.kind !== "primitive" || got.kind !== "primitive") return []
  if (wanted.name === "Float" && got.name === "Int") return around("Convert it with Float::from_int", "Float::from_int(", ")")
  if (wanted.name === "Str" && /^(Int|Float|Bool)$/.test(got.name)) return around("Put it into a string", '"{', '}"')
  return []
}

/** Declares the variable behind an expression `mut`. */
export function mutableFix(cx: Context, expr: Expr): Fix[] {
  const { root } = placeOf(expr)
  const text = cx.module.file?.text
  if (!root || !text || root.mutable || root.module !== cx.module) return []
  const title = `Declare '${root.name}' with mut`
  const { from } = root.declared
  if (root.kind === "local" && root.role === "parameter") return [{ title, edits: [{ from, to: from, insert: "mut " }] }]
  if (root.kind === "local" && root.role === "self") {
    const fn = /\bfn\s+$/.exec(text.slice(0, cx.frame?.node.name?.from ?? 0))
    const place = cx.frame?.node.name?.from
    return fn && place !== undefined
      ? [{ title: "Declare the method with fn mut", edits: [{ from: place, to: place, insert: "mut " }] }]
      : []
  }
  const before = /\blet(\s+)$/.exec(text.slice(0, from))
  if (!before) return []
  const start = from - before[0].length
  return [{ title, edits: [{ from: start, to: start + 3, insert: "mut" }] }]
}

/** A value to begin with where a field is missing. */
export function placeholder(module: ModuleSymbol, type: Type): string {
  const it = shallow(type)
  switch (it.kind) {
    case "primitive":
      return { Int: "0", Float: "0.0", Bool: "false", Str: '""', Void: "()", Dynamic: "Dynamic::from_void()" }[it.name]
    case "list":
      return "[]"
    case "map":
      return "[:]"
    case "enum":
      return `${visibleName(module, it.symbol)}::${it.symbol.variants[0]?.name ?? ""}`
    default:
      return "()"
  }
}

/** For a path that means nothing: the import it lacks, or the nearest name that could stand in its place. */
export function meaninglessFixes(cx: Context, { kind, at, candidates }: NoMeaning): Fix[] {
  if (kind === "UndefinedModule") return importFixes(cx, at)
  return nearestFix(cx, at, candidates ?? [])
}

/** The names of patterns that take the members of a union: types by name, aliases where a type has none, `_` for the rest. */
export function memberPatterns(module: ModuleSymbol, members: readonly Type[]): string[] {
  const names = members.map((member) => {
    const it = shallow(member)
    if (it.kind === "primitive") return `${it.name}(it)`
    if ("symbol" in it) return `${visibleName(module, it.symbol)}(it)`
    const alias = [...module.types.values()].find((type) => type.kind === "alias" && attempt(() => sameType(type.type, it)))
    return alias ? `${alias.name}(it)` : "_"
  })
  return [...names.filter((it) => it !== "_"), ...(names.includes("_") ? ["_"] : [])]
}

/** `print(…)` of other languages: the library's, imported if it is not. */
export function printFix(cx: Context, name: Ident): Fix[] {
  const known = [...cx.module.imports].find(([, module]) => module.path === "ard/io")?.[0]
  const call = { from: name.from, to: name.to, insert: `${known ?? "io"}::print` }
  return [{ title: `Call ${call.insert}`, edits: known === undefined ? [importEdit(cx, "ard/io", name.from), call] : [call] }]
}

/** The last expression of a function is its value without a word for it. */
export function returnFix(cx: Context, word: { readonly from: number; readonly to: number }): Fix[] {
  const blanks = /^[ \t]+/.exec(cx.module.file?.text.slice(word.to) ?? "")?.[0].length ?? 0
  return blanks ? [{ title: "Take 'return' away", edits: [{ from: word.from, to: word.to + blanks, insert: "" }] }] : []
}
