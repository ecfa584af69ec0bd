// Tells the timeline which tasks the open text will start, so that it has lanes before the first run and none of them jumps
// when it begins. Loaded with the language when a text is first asked about; the opening example brings its own.
import { languageEntry } from "../../interpreter/languages/index.ts"
import { sharedFold } from "../../interpreter/trace/fold.ts"
import { isNotebook, type OpenDocument } from "../store/document.ts"
import { type AppState, app } from "../store/store.ts"
import { changeView } from "../timeline/view.ts"
import { exampleById } from "./examples/index.ts"
import { shownKeys } from "./keys/key-names.ts"

/** After the last key. */
const LOOK_AFTER_MS = 120
/** Of longer texts reading them alone would be felt. */
const MOST_CHARACTERS = 100_000

export function watchPredictions(): void {
  changeView({ runKeys: shownKeys("Mod+Enter") })
  let timer = 0
  const look = () => {
    clearTimeout(timer)
    const { document } = app.getState()
    void predict(document)
  }
  look()
  app.subscribe(
    ({ document }) => document.version,
    (version, previous) => {
      clearTimeout(timer)
      // A keystroke; other documents come at once.
      if (version === previous + 1 && app.getState().document.edited) timer = window.setTimeout(look, LOOK_AFTER_MS)
      else look()
    },
  )
  app.subscribe(({ runs }) => runs.current?.id, look)
  app.subscribe(alone, (run) => {
    // Offline: the timeline says in general what could be tried.
    if (run !== null) import("./offers/overlap.ts").then(({ offerOverlap }) => offerOverlap(app.getState().document)).catch(() => {})
  })
}

/** The run of the open text that is over and had one task; null for any other. */
function alone({ runs, document }: AppState): string | null {
  const run = runs.current
  if (run?.report?.outcome !== "done" || run.documentVersion !== document.version || isNotebook(document.path)) return null
  return sharedFold(run.trace).lanes.length === 1 ? `${run.id}` : null
}

let told = ""

let watchesCells = false

/** The cells of notebooks tell their tasks themselves, from the first notebook on. */
async function watchCells(): Promise<void> {
  if (watchesCells) return
  watchesCells = true
  const { watchCellTasks } = await import("../notebook/predict-cells.ts")
  watchCellTasks((tasks) => {
    const { id, version, path } = app.getState().document
    if (isNotebook(path)) changeView({ predicted: tasks && { document: id, version, ...tasks } })
  })
}

async function predict(document: OpenDocument): Promise<void> {
  if (isNotebook(document.path)) {
    told = ""
    // Offline: the timeline is empty until the run.
    await watchCells().catch(() => {})
    return
  }
  const { id, version, text, exampleId, edited } = document
  const key = `${id} ${version}`
  if (key === told) return
  told = key
  const tell = (tasks: readonly { readonly name: string; readonly parent: number; readonly line: number }[] | null) => {
    if (told === key) changeView({ predicted: tasks && { document: id, version, tasks } })
  }
  if (text.length > MOST_CHARACTERS) return tell(null)
  const starts = edited || exampleId === null ? undefined : exampleById(exampleId)?.starts
  if (starts) return tell(starts)
  try {
    tell((await languageEntry(document.language)?.loadPrediction())?.(text) ?? null)
  } catch {
    // Offline: the timeline is empty until the run.
    tell(null)
  }
}
