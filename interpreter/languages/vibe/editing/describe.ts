// Names in words: signatures, kinds, and whether reading an async variable at a place waits, and for what. For hover and
// completion.
import type { Program } from "../../../source/text.ts"
import type { Completion } from "../../editing.ts"
import type { Use, VibeSymbol } from "../check/symbols.ts"
import { typeOf } from "../check/types.ts"
import { signatureOf, systemModule } from "../library/catalogue.ts"
import type { FunctionStmt, Stmt, ToolStmt } from "../syntax/ast.ts"
import { type Analysis, sameSymbol, textOf } from "./analysis.ts"

const WORDS: Record<VibeSymbol["kind"], string> = {
  variable: "let",
  constant: "const",
  parameter: "parameter",
  loop: "for",
  model: "model",
  function: "function",
  tool: "tool",
  builtin: "function",
  bundle: "const",
  external: "import",
}

/** The thing as one line of code. */
export function codeOf(symbol: VibeSymbol): string {
  const { name, kind } = symbol
  if (symbol.fn) return `function ${headOf(symbol.fn)}`
  if (symbol.tool) return `tool ${headOf(symbol.tool)}`
  if (symbol.builtin) return `function ${signatureOf(symbol.builtin)}`
  if (kind === "bundle") return `const ${name}: tool[]`
  if (kind === "external") return symbol.external?.isFunction ? `import function ${name}` : `import ${name}`
  if (kind === "model") return `model ${name}`
  const type = symbol.known ? `: ${symbol.known}` : ""
  const pending = symbol.pending ? "async " : ""
  return kind === "parameter" || kind === "loop"
    ? `(${WORDS[kind]}) ${name}${type}`
    : `${pending}${WORDS[kind]} ${symbol.isPrivate ? "private " : ""}${name}${type}`
}

export function headOf(s: FunctionStmt | ToolStmt): string {
  const params = s.params.map((param) => `${param.name.text}: ${typeOf(param.type) ?? "?"}`).join(", ")
  const returns = typeOf(s.returns)
  return `${s.name.text}(${params})${returns ? `: ${returns}` : ""}`
}

/** What the thing is, in a sentence or two. */
export function sentenceOf(program: Program, symbol: VibeSymbol): string {
  const own = commentAbove(textOf(program, symbol.file), symbol)
  if (own) return own
  if (symbol.builtin) return `${symbol.builtin.doc}${symbol.systemModule ? ` From ${symbol.systemModule}.` : ""}`
  if (symbol.kind === "bundle")
    return `Tools for a model: ${(systemModule(symbol.systemModule ?? "")?.bundles[symbol.name] ?? []).join(", ")}.`
  if (symbol.tool) return symbol.tool.description || "A tool that a model may ask for."
  switch (symbol.kind) {
    case "model":
      return modelSentence(symbol)
    case "constant":
      return symbol.pending ? "A constant that an operation brings." : "A constant."
    case "parameter":
      return "A parameter."
    case "loop":
      return "Each element in turn; every turn of the loop has its own."
    case "external":
      return `From ${symbol.external?.module ?? "a TypeScript file"}.`
    case "function":
      return symbol.fn?.returns ? "A function." : "A function without result."
    default:
      return symbol.pending ? "A variable that an operation brings." : "A variable."
  }
}

function modelSentence(symbol: VibeSymbol): string {
  const value = symbol.model?.config.properties.find((it) => it.key.text === "name")?.value
  const name = value?.k === "string" ? value.parts.map((part) => (part.k === "text" ? part.text : part.raw)).join("") : ""
  return name ? `The model "${name}".` : "A model."
}

/** Comment lines right above a declaration. */
function commentAbove(text: string, symbol: VibeSymbol): string {
  if (symbol.file === "" || symbol.kind === "parameter" || symbol.kind === "loop") return ""
  const before = text.slice(0, text.lastIndexOf("\n", symbol.span.from) + 1)
  const match = /((?:^[ \t]*\/\/.*\n)+)$/m.exec(before.slice(-2_000))
  if (!match || !before.endsWith(match[1] ?? "")) return ""
  return (match[1] ?? "")
    .split("\n")
    .map((line) => line.replace(/^\s*\/\/ ?/, "").trim())
    .filter((line) => line !== "")
    .join(" ")
}

