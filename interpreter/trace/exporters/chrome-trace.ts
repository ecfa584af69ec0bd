// A trace as the JSON that Chrome's tracing tools and Perfetto open: every task a thread with one slice for its life; waits, calls
// and their phases as asynchronous slices, for calls of one task overlap and slices of a thread must not; arrows for who started
// whom, who woke whom and what went through channels; calls in flight and tokens as counters. Virtual time stands where those
// tools expect microseconds of a clock.

import { failureWord } from "../call-spans.ts"
import { spawnFlow, wakeFlow } from "../flows.ts"
import type { TraceFold } from "../fold.ts"
import type { Lane, LaneState } from "../lane.ts"
import { waitPill } from "../moment.ts"

interface Slice {
  readonly ph: "X" | "M" | "i" | "s" | "f" | "C" | "b" | "e"
  readonly pid: number
  readonly tid?: number
  readonly name: string
  readonly ts?: number
  readonly dur?: number
  readonly cat?: string
  /** Of an arrow, a number; of an asynchronous slice, which of its kind it belongs to. */
  readonly id?: number | string
  readonly bp?: "e"
  readonly s?: "t"
  readonly args?: Readonly<Record<string, unknown>>
}

const STATE_NAMES: Partial<Record<LaneState, string>> = {
  ready: "ready",
  sleep: "sleep",
  input: "waiting for input",
  host: "ts block",
  backoff: "back-off",
}
const PHASE_NAMES = {
  queued: "queued",
  waiting: "waiting for the first token",
  tokens: "tokens",
  tools: "tools",
  backoff: "back-off",
  between: "between attempts",
} as const

/** The file's text. Threads are numbered from 1 (0 means "none" to some readers). */
export function chromeTrace(fold: TraceFold, title: string): string {
  const events: Slice[] = [{ ph: "M", pid: 1, name: "process_name", args: { name: title } }]
  let flow = 0
  for (const lane of fold.lanes) {
    const tid = lane.task + 1
    events.push({ ph: "M", pid: 1, tid, name: "thread_name", args: { name: lane.label } })
    events.push({ ph: "M", pid: 1, tid, name: "thread_sort_index", args: { sort_index: tid } })
    taskSlices(fold, lane, tid, events)
    const spawn = spawnFlow(fold.spans, lane)
    if (spawn) arrow(events, ++flow, "spawn", spawn.fromTask + 1, spawn.fromUs, tid, spawn.toUs)
    for (let row = 1; row < lane.states.length; row++) {
      const wake = lane.states.states[row] === "ready" ? wakeFlow(fold.spans, lane, row) : undefined
      if (wake)
        arrow(events, ++flow, lane.states.states[row - 1] === "await" ? "await" : "wake", wake.fromTask + 1, wake.fromUs, tid, wake.toUs)
    }
  }
  for (const value of fold.flows.channels) arrow(events, ++flow, "channel", value.fromTask + 1, value.fromUs, value.toTask + 1, value.toUs)
  const { inFlight, tokensSoFar } = fold.totals
  for (let i = 0; i < inFlight.length; i++) {
    events.push({ ph: "C", pid: 1, name: "calls in flight", ts: inFlight.us[i] as number, args: { calls: inFlight.values[i] } })
  }
  for (let i = 0; i < tokensSoFar.length; i++) {
    if (tokensSoFar.us[i] === tokensSoFar.us[i + 1]) continue
    events.push({ ph: "C", pid: 1, name: "tokens out", ts: tokensSoFar.us[i] as number, args: { tokens: tokensSoFar.values[i] } })
  }
  return `${JSON.stringify({ displayTimeUnit: "ms", otherData: { clock: "virtual time", title }, traceEvents: events })}\n`
}

function taskSlices(fold: TraceFold, lane: Lane, tid: number, events: Slice[]): void {
  const { nowUs } = fold.spans
  const endUs = lane.endUs >= 0 ? lane.endUs : nowUs
  events.push({
    ph: "X",
    pid: 1,
    tid,
    cat: "task",
    name: lane.label,
    ts: lane.spawnUs,
    dur: endUs - lane.spawnUs,
    args: { end: lane.end ?? "going on", value: lane.endText >= 0 ? fold.trace.text(lane.endText) : "", ...lane.times },
  })
  for (let row = 0; row < lane.states.length; row++) {
    const state = lane.states.states[row] as LaneState
    const fromUs = lane.states.us[row] as number
    const durationUs = lane.stateEndUs(row, nowUs) - fromUs
    if (durationUs <= 0 || state === "call" || state === "running") continue
    span(events, tid, "wait", `wait ${tid}`, STATE_NAMES[state] ?? waitPill(fold, lane, row), fromUs, fromUs + durationUs)
  }
  for (const call of lane.calls) {
    const until = call.endUs >= 0 ? call.endUs : nowUs
    const id = `call ${call.id}`
    span(events, tid, "call", id, "model call", call.queuedUs, until, {
      state: call.state,
      attempts: call.attempts.length,
      tokensIn: call.tokensIn,
      tokensOut: call.tokensOut,
      estimated: call.estimated,
      source: call.source,
      finish: call.attempt?.finish ?? "stop",
      request: fold.trace.text(call.requestText),
      reply: call.replyText >= 0 ? fold.trace.text(call.replyText) : "",
    })
    for (const [i, phase] of call.phases.entries()) {
      const fromUs = call.phaseUs[i] as number
      const durationUs = call.phaseEndUs(i, nowUs) - fromUs
      if (durationUs > 0) span(events, tid, "phase", id, PHASE_NAMES[phase], fromUs, fromUs + durationUs)
    }
    for (const attempt of call.attempts) {
      if (!attempt.failure) continue
      events.push({
        ph: "i",
        s: "t",
        pid: 1,
        tid,
        cat: "call",
        name: `failed: ${failureWord(attempt.failure)}`,
        ts: attempt.endUs,
        args: { ...attempt.failure },
      })
    }
  }
  for (const mark of lane.marks) {
    if (mark.what === "collected") continue
    events.push({
      ph: "i",
      s: "t",
      pid: 1,
      tid,
      cat: "mark",
      name: mark.what,
      ts: mark.atUs,
      args: { text: mark.text >= 0 ? fold.trace.text(mark.text) : "" },
    })
  }
}

function arrow(events: Slice[], id: number, cat: string, fromTid: number, fromUs: number, toTid: number, toUs: number): void {
  events.push({ ph: "s", pid: 1, tid: fromTid, cat, name: cat, id, ts: fromUs })
  events.push({ ph: "f", bp: "e", pid: 1, tid: toTid, cat, name: cat, id, ts: toUs })
}

/** An asynchronous slice: its begin and its end. Those of one kind with one id lie one after the other, or inside each other. */
function span(
  events: Slice[],
  tid: number,
  cat: string,
  id: string,
  name: string,
  fromUs: number,
  toUs: number,
  args?: Readonly<Record<string, unknown>>,
): void {
  events.push({ ph: "b", pid: 1, tid, cat, id, name, ts: fromUs, ...(args ? { args } : {}) })
  events.push({ ph: "e", pid: 1, tid, cat, id, name, ts: toUs })
}
