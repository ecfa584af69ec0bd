// A value that will be there later: settled once, with a value or a failure. Tasks wait for it through the kernel;
// runtimes may also hang a function on it, which runs at the moment of settling, before any task does.
import type { Task } from "./task.ts"

export class Future<T = unknown> {
  state: "pending" | "ok" | "failed" = "pending"
  value: T | undefined = undefined
  failure: unknown = undefined
  /** The task whose end settles it; null for calls, timers and promises of the host. */
  producer: Task | null = null
  /** Tasks that wait, in order of their waiting. */
  readonly waiters: Task[] = []
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
