// The timers of the virtual clock: a binary heap ordered by (time, order of creation), so that timers of one instant
// fire in the order in which they were set.

export interface Timer {
  readonly atUs: number
  readonly order: number
  fire: (() => void) | null
}

export class Timers {
  private readonly heap: Timer[] = []
  private created = 0
  /** Timers that were not cancelled. */
  pending = 0

  /** Microseconds of the earliest live timer; infinity if there is none. */
  get nextUs(): number {
    this.dropCancelled()
    return this.heap[0]?.atUs ?? Number.POSITIVE_INFINITY
  }

  add(atUs: number, fire: () => void): Timer {
    const timer: Timer = { atUs, order: this.created++, fire }
    this.heap.push(timer)
    this.up(this.heap.length - 1)
    this.pending++
    return timer
  }

  cancel(timer: Timer): void {
    if (!timer.fire) return
    timer.fire = null
    this.pending--
  }

  /** Takes the earliest timer out if it is due by `atUs`. */
  takeDue(atUs: number): (() => void) | null {
    this.dropCancelled()
    const first = this.heap[0]
    if (!first || first.atUs > atUs) return null
    this.removeFirst()
    this.pending--
    const fire = first.fire
    first.fire = null
    return fire
  }

  private dropCancelled(): void {
    while (this.heap.length && this.heap[0]?.fire === null) this.removeFirst()
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
