// The scale of the picture: which stretch of the axis is on screen and how many pixels it has. Pure; every change of it
// (zoom, pan, fit, growing) gives another stretch.

export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Room on the left of the stretch, so that what begins with the run is seen to begin. */
const INSET_PX = 10

export class Scale {
  readonly pxPerUnit: number

  constructor(
    readonly from: number,
    readonly to: number,
    readonly widthPx: number,
  ) {
    this.pxPerUnit = Math.max(1, widthPx - INSET_PX) / Math.max(Number.EPSILON, to - from)
  }

  x(unit: number): number {
    return INSET_PX + (unit - this.from) * this.pxPerUnit
  }

  unit(x: number): number {
    return this.from + (x - INSET_PX) / this.pxPerUnit
  }
}

/** Free room on the right of a run that is fitted to the width. */
const MARGIN = 0.03
/** While a run grows, its axis grows in steps of this factor. */
const GROWTH = 1.5
/** Half a second: the axis of a shorter run would grow in steps that follow each other faster than they can be shown. */
const FIRST_AXIS_UNITS = 500_000

/** What stands behind the end of a bar needs this much, however narrow the picture is. */
const CAP_PX = 20

/** The whole of a run with a little room on the right. */
export function fitted(endUnit: number, widthPx = 1000): Stretch {
  const room = Math.max(1 + MARGIN, widthPx / Math.max(CAP_PX * 2, widthPx - CAP_PX))
  return { from: 0, to: endUnit <= 0 ? 1 : endUnit * room }
}

/** The axis of a run that goes on: the least power of the growth factor that holds it. */
export function growing(edgeUnit: number, steps: boolean): Stretch {
  let to = steps ? 40 : FIRST_AXIS_UNITS
  while (to < edgeUnit * (1 + MARGIN)) to *= GROWTH
  return { from: 0, to }
}

/** Zooms by a factor (below 1: closer) around a unit that stays where it is. Never closer than a few units, never wider
 * than twice the run. */
export function zoomed(stretch: Stretch, factor: number, around: number, endUnit: number): Stretch {
  const length = stretch.to - stretch.from
  const least = Math.min(20, Math.max(endUnit, 1))
  const most = Math.max(least, endUnit * 2, length < endUnit * 2 ? 0 : length)
  const next = Math.min(most, Math.max(least, length * factor))
  const share = length > 0 ? (around - stretch.from) / length : 0.5
  return kept({ from: around - share * next, to: around - share * next + next }, endUnit)
}

export function panned(stretch: Stretch, byUnits: number, endUnit: number): Stretch {
  return kept({ from: stretch.from + byUnits, to: stretch.to + byUnits }, endUnit)
}

/** A stretch of time with room around it. */
export function around(from: number, to: number, endUnit: number): Stretch {
  const room = Math.max(1, (to - from) * 0.1)
  return kept({ from: from - room, to: to + room }, endUnit)
}

/** Moves a stretch so that it starts at 0 at the earliest and does not leave the run behind. */
function kept(stretch: Stretch, endUnit: number): Stretch {
  const length = stretch.to - stretch.from
  const end = Math.max(endUnit * (1 + MARGIN), length)
  const from = Math.max(0, Math.min(stretch.from, end - length))
  return { from, to: from + length }
}

const MINUTE_US = 60_000_000
/** Round distances past half a minute, in minutes. */
const MINUTES = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440]

/** Where the ruler has its labels: round numbers, at least `minPx` apart. `step` is the distance in units. `counts`: the
 * units are things to count (steps), not microseconds. */
export function ticksOf(scale: Scale, minPx: number, counts: boolean): { readonly step: number; readonly units: number[] } {
  const raw = minPx / scale.pxPerUnit
  const power = 10 ** Math.floor(Math.log10(raw))
  const ratio = raw / power
  let step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10)
  if (counts) step = Math.max(1, Math.round(step))
  else if (raw > 20_000_000)
    step = MINUTE_US * (MINUTES.find((minutes) => minutes * MINUTE_US >= raw) ?? Math.ceil(raw / (1440 * MINUTE_US)) * 1440)
  const units: number[] = []
  const first = Math.ceil(scale.from / step) * step
  for (let i = 0; units.length < 200; i++) {
    const unit = first + i * step
    if (unit > scale.to) break
    units.push(unit)
  }
  return { step, units }
}

/** A moment on the ruler, as exact as its ticks are apart. */
export function formatTick(us: number, stepUs: number): string {
  if (us === 0) return "0 s"
  if (stepUs >= MINUTE_US) {
    const minutes = Math.floor(us / 60_000_000)
    return minutes < 60 ? `${minutes} m` : minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`
  }
  if (us >= 100_000_000) {
    const seconds = us / 1_000_000
    return `${Math.floor(seconds / 60)} m ${trimmed(seconds % 60, decimals(stepUs, 1_000_000))} s`
  }
  if (stepUs >= 100_000 || us >= 10_000_000) return `${trimmed(us / 1_000_000, decimals(stepUs, 1_000_000))} s`
  if (stepUs >= 100 || us >= 100_000) return `${trimmed(us / 1000, decimals(stepUs, 1000))} ms`
  return `${trimmed(us, decimals(stepUs, 1))} µs`
}

const decimals = (step: number, unit: number): number => Math.max(0, Math.min(6, Math.ceil(-Math.log10(step / unit) - 1e-9)))

function trimmed(value: number, digits: number): string {
  return value.toFixed(digits)
}
