// The ruler: where we are in time (or in steps), the breaks of compressed time, the reader's markers with their notes, and the
// playhead's flag.
import { formatCount, formatUs } from "../../../interpreter/trace/units.ts"
import type { Marker } from "../../store/marker.ts"
import { type Scene, xOf, xOfKey } from "../scene.ts"
import { formatTick, ticksOf } from "../time-scale.ts"
import { CHARACTER_PX, fittedText, LABEL_FONT } from "./ink.ts"

const LABEL_APART_PX = 92

/** `markers`: moments the reader marked. */
export function drawRuler(ctx: CanvasRenderingContext2D, scene: Scene, heightPx: number, markers: readonly Marker[] = []): void {
  const { colours } = scene.palette
  ctx.clearRect(0, 0, scene.widthPx, heightPx)
  ctx.font = LABEL_FONT
  ctx.textBaseline = "middle"
  ctx.textAlign = "left"
  ctx.fillStyle = colours.muted
  ctx.strokeStyle = colours.hairline
  ctx.lineWidth = 1
  const labels = rulerLabels(scene)
  ctx.beginPath()
  for (const { x } of labels) {
    ctx.moveTo(Math.round(x) + 0.5, heightPx - 8)
    ctx.lineTo(Math.round(x) + 0.5, heightPx)
  }
  ctx.stroke()
  const flag = flagOf(scene)
  const pennants = pennantsOf(scene, markers, flag, (text) => ctx.measureText(text).width)
  const taken = [...(flag ? [{ left: flag.left, right: flag.left + flag.width }] : []), ...pennants.filter(({ text }) => text !== "")]
  for (const { x, text } of labels) {
    const right = x + 4 + text.length * CHARACTER_PX
    if (right < scene.widthPx && taken.every((other) => right < other.left - 2 || x + 4 > other.right + 2))
      ctx.fillText(text, x + 4, heightPx / 2)
  }
  for (const gap of scene.axis.gaps) drawGap(ctx, scene, gap, heightPx)
  for (const pennant of pennants) drawPennant(ctx, scene, pennant, heightPx)
  if (flag) drawFlag(ctx, scene, heightPx, flag)
}

/** Where the lines of the grid are and what is written there. */
export function rulerLabels(scene: Scene): { readonly x: number; readonly text: string }[] {
  const { axis, scale } = scene
  if (axis.kind === "steps") {
    return ticksOf(scale, LABEL_APART_PX, true).units.map((unit) => ({ x: scale.x(unit), text: `event ${formatCount(unit)}` }))
  }
  if (axis.kind === "time") {
    const { step, units } = ticksOf(scale, LABEL_APART_PX, false)
    return units.map((unit) => ({ x: scale.x(unit), text: formatTick(unit, step) }))
  }
  // With breaks the same distance is not the same time: labels stand at round times where there is room for them.
  const { step } = ticksOf(scale, LABEL_APART_PX, false)
  const labels: { x: number; text: string }[] = []
  let lastX = Number.NEGATIVE_INFINITY
  for (const unit of ticksOf(scale, LABEL_APART_PX / 2, false).units) {
    const us = axis.keyOf(unit)
    const x = scale.x(unit)
    if (x - lastX < LABEL_APART_PX || axis.gaps.some((gap) => us > gap.fromUs && us < gap.toUs)) continue
    labels.push({ x, text: formatTick(Math.round(us), step) })
    lastX = x
  }
  return labels
}

function drawGap(ctx: CanvasRenderingContext2D, scene: Scene, gap: { fromUs: number; toUs: number }, heightPx: number): void {
  const x0 = xOfKey(scene, gap.fromUs)
  const x1 = xOfKey(scene, gap.toUs)
  if (x1 < 0 || x0 > scene.widthPx) return
  const { colours } = scene.palette
  ctx.fillStyle = colours.raised
  ctx.fillRect(x0, 0, x1 - x0, heightPx)
  ctx.fillStyle = colours.text2
  ctx.textAlign = "center"
  const text = formatUs(gap.toUs - gap.fromUs)
  if (x1 - x0 > text.length * CHARACTER_PX) ctx.fillText(text, (x0 + x1) / 2, heightPx / 2)
  ctx.textAlign = "left"
}

interface Flag {
  readonly x: number
  readonly left: number
  readonly width: number
  readonly text: string
}

/** The flag of the playhead with its time; undefined where it is not on screen. */
function flagOf(scene: Scene): Flag | undefined {
  const x = xOf(scene, scene.atUs, scene.atStep)
  if (x < -1 || x > scene.widthPx + 1) return undefined
  const text = scene.axis.kind === "steps" ? `event ${formatCount(Math.max(0, scene.atStep))}` : formatUs(Math.round(scene.atUs))
  const width = text.length * CHARACTER_PX + 12
  return { x, text, width, left: Math.max(0, Math.min(scene.widthPx - width, x - width / 2)) }
}

const PENNANT_PX = 9
const NOTE_PX = 190

