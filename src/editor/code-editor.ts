// One CodeMirror for a document: made once, told what changed. It tells what the reader did through `Reader`; it never reads
// the page's state itself, so a notebook can have many of them.
import { closeBrackets, closeBracketsKeymap, insertBracket } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, temporarilySetTabFocusMode, undo } from "@codemirror/commands"
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxTreeAvailable } from "@codemirror/language"
import { Annotation, Compartment, EditorSelection, EditorState, type Extension, Prec, Transaction } from "@codemirror/state"
import {
  drawSelection,
  EditorView,
  gutter,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  type KeyBinding,
  keymap,
  lineNumbers,
  runScopeHandlers,
  tooltips,
} from "@codemirror/view"
import type { LanguageColours } from "../../interpreter/languages/editing.ts"
import { languageEntry } from "../../interpreter/languages/index.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import type { NotebookText } from "./assist.ts"
import { breakpoints, breakpointsAt, toggleBreakpointAtCursor } from "./breakpoints.ts"
import { markGutter, showMarks } from "./gutter.ts"
import { languageSupport } from "./language.ts"
import type { ShownMarks } from "./line-marks.ts"
import type { HeldKey, ReaderPlace } from "./stand-in.ts"
import { type Suggestion, suggest, suggestions } from "./suggestion.ts"
import { look } from "./theme.ts"

export interface Reader {
  edited(text: string): void
  /** The mark of a line was pressed. */
  pickedLine(line: number): void
  /** The lines that have a breakpoint changed. */
  brokeAt(lines: readonly number[]): void
  say(text: string): void
  /** The focus came into the editor. */
  readonly entered?: () => void
  /** Takes back and brings again, where the editor is a part of something that keeps one history for all of it. */
  readonly history?: { undo(): void; redo(): void }
  path(): string
  files(): Readonly<Record<string, string>>
  /** The code of the cells before this one, where the editor holds a cell. */
  readonly before?: () => readonly string[]
  /** What a new name concerns, where the editor holds a cell. */
  readonly whole?: () => NotebookText
}

/** A change that came from outside: the reader did not make it, so it is not reported back. */
const fromOutside = Annotation.define<boolean>()

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform)
const INDENT: Record<string, string> = { jade: "    " }

const layoutOf = (language: string, colours: LanguageColours): Extension => [
  languageSupport(language, colours),
  // Prose has no language, and its brackets are the reader's.
  closeBrackets(),
  Prec.high(keymap.of(closeBracketsKeymap)),
  indentUnit.of(INDENT[language] ?? "  "),
]

/** Keys that mean something once the help is there. */
const HELP_KEYS = ["Ctrl-Space", "F12", "F2", "F8", "Shift-Alt-f", "Alt-Enter", "Mod-f", "Mod-Alt-g"]

/** Keeps the place of the gutter that comes with the help, so that the code does not move when it does. */
const NO_ASSIST = gutter({ class: "cm-gutter-lint" })

function sharedHistory({ undo, redo }: NonNullable<Reader["history"]>): KeyBinding[] {
  const key = (keys: string, act: () => void): KeyBinding => ({
    key: keys,
    preventDefault: true,
    run: () => {
      act()
      return true
    },
  })
  return [key("Mod-z", undo), key("Mod-y", redo), key("Mod-Shift-z", redo)]
}

export class CodeEditor {
  readonly view: EditorView
  private readonly languagePart = new Compartment()
  private readonly assistPart = new Compartment()
  private readonly vimPart = new Compartment()
  private vimWanted = false
  private colours: LanguageColours | null = null
  private language = ""
  private helped: Promise<void> | null = null
  /** A key for the help that was pressed before the language was there. */
  private heldKey: string | null = null
  private pending: { path: string; text: string; diagnostics: readonly Diagnostic[] } | null = null

