// Completion: what fits at the cursor, told from the text before it, the brackets around it and the names in scope.
// Builtins, model keys and words come from the catalogue's entries; members.ts knows what follows a dot.
import type { Program } from "../../../source/text.ts"
import type { Completion, Completions } from "../../editing.ts"
import { resolveModule } from "../check/modules.ts"
import type { VibeSymbol } from "../check/symbols.ts"
import { outlineOf } from "../check/ts-exports.ts"
import { type Builtin, CORE, MODEL_KEYS, PROVIDERS, SYSTEM_MODULES, signatureOf, systemModule } from "../library/catalogue.ts"
import { parseFile } from "../syntax/parse.ts"
import { type Analysis, analyse, namesAt } from "./analysis.ts"
import { docOf, exampleOf, MODEL_KEY_WORDS, MODULE_DOCS, TYPE_DOCS } from "./catalogue-words.ts"
import { completionOf, headOf } from "./describe.ts"
import { membersAt, membersInText } from "./members.ts"
import { type Bracket, openAt, type Regions, regionAt, regionsOf } from "./regions.ts"
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
    membersAt(analysis, text, from) ??
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
  const meta = toolMeta(text, from)
  if (meta) return meta
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
  if (inner?.char === "(" && /\bts\s*$/.test(opening)) return named(program, analysis, offset, isStored)
  if (inner?.char === "(" && /\bcompress\s*$/.test(opening))
    return variables(program, analysis, offset).filter((it) => it.kind === "model" || it.detail === "model" || it.detail === "prompt")
  if (isTypePlace(head, inner?.char === "{" ? opening : "", inner?.char === "(" ? opening : "")) return types()
  if (!typed) return null
  if (/(?:"|'|`|\w)[ \t]+$/.test(head) && isBehindPrompt(text, from)) return modifiers(program, analysis, offset)
  if (/\b(?:for\s+\w+|@\w*)\s*$/.test(head))
    return /\bfor\s+\w+\s+$/.test(head) ? [wordCompletion(WORDS.find((it) => it.word === "in") as (typeof WORDS)[number])] : null
  const begins = inner?.char !== "(" && inner?.char !== "[" && /(?:^|\n|\{|\})[ \t]*(?:async[ \t]+|export[ \t]+)?$/.test(head)
  if (/\bexport[ \t]+$/.test(head)) return wordsOf(["function", "const", "model"])
  if (/\basync[ \t]+$/.test(head)) return [...started(program, analysis, offset), ...wordsOf(["let", "const", "do", "vibe", "ts"])]
  if (/\basync[ \t]+(?:let|const)\b[^=\n]*=[ \t]*$/.test(head))
    return [...started(program, analysis, offset), ...wordsOf(["do", "vibe", "ts"])]
  if (!begins) {
    const words = WORDS.filter((it) => it.at === "expression" || it.at === "both").map(wordCompletion)
    return [...variables(program, analysis, offset), ...words]
  }
  const around = constructsAround(text, open)
  const allowed = (word: string): boolean => {
    if (word === "return") return around.includes("function")
    if (word === "break") return around.includes("loop")
    return around.length === 0 || !["import", "export", "function", "tool"].includes(word)
  }
  const words = WORDS.filter((it) => (it.at === "statement" || it.at === "both") && allowed(it.word)).map(wordCompletion)
  const behind = wordsOf(behindBlock(text, all, from)).map((it) => ({ ...it, boost: 2 }))
  return [...behind, ...variables(program, analysis, offset), ...words]
}

const wordsOf = (words: readonly string[]): Completion[] => WORDS.filter((it) => words.includes(it.word)).map(wordCompletion)

/** What `async` may start by name: functions. */
function started(program: Program, analysis: Analysis, offset: number): Completion[] {
  return named(program, analysis, offset, (symbol) => ["function", "external", "builtin"].includes(symbol.kind))
}

type Construct = "function" | "loop" | "if" | "block"

/** What the braces belong to that are open around a place, outermost first. */
function constructsAround(text: string, open: readonly Bracket[]): Construct[] {
  return open.filter((it) => it.char === "{").map((it) => constructOf(text, it.at))
}

function constructOf(text: string, brace: number): Construct {
  const head = text.slice(Math.max(0, brace - 400), brace)
  if (/\b(?:function|tool)\s+\w+\s*\([^()]*\)[^{}]*$/.test(head)) return "function"
  if (/\b(?:for\s+\w+\s+in|while)\b[^{}\n]*\n?\s*$/.test(head)) return "loop"
  return /\bif\b[^{}\n]*\n?\s*$/.test(head) ? "if" : "block"
}

/** The words that may follow the block which ends right before a place, on its line. */
function behindBlock(text: string, all: Regions, from: number): string[] {
  const end = text.slice(0, from).replace(/[ \t]+$/, "").length - 1
  const closer = text[end] === "}" ? all.brackets.find((it) => it.at === end) : undefined
  if (!closer || closer.partner < 0) return []
  const construct = constructOf(text, closer.partner)
  return construct === "if" ? ["else"] : construct === "loop" ? ["forget", "verbose", "compress"] : []
}

/** Behind `@` in the head of a tool: its two words, and behind `@param` the tool's parameters. */
function toolMeta(text: string, from: number): Completion[] | null {
  const head = text.slice(Math.max(0, from - 1_000), from)
  const tool = /\btool\s+\w+\s*\(([^()]*)\)(?:(?!\btool\b)[^{}])*$/.exec(head)
  if (!tool) return null
  const item = (label: string, detail: string, info: string, snippet: string): Completion => ({
    label,
    kind: "property",
    detail,
    info,
    boost: 0,
    snippet,
  })
  if (head.endsWith("@"))
    return [
      item("description", "text", "What the tool does: the model reads it.", 'description "${what it does}"'),
      item("param", "name text", "What a parameter means: the model reads it.", 'param ${name} "${what it is}"'),
    ]
  if (!/@param[ \t]+$/.test(head)) return null
  const names = [...(tool[1] ?? "").matchAll(/(\w+)\s*:\s*([\w[\]]+)/g)]
  return names.map((match) => item(match[1] ?? "", match[2] ?? "", "A parameter of the tool.", `${match[1]} "\${what it is}"`))
}

function named(program: Program, analysis: Analysis, offset: number, accept: (symbol: VibeSymbol) => boolean): Completion[] {
  const found: Completion[] = []
  for (const [name, { symbol }] of namesAt(analysis, offset)) {
    if (name !== "" && accept(symbol)) found.push(completionOf(program, symbol, name, symbol.global ? 0 : 1))
  }
  return found
}

/** What a ts block may list. */
const isStored = (symbol: VibeSymbol) => ["variable", "constant", "parameter", "loop", "external"].includes(symbol.kind)

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
    info: `${docOf(builtin)} Example: ${exampleOf(builtin)}`,
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
  return MODEL_KEYS.filter((key) => !taken.has(key)).map((key) => {
    const { type, doc, required, snippet } = MODEL_KEY_WORDS[key]
    return { label: key, kind: "property", detail: type, info: doc, boost: required ? 1 : 0, ...(colonFollows ? {} : { snippet }) }
  })
}

