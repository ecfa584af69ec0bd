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

/** One column standing on `bottom`, on whole pixels: as many of them as a strip has are cheap only without smoothing. */
export function fillColumn(ctx: CanvasRenderingContext2D, { x, width }: Column, bottom: number, height: number): void {
  const left = Math.round(x)
  const h = Math.round(height)
  if (h > 0) ctx.fillRect(left, bottom - h, Math.max(1, Math.round(x + width) - left), h)
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
  ctx.globalAlpha = 0.28
  for (const column of columns) fillColumn(ctx, column, bottom, column.value * pxPerValue)
  ctx.globalAlpha = 1
  for (const column of columns)
    if (column.value > 0) fillColumn(ctx, column, bottom - Math.max(0, Math.round(column.value * pxPerValue) - 2), 2)
}
