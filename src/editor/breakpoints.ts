// Breakpoints in CodeMirror: a dot beside the line number, set and taken away by a press there or by a command, and kept at
// its line while the text changes. The lines are told outside after every change.
import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state"
import { EditorView, GutterMarker, gutter } from "@codemirror/view"

const toggle = StateEffect.define<number>()
/** Beginnings of all lines that have one from now on. */
const put = StateEffect.define<readonly number[]>()

class Dot extends GutterMarker {
  override toDOM(): HTMLElement {
    const dot = document.createElement("span")
    dot.className = "cm-breakpoint"
    dot.title = "A breakpoint: F9 runs on to here, Shift+F9 back to here"
    return dot
  }
}
const DOT = new Dot()

/** Beginnings of the lines that have a breakpoint. */
const dots = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let next = value.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (effect.is(put)) next = RangeSet.of(effect.value.map((from) => DOT.range(from)))
      if (!effect.is(toggle)) continue
      let was = false
      next.between(effect.value, effect.value, () => {
        was = true
      })
      next = was ? next.update({ filter: (from) => from !== effect.value }) : next.update({ add: [DOT.range(effect.value)] })
    }
    return next
  },
})

/** The gutter; `changed` is called with the 1-based lines that have a breakpoint. */
export function breakpoints(changed: (lines: readonly number[]) => void): Extension {
  return [
    dots,
    gutter({
      class: "cm-breakpoint-gutter",
      markers: (view) => view.state.field(dots),
      initialSpacer: () => DOT,
      domEventHandlers: {
        mousedown(view, block) {
          view.dispatch({ effects: toggle.of(block.from) })
          return true
        },
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.startState.field(dots) !== update.state.field(dots)) changed(linesOf(update.view))
    }),
    EditorView.baseTheme({
      ".cm-breakpoint-gutter": { width: "14px", cursor: "pointer" },
      ".cm-breakpoint": {
        display: "inline-block",
        width: "8px",
        height: "8px",
        margin: "0 3px",
        borderRadius: "50%",
        backgroundColor: "var(--error-text)",
      },
      ".cm-breakpoint-gutter .cm-gutterElement:hover:not(:has(.cm-breakpoint))": {
        background: "radial-gradient(circle at 7px 50%, var(--control) 3px, transparent 4px)",
      },
    }),
  ]
}

/** The effect that gives these 1-based lines a breakpoint each, and no others. */
export function breakpointsAt({ doc }: EditorState, lines: readonly number[]): StateEffect<unknown> {
  return put.of([...lines].filter((line) => line >= 1 && line <= doc.lines).map((line) => doc.line(line).from))
}

/** Sets or takes away the breakpoint of the cursor's line; says which for screen readers. */
export function toggleBreakpointAtCursor(view: EditorView): string {
  const line = view.state.doc.lineAt(view.state.selection.main.head)
  view.dispatch({ effects: toggle.of(line.from) })
  return linesOf(view).includes(line.number) ? `Breakpoint on line ${line.number}.` : `No breakpoint on line ${line.number} any more.`
}

function linesOf(view: EditorView): number[] {
  const lines = new Set<number>()
  const { doc } = view.state
  for (const cursor = view.state.field(dots).iter(); cursor.value; cursor.next())
    lines.add(doc.lineAt(Math.min(cursor.from, doc.length)).number)
  return [...lines].sort((a, b) => a - b)
}
