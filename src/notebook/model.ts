// A notebook's blocks and everything that can be done to them, as pure functions with undo across all of it. A block is a
// segment of the document's Markdown (interpreter/session/document/markdown.ts) with an identity; the Markdown is always
// the blocks' raw texts joined, so what nobody edited stays byte for byte.
import {
  type CellLanguage,
  type CellSegment,
  newCell,
  parseDocument,
  printDocument,
  type Segment,
  withCode,
} from "../../interpreter/session/document/markdown.ts"

export interface Block {
  readonly id: string
  readonly segment: Segment
  readonly folded: boolean
}

export interface Notebook {
  readonly blocks: readonly Block[]
  /** Earlier states, the newest last; an edit that goes on with the one before makes no new one. */
  readonly past: readonly (readonly Block[])[]
  readonly future: readonly (readonly Block[])[]
  /** What the last change was, so that typing in one cell is undone in one go. */
  readonly lastChange: string
  readonly made: number
}

const MOST_STATES = 200

export function notebookOf(markdown: string): Notebook {
  let made = 0
  const blocks = parseDocument(markdown).map((segment): Block => ({ id: `b${made++}`, segment, folded: false }))
  return { blocks, past: [], future: [], lastChange: "", made }
}

export function markdownOf(notebook: Notebook): string {
  return printDocument(notebook.blocks.map((block) => block.segment))
}

export function cellsOf(notebook: Notebook, language: CellLanguage): (Block & { readonly segment: CellSegment })[] {
  return notebook.blocks.filter(
    (block): block is Block & { readonly segment: CellSegment } => block.segment.kind === "cell" && block.segment.language === language,
  )
}

/** Languages that have cells, in order of their first. */
export function languagesOf(notebook: Notebook): CellLanguage[] {
  const found: CellLanguage[] = []
  for (const { segment } of notebook.blocks) if (segment.kind === "cell" && !found.includes(segment.language)) found.push(segment.language)
  return found
}

/** Files of a language by path; a later one of the same name wins. */
export function filesOf(notebook: Notebook, language: CellLanguage): Record<string, string> {
  const files: Record<string, string> = {}
  for (const { segment } of notebook.blocks)
    if (segment.kind === "file" && segment.language === language) files[segment.path] = segment.code
  return files
}

/** Cells that would have to run again if this block changed: itself and later ones of its language; all of it for a file. */
export function dependentsOf(notebook: Notebook, id: string): string[] {
  const at = indexOf(notebook, id)
  const segment = notebook.blocks[at]?.segment
  if (!segment) return []
  if (segment.kind === "frontMatter") return notebook.blocks.filter((block) => block.segment.kind === "cell").map((block) => block.id)
  if (segment.kind === "prose") return []
  const from = segment.kind === "file" ? 0 : at
  return notebook.blocks
    .slice(from)
    .filter((block) => block.segment.kind === "cell" && block.segment.language === segment.language)
    .map((block) => block.id)
}

// ---- changes ----------------------------------------------------------------------------------------------------------

export function codeEdited(notebook: Notebook, id: string, code: string): Notebook {
  return replaced(notebook, id, `code ${id}`, (segment) =>
    segment.kind === "cell" || segment.kind === "file" ? withCode(segment, code) : segment,
  )
}

/** Other prose; it may hold fences, which become cells when the document is read again. */
export function proseEdited(notebook: Notebook, id: string, raw: string): Notebook {
  const at = indexOf(notebook, id)
  const block = notebook.blocks[at]
  if (!block || block.segment.raw === raw) return notebook
  let { made } = notebook
  const whole = at === 0 || block.segment.kind !== "frontMatter"
  const parts = whole ? parseDocument(raw).filter((segment, i) => segment.kind !== "frontMatter" || (at === 0 && i === 0)) : []
  const kept: Block[] = parts.map((segment, i) => ({ id: i === 0 ? id : `b${made++}`, segment, folded: false }))
  return changed({ ...notebook, made }, `prose ${id}`, [...notebook.blocks.slice(0, at), ...kept, ...notebook.blocks.slice(at + 1)])
}

/** A new cell behind a block; at the beginning if there is no such block. */
export function cellAdded(
  notebook: Notebook,
  after: string | null,
  language: CellLanguage,
  code = "",
): { readonly notebook: Notebook; readonly id: string } {
  const id = `b${notebook.made}`
  const at = after === null ? 0 : indexOf(notebook, after) + 1
  const blocks = notebook.blocks.slice()
  const before = blocks[at - 1]
  // A fence begins on a line of its own.
  if (before && before.segment.raw !== "" && !before.segment.raw.endsWith("\n"))
    blocks[at - 1] = { ...before, segment: ended(before.segment) }
  blocks.splice(at, 0, { id, segment: newCell(language, code), folded: false })
  return { notebook: changed({ ...notebook, made: notebook.made + 1 }, "", blocks), id }
}

