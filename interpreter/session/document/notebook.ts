// A notebook's memory, or rather that it has none: running a cell means running its language's cells from the top to it
// (design: documents). The cells that pass their check, warnings or not as their language has it, are glued into one program
// with marks where each begins; a cell that fails parse or check adds nothing, and later cells are put behind those before it. Pure.
import type { Language } from "../../languages/language.ts"
import type { Diagnostic } from "../../source/diagnostic.ts"
import { programOf } from "../../source/text.ts"

export interface CellSource {
  readonly id: string
  readonly code: string
}

export interface PlacedCell {
  readonly id: string
  /** Where its code begins in the composed text; -1 for a cell that was left out. */
  readonly from: number
  readonly to: number
  /** Of this cell; offsets are those of its own code. Warnings only where it was not left out. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface Composition {
  readonly text: string
  readonly cellStarts: readonly number[]
  readonly cells: readonly PlacedCell[]
}

/** Glues the cells of one language, in document order, into a program. `path` names the composed file in diagnostics. */
export function composeCells(
  language: Pick<Language, "id" | "check" | "warningsReject">,
  path: string,
  cells: readonly CellSource[],
  files: Readonly<Record<string, string>>,
): Composition {
  let text = ""
  const cellStarts: number[] = []
  const placed: PlacedCell[] = []
  for (const { id, code } of cells) {
    const from = text.length
    const candidate = `${text}${code}\n`
    const found = language.check(programOf(language.id, path, candidate, files, [...cellStarts, from]))
    const diagnostics = diagnosticsOfCell(found, path, from, code.length)
    if (!mayRun(diagnostics, language.warningsReject)) {
      placed.push({ id, from: -1, to: -1, diagnostics })
      continue
    }
    placed.push({ id, from, to: from + code.length, diagnostics })
    cellStarts.push(from)
    text = candidate
  }
  return { text, cellStarts, cells: placed }
}

/** A cell runs unless it has an error, or a warning in a language whose warnings refuse a program. */
export function mayRun(diagnostics: readonly Diagnostic[], warningsReject: boolean): boolean {
  return diagnostics.every(({ severity }) => severity === "warning" && !warningsReject)
}

/** What was found in a program that ends with a cell, as far as it concerns that cell, in offsets of its own code. */
export function diagnosticsOfCell(found: readonly Diagnostic[], path: string, from: number, length: number): Diagnostic[] {
  return found.filter((d) => d.file !== path || d.from >= from || d.to > from).map((d) => (d.file === path ? inCell(d, from, length) : d))
}

/** A diagnostic of the composed text in offsets of the cell that begins at `start`; what it says of other cells' text is left out. */
function inCell(diagnostic: Diagnostic, start: number, length: number): Diagnostic {
  const { related, fixes, ...main } = diagnostic
  const isInside = ({ from, to }: { readonly from: number; readonly to: number }) => from >= start && to <= start + length
  const moved = fixes
    ?.filter((fix) => fix.edits.every(isInside))
    .map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, from: edit.from - start, to: edit.to - start })) }))
  const mark = related && (related.file !== diagnostic.file || isInside(related)) ? related : null
  return {
    ...main,
    from: Math.max(0, main.from - start),
    to: Math.max(0, Math.min(main.to - start, length)),
    ...(mark ? { related: mark.file === diagnostic.file ? { ...mark, from: mark.from - start, to: mark.to - start } : mark } : {}),
    ...(moved?.length ? { fixes: moved } : {}),
  }
}

/** The cell that holds an offset of the composed text, and the offset in its own code; null where it is in none. */
export function cellAt(composition: Composition, offset: number): { readonly id: string; readonly offset: number } | null {
  for (const cell of composition.cells)
    if (cell.from >= 0 && offset >= cell.from && offset <= cell.to) return { id: cell.id, offset: offset - cell.from }
  return null
}
