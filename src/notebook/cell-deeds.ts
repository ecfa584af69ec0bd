// What is done to a cell or a file from more than one place (its buttons, the palette), with where the focus is afterwards: a
// node that is put elsewhere loses it.
import type { CellLanguage } from "../../interpreter/session/document/markdown.ts"
import { actions } from "../store/store.ts"
import { editorOf, focusCell } from "./editors.ts"
import { cellAdded, cellNumbers, movedBy, proseAdded, removed, splitAt } from "./model.ts"
import { cellActions, changeNotebook, notebooks } from "./state.ts"

/** Cuts a cell at its cursor. */
export function splitCell(id: string): void {
  const offset = editorOf(id)?.view.state.selection.main.head
  if (offset === undefined) actions.toast("Put the cursor where the cell should be cut.")
  else changeNotebook((notebook) => splitAt(notebook, id, offset))
}

/** `focused`: what has the focus afterwards, once the block stands in its new place. */
export function moveCell(id: string, by: 1 | -1, focused: () => HTMLElement | null | undefined): void {
  changeNotebook((notebook) => movedBy(notebook, id, by))
  requestAnimationFrame(() => {
    const element = focused()
    element?.focus()
    element?.scrollIntoView({ block: "nearest" })
  })
}

/** Takes a cell or a file away; the focus goes to its neighbour. */
export function removeBlock(id: string): void {
  const { open } = notebooks.getState()
  if (!open) return
  const { blocks } = open.notebook
  const at = blocks.findIndex((block) => block.id === id)
  const next = blocks[at + 1] ?? blocks[at - 1]
  const number = cellNumbers(open.notebook).get(id)
  changeNotebook((notebook) => removed(notebook, id))
  actions.toast(`${number === undefined ? "The file" : `Cell ${number}`} is gone. Undo brings it back.`)
  requestAnimationFrame(() => {
    const near = next && document.querySelector<HTMLElement>(`[data-block="${next.id}"] button`)
    ;(near ?? document.querySelector<HTMLElement>('[aria-label="Notebook"] button'))?.focus()
  })
}

/** A new cell behind a block (null: at the beginning), with the cursor in it. */
export function addCell(after: string | null, language: CellLanguage): void {
  changeNotebook((notebook) => {
    const added = cellAdded(notebook, after, language)
    focusCell(added.id)
    return added.notebook
  })
}

/** New prose behind a block, to be written at once. */
export function addProse(after: string | null): void {
  let id = ""
  changeNotebook((notebook) => {
    const added = proseAdded(notebook, after)
    id = added.id
    return added.notebook
  })
  cellActions.editing(id)
}
