// A moment of a task in words: what it is doing, what it waits for, its row of the timeline's grid as a sentence. Read aloud for
// rows and playhead; what everybody is doing then is in explain.ts. From the trace alone.
import type { CallSpan } from "./call-spans.ts"
import type { TraceFold } from "./fold.ts"
import { type Lane, type LaneState, type LaneTimes, timeKindOf } from "./lane.ts"
import { counted, formatCount, formatUs, shortened } from "./units.ts"

/** What a lane shows at a moment: a state of its task, or the phase of the call it works on, or how it ended. */
export type Doing =
  | "not started"
  | "ready"
  | "running"
  | "queued"
  | "waiting for the first token"
  | "receiving tokens"
  | "using tools"
  | "backing off"
  | "sleeping"
  | "waiting"
  | "waiting for input"
  | "done"
  | "failed"
  | "cancelled"
  | "abandoned"

export interface LaneMoment {
  readonly doing: Doing
  /** `for a`, `to receive from jobs`; "" where there is nothing to name. */
  readonly what: string
  readonly call: CallSpan | undefined
}

const ENDS = { ok: "done", failed: "failed", cancelled: "cancelled", abandoned: "abandoned" } as const
const STATES: Partial<Record<LaneState, Doing>> = {
  ready: "ready",
  running: "running",
  sleep: "sleeping",
  input: "waiting for input",
  backoff: "backing off",
}

/** What a task is doing after the event at `step`; undefined before it exists. */
export function laneAtStep(fold: TraceFold, lane: Lane, step: number): LaneMoment | undefined {
  if (lane.spawnStep > step) return undefined
  if (lane.end && lane.endStep <= step) return { doing: ENDS[lane.end], what: "", call: undefined }
  const row = lane.states.rowAtStep(step)
  const state = lane.states.states[row] as LaneState
  const call = fold.spans.callAtStep(lane, step)
  if (row === 0) return { doing: "not started", what: "", call }
  if (state === "call" || state === "gate" || state === "backoff" || state === "host") {
    switch (call?.phaseAtStep(step)) {
      case "queued":
        return { doing: "queued", what: "for a place", call }
      case "waiting":
        return { doing: "waiting for the first token", what: "", call }
      case "tokens":
        return { doing: "receiving tokens", what: tokenProgress(call, step), call }
      case "tools":
        return { doing: "using tools", what: "", call }
      case "backoff":
        return { doing: "backing off", what: `before try ${call.attempts.filter((attempt) => attempt.sentStep <= step).length + 1}`, call }
      default:
        return state === "gate" ? { doing: "queued", what: "for a place", call } : { doing: STATES[state] ?? "waiting", what: "", call }
    }
  }
  const known = STATES[state]
  return known ? { doing: known, what: "", call } : { doing: "waiting", what: waitsFor(fold, lane, row), call }
}

/** What a suspended row of a lane waits for, as a pill says it: `await b`, `recv jobs`, `turn`. */
export function waitPill(fold: TraceFold, lane: Lane, row: number): string {
  const { states } = lane
  const target = states.on[row] as number
  const name = fold.trace.text(states.by[row] as number)
  switch (states.states[row]) {
    case "await":
      return `await ${name || fold.lanes[target]?.label || ""}`.trim()
    case "send":
      return `send ${channelName(fold, target)}`
    case "receive":
      return `recv ${channelName(fold, target)}`
    case "gate":
      return "limit"
    case "input":
      return "input"
    case "host":
      return "ts block"
    case "turn":
      return "turn"
    default:
      return ""
  }
}

function waitsFor(fold: TraceFold, lane: Lane, row: number): string {
  const { states } = lane
  const target = states.on[row] as number
  const name = fold.trace.text(states.by[row] as number)
  switch (states.states[row]) {
    case "await":
      return `for ${name || fold.lanes[target]?.label || "a value"}`
    case "send":
      return `to send to ${channelName(fold, target)}`
    case "receive":
      return `to receive from ${channelName(fold, target)}`
    case "host":
      return "for a ts block"
    case "turn":
      return "for its turn"
    default:
      return ""
  }
}

const channelName = (fold: TraceFold, channel: number): string => fold.spans.channels.get(channel)?.name || `channel ${channel}`

