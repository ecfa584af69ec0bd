// A surface that writes SVG where a canvas paints pixels: the part of the canvas's drawing calls that the timeline uses, so that
// what draws the page draws a vector picture too (dependencies: exports). Texts stay texts; textures are patterns.

interface State {
  fillStyle: string
  strokeStyle: string
  lineWidth: number
  globalAlpha: number
  font: string
  textAlign: CanvasTextAlign
  textBaseline: CanvasTextBaseline
  dash: readonly number[]
  x: number
  y: number
  clip: string
}

const FIRST: State = {
  fillStyle: "#000",
  strokeStyle: "#000",
  lineWidth: 1,
  globalAlpha: 1,
  font: "11px sans-serif",
  textAlign: "left",
  textBaseline: "alphabetic",
  dash: [],
  x: 0,
  y: 0,
  clip: "",
}

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end", end: "end" }
/** Average width of a character in parts of the font's size: nothing is measured here. */
const CHARACTER_EM = 0.57

export class SvgSurface {
  private state: State = { ...FIRST }
  private readonly stack: State[] = []
  private readonly out: string[] = []
  private readonly defs: string[] = []
  private path: string[] = []
  private at: readonly [number, number] = [0, 0]

  /** `ids`: begins the names of patterns and clips, unique on a page. */
  constructor(private readonly ids = "t") {}

  get fillStyle(): string {
    return this.state.fillStyle
  }
  set fillStyle(value: string | CanvasPattern | CanvasGradient) {
    if (typeof value === "string") this.state.fillStyle = value
  }
  get strokeStyle(): string {
    return this.state.strokeStyle
  }
  set strokeStyle(value: string | CanvasPattern | CanvasGradient) {
    if (typeof value === "string") this.state.strokeStyle = value
  }
  get lineWidth(): number {
    return this.state.lineWidth
  }
  set lineWidth(value: number) {
    this.state.lineWidth = value
  }
  get globalAlpha(): number {
    return this.state.globalAlpha
  }
  set globalAlpha(value: number) {
    this.state.globalAlpha = value
  }
  get font(): string {
    return this.state.font
  }
  set font(value: string) {
    this.state.font = value
  }
  get textAlign(): CanvasTextAlign {
    return this.state.textAlign
  }
  set textAlign(value: CanvasTextAlign) {
    this.state.textAlign = value
  }
  get textBaseline(): CanvasTextBaseline {
    return this.state.textBaseline
  }
  set textBaseline(value: CanvasTextBaseline) {
    this.state.textBaseline = value
  }

  setLineDash(dash: readonly number[]): void {
    this.state.dash = [...dash]
  }

  save(): void {
    this.stack.push({ ...this.state })
  }

  restore(): void {
    const before = this.stack.pop()
    if (before) this.state = before
  }

  translate(x: number, y: number): void {
    this.state.x += x
    this.state.y += y
  }

  beginPath(): void {
    this.path = []
  }

  moveTo(x: number, y: number): void {
    this.point("M", x, y)
  }

  lineTo(x: number, y: number): void {
    this.point("L", x, y)
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    const { x: dx, y: dy } = this.state
    this.path.push(`C${num(x1 + dx)} ${num(y1 + dy)} ${num(x2 + dx)} ${num(y2 + dy)} ${num(x + dx)} ${num(y + dy)}`)
    this.at = [x, y]
  }

