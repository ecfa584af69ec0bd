// Rename: every place that names the same thing, in every file; refused with a sentence where the new name would mean something
// else afterwards. The answer is checked by doing it: the changed program must have the same names at the same places and no
// new diagnostics. Used by the editor through index.ts.
import { fileOf, type Program, SourceFile } from "../../../source/text.ts"
import type { Edit, Place } from "../../editing.ts"
import type { AnySymbol, ModuleSymbol } from "../check/checked.ts"
import { checkProgram } from "../check/index.ts"
import { genericNameAt } from "./generic-names.ts"
import { declarationOf, type FileOccurrence, occurrenceAt, occurrencesOf, placesOf } from "./navigate.ts"

type Edits = Record<string, Edit[]>
type Answer = { readonly edits: Readonly<Record<string, readonly Edit[]>> } | { readonly refusal: string }

const RESERVED = new Set(
  "and not or true false struct enum impl trait fn let mut break match while for use as in if else type private extern try self".split(" "),
)

export function rename(program: Program, offset: number, name: string): Answer {
  const it = occurrenceAt(program, offset)
  if (!it) return renameGeneric(program, offset, name.replace(/^\$/, ""))
  if (!NAME.test(name)) return { refusal: notAName(name) }
  if (RESERVED.has(name)) return { refusal: `'${name}' is a word of the language.` }
  const refusal = it.symbol.kind === "module" ? null : refusalFor(it.symbol)
  if (refusal) return { refusal }
  const edits = it.symbol.kind === "module" ? aliasEdits(program, it, it.symbol, name) : symbolEdits(program, it.symbol, name)
  if (!edits) return { refusal: `'${program.entry.text.slice(it.from, it.to)}' is there in every program under this name.` }
  const problem = consequence(program, edits, name)
  return problem ? { refusal: problem } : { edits }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const notAName = (name: string) => `'${name}' is not a name: letters, digits and _ only, no digit first.`

/** `$T`, in the declaration that it belongs to. The new name may be given with its `$` or without. */
function renameGeneric(program: Program, offset: number, name: string): Answer {
  const generic = genericNameAt(program, offset)
  if (!generic) return { refusal: "There is nothing here that has a name of the program." }
  if (!NAME.test(name)) return { refusal: notAName(name) }
  if (generic.others.has(name)) return { refusal: `'$${name}' is another type there already.` }
  const edits = { [program.entry.path]: generic.places.map(({ from, to }): Edit => ({ from, to, insert: name })) }
  const problem = newProblem(program, withEdits(program, edits), name)
  return problem ? { refusal: problem } : { edits }
}

function refusalFor(symbol: Exclude<AnySymbol, ModuleSymbol>): string | null {
  if (!declarationOf(symbol)) return `'${symbol.name}' belongs to the standard library.`
  if (symbol.kind === "function" && symbol.trait && !symbol.trait.module.file)
    return `'${symbol.name}' is a method of trait ${symbol.trait.name} of the standard library.`
  if (symbol.kind === "local" && symbol.role === "self") return "'self' is a word of the language."
  if (symbol.kind === "function" && symbol.name === "main" && symbol.role === "function")
    return "A program begins with the function of the name 'main'."
  return null
}

function symbolEdits(program: Program, symbol: AnySymbol, name: string): Edits {
  const places = new Map<string, Place>()
  for (const one of renamedTogether(program, symbol)) {
    for (const place of placesOf(program, one)) places.set(`${place.file}:${place.from}`, place)
  }
  const edits: Edits = {}
  for (const place of places.values()) {
    const text = fileOf(program, place.file)?.text ?? ""
    const insert = isBarePattern(symbol, place, text) ? `${symbol.kind === "module" ? "" : symbol.name}(${name})` : name
    const list = edits[place.file] ?? []
    edits[place.file] = list
    list.push({ from: place.from, to: place.to, insert })
  }
  for (const list of Object.values(edits)) list.sort((a, b) => a.from - b.from)
  return edits
}

/** A module has another name in this file by `as`. Null for a module of the prelude, which is not imported. */
function aliasEdits(program: Program, at: FileOccurrence, module: ModuleSymbol, name: string): Edits | null {
  const { text, path } = program.entry
  const alias = text.slice(at.from, at.to)
  const own = occurrencesOf(program, path).filter((it) => it.symbol === module && text.slice(it.from, it.to) === alias)
  const node = checkProgram(program, { forEditing: true }).program.entry.node.imports.find((it) =>
    own.some((one) => one.isDefinition && it.from <= one.from && one.to <= it.to),
  )
  if (!node) return null
  const uses = own.filter((it) => !it.isDefinition).map((it): Edit => ({ from: it.from, to: it.to, insert: name }))
  const definition: Edit = node.alias
    ? { from: node.alias.from, to: node.alias.to, insert: name }
    : { from: node.pathTo, to: node.pathTo, insert: ` as ${name}` }
  return { [path]: [definition, ...uses].sort((a, b) => a.from - b.from) }
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

// ---- what would come of it ------------------------------------------------------------------------------------------

/** Why the edits would change what the program means; null if they do not. */
function consequence(program: Program, edits: Edits, name: string): string | null {
  const changed = withEdits(program, edits)
  const problem = newProblem(program, changed, name)
  if (problem) return problem
  const wanted = new Set<string>()
  for (const [file, list] of Object.entries(edits)) {
    let moved = 0
    for (const edit of list) {
      wanted.add(`${file}:${edit.from + moved + edit.insert.lastIndexOf(name)}`)
      moved += edit.insert.length - (edit.to - edit.from)
    }
  }
  const [file, place] = [...wanted].find((it) => it.startsWith(`${program.entry.path}:`))?.split(/:(?=\d+$)/) ?? []
  const there = file === undefined ? null : occurrenceAt(changed, Number(place))
  if (!there || there.symbol.kind === "module") return null
  const named = new Set<string>()
  for (const symbol of renamedTogether(changed, there.symbol))
    for (const it of placesOf(changed, symbol)) named.add(`${it.file}:${it.from}`)
  const isSame = named.size === wanted.size && [...named].every((it) => wanted.has(it))
  return isSame ? null : `'${name}' means something else already where it would stand.`
}

function newProblem(program: Program, changed: Program, name: string): string | null {
  const before = problemsOf(program)
  for (const [kind, { count, message }] of problemsOf(changed)) {
    if (count > (before.get(kind)?.count ?? 0)) return `'${name}' cannot stand there: ${message}.`
  }
  return null
}

function problemsOf(program: Program): Map<string, { readonly count: number; readonly message: string }> {
  const found = new Map<string, { readonly count: number; readonly message: string }>()
  for (const { kind, message } of checkProgram(program).diagnostics) {
    found.set(kind, { count: (found.get(kind)?.count ?? 0) + 1, message })
  }
  return found
}

function withEdits(program: Program, edits: Edits): Program {
  const edited = (file: SourceFile): SourceFile => {
    let text = file.text
    for (const edit of [...(edits[file.path] ?? [])].reverse()) text = text.slice(0, edit.from) + edit.insert + text.slice(edit.to)
    return text === file.text ? file : new SourceFile(file.path, text)
  }
  const own = edits[program.entry.path] ?? []
  const shift = (offset: number) =>
    own.reduce((at, edit) => (edit.to <= offset ? at + edit.insert.length - (edit.to - edit.from) : at), offset)
  return {
    language: program.language,
    entry: edited(program.entry),
    files: new Map([...program.files].map(([path, file]) => [path, edited(file)] as const)),
    cellStarts: program.cellStarts.map(shift),
  }
}
