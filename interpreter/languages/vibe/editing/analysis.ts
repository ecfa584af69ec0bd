// What the editor asks about a program, from the checker: which name stands at an offset, what is in scope, where else the
// thing is named (also inside ts blocks and in files that import it). Programs may be broken; nothing here throws.
import { SourceFile as File, type Program, type SourceFile } from "../../../source/text.ts"
import type { Place } from "../../editing.ts"
import { checkProgram } from "../check/modules.ts"
import type { Binding, CheckedModule, CheckedProgram, Use, VibeSymbol } from "../check/symbols.ts"
import { withoutCommentsAndStrings } from "../check/ts-exports.ts"
import { branchesOf, type Stmt } from "../syntax/ast.ts"
import { isReservedInJs } from "../tsblocks/names.ts"

export interface Analysis extends CheckedProgram {
  /** Names in the bodies of ts blocks, the listed parameters among them. */
  readonly inBlocks: readonly Use[]
}

const known = new WeakMap<Program, Analysis>()

export function analyse(program: Program): Analysis {
  let analysis = known.get(program)
  if (!analysis) {
    const checked = checkProgram(program)
    analysis = { ...checked, inBlocks: [checked.entry, ...checked.modules].flatMap(namesInBlocks) }
    known.set(program, analysis)
  }
  return analysis
}

/** The use of a name at an offset of the entry file (also right behind its last letter). */
export function useAt(analysis: Analysis, file: string, offset: number): Use | undefined {
  const hits = (use: Use) => use.file === file && use.from <= offset && offset <= use.to
  return analysis.uses.find(hits) ?? analysis.inBlocks.find(hits)
}

/** Names that can be used at an offset of the entry, innermost meaning of each. */
export function namesAt(analysis: Analysis, offset: number): ReadonlyMap<string, Binding> {
  const names = new Map<string, Binding>()
  const around = analysis.entry.scopes
    .filter((scope) => scope.from <= offset && offset <= scope.to)
    .sort((a, b) => b.from - a.from || a.to - b.to)
  for (const scope of around) {
    for (const [name, binding] of scope.bindings) {
      if (!names.has(name) && (binding.imported ? binding.imported.span.to : binding.symbol.visibleFrom) <= offset) names.set(name, binding)
    }
  }
  return names
}

/** Every place that names the same thing, in all files of the document, the declaration first. */
export function placesOf(program: Program, symbol: VibeSymbol): Place[] {
  const places = new Map<string, Place>()
  const add = (use: Use) => {
    if (sameSymbol(use.symbol, symbol)) places.set(`${use.file}:${use.from}`, { file: use.file, from: use.from, to: use.to })
  }
  for (const one of entries(program)) {
    const analysis = analyse(one)
    for (const use of analysis.uses) add(use)
    for (const use of analysis.inBlocks) add(use)
  }
  const order = (place: Place) => (place.file === symbol.file && place.from === symbol.span.from ? 0 : 1)
  return [...places.values()].sort((a, b) => order(a) - order(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.from - b.from))
}

export function sameSymbol(a: VibeSymbol, b: VibeSymbol): boolean {
  return a === b || (a.file !== "" && a.file === b.file && a.span.from === b.span.from && a.name === b.name)
}

/** The program, and the program seen from every other Vibe file of the document. */
export function entries(program: Program): Program[] {
  const files: SourceFile[] = [program.entry, ...program.files.values()]
  const others = [...program.files.values()].filter((file) => file.path.endsWith(".vibe"))
  return [
    program,
    ...others.map((entry) => ({
      ...program,
      cellStarts: [],
      entry,
      files: new Map(files.filter((it) => it !== entry).map((it) => [it.path, it])),
    })),
  ]
}

function namesInBlocks(module: CheckedModule): Use[] {
  const uses: Use[] = []
  for (const [block, scope] of module.blockScopes) {
    const code = withoutCommentsAndStrings(block.body)
    const declared = new Set<string>()
    for (const match of code.matchAll(/\b(?:let|const|var|function|class)\s+([A-Za-z_$][\w$]*)/g)) declared.add(match[1] ?? "")
    for (const match of code.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)(?!\s*:(?!:))/g)) {
      const name = match[1] ?? ""
      const symbol = scope.get(name)
      if (!symbol || declared.has(name) || isReservedInJs(name)) continue
      const from = block.bodyFrom + match.index
      uses.push({ file: module.file.path, from, to: from + name.length, symbol, how: "read" })
    }
  }
  return uses
}

/** The text of a file of the program; "" where it has none. */
export function textOf(program: Program, path: string): string {
  return (program.entry.path === path ? program.entry : (program.files.get(path) ?? new File(path, ""))).text
}

/** Every statement of a list, those inside of others too, in the order of the text. */
export function forEachStatement(list: readonly Stmt[], visit: (s: Stmt) => void): void {
  for (const s of list) {
    visit(s)
    if (s.k === "export") forEachStatement([s.declaration], visit)
    else if (s.k === "function" || s.k === "tool" || s.k === "for" || s.k === "while") forEachStatement(s.body.body, visit)
    else if (s.k === "block") forEachStatement(s.body, visit)
    else if (s.k === "if") {
      for (const branch of branchesOf(s)) {
        if (branch !== s) visit(branch)
        forEachStatement(branch.body.body, visit)
        if (branch.otherwise?.k === "block") forEachStatement([branch.otherwise], visit)
      }
    }
  }
}
