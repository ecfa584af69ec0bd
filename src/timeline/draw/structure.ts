// What ties lanes together and is always drawn: the stripes of the rows, the tick from a task to the one it starts, the
// bracket around the children of a task, from the first start to the last join, and the way of a failure to who reads it.
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { isDetached, rowMiddle, rowTop, type Scene, visibleRows, xOf } from "../scene.ts"
import type { Layers } from "./layers.ts"

export function drawStripes(scene: Scene, layers: Layers): void {
  const { first, last } = visibleRows(scene)
  for (let row = first; row <= last; row++) {
    if (row % 2 === 1) layers.under.rect(scene.palette.colours.lane, 0, rowTop(scene, row), scene.widthPx, scene.metrics.rowPx)
  }
}

export function drawStructure(scene: Scene, layers: Layers): void {
  const { first, last } = visibleRows(scene)
  const { colours } = scene.palette
  const bracketed = new Set<number>()
  for (let row = first; row <= last; row++) {
    const entry = scene.rows[row]
    if (entry?.kind !== "lane") continue
    const lane = scene.fold.lanes[entry.task]
    const parentRow = lane ? scene.rowByTask.get(lane.parent) : undefined
    if (!lane || parentRow === undefined) continue
    const x = Math.round(xOf(scene, lane.spawnUs, lane.spawnStep)) + 0.5
    const from = Math.max(-4, rowMiddle(scene, parentRow))
    if (x >= -2 && x <= scene.widthPx + 2) layers.under.line(colours.control, 1, x, from, x, rowMiddle(scene, row))
    if (!isDetached(scene, lane)) bracketed.add(lane.parent)
    if (lane.end === "failed") drawFailure(scene, lane, row, layers)
  }
  for (const parent of bracketed) drawBracket(scene, parent, layers)
}

/** A failed task's fault goes to the task that read its end: a thin line there, with a dot where it arrives. */
function drawFailure(scene: Scene, lane: Lane, row: number, layers: Layers): void {
  const readerRow = scene.rowByTask.get(lane.reader)
  if (readerRow === undefined || lane.readUs > scene.edgeUs || lane.readStep > scene.edgeStep) return
  const { fills, colours } = scene.palette
  const fromX = xOf(scene, lane.endUs, lane.endStep)
  const x = Math.max(fromX, xOf(scene, lane.readUs, lane.readStep))
  if (x < -4 || fromX > scene.widthPx + 4) return
  const y = rowMiddle(scene, row)
  const readerY = rowMiddle(scene, readerRow)
  const left = Math.max(-4, fromX)
  if (x - fromX > 6) layers.over.rect(fills.error, left, y - 0.75, Math.min(scene.widthPx + 4, x) - left, 1.5)
  const top = Math.max(-4, Math.min(y, readerY))
  const bottom = Math.min(scene.heightPx + 4, Math.max(y, readerY))
  layers.over.rect(colours.bg, x - 1.75, top, 3.5, bottom - top)
  layers.over.rect(fills.error, x - 0.75, top, 1.5, bottom - top)
  layers.over.rect(fills.error, x - 3, readerY - 3, 6, 6)
}

function drawBracket(scene: Scene, parent: number, layers: Layers): void {
  const lane = scene.fold.lanes[parent] as Lane
  const parentRow = scene.rowByTask.get(parent)
  const bounds = bracketOf(scene, lane)
  if (parentRow === undefined || !bounds) return
  const { colours } = scene.palette
  const left = xOf(scene, bounds.fromUs, bounds.fromStep) - 6
  const top = rowTop(scene, parentRow) + scene.metrics.rowPx - 2
  const bottom = Math.min(scene.heightPx + 4, rowTop(scene, bounds.lastRow) + scene.metrics.rowPx - 4)
  if (left >= -2 && left <= scene.widthPx)
    layers.under.rect(colours.control, left, Math.max(-4, top), 2, Math.max(0, bottom - Math.max(-4, top)))
  if (top < -4 || top > scene.heightPx) return
  const right = bounds.toUs < 0 ? xOf(scene, scene.edgeUs, scene.edgeStep) : xOf(scene, bounds.toUs, bounds.toStep)
  const fromX = Math.max(-4, left)
  const toX = Math.min(scene.widthPx + 4, right)
  if (toX > fromX) layers.under.rect(colours.control, fromX, top, toX - fromX, 1)
  if (bounds.toUs >= 0 && right <= scene.widthPx) layers.under.rect(colours.control, right - 1, top, 1.5, 6)
}

/** From the first start to the last join among the children that somebody waits for; `toUs` -1 while one is not joined. */
function bracketOf(scene: Scene, lane: Lane) {
  let first: Lane | undefined
  let lastRow = -1
  let toUs = 0
  let toStep = 0
  let open = false
  for (const child of lane.children) {
    const below = scene.fold.lanes[child]
    const row = scene.rowByTask.get(child)
    if (!below || below.spawnUs > scene.edgeUs) break
    if (row === undefined || isDetached(scene, below)) continue
    first ??= below
    lastRow = Math.max(lastRow, row)
    open ||= below.endUs < 0 || below.endUs > scene.edgeUs
    const doneUs = Math.max(below.readUs, below.endUs)
    if (doneUs > toUs || below.endStep > toStep) {
      toUs = Math.max(toUs, doneUs)
      toStep = Math.max(toStep, below.endStep)
    }
  }
  if (!first) return undefined
  return { fromUs: first.spawnUs, fromStep: first.spawnStep, lastRow, toUs: open ? -1 : toUs, toStep }
}
