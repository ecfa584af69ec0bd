// The editor of the open document, bound to the store: text out, marks, problems and selection in. What stands in its place
// at which moment is open-editor.ts's affair.
import { useLayoutEffect, useRef } from "react"
import type { SourceFile } from "../../interpreter/source/text.ts"
import { isNotebook } from "../store/document.ts"
import { shownRun } from "../store/runs.ts"
import { type AppState, actions, app } from "../store/store.ts"
import type { ShownMarks } from "./line-marks.ts"
import { currentEditor, EditorPlace, withEditor } from "./open-editor.ts"
import { drawnLater, keyOf, linesOf, marksOf, NOTHING_SHOWN, pickLine, shownMarks, sourceOf, stepLineOf } from "./shown-marks.ts"

/** The entry of the shown run, if its text is the one in the editor: only then its lines are the editor's. */
function shownEntry(state: AppState): SourceFile | null {
  const entry = shownRun(state.runs)?.inputs.entry
  return entry && entry.text === state.document.text ? sourceOf(entry, entry.path, entry.text) : null
}

/** Without a run of this text there is still the line that was picked. */
function shown(state: AppState): ShownMarks {
  const source = shownEntry(state)
  if (source) return shownMarks(state, source)
  const entry = shownRun(state.runs)?.inputs.entry ?? state.document
  const before = sourceOf(entry, entry.path, entry.text)
  return {
    ...NOTHING_SHOWN,
    picked: linesOf(state.picked.selected, state, before),
    pointed: linesOf(state.picked.pointed, state, before),
  }
}

function stepLine(state: AppState): number {
  const source = shownEntry(state)
  return source ? stepLineOf(state, source) : 0
}

function pick(line: number): void {
  const state = app.getState()
  const source = shownEntry(state)
  const tasks = (source && marksOf(state, source).started.get(line)?.tasks) ?? []
  pickLine(state, state.document.path, line, tasks)
}

/** Picks the tasks that the cursor's line started: what pressing its mark does, for the keyboard. */
export function pickCursorLine(): void {
  withEditor((editor) => editor.pickCursorLine())
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
      pickedLine: pick,
      brokeAt: (lines) => {
        const file = app.getState().document.path
        actions.setBreakpoints(lines.map((line) => ({ file, line })))
      },
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

    let drawn = ""
    const later = drawnLater(() => {
      const marks = shown(app.getState())
      const look = keyOf(marks)
      if (look === drawn) return
      drawn = look
      place.mark(marks)
    })
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
      app.subscribe(stepLine, (line) => line > 0 && withEditor((editor) => editor.reveal(line))),
      app.subscribe(
        (now) => now.picked.selected,
        (selected) => {
          if (selected.kind === "line" || selected.kind === "none" || selected.kind === "span") return
          const [line] = shown(app.getState()).picked
          if (line !== undefined) withEditor((editor) => editor.reveal(line))
        },
      ),
      app.subscribe((now) => now.problems, showProblems),
      app.subscribe((now) => now.settings.vimKeys, setVim),
    ]
    return () => {
      for (const stop of leave) stop()
      place.destroy()
      actions.setBreakpoints([])
    }
  }, [])

  return <div ref={host} className="h-full min-h-0 [&>.cm-editor]:h-full" />
}
