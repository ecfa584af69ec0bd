// What can be done to the cell that the reader was in last, as commands: the palette lists them while a notebook is open.
import { LANGUAGES } from "../../interpreter/languages/index.ts"
import { actions } from "../store/store.ts"
import { addCell, addProse, chooseLanguage, moveCell, removeBlock, splitCell } from "./cell-deeds.ts"
import { editorOf, lastCell } from "./editors.ts"
import { foldToggled, mergedWithNext } from "./model.ts"
import { runTo } from "./run.ts"
import { changeNotebook, history, notebooks } from "./state.ts"

export interface CellCommand {
  readonly title: string
  readonly keys?: string
  readonly run: () => void
}

const toCell = (act: (id: string) => void) => () => {
  const id = lastCell()
  if (id === null) actions.toast("Put the cursor into a cell first.")
  else act(id)
}

/** Behind the cell that the reader was in last; at the end of the document where there is none. */
const place = (): string | null => lastCell() ?? notebooks.getState().open?.notebook.blocks.at(-1)?.id ?? null

function merge(id: string): void {
  const before = notebooks.getState().open?.notebook
  changeNotebook((notebook) => mergedWithNext(notebook, id))
  if (notebooks.getState().open?.notebook === before) actions.toast("There is no cell of the same language right behind this one.")
}

const move = (by: 1 | -1) => toCell((id) => moveCell(id, by, () => editorOf(id)?.view.contentDOM))

export const CELL_COMMANDS: readonly CellCommand[] = [
  { title: "Run to this cell", keys: "Shift+Enter", run: toCell((id) => void runTo(id)) },
  ...LANGUAGES.map(({ id, title }) => ({ title: `New ${title} cell`, run: () => addCell(place(), id) })),
  ...LANGUAGES.map(({ id, title }) => ({ title: `Make the cell one of ${title}`, run: toCell((cell) => chooseLanguage(cell, id)) })),
  { title: "New text", run: () => addProse(place()) },
  { title: "Split the cell at the cursor", run: toCell(splitCell) },
  { title: "Merge the cell with the next", run: toCell(merge) },
  { title: "Move the cell up", run: move(-1) },
  { title: "Move the cell down", run: move(1) },
  { title: "Fold or unfold the cell", run: toCell((id) => changeNotebook((notebook) => foldToggled(notebook, id))) },
  { title: "Delete the cell", run: toCell(removeBlock) },
  { title: "Undo in the notebook", run: history.undo },
  { title: "Redo in the notebook", run: history.redo },
]
