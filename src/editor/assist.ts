// Help while writing: diagnostics, completion, hover, signatures, definition, rename, format, fixes. Loaded when the editor is
// first used. Each piece asks the language's editing (pure functions) about the program as it stands in the editor.
import {
  autocompletion,
  type Completion as CmCompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  snippet,
  snippetCompletion,
} from "@codemirror/autocomplete"
import {
  type Action,
  type Diagnostic as CmDiagnostic,
  forEachDiagnostic,
  lintGutter,
  nextDiagnostic,
  setDiagnostics,
} from "@codemirror/lint"
import { EditorSelection, type Extension, StateEffect, StateField, type TransactionSpec } from "@codemirror/state"
import { EditorView, hoverTooltip, keymap, showDialog, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import type { Completion, Edit, LanguageEditing, SignatureHelp } from "../../interpreter/languages/editing.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import { type Program, programOf } from "../../interpreter/source/text.ts"

export interface AssistSurroundings {
  readonly editing: LanguageEditing
  readonly language: string
  readonly path: () => string
  readonly files: () => Readonly<Record<string, string>>
  /** The code of the cells before this one, whose names it may use; left out where the editor holds the whole program. */
  readonly before?: (() => readonly string[]) | undefined
  /** All of the notebook that a new name concerns, where the editor holds one of its cells. */
  readonly whole?: (() => NotebookText) | undefined
  /** Says something to the reader: why a name cannot be changed, what the next problem is. */
  readonly say: (text: string) => void
}

/** The cells of a notebook that make one program, in order: a new name is written into all of them, and into its files. */
export interface NotebookText {
  readonly cells: readonly { readonly id: string; readonly code: string }[]
  /** The cell whose editor asks. */
  readonly own: string
  /** Puts other code into cells, by id, and files, by path: one step that can be undone. */
  write(cells: ReadonlyMap<string, string>, files: ReadonlyMap<string, string>): void
}

const TYPES: Record<Completion["kind"], string> = {
  variable: "variable",
  constant: "constant",
  function: "function",
  method: "method",
  field: "property",
  type: "type",
  keyword: "keyword",
  module: "namespace",
  enum: "enum",
  model: "class",
  tool: "function",
  property: "property",
}

/** The editor's text as a part of its program. */
interface Placed {
  readonly program: Program
  /** Where the text begins in the program's: behind the cells before it. */
  readonly start: number
}

/** A program of the editor's text, the cells before it and the document's other files. */
function programIn(view: { readonly state: EditorView["state"] }, around: AssistSurroundings): Placed {
  let text = ""
  const starts: number[] = []
  for (const code of around.before?.() ?? []) {
    starts.push(text.length)
    text += `${code}\n`
  }
  const start = text.length
  const cellStarts = around.before ? [...starts, start] : []
  return { program: programOf(around.language, around.path(), text + view.state.doc.toString(), around.files(), cellStarts), start }
}

/** Edits of the program as edits of the editor's text; null if one lies in a cell before it. */
function editsHere(edits: readonly Edit[], start: number): readonly Edit[] | null {
  if (edits.some((edit) => edit.from < start)) return null
  return edits.map((edit) => ({ ...edit, from: edit.from - start, to: edit.to - start }))
}

function toCodeMirror(completion: Completion, start: number): CmCompletion {
  const shown: CmCompletion = {
    label: completion.label,
    type: TYPES[completion.kind],
    detail: completion.detail,
    boost: completion.boost,
    info: completion.info === "" ? undefined : completion.info,
  }
  const edits = completion.edits && editsHere(completion.edits, start)
  if (!edits) return completion.snippet === undefined ? shown : snippetCompletion(completion.snippet, shown)
  const fill = snippet(completion.snippet ?? completion.label)
  return {
    ...shown,
    apply(view, chosen, from, to) {
      const changes = view.state.changes(changesOf(edits))
      view.dispatch({ changes, userEvent: "input.complete" })
      fill(view, chosen, changes.mapPos(from, 1), changes.mapPos(to, 1))
    },
  }
}

function completionOf(around: AssistSurroundings) {
  return (context: CompletionContext): CompletionResult | null => {
    const { program, start } = programIn(context, around)
    const found = around.editing.complete(program, context.pos + start, context.explicit)
    if (!found || found.options.length === 0 || found.from < start) return null
    const options = found.options.map((option) => toCodeMirror(option, start))
    return { from: found.from - start, options, validFor: /^[\p{L}\p{N}_]*$/u }
  }
}

function helpCard(code: string, text: string): HTMLElement {
  const card = document.createElement("div")
  card.className = "cm-help"
  if (code !== "") card.append(Object.assign(document.createElement("code"), { textContent: code }))
  for (const paragraph of text.split("\n\n")) {
    if (paragraph.trim() !== "") card.append(Object.assign(document.createElement("p"), { textContent: paragraph }))
  }
  return card
}

function hoverOf(around: AssistSurroundings): Extension {
  return hoverTooltip(
    (view, at) => {
      const { program, start } = programIn(view, around)
      const found = around.editing.hover(program, at + start)
      if (!found || found.from < start) return null
      return { pos: found.from - start, end: found.to - start, above: true, create: () => ({ dom: helpCard(found.code, found.text) }) }
    },
    { hoverTime: 250 },
  )
}

const showSignature = StateEffect.define<{ readonly help: SignatureHelp; readonly at: number } | null>()

const signatureField = StateField.define<{ readonly help: SignatureHelp; readonly at: number } | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(showSignature)) return effect.value
    return value && transaction.docChanged ? { ...value, at: transaction.changes.mapPos(value.at) } : value
  },
  provide: (field) => showTooltip.from(field, (shown) => (shown ? signatureTooltip(shown.help, shown.at) : null)),
})

