// What is known about the cells of one language: whether each passes its check behind those before it. The next cell to look
// at is given out one at a time, so that an edit costs one check of its cell, and those of later ones can wait. What an edit
// does not concern is not looked at again. Pure.
import { languageEntry } from "../../interpreter/languages/index.ts"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import { type CellSource, mayRun } from "../../interpreter/session/document/notebook.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"

/** Cells behind so much code are looked at when they are run: each check reads all that stands before it. */
const MOST_BEFORE = 200_000

/** Whether a cell of this language, of which this was found, is a part of its program. */
export function mayCellRun(language: CellLanguage, diagnostics: readonly Diagnostic[]): boolean {
  return mayRun(diagnostics, languageEntry(language)?.warningsReject ?? true)
}

interface Checked {
  readonly code: string
  readonly diagnostics: readonly Diagnostic[]
}

/** A cell to look at, and the program it ends. */
export interface CellQuestion {
  readonly place: number
  readonly cell: CellSource
  /** The cells before it that pass, then the cell. */
  readonly text: string
  readonly cellStarts: readonly number[]
  /** Where the cell begins in the text. */
  readonly from: number
}

export class CellChecks {
  private known: readonly Checked[] = []
  private files = "{}"

  constructor(private readonly language: CellLanguage) {}

  /** The first of these cells, from the top, that nothing is known about; null where all are known. `files`: what they may import. */
  next(cells: readonly CellSource[], files: Readonly<Record<string, string>>): CellQuestion | null {
    const key = JSON.stringify(files)
    if (key !== this.files) this.known = []
    this.files = key
    const before: string[] = []
    const cellStarts: number[] = []
    let from = 0
    for (const [place, cell] of cells.entries()) {
      if (from > MOST_BEFORE) return null
      const known = this.known[place]
      if (known?.code !== cell.code)
        return { place, cell, text: `${before.join("")}${cell.code}\n`, cellStarts: [...cellStarts, from], from }
      if (!mayCellRun(this.language, known.diagnostics)) continue
      before.push(`${cell.code}\n`)
      cellStarts.push(from)
      from += cell.code.length + 1
    }
    return null
  }

  /** What is known about the cell at a place among those of its language; offsets are those of its code. */
  at(place: number): Checked | undefined {
    return this.known[place]
  }

  /** What was found about a cell that was given out. Later cells are doubtful if it means another program for them. */
  answered({ place, cell }: CellQuestion, diagnostics: readonly Diagnostic[]): void {
    const before = this.known[place]
    const adds = (checked: Checked) => (mayCellRun(this.language, checked.diagnostics) ? checked.code : null)
    const now = { code: cell.code, diagnostics }
    const isSameForLater = before !== undefined && adds(before) === adds(now)
    this.known = [...this.known.slice(0, place), now, ...(isSameForLater ? this.known.slice(place + 1) : [])]
  }
}
