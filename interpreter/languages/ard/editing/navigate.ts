// Hover, definition, references and rename: all from the occurrences that the checker wrote down. Symbols of different
// checks (another file as entry) are the same if they are declared at the same place.
import { fileOf, type Program, type SourceFile } from "../../../source/text.ts"
import type { Edit, Hover, Place } from "../../editing.ts"
import type { AnySymbol, Occurrence } from "../check/checked.ts"
import { checkProgram } from "../check/index.ts"
import { shallow } from "../check/relations.ts"
import { descriptionOf, written } from "./describe.ts"
import { expressionsAt } from "./walk.ts"

interface FileOccurrence extends Occurrence {
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

function occurrencesOf(program: Program, path: string | null): FileOccurrence[] {
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
  if (it) {
    const { code, text } = descriptionOf(it.symbol)
    return { from: it.from, to: it.to, code, text }
  }
  const { program: checked } = checkProgram(program, { forEditing: true })
  let found: Hover | null = null
  expressionsAt(checked.entry.node, offset, (expr) => {
    const type = shallow(expr.type)
    if (type.kind === "unknown" || expr.to - expr.from > 200) return
    if (expr.kind === "self") found = { from: expr.from, to: expr.to, code: `@: ${written(type)}`, text: "The instance of this method." }
    else if (expr.kind === "try" && offset <= expr.from + 3) {
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

export function definition(program: Program, offset: number): Place | null {
  const it = occurrenceAt(program, offset)
  return it && declarationOf(it.symbol)
}

/** All places that name the symbol, in every Ard file of the program. */
function placesOf(program: Program, symbol: AnySymbol): Place[] {
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
  return it ? placesOf(program, it.symbol) : []
}

const RESERVED = new Set(
  "and not or true false struct enum impl trait fn let mut break match while for use as in if else type private extern try self".split(" "),
)

export function rename(
  program: Program,
  offset: number,
  name: string,
): { readonly edits: Readonly<Record<string, readonly Edit[]>> } | { readonly refusal: string } {
  const it = occurrenceAt(program, offset)
  if (!it) return { refusal: "There is nothing here that has a name of the program." }
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { refusal: `'${name}' is not a name: letters, digits and _ only, no digit first.` }
  if (RESERVED.has(name)) return { refusal: `'${name}' is a word of the language.` }
  if (it.symbol.kind === "module") return { refusal: "A module has the name of its file; give it another one with 'as'." }
  if (!declarationOf(it.symbol)) return { refusal: `'${it.symbol.name}' belongs to the standard library.` }
  if (it.symbol.kind === "function" && it.symbol.trait && !it.symbol.trait.module.file) {
    return { refusal: `'${it.symbol.name}' is a method of trait ${it.symbol.trait.name} of the standard library.` }
  }
  if (it.symbol.kind === "local" && it.symbol.role === "self") return { refusal: "'self' is a word of the language." }
  if (it.symbol.kind === "function" && it.symbol.name === "main" && it.symbol.role === "function") {
    return { refusal: "A program begins with the function of the name 'main'." }
  }
  const edits = new Map<string, Edit[]>()
  const places = new Map<string, Place>()
  for (const symbol of renamedTogether(program, it.symbol)) {
    for (const place of placesOf(program, symbol)) places.set(`${place.file}:${place.from}`, place)
  }
  for (const place of places.values()) {
    const text = fileOf(program, place.file)?.text ?? ""
    const list = edits.get(place.file) ?? []
    edits.set(place.file, list)
    list.push({ from: place.from, to: place.to, insert: isBarePattern(it.symbol, place, text) ? `${it.symbol.name}(${name})` : name })
  }
  for (const list of edits.values()) list.sort((a, b) => a.from - b.from)
  return { edits: Object.fromEntries(edits) }
}

/** `ok` and `err` as whole patterns bind names like themselves: another name needs the parentheses. */
function isBarePattern(symbol: AnySymbol, place: Place, text: string): boolean {
  if (symbol.kind !== "local" || symbol.role !== "pattern" || place.from !== symbol.declared.from) return false
  return /^(?:ok|err)$/.test(symbol.name) && !/\(\s*$/.test(text.slice(0, place.from))
}

/** A trait's method and the methods that implement it have one name. */
function renamedTogether(program: Program, symbol: AnySymbol): AnySymbol[] {
  const trait = symbol.kind === "traitMethod" ? symbol.owner : symbol.kind === "function" ? symbol.trait : null
  if (!trait || symbol.kind === "module") return [symbol]
  const together: AnySymbol[] = []
  const own = trait.methods.get(symbol.name)
  if (own) together.push(own)
  for (const it of occurrencesOf(program, null)) {
    if (it.isDefinition && it.symbol.kind === "function" && it.symbol.trait === trait && it.symbol.name === symbol.name)
      together.push(it.symbol)
  }
  return together.length ? together : [symbol]
}
