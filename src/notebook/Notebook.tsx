// A document of prose and cells: a bar with what concerns all of it, then its blocks in order. Blocks are drawn as they come
// into sight. Undo and redo go across everything, from wherever the reader is.
import { Play, Redo2, Undo2 } from "lucide-react"
import { useEffect } from "react"
import { app } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { plural } from "../ui/format.ts"
import { Add } from "./Add.tsx"
import { Cell } from "./Cell.tsx"
import { FrontMatter } from "./FrontMatter.tsx"
import { type Block, cellNumbers, languagesOf } from "./model.ts"
import { Prose } from "./Prose.tsx"
import { runAll } from "./run.ts"
import { Sight } from "./Sight.tsx"
import { history, useNotebook } from "./state.ts"

const BLOCKS_AT_ONCE = 60

export default function NotebookView() {
  const notebook = useNotebook((open) => open?.notebook)
  const opened = useNotebook((open) => open?.opened)
  useEffect(watchHistoryKeys, [])
  if (!notebook) return null
  const { blocks } = notebook
  const language = languagesOf(notebook)[0] ?? app.getState().document.language
  const [first] = blocks
  const front = first?.segment.kind === "frontMatter" ? first.id : null
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div role="toolbar" aria-label="Notebook" className="flex shrink-0 items-center gap-1 border-b border-hairline bg-lane px-2 py-1">
        <Button kind="quiet" onClick={() => void runAll()}>
          <Play aria-hidden="true" size={13} /> Run all
        </Button>
        <Button kind="quiet" square aria-label="Undo" title="Undo" disabled={notebook.past.length === 0} onClick={history.undo}>
          <Undo2 aria-hidden="true" size={14} />
        </Button>
        <Button kind="quiet" square aria-label="Redo" title="Redo" disabled={notebook.future.length === 0} onClick={history.redo}>
          <Redo2 aria-hidden="true" size={14} />
        </Button>
        <Stale />
        <span className="ml-auto text-chip text-muted">{plural(cellNumbers(notebook).size, "cell")}</span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pt-2 pb-10">
        <Sight key={opened} items={blocks} step={BLOCKS_AT_ONCE}>
          {(block, i) => (
            <div key={block.id}>
              {i === 0 && front === null && <Add after={null} language={language} />}
              <BlockView block={block} />
              {block.id === front && <Add after={front} language={language} />}
            </div>
          )}
        </Sight>
        <Add after={blocks[blocks.length - 1]?.id ?? null} language={language} always />
      </div>
    </div>
  )
}

/** How many cells show what they showed before an edit. */
function Stale() {
  const count = useNotebook((open) => (open ? Object.values(open.results).filter(({ stale }) => stale).length : 0))
  if (count === 0) return null
  return <span className="ml-1 text-chip text-text-2">{plural(count, "result")} from before your edit</span>
}

function BlockView({ block }: { readonly block: Block }) {
  const editing = useNotebook((open) => open?.editing === block.id)
  switch (block.segment.kind) {
    case "cell":
    case "file":
      return <Cell block={block} segment={block.segment} />
    case "frontMatter":
      return editing ? <Prose block={block} /> : <FrontMatter block={block} />
    default:
      return <Prose block={block} />
  }
}

/** Undo and redo where no text field keeps a history of its own: on the buttons of a cell, on prose, after a cell is gone. */
function watchHistoryKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key !== "z" && key !== "y") return
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable=true], [role=dialog]")) return
    event.preventDefault()
    if (key === "y" || event.shiftKey) history.redo()
    else history.undo()
  }
  addEventListener("keydown", onKey)
  return () => removeEventListener("keydown", onKey)
}
