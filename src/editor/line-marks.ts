// What the lines of a program have to do with a run, at a moment of it: which tasks each line started and which of them are
// alive, which lines tasks are on, where it failed. Pure, from the folded trace; the editor's gutter shows it.
import type { SourceFile } from "../../interpreter/source/text.ts"
import type { TraceFold } from "../../interpreter/trace/fold.ts"

export interface LineMarks {
  /** By 1-based line: tasks and calls that the line started, oldest first, and how many of them go on at the playhead. */
  readonly started: ReadonlyMap<number, { readonly tasks: readonly number[]; readonly active: number }>
  /** Lines that a task is on at the playhead, running or waiting. */
  readonly here: ReadonlySet<number>
  /** Lines at which the run failed, with the message. */
  readonly faults: ReadonlyMap<number, string>
}

/** The marks, and what the reader's choices add to them. */
export interface ShownMarks {
  readonly marks: LineMarks
  readonly picked: ReadonlySet<number>
  readonly pointed: ReadonlySet<number>
  /** The line of the statement that stepping stands at; 0 for none. */
  readonly stepLine: number
}

export const NO_MARKS: LineMarks = { started: new Map(), here: new Set(), faults: new Map() }

/** Tasks that are looked at for `here`; a run of more tasks shows their lines by what they started only. */
const MOST_TASKS_LOCATED = 2000

/**
 * The marks of one file at the playhead `atUs`, after the event at `atStep`. Nothing after `revealedUs` has happened for the reader.
 */
export function lineMarks(
  fold: TraceFold,
  file: SourceFile,
  atUs: number,
  revealedUs: number,
  atStep = fold.eventsAtUs(atUs) - 1,
): LineMarks {
  const { sites } = fold.trace
  const lineOf = (site: number): number => {
    const range = sites[site]
    return range && range.file === file.path ? file.lineAt(range.from) : 0
  }
  const started = new Map<number, { tasks: number[]; active: number }>()
  const here = new Set<number>()
  const add = (line: number, task: number, active: boolean) => {
    let entry = started.get(line)
    if (!entry) started.set(line, (entry = { tasks: [], active: 0 }))
    if (entry.tasks[entry.tasks.length - 1] !== task) entry.tasks.push(task)
    if (active) entry.active++
  }
  const goesOn = (fromStep: number, toStep: number) => fromStep <= atStep && (toStep < 0 || toStep > atStep)
  for (const lane of fold.lanes) {
    if (lane.spawnUs > revealedUs) break
    const line = lane.parent >= 0 ? lineOf(lane.site) : 0
    if (line > 0) add(line, lane.task, goesOn(lane.spawnStep, lane.endStep))
    if (lane.task < MOST_TASKS_LOCATED && goesOn(lane.spawnStep, lane.endStep)) {
      const row = lane.states.rowAtStep(atStep)
      const at = lane.states.states[row] === "ready" ? 0 : lineOf(lane.states.sites[row] ?? -1)
      if (at > 0) here.add(at)
    }
  }
  for (const call of fold.spans.calls.values()) {
    if (call.queuedUs > revealedUs) break
    const line = lineOf(call.site)
    const lane = fold.lanes[call.task]
    // A call that a task was started for is the task's; others are the line's own.
    if (line > 0 && line !== lineOf(lane?.parent === -1 ? -1 : (lane?.site ?? -1)))
      add(line, call.task, goesOn(call.queuedStep, call.endStep))
  }
  const faults = new Map<number, string>()
  for (const fault of fold.totals.faults) {
    if (fault.atUs > revealedUs) break
    const line = lineOf(fault.site)
    if (line > 0) faults.set(line, fault.message)
  }
  return { started, here, faults }
}
