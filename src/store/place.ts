// Where in the reader's text something of a run stands, as it is said and as it is gone to: a line of the program, a line of a
// cell, a line of another file. Pure.
import { type Range, SourceFile } from "../../interpreter/source/text.ts"
import type { RunRecord } from "./runs.ts"

export interface Place {
  /** "line 3", "cell 2, line 1", "util.vibe:4". */
  readonly text: string
  /** The cell and the stretch of its code; null outside of notebooks. */
  readonly cell: { readonly name: string; readonly from: number; readonly to: number } | null
  /** In another file of the document, which no editor of a program shows. */
  readonly elsewhere?: true
}

/** The place of a range of the source of this run; null where the run has no such text. */
export function placeOf(inputs: RunRecord["inputs"], range: Range): Place | null {
  const programs = [inputs, ...(inputs.beside ?? [])]
  for (const { entry } of programs) {
    if (entry.path !== range.file) continue
    const line = new SourceFile(entry.path, entry.text).lineAt(range.from)
    const at = entry.cellStarts?.findLastIndex((start) => start <= range.from) ?? -1
    const start = entry.cellStarts?.[at]
    const name = entry.cellNames?.[at]
    if (start === undefined || name === undefined) return { text: `line ${line}`, cell: null }
    const first = new SourceFile(entry.path, entry.text).lineAt(start)
    return { text: `cell ${name}, line ${line - first + 1}`, cell: { name, from: range.from - start, to: range.to - start } }
  }
  for (const { files } of programs) {
    const text = files[range.file]
    if (text !== undefined)
      return { text: `${range.file}:${new SourceFile(range.file, text).lineAt(range.from)}`, cell: null, elsewhere: true }
  }
  return null
}
