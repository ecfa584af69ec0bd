// Find, replace and go to a line in the code, loaded when it is first asked for.
import { gotoLine, openSearchPanel, search, searchKeymap } from "@codemirror/search"
import { StateEffect } from "@codemirror/state"
import { type EditorView, keymap } from "@codemirror/view"

const equipped = new WeakSet<EditorView>()

export function openSearch(view: EditorView): void {
  equip(view)
  openSearchPanel(view)
}

/** Asks for the number of a line, and goes there. */
export function goToLine(view: EditorView): void {
  equip(view)
  gotoLine(view)
}

function equip(view: EditorView): void {
  if (equipped.has(view)) return
  equipped.add(view)
  view.dispatch({ effects: StateEffect.appendConfig.of([search({ top: true }), keymap.of(searchKeymap)]) })
}
