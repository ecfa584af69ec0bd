// After a run that did one thing at a time: whether the language knows a change of the text with which it would do two, and
// what making it means. Fetched after such a run; the timeline shows it.
import { languageEntry } from "../../../interpreter/languages/index.ts"
import { diagnose, startRun } from "../../client/session.ts"
import type { OpenDocument } from "../../store/document.ts"
import { actions, app } from "../../store/store.ts"
import { changeView } from "../../timeline/view.ts"

/** Tells the timeline what to offer for the document whose run is over; nothing where no change is sound. */
export async function offerOverlap(document: OpenDocument): Promise<void> {
  const { version, text, language } = document
  const overlap = (await languageEntry(language)?.loadOverlap?.())?.(text)
  if (!overlap) return
  const changed = overlap.edits.reduceRight((so, { from, to, insert }) => so.slice(0, from) + insert + so.slice(to), text)
  // What the checker would refuse is not offered.
  const diagnostics = await diagnose({ ...document, text: changed })
  if (!diagnostics || diagnostics.some(({ severity }) => severity === "error") || app.getState().document.version !== version) return
  const apply = () => {
    if (app.getState().document.version !== version) return
    actions.replaceText(changed)
    changeView({ ghost: true })
    startRun()
  }
  changeView({ overlap: { version, word: overlap.word, line: overlap.line, apply } })
}
