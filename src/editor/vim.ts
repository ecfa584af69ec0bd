// Vim's keys for the editor, fetched when the reader switches them on. `:w` runs the program: there is nothing to save.

import { type Extension, Facet } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { Vim, vim } from "@replit/codemirror-vim"

const written = Facet.define<() => void>()

Vim.defineEx("write", "w", (cm: { readonly cm6: EditorView }) => {
  for (const run of cm.cm6.state.facet(written)) run()
})

/** `onWrite` is called for `:w`. */
export function vimKeys(onWrite: () => void): Extension {
  return [
    vim({ status: true }),
    written.of(onWrite),
    EditorView.theme({
      ".cm-fat-cursor": { background: "var(--accent) !important", color: "var(--on-accent) !important" },
      "&:not(.cm-focused) .cm-fat-cursor": { background: "none !important", outline: "1px solid var(--accent) !important" },
      ".cm-vim-panel": { padding: "2px 12px", minHeight: "24px", fontFamily: "var(--font-mono)", fontSize: "12px" },
      ".cm-vim-panel input": { border: "none", outline: "none" },
    }),
  ]
}
