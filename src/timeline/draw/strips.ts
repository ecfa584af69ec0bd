// The strips below the lanes: calls in flight with the limit as a ceiling, tokens a second, money so far. And the overview: the
// whole run in a few pixels, with the stretch that is on screen.

import type { Money } from "../../../interpreter/trace/money.ts"
import { lastAtOrBefore, type Series } from "../../../interpreter/trace/series.ts"
import { formatCount, formatUsd } from "../../../interpreter/trace/units.ts"
import { keyAtX, type Scene, xOf, xOfKey } from "../scene.ts"
import { CHARACTER_PX, LABEL_FONT } from "./ink.ts"

/** Calls in flight as a step area. `ceiling`: the limit in flight, 0 where there is none. */
export function drawInFlight(ctx: CanvasRenderingContext2D, scene: Scene, top: number, height: number, ceiling: number): void {
  const { colours } = scene.palette
  const series = scene.fold.totals.inFlight
  const most = Math.max(1, scene.fold.totals.maxInFlight, ceiling)
  const room = height - 8
  ctx.fillStyle = colours.model
  ctx.globalAlpha = 0.28
  columns(scene, series, (x, width, value) => fillColumn(ctx, x, width, top + height, (room * value) / most))
  ctx.globalAlpha = 1
  columns(
    scene,
    series,
    (x, width, value) => value > 0 && fillColumn(ctx, x, width, top + height - Math.round((room * value) / most) + 2, 2),
  )
  if (ceiling > 0) {
    const y = Math.round(top + height - (room * ceiling) / most) + 0.5
    ctx.strokeStyle = colours.retry
    ctx.setLineDash([4, 3])
    ctx.lineWidth = 1.2
    ctx.beginPath()
    ctx.moveTo(0, y)
    ctx.lineTo(scene.widthPx, y)
    ctx.stroke()
    ctx.setLineDash([])
  }
  numbers(ctx, scene, series, top, height, most)
}

/** The number of each level, where there is room for it. */
function numbers(ctx: CanvasRenderingContext2D, scene: Scene, series: Series, top: number, height: number, most: number): void {
  ctx.font = LABEL_FONT
  ctx.textBaseline = "bottom"
  ctx.textAlign = "center"
  ctx.fillStyle = scene.palette.colours.text2
  let lastX = Number.NEGATIVE_INFINITY
  columns(scene, series, (x, width, value) => {
    const middle = x + width / 2
    if (value === 0 || width < 12 || middle - lastX < 18) return
    const y = top + height - ((height - 8) * value) / most
    ctx.fillText(formatCount(value), middle, Math.min(top + height, y + 14))
    lastX = middle
  })
  ctx.textAlign = "left"
}

/** Calls `paint` for each stretch of pixels with one value, up to the edge of what has happened. */
function columns(scene: Scene, series: Series, paint: (x: number, width: number, value: number) => void): void {
  const keys = scene.axis.kind === "steps" ? series.steps : series.us
  const endX = Math.min(scene.widthPx, xOfKey(scene, scene.edgeKey))
  for (let x = Math.max(0, xOfKey(scene, 0)); x < endX; ) {
    const i = lastAtOrBefore(keys, keyAtX(scene, x + 0.01))
    let next = i + 1
    while (next < keys.length && keys[next] === keys[next + 1]) next++
    const nextX = next < keys.length ? xOfKey(scene, keys[next] as number) : endX
    const to = Math.min(endX, Math.max(x + 1, nextX))
    paint(x, to - x, i < 0 ? 0 : (series.values[lastAtOrBefore(keys, keyAtX(scene, x + 0.5))] as number))
    x = to
  }
}

