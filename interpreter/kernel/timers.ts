// The timers of the virtual clock: a binary heap ordered by (time, order of creation), so that timers of one instant
// fire in the order in which they were set.

import type { Task } from "./task.ts"

/** Calls `fire` or wakes `task`; neither once it is over or cancelled. */
export interface Timer {
  readonly atUs: number
  readonly order: number
  fire: (() => void) | null
  task: Task | null
}

export class Timers {
  private readonly heap: Timer[] = []
  private created = 0
  /** Timers that were not cancelled. */
  pending = 0

  /** The earliest live timer. */
  get next(): Timer | null {
    this.dropCancelled()
    return this.heap[0] ?? null
  }

  /** Its microseconds; infinity if there is none. */
  get nextUs(): number {
    return this.next?.atUs ?? Number.POSITIVE_INFINITY
  }

  /** A place in the order of creation for a timer whose time is not known yet. */
  reserve(): number {
    return this.created++
  }

  /** `order`: a place that was reserved. */
  add(atUs: number, fire: (() => void) | null, task: Task | null = null, order: number = this.created++): Timer {
    const timer: Timer = { atUs, order, fire, task }
    this.heap.push(timer)
    this.up(this.heap.length - 1)
    this.pending++
    return timer
  }

  cancel(timer: Timer): void {
    if (isOver(timer)) return
    timer.fire = null
    timer.task = null
    this.pending--
  }

  /** Takes the earliest timer out if it is due by `atUs`, for the caller to bring about. */
  takeDue(atUs: number): Timer | null {
    this.dropCancelled()
    const first = this.heap[0]
    if (!first || first.atUs > atUs) return null
    this.removeFirst()
    this.pending--
    return first
  }

  private dropCancelled(): void {
    while (this.heap[0] && isOver(this.heap[0])) this.removeFirst()
  }

  private removeFirst(): void {
    const last = this.heap.pop()
    if (last && this.heap.length) {
      this.heap[0] = last
      this.down(0)
    }
  }

  private before(i: number, j: number): boolean {
    const a = this.heap[i] as Timer
    const b = this.heap[j] as Timer
    return a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order)
  }

  private swap(i: number, j: number): void {
    const timer = this.heap[i] as Timer
    this.heap[i] = this.heap[j] as Timer
    this.heap[j] = timer
  }

  private up(i: number): void {
    for (let parent = (i - 1) >> 1; i > 0 && this.before(i, parent); i = parent, parent = (i - 1) >> 1) this.swap(i, parent)
  }

  private down(i: number): void {
    for (;;) {
      let least = i
      if (2 * i + 1 < this.heap.length && this.before(2 * i + 1, least)) least = 2 * i + 1
      if (2 * i + 2 < this.heap.length && this.before(2 * i + 2, least)) least = 2 * i + 2
      if (least === i) return
      this.swap(i, least)
      i = least
    }
  }
}

function isOver(timer: Timer): boolean {
  return timer.fire === null && timer.task === null
}
