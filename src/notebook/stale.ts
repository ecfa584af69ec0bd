// What a cell shows is stale when the cells that produced it are not the cells of the document any more: itself or an earlier
// one of its language was changed, moved, added or removed, or a file of the language or the front matter was. Compared, not
// marked: an edit that is taken back makes nothing stale. Pure.
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import type { CellSource } from "../../interpreter/session/document/notebook.ts"
import { cellsOf, filesOf, type Notebook } from "./model.ts"

/** What a language's cells were when they ran. */
export interface RanCells {
  readonly language: CellLanguage
  /** From the top, those included that did not pass their check. */
  readonly sources: readonly CellSource[]
  /** Files of the document, without those of its front matter. */
  readonly files: Readonly<Record<string, string>>
  readonly frontMatter: string
}

export function ranCellsOf(notebook: Notebook, language: CellLanguage, upTo: string | null): RanCells {
  const all = cellsOf(notebook, language)
  const cells = upTo === null ? all : all.slice(0, all.findIndex((cell) => cell.id === upTo) + 1)
  return {
    language,
    sources: cells.map((cell) => ({ id: cell.id, code: cell.segment.code })),
    files: filesOf(notebook, language),
    frontMatter: frontMatterOf(notebook),
  }
}

function frontMatterOf(notebook: Notebook): string {
  const first = notebook.blocks[0]?.segment
  return first?.kind === "frontMatter" ? first.raw : ""
}

/** How many of these cells, from the top, are in the document as they ran. */
export function freshCount(notebook: Notebook, ran: RanCells): number {
  if (frontMatterOf(notebook) !== ran.frontMatter) return 0
  const files = filesOf(notebook, ran.language)
  const paths = Object.keys(files)
  if (paths.length !== Object.keys(ran.files).length || paths.some((path) => files[path] !== ran.files[path])) return 0
  const now = cellsOf(notebook, ran.language)
  const end = ran.sources.findIndex((source, i) => now[i]?.id !== source.id || now[i]?.segment.code !== source.code)
  return end < 0 ? ran.sources.length : end
}

/** The cells of these programs whose results are stale. */
export function staleCells(notebook: Notebook, programs: Iterable<RanCells>): (program: RanCells, id: string) => boolean {
  const fresh = new Map<RanCells, ReadonlySet<string>>()
  for (const program of programs) {
    if (!fresh.has(program)) {
      const { sources } = program
      fresh.set(program, new Set(sources.slice(0, freshCount(notebook, program)).map(({ id }) => id)))
    }
  }
  return (program, id) => !fresh.get(program)?.has(id)
}
