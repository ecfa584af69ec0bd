// The lines of a composed program as lines of its cells: what the program's lines show, divided among the cells, and back. Pure.
import type { Composition } from "../../interpreter/session/document/notebook.ts"
import type { SourceFile } from "../../interpreter/source/text.ts"
import type { ShownMarks } from "../editor/line-marks.ts"

export interface CellLines {
  readonly id: string
  /** The program's line, 1-based, that is the cell's first; and its last. */
  readonly first: number
  readonly last: number
  readonly code: string
}

/** The cells that are in the program, in its order. `source` is the composition's text. */
export function cellLinesOf(composition: Composition, source: SourceFile): CellLines[] {
  return composition.cells
    .filter(({ from }) => from >= 0)
    .map(({ id, from, to }) => ({
      id,
      first: source.lineAt(from),
      last: source.lineAt(to),
      code: composition.text.slice(from, to),
    }))
}

/** What of the program's marks is in a cell, by the cell's own lines. */
export function marksInCell(shown: ShownMarks, { first, last }: CellLines): ShownMarks {
  const isIn = (line: number) => line >= first && line <= last
  const lines = (all: ReadonlySet<number>) => new Set([...all].filter(isIn).map((line) => line - first + 1))
  const byLine = <Value>(all: ReadonlyMap<number, Value>) =>
    new Map([...all].filter(([line]) => isIn(line)).map(([line, value]) => [line - first + 1, value]))
  return {
    marks: { started: byLine(shown.marks.started), here: lines(shown.marks.here), faults: byLine(shown.marks.faults) },
    picked: lines(shown.picked),
    pointed: lines(shown.pointed),
    stepLine: isIn(shown.stepLine) ? shown.stepLine - first + 1 : 0,
  }
}
