// Find and replace in the code, loaded when it is first asked for.
import { openSearchPanel, search, searchKeymap } from "@codemirror/search"
import { StateEffect } from "@codemirror/state"
import { type EditorView, keymap } from "@codemirror/view"

const equipped = new WeakSet<EditorView>()

export function openSearch(view: EditorView): void {
  if (!equipped.has(view)) {
    equipped.add(view)
    view.dispatch({ effects: StateEffect.appendConfig.of([search({ top: true }), keymap.of(searchKeymap)]) })
  }
  openSearchPanel(view)
}
