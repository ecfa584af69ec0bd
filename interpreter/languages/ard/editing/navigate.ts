// Hover, definition and references: all from the occurrences that the checker wrote down. Symbols of different
// checks (another file as entry) are the same if they are declared at the same place.
import type { Program, SourceFile } from "../../../source/text.ts"
import type { Hover, Place } from "../../editing.ts"
import type { AnySymbol, Occurrence } from "../check/checked.ts"
import { checkProgram } from "../check/index.ts"
import { resolveType, shallow } from "../check/relations.ts"
import type { FunctionType } from "../check/types.ts"
import type { ModuleNode } from "../syntax/ast.ts"
import { parseModule } from "../syntax/parse.ts"
import { descriptionOf, written } from "./describe.ts"
import { genericNameAt } from "./generic-names.ts"
import { expressionsAt } from "./walk.ts"

export interface FileOccurrence extends Occurrence {
  readonly file: string
}

/** The occurrence of a name at an offset of the entry; the narrowest where several touch. */
export function occurrenceAt(program: Program, offset: number): FileOccurrence | null {
  let best: FileOccurrence | null = null
  for (const it of occurrencesOf(program, program.entry.path)) {
    if (it.from > offset || it.to < offset) continue
    if (!best || it.to - it.from < best.to - best.from || (it.from === offset && best.to === offset)) best = it
  }
  return best
}

export function occurrencesOf(program: Program, path: string | null): FileOccurrence[] {
  const found: FileOccurrence[] = []
  for (const [module, cx] of checkProgram(program, { forEditing: true }).contexts) {
    const file = module.file?.path
    if (file === undefined || (path !== null && file !== path)) continue
    for (const it of cx.occurrences) found.push({ ...it, file })
  }
  return found
}

/** Where a symbol is declared; null for what the library declares. */
export function declarationOf(symbol: AnySymbol): Place | null {
  switch (symbol.kind) {
    case "module":
      return symbol.file ? { file: symbol.file.path, from: 0, to: 0 } : null
    case "field":
    case "variant":
    case "traitMethod": {
      const file = symbol.owner.module.file
      return file ? { file: file.path, from: symbol.declared.from, to: symbol.declared.to } : null
    }
    default: {
      const file = symbol.module.file
      return file ? { file: file.path, from: symbol.declared.from, to: symbol.declared.to } : null
    }
  }
}

function keyOf(symbol: AnySymbol): string {
  const place = declarationOf(symbol)
  if (place) return `${symbol.kind}:${place.file}:${place.from}:${symbol.kind === "module" ? "" : symbol.name}`
  return symbol.kind === "module" ? `module:${symbol.path}` : `${symbol.kind}:${moduleOf(symbol)}:${symbol.name}`
}

function moduleOf(symbol: Exclude<AnySymbol, { kind: "module" }>): string {
  return "owner" in symbol && symbol.owner && "module" in symbol.owner
    ? `${symbol.owner.module?.path}.${"name" in symbol.owner ? symbol.owner.name : ""}`
    : ""
}

export function hover(program: Program, offset: number): Hover | null {
  const it = occurrenceAt(program, offset)
  const { program: checked } = checkProgram(program, { forEditing: true })
  if (it) {
    const { code, text } = descriptionOf(it.symbol, it.isDefinition ? null : calledAt(checked.entry.node, offset))
    return { from: it.from, to: it.to, code, text }
  }
  const plain = wordHover(program, offset)
  if (plain) return plain
  let found: Hover | null = null
  expressionsAt(checked.entry.node, offset, (expr) => {
    const type = shallow(expr.type)
    if (type.kind === "unknown" || expr.to - expr.from > 200) return
    if (expr.kind === "self") found = { from: expr.from, to: expr.to, code: `@: ${written(type)}`, text: "The instance of this method." }
    else if (expr.kind === "try" && expr.chain !== "link" && offset <= expr.from + 3) {
      const text = expr.catch
        ? "Unwraps the value. On a failure the catch clause runs and its value leaves the function."
        : "Unwraps the value. On a failure the function ends here and gives that failure."
      found = { from: expr.from, to: expr.from + 3, code: `try: ${written(type)}`, text }
    } else if (expr.kind === "match" && offset <= expr.from + 5)
      found = { from: expr.from, to: expr.from + 5, code: `match: ${written(type)}`, text: "" }
    else if (expr.kind === "function" && !expr.name && offset <= expr.from + 2) {
      found = { from: expr.from, to: expr.from + 2, code: written(type), text: "A function without a name." }
    }
  })
  return found
}