  constructor(
    parent: HTMLElement,
    text: string,
    label: string,
    private readonly reader: Reader,
    /** Where the colours are there already: the text is coloured from the first moment on. */
    spoken?: { readonly language: string; readonly colours: LanguageColours },
  ) {
    if (spoken) {
      this.language = spoken.language
      this.colours = spoken.colours
    }
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          // Before all other keys.
          this.vimPart.of([]),
          breakpoints((lines) => reader.brokeAt(lines)),
          lineNumbers(),
          highlightSpecialChars(),
          reader.history ? [] : history(),
          codeFolding(),
          foldGutter({ openText: "⌄", closedText: "›" }),
          drawSelection(),
          EditorState.allowMultipleSelections.of(true),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          markGutter((line) => reader.pickedLine(line)),
          tooltips({ position: "fixed" }),
          keymap.of([
            // Escape, then Tab: the keyboard is not caught in here.
            { key: "Escape", run: (view) => temporarilySetTabFocusMode(view) && false },
            ...defaultKeymap.filter((binding) => binding.key !== "Mod-Enter"),
            ...(reader.history ? sharedHistory(reader.history) : historyKeymap),
            ...foldKeymap,
            indentWithTab,
          ]),
          suggestions,
          this.languagePart.of(spoken ? layoutOf(spoken.language, spoken.colours) : []),
          this.assistPart.of(this.untilHelp()),
          look,
          EditorView.contentAttributes.of({ "aria-label": label, autocapitalize: "off", autocorrect: "off", spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && update.view.hasFocus) {
              reader.entered?.()
              void this.help()
            }
            if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromOutside)))
              this.reader.edited(update.state.doc.toString())
          }),
        ],
      }),
    })
  }

  /** Colours and help of a language; the text stays. */
  async speak(language: string): Promise<void> {
    if (language === this.language) return
    this.language = language
    const colours = await languageEntry(language)?.loadColours()
    if (!colours || this.language !== language) return
    this.colours = colours
    this.view.dispatch({
      effects: [this.languagePart.reconfigure(layoutOf(language, colours)), this.assistPart.reconfigure(this.untilHelp())],
    })
    const key = this.heldKey
    this.heldKey = null
    const wanted = this.helped !== null || key !== null || this.view.hasFocus
    this.helped = null
    if (wanted) await this.help()
    if (key !== null) this.pressed(key)
  }

  /** What stands in the place of the help: a key that needs it waits for it. */
  private untilHelp(): Extension {
    const wait = (key: string) => () => {
      // Prose has no language, and nobody who helps.
      if (this.language === "") return false
      if (this.colours) void this.help().then(() => this.pressed(key))
      else this.heldKey = key
      return true
    }
    return [NO_ASSIST, keymap.of(HELP_KEYS.map((key) => ({ key, run: wait(key) })))]
  }

  /** Loads what helps while writing; at the latest when the reader first enters the editor. Done when it is there. */
  help(): Promise<void> {
    if (!this.colours) return Promise.resolve()
    this.helped ??= this.loadHelp()
    return this.helped
  }

  private async loadHelp(): Promise<void> {
    const { language, reader } = this
    const parts = await Promise.all([import("./assist.ts"), languageEntry(language)?.loadEditing()]).catch(() => null)
    if (!parts) {
      this.view.dispatch({ effects: this.assistPart.reconfigure(NO_ASSIST) })
      reader.say("Completion and the other help could not be loaded. Are you offline? Writing and running go on.")
      return
    }
    const [{ assist }, editing] = parts
    if (!editing || this.language !== language) return
    const say = (text: string) => reader.say(text)
    this.view.dispatch({
      effects: this.assistPart.reconfigure([
        assist({
          editing,
          language,
          path: () => reader.path(),
          files: () => reader.files(),
          before: reader.before,
          whole: reader.whole,
          say,
        }),
        EditorView.editorAttributes.of({ "data-help": language }),
      ]),
    })
    if (this.pending) this.show(this.pending.path, this.pending.text, this.pending.diagnostics)
  }

  /**
   * Another text in place of this one: one step that can be undone, unless it is another document. Only what differs is
   * replaced, so that cursor, folds and scrolling stay where they are.
   */
  replace(text: string, anotherDocument: boolean): void {
    const { view } = this
    const before = view.state.doc.toString()
    if (before === text) return
    const annotations = [fromOutside.of(true), Transaction.addToHistory.of(!anotherDocument)]
    if (anotherDocument) {
      const effects = breakpointsAt(view.state, [])
      view.dispatch({
        changes: { from: 0, to: before.length, insert: text },
        selection: { anchor: 0 },
        annotations,
        effects,
        scrollIntoView: true,
      })
      return
    }
    let from = 0
    while (from < before.length && from < text.length && before[from] === text[from]) from++
    let same = 0
    while (same < before.length - from && same < text.length - from && before.at(-1 - same) === text.at(-1 - same)) same++
    const changes = { from, to: before.length - same, insert: text.slice(from, text.length - same) }
    // Whoever writes here stands where the change was made, as after an undo of the editor's own.
    view.dispatch({
      changes,
      annotations,
      ...(view.hasFocus && { selection: { anchor: text.length - same }, scrollIntoView: true }),
    })
  }

  /** Diagnostics about `text`; dropped where the text has changed since. */
  show(path: string, text: string, diagnostics: readonly Diagnostic[]): void {
    this.pending = { path, text, diagnostics }
    if (!this.helped && diagnostics.length > 0) void this.help()
    if (!this.helped) return
    import("./assist.ts").then(
      ({ showDiagnostics }) => {
        if (this.pending?.text === text && this.view.state.doc.toString() === text) showDiagnostics(this.view, path, diagnostics)
      },
      () => {},
    )
  }

  mark(marks: ShownMarks): void {
    this.view.dispatch({ effects: showMarks.of(marks) })
  }

  /** Offers a change under a line; null takes the offer back. */
  suggest(suggestion: Suggestion | null): void {
    this.view.dispatch({ effects: suggest.of(suggestion) })
  }

  focus(): void {
    this.view.focus()
  }

  /** Puts the cursor at an offset and shows it. */
  goTo(from: number, to = from): void {
    const { length } = this.view.state.doc
    this.view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true })
    this.view.focus()
  }

  /** Scrolls a 1-based line into view without taking the focus. */
  reveal(line: number): void {
    const { doc } = this.view.state
    if (line >= 1 && line <= doc.lines)
      this.view.dispatch({ effects: EditorView.scrollIntoView(doc.line(line).from, { y: "nearest", yMargin: 40 }) })
  }

  /** True once the colours of the whole visible text are there. */
  get coloured(): boolean {
    return syntaxTreeAvailable(this.view.state, this.view.viewport.to)
  }

  async format(): Promise<void> {
    const [{ formatDocument }, editing] = await Promise.all([import("./assist.ts"), languageEntry(this.language)?.loadEditing()])
    if (editing) formatDocument(this.view, editing)
  }

  /** Runs what a key of the editor does, in CodeMirror's notation; for the palette. */
  async press(key: string): Promise<void> {
    await this.help()
    this.view.focus()
    this.pressed(key)
  }

  private pressed(key: string): void {
    const parts = key.split("-")
    const mod = parts.includes("Mod")
    this.handle({
      key: parts[parts.length - 1]?.replace("Space", " ") ?? "",
      altKey: parts.includes("Alt"),
      shiftKey: parts.includes("Shift"),
      ctrlKey: parts.includes("Ctrl") || (mod && !IS_MAC),
      metaKey: mod && IS_MAC,
    })
  }

  private handle(key: KeyboardEventInit): boolean {
    return runScopeHandlers(this.view, new KeyboardEvent("keydown", key), "editor")
  }

  /** Goes on where the reader was in the stand-in. */
  resume({ anchor, head, scrollTop, scrollLeft, focused, tabLeaves }: ReaderPlace): void {
    const { view } = this
    const { length } = view.state.doc
    view.dispatch({ selection: { anchor: Math.min(anchor, length), head: Math.min(head, length) } })
    if (focused) view.focus()
    if (tabLeaves) temporarilySetTabFocusMode(view)
    view.scrollDOM.scrollTop = scrollTop
    view.scrollDOM.scrollLeft = scrollLeft
  }

  /** Keys that were pressed before the editor was there, as if they were pressed now. */
  replay(keys: readonly HeldKey[]): void {
    for (const key of keys) {
      const text = key.key.length === 1 && !key.ctrlKey && !key.metaKey && !key.altKey
      const pair = text && this.colours ? insertBracket(this.view.state, key.key) : null
      if (pair) this.view.dispatch(pair)
      else if (text) this.view.dispatch(this.view.state.replaceSelection(key.key), { userEvent: "input.type", scrollIntoView: true })
      else this.handle(key)
    }
  }

  /** Vim's keys on or off; `onWrite` is what `:w` does. */
  async setVim(on: boolean, onWrite: () => void): Promise<void> {
    if (on === this.vimWanted) return
    this.vimWanted = on
    const part = on ? await import("./vim.ts").catch(() => null) : null
    if (on && !part) this.reader.say("Vim keys could not be loaded. Are you offline?")
    if (this.vimWanted === on) this.view.dispatch({ effects: this.vimPart.reconfigure(part ? part.vimKeys(onWrite) : []) })
  }

  /** Does what pressing the mark of the cursor's line does. */
  pickCursorLine(): void {
    const { doc, selection } = this.view.state
    this.reader.pickedLine(doc.lineAt(selection.main.head).number)
  }

  /** Breakpoints as they were when this text was last in an editor. */
  setBreakpoints(lines: readonly number[]): void {
    if (lines.length > 0) this.view.dispatch({ effects: breakpointsAt(this.view.state, lines) })
  }

  /** Sets or takes away the breakpoint of the cursor's line; says which for screen readers. */
  toggleBreakpoint(): string {
    return toggleBreakpointAtCursor(this.view)
  }

  undo(): void {
    if (this.reader.history) this.reader.history.undo()
    else undo(this.view)
  }

  redo(): void {
    if (this.reader.history) this.reader.history.redo()
    else redo(this.view)
  }

  /** Text typed by the accessory keys of a phone. */
  type(open: string, close = ""): void {
    const { view } = this
    const change = view.state.changeByRange((range) => ({
      changes: [
        { from: range.from, insert: open },
        { from: range.to, insert: close },
      ],
      range: EditorSelection.range(range.anchor + open.length, range.head + open.length),
    }))
    view.dispatch(change, { userEvent: "input.type", scrollIntoView: true })
    view.focus()
  }

  destroy(): void {
    this.view.destroy()
  }
}
