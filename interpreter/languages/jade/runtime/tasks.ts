// Tasks of a Jade program (SPEC 16): calls of async functions, await, join, wait, ready, cancel, the limit of active
// tasks, tokens of each task. A task counts as active from its start to its end, except while it waits for futures.
import { Fault } from "../../../engine/fault.ts"
import { Future } from "../../../kernel/future.ts"
import { Gate } from "../../../kernel/gate.ts"
import { Cancelled, SUSPENDED, type Task } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import { typeError } from "./faults.ts"
import type { Jade } from "./jade.ts"
import { Arr, Dict, type Fn, FutureValue, kindOf } from "./values.ts"

const DEFAULT_LIMIT = 32
const LARGEST_LIMIT = 512
const POLL_US = 1_000

/** A task's own notes, in `Task.data`. */
interface Notes {
  tokens: number
  /** It holds a place of the limit. */
  active: boolean
  future: FutureValue | null
  /** When it last looked whether it was cancelled. */
  lookedUs: number
}

type Steps = Generator<unknown, unknown, unknown>

export class Tasks {
  /** Tokens of all finished tasks and of calls outside tasks: `__tokens__`. */
  tokens = 0
  /** Where the top level waited for futures last, for telling of a deadlock. */
  topWaitsAt = -1
  private readonly gate: Gate
  private readonly started: FutureValue[] = []
  private warned = false

  constructor(private readonly jade: Jade) {
    const { maxParallel } = jade.host.options
    this.gate = new Gate(jade.kernel, maxParallel > 0 ? clampLimit(maxParallel) : DEFAULT_LIMIT)
  }

  get limit(): number {
    return this.gate.limit
  }

  set limit(places: number) {
    this.gate.limit = clampLimit(places)
  }

  // ---- starting -------------------------------------------------------------------------------------------------------

  /** The call phase: a task at the end of the ready queue, its future at once. One at a time in sequential mode. */
  spawn(fn: Fn, args: readonly unknown[], site: number): FutureValue | Steps {
    const { jade } = this
    const notes: Notes = { tokens: 0, active: false, future: null, lookedUs: -1 }
    const body = jade.body(fn.run(jade.globals, ...args))
    const task = jade.kernel.spawnHeld(fn.name, body, site, notes)
    const future = new FutureValue(task.future, task)
    future.ended.producer = task
    notes.future = future
    this.started.push(future)
    task.future.whenSettled(() => this.taskEnded(task, notes, future))
    if (jade.host.options.sequential) return this.runNow(task, future, site)
    this.gate.whenFree(() => {
      notes.active = true
      jade.kernel.release(task)
    })
    return future
  }

  /** What the seed's console does: the body runs to its end before the call returns (SPEC 19). */
  private *runNow(task: Task, future: FutureValue, site: number): Steps {
    const { kernel } = this.jade
    if (!this.warned) kernel.printError("warning: async functions run one at a time here, at the call: nothing overlaps\n", site)
    this.warned = true
    kernel.release(task)
    if (kernel.wait(future.ended, "await", task.id, site) === SUSPENDED) yield SUSPENDED
    return future
  }

  private taskEnded(task: Task, notes: Notes, future: FutureValue): void {
    const { kernel } = this.jade
    if (notes.active) this.gate.release(null)
    notes.active = false
    if (notes.tokens > 0) {
      this.tokens += notes.tokens
      kernel.recordFor(task, Kind.TokensCounted, -1, notes.tokens, this.tokens)
    }
    kernel.settle(future.ended, null)
  }

  /** Tokens of a call of the running task; outside tasks they count at once. */
  countTokens(tokens: number, site: number): void {
    const notes = this.notes()
    if (notes) notes.tokens += tokens
    else {
      this.tokens += tokens
      this.jade.kernel.record(Kind.TokensCounted, site, tokens, this.tokens)
    }
  }

  private notes(): Notes | null {
    return (this.jade.kernel.current?.data as Notes | undefined) ?? null
  }

  /** Tells the reader which tasks nobody collected; called when the top level ends. */
  tellUnawaited(): void {
    const names = this.started.filter((future) => !future.consumed).map((future) => future.task?.name ?? "")
    if (names.length === 0) return
    const shown = names.length > 5 ? `${names.slice(0, 5).join(", ")} …` : names.join(", ")
    this.jade.kernel.notice(
      names.length === 1 ? `1 task was never awaited: ${shown}` : `${names.length} tasks were never awaited: ${shown}`,
    )
  }

  // ---- collecting -----------------------------------------------------------------------------------------------------

  /** The await phase (SPEC 16.4). */
  await(value: unknown, site: number): unknown {
    if (!(value instanceof FutureValue)) {
      throw new Fault("NotAFuture", `await on a non-Future value: ${kindOf(value)} is not the result of calling an async fn`, site)
    }
    consume(value, site)
    return this.collect(value, site)
  }

  private collect(future: FutureValue, site: number): unknown {
    return future.ended.settled ? this.take(future, site) : this.collectLater(future, site)
  }

  /** Waits for the end or for a cancel, which ends the waiting and not the work. */
  private *collectLater(future: FutureValue, site: number): Steps {
    yield* this.outsideLimit(future.ended, future.task ? future.task.id : -1, site)
    return this.take(future, site)
  }

