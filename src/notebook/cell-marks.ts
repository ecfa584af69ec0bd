// Marks at the lines of cells, as at those of a program (src/editor/shown-marks.ts): what each line started, where tasks are,
// where stepping stands, what is picked. A cell that was edited since it ran shows none.

import { drawnLater, keyOf, marksOf, NOTHING_SHOWN, pickLine, shownMarks, sourceOf, stepLineOf } from "../editor/shown-marks.ts"
import { shownRun } from "../store/runs.ts"
import { type AppState, app } from "../store/store.ts"
import { type CellLines, cellLinesOf, marksInCell } from "./cell-lines.ts"
import { cellWithEditor, editorOf, editorsChanged, openEditors } from "./editors.ts"
import { type CellsProgram, notebooks } from "./state.ts"

const linesOf = new WeakMap<CellsProgram, readonly CellLines[]>()

function cellsIn(program: CellsProgram): readonly CellLines[] {
  let cells = linesOf.get(program)
  if (!cells) linesOf.set(program, (cells = cellLinesOf(program.composition, sourceIn(program))))
  return cells
}

/** The text of a program, counted once. */
export const sourceIn = (program: CellsProgram) => sourceOf(program, program.path, program.composition.text)

/** The programs of the run that is shown. */
function programsOf(state: AppState): readonly CellsProgram[] {
  const running = notebooks.getState().open?.running
  return running && shownRun(state.runs)?.id === running.run ? running.programs : []
}

/** The mark of a cell's line was pressed. */
export function pickCellLine(id: string, line: number): void {
  const state = app.getState()
  for (const program of programsOf(state)) {
    const cell = cellsIn(program).find((one) => one.id === id)
    if (!cell) continue
    const source = sourceIn(program)
    const placed = cell.first + line - 1
    pickLine(state, source.path, placed, marksOf(state, source).started.get(placed)?.tasks ?? [])
  }
}

/** Called once, when the page starts. */
export function watchCellMarks(): void {
  /** By editor, what it shows. */
  let drawn = new WeakMap<object, string>()
  const draw = () => {
    const state = app.getState()
    const shown = new Map<string, ReturnType<typeof marksInCell>>()
    for (const program of programsOf(state)) {
      const marks = shownMarks(state, sourceIn(program))
      for (const cell of cellsIn(program))
        if (editorOf(cell.id)?.view.state.doc.toString() === cell.code) shown.set(cell.id, marksInCell(marks, cell))
    }
    for (const [id, editor] of openEditors()) {
      const marks = shown.get(id) ?? NOTHING_SHOWN
      const look = keyOf(marks)
      if (look === (drawn.get(editor) ?? keyOf(NOTHING_SHOWN))) continue
      drawn.set(editor, look)
      editor.mark(marks)
    }
  }
  const later = drawnLater(draw)
  app.subscribe((state) => state.runs, later)
  app.subscribe((state) => state.playback, later)
  app.subscribe((state) => state.picked, later)
  app.subscribe((state) => state.stepping, later)
  notebooks.subscribe((state) => state.open?.notebook, later)
  notebooks.subscribe(
    (state) => state.open?.opened,
    () => {
      drawn = new WeakMap()
    },
  )
  editorsChanged(later)
  app.subscribe(stepPlace, (place) => place && showLine(place))
  app.subscribe(
    (state) => state.picked.selected,
    ({ kind }) => {
      if (kind === "task" || kind === "call" || kind === "event") showLine(pickedPlace(app.getState()))
    },
  )
}

/** `program:line` of where stepping stands; a text, so that equal places are one. */
function stepPlace(state: AppState): string {
  for (const [i, program] of programsOf(state).entries()) {
    const line = stepLineOf(state, sourceIn(program))
    if (line > 0) return `${i}:${line}`
  }
  return ""
}

function pickedPlace(state: AppState): string {
  for (const [i, program] of programsOf(state).entries()) {
    const [line] = shownMarks(state, sourceIn(program)).picked
    if (line !== undefined) return `${i}:${line}`
  }
  return ""
}

/** Scrolls a line of a program into view, in its cell. */
function showLine(place: string): void {
  const [of = -1, line = 0] = place.split(":").map(Number)
  const program = programsOf(app.getState())[of]
  const cell = program && cellsIn(program).find(({ first, last }) => line >= first && line <= last)
  if (cell) cellWithEditor(cell.id, (editor) => editor.reveal(line - cell.first + 1))
}
