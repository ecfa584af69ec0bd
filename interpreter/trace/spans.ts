// Folds the events of a trace, as they arrive, into lanes with their states, marks and calls; with them the channels, the
// sections and the log of what loads the run. What a lane is stands in `lane.ts`, what a call is in `call-spans.ts`.
import { CallSpan } from "./call-spans.ts"
import { Kind, SUSPEND_REASONS, type SuspendReason, TASK_ENDS, type TaskEnd, type TraceEvent } from "./event.ts"
import { tokensOutOf } from "./kinds.ts"
import { Lane, type LaneState, timeKindOf } from "./lane.ts"
import { LoadLog } from "./load-log.ts"
import type { Trace } from "./trace.ts"

/** A channel as the trace names it. */
export interface ChannelInfo {
  readonly id: number
  readonly name: string
}

export class Spans {
  /** By task id: ids count from 0 without gaps. */
  readonly lanes: Lane[] = []
  readonly calls = new Map<number, CallSpan>()
  readonly channels = new Map<number, ChannelInfo>()
  readonly load = new LoadLog()
  /** Sections (cells of a notebook) as they begin and end. */
  readonly sections: { readonly name: string; readonly startUs: number; readonly startStep: number; endUs: number; endStep: number }[] = []
  nowUs = 0
  nowStep = 0
  ended = false
  /** Grows whenever something that was already folded changes its look; drawers compare it to redraw. */
  version = 0
  private waitName = -1
  private readonly named = new Map<string, number>()
  /** The first task above each task. */
  private readonly roots: number[] = []

  apply(event: TraceEvent, step: number, trace: Trace): void {
    const { kind, atUs, a, b } = event
    this.nowUs = atUs
    this.nowStep = step
    this.version++
    if (kind === Kind.TaskSpawn) {
      this.spawned(event, step, trace)
      return
    }
    if (kind >= Kind.CallQueued && kind <= Kind.CallFinish) {
      this.call(event, step, trace)
      return
    }
    const lane = this.lanes[event.task]
    switch (kind) {
      case Kind.RunEnd:
        this.ended = true
        for (const call of this.calls.values()) if (call.state === "open") this.cutCall(call, atUs, step)
        break
      case Kind.TaskStart:
        if (!lane || lane.end) break
        lane.startUs = atUs
        lane.startStep = step
        this.enter(lane, "running", atUs, step, -1, event.site, -1)
        break
      case Kind.WaitName:
        this.waitName = a
        break
      case Kind.TaskSuspend:
        if (lane && !lane.end) this.suspended(lane, SUSPEND_REASONS[a] ?? "host", b, event, step)
        this.waitName = -1
        break
      case Kind.TaskReady: {
        if (!lane || lane.end) break
        this.enter(lane, "ready", atUs, step, -1, event.site, a)
        const waker = this.lanes[a]
        if (waker && waker !== lane) {
          waker.wokeTasks.push(lane.task)
          waker.wokeRows.push(lane.states.length - 1)
        }
        this.awaited(lane, atUs, step)
        break
      }
      case Kind.TaskResume:
        if (lane && !lane.end) this.enter(lane, "running", atUs, step, -1, event.site, -1)
        break
      case Kind.TaskEnd:
        if (lane && !lane.end) this.taskEnded(lane, TASK_ENDS[a] ?? "failed", b, atUs, step)
        break
      case Kind.Collected: {
        const producer = this.lanes[a]
        if (producer) this.readBy(producer, event.task, atUs, step)
        lane?.marks.push({ what: "collected", atUs, step, site: event.site, on: a, text: -1 })
        break
      }
      case Kind.ChannelOpen:
        this.channels.set(a, { id: a, name: trace.text(b) })
        lane?.marks.push({ what: "channel", atUs, step, site: event.site, on: a, text: b })
        break
      case Kind.ChannelSend:
        lane?.marks.push({ what: "send", atUs, step, site: event.site, on: a, text: b })
        break
      case Kind.ChannelReceive:
        lane?.marks.push({ what: "receive", atUs, step, site: event.site, on: a, text: b })
        break
      case Kind.ChannelClose:
        lane?.marks.push({ what: "close", atUs, step, site: event.site, on: a, text: -1 })
        break
      case Kind.Print:
      case Kind.PrintError:
        lane?.marks.push({ what: "print", atUs, step, site: event.site, on: -1, text: a })
        break
      case Kind.Notice:
        lane?.marks.push({ what: "notice", atUs, step, site: event.site, on: -1, text: a })
        break
      case Kind.Fault:
        lane?.marks.push({ what: "fault", atUs, step, site: event.site, on: -1, text: a })
        break
      case Kind.Input:
        lane?.marks.push({ what: "input", atUs, step, site: event.site, on: -1, text: a })
        break
      case Kind.PrivateCopy:
        lane?.marks.push({ what: "private-copy", atUs, step, site: event.site, on: -1, text: a })
        break
      case Kind.Section:
        this.section(trace.text(a), b === 0, atUs, step)
        break
    }
  }

