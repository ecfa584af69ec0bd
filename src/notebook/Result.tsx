// What a cell wrote, or why it cannot run, under its code; and which stretch of the timeline is its own. The place that a
// result took is kept while the cell runs again, so that nothing below it jumps.
import { ChartNoAxesGantt } from "lucide-react"
import { useLayoutEffect, useRef } from "react"
import type { CellSegment } from "../../interpreter/session/document/markdown.ts"
import { SourceFile, withEdits } from "../../interpreter/source/text.ts"
import { actions } from "../store/store.ts"
import { Button } from "../ui/Button.tsx"
import { formatTime, plural } from "../ui/format.ts"
import { mayCellRun } from "./checks.ts"
import { focusCell } from "./editors.ts"
import { codeEdited } from "./model.ts"
import { pathOf } from "./run.ts"
import { type CellFindings, type CellResult, changeNotebook, typingBurst, useNotebook } from "./state.ts"

const MOST_PROBLEMS = 5

export function Result({ id, segment, place }: { readonly id: string; readonly segment: CellSegment; readonly place: number }) {
  const result = useNotebook((open) => open?.results[id])
  const findings = useNotebook((open) => open?.findings[id])
  const box = useRef<HTMLDivElement>(null)
  const heightPx = useRef(0)
  useLayoutEffect(() => {
    if (!result || !box.current) heightPx.current = 0
    else if (result.over) heightPx.current = box.current.scrollHeight
  }, [result])
  const found = findings && findings.diagnostics.length > 0 ? findings : null
  return (
    <>
      {found && <CellProblems id={id} segment={segment} place={place} findings={found} />}
      {result && !result.refused && (
        <section
          aria-label={`Output of cell ${place}`}
          style={result.over ? undefined : { minHeight: heightPx.current }}
          className="px-3 pt-1"
        >
          <div ref={box}>
            <Written result={result} />
            <Standing result={result} />
          </div>
        </section>
      )}
      {result?.refused && !found && (
        <p className="m-0 px-3 pt-1 text-chip text-muted">Nothing is wrong with it now. Run it to see what it writes.</p>
      )}
    </>
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
  segment,
  place,
  findings: { code, diagnostics },
}: {
  readonly id: string
  readonly segment: CellSegment
  readonly place: number
  readonly findings: CellFindings
}) {
  const source = new SourceFile(pathOf(segment.language), code)
  const hidden = diagnostics.length - MOST_PROBLEMS
  // Said of a text that is being changed; it is looked at again in a moment.
  const late = code !== segment.code
  return (
    <div role="status" aria-label={`Problems of cell ${place}`} className={`px-3 pt-1 text-chip ${late ? "opacity-60" : ""}`}>
      <ul className="m-0 list-none p-0">
        {diagnostics.slice(0, MOST_PROBLEMS).map((diagnostic) => {
          const own = diagnostic.file === source.path
          const look = diagnostic.severity === "error" ? "text-error-text" : "text-text"
          return (
            <li key={`${diagnostic.from} ${diagnostic.message}`} className="flex flex-wrap items-start gap-2">
              <button
                type="button"
                className={`min-w-0 rounded-control text-left hover:underline ${look}`}
                onClick={() => own && focusCell(id, diagnostic.from, diagnostic.to)}
              >
                {diagnostic.severity === "warning" && "warning, "}
                {own ? `line ${source.lineAt(diagnostic.from)}` : diagnostic.file}: {diagnostic.message}
              </button>
              {own &&
                !late &&
                diagnostic.fixes?.slice(0, 1).map((fix) => (
                  <Button
                    key={fix.title}
                    onClick={() => changeNotebook((notebook) => codeEdited(notebook, id, withEdits(code, fix.edits), typingBurst()))}
                  >
                    {fix.title}
                  </Button>
                ))}
            </li>
          )
        })}
        {hidden > 0 && <li className="text-text-2">and {plural(hidden, "problem")} more</li>}
      </ul>
      {!mayCellRun(segment.language, diagnostics) && <p className="m-0 text-text-2">The other cells run without this one.</p>}
    </div>
  )
}