/** A marker on the ruler: its pole, and from where to where its pennant and the words beside it go. */
interface Pennant {
  readonly marker: Marker
  readonly x: number
  readonly left: number
  readonly right: number
  /** As much of the note as there is room for. */
  readonly text: string
  readonly textX: number
}

/** Where the markers on screen are. A note has the room up to the next marker, beside the playhead's flag. */
function pennantsOf(
  scene: Scene,
  markers: readonly Marker[],
  flag: Flag | undefined,
  widthOf = (text: string) => text.length * CHARACTER_PX,
): Pennant[] {
  const pennants: Pennant[] = []
  for (const [i, marker] of markers.entries()) {
    const x = Math.round(xOf(scene, marker.us, marker.step))
    if (x < -12 || x > scene.widthPx + 2) continue
    const covered = flag && flag.left <= x + PENNANT_PX + 4 && flag.left + flag.width > x
    const textX = covered ? flag.left + flag.width + 4 : x + PENNANT_PX + 4
    const next = markers[i + 1]
    const room = Math.min(
      NOTE_PX,
      scene.widthPx - textX,
      next ? xOf(scene, next.us, next.step) - 6 - textX : NOTE_PX,
      flag && !covered && flag.left > x ? flag.left - 4 - textX : NOTE_PX,
    )
    const note = marker.note ?? ""
    // Letters of some scripts are twice as wide as others.
    const text = note === "" ? "" : fittedText(note, room * Math.min(1, (note.length * CHARACTER_PX) / widthOf(note)))
    pennants.push({ marker, x, left: x - 3, right: text === "" ? x + PENNANT_PX + 2 : textX + widthOf(text) + 3, text, textX })
  }
  return pennants
}

/** The marker whose flag or note is at a place of the ruler; of two the one that is drawn above. */
export function markerAt(scene: Scene, markers: readonly Marker[], x: number): Marker | null {
  return pennantsOf(scene, markers, flagOf(scene)).findLast(({ left, right }) => x >= left && x <= right)?.marker ?? null
}

/** A pole with a pennant, so that it is told from the ruler's ticks and from the playhead without its colour; its note beside it. */
function drawPennant(ctx: CanvasRenderingContext2D, scene: Scene, { x, right, text, textX }: Pennant, heightPx: number): void {
  const { colours } = scene.palette
  if (text !== "") {
    ctx.fillStyle = colours.raised
    ctx.fillRect(x, 3, right - x, heightPx - 8)
    ctx.fillStyle = colours.text
    ctx.fillText(text, textX, (heightPx - 1) / 2)
  }
  ctx.fillStyle = colours.retry
  ctx.fillRect(x - 0.75, 2, 1.5, heightPx - 2)
  ctx.beginPath()
  ctx.moveTo(x, 2)
  ctx.lineTo(x + PENNANT_PX, 6)
  ctx.lineTo(x, 10)
  ctx.fill()
}

function drawFlag(ctx: CanvasRenderingContext2D, scene: Scene, heightPx: number, { x, left, width, text }: Flag): void {
  const { colours } = scene.palette
  ctx.fillStyle = colours.accent
  ctx.beginPath()
  ctx.roundRect(left, 4, width, heightPx - 9, 3)
  ctx.fill()
  ctx.beginPath()
  ctx.moveTo(x - 4, heightPx - 5.5)
  ctx.lineTo(x + 4, heightPx - 5.5)
  ctx.lineTo(x, heightPx)
  ctx.fill()
  ctx.fillStyle = colours.bg
  ctx.textAlign = "center"
  ctx.fillText(text, left + width / 2, (heightPx - 1) / 2)
  ctx.textAlign = "left"
}

/** Faint lines down through the lanes at the ruler's labels, and the breaks of compressed time. */
export function drawGrid(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { colours } = scene.palette
  ctx.strokeStyle = colours.hairline
  ctx.lineWidth = 1
  ctx.globalAlpha = 0.55
  ctx.beginPath()
  for (const { x } of rulerLabels(scene)) {
    ctx.moveTo(Math.round(x) + 0.5, 0)
    ctx.lineTo(Math.round(x) + 0.5, scene.heightPx)
  }
  ctx.stroke()
  ctx.globalAlpha = 1
  for (const gap of scene.axis.gaps) {
    const x = (xOfKey(scene, gap.fromUs) + xOfKey(scene, gap.toUs)) / 2
    if (x < -10 || x > scene.widthPx + 10) continue
    ctx.strokeStyle = colours.control
    ctx.lineWidth = 1.2
    for (const shift of [-3, 3]) {
      ctx.beginPath()
      for (let y = 0, i = 0; y <= scene.heightPx + 8; y += 8, i++) {
        const at = x + shift + (i % 2 === 0 ? -3 : 3)
        if (i === 0) ctx.moveTo(at, y)
        else ctx.lineTo(at, y)
      }
      ctx.stroke()
    }
  }
}
