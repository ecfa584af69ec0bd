// The kernel: tasks on a virtual clock. It decides who runs, lets time jump when nobody can, and records what happens.
// It knows no language and no model: languages give it coroutines, and everything that is awaited is a future.
//
// One loop, `run`. In order: a task that was interrupted to start another at once; a ready task (the chooser's pick); if
// nobody is ready, every timer of the earliest instant, in order of creation; if there is no timer, either something
// outside is open (a live model call, a line of input) and the loop waits, or the run is over: deadlock.
// Computing takes no virtual time: the clock moves in that third step only.
//
// Three storeys, one object: the ledger (clock, counters, events), the tasks (start, wait, wake, end), and here the loop with
// what it needs from the chooser and from outside.
import { Kind } from "../trace/event.ts"
import type { Chooser } from "./chooser.ts"
import { describeDeadlock } from "./deadlock.ts"
import { LimitReached } from "./limits.ts"
import { Settling } from "./settling.ts"
import { Cancelled, type Coroutine, SUSPENDED, type Suspended, type Task } from "./task.ts"
import { Tasks, type TasksOptions } from "./tasks.ts"
import type { Timer } from "./timers.ts"

export interface KernelOptions extends TasksOptions {
  readonly chooser: Chooser
  /** True where a task may be interrupted after a slice of steps (Ard); elsewhere it runs until it waits. */
  readonly preemptive: boolean
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

export class Kernel extends Tasks {
  /** Every choice that was one, in order: the run's schedule. */
  readonly choices: number[] = []
  readonly preemptive: boolean
  /** Operations awaited from outside (live model calls) that are open. */
  private openOperations = 0
  /** A task waits for input: the clock stands still until the line is there. */
  private inputWanted = false
  /** Code of the host was entered whose promises have not had their turn. */
  private drainWanted = false
  /** A task that the machine paused in the middle of its turn. */
  private paused: Task | null = null
  /** Not null while main lets the others finish what they can do without time passing. */
  private settling: Settling | null = null
  private readonly chooser: Chooser
  private budget: RunBudget = UNPACED

  constructor(options: KernelOptions) {
    super(options)
    this.chooser = options.chooser
    this.preemptive = options.preemptive
  }

  // ---- who goes first -------------------------------------------------------------------------------------------------

  /** True where the chooser looks for other orders: runtimes then let others come first at each `choicePoint`. */
  get explores(): boolean {
    return this.chooser.explores
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
}
