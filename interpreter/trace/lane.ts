// A lane: what one task was doing when. Its *states* follow each other without a gap from spawn to end, its model calls lie
// over them with phases of their own (`call-spans.ts`), and marks are things that happened at an instant. All lists ascend,
// so that who draws or asks finds a moment by binary search. Times are microseconds; a step is an event's place in the
// trace. Written by `spans.ts` alone; read by the timeline, the panels and the text forms.
import type { CallSpan } from "./call-spans.ts"
import { SUSPEND_REASONS, type SuspendReason, type TaskEnd } from "./event.ts"
import { lastAtOrBefore } from "./series.ts"

/** What a task is doing: it could run (`ready`), it runs, or it is suspended for a reason. */
export const STATES = ["ready", "running", ...SUSPEND_REASONS] as const
export type LaneState = "ready" | "running" | SuspendReason

/** The states of one lane, a row each; a row lasts until the next one begins, the last one until the task ends. */
export class StateList {
  readonly states: LaneState[] = []
  readonly us: number[] = []
  readonly steps: number[] = []
  /** What a suspended task waits for: task, call, channel, gate, or text; -1 where there is nothing to name. */
  readonly on: number[] = []
  readonly sites: number[] = []
  /** In a `ready` row: the task that woke this one, -1 for time or the outside. In a suspended row: the text index of the
   * name that was read, or -1. */
  readonly by: number[] = []

  get length(): number {
    return this.us.length
  }

  push(state: LaneState, atUs: number, step: number, on: number, site: number, by: number): void {
    this.states.push(state)
    this.us.push(atUs)
    this.steps.push(step)
    this.on.push(on)
    this.sites.push(site)
    this.by.push(by)
  }

  /** The row that holds once everything of the instant `us` has happened; -1 before the first. */
  rowAtUs(us: number): number {
    return lastAtOrBefore(this.us, us)
  }

  /** The row that holds after the event at `step`. */
  rowAtStep(step: number): number {
    return lastAtOrBefore(this.steps, step)
  }
}

/** Something a task did at an instant. */
export interface Mark {
  readonly what: "print" | "notice" | "fault" | "send" | "receive" | "close" | "channel" | "input" | "private-copy" | "collected"
  readonly atUs: number
  readonly step: number
  readonly site: number
  /** Channel, or task for `collected`; -1 otherwise. */
  readonly on: number
  /** Index into the strings; -1 where there is no text. */
  readonly text: number
}

/** How a task spent its time, in microseconds. Computing takes none. */
export interface LaneTimes {
  /** Requests of its own in flight. */
  modelUs: number
  /** Sleeping, waiting for input or for the host. */
  ioUs: number
  /** Suspended on another task or a channel, queued at a limit, or ready and not running. */
  waitingUs: number
  /** Between a failed attempt and the next. */
  backoffUs: number
}

/** Which of a lane's times a state counts for. */
export function timeKindOf(state: LaneState): keyof LaneTimes {
  switch (state) {
    case "call":
      return "modelUs"
    case "sleep":
    case "input":
    case "host":
      return "ioUs"
    case "backoff":
      return "backoffUs"
    default:
      return "waitingUs"
  }
}

export class Lane {
  readonly states = new StateList()
  readonly marks: Mark[] = []
  readonly calls: CallSpan[] = []
  /** Tasks it spawned, in order. */
  readonly children: number[] = []
  readonly times: LaneTimes = { modelUs: 0, ioUs: 0, waitingUs: 0, backoffUs: 0 }
  startUs = -1
  startStep = -1
  /** -1 while the task lives. */
  endUs = -1
  endStep = -1
  end: TaskEnd | null = null
  /** What it returned, as printed, or the message of its fault: index into the strings; -1 while it lives. */
  endText = -1
  /** Somebody waited for its end or collected its value. */
  read = false
  /** When the last of its readers had it; -1 while nobody has. */
  readUs = -1
  readStep = -1
  /** The task that read it last; -1 while nobody has. */
  reader = -1
  tokensIn = 0
  tokensOut = 0
  estimated = false
  /** Most calls of this task that were open at the same time: the tracks its bars need. */
  tracks = 1
  /** Tasks this one woke: the lane and the `ready` row that says so. */
  readonly wokeTasks: number[] = []
  readonly wokeRows: number[] = []
  /** Open calls, by track. */
  readonly openTracks: (CallSpan | undefined)[] = []

  constructor(
    readonly task: number,
    readonly name: string,
    /** The name, with `#2` and so on behind it where an earlier task has the same. */
    readonly label: string,
    /** -1 for the first task. */
    readonly parent: number,
    readonly depth: number,
    /** Where it was spawned. */
    readonly site: number,
    readonly spawnUs: number,
    readonly spawnStep: number,
  ) {}

  /** The end of the ith state in microseconds; `nowUs` while it goes on. */
  stateEndUs(i: number, nowUs: number): number {
    return this.states.us[i + 1] ?? (this.endUs >= 0 ? this.endUs : nowUs)
  }

  stateEndStep(i: number, nowStep: number): number {
    return this.states.steps[i + 1] ?? (this.endStep >= 0 ? this.endStep : nowStep)
  }

  /** True for a task whose end nobody waited for, once that is certain: it is over, or its parent is. */
  get neverRead(): boolean {
    return !this.read && this.end !== null && this.parent >= 0
  }
}
