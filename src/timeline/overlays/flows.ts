// Arrows of cause: from the end of what was awaited to the one that goes on, and from a sent value to where it was received.
// Those of the selected or pointed task; all of them, faded, with the switch.
import { type Flow, flowsOf } from "../../../interpreter/trace/flows.ts"
import { tasksOf } from "../../store/selection.ts"
import { rowMiddle, type Scene, visibleRows, xOf } from "../scene.ts"
import type { Overlay } from "./overlay.ts"

/** More arrows than this at once are a carpet, not a picture. */
const MOST_ARROWS = 400

export const flows: Overlay = {
  name: "flows",
  draw(ctx, scene, state) {
    const chosen = new Set([...tasksOf(state.selected), ...tasksOf(state.pointed)])
    if (state.allFlows) {
      const { first, last } = visibleRows(scene)
      ctx.globalAlpha = 0.35
      let drawn = 0
      for (let row = first; row <= last && drawn < MOST_ARROWS; row++) {
        const entry = scene.rows[row]
        if (entry?.kind !== "lane" || chosen.has(entry.task)) continue
        drawn += drawAll(ctx, scene, entry.task, MOST_ARROWS - drawn)
      }
      ctx.globalAlpha = 1
    }
    for (const task of chosen) drawAll(ctx, scene, task, MOST_ARROWS)
  },
}

function drawAll(ctx: CanvasRenderingContext2D, scene: Scene, task: number, most: number): number {
  let drawn = 0
  for (const flow of flowsOf(scene.fold.spans, scene.fold.flows, task)) {
    if (drawn >= most) break
    if (flow.what === "spawn" || flow.toUs > scene.edgeUs || flow.toStep > scene.edgeStep) continue
    if (drawFlow(ctx, scene, flow)) drawn++
  }
  return drawn
}

function drawFlow(ctx: CanvasRenderingContext2D, scene: Scene, flow: Flow): boolean {
  const fromRow = scene.rowByTask.get(flow.fromTask)
  const toRow = scene.rowByTask.get(flow.toTask)
  if (fromRow === undefined || toRow === undefined || fromRow === toRow) return false
  const x0 = xOf(scene, flow.fromUs, flow.fromStep)
  const x1 = xOf(scene, flow.toUs, flow.toStep)
  if (Math.max(x0, x1) < -40 || Math.min(x0, x1) > scene.widthPx + 40) return false
  const y0 = rowMiddle(scene, fromRow)
  const y1 = rowMiddle(scene, toRow)
  if (Math.max(y0, y1) < -10 || Math.min(y0, y1) > scene.heightPx + 10) return false
  const { colours } = scene.palette
  const bend = Math.max(14, Math.abs(x1 - x0) / 2)
  for (const [colour, width] of [
    [colours.bg, 4],
    [flow.what === "channel" ? colours.io : colours.text, 1.5],
  ] as const) {
    ctx.strokeStyle = colour
    ctx.lineWidth = width
    ctx.beginPath()
    ctx.moveTo(x0, y0)
    ctx.bezierCurveTo(x0 + bend, y0, x1 + (x1 - x0 < 4 ? bend : -bend), y1, x1, y1)
    ctx.stroke()
  }
  ctx.fillStyle = flow.what === "channel" ? colours.io : colours.text
  if (flow.what === "channel") {
    ctx.fillRect(x0 - 2.5, y0 - 2.5, 5, 5)
    ctx.fillRect(x1 - 2.5, y1 - 2.5, 5, 5)
  }
  const side = x1 - x0 < 4 ? 1 : -1
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x1 + side * 7, y1 - 4)
  ctx.lineTo(x1 + side * 7, y1 + 4)
  ctx.fill()
  return true
}
