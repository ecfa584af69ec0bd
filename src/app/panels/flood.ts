// Whether entries come faster than anybody could read them. The output then shows few of them, some times a second. Pure: who
// looks gives the time of the look.

/** Entries that are shown at most while they flood: a panel full. */
export const MOST_IN_A_FLOOD = 12
/** So many new ones between two looks are a wave, */
const WAVE = 24
/** and a second wave no later than this after the first begins a flood, which ends when none has come for as long. */
const LASTS_MS = 1000

export interface Flood {
  /** Entries at the last look. */
  readonly length: number
  readonly waveMs: number
  readonly floods: boolean
}

export const NO_FLOOD: Flood = { length: 0, waveMs: Number.NEGATIVE_INFINITY, floods: false }

/** After a look at `nowMs` (of any clock that runs) that found `length` entries, of the same run. */
export function lookedAt(before: Flood, length: number, nowMs: number): Flood {
  const recent = nowMs - before.waveMs < LASTS_MS
  if (length - before.length > WAVE) return { length, waveMs: nowMs, floods: recent }
  return { length, waveMs: before.waveMs, floods: before.floods && recent }
}