function signatureTooltip(help: SignatureHelp, at: number): Tooltip {
  return {
    pos: at,
    above: true,
    create() {
      const card = helpCard("", help.info)
      const code = document.createElement("code")
      const [from, to] = help.parameters[help.active] ?? [0, 0]
      code.append(
        help.label.slice(0, from),
        Object.assign(document.createElement("b"), { textContent: help.label.slice(from, to) }),
        help.label.slice(to),
      )
      card.prepend(code)
      return { dom: card }
    },
  }
}

/** Looks for a call around the cursor a moment after typing stops. */
function signatureOf(around: AssistSurroundings): Extension {
  return [
    signatureField,
    ViewPlugin.define((view) => {
      let timer = 0
      const look = () => {
        const { main } = view.state.selection
        const { program, start } = programIn(view, around)
        const help = main.empty && view.hasFocus ? around.editing.signatureHelp(program, main.head + start) : null
        if (help || view.state.field(signatureField)) view.dispatch({ effects: showSignature.of(help ? { help, at: main.head } : null) })
      }
      return {
        update(update: ViewUpdate) {
          if (!update.docChanged && !update.selectionSet && !update.focusChanged) return
          clearTimeout(timer)
          timer = window.setTimeout(look, 120)
        },
        destroy: () => clearTimeout(timer),
      }
    }),
  ]
}

const changesOf = (edits: readonly Edit[]): TransactionSpec["changes"] => edits.map(({ from, to, insert }) => ({ from, to, insert }))

function goToDefinition(view: EditorView, around: AssistSurroundings, at: number): boolean {
  const { program, start } = programIn(view, around)
  const place = around.editing.definition(program, at + start)
  if (!place) return false
  if (place.file !== around.path() || place.from < start) {
    around.say(place.file === around.path() ? "It is defined in an earlier cell." : `It is defined in ${place.file}.`)
    return true
  }
  view.dispatch({
    selection: EditorSelection.range(place.from - start, place.to - start),
    scrollIntoView: true,
    userEvent: "select",
  })
  return true
}

function renameAt(view: EditorView, around: AssistSurroundings): boolean {
  const at = view.state.selection.main.head
  const { program, start } = programIn(view, around)
  const offset = at + start
  const here = around.editing
    .references(program, offset)
    .find((place) => place.file === around.path() && place.from <= offset && offset <= place.to)
  if (!here) {
    around.say("There is no name here that could be changed.")
    return true
  }
  const name = view.state.sliceDoc(here.from - start, here.to - start)
  const dialog = showDialog(view, {
    label: `New name of ${name}`,
    input: { name: "name", value: name },
    submitLabel: "Rename",
    focus: true,
  })
  void dialog.result.then((form) => {
    const wanted = form ? String(new FormData(form).get("name") ?? "").trim() : ""
    if (wanted === "" || wanted === name) {
      view.focus()
      return
    }
    const problem = renamed(view, around, at, wanted)
    if (problem !== null) around.say(problem)
    view.focus()
  })
  return true
}

/** Gives the name at `at` another name, in the other cells and files of a notebook too; what is in the way, or null. */
function renamed(view: EditorView, around: AssistSurroundings, at: number, wanted: string): string | null {
  const path = around.path()
  const own = view.state.doc.toString()
  const whole = around.whole?.()
  const cells = (whole?.cells ?? [{ id: "", code: own }]).map((cell) => (cell.id === (whole?.own ?? "") ? { ...cell, code: own } : cell))
  const starts: number[] = []
  let text = ""
  for (const { code } of cells) {
    starts.push(text.length)
    text += `${code}\n`
  }
  const start = starts[cells.findIndex(({ id }) => id === (whole?.own ?? ""))] ?? 0
  const program = programOf(around.language, path, whole ? text : own, around.files(), whole ? starts : [])
  const answer = around.editing.rename(program, at + start, wanted)
  if ("refusal" in answer) return answer.refusal

  const files = new Map<string, string>()
  for (const [file, edits] of Object.entries(answer.edits)) {
    const code = around.files()[file]
    if (file !== path && code !== undefined) files.set(file, applied(code, edits, 0))
  }
  const [elsewhere] = files.keys()
  if (!whole && elsewhere !== undefined) return `The name stands in ${elsewhere} too, which cannot be changed from here.`
  const edits = answer.edits[path] ?? []
  const codes = new Map<string, string>()
  cells.forEach(({ id, code }, i) => {
    const from = starts[i] ?? 0
    const inside = edits.filter((edit) => edit.from >= from && edit.to <= from + code.length)
    if (inside.length > 0) codes.set(id, applied(code, inside, from))
  })
  if (whole && (files.size > 0 || codes.size > 1 || !codes.has(whole.own))) whole.write(codes, files)
  else view.dispatch({ changes: changesOf(editsHere(edits, start) ?? []), userEvent: "input.rename" })
  return null
}

