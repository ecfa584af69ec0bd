// Ways from what a run says to the text that it is about: into the program's editor, or into the cell of a notebook.
import { withEditor } from "../../editor/open-editor.ts"
import type { Place } from "../../store/place.ts"

/** Puts the cursor there. `range`: of the program's text. */
export function goTo({ cell }: Place, range: { readonly from: number; readonly to: number }): void {
  if (cell === null) withEditor((editor) => editor.goTo(range.from, range.to))
  else void import("../../notebook/editors.ts").then(({ goToCell }) => goToCell(cell.name, cell.from, cell.to)).catch(() => {})
}
