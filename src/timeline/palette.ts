// The colours of the timeline's canvas: the page's CSS variables, read once for each theme, and the textures that say
// which phase a time is in. With forced colours there are two colours only, and textures say everything.

export interface Colours {
  readonly bg: string
  readonly lane: string
  readonly raised: string
  readonly hairline: string
  readonly control: string
  readonly text: string
  readonly text2: string
  readonly muted: string
  readonly accent: string
  readonly focus: string
  readonly errorText: string
  readonly compute: string
  readonly model: string
  readonly onModel: string
  readonly io: string
  readonly onIo: string
  readonly retry: string
  readonly onRetry: string
  readonly error: string
  readonly onError: string
  readonly wait: string
}

/** CSS variable behind each colour, and what it is where the page does not define it. */
export const TOKENS: Readonly<Record<keyof Colours, readonly [variable: string, fallback: string, forced: string]>> = {
  bg: ["--bg", "#ffffff", "Canvas"],
  lane: ["--lane", "#f5f6f8", "Canvas"],
  raised: ["--raised", "#eaecf0", "Canvas"],
  hairline: ["--hairline", "#d5d9e1", "GrayText"],
  control: ["--control", "#848c9c", "CanvasText"],
  text: ["--text", "#14171f", "CanvasText"],
  text2: ["--text-2", "#475065", "CanvasText"],
  muted: ["--text-muted", "#616a7d", "CanvasText"],
  accent: ["--accent", "#1d63c8", "Highlight"],
  focus: ["--focus", "#0b57d0", "Highlight"],
  errorText: ["--error-text", "#a40000", "CanvasText"],
  compute: ["--compute", "#2385e6", "CanvasText"],
  model: ["--model", "#8e3ba5", "CanvasText"],
  onModel: ["--on-model", "#ffffff", "CanvasText"],
  io: ["--io", "#006255", "CanvasText"],
  onIo: ["--on-io", "#ffffff", "CanvasText"],
  retry: ["--retry", "#b07d2b", "CanvasText"],
  onRetry: ["--on-retry", "#14171f", "CanvasText"],
  error: ["--error", "#b10000", "CanvasText"],
  onError: ["--on-error", "#ffffff", "Canvas"],
  wait: ["--wait", "#767b87", "CanvasText"],
}

export type Fill = string | CanvasPattern

export interface Palette {
  readonly colours: Colours
  readonly forced: boolean
  readonly fills: {
    readonly compute: Fill
    readonly model: Fill
    readonly io: Fill
    readonly error: Fill
    /** Waiting for a task: hatch at 45 degrees. */
    readonly hatch: Fill
    /** Waiting for the first token: dots. */
    readonly dots: Fill
    /** Backing off: chevrons. */
    readonly chevrons: Fill
    /** Lived on after its parent. */
    readonly outlived: Fill
  }
}

/** Reads the palette for the theme that holds now. */
export function readPalette(root: Element, ctx: CanvasRenderingContext2D, pixelRatio: number): Palette {
  const forced = matchMedia("(forced-colors: active)").matches
  const style = getComputedStyle(root)
  const entries = Object.entries(TOKENS).map(([name, [variable, fallback, system]]) => {
    const value = style.getPropertyValue(variable).trim()
    return [name, forced ? system : value === "" ? fallback : value]
  })
  const colours = Object.fromEntries(entries) as unknown as Colours
  return paletteOf(colours, forced, (sizePx, paint) => tiled(ctx, sizePx, pixelRatio, paint))
}

/** Makes a square tile that is repeated; null where the surface has none. */
export type Tiled = (sizePx: number, paint: (tile: CanvasRenderingContext2D) => void) => Fill | null

/** The palette of these colours, with the textures of a surface. */
export function paletteOf(colours: Colours, forced: boolean, tile: Tiled): Palette {
  const texture = (sizePx: number, paint: (tile: CanvasRenderingContext2D) => void, fallback: string): Fill =>
    tile(sizePx, paint) ?? fallback
  const hatch = (colour: string, sizePx: number, lineWidth: number) =>
    texture(
      sizePx,
      (tile) => {
        tile.strokeStyle = colour
        tile.lineWidth = lineWidth
        tile.beginPath()
        for (const shift of [-sizePx, 0, sizePx]) {
          tile.moveTo(shift, sizePx)
          tile.lineTo(shift + sizePx, 0)
        }
        tile.stroke()
      },
      colour,
    )
  const dots = (colour: string) =>
    texture(
      5,
      (tile) => {
        tile.fillStyle = colour
        tile.beginPath()
        tile.arc(2.5, 2.5, 1.1, 0, Math.PI * 2)
        tile.fill()
      },
      colour,
    )
  const chevrons = texture(
    8,
    (tile) => {
      tile.strokeStyle = colours.retry
      tile.lineWidth = 1.8
      tile.beginPath()
      tile.moveTo(1.5, 0.5)
      tile.lineTo(5.5, 4)
      tile.lineTo(1.5, 7.5)
      tile.stroke()
    },
    colours.retry,
  )
  const ticks = (colour: string) =>
    texture(
      4,
      (tile) => {
        tile.fillStyle = colour
        tile.fillRect(0, 0, 1.5, 4)
      },
      colour,
    )
  const lines = (colour: string) =>
    texture(
      4,
      (tile) => {
        tile.fillStyle = colour
        tile.fillRect(0, 0, 4, 1.5)
      },
      colour,
    )
  return {
    colours,
    forced,
    fills: {
      compute: colours.compute,
      model: forced ? ticks(colours.model) : colours.model,
      io: forced ? lines(colours.io) : colours.io,
      error: colours.error,
      hatch: hatch(colours.wait, 6, 1.4),
      dots: dots(colours.model),
      chevrons,
      outlived: hatch(colours.errorText, 7, 1.2),
    },
  }
}

function tiled(
  ctx: CanvasRenderingContext2D,
  sizePx: number,
  pixelRatio: number,
  paint: (tile: CanvasRenderingContext2D) => void,
): CanvasPattern | null {
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(sizePx * pixelRatio))
  canvas.height = canvas.width
  const tile = canvas.getContext("2d")
  if (!tile) return null
  tile.scale(canvas.width / sizePx, canvas.height / sizePx)
  paint(tile)
  const pattern = ctx.createPattern(canvas, "repeat")
  pattern?.setTransform(new DOMMatrix().scale(sizePx / canvas.width))
  return pattern
}