/** The type of the function whose name stands at the offset, with its generic names bound by the call around it. */
function calledAt(module: ModuleNode, offset: number): FunctionType | null {
  let found: FunctionType | null = null
  expressionsAt(module, offset, (expr) => {
    if (expr.kind !== "call" || offset > expr.callee.to) return
    const type = resolveType(expr.callee.type)
    found = type.kind === "function" ? type : null
  })
  return found
}

/** What the built-in types are, and `panic`. */
const WORDS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["Int", ["type Int", "Whole numbers of 64 bits; what is too large wraps around."]],
  ["Float", ["type Float", "Numbers with fractions, 64 bits (IEEE 754); printed with two decimals."]],
  ["Bool", ["type Bool", "true or false."]],
  ["Str", ["type Str", "Text in UTF-8. Its size counts bytes; a loop over it gives characters."]],
  ["Void", ["type Void", "Nothing: what a function without a result gives."]],
  ["Dynamic", ["type Dynamic", "Data from outside whose type is not known; ard/decode looks into it."]],
  ["panic", ["fn panic(message: Str)", "Ends the program, or the fiber, with this message."]],
])

function wordHover(program: Program, offset: number): Hover | null {
  const { text } = program.entry
  const from = offset - (/\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0)
  const word = /^\w+/.exec(text.slice(from, from + 20))?.[0] ?? ""
  const known = WORDS.get(word)
  if (!known) return null
  const node = parseModule(program.entry).tree.resolveInner(from, 1)
  const isIt = word === "panic" ? node.name === "VariableName" && node.parent?.name === "CallExpression" : node.name === "TypeName"
  return isIt ? { from, to: from + word.length, code: known[0], text: known[1] } : null
}

export function definition(program: Program, offset: number): Place | null {
  const it = occurrenceAt(program, offset)
  return it && declarationOf(it.symbol)
}

/** All places that name the symbol, in every Ard file of the program. */
export function placesOf(program: Program, symbol: AnySymbol): Place[] {
  const key = keyOf(symbol)
  const places = new Map<string, Place>()
  const collect = (from: Program) => {
    for (const it of occurrencesOf(from, null)) {
      if (keyOf(it.symbol) === key) places.set(`${it.file}:${it.from}`, { file: it.file, from: it.from, to: it.to })
    }
  }
  collect(program)
  if (symbol.kind !== "local") for (const other of otherEntries(program)) collect(other)
  return [...places.values()].sort((a, b) => (a.file === b.file ? a.from - b.from : a.file < b.file ? -1 : 1))
}

/** The program seen from each of its other Ard files. */
function otherEntries(program: Program): Program[] {
  const loaded = new Set(checkProgram(program, { forEditing: true }).program.modules.map((it) => it.file?.path))
  const entries: Program[] = []
  for (const file of program.files.values()) {
    if (!file.path.endsWith(".ard") || loaded.has(file.path)) continue
    const files = new Map<string, SourceFile>(program.files)
    files.delete(file.path)
    files.set(program.entry.path, program.entry)
    entries.push({ language: program.language, entry: file, files, cellStarts: [] })
  }
  return entries
}

export function references(program: Program, offset: number): readonly Place[] {
  const it = occurrenceAt(program, offset)
  return it ? placesOf(program, it.symbol) : (genericNameAt(program, offset)?.places ?? [])
}
