// A notebook's blocks and everything that can be done to them, as pure functions with undo across all of it. A block is a
// segment of the document's Markdown (interpreter/session/document/markdown.ts) with an identity; the Markdown is always
// the blocks' raw texts joined, so what nobody edited stays byte for byte.
import {
  atPath,
  type CellLanguage,
  type CellSegment,
  inLanguage,
  newCell,
  openFenceOf,
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
/** Blocks of all kept states together: of a very long document fewer states are kept. */
const MOST_KEPT_BLOCKS = 2_000_000

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

const numbers = new WeakMap<readonly Block[], ReadonlyMap<string, number>>()

/** The cells' numbers in the document, from 1, by id: what the reader calls them. */
export function cellNumbers({ blocks }: Notebook): ReadonlyMap<string, number> {
  let found = numbers.get(blocks)
  if (!found) {
    found = new Map(blocks.filter(({ segment }) => segment.kind === "cell").map(({ id }, i) => [id, i + 1]))
    numbers.set(blocks, found)
  }
  return found
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

/** A later file of the same language and name counts in place of this one. */
export function isOverruled({ blocks }: Notebook, id: string): boolean {
  const at = blocks.findIndex((block) => block.id === id)
  const own = blocks[at]?.segment
  if (own?.kind !== "file") return false
  return blocks
    .slice(at + 1)
    .some(({ segment }) => segment.kind === "file" && segment.language === own.language && segment.path === own.path)
}

// ---- changes ----------------------------------------------------------------------------------------------------------

/** `burst`: typing of one burst is undone in one go. */
export function codeEdited(notebook: Notebook, id: string, code: string, burst = 0): Notebook {
  return replaced(notebook, id, `code ${id} ${burst}`, (segment) =>
    segment.kind === "cell" || segment.kind === "file" ? withCode(segment, code) : segment,
  )
}

/** Other code for cells, by id, and files, by path, as one change. */
export function codesEdited(notebook: Notebook, cells: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>): Notebook {
  const blocks = notebook.blocks.map((block) => {
    const { id, segment } = block
    if (segment.kind !== "cell" && segment.kind !== "file") return block
    const code = segment.kind === "cell" ? cells.get(id) : files.get(segment.path)
    return code === undefined || code === segment.code ? block : { ...block, segment: withCode(segment, code) }
  })
  return changed(notebook, "", blocks)
}

/** A cell in another language. */
export function languageChosen(notebook: Notebook, id: string, language: CellLanguage): Notebook {
  return replaced(notebook, id, "", (segment) => (segment.kind === "cell" ? inLanguage(segment, language) : segment))
}

/** A file with another name (`isFilePath`), in the language that the name's ending has, or else in its own. */
export function fileRenamed(notebook: Notebook, id: string, path: string, language: CellLanguage | undefined): Notebook {
  return replaced(notebook, id, "", (segment) =>
    segment.kind === "file" ? inLanguage(atPath(segment, path), language ?? segment.language) : segment,
  )
}

/** Prose as it is being typed: one block, whatever it holds, until `proseRead`. */
export function proseTyped(notebook: Notebook, id: string, raw: string): Notebook {
  return replaced(notebook, id, `prose ${id}`, (segment) => (segment.raw === raw ? segment : { kind: "prose", raw }))
}

/** Prose that was typed is read: fences in it become cells, one that was left open is closed. No change of its own to undo. */
export function proseRead(notebook: Notebook, id: string): Notebook {
  const at = indexOf(notebook, id)
  const block = notebook.blocks[at]
  if (!block) return notebook
  const raw = at === notebook.blocks.length - 1 ? block.segment.raw : closedRaw(block.segment.raw)
  const parts = parseDocument(at === 0 ? raw : `\n${raw}`)
  // A front matter stands at the beginning of a document and nowhere else: behind a line it is prose.
  const segments = at === 0 ? parts : withoutFirstLine(parts)
  let { made } = notebook
  const kept = segments.map((segment, i): Block => ({ id: i === 0 ? id : `b${made++}`, segment, folded: false }))
  const blocks = asRead([...notebook.blocks.slice(0, at), ...kept, ...notebook.blocks.slice(at + 1)])
  return { ...notebook, made, blocks, lastChange: "" }
}

/** A rule of dashes at the beginning would begin a front matter that ends somewhere in the document: it gets a line before it. */
function asRead(blocks: readonly Block[]): readonly Block[] {
  const [first, ...others] = blocks
  if (first?.segment.kind !== "prose" || !/^\uFEFF?---[ \t]*\r?(?:\n|$)/.test(first.segment.raw)) return blocks
  if (parseDocument(printDocument(blocks.map((block) => block.segment)))[0]?.kind !== "frontMatter") return blocks
  return [{ ...first, segment: { kind: "prose", raw: `\n${first.segment.raw}` } }, ...others]
}

function withoutFirstLine(segments: readonly Segment[]): Segment[] {
  const [first, ...others] = segments
  if (first?.kind !== "prose") return [...segments]
  return first.raw === "\n" ? others : [{ ...first, raw: first.raw.slice(1) }, ...others]
}

/** Other prose; it may hold fences, which become cells. */
export function proseEdited(notebook: Notebook, id: string, raw: string): Notebook {
  const typed = proseTyped(notebook, id, raw)
  return typed === notebook ? notebook : proseRead(typed, id)
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
  if (before) blocks[at - 1] = { ...before, segment: ended(before.segment) }
  blocks.splice(at, 0, { id, segment: newCell(language, code), folded: false })
  return { notebook: changed({ ...notebook, made: notebook.made + 1 }, "", blocks), id }
}

export function proseAdded(notebook: Notebook, after: string | null, text = "\n"): { readonly notebook: Notebook; readonly id: string } {
  const id = `b${notebook.made}`
  const at = after === null ? 0 : indexOf(notebook, after) + 1
  const blocks = notebook.blocks.slice()
  const before = blocks[at - 1]
  if (before) blocks[at - 1] = { ...before, segment: ended(before.segment) }
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
  const blocks = notebook.blocks.map((b) => ({ ...b, segment: ended(b.segment) }))
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
    { ...block, segment: ended(first) },
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

function changed(notebook: Notebook, change: string, next: readonly Block[]): Notebook {
  const goesOn = change !== "" && change === notebook.lastChange
  // Prose is read when it has been typed, not before.
  const blocks = change.startsWith("prose") ? next : asRead(next)
  const past = goesOn
    ? notebook.past
    : [...notebook.past, notebook.blocks].slice(-Math.max(10, Math.min(MOST_STATES, Math.floor(MOST_KEPT_BLOCKS / (blocks.length + 1)))))
  return { ...notebook, blocks, past, future: [], lastChange: change }
}

/** The segment so that another can follow it: its last line ended, its fence closed. */
function ended(segment: Segment): Segment {
  const raw = closedRaw(segment.raw)
  return raw === segment.raw ? segment : { ...segment, raw }
}

function closedRaw(raw: string): string {
  const end = raw.includes("\r\n") ? "\r\n" : "\n"
  const lined = raw === "" || raw.endsWith("\n") ? raw : `${raw}${end}`
  const fence = openFenceOf(raw)
  return fence === "" ? lined : `${lined}${fence}${end}`
}

function indexOf(notebook: Notebook, id: string): number {
  return notebook.blocks.findIndex((block) => block.id === id)
}
