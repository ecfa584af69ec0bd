// The open notebook: its blocks, what its cells showed last, what they are doing. It belongs to the open document, whose
// text is the notebook's Markdown: opening another document makes another notebook, every change here changes that text.
// Two axes are kept apart: is what a cell shows valid (fresh or stale), and is the cell running now.
import { useStore } from "zustand"
import { subscribeWithSelector } from "zustand/middleware"
import { createStore } from "zustand/vanilla"
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { isNotebook } from "../store/document.ts"
import { actions, app } from "../store/store.ts"
import { mayCellRun } from "./checks.ts"
import { optionsOf } from "./front-matter.ts"
import { type Block, cellsOf, markdownOf, type Notebook, notebookOf, redone, undone } from "./model.ts"
import type { CellOutput, ComposedPart } from "./outputs.ts"
import { type RanCells, staleCells } from "./stale.ts"
import { titleOfNotebook } from "./title.ts"
import type { Stretch } from "./unfenced.ts"

export interface CellResult {
  readonly output: CellOutput
  /** It did not pass its check, so it wrote nothing. */
  readonly refused: boolean
  /** What it ran with. */
  readonly ran: RanCells
  /** The document says something else since. */
  readonly stale: boolean
  /** Its run is over, or was ended before the cell was through. */
  readonly over: boolean
}

/** What is wrong with the code of a cell, as far as it is known. */
export interface CellFindings {
  /** The code that was looked at; offsets are those of it. */
  readonly code: string
  readonly diagnostics: readonly Diagnostic[]
}

/** The cells of one language as they were last put together and run. */
export interface CellsProgram extends ComposedPart {
  readonly language: CellLanguage
  /** All it may import: files of the front matter and of the document. */
  readonly files: Readonly<Record<string, string>>
  readonly ran: RanCells
}

/** A run of cells: the programs of one or several languages beside each other. */
export interface CellsRun {
  readonly run: RunId
  readonly programs: readonly CellsProgram[]
}

export interface OpenNotebook {
  /** Raised with each document that is opened. */
  readonly opened: number
  readonly notebook: Notebook
  readonly results: Readonly<Record<string, CellResult>>
  /** Of cells that were run or edited since the notebook was opened, by id. */
  readonly findings: Readonly<Record<string, CellFindings>>
  readonly running: CellsRun | null
  /** What each language ran last: it stands beside what another language runs next. */
  readonly programs: Readonly<Partial<Record<CellLanguage, CellsProgram>>>
  /** By cell or file, the 1-based lines that have a breakpoint. */
  readonly breakpoints: Readonly<Record<string, readonly number[]>>
  /** The block that is being edited as Markdown; null for none. */
  readonly editing: string | null
  /** Code without a fence that parses, by the prose block it stands in. */
  readonly offers: Readonly<Record<string, readonly Stretch[]>>
}

/** The code of a language's cells before one of them, for the help in its editor; what failed its check adds nothing to the program. */
export function codesBefore({ notebook, findings }: OpenNotebook, id: string, language: CellLanguage): string[] {
  const cells = cellsOf(notebook, language)
  const place = cells.findIndex((cell) => cell.id === id)
  return cells
    .slice(0, Math.max(0, place))
    .filter((cell) => mayCellRun(language, findings[cell.id]?.diagnostics ?? []))
    .map((cell) => cell.segment.code)
}

/**
 * The cells of a language that make one program with one of them, for a new name: those before it that run, and those behind it
 * that can be read at all.
 */
export function cellsWith({ notebook, findings }: OpenNotebook, id: string, language: CellLanguage): { id: string; code: string }[] {
  const cells = cellsOf(notebook, language)
  const place = cells.findIndex((cell) => cell.id === id)
  const isIn = (cell: Block, at: number) => {
    const diagnostics = findings[cell.id]?.diagnostics ?? []
    return at === place || (at < place ? mayCellRun(language, diagnostics) : !diagnostics.some(({ phase }) => phase === "parse"))
  }
  return cells.filter(isIn).map((cell) => ({ id: cell.id, code: cell.segment.code }))
}

interface Notebooks {
  readonly open: OpenNotebook | null
}

