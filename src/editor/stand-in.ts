// What stands where the editor will be while the first example runs: the code as index.html painted it, with a plain text
// field over it. It is read, selected, focused and typed into like the editor, which takes its place without a jump once it
// is wanted (open-editor.ts): text, selection, scroll position, focus and the keys that only the editor understands go over.
import type { ShownMarks } from "./line-marks.ts"
import { startedMark } from "./started-mark.ts"

export interface StandInReader {
  edited(text: string): void
  /** The mark of a line was pressed. */
  pickedLine(line: number): void
  /** The reader is about to read closely or to write. */
  wanted(): void
}

/** A key press that waits for the editor. */
export type HeldKey = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">

/** Where the reader is in the text. */
export interface ReaderPlace {
  readonly anchor: number
  readonly head: number
  readonly scrollTop: number
  readonly scrollLeft: number
  readonly focused: boolean
  /** Escape was pressed, so the next Tab leaves. */
  readonly tabLeaves: boolean
}

const FIRST_CODE = "first-code"
let painted: DocumentFragment | null = null

/** Takes the coloured code out of index.html, before React draws over it. True if it is that of `text`. */
export function takePainted(text: string): boolean {
  const code = document.getElementById(FIRST_CODE)
  if (code?.textContent?.trimEnd() !== text) return false
  painted = document.createDocumentFragment()
  painted.append(...[...code.childNodes].map((node) => node.cloneNode(true)))
  return true
}

const element = <Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] =>
  Object.assign(document.createElement(name), { className })

export class StandIn {
  readonly dom = element("div", "stand-in")
  /** Keys for the editor, in order. */
  readonly held: HeldKey[] = []
  private readonly numbers = element("div", "stand-in-numbers")
  private readonly lines = element("div", "stand-in-lines")
  private readonly code = element("pre", "")
  private readonly field = element("textarea", "")
  private readonly started = element("div", "stand-in-started")
  private composing = false
  private pressed = false
  private tabLeaves = false
  private whenAtRest: (() => void)[] = []
  private readonly onPointerUp = () => {
    this.pressed = false
    // The browser moves the selection after this event.
    setTimeout(() => this.rest())
  }

  constructor(
    parent: HTMLElement,
    text: string,
    label: string,
    private readonly reader: StandInReader,
  ) {
    const { field, dom } = this
    field.setAttribute("aria-label", label)
    field.spellcheck = false
    field.autocomplete = "off"
    field.setAttribute("autocapitalize", "off")
    field.setAttribute("autocorrect", "off")
    field.wrap = "off"
    this.numbers.setAttribute("aria-hidden", "true")
    this.code.setAttribute("aria-hidden", "true")
    // As the editor's gutters: the keyboard's way to the tasks of a line is a command.
    this.started.setAttribute("aria-hidden", "true")
    const middle = element("div", "stand-in-code")
    middle.append(this.lines, this.code, field)
    dom.append(this.numbers, middle, this.started)
    this.write(text, painted?.textContent?.trimEnd() === text ? (painted.cloneNode(true) as DocumentFragment) : null)
    // A field whose text is set has its cursor at the end.
    field.setSelectionRange(0, 0)
    this.listen()
    parent.append(dom)
  }

  private listen(): void {
    const { field, reader } = this
    field.addEventListener("input", () => {
      this.write(field.value, null)
      reader.edited(field.value)
      reader.wanted()
    })
    for (const sign of ["pointerenter", "pointerdown", "touchstart"]) this.dom.addEventListener(sign, reader.wanted, { passive: true })
    field.addEventListener("focus", reader.wanted)
    field.addEventListener("pointerdown", () => {
      this.pressed = true
    })
    addEventListener("pointerup", this.onPointerUp)
    addEventListener("pointercancel", this.onPointerUp)
    field.addEventListener("compositionstart", () => {
      this.composing = true
    })
    field.addEventListener("compositionend", () => {
      this.composing = false
      this.rest()
    })
    field.addEventListener("keydown", (event) => this.press(event))
  }

