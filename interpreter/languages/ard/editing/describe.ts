// What hover, completion and signature help say about a symbol: its declaration as Ard, and sentences. Library symbols speak
// with the words of their entries.
import type { AnySymbol, FunctionSymbol, LocalSymbol, ModuleSymbol, TypeSymbol } from "../check/checked.ts"
import { aliasOf } from "../check/fixes.ts"
import { library, preludeImports } from "../check/library.ts"
import { shallow, typeName } from "../check/relations.ts"
import type { FunctionType, Type } from "../check/types.ts"

export interface Description {
  /** A declaration, in Ard. */
  readonly code: string
  readonly text: string
}

/** A type as it is written in programs: function types without the blank that diagnostics have. */
export function written(type: Type): string {
  return typeName(type)
    .replaceAll("fn (", "fn(")
    .replace(/,(?=\S)/g, ", ")
}

function parameters(type: FunctionType): string {
  return type.params.map((it) => `${it.mutable ? "mut " : ""}${it.name ? `${it.name}: ` : ""}${written(it.type)}`).join(", ")
}

export function resultOf(type: FunctionType): string {
  const result = shallow(type.result)
  return result.kind === "primitive" && result.name === "Void" ? "" : ` ${written(result)}`
}

/** `fn name(a: Int) Str`. */
export function functionCode(fn: FunctionSymbol, name = fn.name, type: FunctionType = fn.type): string {
  return `fn ${fn.isMutating ? "mut " : ""}${name}(${parameters(type)})${resultOf(type)}`
}

/** The part before a library function's name: its module's alias or its type. */
function prefixOf(fn: FunctionSymbol): string {
  if (fn.role === "static" && fn.owner) return `${fn.owner.name}::`
  if (!fn.module.file && fn.role === "function") return `${preludeAlias(fn.module) ?? aliasOf(fn.module.path)}::`
  return ""
}

/** `List` for ard/list: the name under which a module is always there. */
function preludeAlias(module: ModuleSymbol): string | undefined {
  return [...preludeImports(library().modules)].find(([, it]) => it === module)?.[0]
}

/** `called`: the type of a function as a call has bound it. */
export function descriptionOf(symbol: AnySymbol, called: FunctionType | null = null): Description {
  const { code, text } = declarationText(symbol, called)
  const comment = commentAbove(symbol)
  return { code, text: comment && text ? `${comment}\n\n${text}` : comment || text }
}

/** What the program's author says of a declaration: the comment lines right above it. */
function commentAbove(symbol: AnySymbol): string {
  if (symbol.kind === "module" || symbol.kind === "local") return ""
  const module = "module" in symbol ? symbol.module : symbol.owner.module
  const lines = module.file?.text.slice(0, symbol.declared.from).split("\n").slice(0, -1) ?? []
  const comment: string[] = []
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const words = /^\s*\/\/+\s?(.*)$/.exec(line)?.[1]
    if (words === undefined) break
    comment.unshift(words)
  }
  return comment.join(" ").trim()
}

function declarationText(symbol: AnySymbol, called: FunctionType | null): Description {
  switch (symbol.kind) {
    case "local":
      return { code: localCode(symbol), text: LOCAL_TEXT[symbol.role] }
    case "variable": {
      const code = `${symbol.mutable ? "mut" : "let"} ${symbol.name}: ${written(symbol.type)}`
      return { code, text: symbol.mutable ? "Variable of the module. Every fiber has its own copy." : "Constant of the module." }
    }
    case "function":
      return describeFunction(symbol, called ?? symbol.type)
    case "field":
      return { code: `${symbol.name}: ${written(symbol.type)}`, text: `Field of ${symbol.owner.name}.` }
    case "variant":
      return { code: `${symbol.owner.name}::${symbol.name}`, text: `Variant of ${symbol.owner.name}, number ${symbol.value}.` }
    case "traitMethod":
      return {
        code: `fn ${symbol.isMutating ? "mut " : ""}${symbol.name}(${parameters(symbol.type)})${resultOf(symbol.type)}`,
        text: `Method of trait ${symbol.owner.name}.`,
      }
    case "module":
      return describeModule(symbol)
    default:
      return describeType(symbol)
  }
}

const LOCAL_TEXT: Readonly<Record<LocalSymbol["role"], string>> = {
  let: "",
  mut: "May be changed.",
  parameter: "Parameter.",
  cursor: "New in every turn of the loop; cannot be changed.",
  pattern: "Bound by this arm's pattern.",
  catch: "The error that was caught.",
  self: "The instance of this method.",
  function: "Function of this scope.",
}

function localCode(symbol: LocalSymbol): string {
  if (symbol.fn?.symbol) return functionCode(symbol.fn.symbol)
  const word = symbol.role === "let" ? "let " : symbol.mutable ? "mut " : ""
  return `${word}${symbol.name}: ${written(symbol.type)}`
}

function describeFunction(fn: FunctionSymbol, type: FunctionType): Description {
  const { entry } = fn
  if (!entry) {
    const owner = fn.owner && fn.role === "method" ? `Method of ${fn.owner.name}.` : ""
    return {
      code: functionCode(fn, `${prefixOf(fn)}${fn.name}`, type),
      text: fn.role === "extern" ? "Function of the host; none is available here." : owner,
    }
  }
  const parts = [entry.doc]
  if (fn.isMutating) parts.push("Changes its subject, which must be mut.")
  if (entry.since) parts.push(`Added to Ard on ${entry.since}.`)
  if (library().about.get(fn.module.path)?.isExtension) parts.push("An extension of this playground, not part of Ard.")
  if (entry.example) parts.push(`Example: ${entry.example}`)
  return { code: functionCode(fn, `${prefixOf(fn)}${fn.name}`, type), text: parts.join("\n\n") }
}

function describeModule(module: ModuleSymbol): Description {
  const about = library().about.get(module.path)
  const extension = about?.isExtension ? "\n\nAn extension of this playground, not part of Ard." : ""
  return { code: `use ${module.path}`, text: about ? `${about.doc}${extension}` : `Module of this project: ${module.file?.path ?? ""}` }
}

function describeType(symbol: TypeSymbol): Description {
  const { name } = symbol
  switch (symbol.kind) {
    case "struct": {
      if (symbol.node.isExtern) return { code: `extern type ${name}`, text: "A type of the host; its values come from extern functions." }
      const generics = symbol.generics.length ? `<${symbol.generics.map((it) => `$${it}`).join(", ")}>` : ""
      const fields = [...symbol.fields.values()].map((it) => `${it.name}: ${written(it.type)}`)
      const body =
        fields.length > 3 ? `{\n${fields.map((it) => `  ${it},\n`).join("")}}` : fields.length ? `{ ${fields.join(", ")} }` : "{}"
      const traits = [...symbol.traits].map((it) => it.name)
      return { code: `struct ${name}${generics} ${body}`, text: traits.length ? `Implements ${traits.join(", ")}.` : "" }
    }
    case "enum":
      return { code: `enum ${name} { ${symbol.variants.map((it) => it.name).join(", ")} }`, text: "" }
    case "union":
      return {
        code: `type ${name} = ${symbol.members.map(written).join(" | ")}`,
        text: "A value of one of these types; match tells which.",
      }
    case "alias":
      return { code: `type ${name} = ${written(symbol.type)}`, text: "" }
    case "trait":
      return {
        code: `trait ${name} {\n${[...symbol.methods.values()].map((it) => `  fn ${it.name}(${parameters(it.type)})${resultOf(it.type)}\n`).join("")}}`,
        text: "",
      }
  }
}
