// Export and import of everything that is kept on this device: documents, their versions, recordings, settings. What is in
// the file and what may come in is archive.ts's business; here it is gathered and written.
import { allRecordings, putRecording } from "../../providers/recordings.ts"
import { actions, app } from "../../store/store.ts"
import { plural } from "../../ui/format.ts"
import { downloadBlob } from "../document/files.ts"
import { type Archive, importPlan, readArchive, writeArchive } from "./archive.ts"
import { type Draft, listDrafts, putDraft } from "./drafts.ts"
import { storageFailed, troubleOf } from "./trouble.ts"
import { allVersions, keepNow, putVersion, stored } from "./versions.ts"

/** All that is kept, and the open document as it is on screen. */
export async function everything(): Promise<Archive> {
  const { document, settings } = app.getState()
  const [kept, versions, recordings] = await Promise.all([listDrafts(), allVersions(), allRecordings()])
  const open: Draft = { key: document.id, savedAtMs: Date.now(), document: stored(document) }
  const documents = document.edited ? [open, ...kept.filter(({ key }) => key !== document.id)] : kept
  return { documents, versions, recordings, settings }
}

export async function exportEverything(): Promise<void> {
  const savedOn = new Date().toISOString()
  const text = writeArchive(await everything(), savedOn)
  downloadBlob(new Blob([text], { type: "application/json" }), `counterpoint-${savedOn.slice(0, 10)}.json`)
}

/** Takes in an export; gives a sentence about what came of it. */
export async function importEverything(file: File): Promise<string> {
  const read = readArchive(await file.text().catch(() => ""))
  if (!read.ok) return read.sentence
  const here = await everything()
  const plan = importPlan(here, read.archive)
  try {
    await keepNow()
    for (const draft of plan.documents) await putDraft(draft)
    for (const version of plan.versions) await putVersion(version)
    for (const recording of plan.recordings) await putRecording(recording)
  } catch (error) {
    storageFailed(error)
    return troubleOf(error) === "full"
      ? "There is no room for all of it: a part was imported."
      : "This browser keeps nothing: nothing was imported."
  }
  if (read.archive.settings) actions.changeSettings(read.archive.settings)
  // The open document goes on from the later text, as the others do when they are opened.
  const { document } = app.getState()
  const later = plan.documents.find(({ key }) => key === document.id)
  if (later) actions.openDocument(later.document)
  const parts = [
    plural(plan.documents.length, "document"),
    plural(plan.versions.length, "version"),
    plural(plan.recordings.length, "recording"),
  ]
  return [
    `Imported: ${parts.join(", ")}.`,
    ...(plan.known > 0 ? [`${plural(plan.known, "document")} ${plan.known === 1 ? "was" : "were"} here already.`] : []),
    ...(read.leftOut > 0 ? [`${plural(read.leftOut, "entry", "entries")} could not be read.`] : []),
  ].join(" ")
}
