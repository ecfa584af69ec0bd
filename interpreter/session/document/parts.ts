// A document as runs: its cells sorted into one part a language, with the files that part may import and the place of every
// cell in the document. Used by the command line; pure. The law: cells of one language are one program, in document order,
// and nothing of one language reaches another (design: documents).
import { Kind, type TraceEvent } from "../../trace/event.ts"
import type { Trace } from "../../trace/trace.ts"
import { type CellLanguage, parseDocument } from "./markdown.ts"
import { type CellSource, type Composition, cellAt } from "./notebook.ts"

export interface DocumentCell extends CellSource {
  /** Its number among all cells of the document, from 1. */
  readonly number: number
  /** The document's line, 1-based, that holds the first line of its code. */
  readonly line: number
}

/** The cells of one language: one run. */
export interface DocumentPart {
  readonly language: CellLanguage
  readonly cells: readonly DocumentCell[]
  /** Files of the document in this language, by path; a later one of the same name wins. */
  readonly files: Readonly<Record<string, string>>
}

export interface DocumentParts {
  /** The YAML of the front matter; null where the document has none. */
  readonly frontMatter: string | null
  /** In the order in which the languages have their first cell. */
  readonly parts: readonly DocumentPart[]
}

/** Splits a document's Markdown. Never throws. */
export function partsOf(markdown: string): DocumentParts {
  let frontMatter: string | null = null
  let line = 1
  let number = 0
  const cells = new Map<CellLanguage, DocumentCell[]>()
  const files = new Map<CellLanguage, Map<string, string>>()
  for (const segment of parseDocument(markdown)) {
    if (segment.kind === "frontMatter") frontMatter = segment.yaml
    else if (segment.kind === "cell") {
      number++
      const cell = { id: String(number), number, line: line + 1, code: segment.code }
      cells.set(segment.language, [...(cells.get(segment.language) ?? []), cell])
    } else if (segment.kind === "file") {
      const own = files.get(segment.language) ?? new Map<string, string>()
      files.set(segment.language, own.set(segment.path, segment.code))
    }
    line += segment.raw.split("\n").length - 1
  }
  const parts = [...cells].map(([language, own]) => ({ language, cells: own, files: Object.fromEntries(files.get(language) ?? []) }))
  return { frontMatter, parts }
}

/**
 * Which cell a run's events belong to. What a piece of code writes belongs to the cell the code stands in, whenever it writes;
 * what stands in no cell (an imported file) belongs to the cell that runs. To be asked about every event, in order.
 */
export class CellOfEvents {
  private readonly accepted: readonly string[]
  private running: string | null = null

  constructor(
    private readonly composition: Composition,
    private readonly path: string,
  ) {
    this.accepted = composition.cells.filter((cell) => cell.from >= 0).map((cell) => cell.id)
  }

  /** The cell's id; null for what belongs to none. */
  of(event: TraceEvent, trace: Trace): string | null {
    if (event.kind === Kind.Section) {
      const id = this.accepted[Number(trace.text(event.a))] ?? null
      this.running = event.b === 0 ? id : null
      return id
    }
    const range = trace.sites[event.site]
    return (range?.file === this.path ? cellAt(this.composition, range.from)?.id : undefined) ?? this.running
  }
}
