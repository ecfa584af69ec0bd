// The whole run in a few pixels, calls in flight as an area and tasks alive as a line, with the window that is on screen. Its
// shapes are kept as a picture of their own: zoom, pan and playhead move over them and change nothing of them.
import { fitCanvas } from "../canvas.ts"
import { sameList } from "../same.ts"
import type { Scene } from "../scene.ts"
import type { Scale, Stretch } from "../time-scale.ts"
import { columnsOf, fillLevels, levelsOf } from "./columns.ts"
import { drawPlayheadLine } from "./playhead.ts"

/** While events arrive the shapes are drawn anew this often. */
const SHAPES_EVERY_MS = 200

export class OverviewPicture {
  private readonly shapes = document.createElement("canvas")
  private key: readonly unknown[] = []
  private drawnMs = 0
  private timer = 0

  /** `again`: called when shapes that were put off are due. */
  constructor(private readonly again: () => void) {}

  /** `wholeScale`: the scale at which the whole run fills so many pixels. */
  paint(canvas: HTMLCanvasElement, scene: Scene, wholeScale: (widthPx: number) => Scale): void {
    const widthPx = canvas.clientWidth
    const heightPx = canvas.clientHeight
    const scale = wholeScale(widthPx)
    const whole = { ...scene, scale, widthPx, fromKey: scene.axis.keyOf(scale.unit(0)), toKey: scene.axis.keyOf(scale.to) }
    this.drawShapes(whole, heightPx)
    const ctx = fitCanvas(canvas, widthPx, heightPx)
    if (!ctx) return
    ctx.drawImage(this.shapes, 0, 0, widthPx, heightPx)
    drawWindow(ctx, whole, { from: scene.scale.from, to: Math.min(scene.scale.to, scale.to) }, heightPx)
    drawPlayheadLine(ctx, whole, 0, heightPx)
  }

  private drawShapes(whole: Scene, heightPx: number): void {
    const { fold, scale, widthPx, palette, axis } = whole
    const still = [fold, scale.from, scale.to, widthPx, heightPx, palette, axis, devicePixelRatio]
    const key = [...still, fold.spans.version, whole.edgeUs]
    if (sameList(key, this.key)) return
    const nowMs = performance.now()
    const restMs = this.drawnMs + SHAPES_EVERY_MS - nowMs
    if (restMs > 0 && sameList(still, this.key.slice(0, still.length))) {
      window.clearTimeout(this.timer)
      this.timer = window.setTimeout(this.again, restMs)
      return
    }
    this.key = key
    this.drawnMs = nowMs
    const ctx = fitCanvas(this.shapes, widthPx, heightPx)
    if (ctx) paintShapes(ctx, whole, heightPx)
  }
}

function paintShapes(ctx: CanvasRenderingContext2D, whole: Scene, height: number): void {
  const { colours } = whole.palette
  const { inFlight, alive, maxInFlight } = whole.fold.totals
  ctx.fillStyle = colours.lane
  ctx.fillRect(0, 0, whole.widthPx, height)
  ctx.fillStyle = colours.model
  const perCall = (height - 4) / Math.max(1, maxInFlight)
  fillLevels(ctx, levelsOf(columnsOf(whole, inFlight), perCall), height)
  ctx.fillStyle = colours.text2
  const perTask = (height - 4) / Math.max(1, alive.peak())
  for (const { left, width, heightPx } of levelsOf(columnsOf(whole, alive), perTask)) ctx.fillRect(left, height - heightPx - 1, width, 1)
}

function drawWindow(ctx: CanvasRenderingContext2D, whole: Scene, window: Stretch, height: number): void {
  const { colours } = whole.palette
  const left = whole.scale.x(window.from)
  const right = whole.scale.x(window.to)
  ctx.globalAlpha = 0.7
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, left, height)
  ctx.fillRect(right, 0, whole.widthPx - right, height)
  ctx.globalAlpha = 1
  ctx.strokeStyle = colours.accent
  ctx.lineWidth = 1.5
  ctx.strokeRect(left + 0.75, 0.75, Math.max(4, right - left - 1.5), height - 1.5)
}