/** Whether using the name at this place waits, and for what; "" for names that never wait. */
export function waitingOf(program: Program, analysis: Analysis, use: Use): string {
  const { symbol } = use
  if (!symbol.pending || use.how === "declare" || use.how === "import") return ""
  const file = program.entry.path === symbol.file ? program.entry : program.files.get(symbol.file)
  const started = startedBy(textOf(program, symbol.file), symbol)
  const line = file ? file.lineAt(symbol.span.from) : 0
  const operation = `${started} started in line ${line}`
  if (use.how === "write") return `Assigning does not wait; the answer of ${operation} is dropped when it comes.`
  if (use.how === "push") return `push does not wait: the place in the array is kept for the answer of ${operation}.`
  const earlier = analysis.uses.find(
    (it) =>
      it.file === use.file &&
      it.from < use.from &&
      sameSymbol(it.symbol, symbol) &&
      ["read", "prompt", "call"].includes(it.how) &&
      dominates(analysis, it.from, use.from),
  )
  if (earlier && file) return `Reading it here does not wait: it was waited for in line ${file.lineAt(earlier.from)}.`
  const prompt = use.how === "prompt" ? "Naming it in a prompt" : "Reading it here"
  return `${prompt} waits for ${operation}, unless that has ended by then.`
}

function startedBy(text: string, symbol: VibeSymbol): string {
  const what = symbol.pending?.what
  const init = what && (what.k === "let" || what.k === "const") ? what.init : null
  if (!init) return "the operation"
  if (init.k === "ts") return "the ts block"
  const code = text.slice(init.from, init.to).replace(/\s+/g, " ")
  return code.length > 60 ? `${code.slice(0, 59)}…` : code
}

/** Is what stands at `first` always evaluated before what stands at `second`? Same or enclosing block, earlier statement. */
function dominates(analysis: Analysis, first: number, second: number): boolean {
  const blockOf = (offset: number) =>
    analysis.entry.scopes.filter((scope) => scope.from <= offset && offset < scope.to).sort((a, b) => b.from - a.from || a.to - b.to)[0]
  const inner = blockOf(first)
  if (!inner) return false
  if (!(inner.from <= second && second < inner.to)) return false
  return inner.owner === (blockOf(second)?.owner ?? null) && !sameStatement(analysis.entry.ast.body, first, second)
}

function sameStatement(body: readonly Stmt[], a: number, b: number): boolean {
  return body.some(
    (s) => s.from <= a && a <= s.to && s.from <= b && b <= s.to && (s.k === "expr" || s.k === "let" || s.k === "const" || s.k === "async"),
  )
}

export function completionOf(program: Program, symbol: VibeSymbol, name: string, boost = 0): Completion {
  const kinds: Record<VibeSymbol["kind"], Completion["kind"]> = {
    variable: "variable",
    constant: "constant",
    parameter: "variable",
    loop: "variable",
    model: "model",
    function: "function",
    tool: "tool",
    builtin: "function",
    bundle: "constant",
    external: "function",
  }
  const takes = symbol.fn?.params.length ?? symbol.builtin?.params.filter((it) => !it.optional).length ?? 0
  const isCall = symbol.kind === "function" || symbol.kind === "builtin"
  const detail =
    symbol.fn || symbol.builtin
      ? codeOf(symbol).replace(/^function [\w$]+/, "")
      : symbol.pending
        ? `async ${symbol.known ?? ""}`.trim()
        : (symbol.known ?? "")
  const info = sentenceOf(program, symbol)
  const snippet = isCall ? { snippet: takes > 0 ? `${name}(\${})` : `${name}()` } : {}
  return {
    label: name,
    kind: kinds[symbol.kind],
    detail,
    info: symbol.pending ? `${info} Reading it waits until the value is there.` : info,
    boost,
    ...snippet,
  }
}
