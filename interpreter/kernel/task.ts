// A task: one thread of a program's control. The kernel schedules tasks and knows nothing of what they compute; that is
// behind `Coroutine`, which the engine implements with a stack of generators.
import type { SuspendReason } from "../trace/event.ts"
import { Future } from "./future.ts"
import type { Timer } from "./timers.ts"

/** How a stretch of running ended. A coroutine that fails throws instead. */
export type Signal = "suspended" | "done" | "preempted" | "paused"

export interface Coroutine {
  /**
   * Runs on with `value` as the result of what the task waited for (or, if `threw`, as what it throws there) until the
   * task suspends ("suspended": the kernel was told why), ends ("done": the result is in `result`), has used up its slice
   * ("preempted"), or the machine wants a break with the task still running ("paused": resume it before any other).
   */
  resume(value: unknown, threw: boolean): Signal
  readonly result: unknown
}

/** Returned by a kernel operation that could not finish at once: the coroutine must hand control back to the kernel. */
export const SUSPENDED: unique symbol = Symbol("suspended")
export type Suspended = typeof SUSPENDED

/** Thrown through the frames of a task that is cancelled. User code cannot catch it; cleaning up can. */
export class Cancelled {
  readonly message = "cancelled"
}

export interface Waiting {
  readonly reason: SuspendReason
  /** Id of the task, call, channel or gate; -1 where there is none. */
  readonly on: number
  /** The future waited for: cancelling leaves its queue, and its producer could end the waiting. */
  readonly future: Future | null
  /** The timer waited for, so that cancelling can take it off the clock. */
  readonly timer?: Timer
  /** Who else could end the waiting, for explaining a deadlock. */
  readonly holders?: () => readonly Task[]
  /** Takes the task out of whatever other queue it stands in. */
  readonly leave?: () => void
}

export type TaskState = "new" | "ready" | "running" | "suspended" | "ended"

export class Task {
  state: TaskState = "new"
  started = false
  waiting: Waiting | null = null
  /** Site of its last wait; -1 before the first. */
  waitedAt = -1
  /** What the task gets when it runs next. */
  inbox: unknown = undefined
  inboxThrew = false
  /** Settles with the task's value or failure when it ends. */
  readonly future = new Future()
  /** How far `Kernel.cancel` has come with it. */
  cancel: "none" | "wanted" | "told" = "none"
  /** Counted steps since the task last suspended. */
  stepsSinceSuspension = 0
  /** Its language's own notes on the task (token counts, private globals …). */
  data: unknown = undefined

  constructor(
    readonly id: number,
    readonly name: string,
    readonly parent: Task | null,
    readonly site: number,
    readonly body: Coroutine,
  ) {
    this.future.producer = this
  }
}
