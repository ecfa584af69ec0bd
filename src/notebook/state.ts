// The open notebook: its blocks, what its cells showed last, what they are doing. It belongs to the open document, whose
// text is the notebook's Markdown: opening another document makes another notebook, every change here changes that text.
// Two axes are kept apart: is what a cell shows valid (fresh or stale), and is the cell running now.
import { useStore } from "zustand"
import { subscribeWithSelector } from "zustand/middleware"
import { createStore } from "zustand/vanilla"
import type { Composition } from "../../interpreter/session/document/notebook.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { isNotebook } from "../store/document.ts"
import { actions, app } from "../store/store.ts"
import { optionsOf } from "./front-matter.ts"
import { dependentsOf, markdownOf, type Notebook, notebookOf } from "./model.ts"
import type { CellOutput } from "./outputs.ts"
import type { Stretch } from "./unfenced.ts"

export interface CellResult {
  readonly output: CellOutput
  /** Of a cell that does not pass its check; offsets are those of its code. */
  readonly diagnostics: readonly Diagnostic[]
  /** An edit since made it doubtful. */
  readonly stale: boolean
}

/** A run of one language's cells. */
export interface CellsRun {
  readonly run: RunId
  readonly path: string
  readonly composition: Composition
  /** Cells made doubtful by an edit since this run began: it ran what they said before. */
  readonly doubtful?: ReadonlySet<string>
}

export interface OpenNotebook {
  readonly notebook: Notebook
  readonly results: Readonly<Record<string, CellResult>>
  readonly running: CellsRun | null
  /** The block that is being edited as Markdown; null for none. */
  readonly editing: string | null
  /** Code without a fence that parses, by the prose block it stands in. */
  readonly offers: Readonly<Record<string, readonly Stretch[]>>
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

/** A change of the blocks; `touched` is the block that was edited: what depends on it becomes stale. */
export function changeNotebook(how: (notebook: Notebook) => Notebook, touched: string | null = null): void {
  const before = notebooks.getState().open
  if (!before) return
  const notebook = how(before.notebook)
  if (notebook === before.notebook) return
  const stale = new Set(touched === null ? [] : dependentsOf(notebook, touched))
  set((open) => ({
    ...open,
    notebook,
    running: open.running && { ...open.running, doubtful: new Set([...(open.running.doubtful ?? []), ...stale]) },
    results: Object.fromEntries(
      Object.entries(open.results).map(([id, result]) => [id, stale.has(id) ? { ...result, stale: true } : result]),
    ),
  }))
  actions.editText(markdownOf(notebook))
}

export const cellActions = {
  editing: (id: string | null) => set((open) => ({ ...open, editing: id })),
  offered: (offers: OpenNotebook["offers"]) => set((open) => ({ ...open, offers })),
  began: (running: CellsRun) => set((open) => ({ ...open, running })),
  ended: () => set((open) => ({ ...open, running: null })),
  showed: (results: Readonly<Record<string, CellResult>>) => set((open) => ({ ...open, results: { ...open.results, ...results } })),
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
  const open = () => {
    const { document } = app.getState()
    if (!isNotebook(document.path)) notebooks.setState({ open: null })
    else {
      notebooks.setState({ open: { notebook: notebookOf(document.text), results: {}, running: null, editing: null, offers: {} } })
      void followFrontMatter()
    }
  }
  open()
  app.subscribe((state) => state.document.replaced, open)
}
