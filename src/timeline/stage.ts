// The timeline's canvases and everything that moves them: builds a scene when something changed, draws what differs from the
// last picture, and rests otherwise. React renders the frame and the gutter; nothing of a run's data goes through it.
import { criticalPath, type PathPiece } from "../../interpreter/trace/critical-path.ts"
import { sharedFold, type TraceFold } from "../../interpreter/trace/fold.ts"
import { type AnsweredCall, type Money, moneyOf, NO_MONEY } from "../../interpreter/trace/money.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"
import { isLive } from "../store/playback.ts"
import { type RunRecord, shownRun } from "../store/runs.ts"
import type { Stepping } from "../store/stepping.ts"
import { actions, app } from "../store/store.ts"
import { type Axis, compressedAxis, gapsOf, STEPS_AXIS, TIME_AXIS } from "./axis.ts"
import { DensityCache, drawDensity } from "./draw/density.ts"
import { drawGhost } from "./draw/ghost.ts"
import { Ink } from "./draw/ink.ts"
import { drawLane, type Layers } from "./draw/lane.ts"
import { drawGrid, drawRuler } from "./draw/ruler.ts"
import { drawSections, SECTIONS_PX } from "./draw/sections.ts"
import { drawFuture, drawInFlight, drawMoney, drawOverview, drawPlayheadLine, drawTokenRate } from "./draw/strips.ts"
import { drawStripes, drawStructure } from "./draw/structure.ts"
import { lanesBy, type Row, rowOfTask, rowsOf, tasksBelow } from "./layout.ts"
import { OVERLAYS } from "./overlays/index.ts"
import type { OverlayState } from "./overlays/overlay.ts"
import { type Palette, readPalette } from "./palette.ts"
import { keyAtX, type Metrics, type Scene, visibleRows } from "./scene.ts"
import { around, fitted, growing, panned, Scale, type Stretch, zoomed } from "./time-scale.ts"
import { markersOf, pathShown, view } from "./view.ts"

export interface StageElements {
  readonly root: HTMLElement
  readonly scroller: HTMLElement
  readonly bars: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  readonly ruler: HTMLCanvasElement
  readonly strips: HTMLCanvasElement | null
  readonly overview: HTMLCanvasElement | null
}

/** What React shows of the picture. Replaced when it changes. */
export interface Snapshot {
  readonly scene: Scene | null
  readonly run: RunRecord | null
  /** Rows to be rendered: those on screen and a few around. */
  readonly first: number
  readonly last: number
  readonly stale: boolean
  readonly zoomed: boolean
  /** The run has cells, and they are shown above the ruler. */
  readonly sections: boolean
}

export const IN_FLIGHT_PX = 30
export const TOKENS_PX = 17
export const MONEY_PX = 17
const STRIPS_PX = IN_FLIGHT_PX + TOKENS_PX + MONEY_PX
const ZOOM_MS = 180
/** Rows rendered above and below the visible ones, so that scrolling shows no holes. */
const SPARE_ROWS = 6
/** While time plays, the words in the gutter follow this often. */
const WORDS_EVERY_MS = 250

const NO_ANSWERS: ReadonlyMap<number, AnsweredCall> = new Map()
const EMPTY: Snapshot = { scene: null, run: null, first: 0, last: -1, stale: false, zoomed: false, sections: false }

export class Stage {
  snapshot: Snapshot = EMPTY
  scene: Scene | null = null
  /** Pointer state that overlays show. */
  pointedRow = -1
  range: OverlayState["range"] = null
  private elements: StageElements | null = null
  private readonly listeners = new Set<() => void>()
  private readonly density = new DensityCache()
  private readonly layers: Layers = { under: new Ink(), bars: new Ink(), over: new Ink(), labels: new Ink() }
  private palette: Palette | null = null
  private frame = 0
  private stop: (() => void)[] = []
  private metrics: Metrics = { rowPx: 28, barPx: 20 }
  /** The stretch that is asked for, in units; null: fit. */
  private window: Stretch | null = null
  private shown: Stretch | null = null
  private motion: { from: Stretch; to: Stretch; startMs: number } | null = null
  private rows: readonly Row[] = []
  private rowByTask = new Map<number, number>()
  private rowsKey: readonly unknown[] = []
  private rowsMs = 0
  private rowsCostMs = 0
  private rowsTimer = 0
  private axis: Axis = TIME_AXIS
  private axisKey: readonly unknown[] = []
  private path: readonly PathPiece[] = []
  private pathKey: readonly unknown[] = []
  private money: Money = NO_MONEY
  private moneyKey: readonly unknown[] = []
  /** What was known of a run's answers when it was the newest: it is still shown while the next one begins. */
  private readonly answers = new WeakMap<Trace, ReadonlyMap<number, AnsweredCall>>()
  private barsKey: readonly unknown[] = []
  private overlayKey: readonly unknown[] = []
  private shownRunId: unknown = null
  private wordsMs = 0
  private lastStoreWindow: unknown = null

