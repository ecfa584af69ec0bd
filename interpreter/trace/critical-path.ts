// Why a run took as long as it did: the chain of causes that ends at its end, and how much every task could have been
// later without moving that end. Both are exact, from who woke whom: computing takes no virtual time, so time passes only
// in waits that time itself ended (sleeps, answers, back-off), and everything else happens because of another task.
import { Kind, type TraceChunk, type TraceEvent } from "./event.ts"
import type { TraceFold } from "./fold.ts"
import type { Lane, LaneState } from "./lane.ts"
import type { Spans } from "./spans.ts"
import { readEvent, type Trace } from "./trace.ts"

/** A stretch of one task's life on the path; consecutive pieces meet in time. Pieces of no duration are the hops. */
export interface PathPiece {
  readonly task: number
  readonly doing: LaneState
  readonly fromUs: number
  readonly toUs: number
  readonly fromStep: number
  readonly toStep: number
}

/** The path from the run's begin to its end; empty for a run in which nothing happened. */
export function criticalPath(spans: Spans): PathPiece[] {
  const last = lastLane(spans)
  if (!last) return []
  const pieces: PathPiece[] = []
  let lane: Lane = last
  let toStep = last.endStep >= 0 ? last.endStep : spans.nowStep
  let toUs = last.endUs >= 0 ? last.endUs : spans.nowUs
  let row = lane.states.rowAtStep(toStep)
  const take = (from: number) => {
    const { states } = lane
    const fromUs = states.us[from] as number
    const fromStep = states.steps[from] as number
    pieces.push({ task: lane.task, doing: states.states[from] as LaneState, fromUs, toUs, fromStep, toStep })
    toUs = fromUs
    toStep = fromStep
  }
  // Every turn goes to an earlier step, so this ends.
  while (row >= 0) {
    const state = lane.states.states[row]
    take(row)
    if (state !== "ready") {
      row--
      continue
    }
    const waker = spans.lanes[lane.states.by[row] as number]
    const wakerRow = waker && waker !== lane ? waker.states.rowAtStep(toStep) : -1
    if (waker && wakerRow >= 0) {
      lane = waker
      row = wakerRow
    } else row--
  }
  return pieces.reverse()
}

/** The task whose end is the run's: main where it ended by itself, else whoever did something last. */
function lastLane(spans: Spans): Lane | undefined {
  const main = spans.lanes[0]
  if (main?.end === "ok" || main?.end === "failed") return main
  let last: Lane | undefined
  for (const lane of spans.lanes) {
    if (!last || lastStep(lane) > lastStep(last)) last = lane
  }
  return last
}

const lastStep = (lane: Lane): number => lane.states.steps[lane.states.length - 1] ?? 0

/** Own time on the path by task, in microseconds: what each contributed to the run's length. */
export function shareByTask(path: readonly PathPiece[]): Map<number, number> {
  const shares = new Map<number, number>()
  for (const piece of path) {
    if (piece.toUs > piece.fromUs) shares.set(piece.task, (shares.get(piece.task) ?? 0) + piece.toUs - piece.fromUs)
  }
  return shares
}

/**
 * For each task, how many microseconds later it could have ended with the run ending no later, everything else taking as
 * long as it took. Dependencies are wakes, spawns, collected values and values through channels. A task nobody depends
 * on has until the run's end.
 */
export function slackOf(fold: TraceFold): Float64Array {
  const { spans, flows, trace } = fold
  const { lanes } = spans
  const last = lastLane(spans)
  if (!last) return new Float64Array(0)
  const deadlineUs = last.endUs >= 0 ? last.endUs : spans.nowUs
  /** How late each task could be right after the event that is being read; events are read from the last to the first. */
  const latest = new Float64Array(lanes.length).fill(Number.POSITIVE_INFINITY)
  latest[last.task] = deadlineUs
  const slack = new Float64Array(lanes.length)
  for (const lane of lanes) if (lane.endUs < 0) slack[lane.task] = Math.max(0, deadlineUs - spans.nowUs)
  const bound = (task: number, us: number | undefined) => {
    if (us !== undefined && us < (latest[task] as number)) latest[task] = us
  }
  /** What a value that is collected, or received from a buffer, asks of its producer's end, or of its sending. */
  const neededEnd = new Map<number, number>()
  const neededSend = new Map<number, number>()
  let flow = flows.channels.length - 1
  let step = fold.folded
  for (const event of eventsBackwards(trace, step)) {
    step--
    const lane = lanes[event.task]
    switch (event.kind) {
      case Kind.TaskEnd:
        if (!lane || lane.endStep !== step) break
        bound(lane.task, neededEnd.get(lane.task))
        slack[lane.task] = Math.max(0, Math.min(deadlineUs, latest[lane.task] as number) - event.atUs)
        break
      case Kind.TaskSpawn:
        if (lane && lanes[event.a]?.spawnStep === step) bound(lane.task, latest[event.a])
        break
      case Kind.TaskReady: {
        const row = lane?.states.rowAtStep(step) ?? -1
        if (!lane || row < 1 || lane.states.steps[row] !== step) break
        const waker = lanes[event.a]
        if (waker && waker !== lane) bound(waker.task, latest[lane.task])
        else latest[lane.task] = (latest[lane.task] as number) - (event.atUs - (lane.states.us[row - 1] as number))
        break
      }
      case Kind.Collected:
        if (lane && lanes[event.a])
          neededEnd.set(event.a, Math.min(neededEnd.get(event.a) ?? Number.POSITIVE_INFINITY, latest[lane.task] as number))
        break
      case Kind.ChannelReceive: {
        const value = flows.channels[flow]
        if (value?.toStep !== step) break
        flow--
        // A receiver that waited was woken by its sender, which counts already.
        if (lane && lane.states.states[lane.states.rowAtStep(step)] === "running")
          neededSend.set(value.fromStep, latest[lane.task] as number)
        break
      }
      case Kind.ChannelSend:
        if (lane) bound(lane.task, neededSend.get(step))
        break
    }
  }
  return slack
}

/** The first `count` events from the last to the first. The object given is the same for all events. */
function* eventsBackwards(trace: Trace, count: number): Generator<TraceEvent> {
  const event = { kind: 0 as Kind, atUs: 0, task: 0, site: 0, a: 0, b: 0 }
  let start = trace.length
  for (let c = trace.chunks.length - 1; c >= 0; c--) {
    const chunk = trace.chunks[c] as TraceChunk
    start -= chunk.count
    for (let i = Math.min(chunk.count, count - start) - 1; i >= 0; i--) yield readEvent(chunk, i, event)
  }
}

/** What the run would take if nothing overlapped: every attempt, sleep and back-off one after another, in microseconds. */
export function oneAfterAnotherUs(spans: Spans, untilUs = spans.nowUs): number {
  let sum = 0
  for (const lane of spans.lanes) {
    const { states } = lane
    for (let row = 0; row < states.length; row++) {
      const state = states.states[row]
      if (state !== "sleep" && state !== "backoff") continue
      const fromUs = states.us[row] as number
      if (fromUs < untilUs) sum += Math.min(untilUs, lane.stateEndUs(row, spans.nowUs)) - fromUs
    }
    for (const call of lane.calls) {
      for (const attempt of call.attempts) {
        if (attempt.sentUs < untilUs) sum += Math.min(untilUs, attempt.endUs >= 0 ? attempt.endUs : spans.nowUs) - attempt.sentUs
      }
    }
  }
  return sum
}
