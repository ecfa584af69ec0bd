// Prose of a notebook: shown as it reads, edited as Markdown in place. Raw HTML stays text, links go to http(s) only, and
// remote pictures are links, so that opening a document asks nobody for anything (design: models).
import { Pencil } from "lucide-react"
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from "react"
import { app } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { type Block, languagesOf, movedBy, proseEdited, proseRead, proseTyped, removed } from "./model.ts"
import { piecesOf } from "./pieces.ts"
import { Sight } from "./Sight.tsx"
import { cellActions, changeNotebook, followFrontMatter, useNotebook } from "./state.ts"
import { fenced } from "./unfenced.ts"

const MOST_SHOWN = 12

const Rendered = lazy(() => import("./Rendered.tsx"))

const PIECES_AT_ONCE = 3

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
        {(piece, i) => (
          <Suspense key={i} fallback={<Plain>{piece}</Plain>}>
            <Rendered markdown={piece} />
          </Suspense>
        )}
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

function Plain({ children }: { readonly children: ReactNode }) {
  return <div className="whitespace-pre-wrap text-lesson text-text">{children}</div>
}

function ProseEditor({ block }: { readonly block: Block }) {
  const { id, segment } = block
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  // Every keystroke is in the document at once, so that nothing is lost when the tab goes; read as Markdown it is when done.
  const change = (next: string) => changeNotebook((notebook) => proseTyped(notebook, id, next))
  const read = () => changeNotebook((notebook) => proseRead(notebook, id))
  const done = () => {
    cellActions.editing(null)
    if (segment.raw.trim() === "") changeNotebook((notebook) => removed(notebook, id))
    else read()
    if (segment.raw.startsWith("---")) void followFrontMatter()
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-block="${id}"] button`)?.focus())
  }
  return (
    <div data-block={block.id} className="my-2 flex flex-col gap-1">
      <textarea
        ref={area}
        value={segment.raw}
        aria-label="Text as Markdown"
        rows={3}
        spellCheck
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
            event.preventDefault()
            event.stopPropagation()
            done()
          }
        }}
        className="max-h-[60vh] w-full resize-y [field-sizing:content] rounded-control border border-control bg-bg p-2 font-mono text-[13px] text-text"
      />
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
