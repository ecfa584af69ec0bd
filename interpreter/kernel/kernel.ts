// The kernel: tasks on a virtual clock. It decides who runs, lets time jump when nobody can, and records what happens.
// It knows no language and no model: languages give it coroutines, and everything that is awaited is a future.
//
// One loop, `run`. In order: a task that was interrupted to start another at once; a ready task (the chooser's pick); if
// nobody is ready, every timer of the earliest instant, in order of creation; if there is no timer, either something
// outside is open (a live model call, a line of input) and the loop waits, or the run is over: deadlock.
// Computing takes no virtual time: the clock moves in that third step only.
//
// Operations come in pairs with the coroutine: a method either has its answer at once and returns it, or it notes what the
// task waits for and returns SUSPENDED, upon which the coroutine must give control back.
import { Kind, OUTCOMES, SUSPEND_REASONS, type SuspendReason, TASK_ENDS, type TaskEnd } from "../trace/event.ts"
import type { Recorder } from "../trace/recorder.ts"
import type { Chooser } from "./chooser.ts"
import { describeDeadlock } from "./deadlock.ts"
import type { Future } from "./future.ts"
import { LimitReached, type Limits } from "./limits.ts"
import type { Outcome } from "./outcome.ts"
import { ReadyQueue } from "./ready-queue.ts"
import { Settling } from "./settling.ts"
import { Cancelled, type Coroutine, SUSPENDED, type Suspended, Task, type Waiting } from "./task.ts"
import { type Timer, Timers } from "./timers.ts"
import { utf8Length } from "./utf8.ts"

export interface KernelOptions {
  readonly recorder: Recorder
  readonly chooser: Chooser
  readonly limits: Limits
  /** True where a task may be interrupted after a slice of steps (Ard); elsewhere it runs until it waits. */
  readonly preemptive: boolean
  /** How a value or a failure is shown in the trace when a task ends. */
  readonly preview: (value: unknown) => string
  readonly failureMessage: (failure: unknown) => string
}

/** Why `run` came back. `wait`: only time outside (up to `untilUs`) or an open operation can go on; `drain`: promises of
 * the host must run first; `input`: a task waits for a line; `more`: the deadline passed, call again. */
export type RunState = "ended" | "more" | "wait" | "drain" | "input"

export interface RunBudget {
  /** The clock may not pass this; infinity for a run that nobody paces. */
  readonly untilUs: number
  /** True when the caller wants control back; asked between tasks and now and then inside one. */
  readonly expired: () => boolean
}

const UNPACED: RunBudget = { untilUs: Number.POSITIVE_INFINITY, expired: () => false }
/** Steps a task may run without suspending before, with only such tasks left, the next timer fires all the same. */
const SPIN_STEPS = 100_000_000
/** The host is asked whether it wants control back after each 16th turn, and after one that the machine broke off. */
const TURNS_UNASKED = 15

export class Kernel {
  nowUs = 0
  /** Steps of all tasks so far. */
  steps = 0
  /** Bytes of values counted so far; set back only by the machine, for a call that it begins anew. */
  valueBytes = 0
  current: Task | null = null
  outcome: Outcome | null = null
  readonly tasks: Task[] = []
  /** Every choice that was one, in order: the run's schedule. */
  readonly choices: number[] = []
  readonly limits: Limits
  readonly recorder: Recorder
  readonly preemptive: boolean
  /** Operations awaited from outside (live model calls) that are open. */
  private openOperations = 0
  /** A task waits for input: the clock stands still until the line is there. */
  private inputWanted = false
  /** Code of the host was entered whose promises have not had their turn. */
  private drainWanted = false
  private readonly ready = new ReadyQueue()
  /** Tasks that were put aside to run another at once; the last goes on first. */
  private readonly interrupted: Task[] = []
  /** A task that the machine paused in the middle of its turn. */
  private paused: Task | null = null
  /** Not null while main lets the others finish what they can do without time passing. */
  private settling: Settling | null = null
  private main: Task | null = null
  private readonly timers = new Timers()
  private readonly chooser: Chooser
  private readonly preview: KernelOptions["preview"]
  private readonly failureMessage: KernelOptions["failureMessage"]
  private outputBytes = 0
  private budget: RunBudget = UNPACED
  private nextId = 0

