// One lane of the timeline: what its task did when, in the grammar of the legend. Everything is found by binary search,
// and what is narrower than a pixel is drawn once for the pixel, so that a lane costs what its width costs, however long
// its history is. Here are its life, its end and its edge; states, calls and marks have files of their own.
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { barTop, hasEnded, isDetached, isNeverRead, laneEndKey, outlivesParent, rowMiddle, type Scene, xOf, xOfKey } from "../scene.ts"
import { drawCalls } from "./calls.ts"
import * as glyphs from "./glyphs.ts"
import type { Layers } from "./layers.ts"
import { drawMarks } from "./marks.ts"
import { drawStates } from "./states.ts"

export function drawLane(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const { colours } = scene.palette
  const y = rowMiddle(scene, row)
  const startX = xOf(scene, lane.spawnUs, lane.spawnStep)
  const endX = xOfKey(scene, laneEndKey(scene, lane))
  if (endX < -20 || startX > scene.widthPx + 20) return
  const ended = hasEnded(scene, lane)
  layers.under.rect(colours.muted, Math.max(-2, startX), y - 0.5, Math.min(scene.widthPx + 2, endX) - Math.max(-2, startX), 1)
  drawStates(scene, lane, row, layers)
  drawCalls(scene, lane, row, layers)
  drawMarks(scene, lane, row, layers)
  if (isDetached(scene, lane)) drawDetached(scene, lane, row, layers, startX, endX)
  if (ended) drawEnd(scene, lane, row, layers, endX)
  else if (scene.live && endX >= 0 && endX <= scene.widthPx) drawGrowingEdge(scene, lane, row, layers, endX)
}

function drawDetached(scene: Scene, lane: Lane, row: number, layers: Layers, startX: number, endX: number): void {
  const { colours, fills } = scene.palette
  const top = barTop(scene, row) - 2
  const height = scene.metrics.barPx + 4
  const left = Math.max(-10, startX)
  const right = Math.min(scene.widthPx + 10, endX)
  layers.over.outline(colours.text2, 1, left - 2, top, right - left + 4, height, [4, 3])
  const parent = scene.fold.lanes[lane.parent]
  if (!parent || !outlivesParent(scene, lane)) return
  const fromX = Math.max(left, xOf(scene, parent.endUs, parent.endStep))
  if (right - fromX < 1) return
  layers.over.rect(fills.outlived, fromX, top + 1, right - fromX, height - 2)
  if (right - fromX > 12) {
    layers.over.rect(colours.bg, fromX + 2, rowMiddle(scene, row) - 6, 13, 13)
    glyphs.warning(layers.labels, fromX + 8.5, rowMiddle(scene, row), colours.errorText)
  }
}

function drawEnd(scene: Scene, lane: Lane, row: number, layers: Layers, x: number): void {
  if (x < -10 || x > scene.widthPx + 10) return
  const { colours, fills } = scene.palette
  const y = rowMiddle(scene, row)
  const { barPx } = scene.metrics
  switch (lane.end) {
    case "ok":
      if (isNeverRead(scene, lane) && !isDetached(scene, lane)) glyphs.ring(layers.over, x + 7, y, colours.text2)
      else glyphs.check(layers.over, x + 7, y, colours.text2)
      break
    case "failed":
      layers.over.rect(fills.error, x - 5, barTop(scene, row), 10, barPx)
      glyphs.cross(layers.labels, x, y, colours.onError)
      break
    case "cancelled":
      glyphs.slash(layers.over, x, y, barPx, colours.text)
      break
    default:
      glyphs.openEnd(layers.over, x + 1, y, barPx, colours.muted)
  }
}

/** The edge that grows while the run is live: a bright cap. */
function drawGrowingEdge(scene: Scene, lane: Lane, row: number, layers: Layers, x: number): void {
  const rowNow = lane.states.rowAtUs(scene.edgeUs)
  const state = lane.states.states[rowNow]
  if (state !== "call" && state !== "sleep") return
  layers.over.rect(scene.palette.colours.text, x - 1, barTop(scene, row), 2, scene.metrics.barPx)
}
