// A number over a run: rows of (time, step, value), appended as events come, searched by time or by step. The strips
// (calls in flight, tokens so far) and anything else that is "how much was it then" are such series. A *step* is an
// event's place in the trace: the ruler for runs whose time stands still counts in steps.

/** Index of the last entry that is <= `at` in an ascending list; -1 where there is none. */
export function lastAtOrBefore(ascending: readonly number[], at: number): number {
  let low = -1
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ascending[middle] as number) <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** The same, from a place that is known to be before it or not far behind it: neighbours are found in few looks. */
export function lastAtOrBeforeFrom(ascending: readonly number[], at: number, from: number): number {
  if (from >= 0 && (ascending[from] ?? Number.POSITIVE_INFINITY) > at) return lastAtOrBefore(ascending, at)
  let low = from
  let leap = 1
  while (low + leap < ascending.length && (ascending[low + leap] as number) <= at) {
    low += leap
    leap *= 2
  }
  let high = Math.min(ascending.length - 1, low + leap)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ascending[middle] as number) <= at) low = middle
    else high = middle - 1
  }
  return low
}

export class Series {
  readonly us: number[] = []
  readonly steps: number[] = []
  readonly values: number[] = []
  /** The greatest value so far that another instant followed. */
  private settled = 0

  get length(): number {
    return this.values.length
  }

  /** The value after the last row. */
  get last(): number {
    return this.values.length > 0 ? (this.values[this.values.length - 1] as number) : 0
  }

  push(atUs: number, step: number, value: number): void {
    const last = this.us.length - 1
    if (last >= 0 && this.us[last] !== atUs) this.settled = Math.max(this.settled, this.values[last] as number)
    this.us.push(atUs)
    this.steps.push(step)
    this.values.push(value)
  }

  /** The value once everything that happened at `us` has happened. */
  atUs(us: number): number {
    return this.values[lastAtOrBefore(this.us, us)] ?? 0
  }

  /** The value after the event at `step`. */
  atStep(step: number): number {
    return this.values[lastAtOrBefore(this.steps, step)] ?? 0
  }

  /** The greatest value that held for longer than an instant, or at the end. */
  peak(): number {
    return Math.max(this.settled, this.last)
  }
}