  attach(elements: StageElements): () => void {
    this.elements = elements
    const mark = () => this.mark()
    const repaint = () => {
      this.palette = null
      this.mark()
    }
    const sizes = new ResizeObserver(mark)
    sizes.observe(elements.root)
    sizes.observe(elements.scroller)
    const theme = new MutationObserver(repaint)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class", "style"] })
    const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)", `(resolution: ${devicePixelRatio}dppx)`].map((query) =>
      matchMedia(query),
    )
    for (const query of queries) query.addEventListener("change", repaint)
    elements.scroller.addEventListener("scroll", mark, { passive: true })
    this.stop = [
      app.subscribe(mark),
      view.subscribe(mark),
      () => sizes.disconnect(),
      () => theme.disconnect(),
      () => {
        for (const query of queries) query.removeEventListener("change", repaint)
      },
      () => elements.scroller.removeEventListener("scroll", mark),
    ]
    this.palette = null
    this.barsKey = []
    this.mark()
    return () => {
      for (const stop of this.stop) stop()
      this.stop = []
      cancelAnimationFrame(this.frame)
      window.clearTimeout(this.rowsTimer)
      this.frame = 0
      this.elements = null
    }
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly read = (): Snapshot => this.snapshot

  /** Something changed: draw in the next frame, unless the page is hidden. */
  mark(): void {
    if (this.frame || !this.elements) return
    this.frame = requestAnimationFrame((nowMs) => {
      this.frame = 0
      this.draw(nowMs)
    })
  }

  // ---- the stretch on screen ------------------------------------------------------------------------------------------

  private endUnit(): number {
    const { scene } = this
    return scene ? Math.max(1, scene.axis.unitOf(scene.edgeKey)) : 1
  }

  private current(): Stretch {
    return this.shown ?? { from: 0, to: 1 }
  }

  /** Asks for a stretch; null fits the run. Animated where the eye would lose its place. */
  show(stretch: Stretch | null, animated: boolean): void {
    this.window = stretch
    const target = stretch ?? this.fit()
    if (animated) this.moveTo(target)
    else {
      this.motion = null
      this.shown = target
    }
    if (this.axis.kind === "time") {
      const window = stretch ? { fromUs: Math.round(stretch.from), toUs: Math.round(stretch.to) } : null
      this.lastStoreWindow = window
      actions.chooseWindow(window)
    }
    this.mark()
  }

  zoomAt(x: number, factor: number, animated = false): void {
    const { scene } = this
    if (!scene) return
    const base = this.motion?.to ?? this.current()
    this.show(zoomed(base, factor, Math.max(base.from, scene.scale.unit(x)), this.endUnit()), animated)
  }

  panBy(px: number): void {
    const { scene } = this
    if (!scene) return
    this.show(panned(this.current(), px / scene.scale.pxPerUnit, this.endUnit()), false)
  }

  showKeys(fromKey: number, toKey: number): void {
    const { axis } = this
    this.show(around(axis.unitOf(Math.min(fromKey, toKey)), axis.unitOf(Math.max(fromKey, toKey)), this.endUnit()), true)
  }

  /** Puts the stretch of the overview's window. */
  showUnits(from: number, to: number): void {
    this.show({ from, to }, false)
  }

  /** Scrolls so that a key is on screen. */
  reveal(key: number): void {
    const { scene } = this
    if (!scene || this.window === null) return
    const unit = scene.axis.unitOf(key)
    const { from, to } = this.motion?.to ?? this.current()
    if (unit >= from && unit <= to) return
    this.show(panned({ from, to }, unit - (from + to) / 2, this.endUnit()), true)
  }

  revealRow(row: number): void {
    const scroller = this.elements?.scroller
    if (!scroller || row < 0) return
    const { rowPx } = this.metrics
    const top = row * rowPx
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (top + rowPx > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + rowPx - scroller.clientHeight
  }

  get isZoomed(): boolean {
    return this.window !== null
  }

  private fit(): Stretch {
    const { playback } = app.getState()
    const edge = Math.max(this.axis.unitOf(this.edgeKey), this.ghostUnit())
    return isLive(playback) && shownRun(app.getState().runs) === app.getState().runs.current
      ? growing(edge, this.axis.kind === "steps")
      : fitted(edge, this.elements?.bars.clientWidth)
  }

  private edgeKey = 0
  /** The run before, while it is shown behind this one. */
  private ghost: TraceFold | null = null

  /** Where the ghost ends, so that it fits too. */
  private ghostUnit(): number {
    if (!this.ghost) return 0
    return this.axis.kind === "steps" ? this.ghost.folded : this.axis.unitOf(this.ghost.totals.virtualUs)
  }

  private moveTo(target: Stretch): void {
    const from = this.current()
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.shown = target
      this.motion = null
      return
    }
    this.motion = { from, to: target, startMs: performance.now() }
  }

  /** Where the stretch is in this frame. */
  private stretchNow(nowMs: number): Stretch {
    if (this.window === null) {
      const target = this.fit()
      const goal = this.motion?.to ?? this.shown
      if (!goal || Math.abs(goal.to - target.to) > 1e-9 * target.to || goal.from !== target.from) {
        if (this.shown && this.shownRunId === this.snapshot.run?.id) this.moveTo(target)
        else this.shown = target
      }
    }
    if (this.motion) {
      const { from, to, startMs } = this.motion
      const part = Math.min(1, (nowMs - startMs) / ZOOM_MS)
      const eased = 1 - (1 - Math.max(0, part)) ** 3
      this.shown = { from: from.from + (to.from - from.from) * eased, to: from.to + (to.to - from.to) * eased }
      if (part >= 1) {
        this.shown = to
        this.motion = null
      } else this.mark()
    }
    return this.current()
  }

  // ---- a picture ------------------------------------------------------------------------------------------------------

  private draw(nowMs: number): void {
    const { elements } = this
    if (!elements) return
    const state = app.getState()
    const run = shownRun(state.runs)
    if (!run || run.trace.length === 0) {
      this.scene = null
      this.shown = null
      this.window = null
      this.clear(elements)
      this.publish({ ...EMPTY, run }, nowMs, true)
      return
    }
    const fold = sharedFold(run.trace)
    const scene = this.build(elements, fold, run, nowMs)
    if (!scene) return
    this.scene = scene
    this.paint(elements, scene, run)
    const { first, last } = visibleRows(scene)
    const snapshot: Snapshot = {
      scene,
      run,
      first: Math.max(0, first - SPARE_ROWS),
      last: Math.min(scene.rows.length - 1, last + SPARE_ROWS),
      stale: run.documentVersion !== state.document.version,
      zoomed: this.window !== null,
      sections: fold.spans.sections.length > 0,
    }
    this.publish(snapshot, nowMs, false)
  }

  private build(elements: StageElements, fold: TraceFold, run: RunRecord, nowMs: number): Scene | null {
    const { scroller, bars } = elements
    const state = app.getState()
    const { playback } = state
    const kept = run !== state.runs.current
    const endUs = run.report?.virtualUs ?? run.nowUs
    const edgeUs = kept ? endUs : playback.revealedUs
    const atUs = kept ? endUs : playback.atUs
    const edgeStep = fold.eventsAtUs(edgeUs) - 1
    const stepped = steppedEvents(state.stepping, run, atUs)
    const atStep = stepped !== null ? Math.min(edgeStep, stepped - 1) : atUs === edgeUs ? edgeStep : fold.eventsAtUs(atUs) - 1
    const live = !kept && isLive(playback)
    const look = view.getState()
    this.metrics = metricsFor(state.shell.presentation)
    if (run.id !== this.shownRunId) {
      this.window = null
      this.shown = null
      this.motion = null
      this.density.clear()
    }
    if (playback.window !== this.lastStoreWindow) {
      this.lastStoreWindow = playback.window
      this.window = playback.window ? { from: playback.window.fromUs, to: playback.window.toUs } : null
      this.moveTo(this.window ?? this.fit())
    }
    const axisKind = look.axis === "auto" ? (endUs === 0 && !live ? "steps" : "time") : look.axis
    this.chooseAxis(axisKind, look.compress, fold, edgeUs)
    this.edgeKey = this.axis.key(edgeUs, edgeStep + 1)
    const before = state.runs.lastGood
    this.ghost = look.ghost && before && before.id !== run.id ? sharedFold(before.trace) : null
    const stretch = this.stretchNow(nowMs)
    this.shownRunId = run.id
    const count = lanesBy(fold.lanes, edgeUs)
    this.chooseRows(fold, count)
    const widthPx = bars.clientWidth
    const heightPx = scroller.clientHeight
    if (widthPx <= 0 || heightPx <= 0) return null
    const ctx = bars.getContext("2d")
    if (!ctx) return null
    this.palette ??= readPalette(elements.root, ctx, devicePixelRatio)
    const scale = new Scale(stretch.from, stretch.to, widthPx)
    const scene: Scene = {
      fold,
      rows: this.rows,
      rowByTask: this.rowByTask,
      metrics: this.metrics,
      scrollTop: scroller.scrollTop,
      widthPx,
      heightPx,
      axis: this.axis,
      scale,
      edgeUs,
      edgeStep,
      edgeKey: this.edgeKey,
      atUs,
      atStep,
      live,
      palette: this.palette,
      answers: this.answersOf(run),
      fromKey: this.axis.keyOf(scale.unit(0)),
      toKey: this.axis.keyOf(scale.to),
    }
    return scene
  }

  private answersOf(run: RunRecord): ReadonlyMap<number, AnsweredCall> {
    const { answers } = view.getState()
    if (answers.size > 0 && run === app.getState().runs.current) this.answers.set(run.trace, answers)
    return this.answers.get(run.trace) ?? NO_ANSWERS
  }

  /** Money over the shown run; none, and nothing to look for, where nobody real was or is asked. */
  moneyOf(scene: Scene, run: RunRecord): Money {
    if (!run.inputs.model.live && !run.inputs.cassette) return NO_MONEY
    const key = [scene.fold, scene.fold.spans.version, scene.answers]
    if (!sameList(key, this.moneyKey)) {
      this.money = moneyOf(scene.fold.spans.calls.values(), scene.answers)
      this.moneyKey = key
    }
    return this.money
  }

  private chooseAxis(kind: "time" | "steps", compress: boolean, fold: TraceFold, edgeUs: number): void {
    const key = [kind, compress, compress ? fold.folded : 0, compress ? edgeUs : 0, fold]
    if (sameList(key, this.axisKey)) return
    const before = this.axis
    this.axis = kind === "steps" ? STEPS_AXIS : compress ? compressedAxis(gapsOf(fold.trace, edgeUs), edgeUs) : TIME_AXIS
    if (this.axisKey.length > 0 && before.kind !== this.axis.kind) {
      this.window = null
      this.shown = null
      this.motion = null
    }
    this.axisKey = key
  }

  private chooseRows(fold: TraceFold, count: number): void {
    const { toggled, filter } = view.getState()
    const key = [fold, toggled, filter, count]
    if (sameList(key, this.rowsKey)) return
    const startMs = performance.now()
    // Only more tasks: thousands of rows are laid out anew some times a second, not with every batch.
    const onlyMore = sameList(key.slice(0, 3), this.rowsKey.slice(0, 3))
    if (onlyMore && startMs - this.rowsMs < this.rowsCostMs * 12) {
      window.clearTimeout(this.rowsTimer)
      this.rowsTimer = window.setTimeout(() => this.mark(), this.rowsCostMs * 12)
      return
    }
    this.rowsKey = key
    this.rows = rowsOf(fold.lanes, { count, toggled, filter })
    this.rowByTask = new Map()
    for (const [i, row] of this.rows.entries()) if (row.kind === "lane") this.rowByTask.set(row.task, i)
    this.rowsMs = performance.now()
    const costMs = this.rowsMs - startMs
    this.rowsCostMs = costMs < 2 ? 0 : costMs
  }

  /** The row that shows a task, be it folded away in another. */
  rowFor(task: number): number {
    const { scene } = this
    if (!scene) return -1
    return scene.rowByTask.get(task) ?? rowOfTask(scene.rows, scene.fold.lanes, task)
  }

  private paint(elements: StageElements, scene: Scene, run: RunRecord): void {
    const { picked } = app.getState()
    const look = view.getState()
    const size = [scene.widthPx, scene.heightPx, devicePixelRatio]
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
      this.ghost,
      ...size,
    ]
    const barsChanged = !sameList(barsKey, this.barsKey)
    const showPath = pathShown(look, scene)
    const focusRow = scene.rows.findIndex((row) => row.key === look.focusKey)
    const overlayKey = [
      scene.atUs,
      scene.atStep,
      picked,
      this.pointedRow,
      focusRow,
      look.focusEvent,
      showPath,
      look.allFlows,
      look.markers,
      this.range?.fromKey,
      this.range?.toKey,
      run.inputs.maxParallel,
    ]
    const overlayChanged = barsChanged || !sameList(overlayKey, this.overlayKey)
    this.barsKey = barsKey
    this.overlayKey = overlayKey
    if (barsChanged) {
      const ctx = fitCanvas(elements.bars, scene.widthPx, scene.heightPx)
      if (ctx) this.paintBars(ctx, scene)
    }
    if (!overlayChanged) return
    const over = fitCanvas(elements.overlay, scene.widthPx, scene.heightPx)
    if (over) {
      const overlayState: OverlayState = {
        selected: picked.selected,
        pointed: picked.pointed,
        pointedRow: this.pointedRow,
        focusRow,
        showPath,
        path: showPath ? this.pathOf(scene) : [],
        allFlows: look.allFlows,
        range: this.range,
      }
      for (const overlay of OVERLAYS) overlay.draw(over, scene, overlayState)
    }
    const ruler = fitCanvas(elements.ruler, scene.widthPx, elements.ruler.clientHeight)
    if (ruler) {
      const { sections } = scene.fold.spans
      const top = sections.length > 0 ? SECTIONS_PX : 0
      ruler.translate(0, top)
      drawRuler(ruler, scene, elements.ruler.clientHeight - top, markersOf(look, run.id))
      ruler.translate(0, -top)
      if (top > 0) drawSections(ruler, scene, sections)
    }
    if (elements.strips && elements.strips.clientHeight > 0) {
      const strips = fitCanvas(elements.strips, scene.widthPx, STRIPS_PX)
      if (strips) {
        drawInFlight(strips, scene, 0, IN_FLIGHT_PX, run.inputs.maxParallel)
        drawTokenRate(strips, scene, IN_FLIGHT_PX, TOKENS_PX)
        drawFuture(strips, scene, 0, STRIPS_PX)
        drawPlayheadLine(strips, scene, 0, STRIPS_PX)
        drawMoney(strips, scene, this.moneyOf(scene, run), STRIPS_PX - MONEY_PX, MONEY_PX)
      }
    }
    if (elements.overview && elements.overview.clientHeight > 0) {
      const width = elements.overview.clientWidth
      const height = elements.overview.clientHeight
      const overview = fitCanvas(elements.overview, width, height)
      const whole = this.overviewScale(width)
      if (overview) {
        const all = { ...scene, scale: whole, widthPx: width, fromKey: scene.axis.keyOf(whole.unit(0)), toKey: scene.axis.keyOf(whole.to) }
        drawOverview(overview, all, { from: scene.scale.from, to: Math.min(scene.scale.to, whole.to) }, height)
      }
    }
  }

  /** The scale of the overview: always the whole run. */
  overviewScale(widthPx: number): Scale {
    const whole = this.fit()
    return new Scale(whole.from, whole.to, widthPx)
  }

  private paintBars(ctx: CanvasRenderingContext2D, scene: Scene): void {
    const { layers } = this
    drawStripes(scene, layers)
    layers.under.flush(ctx)
    drawGrid(ctx, scene)
    drawStructure(scene, layers)
    layers.under.flush(ctx)
    if (this.ghost) drawGhost(ctx, scene, this.ghost, layers.under)
    const { first, last } = visibleRows(scene)
    for (let row = first; row <= last; row++) {
      const entry = scene.rows[row] as Row
      const lane = scene.fold.lanes[entry.task]
      if (entry.kind === "group") {
        if (!entry.expanded) {
          const density = this.density.get(scene, entry.key, () => entry.members, entry.members.length)
          drawDensity(scene, density, row, entry.members.length, layers)
        }
      } else if (lane && entry.hidden > 0) {
        const count = lanesBy(scene.fold.lanes, scene.edgeUs)
        const density = this.density.get(scene, entry.key, () => tasksBelow(scene.fold.lanes, entry.task, count), entry.hidden)
        drawDensity(scene, density, row, entry.hidden, layers)
      } else if (lane) drawLane(scene, lane, row, layers)
    }
    layers.under.flush(ctx)
    layers.bars.flush(ctx)
    layers.over.flush(ctx)
    layers.labels.flush(ctx)
  }

  private pathOf(scene: Scene): readonly PathPiece[] {
    const key = [scene.fold, scene.fold.folded]
    if (!sameList(key, this.pathKey)) {
      this.path = criticalPath(scene.fold.spans)
      this.pathKey = key
    }
    return this.path
  }

  /** The critical path of the shown run, counted when it is first asked for. */
  criticalPath(): readonly PathPiece[] {
    return this.scene ? this.pathOf(this.scene) : []
  }

  private clear(elements: StageElements): void {
    for (const canvas of [elements.bars, elements.overlay, elements.ruler, elements.strips, elements.overview]) {
      if (canvas) fitCanvas(canvas, canvas.clientWidth, canvas.clientHeight)
    }
    this.barsKey = []
    this.overlayKey = []
    this.rowsKey = []
  }

  private publish(snapshot: Snapshot, nowMs: number, always: boolean): void {
    const before = this.snapshot
    const playing = app.getState().playback.playing
    const shape =
      before.scene?.rows !== snapshot.scene?.rows ||
      before.first !== snapshot.first ||
      before.last !== snapshot.last ||
      before.run?.id !== snapshot.run?.id ||
      before.run?.state !== snapshot.run?.state ||
      before.zoomed !== snapshot.zoomed ||
      before.stale !== snapshot.stale ||
      before.scene?.axis.kind !== snapshot.scene?.axis.kind ||
      before.sections !== snapshot.sections ||
      before.scene?.metrics.rowPx !== snapshot.scene?.metrics.rowPx
    const moved = before.scene?.atUs !== snapshot.scene?.atUs || before.scene?.atStep !== snapshot.scene?.atStep
    const words = moved && (!playing || nowMs - this.wordsMs > WORDS_EVERY_MS)
    const size = before.scene?.widthPx !== snapshot.scene?.widthPx || before.scene?.heightPx !== snapshot.scene?.heightPx
    const placed = !playing && before.scene?.scale.from !== snapshot.scene?.scale.from
    if (always ? before.scene === null && before.run === snapshot.run : !shape && !words && !size && !placed) {
      this.moved()
      return
    }
    this.wordsMs = nowMs
    this.snapshot = snapshot
    for (const listener of this.listeners) listener()
    this.moved()
  }

  /** Called each frame after drawing: who follows the playhead without React. */
  onFrame: ((scene: Scene | null) => void) | null = null

  private moved(): void {
    this.onFrame?.(this.scene)
  }
}