/** A text with edits, which stand in order, of a program in which it begins at `start`. */
function applied(text: string, edits: readonly Edit[], start: number): string {
  let out = ""
  let at = 0
  for (const { from, to, insert } of edits) {
    out += text.slice(at, from - start) + insert
    at = to - start
  }
  return out + text.slice(at)
}

/** The text in the language's usual layout, the cursor kept on its line. */
export function formatDocument(view: EditorView, editing: LanguageEditing): boolean {
  const text = view.state.doc.toString()
  const formatted = editing.format(text)
  if (formatted === text) return true
  // Only what differs is replaced, so that the cursor and folded lines around it stay.
  let from = 0
  while (from < text.length && from < formatted.length && text[from] === formatted[from]) from++
  let end = 0
  const most = Math.min(text.length, formatted.length) - from
  while (end < most && text[text.length - 1 - end] === formatted[formatted.length - 1 - end]) end++
  view.dispatch({
    changes: { from, to: text.length - end, insert: formatted.slice(from, formatted.length - end) },
    userEvent: "input.format",
  })
  return true
}

function toLint(diagnostic: Diagnostic, length: number): CmDiagnostic {
  const from = Math.min(diagnostic.from, length)
  const actions: Action[] = (diagnostic.fixes ?? []).map((fix) => ({
    name: fix.title,
    apply: (view) => view.dispatch({ changes: changesOf(fix.edits), userEvent: "input.fix" }),
  }))
  return { from, to: Math.min(Math.max(diagnostic.to, from), length), severity: diagnostic.severity, message: diagnostic.message, actions }
}

/** Shows what was found about the text of `path`. Offsets are of that text, which must be the one in the editor. */
export function showDiagnostics(view: EditorView, path: string, diagnostics: readonly Diagnostic[]): void {
  const { length } = view.state.doc
  const own = diagnostics.filter((diagnostic) => diagnostic.file === path)
  view.dispatch(
    setDiagnostics(
      view.state,
      own.map((diagnostic) => toLint(diagnostic, length)),
    ),
  )
}

function nextProblem(view: EditorView, around: AssistSurroundings): boolean {
  if (!nextDiagnostic(view)) {
    around.say("No problems.")
    return true
  }
  const at = view.state.selection.main.from
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if (from <= at && at <= to) around.say(`Line ${view.state.doc.lineAt(from).number}: ${diagnostic.message}`)
  })
  return true
}

/** Applies the first fix of a problem on the cursor's line. */
function applyFix(view: EditorView): boolean {
  const line = view.state.doc.lineAt(view.state.selection.main.head)
  let done = false
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    const action = diagnostic.actions?.[0]
    if (done || !action || to < line.from || from > line.to) return
    done = true
    action.apply(view, from, to)
  })
  return done
}

function withSearch({ say }: AssistSurroundings, act: (search: typeof import("./search.ts")) => void): true {
  import("./search.ts").then(act, () => say("Finding could not be loaded. Are you offline?"))
  return true
}

export function assist(around: AssistSurroundings): Extension {
  return [
    autocompletion({ override: [completionOf(around)], icons: false }),
    lintGutter({ hoverTime: 200 }),
    hoverOf(around),
    signatureOf(around),
    EditorView.domEventHandlers({
      mousedown(event, view) {
        if (!(event.metaKey || event.ctrlKey) || event.button !== 0) return false
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY })
        return at !== null && goToDefinition(view, around, at)
      },
    }),
    keymap.of([
      ...completionKeymap,
      { key: "F12", run: (view) => goToDefinition(view, around, view.state.selection.main.head) },
      { key: "F2", run: (view) => renameAt(view, around) },
      { key: "F8", run: (view) => nextProblem(view, around) },
      { key: "Shift-Alt-f", run: (view) => formatDocument(view, around.editing) },
      { key: "Alt-Enter", run: applyFix },
      { key: "Mod-f", run: (view) => withSearch(around, (search) => search.openSearch(view)) },
      { key: "Mod-Alt-g", run: (view) => withSearch(around, (search) => search.goToLine(view)) },
    ]),
  ]
}