  /** Suspends until a future settles, without a place of the limit meanwhile. */
  private *outsideLimit<T>(future: Future<T>, on: number, site: number): Steps {
    const { kernel } = this.jade
    const notes = this.notes()
    const active = notes?.active ?? false
    if (!notes) this.topWaitsAt = site
    if (notes && active) {
      notes.active = false
      this.gate.release(null)
    }
    if (kernel.wait(future, "await", on, site) === SUSPENDED) yield SUSPENDED
    if (notes && active) {
      notes.active = true
      this.gate.force()
    }
    return undefined
  }

  private take(future: FutureValue, site: number): unknown {
    const { work, task } = future
    if (future.cancelled) throw cancelledTask(site)
    this.jade.kernel.record(Kind.Collected, site, task ? task.id : -1, 0)
    if (work.state === "ok") return work.value ?? null
    throw crossing(work.failure, site)
  }

  /** `join(f1, f2, …)` and `join(…, settle = true)` (SPEC 16.7). */
  join(futures: readonly unknown[], settle: boolean, site: number): unknown {
    for (const future of futures) {
      if (!(future instanceof FutureValue)) throw new Fault("NotAFuture", `join on a non-Future value: ${kindOf(future)}`, site)
    }
    const list = futures as readonly FutureValue[]
    for (const future of list) consume(future, site)
    return this.joinLater(list, settle, site)
  }

  private *joinLater(futures: readonly FutureValue[], settle: boolean, site: number): Steps {
    const results: unknown[] = []
    for (const future of futures) {
      if (!future.ended.settled) yield* this.outsideLimit(future.ended, future.task ? future.task.id : -1, site)
      if (!settle) {
        results.push(this.take(future, site))
        continue
      }
      try {
        results.push(
          Dict.of(
            new Map<string, unknown>([
              ["ok", true],
              ["value", this.take(future, site)],
            ]),
          ),
        )
      } catch (failure) {
        if (!(failure instanceof Fault)) throw failure
        results.push(
          Dict.of(
            new Map<string, unknown>([
              ["ok", false],
              ["error", this.jade.asking.exceptionValue(failure)],
            ]),
          ),
        )
      }
    }
    return new Arr(results)
  }

  /** The lowest index of a future that has ended; consumes nothing. */
  wait(futures: readonly unknown[], site: number): unknown {
    if (futures.length === 0) throw typeError("wait() needs at least one future", site)
    for (const future of futures) {
      if (!(future instanceof FutureValue)) throw new Fault("NotAFuture", `wait on a non-Future value: ${kindOf(future)}`, site)
    }
    const list = futures as readonly FutureValue[]
    const at = list.findIndex((future) => future.ended.settled)
    return at >= 0 ? at : this.waitLater(list, site)
  }

  private *waitLater(futures: readonly FutureValue[], site: number): Steps {
    const any = new Future()
    for (const future of futures) future.ended.whenSettled(() => this.jade.kernel.settle(any, null))
    const only = futures.length === 1 ? futures[0] : undefined
    if (only?.task) any.producer = only.task
    yield* this.outsideLimit(any, only?.task ? only.task.id : -1, site)
    return futures.findIndex((future) => future.ended.settled)
  }

  // ---- polling and cancelling -----------------------------------------------------------------------------------------

  ready(future: FutureValue, site: number): unknown {
    return future.ended.settled ? true : this.answerAfterOthers(false, site)
  }

  cancelled(site: number): unknown {
    const notes = this.notes()
    if (!notes) return false
    if (notes.future?.cancelled) return true
    // The first look at an instant only lets the others run; a loop that does nothing but look must not stop the clock.
    const again = notes.lookedUs === this.jade.kernel.nowUs
    notes.lookedUs = this.jade.kernel.nowUs
    return again ? this.answerAfterOthers(false, site) : this.answerAfterTurn(false, site)
  }

  private *answerAfterTurn(answer: boolean, site: number): Steps {
    yield this.jade.kernel.yieldTurn(site)
    return answer
  }

  /** A polling loop makes progress: others run before it goes on, and if there are none the clock advances. */
  private *answerAfterOthers(answer: boolean, site: number): Steps {
    const { kernel } = this.jade
    if (kernel.othersReady) yield kernel.yieldTurn(site)
    else {
      const nextUs = kernel.nextTimerUs
      yield kernel.sleep(Number.isFinite(nextUs) ? Math.max(1, nextUs - kernel.nowUs) : POLL_US, site, "turn")
    }
    return answer
  }

  /** Nobody waits for the task any more; its work goes on. No effect on a future that has ended. */
  cancel(future: FutureValue): void {
    if (future.ended.settled) return
    future.cancelled = true
    this.jade.kernel.settle(future.ended, null)
  }

  /** A future that ends after a while (`time.after`). */
  deadline(us: number): FutureValue {
    const future = new FutureValue(new Future(), null)
    this.jade.kernel.after(us, () => {
      this.jade.kernel.settle(future.work, null)
      this.jade.kernel.settle(future.ended, null)
    })
    return future
  }
}

function clampLimit(places: number): number {
  return Math.min(LARGEST_LIMIT, Math.max(1, places))
}

function consume(future: FutureValue, site: number): void {
  if (future.consumed)
    throw new Fault("DoubleAwait", "this future was awaited more than once: its value is gone with the first await", site)
  future.consumed = true
}

function cancelledTask(site: number): Fault {
  return new Fault("AsyncPanic", "async task panicked: awaiting a cancelled task", site)
}

/** A task's failure where it is awaited: a fault of the language as it is, anything else is a panic. */
function crossing(failure: unknown, site: number): Fault {
  if (failure instanceof Fault) return failure
  if (failure instanceof Cancelled) return cancelledTask(site)
  return new Fault("AsyncPanic", "async task panicked: internal fault of the interpreter", site)
}
