// From a Markdown file on disk to what runs: the parts of the document (one a language), its options, and the cells of each
// part glued into a program. Used by run and check. A document that cannot be one is a Usage: one line, exit code 2.
import { basename } from "node:path"
import { languageEntry } from "../languages/index.ts"
import type { Language } from "../languages/language.ts"
import { type DocumentOptions, readFrontMatter } from "../session/document/front-matter.ts"
import { type Composition, composeCells } from "../session/document/notebook.ts"
import { type DocumentCell, type DocumentPart, partsOf } from "../session/document/parts.ts"
import type { Diagnostic } from "../source/diagnostic.ts"
import { programOf, SourceFile } from "../source/text.ts"
import { readText, Usage } from "./usage.ts"

export function isDocument(path: string): boolean {
  return /\.(md|markdown)$/i.test(path)
}

export interface OpenedDocument {
  /** The file's name, without folders. */
  readonly name: string
  readonly options: DocumentOptions
  readonly parts: readonly DocumentPart[]
}

/** Reads a document; `language` keeps only that language's cells. */
export function openDocument(path: string, language?: string): OpenedDocument {
  const name = basename(path)
  const { frontMatter, parts } = partsOf(readText(path))
  const { options, problems } = readFrontMatter(frontMatter ?? "")
  const problem = problems[0]
  if (problem) throw new Usage(`${name}:${problem.line}: front matter: ${problem.message}`)
  if (parts.length === 0) throw new Usage(`"${name}" has no cells: a cell is a fence of vibe, jade or ard (\`\`\`vibe)`)
  if (language === undefined) return { name, options, parts }
  const chosen = parts.filter((part) => part.language === language)
  if (chosen.length === 0)
    throw new Usage(`"${name}" has no cells in "${language}"; it has some in ${parts.map((part) => part.language).join(", ")}`)
  return { name, options, parts: chosen }
}

export interface ComposedPart {
  readonly part: DocumentPart
  /** How diagnostics and sites name the glued cells. */
  readonly path: string
  readonly files: Readonly<Record<string, string>>
  readonly composition: Composition
}

export async function composePart(document: OpenedDocument, part: DocumentPart): Promise<ComposedPart> {
  const entry = languageEntry(part.language)
  if (!entry) throw new Usage(`unknown language "${part.language}"`)
  const language: Language = await entry.load()
  const path = `notebook.${entry.extension}`
  const files = { ...document.options.files, ...part.files }
  return { part, path, files, composition: composeCells(language, path, part.cells, files) }
}

export interface PlacedDiagnostic {
  readonly phase: string
  readonly kind: string
  readonly message: string
  /** In the document, or in the file of the document that `file` names. */
  readonly line: number
  readonly column: number
  readonly severity: string
  readonly file: string
}

/** Whether a cell is part of its language's program: it passed its check. */
export function isAccepted(composed: ComposedPart, cell: DocumentCell): boolean {
  return composed.composition.cells.some(({ id, from }) => id === cell.id && from >= 0)
}

/** What its language says of a cell: why it does not run, or warnings of one that does. Lines are the document's. */
export function diagnosticsOfCell(document: OpenedDocument, composed: ComposedPart, cell: DocumentCell): PlacedDiagnostic[] {
  const placed = composed.composition.cells.find(({ id }) => id === cell.id)
  const program = programOf(composed.part.language, composed.path, "", composed.files)
  return (placed?.diagnostics ?? []).map((d: Diagnostic) => {
    const own = d.file === composed.path
    const source = own ? new SourceFile(document.name, cell.code) : (program.files.get(d.file) ?? new SourceFile(d.file, ""))
    const { line, column } = source.positionAt(d.from)
    return {
      phase: d.phase,
      kind: d.kind,
      message: d.message,
      line: own ? cell.line + line - 1 : line,
      column,
      severity: d.severity,
      file: source.path,
    }
  })
}
