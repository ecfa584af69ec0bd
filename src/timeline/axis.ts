// What the horizontal axis counts. In time, a microsecond is a unit; in steps (for runs whose clock stands still) an event
// is; in compressed time, long stretches in which nothing happens shrink to a fixed width. Spans are found by *keys*
// (microseconds or steps: what their lists are sorted by) and placed by *units* (what the axis is even in).
import type { Trace } from "../../interpreter/trace/trace.ts"

export interface Axis {
  readonly kind: "time" | "steps" | "compressed"
  /** Which of an event's two places counts here. */
  key(us: number, step: number): number
  unitOf(key: number): number
  keyOf(unit: number): number
  /** Stretches that were shrunk; empty elsewhere. Keys. */
  readonly gaps: readonly Gap[]
}

export interface Gap {
  readonly fromUs: number
  readonly toUs: number
}

const same = (value: number): number => value

export const TIME_AXIS: Axis = { kind: "time", key: same, unitOf: same, keyOf: same, gaps: [] }
export const STEPS_AXIS: Axis = { kind: "steps", key: (_us, step) => step, unitOf: same, keyOf: same, gaps: [] }

/** A gap is drawn as wide as this part of the whole. */
const GAP_SHARE = 0.06
/** A stretch without events is a gap if it takes at least this part of the run. */
const GAP_THRESHOLD = 0.12

/** Time with the gaps of a run shrunk; the plain axis if it has none. */
export function compressedAxis(gaps: readonly Gap[], endUs: number): Axis {
  if (gaps.length === 0) return TIME_AXIS
  const skipped = gaps.reduce((sum, gap) => sum + gap.toUs - gap.fromUs, 0)
  const gapUnits = Math.max(1, (endUs - skipped) / Math.max(0.2, 1 - GAP_SHARE * gaps.length)) * GAP_SHARE
  /** Where pieces begin: key, unit, units a key; a piece ends where the next begins. */
  const pieces: { key: number; unit: number; rate: number }[] = []
  let key = 0
  let unit = 0
  for (const gap of gaps) {
    pieces.push({ key, unit, rate: 1 })
    unit += gap.fromUs - key
    const length = gap.toUs - gap.fromUs
    pieces.push({ key: gap.fromUs, unit, rate: Math.min(1, gapUnits / length) })
    unit += Math.min(length, gapUnits)
    key = gap.toUs
  }
  pieces.push({ key, unit, rate: 1 })
  const pieceAt = (value: number, by: "key" | "unit") => {
    let low = 0
    let high = pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((pieces[middle]?.[by] ?? 0) <= value) low = middle
      else high = middle - 1
    }
    return pieces[low] as { key: number; unit: number; rate: number }
  }
  return {
    kind: "compressed",
    key: same,
    unitOf: (value) => {
      const piece = pieceAt(value, "key")
      return piece.unit + (value - piece.key) * piece.rate
    },
    keyOf: (value) => {
      const piece = pieceAt(value, "unit")
      return piece.key + (value - piece.unit) / piece.rate
    },
    gaps,
  }
}

/** Stretches between two neighbouring events that are long against the run, in order of time; at most twelve. */
export function gapsOf(trace: Trace, endUs: number): Gap[] {
  if (endUs <= 0) return []
  const gaps: Gap[] = []
  const threshold = Math.max(2, endUs * GAP_THRESHOLD)
  let lastUs = 0
  const look = (us: number) => {
    if (us - lastUs >= threshold && gaps.length < 12) gaps.push({ fromUs: lastUs, toUs: us })
    lastUs = us
  }
  for (const chunk of trace.chunks) {
    for (let i = 0; i < chunk.count; i++) {
      const us = chunk.times[i] as number
      if (us > endUs) {
        look(endUs)
        return gaps
      }
      look(us)
    }
  }
  return gaps
}
