// Many tasks in one row: how many of them live, and how many have a call in flight, as an area over time. Counts go on where
// they stopped, so that a run of a million events costs a row what is new and nothing more.
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import { lastAtOrBefore, lastAtOrBeforeFrom, Series } from "../../../interpreter/trace/series.ts"
import type { Spans } from "../../../interpreter/trace/spans.ts"
import { formatCount } from "../../../interpreter/trace/units.ts"
import { barTop, keyAtX, type Scene, xOfKey } from "../scene.ts"
import { CHARACTER_PX } from "./ink.ts"
import type { Layers } from "./layers.ts"

export interface Density {
  readonly alive: Series
  readonly inFlight: Series
}

/** The tasks that one row stands for: all below a task, or those of them that were started at one place. */
export interface Crowd {
  readonly parent: number
  /** Its own children from this site only; null: whatever is below it, however deep. */
  readonly site: number | null
}

/** Counts over a crowd, and goes on counting where it stopped when the trace has grown. */
export class CrowdCount implements Density {
  readonly alive = new Series()
  readonly inFlight = new Series()
  private counted = 0
  private readonly inside = new Set<number>()

  constructor(private readonly crowd: Crowd) {}

  update({ lanes, load }: Pick<Spans, "lanes" | "load">): this {
    const { parent, site } = this.crowd
    for (; this.counted < load.tasks.length; this.counted++) {
      const task = load.tasks[this.counted] as number
      const us = load.us[this.counted] as number
      const step = load.steps[this.counted] as number
      const what = load.loads[this.counted]
      if (what === "spawned") {
        const lane = lanes[task]
        // Parents come before their children.
        const belongs =
          lane && (site === null ? lane.parent === parent || this.inside.has(lane.parent) : lane.parent === parent && lane.site === site)
        if (!belongs) continue
        this.inside.add(task)
        this.alive.push(us, step, this.alive.last + 1)
      } else if (!this.inside.has(task)) continue
      else if (what === "ended") this.alive.push(us, step, this.alive.last - 1)
      else this.inFlight.push(us, step, this.inFlight.last + (what === "sent" ? 1 : -1))
    }
    return this
  }
}

/** The counts of the rows that were on screen. */
export class DensityCache {
  private readonly counts = new Map<string, CrowdCount>()
  private fold: TraceFold | null = null

  get(fold: TraceFold, key: string, crowd: Crowd): Density {
    if (fold !== this.fold) this.counts.clear()
    this.fold = fold
    let count = this.counts.get(key)
    if (!count) this.counts.set(key, (count = new CrowdCount(crowd)))
    return count.update(fold.spans)
  }
}

export function drawDensity(scene: Scene, density: Density, row: number, count: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  const top = barTop(scene, row)
  const { barPx } = scene.metrics
  const peak = Math.max(1, density.alive.peak())
  area(scene, density.alive, peak, top, barPx, colours.control, layers)
  area(scene, density.inFlight, peak, top, barPx, fills.model, layers)
  const x = Math.max(4, xOfKey(scene, scene.axis.key(density.alive.us[0] ?? 0, density.alive.steps[0] ?? 0)) + 4)
  const text = `${formatCount(count)} tasks, at most ${formatCount(peak)} at once`
  layers.over.rect(colours.bg, x - 3, top + 3, text.length * CHARACTER_PX * 0.9 + 6, 14)
  layers.labels.text(text, x, top + 10, colours.text2)
}

/** A step area, a column a pixel: the value in the middle of the pixel, its height in whole pixels, so that few rectangles do. */
function area(scene: Scene, series: Series, peak: number, top: number, height: number, fill: string | CanvasPattern, layers: Layers): void {
  const keys = scene.axis.kind === "steps" ? series.steps : series.us
  const endX = Math.min(scene.widthPx, xOfKey(scene, scene.edgeKey))
  let fromX = 0
  let height0 = -1
  let i = lastAtOrBefore(keys, keyAtX(scene, 0))
  for (let x = 0; x <= endX; x++) {
    i = lastAtOrBeforeFrom(keys, keyAtX(scene, x + 0.5), i)
    const value = x === Math.floor(endX) ? 0 : (series.values[i] ?? 0)
    const h = value === 0 ? 0 : Math.max(2, Math.round((height * value) / peak))
    if (h === height0) continue
    if (height0 > 0) layers.bars.rect(fill, fromX, top + height - height0, x - fromX, height0)
    fromX = x
    height0 = h
  }
  if (height0 > 0) layers.bars.rect(fill, fromX, top + height - height0, endX - fromX, height0)
}