  constructor(options: KernelOptions) {
    this.recorder = options.recorder
    this.chooser = options.chooser
    this.limits = options.limits
    this.preemptive = options.preemptive
    this.preview = options.preview
    this.failureMessage = options.failureMessage
  }

  /** True where the chooser looks for other orders: runtimes then let others come first at each `choicePoint`. */
  get explores(): boolean {
    return this.chooser.explores
  }

  // ---- recording ------------------------------------------------------------------------------------------------------

  /** Records an event of the task that runs now (-1 outside any). Text arguments go through `text`. */
  record(kind: Kind, site: number, a: number, b: number): void {
    this.recorder.event(kind, this.nowUs, this.current ? this.current.id : -1, site, a, b)
  }

  /** The same for another task. */
  recordFor(task: Task | null, kind: Kind, site: number, a: number, b: number): void {
    this.recorder.event(kind, this.nowUs, task ? task.id : -1, site, a, b)
  }

  text(value: string): number {
    return this.recorder.text(value)
  }

  /** A number nothing else of this run has: for calls, channels, gates. */
  newId(): number {
    return this.nextId++
  }

  print(piece: string, site: number): void {
    this.countOutput(piece, site)
    this.record(Kind.Print, site, this.text(piece), 0)
  }

  printError(piece: string, site: number): void {
    this.countOutput(piece, site)
    this.record(Kind.PrintError, site, this.text(piece), 0)
  }

  notice(message: string, site = -1): void {
    this.record(Kind.Notice, site, this.text(message), 0)
  }

  /** Counts the growth of values, made at `site`; `bytes` may be negative. Ends the run past the limit. */
  countValueBytes(bytes: number, site = -1): void {
    this.valueBytes += bytes
    if (this.valueBytes > this.limits.valueBytes) throw new LimitReached("valueBytes", this.limits.valueBytes, site)
  }

