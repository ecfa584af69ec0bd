// What a cell wrote, or why it cannot run, under its code; and which stretch of the timeline is its own. The place that a
// result took is kept while the cell runs again, so that nothing below it jumps.
import { ChartNoAxesGantt } from "lucide-react"
import { useLayoutEffect, useRef } from "react"
import { SourceFile } from "../../interpreter/source/text.ts"
import { actions } from "../store/store.ts"
import { formatTime, plural } from "../ui/format.ts"
import { focusCell } from "./editors.ts"
import { type CellResult, useNotebook } from "./state.ts"

const MOST_PROBLEMS = 5

export function Result({ id, code, place }: { readonly id: string; readonly code: string; readonly place: number }) {
  const result = useNotebook((open) => open?.results[id])
  const box = useRef<HTMLDivElement>(null)
  const heightPx = useRef(0)
  useLayoutEffect(() => {
    if (!result || !box.current) heightPx.current = 0
    else if (result.over) heightPx.current = box.current.scrollHeight
  }, [result])
  if (!result) return null
  if (result.diagnostics.length > 0) return <CellProblems id={id} code={code} place={place} result={result} />
  return (
    <section aria-label={`Output of cell ${place}`} style={result.over ? undefined : { minHeight: heightPx.current }} className="px-3 pt-1">
      <div ref={box}>
        <Written result={result} />
        <Standing result={result} />
      </div>
    </section>
  )
}

function Written({ result: { output, stale } }: { readonly result: CellResult }) {
  const look = `m-0 font-mono text-[12px] whitespace-pre-wrap ${stale ? "opacity-60" : ""}`
  return (
    <>
      {output.text !== "" && <pre className={`${look} max-h-80 overflow-auto text-text`}>{output.text.replace(/\n$/, "")}</pre>}
      {output.errors !== "" && <pre className={`${look} text-error-text`}>{output.errors.replace(/\n$/, "")}</pre>}
    </>
  )
}

/** How the cell stands: valid or from before an edit; not begun, running, over. */
function Standing({ result: { output, stale, over } }: { readonly result: CellResult }) {
  const { beginUs, endUs } = output
  const look = "m-0 flex min-h-6 flex-wrap items-center gap-2 text-chip text-muted"
  if (stale)
    return (
      <p className={look}>
        <span className="rounded-full bg-raised px-2 py-0.5 text-text-2">from before your edit</span>
      </p>
    )
  if (beginUs < 0) return <p className={look}>{over ? "did not run: the cells before it did not end" : "begins later"}</p>
  if (endUs < 0) return <p className={look}>{over ? `begun at ${formatTime(beginUs)}, did not end` : "running"}</p>
  if (endUs === beginUs) return <p className={look}>took no time</p>
  const show = () => {
    actions.chooseWindow({ fromUs: beginUs, toUs: endUs })
    actions.select({ kind: "span", fromUs: beginUs, toUs: endUs })
  }
  return (
    <p className={look}>
      took {formatTime(endUs - beginUs)} of virtual time
      <button
        type="button"
        onClick={show}
        title="Zooms the timeline to the time of this cell"
        className="inline-flex items-center gap-1 rounded-control px-1.5 py-0.5 text-accent hover:bg-raised"
      >
        <ChartNoAxesGantt aria-hidden="true" size={13} /> {formatTime(beginUs)} to {formatTime(endUs)}
      </button>
    </p>
  )
}

function CellProblems({
  id,
  code,
  place,
  result: { diagnostics, stale },
}: {
  readonly id: string
  readonly code: string
  readonly place: number
  readonly result: CellResult
}) {
  const source = new SourceFile("cell", code)
  const hidden = diagnostics.length - MOST_PROBLEMS
  return (
    <div role="status" aria-label={`Problems of cell ${place}`} className="px-3 pt-1 text-chip">
      <ul className={`m-0 list-none p-0 text-error-text ${stale ? "opacity-60" : ""}`}>
        {diagnostics.slice(0, MOST_PROBLEMS).map((diagnostic) => (
          <li key={`${diagnostic.from} ${diagnostic.message}`}>
            <button
              type="button"
              className="rounded-control text-left hover:underline"
              onClick={() => focusCell(id, diagnostic.from, diagnostic.to)}
            >
              line {source.lineAt(diagnostic.from)}: {diagnostic.message}
            </button>
          </li>
        ))}
        {hidden > 0 && <li>and {plural(hidden, "problem")} more</li>}
      </ul>
      <p className="m-0 text-text-2">{stale ? "Found before your edit." : "The other cells run without this one."}</p>
    </div>
  )
}
