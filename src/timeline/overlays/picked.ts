// What is selected, focused and pointed at: tinted rows, and a ring around the selected call or task.
import { tasksOf } from "../../store/selection.ts"
import { barTop, callEndKey, callStartKey, laneEndKey, rowTop, type Scene, xOf, xOfKey } from "../scene.ts"
import type { Overlay } from "./overlay.ts"

export const picked: Overlay = {
  name: "picked",
  draw(ctx, scene, state) {
    const { colours } = scene.palette
    const selectedRows = new Set<number>()
    for (const task of tasksOf(state.selected)) {
      const row = scene.rowByTask.get(task)
      if (row !== undefined) selectedRows.add(row)
    }
    for (const row of selectedRows) tint(ctx, scene, row, colours.focus, 0.1)
    if (state.pointedRow >= 0 && !selectedRows.has(state.pointedRow)) tint(ctx, scene, state.pointedRow, colours.text, 0.045)
    const { selected } = state
    if (selected.kind === "call") {
      const call = scene.fold.spans.calls.get(selected.call)
      const row = scene.rowByTask.get(selected.task)
      if (call && row !== undefined) ring(ctx, scene, row, xOfKey(scene, callStartKey(scene, call)), xOfKey(scene, callEndKey(scene, call)))
    } else if (selected.kind === "task" || selected.kind === "line") {
      for (const task of tasksOf(selected)) {
        const lane = scene.fold.lanes[task]
        const row = scene.rowByTask.get(task)
        if (lane && row !== undefined)
          ring(ctx, scene, row, xOf(scene, lane.spawnUs, lane.spawnStep), xOfKey(scene, laneEndKey(scene, lane)))
      }
    } else if (selected.kind === "event") {
      const row = scene.rowByTask.get(selected.task)
      const x = xOf(scene, scene.fold.usAtStep(selected.event), selected.event)
      if (row !== undefined) ring(ctx, scene, row, x - 4, x + 4)
    }
  },
}

function tint(ctx: CanvasRenderingContext2D, scene: Scene, row: number, colour: string, alpha: number): void {
  ctx.globalAlpha = alpha
  ctx.fillStyle = colour
  ctx.fillRect(0, rowTop(scene, row), scene.widthPx, scene.metrics.rowPx)
  ctx.globalAlpha = 1
}

function ring(ctx: CanvasRenderingContext2D, scene: Scene, row: number, fromX: number, toX: number): void {
  const left = Math.max(-6, fromX - 3)
  const right = Math.min(scene.widthPx + 6, toX + 3)
  if (right < left) return
  ctx.strokeStyle = scene.palette.colours.focus
  ctx.lineWidth = 2
  ctx.beginPath()
  ctx.roundRect(left, barTop(scene, row) - 3, Math.max(6, right - left), scene.metrics.barPx + 6, 4)
  ctx.stroke()
}
