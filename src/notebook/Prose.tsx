// Prose of a notebook: shown as it reads, edited as Markdown in place. Raw HTML stays text, links go to http(s) only, and
// remote pictures are links, so that opening a document asks nobody for anything (design: models).
import { Pencil } from "lucide-react"
import { Component, type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from "react"
import { CodeEditor } from "../editor/code-editor.ts"
import { actions, app } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { enteredEditor } from "./editors.ts"
import { fromField, inField } from "./line-ends.ts"
import { type Block, languagesOf, movedBy, proseEdited, proseRead, proseTyped, removed } from "./model.ts"
import { type Piece, piecesOf } from "./pieces.ts"
import { Sight } from "./Sight.tsx"
import { cellActions, changeNotebook, followFrontMatter, history, useNotebook } from "./state.ts"
import { fenced } from "./unfenced.ts"

const MOST_SHOWN = 12

const Rendered = lazy(() => import("./Rendered.tsx"))

const PIECES_AT_ONCE = 3
/** A text field lays out all it holds at each key; longer prose is edited where only what is in sight is drawn. */
const LONGEST_IN_FIELD = 40_000

export function Prose({ block }: { readonly block: Block }) {
  const editing = useNotebook((open) => open?.editing === block.id)
  const { raw } = block.segment
  const pieces = useMemo(() => piecesOf(raw), [raw])
  if (editing) return <ProseEditor block={block} />
  if (raw.trim() === "") return null
  const edit = () => cellActions.editing(block.id)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a double press is a short cut; the button beside does the same
    <div data-block={block.id} className="group relative pr-8" onDoubleClick={edit}>
      <Sight items={pieces} step={PIECES_AT_ONCE}>
        {(piece, i) => <PieceView key={i} piece={piece} />}
      </Sight>
      <Offers id={block.id} raw={raw} />
      <Button
        kind="quiet"
        square
        aria-label="Edit this text"
        title="Edit this text"
        onClick={edit}
        className="absolute top-0 right-0 [@media(hover:hover)]:opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus:opacity-100"
      >
        <Pencil aria-hidden="true" size={13} />
      </Button>
    </div>
  )
}

/** Code of this prose that parses can become a cell at a press. */
function Offers({ id, raw }: { readonly id: string; readonly raw: string }) {
  const offers = useNotebook((open) => open?.offers[id])
  const language = useNotebook((open) => (open ? languagesOf(open.notebook)[0] : undefined)) ?? app.getState().document.language
  if (!offers || offers.length === 0) return null
  return (
    <div className="my-1 flex flex-col items-start gap-1">
      {offers.slice(0, MOST_SHOWN).map((stretch) => (
        <Button
          key={stretch.from}
          kind="plain"
          onClick={() => changeNotebook((notebook) => proseEdited(notebook, id, fenced(raw, stretch, language)))}
        >
          Make a cell of <span className="max-w-[36ch] truncate font-mono text-chip">{stretch.code.trimStart().split("\n", 1)[0]}</span>
        </Button>
      ))}
    </div>
  )
}

function PieceView({ piece: { text, plain, first } }: { readonly piece: Piece }) {
  if (plain)
    return (
      <>
        {first && (
          <p role="note" className="my-2 text-chip text-text-2">
            What follows is shown as it is written: it is too long without a blank line, or too deeply nested, to be read as Markdown.
          </p>
        )}
        <Plain>{text}</Plain>
      </>
    )
  return (
    <OrPlain key={text} text={text}>
      <Suspense fallback={<Plain>{text}</Plain>}>
        <Rendered markdown={text} />
      </Suspense>
    </OrPlain>
  )
}

function Plain({ children }: { readonly children: ReactNode }) {
  return <div className="text-lesson wrap-anywhere whitespace-pre-wrap text-text">{children}</div>
}

/** Markdown that cannot be drawn is shown as it is written; the rest of the page stays. */
class OrPlain extends Component<{ readonly text: string; readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <Plain>{this.props.text}</Plain> : this.props.children
  }
}

function ProseEditor({ block }: { readonly block: Block }) {
  const { id, segment } = block
  // Decided once: the field does not change under the cursor.
  const isLong = useRef(segment.raw.length > LONGEST_IN_FIELD).current
  // Every keystroke is in the document at once, so that nothing is lost when the tab goes; read as Markdown it is when done.
  const change = (typed: string) => changeNotebook((notebook) => proseTyped(notebook, id, fromField(segment.raw, typed)))
  const done = () => {
    cellActions.editing(null)
    if (segment.raw.trim() === "") changeNotebook((notebook) => removed(notebook, id))
    else changeNotebook((notebook) => proseRead(notebook, id))
    if (segment.raw.startsWith("---")) void followFrontMatter()
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-block="${id}"] button`)?.focus())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return
    if (event.target instanceof Element && event.target.closest("button")) return
    event.preventDefault()
    event.stopPropagation()
    done()
  }
  const Field = isLong ? LongText : ShortText
  return (
    <div data-block={block.id} className="my-2 flex flex-col gap-1" onKeyDownCapture={onKeyDown}>
      <Field text={inField(segment.raw)} onChange={change} />
      <div className="flex gap-1">
        <Button onClick={done}>Done</Button>
        <Button kind="quiet" onClick={() => changeNotebook((notebook) => movedBy(notebook, id, -1))}>
          Up
        </Button>
        <Button kind="quiet" onClick={() => changeNotebook((notebook) => movedBy(notebook, id, 1))}>
          Down
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            cellActions.editing(null)
            changeNotebook((notebook) => removed(notebook, id))
          }}
        >
          Delete
        </Button>
      </div>
    </div>
  )
}

interface FieldProps {
  readonly text: string
  readonly onChange: (text: string) => void
}

const FIELD_NAME = "Text as Markdown"

function ShortText({ text, onChange }: FieldProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  return (
    <textarea
      ref={area}
      value={text}
      aria-label={FIELD_NAME}
      rows={3}
      spellCheck
      onChange={(event) => onChange(event.target.value)}
      className="max-h-[60vh] w-full resize-y [field-sizing:content] rounded-control border border-control bg-bg p-2 font-mono text-[13px] text-text"
    />
  )
}

function LongText({ text, onChange }: FieldProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<CodeEditor | null>(null)
  const changed = useRef(onChange)
  changed.current = onChange
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor is made once; later texts come through the effect below
  useEffect(() => {
    if (!host.current) return
    const made: CodeEditor = new CodeEditor(host.current, text, FIELD_NAME, {
      edited: (typed) => changed.current(typed),
      pickedLine: () => {},
      brokeAt: () => {},
      say: (sentence) => actions.toast(sentence),
      entered: () => enteredEditor(made),
      history,
      path: () => "",
      files: () => ({}),
    })
    editor.current = made
    made.focus()
    return () => {
      editor.current = null
      made.destroy()
    }
  }, [])
  useEffect(() => editor.current?.replace(text, false), [text])
  return <div ref={host} className="rounded-control border border-control [&>.cm-editor]:max-h-[60vh]" />
}