  /** The call a task waits for or works on at a step: the last one it opened that is still open. */
  callAtStep(lane: Lane, step: number): CallSpan | undefined {
    for (let i = lane.calls.length - 1; i >= 0; i--) {
      const call = lane.calls[i] as CallSpan
      if (call.queuedStep <= step && (call.endStep < 0 || call.endStep > step)) return call
      // Calls of a task rarely overlap: one that ended before this moment has nothing open behind it.
      if (call.endStep >= 0 && call.endStep <= step && lane.tracks === 1) return undefined
    }
    return undefined
  }

  private spawned(event: TraceEvent, step: number, trace: Trace): void {
    // Ids count up; anything else is a damaged trace, whose tasks are left out rather than believed.
    if (event.a !== this.lanes.length) return
    const parent = this.lanes[event.task]
    const name = trace.text(event.b)
    // Names are told apart within a program; programs beside each other have a first task each.
    const root = parent ? (this.roots[parent.task] ?? event.a) : event.a
    this.roots[event.a] = root
    const key = parent ? `${root} ${name}` : name
    const count = (this.named.get(key) ?? 0) + 1
    this.named.set(key, count)
    const label = count === 1 ? name : `${name} #${count}`
    const depth = parent ? parent.depth + 1 : 0
    const lane = new Lane(event.a, name, label, parent ? parent.task : -1, depth, event.site, event.atUs, step)
    lane.states.push("ready", event.atUs, step, -1, event.site, parent ? parent.task : -1)
    this.lanes.push(lane)
    this.load.push("spawned", lane.task, event.atUs, step)
    parent?.children.push(lane.task)
  }

  private enter(lane: Lane, state: LaneState, atUs: number, step: number, on: number, site: number, by: number): void {
    this.account(lane, atUs)
    lane.states.push(state, atUs, step, on, site, by)
  }

  /** Adds the time since the last state began to the lane's times. */
  private account(lane: Lane, atUs: number): void {
    const row = lane.states.length - 1
    const durationUs = atUs - (lane.states.us[row] ?? atUs)
    if (durationUs <= 0) return
    lane.times[timeKindOf(lane.states.states[row] as LaneState)] += durationUs
  }

  private suspended(lane: Lane, reason: SuspendReason, on: number, event: TraceEvent, step: number): void {
    this.enter(lane, reason, event.atUs, step, on, event.site, this.waitName)
    const call = lane.openTracks.findLast((open) => open !== undefined)
    if (!call || call.phase === "waiting" || call.phase === "tokens") return
    if (reason === "backoff") call.enter("backoff", event.atUs, step)
    else if (reason === "gate") call.enter("queued", event.atUs, step)
  }

  /** Whoever waited for a task's end has read it. */
  private awaited(lane: Lane, atUs: number, step: number): void {
    const row = lane.states.length - 2
    if (lane.states.states[row] !== "await") return
    const producer = this.lanes[lane.states.on[row] as number]
    if (producer) this.readBy(producer, lane.task, atUs, step)
  }

  private readBy(producer: Lane, reader: number, atUs: number, step: number): void {
    producer.read = true
    producer.readUs = atUs
    producer.readStep = step
    producer.reader = reader
  }

