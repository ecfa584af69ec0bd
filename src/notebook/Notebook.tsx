// A notebook on the page, in the place of the editor: prose and cells in one column, each cell with its output under it.
// Everything can be done by keyboard; what the buttons do is in model.ts and run.ts.
import { Play, Redo2, Undo2 } from "lucide-react"
import { useEffect, useState } from "react"
import type { FrontMatterProblem } from "../../interpreter/session/document/front-matter.ts"
import { Button } from "../ui/Button.tsx"
import { Add } from "./Add.tsx"
import { Cell } from "./Cell.tsx"
import { optionsOf } from "./front-matter.ts"
import { type Block, languagesOf, redone, undone } from "./model.ts"
import { Prose } from "./Prose.tsx"
import { runAll } from "./run.ts"
import { changeNotebook, notebooks, useNotebook } from "./state.ts"

export default function NotebookView() {
  const notebook = useNotebook((open) => open?.notebook)
  if (!notebook) return null
  const { blocks } = notebook
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        role="toolbar"
        aria-label="Notebook"
        className="flex shrink-0 flex-wrap items-center gap-1 border-b border-hairline bg-lane px-2 py-1"
      >
        <Button kind="quiet" onClick={() => void runAll()}>
          <Play aria-hidden="true" size={13} /> Run all
        </Button>
        <Button kind="quiet" square aria-label="Undo" disabled={notebook.past.length === 0} onClick={() => changeNotebook(undone)}>
          <Undo2 aria-hidden="true" size={14} />
        </Button>
        <Button kind="quiet" square aria-label="Redo" disabled={notebook.future.length === 0} onClick={() => changeNotebook(redone)}>
          <Redo2 aria-hidden="true" size={14} />
        </Button>
        <span className="ml-auto text-chip text-muted">{cellCount(blocks)}</span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        <FrontMatterProblems />
        {blocks.map((block) => (
          <BlockView key={block.id} block={block} />
        ))}
        <Add after={blocks[blocks.length - 1]?.id ?? null} language={languagesOf(notebook)[0] ?? "vibe"} always />
      </div>
    </div>
  )
}

function cellCount(blocks: readonly Block[]): string {
  const cells = blocks.filter((block) => block.segment.kind === "cell").length
  return cells === 1 ? "1 cell" : `${cells} cells`
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.segment.kind) {
    case "cell":
    case "file":
      return <Cell block={block} segment={block.segment} />
    default:
      return <Prose block={block} />
  }
}

function FrontMatterProblems() {
  const first = useNotebook((open) => open?.notebook.blocks[0]?.segment)
  const [problems, setProblems] = useState<readonly FrontMatterProblem[]>([])
  useEffect(() => {
    let left = false
    const { open } = notebooks.getState()
    if (first?.kind !== "frontMatter" || !open) setProblems([])
    else
      void optionsOf(open.notebook).then((read) => {
        if (!left) setProblems(read.problems)
      })
    return () => {
      left = true
    }
  }, [first])
  if (problems.length === 0) return null
  return (
    <ul role="alert" aria-label="Problems of the front matter" className="m-0 mb-2 list-none p-0 text-chip text-error-text">
      {problems.map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          line {line}: {message}
        </li>
      ))}
    </ul>
  )
}
