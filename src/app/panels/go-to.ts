// Ways from what a run says to the text that it is about: into the program's editor, or into the cell of a notebook.
import { flushSync } from "react-dom"
import { withEditor } from "../../editor/open-editor.ts"
import { type Place, placeOf } from "../../store/place.ts"
import { shownRun } from "../../store/runs.ts"
import { actions, app } from "../../store/store.ts"

/** Puts the cursor there, or says where it is if no editor shows it. `range`: of the program's text. */
export function goTo({ text, cell, elsewhere }: Place, range: { readonly from: number; readonly to: number }): void {
  if (elsewhere) {
    actions.toast(`That is at ${text}, in another file of the document.`)
    return
  }
  showCode()
  if (cell === null) withEditor((editor) => editor.goTo(range.from, range.to))
  else void import("../../notebook/editors.ts").then(({ goToCell }) => goToCell(cell.name, cell.from, cell.to)).catch(() => {})
}

/** Puts the cursor where a site of the shown run begins; where the text has no such place (any more), the editor has the focus. */
export function goToSite(site: number): void {
  const { runs, document: open } = app.getState()
  const run = shownRun(runs)
  const range = run?.trace.sites[site]
  const from = range && { ...range, to: range.from }
  const place = run && from && run.documentVersion === open.version ? placeOf(run.inputs, from) : null
  if (from && place) goTo(place, from)
  else {
    showCode()
    document.querySelector<HTMLElement>('[data-region="editor"] .cm-content')?.focus()
  }
}

/** On a phone the text may be behind another tab, and what is not shown takes no focus. */
const showCode = (): void => flushSync(() => actions.choosePhoneTab("code"))
