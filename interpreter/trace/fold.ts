// Everything a reader of a run wants, folded from its trace as it grows: totals, lanes with their spans, arrows. `update`
// reads only the events that came since it was last called, so a live run costs what is new and nothing more.

import type { Kind, TraceChunk } from "./event.ts"
import { Flows } from "./flows.ts"
import { lastAtOrBefore } from "./series.ts"
import { Spans } from "./spans.ts"
import { Totals } from "./totals.ts"
import { readEvent, type Trace } from "./trace.ts"

export class TraceFold {
  readonly totals = new Totals()
  readonly spans = new Spans()
  readonly flows = new Flows()
  /** Events folded so far. */
  folded = 0
  private chunk = 0
  private inChunk = 0

  constructor(readonly trace: Trace) {}

  get lanes(): Spans["lanes"] {
    return this.spans.lanes
  }

  /** Folds what came since the last call, at most `max` events; true if there is more. A page folds large batches in
   * several goes, so that no frame waits for all of it. */
  update(max = Number.POSITIVE_INFINITY): boolean {
    const { trace } = this
    const event = { kind: 0 as Kind, atUs: 0, task: 0, site: 0, a: 0, b: 0 }
    let left = max
    while (this.chunk < trace.chunks.length) {
      const chunk = trace.chunks[this.chunk]
      if (!chunk) break
      while (this.inChunk < chunk.count) {
        if (left-- <= 0) return true
        readEvent(chunk, this.inChunk++, event)
        this.totals.apply(event, trace)
        this.spans.apply(event, this.folded, trace)
        this.flows.apply(event, this.folded, trace)
        this.folded++
      }
      this.chunk++
      this.inChunk = 0
    }
    return false
  }

  /** How many events had happened once the instant `us` was over. */
  eventsAtUs(us: number): number {
    const { chunks, starts } = this.trace
    let low = 0
    let high = chunks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (lastTimeOf(chunks, middle) <= us) low = middle + 1
      else high = middle
    }
    const chunk = chunks[low]
    if (!chunk) return this.folded
    const before = starts[low] ?? 0
    low = 0
    high = chunk.count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((chunk.times[middle] as number) <= us) low = middle + 1
      else high = middle
    }
    return Math.min(before + low, this.folded)
  }

  /** The time of the event at a step; 0 before the first, the last one's after the end. */
  usAtStep(step: number): number {
    if (step < 0) return 0
    const { chunks, starts } = this.trace
    const at = lastAtOrBefore(starts, step)
    const chunk = chunks[at]
    const i = step - (starts[at] ?? 0)
    return chunk && i < chunk.count ? (chunk.times[i] as number) : this.totals.virtualUs
  }
}

/** The time of the last event of a chunk; of an empty one, that of the chunk before it. */
function lastTimeOf(chunks: readonly TraceChunk[], i: number): number {
  for (let at = i; at >= 0; at--) {
    const chunk = chunks[at] as TraceChunk
    if (chunk.count > 0) return chunk.times[chunk.count - 1] as number
  }
  return 0
}

/** A trace folded to its end. */
export function foldOf(trace: Trace): TraceFold {
  const fold = new TraceFold(trace)
  fold.update()
  return fold
}

const folds = new WeakMap<Trace, TraceFold>()

/** The one fold of a trace that all its readers share, brought up to date. */
export function sharedFold(trace: Trace): TraceFold {
  let fold = folds.get(trace)
  if (!fold) {
    fold = new TraceFold(trace)
    folds.set(trace, fold)
  }
  fold.update()
  return fold
}
