// Everything a reader of a run wants, folded from its trace as it grows: totals, lanes with their spans, arrows. `update`
// reads only the events that came since it was last called, so a live run costs what is new and nothing more.

import type { Kind } from "./event.ts"
import { Flows } from "./flows.ts"
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
    const { chunks } = this.trace
    let before = 0
    for (const chunk of chunks) {
      if (chunk.count > 0 && (chunk.times[chunk.count - 1] as number) > us) {
        let low = 0
        let high = chunk.count
        while (low < high) {
          const middle = (low + high) >> 1
          if ((chunk.times[middle] as number) <= us) low = middle + 1
          else high = middle
        }
        return Math.min(before + low, this.folded)
      }
      before += chunk.count
    }
    return Math.min(before, this.folded)
  }

  /** The time of the event at a step; 0 before the first, the last one's after the end. */
  usAtStep(step: number): number {
    if (step < 0) return 0
    let before = 0
    for (const chunk of this.trace.chunks) {
      if (step < before + chunk.count) return chunk.times[step - before] ?? 0
      before += chunk.count
    }
    return this.totals.virtualUs
  }
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
