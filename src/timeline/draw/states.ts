// The states of a task on its lane: it runs, could run, sleeps, waits for another one. What a model call explains is left to
// the call (`calls.ts`), which lies over it.
import { waitPill } from "../../../interpreter/trace/moment.ts"
import { lastAtOrBefore } from "../../../interpreter/trace/series.ts"
import type { Lane, LaneState } from "../../../interpreter/trace/spans.ts"
import { formatUs } from "../../../interpreter/trace/units.ts"
import { barTop, firstRowFrom, keyAtX, keysOf, laneEndKey, rowFill, rowMiddle, type Scene, xOfKey } from "../scene.ts"
import { toolNames } from "./calls.ts"
import { label, pill } from "./labels.ts"
import type { Layers } from "./layers.ts"

const MARK_PX = 3
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
  for (let i = firstRowFrom(keys, scene.fromKey); i < keys.length; ) {
    const key = keys[i] as number
    if (key > lastKey) break
    const x0 = xOfKey(scene, key)
    const x1 = xOfKey(scene, Math.min(keys[i + 1] ?? endKey, endKey))
    if (x1 - x0 >= 1) {
      drawState(scene, lane, i, states.states[i] as LaneState, x0, x1, row, layers)
      i++
      continue
    }
    // Everything that begins within this pixel is one mark; the row that reaches out of it is the next to be drawn.
    const next = Math.max(i + 1, lastAtOrBefore(keys, keyAtX(scene, x0 + 1)))
    if (x0 >= -MARK_PX && ranBetween(states.states, i, next)) {
      layers.over.rect(scene.palette.fills.compute, Math.round(x0) - 1, top, MARK_PX, barPx)
    }
    i = next
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
