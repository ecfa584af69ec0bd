// What a task is doing at a moment, in words: for the table of tasks, the details, the live region. Pure.
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import type { Lane, LaneState } from "../../../interpreter/trace/lane.ts"
import { callEntry } from "./feed.ts"
import type { Moment } from "./use-moment.ts"

/** Where the playhead is: the time, and the last event that has happened. */
export type Instant = Pick<Moment, "atUs" | "atStep">

const WAITS: Partial<Record<LaneState, string>> = {
  sleep: "sleeping",
  gate: "queued at a limit",
  send: "waiting to send",
  receive: "waiting to receive",
  input: "waiting for a line of input",
  host: "in a TypeScript block",
  turn: "waiting for its turn",
  backoff: "backing off",
}

/** What a task does at `atUs`, after the event at `atStep`: "done", "waits for b", "receiving tokens" …; "" before it was there. */
export function stateOf(fold: TraceFold, lane: Lane, { atUs, atStep }: Instant): string {
  if (lane.spawnStep > atStep) return ""
  if (lane.end !== null && lane.endStep <= atStep) {
    if (lane.end === "ok") return lane.neverRead && fold.spans.ended ? "done, never read" : "done"
    return lane.end
  }
  const row = lane.states.rowAtStep(atStep)
  const state = lane.states.states[row]
  const on = lane.states.on[row] ?? -1
  switch (state) {
    case undefined:
      return ""
    case "ready":
      return "ready"
    case "running":
      return "running"
    case "await":
      return `waits for ${fold.lanes[on]?.label ?? "a result"}`
    case "call": {
      const call = fold.spans.calls.get(on) ?? lane.calls.findLast((candidate) => candidate.queuedStep <= atStep)
      return call ? callEntry(call, atUs, "", () => "", atStep).status.replace(/^waiting$/, "waits for the first token") : "model call"
    }
    case "send":
    case "receive": {
      const name = fold.spans.channels.get(on)?.name
      return name ? `${WAITS[state]} ${state === "send" ? "on" : "from"} ${name}` : (WAITS[state] ?? state)
    }
    default:
      return WAITS[state] ?? state
  }
}

/** Names from the first task down to this one: "main > b". */
export function pathOf(fold: TraceFold, task: number): string {
  const names: string[] = []
  for (let at: Lane | undefined = fold.lanes[task], deep = 0; at && deep < 50; at = fold.lanes[at.parent], deep++) names.unshift(at.label)
  return names.join(" > ")
}

/** Calls in flight after the event at a step. */
export function inFlightAt(fold: TraceFold, atStep: number): number {
  return fold.totals.inFlight.atStep(atStep)
}