  /** Text keys work here as everywhere; what only the editor understands waits for it, and what follows waits behind. */
  private press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || /^(Shift|Control|Alt|Meta|Dead|Process|Unidentified)$/.test(event.key)) return
    if (event.key === "Tab" && this.tabLeaves && this.held.length === 0) return
    this.tabLeaves = event.key === "Escape"
    if (this.held.length === 0 && !forEditor(event)) return
    event.preventDefault()
    const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event
    this.held.push({ key, code, altKey, ctrlKey, metaKey, shiftKey })
    this.reader.wanted()
  }

  private write(text: string, coloured: DocumentFragment | null): void {
    if (this.field.value !== text) this.field.value = text
    // A line that ends the text must have its height too.
    if (coloured) this.code.replaceChildren(coloured)
    else this.code.textContent = `${text}\n`
    const count = text.split("\n").length
    for (const column of [this.numbers, this.lines, this.started]) {
      while (column.childElementCount > count) column.lastElementChild?.remove()
      while (column.childElementCount < count) {
        const line = document.createElement("div")
        if (column === this.numbers) line.textContent = String(column.childElementCount + 1)
        column.append(line)
      }
    }
  }

  get text(): string {
    return this.field.value
  }

  get place(): ReaderPlace {
    const { selectionStart, selectionEnd, selectionDirection } = this.field
    const backward = selectionDirection === "backward"
    return {
      anchor: backward ? selectionEnd : selectionStart,
      head: backward ? selectionStart : selectionEnd,
      scrollTop: this.dom.scrollTop,
      scrollLeft: this.dom.scrollLeft,
      focused: document.activeElement === this.field,
      tabLeaves: this.tabLeaves,
    }
  }

  /** Another text from outside. */
  replace(text: string): void {
    if (text !== this.field.value) this.write(text, null)
  }

  mark({ marks, picked, pointed, stepLine }: ShownMarks): void {
    for (let i = 0; i < this.lines.childElementCount; i++) {
      const line = i + 1
      const look = [
        stepLine === line && "cm-line-step",
        marks.faults.has(line) ? "cm-line-fault" : marks.here.has(line) && "cm-line-here",
        picked.has(line) ? "cm-line-picked" : pointed.has(line) && "cm-line-pointed",
      ]
      const names = look.filter(Boolean).join(" ")
      const row = this.lines.children[i]
      if (row && row.className !== names) row.className = names
      const cell = this.started.children[i]
      const entry = marks.started.get(line)
      const shown = entry ? `${entry.tasks.length} ${entry.active}` : ""
      if (!(cell instanceof HTMLElement) || (cell.dataset.shown ?? "") === shown) continue
      cell.dataset.shown = shown
      cell.replaceChildren(...(entry ? [startedMark(line, entry.tasks.length, entry.active, this.reader.pickedLine)] : []))
    }
  }

  focus(): void {
    this.field.focus({ preventScroll: true })
  }

  /** Resolved when nothing is under way that a change of elements would break: a composed character, a drag. */
  atRest(): Promise<void> {
    return new Promise((resolve) => {
      this.whenAtRest.push(resolve)
      this.rest()
    })
  }

  private rest(): void {
    if (this.composing || this.pressed) return
    for (const resolve of this.whenAtRest.splice(0)) resolve()
  }

  destroy(): void {
    removeEventListener("pointerup", this.onPointerUp)
    removeEventListener("pointercancel", this.onPointerUp)
    this.dom.remove()
  }
}

const TEXT_KEYS = /^(?:[acvxzy]|Arrow\w+|Home|End|Page\w+|Backspace|Delete|Insert|Enter)$/i

/** A plain text field would do something else with it, or nothing. */
function forEditor({ key, altKey, ctrlKey, metaKey }: HeldKey): boolean {
  if (key === "Tab" || /^F\d+$/.test(key) || (altKey && key === "Enter")) return true
  return (
    (ctrlKey || metaKey || altKey) && !(ctrlKey && altKey) && !TEXT_KEYS.test(key) && !(altKey && key.length === 1 && !ctrlKey && !metaKey)
  )
}
