// Puts a scene onto the canvases, each only when something it shows has changed: bars below, overlays above them, the ruler,
// the strips, the overview. What a picture looks like is decided in `draw/` and `overlays/`.
import type { TraceFold } from "../../interpreter/trace/fold.ts"
import { app } from "../store/store.ts"
import { fitCanvas } from "./canvas.ts"
import { DensityCache, drawDensity } from "./draw/density.ts"
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

/** A picture that takes longer than this is drawn in two frames while it grows: the lanes, then what is around them. */
const MUCH_MS = 3

/** Comes when a run is first shown behind another. */
let drawGhost: typeof import("./draw/ghost.ts").drawGhost | null = null

export class Painter {
  private readonly layers = makeLayers()
  private readonly density = new DensityCache()
  private readonly overview: OverviewPicture
  private barsKey: readonly unknown[] = []
  private overlayKey: readonly unknown[] = []
  /** Milliseconds that the lanes and what is around them took the last time. */
  private lanesMs = 0
  private aroundMs = 0
  private aroundIsDue = false

  /** `again`: called when something that was put off is due. */
  constructor(private readonly again: () => void) {
    this.overview = new OverviewPicture(again)
  }

  /** Draws everything anew the next time. */
  forget(): void {
    this.barsKey = []
    this.overlayKey = []
    this.aroundIsDue = false
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
    const changed = barsChanged || !sameList(overlayKey, this.overlayKey)
    if (this.aroundIsDue) {
      this.paintAround(canvases, scene, around)
      if (changed) this.again()
      return
    }
    if (!changed) return
    this.barsKey = barsKey
    this.overlayKey = overlayKey
    const startMs = performance.now()
    if (barsChanged) this.paintBars(canvases.bars, scene, around.ghost)
    const over = fitCanvas(canvases.overlay, scene.widthPx, scene.heightPx)
    if (over) paintOverlays(over, scene, around)
    this.lanesMs = performance.now() - startMs
    if (scene.live && this.lanesMs + this.aroundMs > MUCH_MS) {
      this.aroundIsDue = true
      this.again()
    } else this.paintAround(canvases, scene, around)
  }

  /** The ruler, the strips and the overview. */
  private paintAround(canvases: Canvases, scene: Scene, around: Surroundings): void {
    this.aroundIsDue = false
    const startMs = performance.now()
    const ruler = fitCanvas(canvases.ruler, scene.widthPx, canvases.ruler.clientHeight)
    if (ruler) paintRuler(ruler, scene, canvases.ruler.clientHeight, around)
    if (canvases.strips && canvases.strips.clientHeight > 0) {
      const ctx = fitCanvas(canvases.strips, scene.widthPx, STRIPS_PX)
      if (ctx) drawStrips(ctx, scene, around.maxParallel, around.figures.moneyOf(scene))
    }
    if (canvases.overview && canvases.overview.clientHeight > 0) this.overview.paint(canvases.overview, scene, around.wholeScale)
    this.aroundMs = performance.now() - startMs
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
    if (ghost) this.paintGhost(ctx, scene, ghost)
    const { first, last } = visibleRows(scene)
    for (let row = first; row <= last; row++) this.paintRow(scene, scene.rows[row] as Row, row)
    flushLayers(ctx, layers)
  }

  private paintGhost(ctx: CanvasRenderingContext2D, scene: Scene, ghost: TraceFold): void {
    if (drawGhost) {
      drawGhost(ctx, scene, ghost, this.layers.under)
      return
    }
    import("./draw/ghost.ts").then(
      (loaded) => {
        drawGhost = loaded.drawGhost
        this.forget()
        this.again()
      },
      // Offline the picture is what it is without.
      () => {},
    )
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
