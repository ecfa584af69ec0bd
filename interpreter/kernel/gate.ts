// A gate lets at most `places` operations through at a time; the others queue, first come, first served. Limits in flight
// (Vibe's slots, Ard's calls) and limits of active tasks (Jade) are gates. A freed place goes to the head of the queue in
// the same instant.
import type { Kernel } from "./kernel.ts"
import type { Suspended, Task } from "./task.ts"

export class Gate {
  readonly id: number
  private taken = 0
  private readonly holders = new Set<Task>()
  private readonly queue: { task: Task | null; enter: () => void }[] = []
  /** Where the queue begins: what stands before it was let in. */
  private head = 0

  constructor(
    private readonly kernel: Kernel,
    private places: number,
  ) {
    this.id = kernel.newId()
  }

  private get waiting(): number {
    return this.queue.length - this.head
  }

  get limit(): number {
    return this.places
  }

  /** More places let the queue move up at once; fewer take effect as places are freed. */
  set limit(places: number) {
    this.places = places
    this.moveUp()
  }

  /** Takes a place, or suspends the running task until one is free. */
  acquire(site: number): Suspended | undefined {
    const task = this.kernel.current as Task
    if (this.taken < this.places && this.waiting === 0) {
      this.taken++
      this.holders.add(task)
      return undefined
    }
    const entry = {
      task,
      enter: () => {
        this.holders.add(task)
        this.kernel.wake(task, undefined)
      },
    }
    this.queue.push(entry)
    const leave = () => {
      const at = this.queue.indexOf(entry, this.head)
      if (at >= 0) this.queue.splice(at, 1)
    }
    return this.kernel.suspend({ reason: "gate", on: this.id, future: null, holders: () => [...this.holders], leave }, site)
  }

  /** Runs `enter` when there is a place, at once if there is one now. For those who are no running task. */
  whenFree(enter: () => void): void {
    if (this.taken < this.places && this.waiting === 0) {
      this.taken++
      enter()
    } else this.queue.push({ task: null, enter })
  }

  /** Takes a place even if there is none (a task that comes back from a wait goes on). */
  force(): void {
    this.taken++
  }

  release(holder: Task | null = this.kernel.current): void {
    this.taken--
    if (holder) this.holders.delete(holder)
    this.moveUp()
  }

  private moveUp(): void {
    while (this.taken < this.places) {
      const next = this.queue[this.head]
      if (!next) return
      this.head++
      // Taking from the front is O(1) on average however many wait.
      if (this.head > 1024 && this.head * 2 > this.queue.length) {
        this.queue.splice(0, this.head)
        this.head = 0
      }
      this.taken++
      next.enter()
    }
  }
}
