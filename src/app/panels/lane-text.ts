// What a task is doing at a moment, in words: for the table of tasks, the details, the live region. Pure.
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import type { Lane, LaneState } from "../../../interpreter/trace/lane.ts"
import { callEntry } from "./feed.ts"

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

/** "done", "waits for b", "receiving tokens" …; "" before the task was there. */
export function stateOf(fold: TraceFold, lane: Lane, atUs: number): string {
  if (lane.spawnUs > atUs) return ""
  if (lane.end !== null && lane.endUs <= atUs) {
    if (lane.end === "ok") return lane.neverRead && fold.spans.ended ? "done, never read" : "done"
    return lane.end
  }
  const row = lane.states.rowAtUs(atUs)
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
      const call = fold.spans.calls.get(on) ?? lane.calls.findLast((candidate) => candidate.queuedUs <= atUs)
      return call ? callEntry(call, atUs, "", () => "").status.replace(/^waiting$/, "waits for the first token") : "model call"
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

/** Calls in flight once everything of the instant has happened. */
export function inFlightAt(fold: TraceFold, atUs: number): number {
  return fold.totals.inFlight.atUs(atUs)
}
