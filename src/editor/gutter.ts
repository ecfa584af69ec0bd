// Line marks in CodeMirror: the gutter on the right with the number of tasks a line started, and the colours of lines that
// tasks are on, that failed, that are picked. The marks come from outside as an effect.
import { type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, GutterMarker, gutter } from "@codemirror/view"
import { NO_MARKS, type ShownMarks } from "./line-marks.ts"
import { startedMark } from "./started-mark.ts"

const NONE: ShownMarks = { marks: NO_MARKS, picked: new Set(), pointed: new Set(), stepLine: 0 }

export const showMarks = StateEffect.define<ShownMarks>()

const marksField = StateField.define<ShownMarks>({
  create: () => NONE,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(showMarks)) return effect.value
    return value
  },
  provide: (field) => EditorView.decorations.from(field, (shown) => (view) => lineColours(view, shown)),
})

const here = Decoration.line({ class: "cm-line-here" })
const stepped = Decoration.line({ class: "cm-line-step" })
const fault = Decoration.line({ class: "cm-line-fault" })
const picked = Decoration.line({ class: "cm-line-picked" })
const pointed = Decoration.line({ class: "cm-line-pointed" })

function lineColours(view: EditorView, shown: ShownMarks): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const { doc } = view.state
  const lines = new Set([
    ...(shown.stepLine > 0 ? [shown.stepLine] : []),
    ...shown.marks.here,
    ...shown.marks.faults.keys(),
    ...shown.picked,
    ...shown.pointed,
  ])
  for (const line of [...lines].sort((a, b) => a - b)) {
    if (line > doc.lines) break
    const at = doc.line(line).from
    if (shown.stepLine === line) builder.add(at, at, stepped)
    if (shown.marks.faults.has(line)) builder.add(at, at, fault)
    else if (shown.marks.here.has(line)) builder.add(at, at, here)
    if (shown.picked.has(line)) builder.add(at, at, picked)
    else if (shown.pointed.has(line)) builder.add(at, at, pointed)
  }
  return builder.finish()
}

class StartedMarker extends GutterMarker {
  constructor(
    readonly line: number,
    readonly count: number,
    readonly active: number,
    readonly pick: (line: number) => void,
  ) {
    super()
  }

  override eq(other: StartedMarker): boolean {
    return this.line === other.line && this.count === other.count && this.active === other.active
  }

  override toDOM(): HTMLElement {
    return startedMark(this.line, this.count, this.active, this.pick)
  }
}

/** The gutter and the colours; `pick` is called with a line whose mark was pressed. */
export function markGutter(pick: (line: number) => void): Extension {
  return [
    marksField,
    gutter({
      class: "cm-started-gutter",
      side: "after",
      lineMarker(view, block) {
        const line = view.state.doc.lineAt(block.from).number
        const entry = view.state.field(marksField).marks.started.get(line)
        return entry ? new StartedMarker(line, entry.tasks.length, entry.active, pick) : null
      },
      lineMarkerChange: (update) => update.startState.field(marksField) !== update.state.field(marksField),
    }),
  ]
}
