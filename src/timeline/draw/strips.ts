// The strips below the lanes: calls in flight with the limit as a ceiling, tokens a second, money so far.
import type { Money } from "../../../interpreter/trace/money.ts"
import { lastAtOrBefore } from "../../../interpreter/trace/series.ts"
import { formatCount, formatUsd } from "../../../interpreter/trace/units.ts"
import { keyAtX, type Scene, xOf, xOfKey } from "../scene.ts"
import { type Column, columnsOf, fillArea, fillLevels, levelsOf } from "./columns.ts"
import { CHARACTER_PX, LABEL_FONT } from "./ink.ts"
import { drawFuture, drawPlayheadLine } from "./playhead.ts"

export const IN_FLIGHT_PX = 30
export const TOKENS_PX = 17
export const MONEY_PX = 17
export const STRIPS_PX = IN_FLIGHT_PX + TOKENS_PX + MONEY_PX

/** `ceiling`: the limit in flight, 0 where there is none. */
export function drawStrips(ctx: CanvasRenderingContext2D, scene: Scene, ceiling: number, money: Money): void {
  drawInFlight(ctx, scene, 0, IN_FLIGHT_PX, ceiling)
  drawTokenRate(ctx, scene, IN_FLIGHT_PX, TOKENS_PX)
  drawFuture(ctx, scene, 0, STRIPS_PX)
  drawPlayheadLine(ctx, scene, 0, STRIPS_PX)
  drawMoney(ctx, scene, money, STRIPS_PX - MONEY_PX, MONEY_PX)
}

/** Calls in flight as a step area. */
function drawInFlight(ctx: CanvasRenderingContext2D, scene: Scene, top: number, height: number, ceiling: number): void {
  const { colours } = scene.palette
  const { inFlight, maxInFlight } = scene.fold.totals
  const most = Math.max(1, maxInFlight, ceiling)
  const perCall = (height - 8) / most
  const bottom = top + height
  const columns = columnsOf(scene, inFlight)
  fillArea(ctx, columns, colours.model, bottom, perCall)
  if (ceiling > 0) {
    const y = Math.round(bottom - ceiling * perCall) + 0.5
    ctx.strokeStyle = colours.retry
    ctx.setLineDash([4, 3])
    ctx.lineWidth = 1.2
    ctx.beginPath()
    ctx.moveTo(0, y)
    ctx.lineTo(scene.widthPx, y)
    ctx.stroke()
    ctx.setLineDash([])
  }
  drawNumbers(ctx, scene, columns, bottom, perCall)
}

const NUMBER_PX = 11

/** The number of each level, where there is room for it: under the level's line, above it where that is low. */
function drawNumbers(ctx: CanvasRenderingContext2D, scene: Scene, columns: readonly Column[], bottom: number, perCall: number): void {
  ctx.font = LABEL_FONT
  ctx.textBaseline = "alphabetic"
  ctx.textAlign = "center"
  ctx.fillStyle = scene.palette.colours.text2
  let lastX = Number.NEGATIVE_INFINITY
  for (const { x, width, value } of columns) {
    const middle = x + width / 2
    if (value === 0 || width < 12 || middle - lastX < 18) continue
    const level = bottom - value * perCall
    const inside = bottom - level > NUMBER_PX + 3
    ctx.fillText(formatCount(value), middle, inside ? level + NUMBER_PX + 1 : level - 2.5)
    lastX = middle
  }
  ctx.textAlign = "left"
}

/** Pixels on both sides over which the rate is taken. */
const RATE_HALF_PX = 6

/** Tokens a second: how many came within a window around each pixel. An estimate that was too high gives no negative rate. */
export function tokenRates(scene: Scene): Column[] {
  const { tokensSoFar } = scene.fold.totals
  const { us, values } = tokensSoFar
  const startX = Math.max(0, xOfKey(scene, 0))
  const endX = Math.min(scene.widthPx, xOfKey(scene, scene.edgeKey))
  const soFar = (key: number) => values[lastAtOrBefore(us, Math.min(scene.edgeUs, key))] ?? 0
  const rates: Column[] = []
  for (let x = startX; x < endX; x += 2) {
    const fromUs = Math.max(0, keyAtX(scene, x - RATE_HALF_PX))
    const toUs = Math.min(scene.edgeUs, keyAtX(scene, x + RATE_HALF_PX))
    const rate = toUs > fromUs ? ((soFar(toUs) - soFar(fromUs)) * 1_000_000) / (toUs - fromUs) : 0
    rates.push({ x, width: Math.min(2, endX - x), value: Math.max(0, rate) })
  }
  return rates
}

function drawTokenRate(ctx: CanvasRenderingContext2D, scene: Scene, top: number, height: number): void {
  if (scene.axis.kind === "steps" || scene.fold.totals.tokensSoFar.length === 0) return
  const rates = tokenRates(scene)
  const most = rates.reduce((found, { value }) => Math.max(found, value), 0)
  if (most > 0) fillArea(ctx, rates, scene.palette.colours.model, top + height - 1, (height - 4) / most)
}

/** Money so far as a staircase, and the amount at the playhead in words; a quiet zero where nothing is paid. */
export function drawMoney(ctx: CanvasRenderingContext2D, scene: Scene, money: Money, top: number, height: number): void {
  const { colours } = scene.palette
  const most = money.soFar.last
  if (most > 0 && !money.unknown) {
    ctx.fillStyle = colours.model
    ctx.globalAlpha = 0.28
    fillLevels(ctx, levelsOf(columnsOf(scene, money.soFar), (height - 4) / most), top + height)
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
