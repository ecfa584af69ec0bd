// A program's text and places in it. Used by every stage that speaks about source: parsers, checkers, the engine's
// sites, the trace and the page. Offsets are UTF-16 units (what Lezer and CodeMirror count); lines and columns, which
// people read, are 1-based, and a column is one code point.

/** A stretch of one file: [from, to) in UTF-16 units. */
export interface Range {
  readonly file: string
  readonly from: number
  readonly to: number
}

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based, in code points. */
  readonly column: number
}

/** One file of a program. `path` is relative to the document, with `/` between its parts. */
export class SourceFile {
  private starts: number[] | null = null
  /** Some character takes two units. */
  private hasPairs: boolean | null = null
  private counted = { line: 0, offset: 0, column: 1 }

  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  /** Offsets at which the lines begin; the first is 0. */
  get lineStarts(): readonly number[] {
    if (!this.starts) {
      this.starts = [0]
      for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) this.starts.push(at + 1)
    }
    return this.starts
  }

  /** The 1-based line that holds the offset; offsets past the end belong to the last line. */
  lineAt(offset: number): number {
    const starts = this.lineStarts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset)
    const start = this.lineStarts[line - 1] ?? 0
    this.hasPairs ??= /[\ud800-\udfff]/.test(this.text)
    if (!this.hasPairs) return { line, column: Math.max(0, Math.min(offset, this.text.length) - start) + 1 }
    // Counted on from the last place of the line: asking for thousands of places of one long line must not count it anew each time.
    const known = this.counted.line === line && this.counted.offset <= offset ? this.counted : { line, offset: start, column: 1 }
    let { column } = known
    for (const _ of this.text.slice(known.offset, offset)) column++
    const inPair = /[\ud800-\udbff]/.test(this.text.charAt(offset - 1))
    if (!inPair) this.counted = { line, offset, column }
    return { line, column }
  }

  /** The text of a 1-based line without its line end; empty for a line that does not exist. */
  lineText(line: number): string {
    const from = this.lineStarts[line - 1]
    if (from === undefined) return ""
    const end = this.text.indexOf("\n", from)
    return this.text.slice(from, end < 0 ? undefined : end)
  }
}

/** A program as it is handed to a language: the file that runs first and every other file of the document. */
export interface Program {
  readonly language: string
  readonly entry: SourceFile
  /** All files by path, the entry not among them. */
  readonly files: ReadonlyMap<string, SourceFile>
  /**
   * Offsets in the entry at which the cells of a notebook begin; empty for a program that is no notebook. The cells are one
   * program, with three differences: a later cell may declare a name again (it shadows), a fault ends its cell and not the
   * run, and each cell is a section of the trace.
   */
  readonly cellStarts: readonly number[]
}

/** Builds a program from texts. */
export function programOf(
  language: string,
  path: string,
  text: string,
  files: Readonly<Record<string, string>> = {},
  cellStarts: readonly number[] = [],
): Program {
  const others = Object.entries(files).map(([name, content]) => [name, new SourceFile(name, content)] as const)
  return { language, entry: new SourceFile(path, text), files: new Map(others), cellStarts }
}

/** The file of that path, be it the entry or another; undefined where the program has none. */
export function fileOf(program: Program, path: string): SourceFile | undefined {
  return program.entry.path === path ? program.entry : program.files.get(path)
}

/** The text with the edits of one fix made; they do not overlap, and their offsets are those of the text before. */
export function withEdits(text: string, edits: readonly { readonly from: number; readonly to: number; readonly insert: string }[]): string {
  let result = text
  for (const { from, to, insert } of edits.toSorted((a, b) => b.from - a.from)) result = result.slice(0, from) + insert + result.slice(to)
  return result
}
