// Arrows of cause between tasks: who woke whom (await, join, a freed place), what went through which channel, who started
// whom. Wakes and spawns lie in the lanes already (`spans.ts`); this file reads them as arrows and folds the one kind that
// needs memory of its own: a value sent here and received there.
import { Kind, type TraceEvent } from "./event.ts"
import type { Lane } from "./lane.ts"
import type { Spans } from "./spans.ts"
import type { Trace } from "./trace.ts"

export interface Flow {
  readonly what: "spawn" | "wake" | "channel"
  readonly fromTask: number
  readonly fromUs: number
  readonly fromStep: number
  readonly toTask: number
  readonly toUs: number
  readonly toStep: number
  /** Channel of a channel arrow; -1 otherwise. */
  readonly channel: number
  /** Index into the strings of what went through; -1 otherwise. */
  readonly text: number
}

interface PendingSend {
  readonly task: number
  readonly atUs: number
  readonly step: number
  readonly text: number
}

export class Flows {
  /** Values that went through channels, in the order in which they were received. */
  readonly channels: Flow[] = []
  /** The same by task: indexes of `channels` that leave or reach it. */
  private readonly ofTask = new Map<number, number[]>()
  private readonly pending = new Map<number, PendingSend[]>()

  apply(event: TraceEvent, step: number, _trace: Trace): void {
    if (event.kind === Kind.ChannelSend) {
      const queue = this.pending.get(event.a)
      const send = { task: event.task, atUs: event.atUs, step, text: event.b }
      if (queue) queue.push(send)
      else this.pending.set(event.a, [send])
    } else if (event.kind === Kind.ChannelReceive) this.received(event, step)
  }

  /** A channel hands values over in order, so the oldest send of this value is the one; senders that left are passed by. */
  private received(event: TraceEvent, step: number): void {
    const queue = this.pending.get(event.a)
    const at = queue?.findIndex((send) => send.text === event.b) ?? -1
    const send = queue?.[at]
    if (!queue || !send) return
    queue.splice(0, at + 1)
    const index = this.channels.length
    this.channels.push({
      what: "channel",
      fromTask: send.task,
      fromUs: send.atUs,
      fromStep: send.step,
      toTask: event.task,
      toUs: event.atUs,
      toStep: step,
      channel: event.a,
      text: event.b,
    })
    this.note(send.task, index)
    if (event.task !== send.task) this.note(event.task, index)
  }

  private note(task: number, index: number): void {
    const list = this.ofTask.get(task)
    if (list) list.push(index)
    else this.ofTask.set(task, [index])
  }

  channelFlowsOf(task: number): Flow[] {
    return (this.ofTask.get(task) ?? []).map((index) => this.channels[index] as Flow)
  }
}

/** The arrow that a `ready` row of a lane stands for; undefined where time or the outside woke it. */
export function wakeFlow(spans: Spans, lane: Lane, row: number): Flow | undefined {
  const { states } = lane
  if (row <= 0 || states.states[row] !== "ready") return undefined
  const waker = spans.lanes[states.by[row] as number]
  if (!waker || waker === lane) return undefined
  const atUs = states.us[row] as number
  const step = states.steps[row] as number
  return {
    what: "wake",
    fromTask: waker.task,
    fromUs: atUs,
    fromStep: step,
    toTask: lane.task,
    toUs: atUs,
    toStep: step,
    channel: -1,
    text: -1,
  }
}

export function spawnFlow(spans: Spans, lane: Lane): Flow | undefined {
  if (!spans.lanes[lane.parent]) return undefined
  return {
    what: "spawn",
    fromTask: lane.parent,
    fromUs: lane.spawnUs,
    fromStep: lane.spawnStep,
    toTask: lane.task,
    toUs: lane.spawnUs,
    toStep: lane.spawnStep,
    channel: -1,
    text: -1,
  }
}

/** Every arrow that leaves or reaches a task: its spawn, its wakes in both directions, its channel values. */
export function flowsOf(spans: Spans, flows: Flows, task: number): Flow[] {
  const lane = spans.lanes[task]
  if (!lane) return []
  const found: Flow[] = []
  const spawn = spawnFlow(spans, lane)
  if (spawn) found.push(spawn)
  for (let row = 1; row < lane.states.length; row++) {
    const flow = lane.states.states[row] === "ready" ? wakeFlow(spans, lane, row) : undefined
    if (flow) found.push(flow)
  }
  for (let i = 0; i < lane.wokeTasks.length; i++) {
    const woken = spans.lanes[lane.wokeTasks[i] as number]
    const flow = woken ? wakeFlow(spans, woken, lane.wokeRows[i] as number) : undefined
    if (flow) found.push(flow)
  }
  found.push(...flows.channelFlowsOf(task))
  return found
}
