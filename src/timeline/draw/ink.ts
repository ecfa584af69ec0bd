// Collects what is to be drawn by colour and puts it on the canvas colour by colour, so that the canvas changes its state a
// dozen times a frame, not thousands. Rectangles are filled one by one: as one path they would be rastered as a polygon of a
// thousand parts. Layers lie over each other in the order of their flushing.
import type { Fill } from "../palette.ts"

/** Numbers, four a shape, whose room is kept from picture to picture. */
class Shapes {
  numbers = new Float64Array(256)
  count = 0

  add(a: number, b: number, c: number, d: number): void {
    if (this.count + 4 > this.numbers.length) {
      const larger = new Float64Array(this.numbers.length * 2)
      larger.set(this.numbers)
      this.numbers = larger
    }
    this.numbers[this.count++] = a
    this.numbers[this.count++] = b
    this.numbers[this.count++] = c
    this.numbers[this.count++] = d
  }
}

interface Stroke {
  readonly colour: string
  readonly width: number
  readonly dash: readonly number[]
  readonly segments: Shapes
  /** Whole rectangles: a path of their four sides would be rastered at many times the price. */
  readonly boxes: Shapes
}

export class Ink {
  private readonly rects = new Map<Fill, Shapes>()
  private readonly strokes = new Map<string, Stroke>()
  /** What of them is in use since the last flush, in the order of its first use: later ones lie above. */
  private usedFills: { readonly fill: Fill; readonly shapes: Shapes }[] = []
  private usedStrokes: Stroke[] = []
  private readonly texts: { text: string; x: number; y: number; colour: string; align: CanvasTextAlign; font: string }[] = []

  rect(fill: Fill, x: number, y: number, width: number, height: number): void {
    let shapes = this.rects.get(fill)
    if (!shapes) this.rects.set(fill, (shapes = new Shapes()))
    if (shapes.count === 0) this.usedFills.push({ fill, shapes })
    shapes.add(x, y, width, height)
  }

  line(colour: string, width: number, x1: number, y1: number, x2: number, y2: number, dash: readonly number[] = NO_DASH): void {
    this.stroke(colour, width, dash).segments.add(x1, y1, x2, y2)
  }

  protected box(colour: string, width: number, x: number, y: number, w: number, h: number): void {
    this.stroke(colour, width, NO_DASH).boxes.add(x, y, w, h)
  }

  private stroke(colour: string, width: number, dash: readonly number[]): Stroke {
    const key = dash === NO_DASH ? `${colour} ${width}` : `${colour} ${width} ${dash.join()}`
    let stroke = this.strokes.get(key)
    if (!stroke) this.strokes.set(key, (stroke = { colour, width, dash, segments: new Shapes(), boxes: new Shapes() }))
    if (stroke.segments.count + stroke.boxes.count === 0) this.usedStrokes.push(stroke)
    return stroke
  }

  /** The outline of a rectangle, inside it. */
  outline(colour: string, width: number, x: number, y: number, w: number, h: number, dash: readonly number[] = NO_DASH): void {
    const half = width / 2
    if (dash === NO_DASH) {
      this.box(colour, width, x + half, y + half, w - width, h - width)
      return
    }
    const [left, top, right, bottom] = [x + half, y + half, x + w - half, y + h - half]
    this.line(colour, width, left, top, right, top, dash)
    this.line(colour, width, right, top, right, bottom, dash)
    this.line(colour, width, right, bottom, left, bottom, dash)
    this.line(colour, width, left, bottom, left, top, dash)
  }

  text(text: string, x: number, y: number, colour: string, align: CanvasTextAlign = "left", font = LABEL_FONT): void {
    this.texts.push({ text, x, y, colour, align, font })
  }

  flush(ctx: CanvasRenderingContext2D): void {
    for (const { fill, shapes } of this.usedFills) {
      const { numbers, count } = shapes
      ctx.fillStyle = fill
      for (let i = 0; i < count; i += 4) {
        ctx.fillRect(numbers[i] as number, numbers[i + 1] as number, numbers[i + 2] as number, numbers[i + 3] as number)
      }
      shapes.count = 0
    }
    for (const { colour, width, dash, segments, boxes } of this.usedStrokes) {
      ctx.strokeStyle = colour
      ctx.lineWidth = width
      ctx.setLineDash(dash as number[])
      for (let i = 0, { numbers, count } = boxes; i < count; i += 4) {
        ctx.strokeRect(numbers[i] as number, numbers[i + 1] as number, numbers[i + 2] as number, numbers[i + 3] as number)
      }
      boxes.count = 0
      const { numbers, count } = segments
      if (count === 0) continue
      ctx.beginPath()
      for (let i = 0; i < count; i += 4) {
        ctx.moveTo(numbers[i] as number, numbers[i + 1] as number)
        ctx.lineTo(numbers[i + 2] as number, numbers[i + 3] as number)
      }
      ctx.stroke()
      segments.count = 0
    }
    ctx.setLineDash([])
    this.usedFills = []
    this.usedStrokes = []
    ctx.textBaseline = "middle"
    let lastFont = ""
    for (const { text, x, y, colour, align, font } of this.texts) {
      ctx.fillStyle = colour
      ctx.textAlign = align
      // A font is read anew with every assignment.
      if (font !== lastFont) ctx.font = lastFont = font
      ctx.fillText(text, x, y)
    }
    this.texts.length = 0
  }
}

const NO_DASH: readonly number[] = []
export const LABEL_FONT = "11px ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
export const STRONG_FONT = `600 ${LABEL_FONT}`
/** Pixels a character of a label takes, on average and rounded up; measuring each text would cost more than drawing it. */
export const CHARACTER_PX = 6.3

/** As much of a text as fits, by whole characters; "" where nothing sensible does. */
export function fittedText(text: string, widthPx: number): string {
  const most = Math.floor(widthPx / CHARACTER_PX)
  if (text.length <= most) return text
  if (most < 4) return ""
  let end = most - 1
  const unit = text.charCodeAt(end - 1)
  if (unit >= 0xd800 && unit < 0xdc00) end--
  return `${text.slice(0, end).trimEnd()}…`
}
