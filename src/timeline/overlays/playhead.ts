// The playhead and the future behind it.
import { drawFuture, drawPlayheadLine } from "../draw/playhead.ts"
import type { Overlay } from "./overlay.ts"

export const playhead: Overlay = {
  name: "playhead",
  draw(ctx, scene) {
    drawFuture(ctx, scene, 0, scene.heightPx)
    drawPlayheadLine(ctx, scene, 0, scene.heightPx)
  },
}
