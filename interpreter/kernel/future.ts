// A value that will be there later: settled once, with a value or a failure. Tasks wait for it through the kernel;
// runtimes may also hang a function on it, which runs at the moment of settling, before any task does.
import type { Task } from "./task.ts"

export class Future<T = unknown> {
  state: "pending" | "ok" | "failed" = "pending"
  value: T | undefined = undefined
  failure: unknown = undefined
  /** The task whose end settles it; null for calls, timers and promises of the host. */
  producer: Task | null = null
  /** The first task that waits, and the others in order of their waiting: most futures have one, and an array takes more than
   * the rest of the future. */
  private waiter: Task | null = null
  private others: Task[] | null = null
  private listeners: ((future: Future<T>) => void)[] | null = null

  get settled(): boolean {
    return this.state !== "pending"
  }

  /** Runs `listener` when the future settles; at once if it has. */
  whenSettled(listener: (future: Future<T>) => void): void {
    if (this.settled) listener(this)
    else if (this.listeners) this.listeners.push(listener)
    else this.listeners = [listener]
  }

  addWaiter(task: Task): void {
    if (!this.waiter) this.waiter = task
    else if (this.others) this.others.push(task)
    else this.others = [task]
  }

  removeWaiter(task: Task): void {
    if (this.waiter === task) this.waiter = this.others?.shift() ?? null
    else if (this.others) this.others = this.others.filter((it) => it !== task)
  }

  /** Calls `wake` for each waiting task, in order; none waits any more. */
  releaseWaiters(wake: (task: Task) => void): void {
    const { waiter, others } = this
    this.waiter = null
    this.others = null
    if (waiter) wake(waiter)
    if (others) for (const task of others) wake(task)
  }

  /** Used by the kernel only: settling a future outside it would leave its waiters asleep. */
  settle(state: "ok" | "failed", value: T | undefined, failure: unknown): void {
    this.state = state
    this.value = value
    this.failure = failure
    const listeners = this.listeners
    this.listeners = null
    if (listeners) for (const listener of listeners) listener(this)
  }
}
