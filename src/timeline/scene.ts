// Everything one picture of the timeline is made of, as plain values: what is drawn depends on a scene and on nothing
// else. The stage builds one when something changed; drawing, hit test and overlays read it.

import type { CallSpan } from "../../interpreter/trace/call-spans.ts"
import type { TraceFold } from "../../interpreter/trace/fold.ts"
import type { Lane } from "../../interpreter/trace/lane.ts"
import type { AnsweredCall } from "../../interpreter/trace/money.ts"
import { lastAtOrBefore } from "../../interpreter/trace/series.ts"
import type { Axis } from "./axis.ts"
import type { Row } from "./layout.ts"
import type { Palette } from "./palette.ts"
import type { Scale } from "./time-scale.ts"

export interface Metrics {
  readonly rowPx: number
  readonly barPx: number
}

export interface Scene {
  readonly fold: TraceFold
  readonly rows: readonly Row[]
  /** Where a task is among the rows; undefined for one that is folded away. */
  readonly rowByTask: ReadonlyMap<number, number>
  readonly metrics: Metrics
  readonly scrollTop: number
  readonly widthPx: number
  readonly heightPx: number
  readonly axis: Axis
  readonly scale: Scale
  /** Nothing after it has happened for the reader: as a time, as a step (the last event that happened), as a key. */
  readonly edgeUs: number
  readonly edgeStep: number
  readonly edgeKey: number
  /** The playhead, likewise. */
  readonly atUs: number
  readonly atStep: number
  /** The run still unfolds. */
  readonly live: boolean
  readonly palette: Palette
  /** What is known of the calls that real models answered, by call. */
  readonly answers: ReadonlyMap<number, AnsweredCall>
  /** Keys at the left and right border. */
  readonly fromKey: number
  readonly toKey: number
}

export function xOfKey(scene: Scene, key: number): number {
  return scene.scale.x(scene.axis.unitOf(key))
}

export function xOf(scene: Scene, us: number, step: number): number {
  return xOfKey(scene, scene.axis.key(us, step))
}

export function keyAtX(scene: Scene, x: number): number {
  return scene.axis.keyOf(scene.scale.unit(x))
}

export function rowTop(scene: Scene, row: number): number {
  return row * scene.metrics.rowPx - scene.scrollTop
}

export function barTop(scene: Scene, row: number): number {
  return rowTop(scene, row) + (scene.metrics.rowPx - scene.metrics.barPx) / 2
}

/** What lies behind a row. */
export function rowFill(scene: Scene, row: number): string {
  return row % 2 === 1 ? scene.palette.colours.lane : scene.palette.colours.bg
}

export function rowMiddle(scene: Scene, row: number): number {
  return rowTop(scene, row) + scene.metrics.rowPx / 2
}

/** First and last row of which something is on screen; last < first where there is none. */
export function visibleRows(scene: Scene): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor(scene.scrollTop / scene.metrics.rowPx))
  const last = Math.min(scene.rows.length - 1, Math.floor((scene.scrollTop + scene.heightPx) / scene.metrics.rowPx))
  return { first, last }
}

/** What a lane's rows are sorted by on this axis. */
export function keysOf(scene: Scene, list: { readonly us: readonly number[]; readonly steps: readonly number[] }): readonly number[] {
  return scene.axis.kind === "steps" ? list.steps : list.us
}

/** The key at which a lane ends, the edge if it goes on. */
export function laneEndKey(scene: Scene, lane: Lane): number {
  if (lane.end === null) return scene.edgeKey
  return Math.min(scene.edgeKey, scene.axis.key(lane.endUs, lane.endStep))
}

export function hasEnded(scene: Scene, lane: Lane): boolean {
  return lane.end !== null && lane.endUs <= scene.edgeUs && (scene.axis.kind !== "steps" || lane.endStep <= scene.edgeStep)
}

export function callStartKey(scene: Scene, call: CallSpan): number {
  return scene.axis.key(call.queuedUs, call.queuedStep)
}

export function callEndKey(scene: Scene, call: CallSpan): number {
  if (call.endUs < 0) return scene.edgeKey
  return Math.min(scene.edgeKey, scene.axis.key(call.endUs, call.endStep))
}

/** The first call of a lane that may reach into the window that begins at `key`. Calls are sorted by their begin; of
 * those on several tracks a few before it may still go on. */
export function firstCallFrom(scene: Scene, lane: Lane, key: number): number {
  let low = 0
  let high = lane.calls.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (callStartKey(scene, lane.calls[middle] as CallSpan) <= key) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - (lane.tracks > 1 ? 64 : 1))
}

export function firstRowFrom(keys: readonly number[], key: number): number {
  return Math.max(0, lastAtOrBefore(keys, key))
}

const NOTHING_RETURNED = new Set(["", "nil", "null", "none", "void", "Void", "()", "undefined"])

/** Nobody waits for this task and nobody will: it gives nothing back, or the one who could read it is over. */
export function isDetached(scene: Scene, lane: Lane): boolean {
  if (lane.read || lane.parent < 0) return false
  const parent = scene.fold.lanes[lane.parent]
  if (!scene.fold.spans.ended && !parent?.end) return false
  if (outlivesParent(scene, lane)) return true
  return lane.end === "ok" && NOTHING_RETURNED.has(scene.fold.trace.text(lane.endText))
}

export function outlivesParent(scene: Scene, lane: Lane): boolean {
  const parent = scene.fold.lanes[lane.parent]
  if (!parent || parent.end === null || parent.endUs > scene.edgeUs) return false
  return lane.end === null || lane.endStep > parent.endStep + 1
}

/** It ended, with a value, and nobody read it. */
export function isNeverRead(scene: Scene, lane: Lane): boolean {
  return lane.end === "ok" && !lane.read && lane.parent >= 0 && (scene.fold.spans.ended || scene.fold.lanes[lane.parent]?.end !== null)
}
