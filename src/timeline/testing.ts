// For the tests of the timeline: a scene without a browser, and layers that remember what was put on them.
import type { TraceFold } from "../../interpreter/trace/fold.ts"
import type { AnsweredCall } from "../../interpreter/trace/money.ts"
import { STEPS_AXIS, TIME_AXIS } from "./axis.ts"
import { Ink } from "./draw/ink.ts"
import type { Layers } from "./draw/layers.ts"
import { rowsOf } from "./layout.ts"
import { type Colours, type Palette, TOKENS } from "./palette.ts"
import type { Scene } from "./scene.ts"
import { fitted, Scale } from "./time-scale.ts"

/** Every colour is its own name, every texture too: what was drawn can be asked for by meaning. */
export const NAMED_PALETTE: Palette = {
  colours: Object.fromEntries(Object.keys(TOKENS).map((name) => [name, name])) as unknown as Colours,
  forced: false,
  fills: {
    compute: "compute fill",
    model: "model fill",
    io: "io fill",
    error: "error fill",
    hatch: "hatch",
    dots: "dots",
    chevrons: "chevrons",
    outlived: "outlived",
  },
}

export interface SceneOptions {
  readonly edgeUs?: number
  readonly atUs?: number
  readonly widthPx?: number
  readonly steps?: boolean
  readonly opened?: ReadonlyMap<string, boolean>
  readonly from?: number
  readonly to?: number
  readonly answers?: ReadonlyMap<number, AnsweredCall>
}

export function sceneOf(fold: TraceFold, options: SceneOptions = {}): Scene {
  const axis = options.steps ? STEPS_AXIS : TIME_AXIS
  const edgeUs = options.edgeUs ?? fold.totals.virtualUs
  const atUs = options.atUs ?? edgeUs
  const edgeStep = fold.eventsAtUs(edgeUs) - 1
  const edgeKey = options.steps ? edgeStep + 1 : edgeUs
  const whole = fitted(edgeKey)
  const widthPx = options.widthPx ?? 1000
  const scale = new Scale(options.from ?? whole.from, options.to ?? whole.to, widthPx)
  const count = fold.lanes.filter((lane) => lane.spawnUs <= edgeUs).length
  const rows = rowsOf(fold.lanes, { count, opened: options.opened ?? new Map(), filter: "" })
  return {
    fold,
    rows,
    rowByTask: new Map(rows.flatMap((row, i) => (row.kind === "lane" ? [[row.task, i] as const] : []))),
    metrics: { rowPx: 28, barPx: 20 },
    scrollTop: 0,
    widthPx,
    heightPx: rows.length * 28,
    axis,
    scale,
    edgeUs,
    edgeStep,
    edgeKey,
    atUs,
    atStep: fold.eventsAtUs(atUs) - 1,
    live: false,
    palette: NAMED_PALETTE,
    answers: options.answers ?? new Map(),
    fromKey: axis.keyOf(scale.unit(0)),
    toKey: axis.keyOf(scale.to),
  }
}

/** One thing that was drawn: what with (`dots`, `line io`, `text model`), from where to where, and the words of a text. */
export interface Drawn {
  readonly what: string
  readonly x: number
  readonly y: number
  readonly right: number
  readonly text: string
}

class Remembering extends Ink {
  constructor(private readonly drawn: Drawn[]) {
    super()
  }
  override rect(fill: string | CanvasPattern, x: number, y: number, width: number): void {
    this.drawn.push({ what: String(fill), x, y, right: x + width, text: "" })
  }
  override line(colour: string, _width: number, x1: number, y1: number, x2: number, y2: number, dash: readonly number[] = []): void {
    this.drawn.push({
      what: `${dash.length > 0 ? "dashed" : "line"} ${colour}`,
      x: Math.min(x1, x2),
      y: Math.min(y1, y2),
      right: Math.max(x1, x2),
      text: "",
    })
  }
  protected override box(colour: string, _width: number, x: number, y: number, w: number): void {
    this.drawn.push({ what: `line ${colour}`, x, y, right: x + w, text: "" })
  }
  override text(text: string, x: number, y: number): void {
    this.drawn.push({ what: "text", x, y, right: x, text })
  }
}

export function rememberingLayers(): { readonly layers: Layers; readonly drawn: Drawn[] } {
  const drawn: Drawn[] = []
  const ink = () => new Remembering(drawn)
  return { layers: { under: ink(), bars: ink(), over: ink(), labels: ink() }, drawn }
}
