// Steps through the shown run: asks the worker for its step index and for the state at a step, moves the playhead along,
// and keeps the answers in the store. Commands call `step` and `runTo`; nobody else does.
import { SourceFile } from "../../interpreter/source/text.ts"
import { type RunRecord, shownRun } from "../store/runs.ts"
import { indexed, inspected, type Move, moved, nextBreak, rowAt, steppedTo, steppingBegun } from "../store/stepping.ts"
import { actions, app, stepActions } from "../store/store.ts"
import { indexSteps, inspectStep } from "./session.ts"

/** A step in the shown run, beginning at the playhead if nobody steps yet. Runs that go on are paused first. */
export async function step(move: Move): Promise<void> {
  await stepBy(({ index, row }) => moved(index, row, move))
}

/** On (or back) to the next line with a breakpoint; to the end (or the beginning) if there is none. */
export async function runTo(direction: 1 | -1): Promise<void> {
  const { breakpoints } = app.getState()
  await stepBy(({ index, row, lineOf }) => nextBreak(index, row, direction, lineOf, breakpoints) ?? (direction > 0 ? index.count - 1 : 0))
}

interface Standing {
  readonly index: NonNullable<ReturnType<typeof readIndex>>
  readonly row: number
  readonly lineOf: (site: number) => number
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
  const source = new SourceFile(run.inputs.entry.path, run.inputs.entry.text)
  const lineOf = (site: number) => {
    const range = run.trace.sites[site]
    return range?.file === source.path ? source.lineAt(range.from) : 0
  }
  // The first press shows where the playhead stands; from there on presses move.
  const to = isFirst ? row : next({ index, row, lineOf })
  if (to === null) {
    actions.announce("There is no further statement in that direction.")
    return
  }
  await go(run, to)
}

/** Asks for the index of the run's steps; false where it has none. */
async function begin(run: RunRecord): Promise<boolean> {
  if ((run.inputs.beside?.length ?? 0) > 0) {
    actions.toast("Steps follow one program, and this run has several beside each other. Run the cells of one language alone.")
    return false
  }
  if (app.getState().playback.playing) actions.togglePlay()
  stepActions.change(() => steppingBegun(run.id))
  const index = await indexSteps(run.inputs)
  const { playback, picked } = app.getState()
  const selected = picked.selected
  const task = selected.kind === "task" || selected.kind === "call" ? selected.task : null
  // At the end of the run stepping begins with its first statement: there is nothing behind the last one to go to.
  const atEnd = playback.ended && playback.atUs >= playback.endUs
  stepActions.change((stepping) => indexed(stepping, run.id, index, index && !atEnd ? rowAt(index, playback.atUs, task) : 0))
  return app.getState().stepping.index !== null
}

async function go(run: RunRecord, row: number): Promise<void> {
  stepActions.change((stepping) => steppedTo(stepping, row))
  const index = readIndex()
  if (!index) return
  actions.scrub(index.times[row] ?? 0)
  const answer = await inspectStep(run.inputs, row + 1)
  if (app.getState().stepping.run === run.id) stepActions.change((stepping) => inspected(stepping, row, answer))
}
