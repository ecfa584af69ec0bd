// What an example offers to try once its first run is over: one change of its text, one press, and the next run shows the
// difference. Offered while nothing was edited, and never twice in a visit.
import { startRun } from "../../client/session.ts"
import { withEditor } from "../../editor/open-editor.ts"
import { isLive } from "../../store/playback.ts"
import { type AppState, actions, app } from "../../store/store.ts"
import { changeView } from "../../timeline/view.ts"
import { exampleById } from "../examples/index.ts"

const offered = new Set<string>()

function wanted(state: AppState): string | null {
  const { document, runs, playback } = state
  if (document.edited || document.exampleId === null || offered.has(document.exampleId)) return null
  const over = runs.current?.report?.outcome === "done" && runs.current.documentVersion === document.version && !isLive(playback)
  return over ? document.exampleId : null
}

export function watchSuggestions(): void {
  app.subscribe(wanted, (exampleId) => {
    const example = exampleId === null ? undefined : exampleById(exampleId)
    const tip = example?.tryThis
    if (!tip || !example) return
    const from = example.text.indexOf(tip.replace)
    if (from < 0) return
    const line = example.text.slice(0, from).split("\n").length
    const apply = () => {
      offered.add(example.id)
      const { text } = app.getState().document
      actions.replaceText(text.replace(tip.replace, tip.by))
      // The run before stays behind the new one as a ghost, so that the difference is seen.
      changeView({ ghost: true })
      startRun()
    }
    const offer = () =>
      withEditor((editor) => {
        // The editor may have come later, to another text.
        if (wanted(app.getState()) === example.id) editor.suggest({ line, label: tip.label, apply })
      })
    // The end of the run is shown first; the editor, if it is not there yet, is fetched after it.
    setTimeout(offer)
  })
}
