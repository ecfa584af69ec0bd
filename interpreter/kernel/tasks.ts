// The middle storey of the kernel: tasks from their start to their end, what each waits for, and who wakes whom. Which of the
// ready tasks goes next, and when time moves, is decided above (kernel.ts).
//
// Operations come in pairs with the coroutine: a method either has its answer at once and returns it, or it notes what the
// task waits for and returns SUSPENDED, upon which the coroutine must give control back.
import { Kind, OUTCOMES, SUSPEND_REASONS, type SuspendReason, TASK_ENDS, type TaskEnd } from "../trace/event.ts"
import type { Future } from "./future.ts"
import { Ledger, type LedgerOptions } from "./ledger.ts"
import { LimitReached } from "./limits.ts"
import type { Outcome } from "./outcome.ts"
import { ReadyQueue } from "./ready-queue.ts"
import { Cancelled, type Coroutine, SUSPENDED, type Suspended, Task, type Waiting } from "./task.ts"
import { Timers } from "./timers.ts"

export interface TasksOptions extends LedgerOptions {
  /** How a value or a failure is shown in the trace when a task ends. */
  readonly preview: (value: unknown) => string
  readonly failureMessage: (failure: unknown) => string
}

export abstract class Tasks extends Ledger {
  outcome: Outcome | null = null
  readonly tasks: Task[] = []
  protected main: Task | null = null
  protected readonly ready = new ReadyQueue()
  /** Tasks that were put aside to run another at once; the last goes on first. */
  protected readonly interrupted: Task[] = []
  protected readonly timers = new Timers()
  private readonly preview: TasksOptions["preview"]
  private readonly failureMessage: TasksOptions["failureMessage"]

  constructor(options: TasksOptions) {
    super(options)
    this.preview = options.preview
    this.failureMessage = options.failureMessage
  }

  // ---- tasks ----------------------------------------------------------------------------------------------------------

  /** The program itself: the first task. When it ends, the run ends. */
  start(name: string, body: Coroutine): Task {
    this.main = this.newTask(name, body, -1)
    this.makeReady(this.main, null)
    return this.main
  }

  /** A new task at the end of the ready queue; the caller goes on. */
  spawn(name: string, body: Coroutine, site: number, data?: unknown): Task {
    const task = this.newTask(name, body, site)
    task.data = data
    this.makeReady(task, this.current)
    return task
  }

  /** A new task that runs up to its first wait at once; the caller, which must hand over, goes on right after that. */
  spawnAndRun(name: string, body: Coroutine, site: number, data?: unknown): { task: Task; suspended: Suspended } {
    const task = this.newTask(name, body, site)
    task.data = data
    const caller = this.running()
    caller.state = "ready"
    caller.inbox = task
    caller.inboxThrew = false
    this.interrupted.push(caller)
    task.state = "ready"
    this.interrupted.push(task)
    return { task, suspended: SUSPENDED }
  }

  /** Makes a task whose start is up to the caller (a limit of tasks queues them): see `release`. */
  spawnHeld(name: string, body: Coroutine, site: number, data?: unknown): Task {
    const task = this.newTask(name, body, site)
    task.data = data
    return task
  }

  /** Lets a held task start. */
  release(task: Task): void {
    if (task.state !== "new") return
    // Who let it start is a cause like any other waking: the critical path goes through it.
    this.recordFor(task, Kind.TaskReady, -1, this.current ? this.current.id : -1, 0)
    this.makeReady(task, this.current)
  }

  private newTask(name: string, body: Coroutine, site: number): Task {
    // Main is not counted: 100,000 tasks may be started.
    if (this.tasks.length > this.limits.tasks) throw new LimitReached("tasks", this.limits.tasks, site)
    const task = new Task(this.tasks.length, name, this.current, site, body)
    this.tasks.push(task)
    this.record(Kind.TaskSpawn, site, task.id, this.text(name))
    return task
  }

  /**
   * Ends a task: at once where it has not begun, else by unwinding its frames with `Cancelled` from where it waits. One that runs,
   * or has what it waited for, goes on to its next wait (a place or a value that was handed to it must not be lost). It is told
   * once: what cleans up may wait again.
   */
  cancel(task: Task): void {
    if (task.state === "ended" || task.cancel !== "none") return
    task.cancel = "wanted"
    if (!task.started && task.state !== "running") {
      this.ready.remove(task)
      this.endTask(task, "cancelled", undefined, new Cancelled())
    } else if (task.state === "suspended") this.unwind(task)
  }

  /** Takes a task out of its wait, with `Cancelled` as what comes of it. */
  private unwind(task: Task): void {
    task.cancel = "told"
    const waiting = task.waiting
    waiting?.future?.removeWaiter(task)
    if (waiting?.timer) this.timers.cancel(waiting.timer)
    waiting?.leave?.()
    this.wake(task, new Cancelled(), true)
  }