  private countOutput(piece: string, site: number): void {
    this.outputBytes += utf8Length(piece)
    if (this.outputBytes > this.limits.outputBytes) throw new LimitReached("outputBytes", this.limits.outputBytes, site)
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

  /**
   * A place where another ready task might act first. Where nobody else is ready, nothing happens and undefined comes back.
   * Where the chooser does not explore, the task goes on too, which is noted as its choice (the last of the queue), so that
   * the schedule of a run in its own order replays it. Else the task queues up again and the chooser picks.
   */
  choicePoint(): Suspended | undefined {
    if (this.ready.length === 0) return undefined
    if (!this.chooser.explores) {
      this.choices.push(this.ready.length)
      return undefined
    }
    const task = this.running()
    task.state = "ready"
    task.inbox = undefined
    task.inboxThrew = false
    this.ready.push(task)
    return SUSPENDED
  }

  /**
   * The running task steps aside until no other task can do anything without time passing; tasks that use up a slice
   * or many turns meanwhile are parked for good. What a language does when its main is over (Ard 14.5).
   */
  settleOthers(site: number): Suspended {
    const task = this.running()
    this.settling = new Settling(task)
    return this.suspend({ reason: "turn", on: -1, future: null }, site)
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

  // ---- time and the outside -------------------------------------------------------------------------------------------

  /**
   * Calls `fire` when the clock has advanced by `delayUs` (an integer from 0). `order`: a place from `reserveTimer` among the
   * timers of its instant, in place of the next.
   */
  after(delayUs: number, fire: () => void, order?: number): Timer {
    return this.timers.add(this.nowUs + Math.max(0, Math.floor(delayUs)), fire, null, order)
  }

  /** A place among the timers of an instant, for a timer that is set later in this instant. */
  reserveTimer(): number {
    return this.timers.reserve()
  }

  cancelTimer(timer: Timer): void {
    this.timers.cancel(timer)
  }

  /** Something outside was asked for and will answer through `enter`. Returns what must be called when it is over. */
  openOperation(): () => void {
    this.openOperations++
    let open = true
    return () => {
      if (open) this.openOperations--
      open = false
    }
  }

  /** An event from outside: the clock moves to its stamp, strictly after now, and `happen` runs there. */
  enter(stampUs: number, happen: () => void): void {
    if (this.outcome) return
    this.nowUs = Math.max(this.nowUs + 1, Math.floor(stampUs))
    this.current = null
    this.guarded(happen)
  }

  /** Time stands still, with a task waiting, until `inputArrived`. */
  wantInput(): void {
    this.inputWanted = true
  }

  /** A line came: `happen` wakes the reader. Takes no virtual time. */
  inputArrived(happen: () => void): void {
    this.inputWanted = false
    this.current = null
    this.guarded(happen)
  }

  /** Promises of the host (its code ran, or something is loaded) must have their turn before any task or timer goes on. */
  wantDrain(): void {
    this.drainWanted = true
  }

  /** The host's promises had their turn (and may have settled futures meanwhile). */
  drained(): void {
    this.drainWanted = false
  }

  get hasOpenOperations(): boolean {
    return this.openOperations > 0
  }

  /** Another task could run now. */
  get othersReady(): boolean {
    return this.ready.length > 0
  }

  /** Microseconds of the earliest timer; infinity if there is none. */
  get nextTimerUs(): number {
    return this.timers.nextUs
  }

  // ---- the loop -------------------------------------------------------------------------------------------------------

  run(budget: RunBudget = UNPACED): RunState {
    this.budget = budget
    return this.guarded(() => this.loop(budget)) ?? "ended"
  }

  private loop(budget: RunBudget): RunState {
    let turns = 0
    while (!this.outcome) {
      if (this.drainWanted) return "drain"
      const task = this.pick()
      if (task) {
        this.turn(task)
        // Most turns are short, and asking for the host's time takes as long as some of them.
        if (!this.outcome && (this.paused || (++turns & TURNS_UNASKED) === 0) && budget.expired()) return "more"
        continue
      }
      // Before asking for input: who waits for a line when main is over is cut off like any other that waits.
      if (this.settling) {
        const { main } = this.settling
        this.settling = null
        this.wake(main, undefined)
        continue
      }
      if (this.inputWanted) return "input"
      const nextUs = this.timers.nextUs
      if (nextUs === Number.POSITIVE_INFINITY) {
        if (this.openOperations > 0) return "wait"
        this.current = null
        this.end({ name: "deadlock", ...describeDeadlock(this.main, this.tasks) })
        break
      }
      if (nextUs > budget.untilUs) return "wait"
      this.advanceTo(nextUs)
    }
    return "ended"
  }

  /** Ends the run from outside, between two calls of `run`. */
  stop(message: string): void {
    if (this.outcome) return
    this.current = null
    this.end({ name: "stopped", message })
  }

  /** Asked by the engine when a task has used up its fuel, at `site`. Counts the steps, ends the run past the limit, and says
   * whether the task goes on ("go"), must let the others run ("preempt") or must pause for the machine ("pause"). */
  fuelUsed(steps: number, site: number): "go" | "preempt" | "pause" {
    this.countSteps(steps, site)
    if (this.preemptive && (this.ready.length > 0 || this.settling)) return "preempt"
    if (this.preemptive && (this.current?.stepsSinceSuspension ?? 0) > SPIN_STEPS && this.timers.pending > 0) return "preempt"
    return this.budget.expired() ? "pause" : "go"
  }

  /** What `fuelUsed` would answer to these steps is "go", but for a break that the host wants. Counts nothing. */
  mayGoOn(steps: number): boolean {
    if (this.steps + steps > this.limits.steps) return false
    if (!this.preemptive) return true
    if (this.ready.length > 0 || this.settling) return false
    return (this.current?.stepsSinceSuspension ?? 0) + steps <= SPIN_STEPS || this.timers.pending === 0
  }

  /** The host wants control back. */
  get isExpired(): boolean {
    return this.budget.expired()
  }

  /** Steps that may still be run before the limit. */
  get stepsLeft(): number {
    return this.limits.steps - this.steps
  }

  /** Counts steps that a task ran up to `site`, where it suspended, ended or used up its fuel. */
  countSteps(steps: number, site: number): void {
    this.steps += steps
    if (this.current) this.current.stepsSinceSuspension += steps
    if (this.steps > this.limits.steps) throw new LimitReached("steps", this.limits.steps, site)
  }

  private pick(): Task | null {
    if (this.paused) {
      const task = this.paused
      this.paused = null
      return task
    }
    const interrupted = this.interrupted.pop()
    if (interrupted) return interrupted
    const count = this.ready.length
    if (count === 0) return null
    if (this.preemptive && this.timers.pending > 0 && this.ready.every((task) => task.stepsSinceSuspension > SPIN_STEPS)) {
      // Everybody spins, perhaps for something a timer would bring: computing takes no time, so time must be let go on.
      this.advanceTo(this.timers.nextUs)
      for (let i = 0; i < count; i++) {
        const task = this.ready.take(0)
        task.stepsSinceSuspension = 0
        this.ready.push(task)
      }
    }
    if (count === 1) return this.ready.take(0)
    const choice = this.chooser.choose(count)
    this.choices.push(choice)
    if (this.chooser.explores) this.recordFor(null, Kind.Choice, -1, choice, count)
    return this.ready.take(choice)
  }

  private turn(task: Task): void {
    if (task.state === "ended" || this.settling?.hadItsTurns(task)) return
    this.current = task
    if (!task.started) {
      task.started = true
      this.record(Kind.TaskStart, task.site, 0, 0)
    } else if (task.waiting) this.record(Kind.TaskResume, -1, 0, 0)
    if (task.waiting) task.stepsSinceSuspension = 0
    task.state = "running"
    task.waiting = null
    const value = task.inbox
    const threw = task.inboxThrew
    task.inbox = undefined
    task.inboxThrew = false
    let signal: ReturnType<Coroutine["resume"]>
    try {
      signal = task.body.resume(value, threw)
    } catch (failure) {
      if (failure instanceof LimitReached) throw failure
      this.endTask(task, failure instanceof Cancelled ? "cancelled" : "failed", undefined, failure)
      this.current = null
      return
    }
    if (signal === "done") this.endTask(task, "ok", task.body.result, undefined)
    else if (signal === "preempted") {
      task.state = "ready"
      // While main settles, a task that used up its slice gets no further turn.
      if (!this.settling) this.ready.push(task)
    } else if (signal === "paused") {
      task.state = "ready"
      this.paused = task
    }
    this.current = null
  }

  private advanceTo(atUs: number): void {
    if (atUs > this.limits.virtualUs) {
      const waits = this.timers.next?.task ?? this.main
      throw new LimitReached("virtualUs", this.limits.virtualUs, waits ? waits.waitedAt : -1)
    }
    this.current = null
    this.nowUs = Math.max(this.nowUs, atUs)
    for (let timer = this.timers.takeDue(atUs); timer; timer = this.timers.takeDue(atUs)) {
      const { fire, task } = timer
      timer.fire = null
      timer.task = null
      if (task) this.wake(task, undefined)
      else fire?.()
      if (this.drainWanted) return
    }
  }

  private makeReady(task: Task, by: Task | null): void {
    task.state = "ready"
    if (task.waiting) this.recordFor(task, Kind.TaskReady, -1, by ? by.id : -1, 0)
    this.ready.push(task)
  }

  private endTask(task: Task, how: TaskEnd, value: unknown, failure: unknown): void {
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

  private end(outcome: Outcome): void {
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

  private guarded<T>(happen: () => T): T | null {
    try {
      return happen()
    } catch (problem) {
      if (!(problem instanceof LimitReached)) throw problem
      this.current = null
      this.end({ name: "limit", message: problem.message, failure: problem })
      return null
    }
  }

  private running(): Task {
    if (!this.current) throw new RangeError("no task is running: a kernel operation was called from outside a turn")
    return this.current
  }
}
