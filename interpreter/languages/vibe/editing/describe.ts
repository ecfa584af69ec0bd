// Names in words: signatures, kinds, what a thing is. For hover and completion; waiting.ts says what waits.
import type { Program } from "../../../source/text.ts"
import type { Completion } from "../../editing.ts"
import type { VibeSymbol } from "../check/symbols.ts"
import { typeOf } from "../check/types.ts"
import { signatureOf, systemModule } from "../library/catalogue.ts"
import type { FunctionStmt, ToolStmt } from "../syntax/ast.ts"
import { textOf } from "./analysis.ts"
import { docOf } from "./catalogue-words.ts"

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
  if (symbol.builtin) return `${docOf(symbol.builtin)}${symbol.systemModule ? ` From ${symbol.systemModule}.` : ""}`
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