  // ---- waiting --------------------------------------------------------------------------------------------------------

  /** The future's value if it is there; throws its failure; else the task waits for it. */
  wait<T>(future: Future<T>, reason: SuspendReason, on: number, site: number): T | Suspended {
    if (future.state === "ok") return future.value as T
    if (future.state === "failed") throw future.failure
    const task = this.running()
    future.addWaiter(task)
    return this.suspend({ reason, on, future: future as Future }, site)
  }

  /** Suspends the running task; somebody else must `wake` it. */
  suspend(waiting: Waiting, site: number): Suspended {
    const task = this.running()
    task.state = "suspended"
    task.waiting = waiting
    task.waitedAt = site
    this.record(Kind.TaskSuspend, site, SUSPEND_REASONS.indexOf(waiting.reason), waiting.on)
    if (task.cancel === "wanted") this.unwind(task)
    return SUSPENDED
  }

  /** Makes a suspended task ready with what it waited for. */
  wake(task: Task, value: unknown, threw = false): void {
    if (task.state !== "suspended") return
    task.inbox = value
    task.inboxThrew = threw
    this.makeReady(task, this.current)
  }

  /** Waits `durationUs` of virtual time; zero or less only lets the others have their turn. */
  sleep(durationUs: number, site: number, reason: SuspendReason = "sleep"): Suspended {
    if (!(durationUs > 0)) return this.yieldTurn(site)
    const task = this.running()
    const timer = this.timers.add(this.nowUs + Math.floor(durationUs), null, task)
    return this.suspend({ reason, on: -1, future: null, timer }, site)
  }

  /** Lets every other ready task have a turn first. */
  yieldTurn(site: number): Suspended {
    const task = this.running()
    this.suspend({ reason: "turn", on: -1, future: null }, site)
    this.wake(task, undefined)
    return SUSPENDED
  }

  /** Settles a future and wakes who waits for it. May be called outside the loop, from a promise of the host. */
  settle<T>(future: Future<T>, value: T): void {
    if (future.settled || this.outcome) return
    this.guardedOutside(() => this.settleAndWake(future, "ok", value, undefined))
  }

  fail<T>(future: Future<T>, failure: unknown): void {
    if (future.settled || this.outcome) return
    this.guardedOutside(() => this.settleAndWake(future, "failed", undefined, failure))
  }

  private settleAndWake<T>(future: Future<T>, state: "ok" | "failed", value: T | undefined, failure: unknown): void {
    future.settle(state, value, failure)
    future.releaseWaiters((task) => this.wake(task, state === "ok" ? value : failure, state === "failed"))
  }

  protected makeReady(task: Task, by: Task | null): void {
    task.state = "ready"
    if (task.waiting) this.recordFor(task, Kind.TaskReady, -1, by ? by.id : -1, 0)
    this.ready.push(task)
  }

  // ---- ending ---------------------------------------------------------------------------------------------------------

  /** Ends the run from outside, between two calls of `run`. */
  stop(message: string): void {
    if (this.outcome) return
    this.current = null
    this.end({ name: "stopped", message })
  }

  protected endTask(task: Task, how: TaskEnd, value: unknown, failure: unknown): void {
    task.state = "ended"
    task.waiting = null
    const text = how === "ok" ? this.preview(value) : how === "failed" ? this.failureMessage(failure) : ""
    this.recordFor(task, Kind.TaskEnd, -1, TASK_ENDS.indexOf(how), this.text(text))
    if (task === this.main) {
      this.end(how === "ok" ? { name: "done", message: "", value } : { name: "failed", message: text, failure })
      return
    }
    this.settleAndWake(task.future, how === "ok" ? "ok" : "failed", value, failure)
  }

  protected end(outcome: Outcome): void {
    if (this.outcome) return
    this.outcome = outcome
    for (const task of this.tasks) {
      if (task.state === "ended") continue
      task.state = "ended"
      this.recordFor(task, Kind.TaskEnd, -1, TASK_ENDS.indexOf("abandoned"), this.text(""))
    }
    this.recordFor(null, Kind.RunEnd, -1, OUTCOMES.indexOf(outcome.name), this.text(outcome.message))
  }

  /** Inside a turn a limit unwinds the task that hit it; outside one it ends the run here. */
  private guardedOutside(happen: () => void): void {
    if (this.current) happen()
    else this.guarded(happen)
  }

  protected guarded<T>(happen: () => T): T | null {
    try {
      return happen()
    } catch (problem) {
      if (!(problem instanceof LimitReached)) throw problem
      this.current = null
      this.end({ name: "limit", message: problem.message, failure: problem })
      return null
    }
  }

  protected running(): Task {
    if (!this.current) throw new RangeError("no task is running: a kernel operation was called from outside a turn")
    return this.current
  }
}
