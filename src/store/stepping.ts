// Stepping through a run that is over, statement by statement, forwards and backwards. A step is a row of the run's step
// index (interpreter/session/inspection.ts), which the worker makes by running the program again; the variables of a step
// come the same way. Which step follows which is decided here, by pure functions over the index.
import type { Inspection, StepIndex } from "../../interpreter/session/step-index.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"

export interface Stepping {
  /** The run that is stepped through; null while nobody steps. */
  readonly run: RunId | null
  /** null while the worker makes it. */
  readonly index: StepIndex | null
  /** Row of the index, from 0: the statement that is about to run. */
  readonly row: number
  /** Of that row; null until the worker answered. */
  readonly inspection: Inspection | null
  /** Why there is nothing to step through; "" while all is well. */
  readonly problem: string
}

/** A line at which running through stops: of the entry file or another one of the run, 1-based. */
export interface Breakpoint {
  readonly file: string
  readonly line: number
}

export const NOT_STEPPING: Stepping = { run: null, index: null, row: 0, inspection: null, problem: "" }

export type Move = "over" | "into" | "out" | "back" | "backInto"

/** The worker was asked for the index of a run. */
export function steppingBegun(run: RunId): Stepping {
  return { ...NOT_STEPPING, run }
}

export function indexed(stepping: Stepping, run: RunId, index: StepIndex | null, row: number): Stepping {
  if (stepping.run !== run) return stepping
  if (!index || index.count === 0) return { ...stepping, index: null, problem: "This run has no statements to step through." }
  return { ...stepping, index, row, inspection: null, problem: "" }
}

export function steppedTo(stepping: Stepping, row: number): Stepping {
  if (!stepping.index || row === stepping.row) return stepping
  return { ...stepping, row, inspection: null }
}

/** The variables of a row; late ones, of a row that was left, are dropped. */
export function inspected(stepping: Stepping, row: number, inspection: Inspection | null): Stepping {
  return stepping.row === row ? { ...stepping, inspection } : stepping
}

/** The last row at or before a time, of a task if one is given; 0 if there is none. */
export function rowAt(index: StepIndex, atUs: number, task: number | null): number {
  let low = 0
  let high = index.count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((index.times[middle] ?? 0) <= atUs) low = middle + 1
    else high = middle
  }
  for (let row = low - 1; row >= 0; row--) if (task === null || index.tasks[row] === task) return row
  return 0
}

/** While somebody steps through the statements of a run, how many events had happened before the one that is next: the playhead
 * at `atUs` is then within an instant. null where everything of that instant has happened. */
export function eventsBefore({ run, index, row }: Stepping, shown: RunId, atUs: number): number | null {
  return run === shown && index && index.times[row] === atUs ? (index.events[row] ?? null) : null
}

/** The row of a moment that the reader went to by other ways than steps: the last statement that the task had begun by then, or
 * any task if that one had begun none. */
export function rowOf(index: StepIndex, atUs: number, task: number | null): number {
  const row = rowAt(index, atUs, task)
  return task === null || index.tasks[row] === task ? row : rowAt(index, atUs, null)
}

/** The last statement that a task had begun when stepping came to a row; that row if it had begun none. */
export function rowOfTask(index: StepIndex, row: number, task: number): number {
  const last = index.tasks.lastIndexOf(task, row)
  return last >= 0 ? last : row
}

/** Stepping goes along with the playhead: what was known of the row before stays until the new one is looked into. */
export function followedTo(stepping: Stepping, row: number): Stepping {
  return row === stepping.row ? stepping : { ...stepping, row }
}

/** Where a move leads; null where there is nothing further in that direction. "over" and "back" stay in the task and do not go into calls. */
export function moved(index: StepIndex, row: number, move: Move): number | null {
  const task = index.tasks[row]
  const depth = index.depths[row] ?? 0
  const direction = move === "back" || move === "backInto" ? -1 : 1
  const deepest = move === "into" || move === "backInto" ? Number.POSITIVE_INFINITY : move === "out" ? depth - 1 : depth
  for (let at = row + direction; at >= 0 && at < index.count; at += direction) {
    if (index.tasks[at] === task && (index.depths[at] ?? 0) <= deepest) return at
  }
  // The task has nothing further: any task's next statement.
  const any = row + direction
  return any >= 0 && any < index.count ? any : null
}

/** The next row in that direction whose site has a breakpoint; null if there is none. */
export function nextBreak(index: StepIndex, row: number, direction: 1 | -1, hasBreakpoint: (site: number) => boolean): number | null {
  const bySite = new Map<number, boolean>()
  for (let at = row + direction; at >= 0 && at < index.count; at += direction) {
    const site = index.sites[at] ?? -1
    let stops = bySite.get(site)
    if (stops === undefined) bySite.set(site, (stops = hasBreakpoint(site)))
    if (stops) return at
  }
  return null
}
