// What a text's lines show of a run at a moment: the marks of the run, where stepping stands, what is picked and pointed at. One
// mechanism for the program's editor and for the cells of a notebook (src/notebook/cell-marks.ts).
import { SourceFile } from "../../interpreter/source/text.ts"
import { sharedFold } from "../../interpreter/trace/fold.ts"
import { type RunRecord, shownRun } from "../store/runs.ts"
import { type Selection, tasksOf } from "../store/selection.ts"
import { eventsBefore } from "../store/stepping.ts"
import { type AppState, actions } from "../store/store.ts"
import { type LineMarks, lineMarks, NO_MARKS, type ShownMarks } from "./line-marks.ts"

export const NOTHING_SHOWN: ShownMarks = { marks: NO_MARKS, picked: new Set(), pointed: new Set(), stepLine: 0 }

const sources = new WeakMap<object, SourceFile>()

/** The lines of a text, counted once for each object that holds it. */
export function sourceOf(holder: object, path: string, text: string): SourceFile {
  let source = sources.get(holder)
  if (!source) sources.set(holder, (source = new SourceFile(path, text)))
  return source
}

/** Lines of a source that a selection concerns: those of its tasks' spawns, of a call, or the line itself. */
export function linesOf(selection: Selection, state: AppState, source: SourceFile): ReadonlySet<number> {
  const run = shownRun(state.runs)
  const lines = new Set<number>()
  if (selection.kind === "line") {
    if (selection.file === source.path) lines.add(selection.line)
  } else if (run) {
    const fold = sharedFold(run.trace)
    const add = (site: number) => {
      const line = lineOf(run, site, source)
      if (line > 0) lines.add(line)
    }
    if (selection.kind === "call") add(fold.spans.calls.get(selection.call)?.site ?? -1)
    else for (const task of tasksOf(selection)) add(fold.lanes[task]?.site ?? -1)
  }
  return lines
}

function lineOf(run: RunRecord, site: number, source: SourceFile): number {
  const range = run.trace.sites[site]
  return range?.file === source.path ? source.lineAt(range.from) : 0
}

/** The marks of the shown run, of which `source` is a text. */
export function marksOf(state: AppState, source: SourceFile): LineMarks {
  const run = shownRun(state.runs)
  if (!run) return NO_MARKS
  const { atUs, revealedUs } = state.playback
  const before = eventsBefore(state.stepping, run.id, atUs)
  return lineMarks(sharedFold(run.trace), source, atUs, revealedUs, before === null ? undefined : before - 1)
}

/** The line of the statement that stepping stands at; 0 for none and for another text's. */
export function stepLineOf(state: AppState, source: SourceFile): number {
  const run = shownRun(state.runs)
  const { stepping } = state
  if (!run || stepping.run !== run.id || !stepping.index) return 0
  return lineOf(run, stepping.index.sites[stepping.row] ?? -1, source)
}

/** All that the lines of a text of the shown run show. */
export function shownMarks(state: AppState, source: SourceFile): ShownMarks {
  return {
    marks: marksOf(state, source),
    stepLine: stepLineOf(state, source),
    picked: linesOf(state.picked.selected, state, source),
    pointed: linesOf(state.picked.pointed, state, source),
  }
}

/** What of the marks can be seen, as text: equal texts need no drawing. */
export function keyOf({ marks, picked, pointed, stepLine }: ShownMarks): string {
  const started = [...marks.started].map(([line, { tasks, active }]) => `${line}:${tasks.length}:${active}`)
  return [[stepLine], started, [...marks.here], [...marks.faults.keys()], [...picked], [...pointed]].map((part) => part.join(" ")).join("|")
}

/** The tasks that a line started are picked together with it; pressing the same mark again lets go. */
export function pickLine(state: AppState, path: string, line: number, tasks: readonly number[]): void {
  const { selected } = state.picked
  const again = selected.kind === "line" && selected.file === path && selected.line === line
  actions.select(again ? { kind: "none" } : { kind: "line", file: path, line, tasks })
}

/**
 * Draws in a task of its own, besides what the next frame has to do, once for all that calls for it until then. Drawing that
 * takes long rests long.
 */
export function drawnLater(draw: () => void): () => void {
  let wanted = false
  let restsUntilMs = 0
  const drawNow = () => {
    wanted = false
    const startMs = performance.now()
    draw()
    // The marks of ten thousand tasks are counted some times a second, not in every frame.
    const endMs = performance.now()
    restsUntilMs = endMs - startMs > 2 ? endMs + (endMs - startMs) * 12 : 0
  }
  return () => {
    if (wanted) return
    wanted = true
    setTimeout(drawNow, Math.max(0, restsUntilMs - performance.now()))
  }
}
