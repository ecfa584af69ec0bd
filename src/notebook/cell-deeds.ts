// What is done to a cell or a file from more than one place (its buttons, the palette), with where the focus is afterwards: a
// node that is put elsewhere loses it.
import { languageEntry, languageOfPath } from "../../interpreter/languages/index.ts"
import { type CellLanguage, type FileSegment, isFilePath } from "../../interpreter/session/document/markdown.ts"
import { actions } from "../store/store.ts"
import { editorOf, focusCell } from "./editors.ts"
import { cellAdded, cellNumbers, fileRenamed, languageChosen, movedBy, proseAdded, removed, splitAt } from "./model.ts"
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

export function chooseLanguage(id: string, language: CellLanguage): void {
  changeNotebook((notebook) => languageChosen(notebook, id, language))
}

/** Why a file cannot be called that: what was found and what was expected; null if it can. */
export function nameProblem(name: string, language: CellLanguage): string | null {
  if (isFilePath(name)) return null
  const found = name === "" ? "no name" : `“${name.slice(0, 40)}”`
  return `Found ${found}; expected letters, digits, - and _, folders behind /, and an ending: util.${languageEntry(language)?.extension ?? language}.`
}

/** Another name for a file, which is good (`nameProblem`). Who imports it by the old one is told by the checks of the cells. */
export function renameFile(id: string, file: FileSegment, name: string): void {
  if (name === file.path) return
  changeNotebook((notebook) => fileRenamed(notebook, id, name, languageOfPath(name)?.id))
  actions.toast(`${file.path} is called ${name} now. What imports it needs the new name.`)
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