  private taskEnded(lane: Lane, end: TaskEnd, text: number, atUs: number, step: number): void {
    this.account(lane, atUs)
    lane.end = end
    lane.endText = text
    lane.endUs = atUs
    lane.endStep = step
    this.load.push("ended", lane.task, atUs, step)
    for (const call of lane.openTracks) if (call) this.cutCall(call, atUs, step)
  }

  private section(name: string, begins: boolean, atUs: number, step: number): void {
    if (begins) {
      this.sections.push({ name, startUs: atUs, startStep: step, endUs: -1, endStep: -1 })
      return
    }
    const open = this.sections.findLast((section) => section.name === name && section.endUs < 0)
    if (!open) return
    open.endUs = atUs
    open.endStep = step
  }

  private call(event: TraceEvent, step: number, trace: Trace): void {
    const { kind, atUs, a, b } = event
    if (kind === Kind.CallQueued) {
      const lane = this.lanes[event.task]
      if (this.calls.has(a) || !lane || lane.end) return
      let track = 0
      while (lane.openTracks[track]) track++
      const call = new CallSpan(a, event.task, event.site, b, atUs, step, track)
      lane.openTracks[track] = call
      lane.tracks = Math.max(lane.tracks, track + 1)
      lane.calls.push(call)
      this.calls.set(a, call)
      return
    }
    const call = this.calls.get(a)
    if (call?.state !== "open") return
    const wasInFlight = call.inFlight
    this.callWent(call, event, step, trace)
    if (wasInFlight !== call.inFlight) this.load.push(wasInFlight ? "answered" : "sent", call.task, atUs, step)
  }

  private callWent(call: CallSpan, { kind, atUs, b }: TraceEvent, step: number, trace: Trace): void {
    switch (kind) {
      case Kind.CallSent:
        call.sent(b, atUs, step)
        break
      case Kind.CallSource:
        call.answeredBy(b)
        break
      case Kind.CallFirstToken:
        call.firstToken(atUs, step)
        break
      case Kind.CallChunk:
        call.chunk(b, atUs, step)
        break
      case Kind.CallTool:
        call.marks.push({ what: "tool", text: trace.text(b), atUs, step })
        break
      case Kind.CallToolResult:
        call.marks.push({ what: "tool-result", text: trace.text(b), atUs, step })
        break
      case Kind.CallRetry: {
        const { attempt } = call
        if (attempt) attempt.retryReason = trace.text(b)
        call.marks.push({ what: "retry", text: trace.text(b), atUs, step })
        break
      }
      case Kind.CallTokensIn:
      case Kind.CallTokensOut:
        this.usage(call, kind === Kind.CallTokensIn, b)
        break
      case Kind.CallFinish:
        call.finished(b)
        break
      case Kind.CallReply:
        call.replied(b, atUs, step)
        break
      case Kind.CallFailed:
        call.attemptFailed(trace.text(b), atUs, step)
        break
      case Kind.CallEnd:
        this.closeCall(call, "done", b, atUs, step)
        break
      case Kind.CallGivenUp:
        this.closeCall(call, "failed", b, atUs, step)
        break
    }
  }

  private usage(call: CallSpan, incoming: boolean, argument: number): void {
    const lane = this.lanes[call.task]
    if (!lane) return
    if (incoming) {
      call.tokensIn += argument
      lane.tokensIn += argument
      return
    }
    const { tokens, estimated } = tokensOutOf(argument)
    call.tokensOut += tokens
    lane.tokensOut += tokens
    if (!estimated) return
    call.estimated = true
    lane.estimated = true
  }

  private cutCall(call: CallSpan, atUs: number, step: number): void {
    if (call.inFlight) this.load.push("answered", call.task, atUs, step)
    this.closeCall(call, "cut", -1, atUs, step)
  }

  private closeCall(call: CallSpan, state: "done" | "failed" | "cut", text: number, atUs: number, step: number): void {
    call.end(state, text, atUs, step)
    const lane = this.lanes[call.task]
    if (lane && lane.openTracks[call.track] === call) lane.openTracks[call.track] = undefined
  }
}