/** Tokens a second: how many came within a window around each pixel. */
export function drawTokenRate(ctx: CanvasRenderingContext2D, scene: Scene, top: number, height: number): void {
  if (scene.axis.kind === "steps") return
  const { colours } = scene.palette
  const series = scene.fold.totals.tokensSoFar
  if (series.length === 0) return
  const endX = Math.min(scene.widthPx, xOfKey(scene, scene.edgeKey))
  const at = (x: number) => series.values[lastAtOrBefore(series.us, Math.min(scene.edgeUs, keyAtX(scene, x)))] ?? 0
  const halfPx = 6
  const rates: number[] = []
  let most = 0
  for (let x = 0; x <= endX; x += 2) {
    const us = keyAtX(scene, x + halfPx) - keyAtX(scene, x - halfPx)
    const rate = us > 0 ? ((at(x + halfPx) - at(x - halfPx)) * 1_000_000) / us : 0
    rates.push(rate)
    most = Math.max(most, rate)
  }
  if (most <= 0) return
  ctx.fillStyle = colours.model
  let lastY = top + height - 2
  for (const [i, rate] of rates.entries()) {
    const y = Math.round(top + height - 2 - ((height - 5) * rate) / most)
    ctx.fillRect(i * 2, Math.min(y, lastY), 2, Math.abs(lastY - y) + 1.5)
    lastY = y
  }
}

/** Money so far as a staircase, and the amount at the playhead in words; a quiet zero where nothing is paid. */
export function drawMoney(ctx: CanvasRenderingContext2D, scene: Scene, money: Money, top: number, height: number): void {
  const { colours } = scene.palette
  const most = money.soFar.last
  if (most > 0 && !money.unknown) {
    ctx.fillStyle = colours.model
    ctx.globalAlpha = 0.28
    columns(scene, money.soFar, (x, width, value) => fillColumn(ctx, x, width, top + height, ((height - 4) * value) / most))
    ctx.globalAlpha = 1
  }
  const text = moneyText(scene, money)
  ctx.font = LABEL_FONT
  ctx.textBaseline = "middle"
  ctx.fillStyle = most > 0 ? colours.text2 : colours.muted
  const x = Math.max(0, Math.min(scene.widthPx, xOf(scene, scene.atUs, scene.atStep)))
  const onLeft = x - text.length * CHARACTER_PX - 8 > 0
  ctx.textAlign = onLeft ? "right" : "left"
  ctx.fillText(text, onLeft ? x - 6 : x + 6, top + height / 2 + 1)
  ctx.textAlign = "left"
}

/** What was paid up to the playhead: "$0", "est. $0.0042", "$0.0042 then" for a recording, "cost unknown". */
export function moneyText(scene: Scene, money: Money): string {
  if (money.unknown) return "cost unknown"
  const amount = scene.axis.kind === "steps" ? money.soFar.atStep(scene.atStep) : money.soFar.atUs(scene.atUs)
  return `${money.estimated && amount > 0 ? "est. " : ""}${formatUsd(amount)}${money.recorded ? " then" : ""}`
}

/** One column standing on `bottom`, on whole pixels: as many of them as a strip has are cheap only without smoothing. */
function fillColumn(ctx: CanvasRenderingContext2D, x: number, width: number, bottom: number, height: number): void {
  const left = Math.round(x)
  const h = Math.round(height)
  if (h > 0) ctx.fillRect(left, bottom - h, Math.max(1, Math.round(x + width) - left), h)
}

/** The playhead through strips and overview: thin, with a halo. */
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
  const from = Math.max(0, xOf(scene, scene.atUs, scene.atStep))
  const to = scene.widthPx
  if (scene.atUs >= scene.edgeUs && scene.atStep >= scene.edgeStep) return
  if (to <= from) return
  ctx.globalAlpha = 0.65
  ctx.fillStyle = scene.palette.colours.bg
  ctx.fillRect(from, top, to - from, height)
  ctx.globalAlpha = 1
}

/** The whole run, calls in flight as an area and tasks alive as a line, with the window that is on screen. */
export function drawOverview(ctx: CanvasRenderingContext2D, whole: Scene, window: { from: number; to: number }, height: number): void {
  const { colours } = whole.palette
  ctx.clearRect(0, 0, whole.widthPx, height)
  ctx.fillStyle = colours.lane
  ctx.fillRect(0, 0, whole.widthPx, height)
  const most = Math.max(1, whole.fold.totals.maxInFlight)
  ctx.fillStyle = colours.model
  columns(whole, whole.fold.totals.inFlight, (x, width, value) => fillColumn(ctx, x, width, height, ((height - 4) * value) / most))
  const { alive } = whole.fold.totals
  const mostAlive = Math.max(1, alive.peak())
  ctx.fillStyle = colours.text2
  columns(whole, alive, (x, width, value) => fillColumn(ctx, x, width, height - Math.round(((height - 4) * value) / mostAlive), 1))
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
  drawPlayheadLine(ctx, whole, 0, height)
}
