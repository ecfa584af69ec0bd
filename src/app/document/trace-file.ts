// A trace's file on the page: opened, it is a run that is over and can be looked at like any other, without its program; the
// shown run's is saved. Loaded when it is first wanted. A file that is cut, newer or no trace is told in the reader's own sentence.
import { sharedFold } from "../../../interpreter/trace/fold.ts"
import { readTrace, writeTrace } from "../../../interpreter/trace/format.ts"
import type { RunId, RunReport } from "../../../interpreter/worker/protocol.ts"
import { inputsOfDocument, stopRun } from "../../client/session.ts"
import { shownRun } from "../../store/runs.ts"
import { actions, app, runActions } from "../../store/store.ts"
import { formatTime, plural } from "../../ui/format.ts"
import { downloadBlob, fileNameOf } from "./files.ts"

const MOST_BYTES = 250_000_000
/** Runs of the worker count up from 1; those of files go the other way, so that no late news is taken for theirs. */
let opened = 0

export async function openTraceFile(file: File): Promise<void> {
  if (file.size > MOST_BYTES) {
    actions.toast(`"${file.name}" has ${Math.round(file.size / 1_000_000)} MB; traces of up to 250 can be opened.`)
    return
  }
  const read = readTrace(new Uint8Array(await file.arrayBuffer()))
  if (!read.ok) {
    actions.toast(`"${file.name}": ${read.sentence}`)
    return
  }
  const { trace } = read
  const { totals, lanes } = sharedFold(trace)
  stopRun()
  const { document } = app.getState()
  const id = --opened as RunId
  const report: RunReport = {
    outcome: totals.outcome ?? "stopped",
    message: totals.fault?.message || totals.outcomeMessage || (totals.outcome === null ? "the trace ends here" : ""),
    fault: null,
    deadlock: null,
    virtualUs: totals.virtualUs,
    steps: 0,
    schedule: "",
    value: null,
  }
  // Its program is not in it: nothing in the editor belongs to these events.
  const inputs = { ...inputsOfDocument(document), language: totals.language || document.language, entry: { path: "", text: "" }, files: {} }
  runActions.start(id, inputs, document.version)
  runActions.change(id, () => ({ trace, state: "running", nowUs: totals.virtualUs }))
  // All of it is shown before it is over: a run that was stopped ends where it was shown to.
  actions.revealAll()
  runActions.change(id, () => ({ state: "ended", report }))
  actions.revealAll()
  const took = totals.virtualUs > 0 ? `, ${formatTime(totals.virtualUs)}` : ""
  actions.toast(
    trace.length === 0
      ? `"${file.name}" is a trace in which nothing happened.`
      : `Trace "${file.name}": ${plural(lanes.length, "task")}, ${plural(trace.length, "event")}${took}.`,
  )
}

/** The shown run's trace as a file that this page and the command line open. */
export function saveTraceFile(): void {
  const state = app.getState()
  const run = shownRun(state.runs)
  if (run) downloadBlob(new Blob([writeTrace(run.trace)], { type: "application/octet-stream" }), fileNameOf(state.document, "trace"))
}
