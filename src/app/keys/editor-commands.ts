// What the editor does by keys of its own, as commands: the palette and the list of keys show them, and run them in the
// program's editor or in the cell the reader was in last. Loaded with the palette.
import { withEditor } from "../../editor/open-editor.ts"
import { actions } from "../../store/store.ts"
import { IS_MAC } from "./key-names.ts"

type Deed = keyof typeof import("../../editor/deeds.ts").DEEDS

export interface EditorCommand {
  readonly title: string
  readonly keys: string
  readonly run: () => void
}

const does = (deed: Deed) => () =>
  withEditor((editor) => {
    import("../../editor/deeds.ts").then(
      ({ DEEDS }) => {
        DEEDS[deed](editor)
        editor.focus()
      },
      () => actions.toast("This could not be loaded. Are you offline?"),
    )
  })

export const EDITOR_COMMANDS: readonly EditorCommand[] = [
  { title: "Go to a line", keys: "Mod+Alt+G", run: () => withEditor((editor) => void editor.press("Mod-Alt-g")) },
  { title: "Undo", keys: "Mod+Z", run: does("undo") },
  { title: "Redo", keys: "Mod+Y", run: does("redo") },
  { title: "Fold the code here", keys: IS_MAC ? "Mod+Alt+[" : "Ctrl+Shift+[", run: does("fold") },
  { title: "Unfold the code here", keys: IS_MAC ? "Mod+Alt+]" : "Ctrl+Shift+]", run: does("unfold") },
  { title: "Fold all of the code", keys: "Ctrl+Alt+[", run: does("foldAll") },
  { title: "Unfold all of the code", keys: "Ctrl+Alt+]", run: does("unfoldAll") },
  { title: "Move the line up", keys: "Alt+Up", run: does("lineUp") },
  { title: "Move the line down", keys: "Alt+Down", run: does("lineDown") },
]
