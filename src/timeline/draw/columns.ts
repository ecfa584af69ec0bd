// A series as columns of pixels: stretches of the picture with one value, as many as there are pixels at most, however many
// rows the series has. What strips and overview draw.
import { lastAtOrBefore, lastAtOrBeforeFrom, type Series } from "../../../interpreter/trace/series.ts"
import { keyAtX, type Scene, xOfKey } from "../scene.ts"

export interface Column {
  readonly x: number
  readonly width: number
  readonly value: number
}

/** From the run's begin, or the left border, to the edge of what has happened, or the right border; without gaps. */
export function columnsOf(scene: Scene, series: Series): Column[] {
  const { values } = series
  const keys = scene.axis.kind === "steps" ? series.steps : series.us
  const endX = Math.min(scene.widthPx, xOfKey(scene, scene.edgeKey))
  const columns: Column[] = []
  let x = Math.max(0, xOfKey(scene, 0))
  let i = lastAtOrBefore(keys, keyAtX(scene, x + 0.01))
  while (x < endX) {
    i = lastAtOrBeforeFrom(keys, keyAtX(scene, x + 0.01), i)
    let next = i + 1
    while (next < keys.length && keys[next] === keys[next + 1]) next++
    const nextX = next < keys.length ? xOfKey(scene, keys[next] as number) : endX
    const to = Math.min(endX, Math.max(x + 1, nextX))
    // Within a pixel many values may have held: the one in its middle stands for them.
    i = lastAtOrBeforeFrom(keys, keyAtX(scene, x + 0.5), i)
    columns.push({ x, width: to - x, value: i < 0 ? 0 : (values[i] as number) })
    x = to
  }
  return columns
}

/** Columns side by side that are equally high, on whole pixels: rectangles without smoothing, and few of them, are cheap. */
export interface Level {
  readonly left: number
  readonly width: number
  readonly heightPx: number
  /** It is of something, be it too little for a pixel. */
  readonly any: boolean
}

export function levelsOf(columns: readonly Column[], pxPerValue: number): Level[] {
  const levels: Level[] = []
  let last: Level | undefined
  for (const { x, width, value } of columns) {
    const left = Math.round(x)
    const right = Math.max(left + 1, Math.round(x + width))
    const heightPx = Math.round(value * pxPerValue)
    const any = value > 0
    if (last && last.heightPx === heightPx && last.any === any && left <= last.left + last.width)
      levels[levels.length - 1] = last = { ...last, width: Math.max(last.width, right - last.left) }
    else levels.push((last = { left, width: right - left, heightPx, any }))
  }
  return levels
}

/** An area of levels that stand on `bottom`. */
export function fillLevels(ctx: CanvasRenderingContext2D, levels: readonly Level[], bottom: number): void {
  for (const { left, width, heightPx } of levels) if (heightPx > 0) ctx.fillRect(left, bottom - heightPx, width, heightPx)
}

/** An area of columns, pale, with a line of full colour on top. */
export function fillArea(
  ctx: CanvasRenderingContext2D,
  columns: readonly Column[],
  colour: string,
  bottom: number,
  pxPerValue: number,
): void {
  ctx.fillStyle = colour
  const levels = levelsOf(columns, pxPerValue)
  ctx.globalAlpha = 0.28
  fillLevels(ctx, levels, bottom)
  ctx.globalAlpha = 1
  for (const { left, width, heightPx, any } of levels) if (any) ctx.fillRect(left, bottom - Math.max(2, heightPx), width, 2)
}
