// Many tasks in one row: how many of them live, and how many have a call in flight, as an area over time. Counted once for
// a row and a state of the trace; while a run grows, again only when that has become cheap compared to the waiting.
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import { lastAtOrBefore, lastAtOrBeforeFrom, Series } from "../../../interpreter/trace/series.ts"
import { formatCount } from "../../../interpreter/trace/units.ts"
import { barTop, keyAtX, type Scene, xOfKey } from "../scene.ts"
import { CHARACTER_PX } from "./ink.ts"
import type { Layers } from "./layers.ts"

export interface Density {
  readonly alive: Series
  readonly inFlight: Series
  readonly peak: number
}

/** Counts the tasks of a row over time. */
export function densityOf(scene: Pick<Scene, "fold">, tasks: readonly number[]): Density {
  const { fold } = scene
  let attempts = 0
  for (const task of tasks) for (const call of fold.lanes[task]?.calls ?? []) attempts += call.attempts.length
  const lives = new Changes(tasks.length * 2)
  const calls = new Changes(attempts * 2)
  for (const task of tasks) {
    const lane = fold.lanes[task]
    if (!lane) continue
    lives.add(lane.spawnStep, true)
    if (lane.end) lives.add(lane.endStep, false)
    for (const call of lane.calls) {
      for (const attempt of call.attempts) {
        calls.add(attempt.sentStep, true)
        if (attempt.endUs >= 0) calls.add(attempt.endStep, false)
      }
    }
  }
  const alive = lives.summed(fold)
  return { alive, inFlight: calls.summed(fold), peak: Math.max(1, alive.peak()) }
}

/** Comings and goings, by step: numbers in one list, since tens of thousands of them are sorted within a frame. */
class Changes {
  private readonly steps: Float64Array
  private count = 0

  constructor(most: number) {
    this.steps = new Float64Array(most)
  }

  add(step: number, comes: boolean): void {
    this.steps[this.count++] = step * 2 + (comes ? 1 : 0)
  }

  summed(fold: TraceFold): Series {
    const series = new Series()
    const sorted = this.steps.subarray(0, this.count).sort()
    let value = 0
    for (const change of sorted) {
      const step = Math.floor(change / 2)
      series.push(fold.usAtStep(step), step, (value += change % 2 === 1 ? 1 : -1))
    }
    return series
  }
}

interface Cached {
  readonly density: Density
  readonly version: number
  readonly costMs: number
  readonly madeMs: number
}

/** Remembers the densities of the rows on screen. */
export class DensityCache {
  private readonly cached = new Map<string, Cached>()

  get(scene: Scene, key: string, tasks: () => readonly number[]): Density {
    const { version } = scene.fold.spans
    const known = this.cached.get(key)
    const startMs = performance.now()
    if (known && (known.version === version || startMs - known.madeMs < Math.max(200, known.costMs * 20))) return known.density
    const density = densityOf(scene, tasks())
    const endMs = performance.now()
    this.cached.set(key, { density, version, costMs: endMs - startMs, madeMs: endMs })
    return density
  }

  clear(): void {
    this.cached.clear()
  }
}

export function drawDensity(scene: Scene, density: Density, row: number, count: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  const top = barTop(scene, row)
  const { barPx } = scene.metrics
  area(scene, density.alive, density.peak, top, barPx, colours.control, layers)
  area(scene, density.inFlight, density.peak, top, barPx, fills.model, layers)
  const x = Math.max(4, xOfKey(scene, scene.axis.key(density.alive.us[0] ?? 0, density.alive.steps[0] ?? 0)) + 4)
  const text = `${formatCount(count)} tasks, at most ${formatCount(density.peak)} at once`
  layers.over.rect(colours.bg, x - 3, top + 3, text.length * CHARACTER_PX * 0.9 + 6, 14)
  layers.labels.text(text, x, top + 10, colours.text2)
}

/** A step area, a column a pixel: the value in the middle of the pixel. */
function area(scene: Scene, series: Series, peak: number, top: number, height: number, fill: string | CanvasPattern, layers: Layers): void {
  const keys = scene.axis.kind === "steps" ? series.steps : series.us
  const endX = Math.min(scene.widthPx, xOfKey(scene, scene.edgeKey))
  let fromX = 0
  let height0 = -1
  let i = lastAtOrBefore(keys, keyAtX(scene, 0))
  for (let x = 0; x <= endX; x++) {
    i = lastAtOrBeforeFrom(keys, keyAtX(scene, x + 0.5), i)
    const value = x === Math.floor(endX) ? 0 : (series.values[i] ?? 0)
    const h = value === 0 ? 0 : Math.max(1.5, (height * value) / peak)
    if (h === height0) continue
    if (height0 > 0) layers.bars.rect(fill, fromX, top + height - height0, x - fromX, height0)
    fromX = x
    height0 = h
  }
  if (height0 > 0) layers.bars.rect(fill, fromX, top + height - height0, endX - fromX, height0)
}