export function proseAdded(notebook: Notebook, after: string | null, text = "\n"): { readonly notebook: Notebook; readonly id: string } {
  const id = `b${notebook.made}`
  const at = after === null ? 0 : indexOf(notebook, after) + 1
  const blocks = notebook.blocks.slice()
  blocks.splice(at, 0, { id, segment: { kind: "prose", raw: text.endsWith("\n") ? text : `${text}\n` }, folded: false })
  return { notebook: changed({ ...notebook, made: notebook.made + 1 }, "", blocks), id }
}

export function removed(notebook: Notebook, id: string): Notebook {
  const blocks = notebook.blocks.filter((block) => block.id !== id)
  return blocks.length === notebook.blocks.length ? notebook : changed(notebook, "", blocks)
}

/** One place up (-1) or down (1); stays at the ends, and behind the front matter. */
export function movedBy(notebook: Notebook, id: string, by: 1 | -1): Notebook {
  const from = indexOf(notebook, id)
  const to = from + by
  const block = notebook.blocks[from]
  const other = notebook.blocks[to]
  if (!block || !other || other.segment.kind === "frontMatter" || block.segment.kind === "frontMatter") return notebook
  const blocks = notebook.blocks.map((b) => (b.segment.raw.endsWith("\n") ? b : { ...b, segment: ended(b.segment) }))
  blocks.splice(to, 0, ...blocks.splice(from, 1))
  return changed(notebook, "", blocks)
}

/** A cell cut in two at an offset of its code; the cut line's end goes. */
export function splitAt(notebook: Notebook, id: string, offset: number): Notebook {
  const at = indexOf(notebook, id)
  const block = notebook.blocks[at]
  if (block?.segment.kind !== "cell") return notebook
  const { code, language } = block.segment
  const first = withCode(block.segment, code.slice(0, offset).replace(/\n$/, ""))
  const second = newCell(language, code.slice(offset).replace(/^\n/, ""))
  const blocks = [
    ...notebook.blocks.slice(0, at),
    { ...block, segment: ended(first) as CellSegment },
    { id: `b${notebook.made}`, segment: second, folded: false },
    ...notebook.blocks.slice(at + 1),
  ]
  return changed({ ...notebook, made: notebook.made + 1 }, "", blocks)
}

/** A cell and the next block, if that is a cell of its language (white space between them goes); the notebook as it is if not. */
export function mergedWithNext(notebook: Notebook, id: string): Notebook {
  const at = indexOf(notebook, id)
  const block = notebook.blocks[at]
  const blank = notebook.blocks[at + 1]?.segment.kind === "prose" && notebook.blocks[at + 1]?.segment.raw.trim() === ""
  const next = notebook.blocks[at + (blank ? 2 : 1)]
  if (block?.segment.kind !== "cell" || next?.segment.kind !== "cell" || next.segment.language !== block.segment.language) return notebook
  const merged = withCode(block.segment, `${block.segment.code}\n${next.segment.code}`)
  const blocks = notebook.blocks.filter((other) => other !== next && !(blank && other === notebook.blocks[at + 1]))
  return changed(
    notebook,
    "",
    blocks.map((other) => (other === block ? { ...block, segment: merged } : other)),
  )
}

/** Folding is a way of looking: it is no change of the document and cannot be undone. */
export function foldToggled(notebook: Notebook, id: string): Notebook {
  return { ...notebook, blocks: notebook.blocks.map((block) => (block.id === id ? { ...block, folded: !block.folded } : block)) }
}

export function undone(notebook: Notebook): Notebook {
  const before = notebook.past[notebook.past.length - 1]
  if (!before) return notebook
  return { ...notebook, blocks: before, past: notebook.past.slice(0, -1), future: [notebook.blocks, ...notebook.future], lastChange: "" }
}

export function redone(notebook: Notebook): Notebook {
  const [after, ...future] = notebook.future
  if (!after) return notebook
  return { ...notebook, blocks: after, past: [...notebook.past, notebook.blocks], future, lastChange: "" }
}

function replaced(notebook: Notebook, id: string, change: string, how: (segment: Segment) => Segment): Notebook {
  const block = notebook.blocks[indexOf(notebook, id)]
  if (!block) return notebook
  const segment = how(block.segment)
  if (segment === block.segment) return notebook
  return changed(
    notebook,
    change,
    notebook.blocks.map((other) => (other === block ? { ...block, segment } : other)),
  )
}

function changed(notebook: Notebook, change: string, blocks: readonly Block[]): Notebook {
  const goesOn = change !== "" && change === notebook.lastChange
  const past = goesOn ? notebook.past : [...notebook.past, notebook.blocks].slice(-MOST_STATES)
  return { ...notebook, blocks, past, future: [], lastChange: change }
}

function ended(segment: Segment): Segment {
  return segment.raw.endsWith("\n") ? segment : { ...segment, raw: `${segment.raw}\n` }
}

function indexOf(notebook: Notebook, id: string): number {
  return notebook.blocks.findIndex((block) => block.id === id)
}
