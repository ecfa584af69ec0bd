// What watches the reader but can come a moment after the page: other tabs, versions, files that are dropped on it.
import type { OpenDocument } from "../store/document.ts"
import { watchFiles } from "./document/files.ts"
import { watchTabs } from "./keeping/tabs.ts"
import { watchVersions } from "./keeping/versions.ts"
import { watchPredictions } from "./predicted.ts"
import { isEmbedded } from "./share/embed.ts"
import "./print.css"

/** `opened`: the document as the page opened it; it may have been edited since. Called once. */
export function watchReader(opened: OpenDocument): void {
  // A page in a frame shows somebody's document: it keeps nothing on the reader's device.
  if (!isEmbedded) {
    watchVersions(opened)
    watchTabs(opened)
  }
  watchFiles()
  watchPredictions()
}