/** A prompt ends on this line, right before the blank: a model or a context may follow. */
function isBehindPrompt(text: string, from: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", from - 1) + 1, from)
  return /\b(?:do|vibe)\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\w+)\s+(?:\w+\s+)?$/.test(line)
}

function modifiers(program: Program, analysis: Analysis, offset: number): Completion[] {
  const all = variables(program, analysis, offset)
  const models = all.filter((it) => it.kind === "model" || it.detail === "model")
  return [
    ...models.map((it) => ({ ...it, boost: 2 })),
    ...WORDS.filter((it) => it.word === "default" || it.word === "local").map(wordCompletion),
    // An array is a context.
    ...all.filter((it) => it.detail.endsWith("[]")).map((it) => ({ ...it, boost: -2 })),
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
  const values = MODEL_VALUES.find((it) => new RegExp(`\\b${it.key}\\s*:\\s*$`).test(line))
  if (values)
    return { from: stringFrom + 1, options: values.values.map((label) => ({ label, kind: "constant", detail: "", info: "", boost: 0 })) }
  const path = /\{(\w+(?:\.\w+)*)\.\w*$/.exec(text.slice(stringFrom, offset))?.[1]
  if (path !== undefined) return closing(text, offset, from, membersInText(analysis, path, stringFrom))
  if (!/\{\w*$/.test(text.slice(stringFrom, offset))) return null
  const options = variables(program, analysis, offset).filter((it) => it.kind === "variable" || it.kind === "constant")
  return closing(text, offset, from, options)
}

/** Texts that are written into the braces of a slot, with the brace that closes it where there is none. */
function closing(text: string, offset: number, from: number, options: readonly Completion[]): Completions | null {
  if (options.length === 0) return null
  const closed = text[offset] === "}"
  return { from, options: options.map((it) => ({ ...it, ...(closed ? {} : { snippet: `${it.label}}` }) })) }
}

/** Keys of a model whose values are words. */
const MODEL_VALUES: readonly { readonly key: string; readonly values: readonly string[] }[] = [
  { key: "provider", values: PROVIDERS },
  { key: "thinkingLevel", values: ["low", "medium", "high"] },
]

function modulePaths(program: Program): Completion[] {
  const system = SYSTEM_MODULES.map(
    (module): Completion => ({ label: module.path, kind: "module", detail: "system", info: MODULE_DOCS[module.path] ?? "", boost: 0 }),
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
