// The timeline as a picture for elsewhere, PNG or SVG, from the scene on screen and by what draws the screen: the same stretch of
// time, playhead and selection, all lanes that are open, their names beside them and one line under them. A picture teaches
// without the page around it, so it carries its scale and says what it shows.

import { LABEL_FONT } from "../draw/ink.ts"
import { SECTIONS_PX, sectionRows } from "../draw/sections.ts"
import { drawStrips, STRIPS_PX } from "../draw/strips.ts"
import { Painter, paintOverlays, paintRuler, type Surroundings } from "../painter.ts"
import { type Palette, paletteOf } from "../palette.ts"
import { rowFill, type Scene } from "../scene.ts"
import { stageOnScreen } from "../stage.ts"
import { SvgSurface } from "./svg-surface.ts"

const GUTTER_PX = 168
const RULER_PX = 28
const FOOT_PX = 30
const PAD_PX = 10
const INDENT_PX = 14
/** More lanes than this make no picture that anybody reads. */
const MOST_ROWS = 200
const NAME_FONT = "12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace"
const NAME_CHARACTER_PX = 7.3
const TEXT_FONT = "12px ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
const PNG_SCALE = 2

export interface PictureWords {
  /** One line under the picture: what ran, who answered, when. */
  readonly caption: string
  readonly title: string
  /** What it shows, for who cannot see it. */
  readonly description: string
}

interface Shown {
  readonly scene: Scene
  readonly around: Surroundings
}

/** A PNG of the timeline on screen; null where there is none to see. */
export async function timelinePng(words: PictureWords): Promise<Blob | null> {
  const shown = stageOnScreen()?.shown
  if (!shown) return null
  const { widthPx, heightPx } = sizeOf(shown)
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(widthPx * PNG_SCALE)
  canvas.height = Math.round(heightPx * PNG_SCALE)
  const ctx = canvas.getContext("2d")
  if (!ctx) return null
  ctx.scale(PNG_SCALE, PNG_SCALE)
  draw(ctx, shown, words, shown.scene.palette)
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
}

/** An SVG of the timeline on screen; null where there is none to see. */
export function timelineSvg(words: PictureWords): string | null {
  const shown = stageOnScreen()?.shown
  return shown ? svgOf(shown, words) : null
}

/** The same of a given scene. */
export function svgOf(shown: Shown, words: PictureWords): string {
  const surface = new SvgSurface()
  const { colours, forced } = shown.scene.palette
  const palette = paletteOf(colours, forced, (sizePx, paint) => surface.pattern(sizePx, paint))
  draw(surface.asContext(), shown, words, palette)
  const { widthPx, heightPx } = sizeOf(shown)
  return surface.text(widthPx, heightPx, words.title, words.description)
}

function sizeOf({ scene, around }: Shown): { widthPx: number; heightPx: number; rulerPx: number; lanesPx: number } {
  const rulerPx = RULER_PX + sectionRows(scene.fold.spans.sections, around.cellNames) * SECTIONS_PX
  const lanesPx = Math.min(MOST_ROWS, scene.rows.length) * scene.metrics.rowPx
  return { widthPx: GUTTER_PX + scene.widthPx, heightPx: rulerPx + lanesPx + STRIPS_PX + FOOT_PX, rulerPx, lanesPx }
}

function draw(ctx: CanvasRenderingContext2D, shown: Shown, words: PictureWords, palette: Palette): void {
  const { around } = shown
  const { widthPx, heightPx, rulerPx, lanesPx } = sizeOf(shown)
  const scene: Scene = { ...shown.scene, palette, scrollTop: 0, heightPx: lanesPx }
  const { colours } = palette
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, widthPx, heightPx)
  const part = (top: number, height: number, paint: () => void) => {
    ctx.save()
    ctx.translate(GUTTER_PX, top)
    ctx.beginPath()
    ctx.rect(0, 0, scene.widthPx, height)
    ctx.clip()
    paint()
    ctx.restore()
  }
  part(0, rulerPx, () => paintRuler(ctx, scene, rulerPx, around))
  part(rulerPx, lanesPx, () => {
    new Painter(() => {}).paintLanes(ctx, scene, around.ghost)
    paintOverlays(ctx, scene, { ...around, pointedRow: -1, focusRow: -1 })
  })
  part(rulerPx + lanesPx, STRIPS_PX, () => drawStrips(ctx, scene, around.maxParallel, around.figures.moneyOf(scene)))
  drawNames(ctx, scene, rulerPx)
  drawFrame(ctx, scene, words.caption, { widthPx, heightPx, rulerPx, lanesPx })
}

function drawNames(ctx: CanvasRenderingContext2D, scene: Scene, top: number): void {
  const { colours } = scene.palette
  const { rowPx } = scene.metrics
  ctx.textBaseline = "middle"
  ctx.textAlign = "left"
  for (const [i, row] of scene.rows.slice(0, MOST_ROWS).entries()) {
    ctx.fillStyle = rowFill(scene, i)
    ctx.fillRect(0, top + i * rowPx, GUTTER_PX, rowPx)
    const left = PAD_PX + row.depth * INDENT_PX
    const most = Math.max(1, Math.floor((GUTTER_PX - left - PAD_PX) / NAME_CHARACTER_PX))
    const name = row.hidden > 0 ? `${row.label} (${row.hidden})` : row.label
    ctx.font = NAME_FONT
    ctx.fillStyle = colours.text
    ctx.fillText(name.length > most ? `${name.slice(0, most - 1)}…` : name, left, top + (i + 0.5) * rowPx + 0.5)
  }
}

function drawFrame(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  caption: string,
  { widthPx, heightPx, rulerPx, lanesPx }: ReturnType<typeof sizeOf>,
): void {
  const { colours } = scene.palette
  ctx.fillStyle = colours.hairline
  for (const y of [rulerPx, rulerPx + lanesPx, heightPx - FOOT_PX]) ctx.fillRect(0, y, widthPx, 1)
  ctx.fillRect(GUTTER_PX, 0, 1, heightPx - FOOT_PX)
  ctx.textBaseline = "middle"
  ctx.textAlign = "left"
  ctx.font = LABEL_FONT
  ctx.fillStyle = colours.text2
  ctx.fillText(scene.axis.kind === "steps" ? "steps" : "virtual time", PAD_PX, rulerPx - RULER_PX / 2)
  ctx.fillText("in flight", PAD_PX, rulerPx + lanesPx + 15)
  ctx.fillText("tokens/s", PAD_PX, rulerPx + lanesPx + 38)
  ctx.fillText("money so far", PAD_PX, rulerPx + lanesPx + 55)
  ctx.font = TEXT_FONT
  ctx.fillText(caption, PAD_PX, heightPx - FOOT_PX / 2 + 1, widthPx - 2 * PAD_PX)
}
