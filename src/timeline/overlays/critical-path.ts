// The critical path: a thick line in the colour of text under the bars that decided how long the run took, joined where
// one task's end let another go on. Never a hue.
import { barTop, type Scene, xOf } from "../scene.ts"
import type { Overlay } from "./overlay.ts"

export const criticalPath: Overlay = {
  name: "critical path",
  draw(ctx, scene, state) {
    if (!state.showPath) return
    const { colours } = scene.palette
    let lastY = Number.NaN
    const joints: [number, number, number][] = []
    const under: [number, number, number][] = []
    for (const piece of state.path) {
      if (piece.fromUs > scene.edgeUs || piece.fromStep > scene.edgeStep) break
      const row = scene.rowByTask.get(piece.task)
      if (row === undefined) continue
      const y = barTop(scene, row) + scene.metrics.barPx + 1
      const x0 = xOf(scene, piece.fromUs, piece.fromStep)
      const x1 = xOf(scene, Math.min(piece.toUs, scene.edgeUs), Math.min(piece.toStep, scene.edgeStep))
      if (!Number.isNaN(lastY) && lastY !== y) joints.push([x0, lastY, y])
      if (x1 - x0 > 0.5) under.push([x0, x1, y])
      lastY = y
    }
    paint(ctx, scene, under, joints, colours.bg, 2)
    paint(ctx, scene, under, joints, colours.text, 0)
  },
}

function paint(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  under: readonly [number, number, number][],
  joints: readonly [number, number, number][],
  colour: string,
  more: number,
): void {
  ctx.fillStyle = colour
  ctx.beginPath()
  for (const [x0, x1, y] of under) {
    const left = Math.max(-4, x0)
    ctx.rect(left, y - more / 2, Math.min(scene.widthPx + 4, x1) - left, 3 + more)
  }
  for (const [x, y0, y1] of joints) {
    if (x < -4 || x > scene.widthPx + 4) continue
    const top = Math.max(-4, Math.min(y0, y1))
    ctx.rect(x - 0.75 - more / 2, top, 1.5 + more, Math.min(scene.heightPx + 4, Math.max(y0, y1)) - top + 3)
  }
  ctx.fill()
}
