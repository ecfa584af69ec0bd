// A stretch of time that the reader dragged over the lanes, with its duration.
import { formatCount, formatUs } from "../../../interpreter/trace/units.ts"
import { LABEL_FONT } from "../draw/ink.ts"
import { type Scene, xOfKey } from "../scene.ts"
import type { Overlay, OverlayState } from "./overlay.ts"

function stretchOf(state: OverlayState, scene: Scene): { fromKey: number; toKey: number } | null {
  if (state.range) return state.range
  const { selected } = state
  return selected.kind === "span" && scene.axis.kind !== "steps" ? { fromKey: selected.fromUs, toKey: selected.toUs } : null
}

export const range: Overlay = {
  name: "range",
  draw(ctx, scene, state) {
    const stretch = stretchOf(state, scene)
    if (!stretch) return
    const x0 = xOfKey(scene, Math.min(stretch.fromKey, stretch.toKey))
    const x1 = xOfKey(scene, Math.max(stretch.fromKey, stretch.toKey))
    const { colours } = scene.palette
    ctx.globalAlpha = 0.12
    ctx.fillStyle = colours.accent
    ctx.fillRect(x0, 0, x1 - x0, scene.heightPx)
    ctx.globalAlpha = 1
    ctx.fillStyle = colours.accent
    ctx.fillRect(x0 - 0.5, 0, 1, scene.heightPx)
    ctx.fillRect(x1 - 0.5, 0, 1, scene.heightPx)
    const length = Math.abs(stretch.toKey - stretch.fromKey)
    const text = scene.axis.kind === "steps" ? `${formatCount(Math.round(length))} events` : formatUs(Math.round(length))
    ctx.font = `600 ${LABEL_FONT}`
    const width = ctx.measureText(text).width + 12
    const x = Math.max(2, Math.min(scene.widthPx - width - 2, (x0 + x1 - width) / 2))
    ctx.fillStyle = colours.bg
    ctx.fillRect(x - 1, 3, width + 2, 20)
    ctx.fillStyle = colours.accent
    ctx.beginPath()
    ctx.roundRect(x, 4, width, 18, 4)
    ctx.fill()
    ctx.fillStyle = colours.bg
    ctx.textBaseline = "middle"
    ctx.textAlign = "left"
    ctx.fillText(text, x + 6, 13)
  },
}
