// The place of the open document's editor: a stand-in while the first example runs, CodeMirror from the moment it is wanted.
// Commands reach the editor through here and need not know which of the two is there; what only CodeMirror can do waits for it.
import type { LanguageColours } from "../../interpreter/languages/editing.ts"
import { languageEntry } from "../../interpreter/languages/index.ts"
import { actions } from "../store/store.ts"
import type { CodeEditor, Reader } from "./code-editor.ts"
import { NO_MARKS, type ShownMarks } from "./line-marks.ts"
import { StandIn, takePainted } from "./stand-in.ts"

type EditorModule = typeof import("./code-editor.ts")
interface Parts {
  readonly module: EditorModule
  readonly language: string
  readonly colours: LanguageColours
}

let parts: Parts | null = null

async function load(language: string): Promise<Parts> {
  const entry = languageEntry(language)
  if (!entry) throw new Error(`there is no language '${language}'`)
  const [module, colours] = await Promise.all([import("./code-editor.ts"), entry.loadColours()])
  parts = { module, language, colours }
  return parts
}

/**
 * Makes ready what the page opens with: nothing, where index.html has painted this very text, the editor otherwise. Call
 * before the page is drawn. Never rejects: where the editor cannot be fetched, the stand-in stays.
 */
export async function readyEditor(language: string, text: string): Promise<void> {
  if (!takePainted(text)) await load(language).catch(() => {})
}

export interface DocumentReader extends Reader {
  /** Language and text of the open document, as of now. */
  document(): { readonly language: string; readonly text: string }
  /** The editor has taken the place of its stand-in. */
  arrived(): void
}

export class EditorPlace {
  private standIn: StandIn | null = null
  private editor: CodeEditor | null = null
  private taking: Promise<void> | null = null
  private readonly waiting: ((editor: CodeEditor) => void)[] = []
  private gone = false
  private marks: ShownMarks = { marks: NO_MARKS, picked: new Set(), pointed: new Set(), stepLine: 0 }
  private readonly begun: string

  /** `label`: the accessible name of the text. */
  constructor(
    private readonly host: HTMLElement,
    private readonly label: string,
    private readonly reader: DocumentReader,
  ) {
    const { language, text } = reader.document()
    this.begun = text
    if (parts?.language === language) this.editor = this.make(parts, text)
    else
      this.standIn = new StandIn(host, text, label, {
        edited: (now) => reader.edited(now),
        pickedLine: (line) => reader.pickedLine(line),
        wanted: () => void this.want(),
      })
    place = this
  }

  private make({ module, language, colours }: Parts, text: string): CodeEditor {
    return new module.CodeEditor(this.host, text, this.label, this.reader, { language, colours })
  }

  get now(): CodeEditor | null {
    return this.editor
  }

  /** Fetches the editor, if it is not there, and puts it in the place of the stand-in. */
  want(): Promise<void> {
    this.taking ??= this.takeOver()
    return this.taking
  }

  /** Does it with the editor, now or as soon as it is there. */
  with(act: (editor: CodeEditor) => void): void {
    if (this.editor) act(this.editor)
    else {
      this.waiting.push(act)
      void this.want()
    }
  }

  private async takeOver(): Promise<void> {
    const { standIn, reader } = this
    if (!standIn) return
    let found = await load(reader.document().language).catch(() => null)
    // Another language may have been chosen on the way.
    while (found && found.language !== reader.document().language) found = await load(reader.document().language).catch(() => null)
    await standIn.atRest()
    if (this.gone) return
    if (!found) {
      this.taking = null
      this.waiting.splice(0)
      standIn.held.splice(0)
      reader.say("The editor could not be loaded, so there are no colours and no help. Are you offline? Writing and running go on.")
      return
    }
    const { text, place: at } = standIn
    // What was typed on the way can be undone.
    const editor = this.make(found, this.begun)
    editor.replace(text, false)
    editor.mark(this.marks)
    this.editor = editor
    editor.resume(at)
    standIn.destroy()
    this.standIn = null
    editor.replay(standIn.held)
    for (const act of this.waiting.splice(0)) act(editor)
    reader.arrived()
  }

  /** Another text in place of this one; `anotherDocument`: it is no step that can be undone. */
  replace(text: string, anotherDocument: boolean): void {
    if (this.editor) {
      this.editor.replace(text, anotherDocument)
      void this.editor.speak(this.reader.document().language)
    } else {
      this.standIn?.replace(text)
      void this.want()
    }
  }

  mark(marks: ShownMarks): void {
    this.marks = marks
    if (this.editor) this.editor.mark(marks)
    else this.standIn?.mark(marks)
  }

  focus(): void {
    if (this.editor) this.editor.focus()
    else this.standIn?.focus()
  }

  destroy(): void {
    this.gone = true
    this.standIn?.destroy()
    this.editor?.destroy()
    if (place === this) place = null
  }
}

let place: EditorPlace | null = null

/** The editor on the page; null where there is none or only its stand-in. */
export const currentEditor = (): CodeEditor | null => place?.now ?? null

/** The editor that the reader was in last, where a notebook has many; told by src/notebook. */
let entered: () => CodeEditor | null = () => null

export function editorsOf(last: () => CodeEditor | null): void {
  entered = last
}

/** Does it with the program's editor, now or as soon as it is there; in a notebook with that of the cell the reader was in last. */
export function withEditor(act: (editor: CodeEditor) => void): void {
  const cell = place ? null : entered()
  if (place) place.with(act)
  else if (cell) act(cell)
  else actions.toast("Put the cursor into a cell first.")
}

/** Puts the focus into the code. False where the page shows no editor, or the reader was in none. */
export function focusEditor(): boolean {
  const editor = place ?? entered()
  editor?.focus()
  return editor !== null
}

/** Takes the focus out of the code: on a phone its keyboard goes. */
export function leaveEditor(): void {
  const focused = document.activeElement
  if (focused instanceof HTMLElement && focused.closest(".cm-editor, .stand-in")) focused.blur()
}

/** Fetches the editor if its stand-in is still there. */
export const wantEditor = (): void => void place?.want()
