// A canvas made ready for a picture.

/** A canvas of this size in CSS pixels, sharp on this screen, cleared; null where the browser gives none. */
export function fitCanvas(canvas: HTMLCanvasElement, widthPx: number, heightPx: number): CanvasRenderingContext2D | null {
  const ctx = canvas.getContext("2d")
  if (!ctx) return null
  const ratio = devicePixelRatio
  const width = Math.max(1, Math.round(widthPx * ratio))
  const height = Math.max(1, Math.round(heightPx * ratio))
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  ctx.setTransform(width / Math.max(1, widthPx), 0, 0, height / Math.max(1, heightPx), 0, 0)
  ctx.clearRect(0, 0, widthPx, heightPx)
  return ctx
}