/** While somebody steps through statements, how many events had happened before the one that is next: the playhead is then
 * within an instant. null otherwise. */
function steppedEvents(stepping: Stepping, run: RunRecord, atUs: number): number | null {
  const { index, row } = stepping
  return stepping.run === run.id && index && index.times[row] === atUs ? (index.events[row] ?? null) : null
}

function metricsFor(presentation: boolean): Metrics {
  if (presentation) return { rowPx: 36, barPx: 26 }
  return matchMedia("(max-width: 699px)").matches ? { rowPx: 32, barPx: 24 } : { rowPx: 28, barPx: 20 }
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}

/** A canvas of this size in CSS pixels, sharp on this screen, cleared. */
function fitCanvas(canvas: HTMLCanvasElement, widthPx: number, heightPx: number): CanvasRenderingContext2D | null {
  const ctx = canvas.getContext("2d")
  if (!ctx) return null
  const ratio = devicePixelRatio
  const width = Math.max(1, Math.round(widthPx * ratio))
  const height = Math.max(1, Math.round(heightPx * ratio))
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  ctx.setTransform(width / Math.max(1, widthPx), 0, 0, height / Math.max(1, heightPx), 0, 0)
  ctx.clearRect(0, 0, widthPx, heightPx)
  return ctx
}

export function keyUnder(scene: Scene, x: number): number {
  return Math.max(0, Math.min(scene.edgeKey, keyAtX(scene, x)))
}
