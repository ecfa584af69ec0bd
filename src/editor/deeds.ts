// What the editor does by keys of its own (folding, undo, moving lines), for whoever does it without its keys: the palette.
// Loaded with the first of them.
import { moveLineDown, moveLineUp } from "@codemirror/commands"
import { foldAll, foldCode, unfoldAll, unfoldCode } from "@codemirror/language"
import type { CodeEditor } from "./code-editor.ts"

/** Each of them with the editor that it is done in, which has the focus then. */
export const DEEDS = {
  undo: (editor: CodeEditor) => editor.undo(),
  redo: (editor: CodeEditor) => editor.redo(),
  fold: ({ view }: CodeEditor) => foldCode(view),
  unfold: ({ view }: CodeEditor) => unfoldCode(view),
  foldAll: ({ view }: CodeEditor) => foldAll(view),
  unfoldAll: ({ view }: CodeEditor) => unfoldAll(view),
  lineUp: ({ view }: CodeEditor) => moveLineUp(view),
  lineDown: ({ view }: CodeEditor) => moveLineDown(view),
} as const
