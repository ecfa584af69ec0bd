// A chip under a line that offers a change to try. Pressing it makes the change; any other change of the text takes it away.
import { type Extension, StateEffect, StateField } from "@codemirror/state"
import { Decoration, EditorView, WidgetType } from "@codemirror/view"

export interface Suggestion {
  /** 1-based. */
  readonly line: number
  readonly label: string
  readonly apply: () => void
}

export const suggest = StateEffect.define<Suggestion | null>()

class Chip extends WidgetType {
  constructor(readonly suggestion: Suggestion) {
    super()
  }

  override eq(other: Chip): boolean {
    return other.suggestion === this.suggestion
  }

  override toDOM(): HTMLElement {
    const row = document.createElement("div")
    row.className = "cm-suggestion"
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = this.suggestion.label
    button.onclick = this.suggestion.apply
    row.append(button)
    return row
  }

  override ignoreEvent(): boolean {
    return true
  }
}

export const suggestions: Extension = StateField.define<Suggestion | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(suggest)) return effect.value
    return transaction.docChanged ? null : value
  },
  provide: (field) =>
    EditorView.decorations.compute([field], (state) => {
      const suggestion = state.field(field)
      if (!suggestion || suggestion.line > state.doc.lines) return Decoration.none
      const at = state.doc.line(suggestion.line).to
      return Decoration.set(Decoration.widget({ widget: new Chip(suggestion), block: true, side: 1 }).range(at))
    }),
})
