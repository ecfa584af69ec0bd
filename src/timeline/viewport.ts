// Which stretch of the axis is on screen: the whole run, or what the reader zoomed and panned to, and the short motion from one
// to the other, without which the eye would lose its place. Belongs to the stage, which asks for the stretch of each frame.

import type { TimeWindow } from "../store/playback.ts"
import { actions } from "../store/store.ts"
import type { Axis } from "./axis.ts"
import type { Scene } from "./scene.ts"
import { around, panned, type Stretch, zoomed } from "./time-scale.ts"

const ZOOM_MS = 180

export interface ViewportSurroundings {
  /** The last picture; null before the first. */
  readonly scene: () => Scene | null
  /** The stretch that shows the whole run, in units of the axis. */
  readonly fit: () => Stretch
  readonly axis: () => Axis
  /** Something changed: draw. */
  readonly mark: () => void
}

export class Viewport {
  /** The stretch that is asked for, in units; null: fit. */
  private window: Stretch | null = null
  private shown: Stretch | null = null
  private motion: { from: Stretch; to: Stretch; startMs: number } | null = null
  /** The store's window as it was last read or written here. */
  private lastStored: TimeWindow | null = null

  constructor(private readonly surroundings: ViewportSurroundings) {}

  get isZoomed(): boolean {
    return this.window !== null
  }

  /** Asks for a stretch; null fits the run. Animated where the eye would lose its place. */
  show(stretch: Stretch | null, animated: boolean): void {
    this.window = stretch
    const target = stretch ?? this.surroundings.fit()
    if (animated) this.moveTo(target)
    else {
      this.motion = null
      this.shown = target
    }
    if (this.surroundings.axis().kind === "time") {
      this.lastStored = stretch ? { fromUs: Math.round(stretch.from), toUs: Math.round(stretch.to) } : null
      actions.chooseWindow(this.lastStored)
    }
    this.surroundings.mark()
  }

  zoomAt(x: number, factor: number, animated = false): void {
    const scene = this.surroundings.scene()
    if (!scene) return
    const base = this.motion?.to ?? this.current()
    this.show(zoomed(base, factor, Math.max(base.from, scene.scale.unit(x)), endUnit(scene)), animated)
  }

  panBy(px: number): void {
    const scene = this.surroundings.scene()
    if (scene) this.show(panned(this.current(), px / scene.scale.pxPerUnit, endUnit(scene)), false)
  }

  /** A stretch between two keys, with a little room around it. */
  showKeys(fromKey: number, toKey: number): void {
    const scene = this.surroundings.scene()
    if (!scene) return
    const { axis } = scene
    this.show(around(axis.unitOf(Math.min(fromKey, toKey)), axis.unitOf(Math.max(fromKey, toKey)), endUnit(scene)), true)
  }

  /** Brings a key on screen, at the same zoom. */
  reveal(key: number): void {
    const scene = this.surroundings.scene()
    if (!scene || this.window === null) return
    const unit = scene.axis.unitOf(key)
    const { from, to } = this.motion?.to ?? this.current()
    if (unit >= from && unit <= to) return
    this.show(panned({ from, to }, unit - (from + to) / 2, endUnit(scene)), true)
  }

  /** Another run or another axis: everything is shown. */
  reset(): void {
    this.window = null
    this.shown = null
    this.motion = null
  }

  /** The store's window changed elsewhere: a link was opened, a command fits the run. */
  follow(stored: TimeWindow | null): void {
    if (stored === this.lastStored) return
    this.lastStored = stored
    this.window = stored ? { from: stored.fromUs, to: stored.toUs } : null
    this.moveTo(this.window ?? this.surroundings.fit())
  }

  /** Where the stretch is in this frame. `sameRun`: the last picture showed the same run, so a change may be a motion. */
  now(nowMs: number, sameRun: boolean): Stretch {
    if (this.window === null) {
      const target = this.surroundings.fit()
      const goal = this.motion?.to ?? this.shown
      if (!goal || Math.abs(goal.to - target.to) > 1e-9 * target.to || goal.from !== target.from) {
        if (this.shown && sameRun) this.moveTo(target)
        else this.shown = target
      }
    }
    if (this.motion) {
      const { from, to, startMs } = this.motion
      const part = Math.min(1, (nowMs - startMs) / ZOOM_MS)
      const eased = 1 - (1 - Math.max(0, part)) ** 3
      this.shown = { from: from.from + (to.from - from.from) * eased, to: from.to + (to.to - from.to) * eased }
      if (part >= 1) {
        this.shown = to
        this.motion = null
      } else this.surroundings.mark()
    }
    return this.current()
  }

  private current(): Stretch {
    return this.shown ?? { from: 0, to: 1 }
  }

  private moveTo(target: Stretch): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.shown = target
      this.motion = null
      return
    }
    this.motion = { from: this.current(), to: target, startMs: performance.now() }
  }
}

/** Where the run ends on the axis. */
function endUnit(scene: Scene): number {
  return Math.max(1, scene.axis.unitOf(scene.edgeKey))
}