export const notebooks = createStore<Notebooks>()(subscribeWithSelector((): Notebooks => ({ open: null })))

export function useNotebook<T>(selector: (open: OpenNotebook | null) => T): T {
  return useStore(notebooks, (state) => selector(state.open))
}

function set(change: (open: OpenNotebook) => OpenNotebook): void {
  notebooks.setState((state) => (state.open ? { open: change(state.open) } : state))
}

/** A change of the blocks. What it makes stale is marked, what it makes valid again is not any more. */
export function changeNotebook(how: (notebook: Notebook) => Notebook): void {
  const before = notebooks.getState().open
  if (!before) return
  const notebook = how(before.notebook)
  if (notebook === before.notebook) return
  set((open) => ({ ...open, notebook, results: judged(notebook, open.results) }))
  const title = titleOfNotebook(notebook)
  if (title !== null && title !== titleOfNotebook(before.notebook)) actions.nameDocument(title)
  actions.editText(markdownOf(notebook))
}

type Results = OpenNotebook["results"]

/** These results, each marked as stale or not. */
function judged(notebook: Notebook, results: Results): Results {
  const isStale = staleCells(
    notebook,
    Object.values(results).map(({ ran }) => ran),
  )
  let changed = false
  const after = Object.entries(results).map(([id, result]): [string, CellResult] => {
    const stale = isStale(result.ran, id)
    if (stale === result.stale) return [id, result]
    changed = true
    return [id, { ...result, stale }]
  })
  return changed ? Object.fromEntries(after) : results
}

const BURST_MS = 1200
let lastTypedMs = 0
let burst = 0

/** Typing goes on as one burst until the reader pauses; a burst is undone in one go. */
export function typingBurst(): number {
  const nowMs = performance.now()
  if (nowMs - lastTypedMs > BURST_MS) burst++
  lastTypedMs = nowMs
  return burst
}

/** Undo and redo of the whole notebook. */
export const history = {
  undo: () => travel(undone, "There is nothing left to undo."),
  redo: () => travel(redone, "There is nothing left to redo."),
}

function travel(how: (notebook: Notebook) => Notebook, otherwise: string): void {
  const before = notebooks.getState().open?.notebook
  changeNotebook(how)
  if (notebooks.getState().open?.notebook === before) actions.announce(otherwise)
}

export const cellActions = {
  editing: (id: string | null) => set((open) => ({ ...open, editing: id })),
  found: (findings: OpenNotebook["findings"]) => set((open) => ({ ...open, findings: { ...open.findings, ...findings } })),
  offered: (offers: OpenNotebook["offers"]) => set((open) => ({ ...open, offers })),
  broke: (id: string, lines: readonly number[]) => set((open) => ({ ...open, breakpoints: { ...open.breakpoints, [id]: lines } })),
  began: (running: CellsRun) =>
    set((open) => ({
      ...open,
      running,
      programs: { ...open.programs, ...Object.fromEntries(running.programs.map((program) => [program.language, program])) },
    })),
  showed: (results: Results) => set((open) => ({ ...open, results: { ...open.results, ...judged(open.notebook, results) } })),
}

/** What the front matter says about the run as a whole is the document's: the seed on screen is the seed that runs. */
export async function followFrontMatter(): Promise<void> {
  const { open } = notebooks.getState()
  if (!open) return
  const { options } = await optionsOf(open.notebook)
  if (options.seed !== null && notebooks.getState().open === open) actions.chooseSeed(options.seed)
}

/** Opens a notebook whenever a document is opened that is one. Called once, when the page starts. */
export function watchNotebooks(): void {
  let opened = 0
  const open = () => {
    const { document } = app.getState()
    if (!isNotebook(document.path)) notebooks.setState({ open: null })
    else {
      notebooks.setState({
        open: {
          opened: ++opened,
          notebook: notebookOf(document.text),
          results: {},
          findings: {},
          running: null,
          programs: {},
          breakpoints: {},
          editing: null,
          offers: {},
        },
      })
      void followFrontMatter()
    }
  }
  open()
  app.subscribe((state) => state.document.replaced, open)
}