  closePath(): void {
    this.path.push("Z")
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y)
    this.lineTo(x + width, y)
    this.lineTo(x + width, y + height)
    this.lineTo(x, y + height)
    this.closePath()
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.min(radius, width / 2, height / 2)
    this.moveTo(x + r, y)
    for (const [toX, toY, overX, overY] of [
      [x + width, y, x + width, y + r],
      [x + width, y + height, x + width - r, y + height],
      [x, y + height, x, y + height - r],
      [x, y, x + r, y],
    ] as const) {
      this.lineTo(toX + Math.sign(this.at[0] - toX) * r, toY + Math.sign(this.at[1] - toY) * r)
      this.bezierCurveTo(toX, toY, toX, toY, overX, overY)
    }
    this.closePath()
  }

  /** Whole circles only: nothing of the timeline is part of one. */
  arc(x: number, y: number, radius: number, _from: number, _to: number): void {
    const { x: dx, y: dy } = this.state
    const [left, right, middle, r] = [num(x - radius + dx), num(x + radius + dx), num(y + dy), num(radius)]
    this.path.push(`M${left} ${middle}A${r} ${r} 0 1 1 ${right} ${middle}A${r} ${r} 0 1 1 ${left} ${middle}Z`)
  }

  clip(): void {
    const id = `${this.ids}c${this.defs.length}`
    this.defs.push(`<clipPath id="${id}"><path d="${this.path.join("")}"/></clipPath>`)
    this.state.clip = id
  }

  fill(): void {
    if (this.path.length > 0) this.put(`<path d="${this.path.join("")}" fill="${attribute(this.state.fillStyle)}"`)
  }

  stroke(): void {
    if (this.path.length > 0) this.put(`<path d="${this.path.join("")}" ${this.stroked()}`)
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width > 0 && height > 0) this.put(`<rect ${this.box(x, y, width, height)} fill="${attribute(this.state.fillStyle)}"`)
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.put(`<rect ${this.box(x, y, width, height)} ${this.stroked()}`)
  }

  /** What was drawn is not taken back: a picture begins empty. */
  clearRect(): void {}

  fillText(text: string, x: number, y: number, maxWidth?: number): void {
    const { state } = this
    const [, weight = "", size = "11", family = "sans-serif"] = /^(?:(\d{3}|bold) )?([\d.]+)px(?:\/\S+)? (.+)$/.exec(state.font) ?? []
    const fits = maxWidth === undefined || this.measureText(text).width <= maxWidth
    // The middle of a line of capitals lies about a third of the size above its foot.
    const dy = state.textBaseline === "middle" ? Number(size) * 0.35 : 0
    const anchor = ANCHORS[state.textAlign]
    this.put(
      `<text x="${num(x + state.x)}" y="${num(y + dy + state.y)}" font-family="${attribute(family)}" font-size="${size}"${weight === "" ? "" : ` font-weight="${weight}"`}${anchor ? ` text-anchor="${anchor}"` : ""}${fits ? "" : ` textLength="${num(maxWidth)}" lengthAdjust="spacingAndGlyphs"`} fill="${attribute(state.fillStyle)}"`,
      `${content(text)}</text>`,
    )
  }

  measureText(text: string): { readonly width: number } {
    return { width: text.length * CHARACTER_EM * Number(/([\d.]+)px/.exec(this.state.font)?.[1] ?? 11) }
  }

  /** A square tile, repeated: what a fill is given as. */
  pattern(sizePx: number, paint: (tile: CanvasRenderingContext2D) => void): string {
    const tile = new SvgSurface(`${this.ids}p`)
    paint(tile.asContext())
    const id = `${this.ids}f${this.defs.length}`
    this.defs.push(`<pattern id="${id}" width="${sizePx}" height="${sizePx}" patternUnits="userSpaceOnUse">${tile.out.join("")}</pattern>`)
    return `url(#${id})`
  }

  /** For what draws on canvases: it calls nothing that is not here. */
  asContext(): CanvasRenderingContext2D {
    return this as unknown as CanvasRenderingContext2D
  }

  /** The picture as a file. `title`: what it is; `description`: what it shows, for who cannot see it. */
  text(widthPx: number, heightPx: number, title: string, description: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${num(widthPx)}" height="${num(heightPx)}" viewBox="0 0 ${num(widthPx)} ${num(heightPx)}" role="img" aria-labelledby="${this.ids}-title ${this.ids}-desc">
<title id="${this.ids}-title">${content(title)}</title>
<desc id="${this.ids}-desc">${content(description)}</desc>
<defs>${this.defs.join("")}</defs>
${this.out.join("\n")}
</svg>
`
  }

  private point(letter: "M" | "L", x: number, y: number): void {
    this.path.push(`${letter}${num(x + this.state.x)} ${num(y + this.state.y)}`)
    this.at = [x, y]
  }

  private box(x: number, y: number, width: number, height: number): string {
    return `x="${num(x + this.state.x)}" y="${num(y + this.state.y)}" width="${num(width)}" height="${num(height)}"`
  }

  private stroked(): string {
    const { strokeStyle, lineWidth, dash } = this.state
    const dashes = dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`
    return `fill="none" stroke="${attribute(strokeStyle)}" stroke-width="${num(lineWidth)}"${dashes}`
  }

  private put(element: string, inner?: string): void {
    const { globalAlpha, clip } = this.state
    const alpha = globalAlpha < 1 ? ` opacity="${num(globalAlpha)}"` : ""
    this.out.push(`${element}${alpha}${clip === "" ? "" : ` clip-path="url(#${clip})"`}${inner === undefined ? "/>" : `>${inner}`}`)
  }
}

/** Hundredths of a pixel are enough for everyone. */
const num = (value: number): string => String(Math.round(value * 100) / 100 || 0)

/** Text that is a file of its own: markup is no markup, and what XML cannot hold is left out. */
function content(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
  )
}

const attribute = (text: string): string => content(text).replaceAll('"', "&quot;")
