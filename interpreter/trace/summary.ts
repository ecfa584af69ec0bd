// One sentence that sums up a run: how long, what overlapped, what decided the end. Made from the trace alone; the page
// shows it under the transport bar, the command line and exports print it.
import { criticalPath, oneAfterAnotherUs, shareByTask } from "./critical-path.ts"
import type { TraceFold } from "./fold.ts"
import type { Lane } from "./lane.ts"
import { counted, formatCount, formatUs, shortened } from "./units.ts"

/** Time a lane lost to failed attempts and waiting for the next: microseconds, and the status that cost it. */
export function lostToRetries(lane: Lane): { readonly us: number; readonly status: number } {
  let us = 0
  let status = 0
  for (const call of lane.calls) {
    for (const [i, attempt] of call.attempts.entries()) {
      const next = call.attempts[i + 1]
      if (!attempt.failure || !next) continue
      us += next.sentUs - attempt.sentUs
      status = attempt.failure.status
    }
  }
  return { us, status }
}

/** The sentence for a run that is over, or for what there is of one that goes on. */
export function summaryOf(fold: TraceFold): string {
  const { totals, spans } = fold
  if (totals.events === 0) return "Nothing has happened yet."
  const parts: string[] = []
  const time = formatUs(totals.virtualUs)
  if (totals.virtualUs > 0) parts.push(time)
  else if (totals.outcome === "done")
    parts.push(`no virtual time passed: computing takes none (${formatCount(totals.events)} events in the trace)`)
  const peak = totals.maxInFlight
  if (peak > 1)
    parts.push(peak === totals.calls ? `${counted(peak, "call")} overlapped` : `${counted(totals.calls, "call")}, up to ${peak} at once`)
  else if (totals.calls > 0) parts.push(totals.calls > 1 ? `${counted(totals.calls, "call")}, one after another` : "one call")
  const decider = decidedBy(fold)
  if (decider) parts.push(decider)
  switch (totals.outcome) {
    case "failed":
      parts.push(`it failed: ${shortened(totals.fault?.message || totals.outcomeMessage || "no message", 120)}`)
      break
    case "deadlock":
    case "limit":
    case "stopped":
    case "rejected":
      parts.push(shortened(totals.outcomeMessage || WORDS[totals.outcome], 160))
      break
    case null:
      parts.push(`${counted(spans.lanes.filter((lane) => lane.end === null).length, "task")} still going`)
  }
  const sentence = parts.join("; ")
  return sentence.endsWith(".") ? sentence : `${sentence}.`
}

const WORDS = { deadlock: "nobody could continue", limit: "a limit was reached", stopped: "it was stopped", rejected: "it did not run" }

/** `b decided the end (429, 0.84 s lost)`: the task other than main with the greatest share of the critical path. */
function decidedBy(fold: TraceFold): string {
  const { spans, totals } = fold
  if (totals.virtualUs === 0 || spans.lanes.length < 3 || totals.outcome === null) return ""
  let best: Lane | undefined
  let bestUs = 0
  // The last on the path wins ties: it is what the end waited for.
  for (const [task, us] of shareByTask(criticalPath(spans))) {
    if (task === 0 || us < bestUs) continue
    best = spans.lanes[task]
    bestUs = us
  }
  if (!best) return ""
  const lost = lostToRetries(best)
  const why = lost.us > 0 ? ` (${lost.status > 0 ? `${lost.status}, ` : ""}${formatUs(lost.us)} lost)` : ""
  return `${shortened(best.label, 40)} decided the end${why}`
}

/** What overlapping gained: the time one after another and the factor; null where nothing overlapped. */
export function gainOf(fold: TraceFold): { readonly oneAfterAnotherUs: number; readonly factor: number } | null {
  const sum = oneAfterAnotherUs(fold.spans)
  const { virtualUs } = fold.totals
  return virtualUs > 0 && sum > virtualUs ? { oneAfterAnotherUs: sum, factor: sum / virtualUs } : null
}
