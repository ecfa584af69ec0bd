// The states of a task on its lane: it runs, could run, sleeps, waits for another one. What a model call explains is left to
// the call (`calls.ts`), which lies over it.

import type { Lane, LaneState } from "../../../interpreter/trace/lane.ts"
import { waitPill } from "../../../interpreter/trace/moment.ts"
import { lastAtOrBefore } from "../../../interpreter/trace/series.ts"
import { formatUs } from "../../../interpreter/trace/units.ts"
import { barTop, firstRowFrom, keyAtX, keysOf, laneEndKey, rowFill, rowMiddle, type Scene, xOfKey } from "../scene.ts"
import { toolNames } from "./calls.ts"
import { label, pill } from "./labels.ts"
import type { Layers } from "./layers.ts"

const MARK_PX = 3
/** Marks nearer than this would be one bar, and computing takes no time. */
const MARKS_APART_PX = 5
/** States of one pixel that are looked at. */
const MOST_LOOKS = 64
const WAIT_PX = 8
const IO_PX = 14

/** The states of the task itself: running, ready, waiting; what a call explains is left to the call. */
export function drawStates(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { states } = lane
  const keys = keysOf(scene, states)
  const { barPx } = scene.metrics
  const top = barTop(scene, row)
  const lastKey = Math.min(scene.toKey, laneEndKey(scene, lane))
  const endKey = laneEndKey(scene, lane)
  const dense = new DenseColumns(scene, row, layers)
  let markedX = Number.NEGATIVE_INFINITY
  for (let i = firstRowFrom(keys, scene.fromKey); i < keys.length; ) {
    const key = keys[i] as number
    if (key > lastKey) break
    const x0 = xOfKey(scene, key)
    const x1 = xOfKey(scene, Math.min(keys[i + 1] ?? endKey, endKey))
    if (x1 - x0 >= 1) {
      dense.flush()
      drawState(scene, lane, i, states.states[i] as LaneState, x0, x1, row, layers)
      i++
      continue
    }
    // Everything that begins within this pixel is one column; the row that reaches out of it is the next to be drawn.
    const next = Math.max(i + 1, lastAtOrBefore(keys, keyAtX(scene, x0 + 1)))
    dense.add(states.states[longestOf(keys, i, next)] as LaneState, x0)
    if (x0 >= -MARK_PX && x0 - markedX >= MARKS_APART_PX && ranBetween(states.states, i, next)) {
      layers.over.rect(scene.palette.fills.compute, Math.round(x0) - 1, top, MARK_PX, barPx)
      markedX = x0
    }
    i = next
  }
  dense.flush()
}

/** Of the states that begin between two rows, the one that took longest. Running takes no time, so a task that does a
 * thousand things in a pixel is shown by what it waited for. */
function longestOf(keys: readonly number[], from: number, to: number): number {
  let longest = from
  let most = -1
  for (let i = from; i < Math.min(to, from + MOST_LOOKS); i++) {
    const length = (keys[i + 1] ?? (keys[i] as number)) - (keys[i] as number)
    if (length > most) {
      most = length
      longest = i
    }
  }
  return longest
}

/** Columns of a pixel that follow each other, drawn as one bar while they are of one kind. */
class DenseColumns {
  private kind: LaneState | null = null
  private fromX = 0
  private toX = 0

  constructor(
    private readonly scene: Scene,
    private readonly row: number,
    private readonly layers: Layers,
  ) {}

  add(state: LaneState, x: number): void {
    if (state !== this.kind || x - this.toX > 2) {
      this.flush()
      this.kind = state
      this.fromX = x
    }
    this.toX = x + 1
  }

  flush(): void {
    const { kind, fromX, toX, scene, row, layers } = this
    this.kind = null
    if (kind === null || kind === "running" || kind === "call" || toX - fromX < 2 || toX < 0) return
    const { fills, colours } = scene.palette
    const y = rowMiddle(scene, row)
    const left = Math.max(-8, fromX)
    const width = toX - left
    if (kind === "sleep" || kind === "input") layers.bars.rect(fills.io, left, y - IO_PX / 2, width, IO_PX)
    else if (kind !== "ready") {
      layers.under.rect(rowFill(scene, row), left, y - WAIT_PX / 2, width, WAIT_PX)
      layers.bars.rect(fills.hatch, left, y - WAIT_PX / 2, width, WAIT_PX)
      layers.bars.outline(colours.wait, 1, left, y - WAIT_PX / 2, width, WAIT_PX)
    }
  }
}

function ranBetween(states: readonly LaneState[], from: number, to: number): boolean {
  for (let i = from; i < Math.min(to, from + 6); i++) if (states[i] === "running") return true
  return to - from > 6
}

function drawState(scene: Scene, lane: Lane, i: number, state: LaneState, x0: number, x1: number, row: number, layers: Layers): void {
  const { colours, fills } = scene.palette
  const { barPx } = scene.metrics
  const top = barTop(scene, row)
  const y = rowMiddle(scene, row)
  const left = Math.max(-8, x0)
  const right = Math.min(scene.widthPx + 8, x1)
  switch (state) {
    case "running":
      layers.bars.rect(fills.compute, left, top, right - left, barPx)
      return
    case "ready":
      layers.bars.outline(colours.wait, 1, left, top + 4, right - left, barPx - 8)
      return
    case "sleep":
    case "input": {
      layers.bars.rect(fills.io, left, y - IO_PX / 2, right - left, IO_PX)
      const call = scene.fold.spans.callAtStep(lane, lane.states.steps[i] as number)
      const durationUs = lane.stateEndUs(i, scene.edgeUs) - (lane.states.us[i] as number)
      const what = state === "input" ? "input" : call ? toolNames(call) : "sleep"
      const word = scene.axis.kind === "steps" || state === "input" ? what : `${what} ${formatUs(durationUs)}`
      label(scene, layers, word, call ? left + 12 : left, right, y, scene.palette.forced ? colours.text : colours.onIo)
      return
    }
    case "call":
      return
    case "gate":
    case "backoff":
      if (scene.fold.spans.callAtStep(lane, lane.states.steps[i] as number)) return
      break
    default:
  }
  if (state === "backoff") {
    layers.under.rect(rowFill(scene, row), left, y - IO_PX / 2, right - left, IO_PX)
    layers.bars.rect(fills.chevrons, left, y - IO_PX / 2, right - left, IO_PX)
    layers.bars.outline(colours.retry, 1, left, y - IO_PX / 2, right - left, IO_PX, [3, 3])
    return
  }
  layers.under.rect(rowFill(scene, row), left, y - WAIT_PX / 2, right - left, WAIT_PX)
  layers.bars.rect(fills.hatch, left, y - WAIT_PX / 2, right - left, WAIT_PX)
  layers.bars.outline(colours.wait, 1, left, y - WAIT_PX / 2, right - left, WAIT_PX)
  pill(scene, waitPill(scene.fold, lane, i), Math.max(2, left), Math.min(scene.widthPx - 2, right), y, layers)
}
