// The runs the page holds: the current one and the last good one, which stays visible, dimmed, while the current text does
// not run. The trace itself is bulk data and only grows: a record points at it and its `version` says that it grew, so
// that readers re-read. Pure transitions; `src/client` calls them with messages that it has checked.
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import type { RunId, RunReport } from "../../interpreter/worker/protocol.ts"

export type RunState = "starting" | "running" | "stopping" | "ended"

export interface RunRecord {
  readonly id: RunId
  readonly inputs: RunInputs
  /** Version of the document whose text ran. */
  readonly documentVersion: number
  readonly state: RunState
  /** Grows in place; `version` changes with it. Its sites are ranges of the text in `inputs`. */
  readonly trace: Trace
  /** Raised whenever anything of this run changed. */
  readonly version: number
  /** How far the worker's clock is, in microseconds; the page shows up to `playback.revealedUs`. */
  readonly nowUs: number
  /** What the run waits for outside; "time" is the page's pacing. */
  readonly waitingFor: "time" | "input" | "calls" | null
  readonly diagnostics: readonly Diagnostic[]
  readonly report: RunReport | null
  /** Our own bug or a sandbox that had to be replaced; "" while all is well. */
  readonly crash: string
}

export type SandboxState = "loading" | "ready" | "lost"

export interface Runs {
  readonly current: RunRecord | null
  /** The last run whose text was accepted, while `current` is null or was rejected before it ran. */
  readonly lastGood: RunRecord | null
  readonly sandbox: SandboxState
}

export const NO_RUNS: Runs = { current: null, lastGood: null, sandbox: "loading" }

/** A run that can be looked at: something of it happened. */
export function hasHappened(run: RunRecord): boolean {
  return run.trace.length > 0
}

/** The run that the timeline, the output and the line marks show; null before the first. */
export function shownRun(runs: Runs): RunRecord | null {
  const { current, lastGood } = runs
  if (current && (hasHappened(current) || !lastGood || current.state !== "ended"))
    return hasHappened(current) ? current : (lastGood ?? current)
  return lastGood ?? current
}

/** The shown run belongs to a text that is no longer the one in the editor. */
export function isStale(runs: Runs, documentVersion: number): boolean {
  const run = shownRun(runs)
  return run !== null && run.documentVersion !== documentVersion
}

export function runStarted(runs: Runs, id: RunId, inputs: RunInputs, documentVersion: number): Runs {
  const current: RunRecord = {
    id,
    inputs,
    documentVersion,
    state: "starting",
    trace: new Trace(),
    version: 0,
    nowUs: 0,
    waitingFor: null,
    diagnostics: [],
    report: null,
    crash: "",
  }
  return { ...runs, current, lastGood: runs.current && hasHappened(runs.current) ? runs.current : runs.lastGood }
}

/** Applies a change to the current run if it is still the one meant; late news of another run changes nothing. */
export function runChanged(runs: Runs, id: RunId, change: (run: RunRecord) => Partial<RunRecord>): Runs {
  const run = runs.current
  if (!run || run.id !== id) return runs
  return { ...runs, current: { ...run, ...change(run), version: run.version + 1 } }
}

export function runsCleared(runs: Runs): Runs {
  return { ...runs, current: null, lastGood: null }
}
