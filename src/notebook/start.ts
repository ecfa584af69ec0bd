// What is watched once the page shows its first notebook. Loaded with it.
import { runNotebooksBy } from "../client/session.ts"
import { watchBreakpoints } from "./cell-breakpoints.ts"
import { watchCellMarks } from "./cell-marks.ts"
import { runAll, watchCells, watchUnfenced } from "./run.ts"
import { watchNotebooks } from "./state.ts"
import { watchChecks } from "./watch-checks.ts"

let started = false

export function start(): void {
  if (started) return
  started = true
  watchNotebooks()
  watchCells()
  watchUnfenced()
  watchChecks()
  watchCellMarks()
  watchBreakpoints()
  runNotebooksBy(runAll)
}
