// The instants at which something happened in a run: where "next event" and "previous event" put the playhead. Pure.
import type { Trace } from "../../interpreter/trace/trace.ts"

/** The first instant after `atUs`; null where nothing follows. */
export function nextEventUs(trace: Trace, atUs: number): number | null {
  for (const chunk of trace.chunks) {
    if (chunk.count === 0 || (chunk.times[chunk.count - 1] ?? 0) <= atUs) continue
    let low = 0
    let high = chunk.count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((chunk.times[middle] ?? 0) > atUs) high = middle
      else low = middle + 1
    }
    return chunk.times[low] ?? null
  }
  return null
}

/** The last instant before `atUs`; null where nothing was before. */
export function previousEventUs(trace: Trace, atUs: number): number | null {
  for (let i = trace.chunks.length - 1; i >= 0; i--) {
    const chunk = trace.chunks[i]
    if (!chunk || chunk.count === 0 || (chunk.times[0] ?? 0) >= atUs) continue
    let low = 0
    let high = chunk.count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((chunk.times[middle] ?? 0) < atUs) low = middle
      else high = middle - 1
    }
    return chunk.times[low] ?? null
  }
  return null
}
