// The options of a document as one line above it, its text when that is unfolded, and what is wrong with it: the line and the
// reason. What a front matter may say is the interpreter's business (session/document/front-matter.ts).
import { ChevronDown, ChevronRight, Pencil } from "lucide-react"
import { useEffect, useState } from "react"
import type { DocumentOptions, FrontMatterProblem } from "../../interpreter/session/document/front-matter.ts"
import { Button } from "../ui/Button.tsx"
import { plural } from "../ui/format.ts"
import { optionsOf } from "./front-matter.ts"
import type { Block } from "./model.ts"
import { cellActions, notebooks } from "./state.ts"

interface Read {
  readonly options: DocumentOptions
  readonly problems: readonly FrontMatterProblem[]
}

export function FrontMatter({ block }: { readonly block: Block }) {
  const [unfolded, setUnfolded] = useState(false)
  const read = useOptions(block)
  const { raw } = block.segment
  return (
    <div data-block={block.id} className="mb-2 rounded-control bg-lane">
      <div className="flex items-center gap-1 px-1 py-0.5">
        <Button
          kind="quiet"
          className="min-w-0 shrink text-left"
          aria-label="Options of this document"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? <ChevronDown aria-hidden="true" size={14} /> : <ChevronRight aria-hidden="true" size={14} />}
          <span className="truncate text-chip">{read ? summaryOf(read.options) : "options"}</span>
        </Button>
        <Button
          kind="quiet"
          square
          aria-label="Edit this front matter"
          title="Edit the options"
          className="ml-auto"
          onClick={() => cellActions.editing(block.id)}
        >
          <Pencil aria-hidden="true" size={13} />
        </Button>
      </div>
      {unfolded && <pre className="m-0 overflow-x-auto px-3 pb-2 font-mono text-[12px] text-text-2">{raw.trim()}</pre>}
      {read && read.problems.length > 0 && (
        <ul role="alert" aria-label="Problems of the front matter" className="m-0 list-none px-3 pb-2 text-chip text-error-text">
          {read.problems.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              line {line}: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function useOptions(block: Block): Read | null {
  const [read, setRead] = useState<Read | null>(null)
  const { segment } = block
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when the text of the block changes
  useEffect(() => {
    let left = false
    const { open } = notebooks.getState()
    if (open)
      void optionsOf(open.notebook).then((found) => {
        if (!left) setRead(found)
      })
    return () => {
      left = true
    }
  }, [segment])
  return read
}

/** "seed 7 · 3 model rules · at most 2 in flight". */
function summaryOf({ seed, maxParallel, maxRetries, rules, dials, files, input }: DocumentOptions): string {
  const parts = [
    seed === null ? "" : `seed ${seed}`,
    rules.length > 0 ? plural(rules.length, "model rule") : "",
    maxParallel === null ? "" : `at most ${maxParallel} in flight`,
    maxRetries === null ? "" : `at most ${plural(maxRetries, "retry", "retries")}`,
    Object.keys(dials).length > 0 ? "dials of the simulated model" : "",
    Object.keys(files).length > 0 ? plural(Object.keys(files).length, "file") : "",
    input.length > 0 ? plural(input.length, "line of input", "lines of input") : "",
  ].filter((part) => part !== "")
  return parts.length === 0 ? "no options" : parts.join(" · ")
}
