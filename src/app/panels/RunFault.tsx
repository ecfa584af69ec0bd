// What ended a run that did not end well, under its output: the message, the way to its line, the ways on. Loaded with the first.
import { raisedLimit } from "../../client/raised-limit.ts"
import { startRun } from "../../client/session.ts"
import { isNotebook } from "../../store/document.ts"
import { placeOf } from "../../store/place.ts"
import { actions } from "../../store/store.ts"
import { Button } from "../../ui/Button.tsx"
import { formatTime } from "../../ui/format.ts"
import { goTo } from "./go-to.ts"
import type { Moment } from "./use-moment.ts"

/** What ended the run, where it did not end well: the message, and the way to its line. */
export default function RunFault({ moment, told }: { readonly moment: Moment; readonly told: boolean }) {
  const { report, inputs } = moment.run
  if (!report?.fault || report.outcome === "rejected" || report.virtualUs > moment.atUs) return null
  // Who steps through the last instant has not come to it yet.
  if (moment.atStep + 1 < moment.fold.trace.length) return null
  const { kind, message } = report.fault
  const range = report.fault
  const place = range.line > 0 ? placeOf(inputs, range) : null
  const raised = moment.stale || isNotebook(inputs.entry.path) ? null : raisedLimit(inputs, report.limit)
  return (
    <div role="alert" className="mt-1 grid grid-cols-[var(--time-column)_minmax(0,1fr)] gap-3 max-[699px]:gap-2">
      <span className="text-right text-chip leading-5 text-muted">{told ? "" : formatTime(report.virtualUs)}</span>
      <div className="flex flex-wrap items-center gap-2">
        {!told && (
          <p className="m-0 min-w-0 font-semibold break-words whitespace-pre-wrap text-error-text">
            <span aria-hidden="true">✕ </span>
            {kind}: {message}
          </p>
        )}
        {raised && (
          <Button onClick={() => startRun(raised.limits)} title="Runs the program again, from its beginning, with the higher limit">
            {raised.label}
          </Button>
        )}
        {place && <Button onClick={() => goTo(place, range)}>Go to {place.text}</Button>}
        <Button kind="quiet" onClick={() => actions.scrub(Math.max(0, report.virtualUs - 1))}>
          Step back to before this
        </Button>
      </div>
    </div>
  )
}
