// Completion and signature help: what fits at the cursor, told from the text before it, the brackets around it and the
// names in scope. Builtins, methods, model keys and words come from the catalogue's entries.
import type { Program } from "../../../source/text.ts"
import type { Completion, Completions, SignatureHelp } from "../../editing.ts"
import { resolveModule } from "../check/modules.ts"
import type { VibeSymbol } from "../check/symbols.ts"
import { outlineOf } from "../check/ts-exports.ts"
import {
  type Builtin,
  CORE,
  META,
  METHODS,
  MODEL_KEYS,
  SYSTEM_MODULES,
  signatureOf,
  systemModule,
  TYPE_DOCS,
} from "../library/catalogue.ts"
import type { Expr } from "../syntax/ast.ts"
import { parseFile } from "../syntax/parse.ts"
import { type Analysis, analyse, namesAt, useAt } from "./analysis.ts"
import { codeOf, completionOf, headOf } from "./describe.ts"
import { openAt, type Regions, regionAt, regionsOf } from "./regions.ts"
import { WORDS, wordCompletion } from "./words.ts"

export function complete(program: Program, offset: number, explicit: boolean): Completions | null {
  const { text } = program.entry
  const all = regionsOf(text)
  const before = text.slice(0, offset)
  const word = /\w*$/.exec(before)?.[0] ?? ""
  const from = offset - word.length
  const analysis = analyse(program)
  if (regionAt(all, offset, "comment")) return null
  const string = regionAt(all, offset, "string")
  if (string) return inString(program, analysis, all, string.from, offset, from)
  const ts = regionAt(all, offset, "ts")
  const typed = explicit || word !== ""
  if (/(?<![\w.])\d\w*$/.test(before)) return null
  if (ts) return typed && !/\.\s*\w*$/.test(before) ? { from, options: variables(program, analysis, offset) } : null
  const head = text.slice(Math.max(0, from - 300), from)
  const options =
    afterDot(analysis, text, from) ??
    (typed || /[:{,]\s*$/.test(head) ? inPlace(program, analysis, all, head, offset, from, explicit) : null)
  return options && options.length > 0 ? { from, options } : null
}

type Options = readonly Completion[] | null

function inPlace(
  program: Program,
  analysis: Analysis,
  all: Regions,
  head: string,
  offset: number,
  from: number,
  explicit: boolean,
): Options {
  const { text } = program.entry
  const typed = explicit || from < offset
  if (/\bimport\s*\{[^}]*$/.test(head)) return importable(program, text, from)
  if (/\b(?:let|const|for|function|tool|model)\s+(?:private\s+)?$/.test(head)) return null
  const open = openAt(all, from)
  const inner = open[open.length - 1]
  const opening = inner ? text.slice(Math.max(0, inner.at - 200), inner.at) : ""
  if (inner?.char === "{" && /\bmodel\s+\w+\s*=\s*$/.test(opening)) {
    const inside = text.slice(inner.at + 1, from)
    if (/(^|,)\s*$/.test(inside)) return modelKeys(text.slice(inner.at + 1, inner.partner < 0 ? from : inner.partner), text.slice(offset))
  }
  if (inner?.char === "[" && /\btools\s*:\s*$/.test(opening))
    return named(program, analysis, offset, isTool).map(({ snippet: _, ...it }) => it)
  if (isTypePlace(head, inner?.char === "{" ? opening : "", inner?.char === "(" ? opening : "")) return types()
  if (!typed) return null
  if (/(?:"|'|`|\w)[ \t]+$/.test(head) && isBehindPrompt(text, from)) return modifiers(program, analysis, offset)
  if (/\b(?:for\s+\w+|@\w*)\s*$/.test(head))
    return /\bfor\s+\w+\s+$/.test(head) ? [wordCompletion(WORDS.find((it) => it.word === "in") as (typeof WORDS)[number])] : null
  const begins = inner?.char !== "(" && inner?.char !== "[" && /(?:^|\n|\{|\})[ \t]*(?:async[ \t]+|export[ \t]+)?$/.test(head)
  const afterAsync = /\basync[ \t]+$/.test(head)
  const afterExport = /\bexport[ \t]+$/.test(head)
  const closed = begins && /\}[ \t]*$/.test(head)
  const words = WORDS.filter((it) => {
    if (afterAsync) return ["let", "const", "do", "vibe", "ts"].includes(it.word)
    if (afterExport) return ["function", "const", "model"].includes(it.word)
    if (closed && ["else", "forget", "verbose", "compress"].includes(it.word)) return true
    return begins ? it.at === "statement" || it.at === "both" : it.at === "expression" || it.at === "both"
  }).map(wordCompletion)
  return afterExport ? words : [...variables(program, analysis, offset), ...words]
}

function named(program: Program, analysis: Analysis, offset: number, accept: (symbol: VibeSymbol) => boolean): Completion[] {
  const found: Completion[] = []
  for (const [name, { symbol }] of namesAt(analysis, offset)) {
    if (accept(symbol)) found.push(completionOf(program, symbol, name, symbol.global ? 0 : 1))
  }
  return found
}

/** What may stand in a model's `tools`; by name, not called. */
const isTool = (symbol: VibeSymbol) => symbol.kind === "tool" || symbol.kind === "bundle" || symbol.systemModule === "system/tools"

function variables(program: Program, analysis: Analysis, offset: number): Completion[] {
  const found = named(program, analysis, offset, () => true)
  for (const builtin of CORE) found.push(builtinCompletion(builtin))
  return found
}

function builtinCompletion(builtin: Builtin): Completion {
  const takes = builtin.params.some((it) => !it.optional)
  const detail = signatureOf(builtin).slice(builtin.name.length)
  return {
    label: builtin.name,
    kind: "function",
    detail,
    info: `${builtin.doc} Example: ${builtin.example}`,
    boost: 0,
    snippet: takes ? `${builtin.name}(\${})` : `${builtin.name}()`,
  }
}

function types(): Completion[] {
  const of = (label: string, info: string, boost: number): Completion => ({ label, kind: "type", detail: "", info, boost })
  return Object.entries(TYPE_DOCS).flatMap(([type, doc]) =>
    type === "model" ? [of(type, doc, 0)] : [of(type, doc, 1), of(`${type}[]`, `An array of ${type}.`, 0)],
  )
}

/** Behind the colon of a declaration, parameter, pattern field or return type; not behind the key of an object. */
function isTypePlace(head: string, beforeBrace: string, beforeParen: string): boolean {
  if (/\b(?:let|const)\s+(?:private\s+)?\w+\s*:\s*$/.test(head)) return true
  if (/\b(?:function|tool)\s+\w+\s*\([^()]*\)\s*:\s*$/.test(head)) return true
  if (/\b(?:function|tool)\s+\w+\s*$/.test(beforeParen)) return /\w+\s*:\s*$/.test(head)
  return /\b(?:let|const)\s+(?:private\s+)?$/.test(beforeBrace) && /\w+\s*:\s*$/.test(head)
}

function modelKeys(inside: string, rest: string): Completion[] {
  const taken = new Set([...inside.matchAll(/(\w+)\s*:/g)].map((match) => match[1]))
  const colonFollows = /^\s*:/.test(rest)
  return MODEL_KEYS.filter((key) => !taken.has(key.name)).map((key) => ({
    label: key.name,
    kind: "property",
    detail: key.type,
    info: key.doc,
    boost: key.required ? 1 : 0,
    ...(colonFollows ? {} : { snippet: key.snippet }),
  }))
}

/** A prompt ends on this line, right before the blank: a model or a context may follow. */
function isBehindPrompt(text: string, from: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", from - 1) + 1, from)
  return /\b(?:do|vibe)\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\w+)\s+(?:\w+\s+)?$/.test(line)
}

function modifiers(program: Program, analysis: Analysis, offset: number): Completion[] {
  const models = variables(program, analysis, offset).filter((it) => it.kind === "model" || it.detail === "model")
  return [
    ...models.map((it) => ({ ...it, boost: 2 })),
    ...WORDS.filter((it) => it.word === "default" || it.word === "local").map(wordCompletion),
  ]
}

// ---- strings --------------------------------------------------------------------------------------------------------

function inString(
  program: Program,
  analysis: Analysis,
  all: Regions,
  stringFrom: number,
  offset: number,
  from: number,
): Completions | null {
  const { text } = program.entry
  const line = text.slice(text.lastIndexOf("\n", stringFrom) + 1, stringFrom)
  if (/\bfrom\s*$/.test(line)) return { from: stringFrom + 1, options: modulePaths(program) }
  if (regionAt(all, stringFrom, "ts")) return null
  if (!/\{\w*$/.test(text.slice(stringFrom, offset))) return null
  const options = variables(program, analysis, offset).filter((it) => it.kind === "variable" || it.kind === "constant")
  const closed = text[offset] === "}"
  return { from, options: options.map((it) => ({ ...it, ...(closed ? {} : { snippet: `${it.label}}` }) })) }
}

function modulePaths(program: Program): Completion[] {
  const system = SYSTEM_MODULES.map(
    (module): Completion => ({ label: module.path, kind: "module", detail: "system", info: module.doc, boost: 0 }),
  )
  const dir = program.entry.path.split("/").slice(0, -1)
  const files = [...program.files.keys()].filter((path) => /\.(vibe|[jt]s)$/.test(path) && path !== program.entry.path)
  return [
    ...files.map(
      (path): Completion => ({ label: relative(dir, path), kind: "module", detail: "file", info: `The file ${path}.`, boost: 1 }),
    ),
    ...system,
  ]
}

function relative(dir: readonly string[], path: string): string {
  const parts = path.split("/")
  let same = 0
  while (same < dir.length && dir[same] === parts[same]) same++
  const up = "../".repeat(dir.length - same)
  return `${up || "./"}${parts.slice(same).join("/")}`
}

function importable(program: Program, text: string, from: number): Completion[] | null {
  const path = /^[^\n]*?\bfrom\s*["'`]([^"'`]*)/.exec(text.slice(from))?.[1]
  if (!path) return SYSTEM_MODULES.flatMap((module) => module.functions.map((it) => ({ ...builtinCompletion(it), snippet: it.name })))
  const system = systemModule(path)
  if (system) {
    const bundles = Object.entries(system.bundles).map(
      ([name, tools]): Completion => ({ label: name, kind: "constant", detail: "tool[]", info: tools.join(", "), boost: 0 }),
    )
    return [...system.functions.map((it) => ({ ...builtinCompletion(it), snippet: it.name })), ...bundles]
  }
  const file = resolveModule(program, program.entry.path, path)
  if (!file) return null
  if (!file.path.endsWith(".vibe")) {
    return [...outlineOf(file.text).exports].map(([name, { isFunction }]) => ({
      label: name,
      kind: isFunction ? "function" : "constant",
      detail: file.path,
      info: "",
      boost: 0,
    }))
  }
  const exported: Completion[] = []
  for (const s of parseFile(file).ast.body) {
    if (s.k !== "export") continue
    const { declaration } = s
    if (declaration.k === "function")
      exported.push({ label: declaration.name.text, kind: "function", detail: headOf(declaration), info: "", boost: 0 })
    else if (declaration.k === "model") exported.push({ label: declaration.name.text, kind: "model", detail: "model", info: "", boost: 0 })
    else if (declaration.target.k === "name")
      exported.push({ label: declaration.target.name.text, kind: "constant", detail: "", info: "", boost: 0 })
  }
  return exported
}

// ---- members --------------------------------------------------------------------------------------------------------

/** What can follow the dot before `from`; null if there is none (or two: a range). */
function afterDot(analysis: Analysis, text: string, from: number): Options {
  const dot = /(?<!\.)\.\s*$/.exec(text.slice(Math.max(0, from - 60), from))
  if (!dot) return null
  const dotAt = from - dot[0].length
  const end = text.slice(0, dotAt).trimEnd().length
  const use = useAt(analysis, analysis.entry.file.path, end)
  const symbol = use && use.to === end ? use.symbol : null
  const closer = text[end - 1] ?? ""
  const kind = symbol ? kindOf(symbol.known) : closer === "]" || closer === ")" ? "any" : /["'`]/.test(closer) ? "text" : "any"
  const methods = METHODS.filter((it) => kind === "any" || it.on === "any" || it.on === kind)
  const seen = new Set<string>()
  const options: Completion[] = []
  for (const key of symbol ? objectKeys(analysis, symbol) : [])
    options.push({ label: key, kind: "property", detail: "", info: `A property of ${symbol?.name}.`, boost: 2 })
  for (const method of methods) {
    if (seen.has(method.name)) continue
    seen.add(method.name)
    const takes = method.params.length > 0
    options.push({
      label: method.name,
      kind: "method",
      detail: signatureOf(method).slice(method.name.length),
      info: method.doc,
      boost: 1,
      snippet: takes ? `${method.name}(\${})` : `${method.name}()`,
    })
  }
  if (symbol || closer === ")")
    for (const meta of META) options.push({ label: meta.name, kind: "property", detail: meta.type, info: meta.doc, boost: 0 })
  return options
}

function kindOf(type: string | null): "array" | "text" | "none" | "any" {
  if (type === null) return "any"
  if (type.endsWith("[]")) return "array"
  return type === "text" || type === "prompt" ? "text" : "none"
}

/** Keys of the object literal that a name begins with. */
function objectKeys(analysis: Analysis, symbol: VibeSymbol): string[] {
  let keys: string[] = []
  for (const module of [analysis.entry, ...analysis.modules]) {
    if (module.file.path !== symbol.file) continue
    const look = (list: readonly { readonly k: string }[]): void => {
      for (const s of list as readonly (typeof module.ast.body)[number][]) {
        const declaration = s.k === "export" ? s.declaration : s.k === "async" && (s.what.k === "let" || s.what.k === "const") ? s.what : s
        if (
          (declaration.k === "let" || declaration.k === "const") &&
          declaration.target.k === "name" &&
          declaration.target.name.from === symbol.span.from
        ) {
          keys = keysOf(declaration.init)
        } else if (s.k === "function" || s.k === "for" || s.k === "while") look(s.body.body)
        else if (s.k === "block") look(s.body)
        else if (s.k === "if") {
          look(s.body.body)
          if (s.otherwise) look([s.otherwise])
        }
      }
    }
    look(module.ast.body)
  }
  return keys
}

function keysOf(init: Expr | null): string[] {
  return init?.k === "object" ? init.properties.map((it) => it.key.text).filter((key) => key !== "") : []
}

// ---- signature help -------------------------------------------------------------------------------------------------

export function signatureHelp(program: Program, offset: number): SignatureHelp | null {
  const { text } = program.entry
  const all = regionsOf(text)
  if (regionAt(all, offset, "comment") || regionAt(all, offset, "ts")) return null
  const call = openAt(all, offset).findLast((it) => it.char === "(")
  if (!call) return null
  const name = /(\.\s*)?([A-Za-z_]\w*)$/.exec(text.slice(0, call.at))
  if (!name?.[2] || /\b(?:function|tool)\s+$/.test(text.slice(0, call.at - name[2].length))) return null
  const depthBrackets = openAt(all, offset)
  if (depthBrackets[depthBrackets.length - 1] !== call) return null
  const active = commasIn(all, text, call.at, offset)
  if (name[1]) {
    const method = METHODS.find((it) => it.name === name[2])
    return method ? helpFor(method.name, method.params, method.returns, method.doc, active) : null
  }
  const symbol = namesAt(analyse(program), call.at).get(name[2])?.symbol
  const builtin = symbol?.builtin ?? (symbol ? undefined : CORE.find((it) => it.name === name[2]))
  if (builtin) return helpFor(builtin.name, builtin.params, builtin.returns, builtin.doc, active)
  if (!symbol?.fn) return null
  const params = symbol.fn.params.map((param) => ({ name: param.name.text, type: `${param.type.base}${"[]".repeat(param.type.dims)}` }))
  const returns = symbol.fn.returns ? `${symbol.fn.returns.base}${"[]".repeat(symbol.fn.returns.dims)}` : ""
  return helpFor(symbol.name, params, returns, codeOf(symbol), active)
}

function commasIn(all: Regions, text: string, callAt: number, offset: number): number {
  const depth = openAt(all, offset).length
  let commas = 0
  for (let at = callAt + 1; at < offset; at++) {
    if (text[at] !== "," || all.regions.some((it) => it.kind !== "ts" && it.from <= at && at < it.to)) continue
    if (openAt(all, at).length === depth) commas++
  }
  return commas
}

function helpFor(
  name: string,
  params: readonly { readonly name: string; readonly type: string; readonly optional?: boolean }[],
  returns: string,
  info: string,
  active: number,
): SignatureHelp {
  const ranges: (readonly [number, number])[] = []
  let label = `${name}(`
  params.forEach((param, i) => {
    if (i > 0) label += ", "
    const from = label.length
    label += `${param.name}${param.optional ? "?" : ""}: ${param.type}`
    ranges.push([from, label.length])
  })
  label += `)${returns ? `: ${returns}` : ""}`
  return { label, parameters: ranges, active: Math.min(active, Math.max(0, params.length - 1)), info }
}
