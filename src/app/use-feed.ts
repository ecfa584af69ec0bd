// The shown run as components read it: its fold, brought up to date, and the moment of the playhead.
import { sharedFold, type TraceFold } from "../../interpreter/trace/fold.ts"
import { isStale, type RunRecord, shownRun } from "../store/runs.ts"
import { useApp } from "../store/store.ts"

export interface Moment {
  readonly run: RunRecord
  readonly fold: TraceFold
  readonly atUs: number
  readonly revealedUs: number
  /** The text in the editor is another one by now. */
  readonly stale: boolean
}

/** The shown run at the playhead; null before the first run. Renders again with every move of the playhead. */
export function useMoment(): Moment | null {
  const run = useApp((state) => shownRun(state.runs))
  const atUs = useApp((state) => state.playback.atUs)
  const revealedUs = useApp((state) => state.playback.revealedUs)
  const stale = useApp((state) => isStale(state.runs, state.document.version))
  // A run that was kept from before has no playback of its own any more: it is shown whole.
  const kept = useApp((state) => shownRun(state.runs) !== state.runs.current)
  if (!run) return null
  const endUs = run.report?.virtualUs ?? run.nowUs
  return { run, fold: sharedFold(run.trace), atUs: kept ? endUs : atUs, revealedUs: kept ? endUs : revealedUs, stale }
}
