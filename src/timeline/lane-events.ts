// The events of one lane as a list that can be walked with the keyboard: what happened, when, in words. Only what a reader
// would call an event: waits, calls and their attempts, output, channel values, the end; not every token.
import { failureWord, finishWord } from "../../interpreter/trace/call-spans.ts"
import type { TraceFold } from "../../interpreter/trace/fold.ts"
import type { Lane } from "../../interpreter/trace/lane.ts"
import { waitPill } from "../../interpreter/trace/moment.ts"
import { formatCount, formatUs, shortened } from "../../interpreter/trace/units.ts"

export interface LaneEvent {
  readonly step: number
  readonly us: number
  readonly text: string
  readonly call: number
}

/** Events of a lane up to `edgeStep`, in order; of very long ones the `most` around `aroundStep`. */
export function laneEvents(fold: TraceFold, lane: Lane, edgeStep: number, aroundStep: number, most = 400): LaneEvent[] {
  const events: LaneEvent[] = []
  const add = (step: number, us: number, text: string, call = -1) => {
    if (step >= 0 && step <= edgeStep) events.push({ step, us, text: `${text}, at ${formatUs(us)}`, call })
  }
  add(lane.spawnStep, lane.spawnUs, lane.parent >= 0 ? `started by ${shortened(fold.lanes[lane.parent]?.label ?? "", 40)}` : "begins")
  const { states } = lane
  const around = Math.max(0, states.rowAtStep(aroundStep))
  const fromRow = Math.max(1, around - most)
  const toRow = Math.min(states.length, around + most)
  for (let row = fromRow; row < toRow; row++) {
    const state = states.states[row]
    const us = states.us[row] as number
    const step = states.steps[row] as number
    if (state === "sleep" || state === "backoff" || state === "input") {
      add(
        step,
        us,
        `${state === "sleep" ? "sleeps" : state === "input" ? "waits for input" : "backs off"} for ${formatUs(lane.stateEndUs(row, us) - us)}`,
      )
    } else if (state === "ready" && states.states[row - 1] !== "call") {
      const waker = fold.lanes[states.by[row] as number]
      if (waker && waker !== lane) add(step, us, `goes on, because of ${shortened(waker.label, 40)}`)
    } else if (state !== "ready" && state !== "running" && state !== "call") {
      const pill = waitPill(fold, lane, row)
      if (pill !== "") add(step, us, `waits: ${shortened(pill, 60)}`)
    }
  }
  for (const call of lane.calls) {
    add(call.queuedStep, call.queuedUs, "asks the model", call.id)
    for (const attempt of call.attempts) {
      if (attempt.number > 1) add(attempt.sentStep, attempt.sentUs, `try ${attempt.number}`, call.id)
      if (attempt.failure)
        add(
          attempt.endStep,
          attempt.endUs,
          attempt.failure.what === "" ? `fails with ${failureWord(attempt.failure)}` : `fails: ${failureWord(attempt.failure)}`,
          call.id,
        )
    }
    const ended = finishWord(call.attempt?.finish ?? "stop")
    const first = call.phases.lastIndexOf("tokens")
    if (first >= 0) add(call.phaseSteps[first] as number, call.phaseUs[first] as number, "first token", call.id)
    if (call.endStep >= 0)
      add(
        call.endStep,
        call.endUs,
        call.state === "done"
          ? `has its answer, ${formatCount(call.tokensOut)} tokens${ended === "" ? "" : ` (${ended})`}`
          : `call ${call.state}`,
        call.id,
      )
  }
  for (const mark of lane.marks) {
    const text = shortened(fold.trace.text(mark.text).trim(), 60)
    switch (mark.what) {
      case "print":
        add(mark.step, mark.atUs, `prints ${text}`)
        break
      case "send":
      case "receive":
        add(mark.step, mark.atUs, `${mark.what === "send" ? "sends" : "receives"} ${text}`)
        break
      case "notice":
        add(mark.step, mark.atUs, `notice: ${text}`)
        break
      case "fault":
        add(mark.step, mark.atUs, "fault")
        break
      case "input":
        add(mark.step, mark.atUs, `reads ${text}`)
        break
      default:
    }
  }
  if (lane.end) {
    const words = { ok: "finishes", failed: "fails", cancelled: "is cancelled", abandoned: "is abandoned" }
    add(lane.endStep, lane.endUs, words[lane.end])
  }
  events.sort((a, b) => a.step - b.step)
  if (events.length <= most) return events
  let at = events.findIndex((event) => event.step >= aroundStep)
  if (at < 0) at = events.length - 1
  const from = Math.max(0, Math.min(events.length - most, at - Math.floor(most / 2)))
  return events.slice(from, from + most)
}