function tokenProgress(call: CallSpan, step: number): string {
  const units = call.unitsAtStep(step)
  const total = call.tokensOut
  const soFar = Math.ceil(units / 4)
  return total > soFar ? `${formatCount(soFar)} of ${formatCount(total)}` : `${formatCount(soFar)} so far`
}

/** The state of a lane as one phrase: `waiting for a`, `receiving tokens (18 of 298)`. */
export function phraseOf(moment: LaneMoment): string {
  if (moment.what === "") return moment.doing
  return moment.doing === "receiving tokens" ? `${moment.doing} (${moment.what})` : `${moment.doing} ${moment.what}`
}

/** How long a lane took by `us`, as people say it: `took 2.06 s`, `going for 340 ms`. */
function durationPhrase(fold: TraceFold, lane: Lane, us: number): string {
  const over = lane.endUs >= 0 && lane.endUs <= us
  const durationUs = (over ? lane.endUs : Math.min(us, fold.totals.virtualUs)) - lane.spawnUs
  return over ? `took ${formatUs(durationUs)}` : `going for ${formatUs(durationUs)}`
}

/** The whole row of a lane in words, as a screen reader says it (the columns of the treegrid in one sentence). `cost`: what its
 * calls cost, in words; "" where there is none to tell: prices are no part of a trace. */
export function rowText(fold: TraceFold, lane: Lane, us: number, step: number, onPath: boolean, cost = ""): string {
  const moment = laneAtStep(fold, lane, step)
  const parts = [shortened(lane.label, 200), `level ${lane.depth + 1}`]
  const calls = lane.calls.filter((call) => call.queuedStep <= step)
  if (calls.length > 0) parts.push(calls.length === 1 ? "model call" : counted(calls.length, "model call"))
  const retries = calls.reduce(
    (sum, call) => sum + Math.max(0, call.attempts.filter((attempt) => attempt.failure && attempt.endStep <= step).length),
    0,
  )
  if (retries > 0) parts.push(retries === 1 ? "one try failed" : `${counted(retries, "try", "tries")} failed`)
  if (moment) parts.push(phraseOf(moment))
  parts.push(`started at ${formatUs(lane.spawnUs)}`, durationPhrase(fold, lane, us))
  const first = firstTokenAfter(lane, step)
  if (first >= 0) parts.push(`first token after ${formatUs(first)}${retries > 0 ? " including a failed try" : ""}`)
  const tokens = tokensBy(lane, step)
  if (tokens > 0) parts.push(`${formatCount(tokens)} tokens${lane.estimated ? " estimated" : ""}`)
  if (cost !== "") parts.push(`cost ${cost}`)
  if (lane.neverRead && lane.endStep <= step) parts.push("result never read")
  if (onPath) parts.push("on the critical path")
  return parts.join(", ")
}

/** Microseconds from a lane's first attempt to its first call's first token, once that has come; -1 before. */
export function firstTokenAfter(lane: Lane, step: number): number {
  const call = lane.calls[0]
  const tokens = call ? call.phases.lastIndexOf("tokens") : -1
  return call && tokens >= 0 && (call.phaseSteps[tokens] as number) <= step ? call.firstTokenAfterUs : -1
}

/** Tokens that came out of a lane's calls that were over by a step. */
export function tokensBy(lane: Lane, step: number): number {
  if (lane.end && lane.endStep <= step) return lane.tokensOut
  let sum = 0
  for (const call of lane.calls) {
    if (call.endStep >= 0 && call.endStep <= step) sum += call.tokensOut
    if (call.queuedStep > step) break
  }
  return sum
}

/** How a lane had spent its time by `us`. */
export function timesBy(lane: Lane, us: number): LaneTimes {
  if (lane.endUs >= 0 && lane.endUs <= us) return lane.times
  const times = { modelUs: 0, ioUs: 0, waitingUs: 0, backoffUs: 0 }
  const { states } = lane
  for (let row = 0; row < states.length && (states.us[row] as number) < us; row++) {
    const durationUs = Math.min(us, lane.stateEndUs(row, us)) - (states.us[row] as number)
    times[timeKindOf(states.states[row] as LaneState)] += durationUs
  }
  return times
}
