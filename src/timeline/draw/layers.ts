// The layers of one picture of the lanes: what is collected in each, and the order in which they lie over each other.
import { Ink } from "./ink.ts"

/** The first at the bottom. */
export interface Layers {
  readonly under: Ink
  readonly bars: Ink
  readonly over: Ink
  readonly labels: Ink
}

export function makeLayers(): Layers {
  return { under: new Ink(), bars: new Ink(), over: new Ink(), labels: new Ink() }
}

export function flushLayers(ctx: CanvasRenderingContext2D, layers: Layers): void {
  layers.under.flush(ctx)
  layers.bars.flush(ctx)
  layers.over.flush(ctx)
  layers.labels.flush(ctx)
}
