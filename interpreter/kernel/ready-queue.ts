// Tasks that could run, in the order in which they became ready. Taking from the front is O(1); a chooser may take from
// anywhere.
import type { Task } from "./task.ts"

export class ReadyQueue {
  private items: (Task | undefined)[] = []
  private head = 0

  get length(): number {
    return this.items.length - this.head
  }

  push(task: Task): void {
    this.items.push(task)
  }

  /** Removes and returns the nth task, counted from the front. */
  take(n: number): Task {
    const at = this.head + n
    const task = this.items[at] as Task
    if (n === 0) {
      this.items[this.head++] = undefined
      if (this.head > 1024 && this.head * 2 > this.items.length) {
        this.items = this.items.slice(this.head)
        this.head = 0
      }
    } else this.items.splice(at, 1)
    return task
  }

  remove(task: Task): void {
    const at = this.items.indexOf(task, this.head)
    if (at >= 0) this.items.splice(at, 1)
  }

  every(test: (task: Task) => boolean): boolean {
    for (let i = this.head; i < this.items.length; i++) if (!test(this.items[i] as Task)) return false
    return true
  }
}
