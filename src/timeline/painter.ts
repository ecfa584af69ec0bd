// Puts a scene onto the canvases, each only when something it shows has changed: bars below, overlays above them, the ruler,
// the strips, the overview. What a picture looks like is decided in `draw/` and `overlays/`.
import type { TraceFold } from "../../interpreter/trace/fold.ts"
import { app } from "../store/store.ts"
import { fitCanvas } from "./canvas.ts"
import { DensityCache, drawDensity } from "./draw/density.ts"
import { drawGhost } from "./draw/ghost.ts"
import { drawLane } from "./draw/lane.ts"
import { flushLayers, makeLayers } from "./draw/layers.ts"
import { OverviewPicture } from "./draw/overview.ts"
import { drawGrid, drawRuler } from "./draw/ruler.ts"
import { type CellNames, drawSections, SECTIONS_PX, sectionRows } from "./draw/sections.ts"
import { drawStrips, STRIPS_PX } from "./draw/strips.ts"
import { drawStripes, drawStructure } from "./draw/structure.ts"
import type { Figures } from "./figures.ts"
import type { Row } from "./layout.ts"
import { OVERLAYS } from "./overlays/index.ts"
import type { OverlayState } from "./overlays/overlay.ts"
import { sameList } from "./same.ts"
import { type Scene, visibleRows } from "./scene.ts"
import type { Scale } from "./time-scale.ts"
import { markersOf, pathShown, view } from "./view.ts"

export interface Canvases {
  readonly bars: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  readonly ruler: HTMLCanvasElement
  readonly strips: HTMLCanvasElement | null
  readonly overview: HTMLCanvasElement | null
}

/** What is drawn beside the scene itself. */
export interface Surroundings {
  readonly runId: unknown
  readonly maxParallel: number
  /** What the cells of the run are called. */
  readonly cellNames: CellNames
  /** The run before, while it is shown behind this one. */
  readonly ghost: TraceFold | null
  /** The scale at which the whole run fills so many pixels. */
  readonly wholeScale: (widthPx: number) => Scale
  readonly pointedRow: number
  readonly focusRow: number
  readonly range: OverlayState["range"]
  readonly figures: Figures
}

export class Painter {
  private readonly layers = makeLayers()
  private readonly density = new DensityCache()
  private readonly overview: OverviewPicture
  private barsKey: readonly unknown[] = []
  private overlayKey: readonly unknown[] = []

  /** `again`: called when something that was put off is due. */
  constructor(again: () => void) {
    this.overview = new OverviewPicture(again)
  }

  /** Draws everything anew the next time. */
  forget(): void {
    this.barsKey = []
    this.overlayKey = []
  }

  clear(canvases: Canvases): void {
    for (const canvas of [canvases.bars, canvases.overlay, canvases.ruler, canvases.strips, canvases.overview]) {
      if (canvas) fitCanvas(canvas, canvas.clientWidth, canvas.clientHeight)
    }
    this.forget()
  }

