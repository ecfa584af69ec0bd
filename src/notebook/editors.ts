// The editors of the cells on the page, by block: who wants the cursor in a cell says so here, also before its editor is made.
import type { CodeEditor } from "../editor/code-editor.ts"
import { editorsOf } from "../editor/open-editor.ts"
import { cellNumbers } from "./model.ts"
import { notebooks } from "./state.ts"

const editors = new Map<string, CodeEditor>()
let wanted: { readonly id: string; readonly from: number | null; readonly to: number } | null = null

/** A cell's editor is there (or goes: null). It gets the cursor if somebody asked for that. */
export function registerEditor(id: string, editor: CodeEditor | null): void {
  tellChanged()
  if (!editor) {
    editors.delete(id)
    return
  }
  editors.set(id, editor)
  if (wanted?.id === id) put(editor)
}

/** Who is told when a cell's editor comes or goes; the page has one such. */
let tellChanged: () => void = () => {}

export function editorsChanged(tell: () => void): void {
  tellChanged = tell
}

/** The editor that had the focus last, of a cell or of prose; null where it is not on the page any more. */
let last: CodeEditor | null = null
editorsOf(() => (last?.view.dom.isConnected ? last : null))

/** The focus came into this editor. */
export const enteredEditor = (editor: CodeEditor): void => void (last = editor)

/** The cell whose editor had the focus last; null for none. */
export function lastCell(): string | null {
  for (const [id, editor] of editors) if (editor === last) return id
  return null
}

/** The editors that are on the page, with their blocks. */
export const openEditors = (): Iterable<[string, CodeEditor]> => editors

/** Does it with a cell's editor where it is there; scrolls to the cell, for its editor to be made, where it is not. */
export function cellWithEditor(id: string, act: (editor: CodeEditor) => void): void {
  const editor = editors.get(id)
  if (editor) act(editor)
  else document.querySelector(`[data-block="${id}"]`)?.scrollIntoView({ block: "nearest" })
}

export const editorOf = (id: string): CodeEditor | undefined => editors.get(id)
/** The cell's editor is to be made at once, wherever it stands. */
export const isWanted = (id: string): boolean => wanted?.id === id

/** Puts the cursor into a cell: at a stretch of its code, or where it is. */
export function focusCell(id: string, from: number | null = null, to = from ?? 0): void {
  wanted = { id, from, to }
  const editor = editors.get(id)
  if (editor) put(editor)
  else document.querySelector(`[data-block="${id}"]`)?.scrollIntoView({ block: "nearest" })
}

function put(editor: CodeEditor): void {
  const { from, to } = wanted ?? { from: null, to: 0 }
  wanted = null
  if (from === null) editor.focus()
  else editor.goTo(from, to)
  editor.view.dom.scrollIntoView({ block: "nearest" })
}

/** The same by the number that the reader calls the cell by. */
export function goToCell(number: string, from: number, to: number): void {
  const { open } = notebooks.getState()
  const [id] = [...(open ? cellNumbers(open.notebook) : [])].find(([, place]) => String(place) === number) ?? []
  if (id !== undefined) focusCell(id, from, to)
}
