// Prose of a notebook: shown as it reads, edited as Markdown in place. Raw HTML stays text, links go to http(s) only, and
// remote pictures are links, so that opening a document asks nobody for anything (design: models).
import { Pencil } from "lucide-react"
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react"
import { app } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { type Block, languagesOf, movedBy, proseEdited, removed } from "./model.ts"
import { cellActions, changeNotebook, followFrontMatter, useNotebook } from "./state.ts"
import { fenced } from "./unfenced.ts"

const MOST_SHOWN = 12

const Rendered = lazy(() => import("./Rendered.tsx"))

export function Prose({ block }: { readonly block: Block }) {
  const editing = useNotebook((open) => open?.editing === block.id)
  const { raw } = block.segment
  const blank = raw.trim() === ""
  if (editing) return <ProseEditor block={block} />
  if (blank) return null
  const edit = () => cellActions.editing(block.id)
  const name = block.segment.kind === "frontMatter" ? "front matter" : "text"
  return (
    <div data-block={block.id} className="group relative">
      {block.segment.kind === "frontMatter" ? (
        <pre className="m-0 mb-2 overflow-x-auto rounded-control bg-lane p-2 font-mono text-[12px] text-text-2">{raw.trim()}</pre>
      ) : (
        <Suspense fallback={<Plain>{raw}</Plain>}>
          <Rendered markdown={raw} />
        </Suspense>
      )}
      <Offers id={block.id} raw={raw} />
      <Button
        kind="quiet"
        square
        aria-label={`Edit this ${name}`}
        onClick={edit}
        className="absolute top-0 right-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus:opacity-100"
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
          onClick={() => changeNotebook((notebook) => proseEdited(notebook, id, fenced(raw, stretch, language)), id)}
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
  const [text, setText] = useState(block.segment.raw)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => area.current?.focus(), [])
  // Every keystroke is in the document at once, so that nothing is lost when the tab goes.
  const change = (next: string) => {
    setText(next)
    changeNotebook((notebook) => proseEdited(notebook, block.id, next.endsWith("\n") || next === "" ? next : `${next}\n`), block.id)
  }
  const done = () => {
    cellActions.editing(null)
    if (text.trim() === "") changeNotebook((notebook) => removed(notebook, block.id))
    else if (block.segment.kind === "frontMatter") void followFrontMatter()
  }
  return (
    <div data-block={block.id} className="my-2 flex flex-col gap-1">
      <textarea
        ref={area}
        value={text}
        aria-label="Text as Markdown"
        rows={Math.min(24, Math.max(3, text.split("\n").length + 1))}
        spellCheck
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) {
            event.preventDefault()
            event.stopPropagation()
            done()
          }
        }}
        className="w-full resize-y rounded-control border border-control bg-bg p-2 font-mono text-[13px] text-text"
      />
      <div className="flex gap-1">
        <Button onClick={done}>Done</Button>
        <Button kind="quiet" onClick={() => changeNotebook((notebook) => movedBy(notebook, block.id, -1))}>
          Up
        </Button>
        <Button kind="quiet" onClick={() => changeNotebook((notebook) => movedBy(notebook, block.id, 1))}>
          Down
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            cellActions.editing(null)
            changeNotebook((notebook) => removed(notebook, block.id))
          }}
        >
          Delete
        </Button>
      </div>
    </div>
  )
}