  paint(canvases: Canvases, scene: Scene, around: Surroundings): void {
    const { picked } = app.getState()
    const look = view.getState()
    const barsKey = [
      scene.fold,
      scene.fold.spans.version,
      scene.edgeUs,
      scene.scale.from,
      scene.scale.to,
      scene.scrollTop,
      scene.rows,
      scene.palette,
      scene.axis,
      scene.live,
      scene.metrics.rowPx,
      scene.answers,
      around.ghost,
      scene.widthPx,
      scene.heightPx,
      devicePixelRatio,
    ]
    const barsChanged = !sameList(barsKey, this.barsKey)
    const showPath = pathShown(look, scene)
    const overlayKey = [
      scene.atUs,
      scene.atStep,
      picked,
      around.pointedRow,
      around.focusRow,
      look.focusEvent,
      showPath,
      look.allFlows,
      look.markers,
      around.range?.fromKey,
      around.range?.toKey,
      around.maxParallel,
    ]
    if (!barsChanged && sameList(overlayKey, this.overlayKey)) return
    this.barsKey = barsKey
    this.overlayKey = overlayKey
    if (barsChanged) this.paintBars(canvases.bars, scene, around.ghost)
    const over = fitCanvas(canvases.overlay, scene.widthPx, scene.heightPx)
    if (over) paintOverlays(over, scene, around)
    const ruler = fitCanvas(canvases.ruler, scene.widthPx, canvases.ruler.clientHeight)
    if (ruler) paintRuler(ruler, scene, canvases.ruler.clientHeight, around)
    if (canvases.strips && canvases.strips.clientHeight > 0) {
      const ctx = fitCanvas(canvases.strips, scene.widthPx, STRIPS_PX)
      if (ctx) drawStrips(ctx, scene, around.maxParallel, around.figures.moneyOf(scene))
    }
    if (canvases.overview && canvases.overview.clientHeight > 0) this.overview.paint(canvases.overview, scene, around.wholeScale)
  }

  private paintBars(canvas: HTMLCanvasElement, scene: Scene, ghost: TraceFold | null): void {
    const ctx = fitCanvas(canvas, scene.widthPx, scene.heightPx)
    if (ctx) this.paintLanes(ctx, scene, ghost)
  }

  /** The lanes of a scene, on any surface. */
  paintLanes(ctx: CanvasRenderingContext2D, scene: Scene, ghost: TraceFold | null): void {
    const { layers } = this
    drawStripes(scene, layers)
    layers.under.flush(ctx)
    drawGrid(ctx, scene)
    drawStructure(scene, layers)
    layers.under.flush(ctx)
    if (ghost) drawGhost(ctx, scene, ghost, layers.under)
    const { first, last } = visibleRows(scene)
    for (let row = first; row <= last; row++) this.paintRow(scene, scene.rows[row] as Row, row)
    flushLayers(ctx, layers)
  }

  private paintRow(scene: Scene, entry: Row, row: number): void {
    const { lanes } = scene.fold
    const lane = lanes[entry.task]
    if (entry.kind === "group") {
      if (entry.expanded) return
      const crowd = { parent: entry.task, site: lanes[entry.members[0] ?? -1]?.site ?? -1 }
      drawDensity(scene, this.density.get(scene.fold, entry.key, crowd), row, entry.members.length, this.layers)
    } else if (lane && entry.hidden > 0) {
      const crowd = { parent: entry.task, site: null }
      drawDensity(scene, this.density.get(scene.fold, entry.key, crowd), row, entry.hidden, this.layers)
    } else if (lane) drawLane(scene, lane, row, this.layers)
  }
}

/** What lies over the lanes: what is picked, pointed at, followed; the playhead. */
export function paintOverlays(ctx: CanvasRenderingContext2D, scene: Scene, around: Surroundings): void {
  const { picked } = app.getState()
  const look = view.getState()
  const showPath = pathShown(look, scene)
  const state: OverlayState = {
    selected: picked.selected,
    pointed: picked.pointed,
    pointedRow: around.pointedRow,
    focusRow: around.focusRow,
    showPath,
    path: showPath ? around.figures.pathOf(scene) : [],
    allFlows: look.allFlows,
    range: around.range,
  }
  for (const overlay of OVERLAYS) overlay.draw(ctx, scene, state)
}

/** The ruler with the cells of a notebook above it, `heightPx` in all. */
export function paintRuler(ctx: CanvasRenderingContext2D, scene: Scene, heightPx: number, { runId, cellNames }: Surroundings): void {
  const { sections } = scene.fold.spans
  const top = sectionRows(sections, cellNames) * SECTIONS_PX
  ctx.translate(0, top)
  drawRuler(ctx, scene, heightPx - top, markersOf(view.getState(), runId))
  ctx.translate(0, -top)
  if (top > 0) drawSections(ctx, scene, sections, cellNames)
}
