// A moment of a run in one to four sentences: what everybody is doing then, and what comes next. Shown and read out for "Explain
// this moment", the first words of the timeline as text (ui.md §11). From the trace alone.
import type { TraceFold } from "./fold.ts"
import type { Lane } from "./lane.ts"
import { type Doing, type LaneMoment, laneAtStep, phraseOf } from "./moment.ts"
import { counted, formatUs, listed, shortened } from "./units.ts"

/** One to four sentences about the moment after the event at `step`, `us` microseconds into the run. */
export function explainMoment(fold: TraceFold, us: number, step = fold.eventsAtUs(us) - 1): string {
  const alive: { lane: Lane; moment: LaneMoment }[] = []
  let over = 0
  for (const lane of fold.lanes) {
    const moment = laneAtStep(fold, lane, step)
    if (!moment) continue
    if (lane.end && lane.endStep <= step) over++
    else alive.push({ lane, moment })
  }
  if (alive.length + over === 0) return "Nothing has happened yet."
  if (fold.totals.outcome !== null && step >= fold.totals.events - 1) return endSentence(fold, over)
  const sentences: string[] = []
  const inFlight = fold.totals.inFlight.atStep(step)
  sentences.push(
    `At ${formatUs(us)}, ${counted(alive.length, "task is going", "tasks are going")}${over > 0 ? ` and ${counted(over, "has ended", "have ended")}` : ""}${
      inFlight > 0 ? `, with ${counted(inFlight, "call")} in flight` : ""
    }.`,
  )
  const active = groups(alive, (doing) => doing !== "waiting" && doing !== "ready" && doing !== "not started")
  if (active) sentences.push(active)
  const passive = groups(alive, (doing) => doing === "waiting" || doing === "ready" || doing === "not started")
  if (passive) sentences.push(passive)
  const next = nextSentence(fold, step, us)
  if (next) sentences.push(next)
  return sentences.join(" ")
}

/** `b and c are receiving tokens; main is waiting for a.` */
function groups(alive: readonly { lane: Lane; moment: LaneMoment }[], wanted: (doing: Doing) => boolean): string {
  const byPhrase = new Map<string, string[]>()
  for (const { lane, moment } of alive) {
    if (!wanted(moment.doing)) continue
    const phrase = phraseOf(moment)
    const label = shortened(lane.label, 40)
    const names = byPhrase.get(phrase)
    if (names) names.push(label)
    else byPhrase.set(phrase, [label])
  }
  const parts = [...byPhrase].slice(0, 4).map(([phrase, names]) => {
    const verb = phrase === "not started" ? (names.length === 1 ? "has" : "have") : names.length === 1 ? "is" : "are"
    return `${listed(names)} ${verb} ${phrase}`
  })
  const rest = byPhrase.size - parts.length
  if (parts.length === 0) return ""
  return `${parts.join("; ")}${rest > 0 ? `; ${counted(rest, "other state")} besides` : ""}.`
}

/** What happens next and when, if it is known. */
function nextSentence(fold: TraceFold, step: number, us: number): string {
  let next: { us: number; text: string } | undefined
  const offer = (atUs: number, text: string) => {
    if (atUs > us && (!next || atUs < next.us)) next = { us: atUs, text }
  }
  for (const lane of fold.lanes) {
    const label = shortened(lane.label, 40)
    if (lane.spawnStep > step) offer(lane.spawnUs, `${label} starts`)
    else if (lane.end === null || lane.endStep > step) {
      if (lane.end) offer(lane.endUs, `${label} ${lane.end === "ok" ? "finishes" : lane.end === "failed" ? "fails" : "ends"}`)
      const row = lane.states.rowAtStep(step) + 1
      const state = lane.states.states[row]
      if (state) offer(lane.states.us[row] as number, `${label} goes on`)
    }
  }
  return next ? `Next, ${formatUs(next.us - us)} later, ${next.text}.` : ""
}

function endSentence(fold: TraceFold, over: number): string {
  const { totals } = fold
  const took = totals.virtualUs > 0 ? `after ${formatUs(totals.virtualUs)}` : "without any virtual time passing"
  const tasks = counted(over, "task")
  const calls = totals.calls > 0 ? ` and ${counted(totals.calls, "call")}` : ""
  switch (totals.outcome) {
    case "done":
      return `The run is over ${took}: ${tasks}${calls}, all done.`
    case "failed":
      return `The run failed ${took}, with ${tasks}${calls}: ${shortened(totals.fault?.message || totals.outcomeMessage || "no message", 200)}`
    default:
      return `The run ended ${took}, with ${tasks}${calls}: ${shortened(totals.outcomeMessage || String(totals.outcome), 200)}`
  }
}
