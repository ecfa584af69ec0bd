// Steps through the shown run: asks the worker for its step index and for the state at a step, moves the playhead along,
// and keeps the answers in the store. Commands call `step` and `runTo`; nobody else does.
import { SourceFile } from "../../interpreter/source/text.ts"
import { type RunRecord, shownRun } from "../store/runs.ts"
import type { Selection } from "../store/selection.ts"
import {
  followedTo,
  indexed,
  inspected,
  type Move,
  moved,
  nextBreak,
  rowAt,
  rowOf,
  rowOfTask,
  steppedTo,
  steppingBegun,
} from "../store/stepping.ts"
import { actions, app, stepActions } from "../store/store.ts"
import { indexSteps, inspectStep } from "./session.ts"

/** A step in the shown run, beginning at the playhead if nobody steps yet. Runs that go on are paused first. */
export async function step(move: Move): Promise<void> {
  await stepBy(({ index, row }) => moved(index, row, move))
}

/** On (or back) to the next line with a breakpoint; to the end (or the beginning) if there is none. */
export async function runTo(direction: 1 | -1): Promise<void> {
  await stepBy(({ index, row, hasBreakpoint }) => nextBreak(index, row, direction, hasBreakpoint) ?? (direction > 0 ? index.count - 1 : 0))
}

interface Standing {
  readonly index: NonNullable<ReturnType<typeof readIndex>>
  readonly row: number
  readonly hasBreakpoint: (site: number) => boolean
}

const readIndex = () => app.getState().stepping.index

async function stepBy(next: (standing: Standing) => number | null): Promise<void> {
  const run = shownRun(app.getState().runs)
  if (!run) return
  const isFirst = app.getState().stepping.run !== run.id
  if (isFirst && !(await begin(run))) return
  const index = readIndex()
  if (!index) return
  const { row } = app.getState().stepping
  // The first press shows where the playhead stands; from there on presses move.
  const to = isFirst ? row : next({ index, row, hasBreakpoint: breakpointsOf(run) })
  if (to === null) {
    actions.announce("There is no further statement in that direction.")
    return
  }
  await go(run, to)
}

/** Whether a site of the run is on a line that has a breakpoint, in whichever of its files. */
function breakpointsOf(run: RunRecord): (site: number) => boolean {
  const { breakpoints } = app.getState()
  const wanted = new Set(breakpoints.map(({ file, line }) => `${line} ${file}`))
  const broken = new Set(breakpoints.map(({ file }) => file))
  const sources = new Map<string, SourceFile>()
  for (const { entry, files } of [run.inputs, ...(run.inputs.beside ?? [])])
    for (const [path, text] of [...Object.entries(files), [entry.path, entry.text] as const])
      if (broken.has(path)) sources.set(path, new SourceFile(path, text))
  return (site) => {
    const range = run.trace.sites[site]
    const source = range && sources.get(range.file)
    return range !== undefined && source !== undefined && wanted.has(`${source.lineAt(range.from)} ${range.file}`)
  }
}

/** Asks for the index of the run's steps; false where it has none. */
async function begin(run: RunRecord): Promise<boolean> {
  if (app.getState().playback.playing) actions.togglePlay()
  stepActions.change(() => steppingBegun(run.id))
  const index = await indexSteps(run.inputs)
  const { playback, picked } = app.getState()
  const task = taskOf(picked.selected)
  // At the beginning of the run stepping begins with its first statement, though others happen at the same instant; at its end
  // too: there is nothing behind the last one to go to.
  const within = playback.atUs > 0 && !(playback.ended && playback.atUs >= playback.endUs)
  stepActions.change((stepping) => indexed(stepping, run.id, index, index && within ? rowAt(index, playback.atUs, task) : 0))
  if (app.getState().stepping.index === null) return false
  follow(run)
  return true
}

const taskOf = (selected: Selection): number | null => ("task" in selected ? selected.task : null)

let unfollow = () => {}

/** Until somebody leaves the steps of the run: where the playhead goes by other ways, and to the task that is picked, the
 * statement and its variables go along. */
function follow(run: RunRecord): void {
  unfollow()
  let asked = false
  const ask = async () => {
    if (asked) return
    asked = true
    const { row } = app.getState().stepping
    const answer = await inspectStep(run.inputs, row + 1)
    asked = false
    const { stepping } = app.getState()
    if (stepping.run !== run.id) return
    stepActions.change(() => inspected(stepping, row, answer))
    if (stepping.row !== row) void ask()
  }
  unfollow = app.subscribe(({ stepping, playback, picked }, before) => {
    const { index, row } = stepping
    if (stepping.run !== run.id) unfollow()
    else if (index) {
      const { atUs } = playback
      const task = taskOf(picked.selected)
      const within = atUs === index.times[row]
      const went = atUs !== before.playback.atUs && !within
      const pickedAnother = picked.selected !== before.picked.selected && task !== null
      if (!went && !pickedAnother) return
      const to = within && task !== null ? rowOfTask(index, row, task) : rowOf(index, atUs, task ?? index.tasks[row] ?? null)
      if (to === row) return
      stepActions.change((now) => followedTo(now, to))
      void ask()
    }
  })
}

async function go(run: RunRecord, row: number): Promise<void> {
  stepActions.change((stepping) => steppedTo(stepping, row))
  const index = readIndex()
  if (!index) return
  actions.scrub(index.times[row] ?? 0)
  const answer = await inspectStep(run.inputs, row + 1)
  if (app.getState().stepping.run === run.id) stepActions.change((stepping) => inspected(stepping, row, answer))
}
