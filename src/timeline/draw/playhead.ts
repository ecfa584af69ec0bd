// The playhead and what lies behind it, on every canvas that shows time.
import { type Scene, xOf } from "../scene.ts"

/** Thin, with a halo, so that it is seen on every bar. */
export function drawPlayheadLine(ctx: CanvasRenderingContext2D, scene: Scene, top: number, height: number): void {
  const x = xOf(scene, scene.atUs, scene.atStep)
  if (x < -2 || x > scene.widthPx + 2) return
  ctx.fillStyle = scene.palette.colours.bg
  ctx.fillRect(x - 1.75, top, 3.5, height)
  ctx.fillStyle = scene.palette.colours.accent
  ctx.fillRect(x - 0.75, top, 1.5, height)
}

/** The future of a playhead in the past, pale. */
export function drawFuture(ctx: CanvasRenderingContext2D, scene: Scene, top: number, height: number): void {
  if (scene.atUs >= scene.edgeUs && scene.atStep >= scene.edgeStep) return
  const from = Math.max(0, xOf(scene, scene.atUs, scene.atStep))
  const to = scene.widthPx
  if (to <= from) return
  ctx.globalAlpha = 0.65
  ctx.fillStyle = scene.palette.colours.bg
  ctx.fillRect(from, top, to - from, height)
  ctx.globalAlpha = 1
}
