// The editor of the open document, bound to the store: text out, marks, problems and selection in. What stands in its place
// at which moment is open-editor.ts's affair.
import { useLayoutEffect, useRef } from "react"
import { SourceFile } from "../../interpreter/source/text.ts"
import { sharedFold } from "../../interpreter/trace/fold.ts"
import { isNotebook } from "../store/document.ts"
import { shownRun } from "../store/runs.ts"
import { type Selection, tasksOf } from "../store/selection.ts"
import { type AppState, actions, app } from "../store/store.ts"
import { type LineMarks, lineMarks, NO_MARKS, type ShownMarks } from "./line-marks.ts"
import { currentEditor, EditorPlace, withEditor } from "./open-editor.ts"

const sources = new WeakMap<object, SourceFile>()

function sourceOf(entry: { readonly path: string; readonly text: string }): SourceFile {
  let source = sources.get(entry)
  if (!source) sources.set(entry, (source = new SourceFile(entry.path, entry.text)))
  return source
}

/** Lines of the entry file that a selection concerns: those of its tasks' spawns, of a call, or the line itself. */
function linesOf(selection: Selection, state: AppState): ReadonlySet<number> {
  const run = shownRun(state.runs)
  const lines = new Set<number>()
  if (selection.kind === "line") lines.add(selection.line)
  else if (run) {
    const fold = sharedFold(run.trace)
    const source = sourceOf(run.inputs.entry)
    const add = (site: number) => {
      const range = run.trace.sites[site]
      if (range?.file === source.path) lines.add(source.lineAt(range.from))
    }
    if (selection.kind === "call") add(fold.spans.calls.get(selection.call)?.site ?? -1)
    else for (const task of tasksOf(selection)) add(fold.lanes[task]?.site ?? -1)
  }
  return lines
}

/** The marks of the shown run, if its text is the one in the editor. */
function marksOf(state: AppState): LineMarks {
  const run = shownRun(state.runs)
  if (!run || run.inputs.entry.text !== state.document.text) return NO_MARKS
  return lineMarks(sharedFold(run.trace), sourceOf(run.inputs.entry), state.playback.atUs, state.playback.revealedUs)
}

/** The line of the statement that stepping stands at; 0 for none. */
function stepLineOf(state: AppState): number {
  const run = shownRun(state.runs)
  const { stepping } = state
  if (!run || stepping.run !== run.id || !stepping.index || run.inputs.entry.text !== state.document.text) return 0
  const range = run.trace.sites[stepping.index.sites[stepping.row] ?? -1]
  return range && range.file === run.inputs.entry.path ? sourceOf(run.inputs.entry).lineAt(range.from) : 0
}

const shownMarks = (state: AppState): ShownMarks => ({
  marks: marksOf(state),
  stepLine: stepLineOf(state),
  picked: linesOf(state.picked.selected, state),
  pointed: linesOf(state.picked.pointed, state),
})

/** What of the marks can be seen, as text: equal texts need no drawing. */
function keyOf({ marks, picked, pointed, stepLine }: ShownMarks): string {
  const started = [...marks.started].map(([line, { tasks, active }]) => `${line}:${tasks.length}:${active}`)
  return [[stepLine], started, [...marks.here], [...marks.faults.keys()], [...picked], [...pointed]].map((part) => part.join(" ")).join("|")
}

/** The tasks that a line started are picked together with it; pressing the same mark again lets go. */
function pickLine(line: number): void {
  const state = app.getState()
  const { selected } = state.picked
  if (selected.kind === "line" && selected.line === line) {
    actions.select({ kind: "none" })
    return
  }
  const tasks = marksOf(state).started.get(line)?.tasks ?? []
  actions.select({ kind: "line", file: state.document.path, line, tasks })
}

/** Picks the tasks that the cursor's line started: what pressing its mark does, for the keyboard. */
export function pickCursorLine(): void {
  withEditor(({ view: { state } }) => pickLine(state.doc.lineAt(state.selection.main.head).number))
}

/** `onWrite`: what vim's `:w` does. */
export function Editor({ onWrite: write }: { readonly onWrite: () => void }) {
  const host = useRef<HTMLDivElement>(null)
  const onWrite = useRef(write)
  onWrite.current = write

  useLayoutEffect(() => {
    if (!host.current) return
    const showProblems = () => {
      const { document, problems } = app.getState()
      if (problems.documentVersion === document.version) currentEditor()?.show(document.path, document.text, problems.diagnostics)
    }
    const place = new EditorPlace(host.current, "Program", {
      edited: actions.editText,
      pickedLine: pickLine,
      brokeAt: actions.setBreakpoints,
      say: (text) => actions.toast(text),
      path: () => app.getState().document.path,
      files: () => app.getState().document.files,
      document: () => app.getState().document,
      arrived: () => {
        showProblems()
        setVim()
      },
    })
    const setVim = () => void currentEditor()?.setVim(app.getState().settings.vimKeys, () => onWrite.current())
    setVim()

    let wanted = false
    let drawn = ""
    let restsUntilMs = 0
    const drawMarks = () => {
      const startMs = performance.now()
      redrawMarks()
      // The marks of ten thousand tasks are counted some times a second, not in every frame.
      const endMs = performance.now()
      restsUntilMs = endMs - startMs > 2 ? endMs + (endMs - startMs) * 12 : 0
    }
    const redrawMarks = () => {
      wanted = false
      const shown = shownMarks(app.getState())
      const look = keyOf(shown)
      if (look === drawn) return
      drawn = look
      place.mark(shown)
    }
    const later = () => {
      if (wanted) return
      wanted = true
      const restMs = restsUntilMs - performance.now()
      // Marks that are dear get a task of their own, besides the frame's.
      if (restsUntilMs > 0) setTimeout(drawMarks, Math.max(0, restMs))
      else requestAnimationFrame(drawMarks)
    }
    const leave = [
      app.subscribe(
        (now) => now.document.replaced,
        () => {
          const { document } = app.getState()
          // A notebook takes the place of this editor: its Markdown is no program, and may have megabytes.
          if (isNotebook(document.path)) return
          place.replace(document.text, !document.edited)
        },
      ),
      app.subscribe((now) => now.document.text, later),
      app.subscribe((now) => now.runs, later),
      app.subscribe((now) => now.playback, later),
      app.subscribe((now) => now.picked, later),
      app.subscribe((now) => now.stepping, later),
      app.subscribe(stepLineOf, (line) => line > 0 && withEditor((editor) => editor.reveal(line))),
      app.subscribe(
        (now) => now.picked.selected,
        (selected) => {
          if (selected.kind === "line" || selected.kind === "none" || selected.kind === "span") return
          const [line] = linesOf(selected, app.getState())
          if (line !== undefined) withEditor((editor) => editor.reveal(line))
        },
      ),
      app.subscribe((now) => now.problems, showProblems),
      app.subscribe((now) => now.settings.vimKeys, setVim),
    ]
    return () => {
      for (const stop of leave) stop()
      place.destroy()
    }
  }, [])

  return <div ref={host} className="h-full min-h-0 [&>.cm-editor]:h-full" />
}
