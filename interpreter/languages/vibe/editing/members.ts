// Completion behind a dot: methods and members of what stands before it, keys of object literals at any depth, also inside
// the braces of a text.
import type { Completion } from "../../editing.ts"
import type { VibeSymbol } from "../check/symbols.ts"
import { typeOf } from "../check/types.ts"
import { META, METHODS, signatureOf } from "../library/catalogue.ts"
import { bare, type Expr, type ObjectLiteral } from "../syntax/ast.ts"
import { type Analysis, forEachStatement, namesAt } from "./analysis.ts"
import { META_WORDS, methodDoc } from "./catalogue-words.ts"

/** What can follow the dot before `from`; null if there is none (or two: a range). */
export function membersAt(analysis: Analysis, text: string, from: number): readonly Completion[] | null {
  const dot = /(?<!\.)\.\s*$/.exec(text.slice(Math.max(0, from - 60), from))
  if (!dot) return null
  const before = text.slice(Math.max(0, from - 400), from - dot[0].length).trimEnd()
  const owner = ownerOf(analysis, before, from)
  const seen = new Set<string>()
  const options = owner.keys.map((key) => keyCompletion(key, owner.name))
  for (const method of METHODS.filter((it) => owner.kind === "any" || it.on === "any" || it.on === owner.kind)) {
    if (seen.has(method.name)) continue
    seen.add(method.name)
    options.push({
      label: method.name,
      kind: "method",
      detail: signatureOf(method).slice(method.name.length),
      info: methodDoc(method),
      boost: 1,
      snippet: method.params.length > 0 ? `${method.name}(\${})` : `${method.name}()`,
    })
  }
  return owner.hasMeta ? [...options, ...meta()] : options
}

/** What can follow in `{name.path.` of a text: keys and the members that every variable has; no methods. */
export function membersInText(analysis: Analysis, path: string, offset: number): readonly Completion[] {
  const owner = ownerOf(analysis, path, offset)
  return [...owner.keys.map((key) => keyCompletion(key, owner.name)), ...(owner.hasMeta ? meta() : [])]
}

interface Owner {
  readonly name: string
  readonly kind: "array" | "text" | "none" | "any"
  readonly keys: readonly string[]
  /** A variable or a call: it has `.err` and its like. */
  readonly hasMeta: boolean
}

function ownerOf(analysis: Analysis, before: string, offset: number): Owner {
  const unknown: Owner = { name: "", kind: "any", keys: [], hasMeta: before.endsWith(")") }
  if (/["'`]$/.test(before)) return { ...unknown, kind: "text" }
  const call = /(?<![\w.])([A-Za-z_]\w*)\s*\([^()]*\)$/.exec(before)
  if (call) {
    const fn = namesAt(analysis, offset).get(call[1] ?? "")?.symbol.fn
    return fn ? { ...unknown, kind: kindOf(typeOf(fn.returns)) } : unknown
  }
  const chain = /(?<!\.\s*)(?<!\w)([A-Za-z_]\w*(?:\s*\.\s*\w+)*)$/.exec(before)
  if (!chain) return unknown
  const [root = "", ...path] = (chain[1] ?? "").split(".").map((it) => it.trim())
  const symbol = namesAt(analysis, offset).get(root)?.symbol
  if (!symbol) return unknown
  let value: Expr | null = initialValue(analysis, symbol)
  for (const key of path) value = objectOf(value)?.properties.find((it) => it.key.text === key)?.value ?? null
  const name = [root, ...path].join(".")
  const keys = (objectOf(value)?.properties ?? []).map((it) => it.key.text).filter((it) => it !== "")
  if (path.length === 0) return { name, kind: kindOf(symbol.known), keys, hasMeta: true }
  return { name, kind: value ? kindOfLiteral(value) : "any", keys, hasMeta: false }
}

function kindOf(type: string | null): Owner["kind"] {
  if (type === null) return "any"
  if (type.endsWith("[]")) return "array"
  return type === "text" || type === "prompt" ? "text" : "none"
}

function kindOfLiteral(value: Expr): Owner["kind"] {
  switch (bare(value).k) {
    case "array":
      return "array"
    case "string":
      return "text"
    case "number":
    case "boolean":
    case "object":
      return "none"
    default:
      return "any"
  }
}

function objectOf(value: Expr | null): ObjectLiteral | null {
  const inner = value ? bare(value) : null
  return inner?.k === "object" ? inner : null
}

const keyCompletion = (key: string, of: string): Completion => ({
  label: key,
  kind: "property",
  detail: "",
  info: `A property of ${of}.`,
  boost: 2,
})

const meta = (): Completion[] =>
  META.map((name) => ({ label: name, kind: "property", detail: META_WORDS[name].type, info: META_WORDS[name].doc, boost: 0 }))

/** What a variable or constant is declared with. */
function initialValue(analysis: Analysis, symbol: VibeSymbol): Expr | null {
  const module = [analysis.entry, ...analysis.modules].find((it) => it.file.path === symbol.file)
  let found: Expr | null = null
  forEachStatement(module?.ast.body ?? [], (s) => {
    const declaration = s.k === "async" ? s.what : s
    if (declaration.k !== "let" && declaration.k !== "const") return
    if (declaration.target.k === "name" && declaration.target.name.from === symbol.span.from) found = declaration.init
  })
  return found
}
