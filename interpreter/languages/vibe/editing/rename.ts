// Definition, references, rename. Renaming refuses what would change the program's meaning: words of the language, names
// that are taken where the thing is used, and things that come with the language.
import type { Program } from "../../../source/text.ts"
import type { Edit, LanguageEditing, Place } from "../../editing.ts"
import { resolveModule } from "../check/modules.ts"
import type { Binding, Use, VibeSymbol } from "../check/symbols.ts"
import { CORE } from "../library/catalogue.ts"
import { bare } from "../syntax/ast.ts"
import { KEYWORDS } from "../syntax/messages.ts"
import { parseFile } from "../syntax/parse.ts"
import { isReservedInJs } from "../tsblocks/names.ts"
import { analyse, entries, forEachStatement, namesAt, placesOf, sameSymbol, textOf, useAt } from "./analysis.ts"

function useOf(program: Program, offset: number): Use | undefined {
  return useAt(analyse(program), program.entry.path, offset)
}

export function definition(program: Program, offset: number): Place | null {
  const symbol = useOf(program, offset)?.symbol
  if (!symbol) return importedFile(program, offset)
  if (symbol.external) {
    const at = exportedAt(textOf(program, symbol.external.module), symbol.external.name)
    return { file: symbol.external.module, from: at, to: at + (at > 0 || symbol.external.name === "" ? symbol.external.name.length : 0) }
  }
  return symbol.file === "" ? null : { file: symbol.file, from: symbol.span.from, to: symbol.span.to }
}

/** The file that the path of an import means. */
function importedFile(program: Program, offset: number): Place | null {
  for (const s of parseFile(program.entry).ast.body) {
    if (s.k !== "import" || offset < s.pathSpan.from || offset > s.pathSpan.to) continue
    const file = resolveModule(program, program.entry.path, s.path)
    return file ? { file: file.path, from: 0, to: 0 } : null
  }
  return null
}

function exportedAt(source: string, name: string): number {
  const match = new RegExp(
    `\\b(?:function\\s*\\*?|const|let|var|class|enum|interface|type)\\s+(${name.replace(/\$/g, "\\$")})\\b`,
    "d",
  ).exec(source)
  return match?.indices?.[1]?.[0] ?? 0
}

export function references(program: Program, offset: number): readonly Place[] {
  const symbol = useOf(program, offset)?.symbol
  return symbol ? placesOf(program, symbol) : []
}

export function rename(program: Program, offset: number, name: string): ReturnType<LanguageEditing["rename"]> {
  const use = useOf(program, offset)
  if (!use) return { refusal: "There is no name here." }
  const { symbol } = use
  if (symbol.file === "") return { refusal: `'${symbol.name}' comes with Vibe and keeps its name.` }
  if (symbol.external || symbol.kind === "external")
    return { refusal: `'${symbol.name}' is declared in a TypeScript file: rename it there.` }
  if (!/^[A-Za-z_]\w*$/.test(name)) return { refusal: `'${name}' is no name: letters, digits and _ only, not beginning with a digit.` }
  if (KEYWORDS.includes(name)) return { refusal: `'${name}' is a word of Vibe.` }
  if (name === symbol.name) return { edits: {} }
  if (CORE.some((it) => it.name === name)) return { refusal: `'${name}' comes with Vibe: the program could not use it any more.` }
  if (isFieldOfValue(program, symbol))
    return { refusal: `'${symbol.name}' is the name of a field of the value: a pattern cannot call it otherwise.` }
  const places = placesOf(program, symbol)
  for (const one of entries(program)) {
    const analysis = analyse(one)
    for (const at of [...analysis.uses, ...analysis.inBlocks]) {
      if (!sameSymbol(at.symbol, symbol) || at.file !== one.entry.path) continue
      const taken: Binding | undefined = namesAt(analysis, at.from).get(name)
      if (taken && !sameSymbol(taken.symbol, symbol)) {
        const line = one.entry.lineAt(at.from)
        return { refusal: `'${name}' already means something else in line ${line} of ${one.entry.path}.` }
      }
    }
    // A declaration of the new name inside the thing's scope would catch some of its uses, in either order.
    for (const scope of analysis.entry.scopes) {
      const clash = scope.bindings.get(name)
      if (!clash || sameSymbol(clash.symbol, symbol)) continue
      const inside = places.some((place) => place.file === one.entry.path && scope.from <= place.from && place.to <= scope.to)
      if (inside) return { refusal: `'${name}' is already declared where '${symbol.name}' is used (${one.entry.path}).` }
    }
    if (analysis.inBlocks.some((it) => sameSymbol(it.symbol, symbol)) && isReservedInJs(name)) {
      return { refusal: `'${name}' is a word of JavaScript, and '${symbol.name}' is used in a ts block.` }
    }
  }
  const edits: Record<string, Edit[]> = {}
  for (const place of places) {
    const list = edits[place.file] ?? []
    list.push({ from: place.from, to: place.to, insert: inPlace(program, place, symbol.name, name) })
    edits[place.file] = list
  }
  for (const list of Object.values(edits)) list.sort((a, b) => a.from - b.from)
  return { edits }
}

/** Does a pattern take it out of a value that exists already? A model is asked for the fields as they are named. */
function isFieldOfValue(program: Program, symbol: VibeSymbol): boolean {
  const analysis = analyse(program)
  const module = [analysis.entry, ...analysis.modules].find((it) => it.file.path === symbol.file)
  let found = false
  forEachStatement(module?.ast.body ?? [], (s) => {
    const declaration = s.k === "async" ? s.what : s
    if ((declaration.k !== "let" && declaration.k !== "const") || declaration.target.k !== "pattern") return
    const isAsked = declaration.init !== null && bare(declaration.init).k === "ask"
    if (!isAsked && declaration.target.fields.some((field) => field.name.from === symbol.span.from)) found = true
  })
  return found
}

/** `{ a }` in a ts block is short for `{ a: a }`: the key stays. */
function inPlace(program: Program, place: Place, old: string, name: string): string {
  const analysis = analyse(program)
  if (!analysis.inBlocks.some((it) => it.file === place.file && it.from === place.from)) return name
  const text = textOf(program, place.file)
  const before = text.slice(0, place.from).trimEnd()
  const after = text.slice(place.to).trimStart()
  const isShort = /[{,]$/.test(before) && /^[,}]/.test(after) && openBrace(before)
  return isShort ? `${old}: ${name}` : name
}

function openBrace(before: string): boolean {
  let depth = 0
  for (let at = before.length - 1; at >= 0; at--) {
    const c = before.charAt(at)
    if (c === ")" || c === "]" || c === "}") depth++
    else if (c === "(" || c === "[" || c === "{") {
      if (depth === 0) return c === "{" && /[=(,:?]\s*$|\breturn\s*$/.test(before.slice(0, at))
      depth--
    }
  }
  return false
}
