// What moves the timeline's picture: builds a scene when something changed, has it painted in the next frame, and rests
// otherwise. React renders the frame and the gutter; nothing of a run's data goes through it. Zoom and pan are the viewport's,
// rows the row list's, drawing the painter's.
import type { PathPiece } from "../../interpreter/trace/critical-path.ts"
import { sharedFold, type TraceFold } from "../../interpreter/trace/fold.ts"
import { isInstant, isLive, type Playback } from "../store/playback.ts"
import { type RunRecord, shownRun } from "../store/runs.ts"
import { eventsBefore } from "../store/stepping.ts"
import { app } from "../store/store.ts"
import { type Axis, compressedAxis, gapsOf, STEPS_AXIS, TIME_AXIS } from "./axis.ts"
import { cellNamesOf, sectionRows } from "./draw/sections.ts"
import { type ExpectedTasks, withExpected } from "./expected.ts"
import { Figures } from "./figures.ts"
import { lanesBy, type Row } from "./layout.ts"
import type { OverlayState } from "./overlays/overlay.ts"
import { type Canvases, Painter, type Surroundings } from "./painter.ts"
import { type Palette, readPalette } from "./palette.ts"
import { RowList } from "./row-list.ts"
import { sameList } from "./same.ts"
import { keyAtX, type Metrics, type Scene, visibleRows } from "./scene.ts"
import { fitted, growing, Scale, type Stretch } from "./time-scale.ts"
import { handOverMarkers, view } from "./view.ts"
import { Viewport } from "./viewport.ts"

export interface StageElements extends Canvases {
  readonly root: HTMLElement
  readonly scroller: HTMLElement
}

/** What React shows of the picture. Replaced when it changes. */
export interface Snapshot {
  readonly scene: Scene | null
  readonly run: RunRecord | null
  /** Tasks that a run would start, where nothing of one is there yet. */
  readonly expected: readonly Row[]
  /** Rows to be rendered: those on screen and a few around. */
  readonly first: number
  readonly last: number
  readonly stale: boolean
  readonly zoomed: boolean
  /** Rows of brackets above the ruler. */
  readonly sectionRows: number
}

/** Rows rendered above and below the visible ones, so that scrolling shows no holes. */
const SPARE_ROWS = 6
/** While the playhead moves on and on, the words in the gutter follow this often: rows of words in every frame help nobody. */
const WORDS_EVERY_MS = 150
/** A single move, by a key, is told at once. */
const SINGLE_MOVE_MS = 60

const EMPTY: Snapshot = { scene: null, run: null, expected: [], first: 0, last: -1, stale: false, zoomed: false, sectionRows: 0 }

let onScreen: Stage | null = null

/** The timeline on the page; null where there is none. */
export const stageOnScreen = (): Stage | null => onScreen

export class Stage {
  snapshot: Snapshot = EMPTY
  scene: Scene | null = null
  /** Pointer state that overlays show. */
  pointedRow = -1
  range: OverlayState["range"] = null
  /** Called each frame after drawing: who follows the picture without React. */
  readonly followers = new Set<(scene: Scene | null) => void>()
  readonly viewport: Viewport
  private readonly rows: RowList
  private readonly painter: Painter
  private readonly figures = new Figures()
  private elements: StageElements | null = null
  private readonly listeners = new Set<() => void>()
  private palette: Palette | null = null
  private frame = 0
  private stop: (() => void)[] = []
  private axis: Axis = TIME_AXIS
  private axisKey: readonly unknown[] = []
  private edgeKey = 0
  /** The run before, while it is shown behind this one. */
  private ghost: TraceFold | null = null
  private shownRunId: unknown = null
  private expected: readonly Row[] = []
  private expectedKey: readonly unknown[] = []
  private wordsMs = 0
  /** Where the playhead was in the last picture, and when it last moved. */
  private lastUs: number | undefined
  private movedMs = 0
  private wordsTimer = 0

  constructor() {
    const again = () => this.mark()
    this.viewport = new Viewport({ scene: () => this.scene, fit: () => this.fit(), axis: () => this.axis, mark: again })
    this.rows = new RowList(again)
    this.painter = new Painter(again)
    // The first picture has the rows of the one before any script.
    this.snapshot = this.beforeRun(shownRun(app.getState().runs))
  }

  attach(elements: StageElements): () => void {
    this.elements = elements
    onScreen = this
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
      app.subscribe((state, before) => {
        mark()
        // Time passes in a frame of the browser's: the picture is drawn in that one, with the clocks, and not in the next.
        if (passed(before.playback, state.playback)) queueMicrotask(() => this.drawPending())
      }),
      view.subscribe(mark),
      () => sizes.disconnect(),
      () => theme.disconnect(),
      () => {
        for (const query of queries) query.removeEventListener("change", repaint)
      },
      () => elements.scroller.removeEventListener("scroll", mark),
    ]
    this.palette = null
    this.painter.forget()
    this.mark()
    return () => {
      for (const stop of this.stop) stop()
      this.stop = []
      cancelAnimationFrame(this.frame)
      window.clearTimeout(this.wordsTimer)
      this.rows.stop()
      this.frame = 0
      this.elements = null
      if (onScreen === this) onScreen = null
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

  /** What changed since the last frame is drawn now: a key acts on what the key before it has done. */
  drawPending(): void {
    if (!this.frame) return
    cancelAnimationFrame(this.frame)
    this.frame = 0
    this.draw(performance.now())
  }

  /** Scrolls so that a row is on screen. */
  revealRow(row: number): void {
    const scroller = this.elements?.scroller
    if (!scroller || row < 0) return
    const { rowPx } = metricsNow()
    const top = row * rowPx
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (top + rowPx > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + rowPx - scroller.clientHeight
  }

  /** Where the row with a key is; -1 where there is none. */
  rowAt(key: string): number {
    return this.rows.indexOf(key)
  }

  /** The row that shows a task, be it folded away in another. */
  rowFor(task: number): number {
    return this.scene ? this.rows.rowFor(this.scene.fold, task) : -1
  }

  /** The critical path of the shown run, counted when it is first asked for. */
  criticalPath(): readonly PathPiece[] {
    return this.scene ? this.figures.pathOf(this.scene) : []
  }

  /** The scale at which the whole run fills so many pixels. */
  wholeScale(widthPx: number): Scale {
    const whole = this.fit()
    return new Scale(whole.from, whole.to, widthPx)
  }

  private fit(): Stretch {
    const { playback, runs } = app.getState()
    const edge = Math.max(this.axis.unitOf(this.edgeKey), this.ghostUnit())
    return isLive(playback) && shownRun(runs) === runs.current
      ? growing(edge, this.axis.kind === "steps")
      : fitted(edge, this.elements?.bars.clientWidth)
  }

  /** Where the ghost ends, so that it fits too. */
  private ghostUnit(): number {
    if (!this.ghost) return 0
    return this.axis.kind === "steps" ? this.ghost.folded : this.axis.unitOf(this.ghost.totals.virtualUs)
  }

  private draw(nowMs: number): void {
    const { elements } = this
    if (!elements) return
    const state = app.getState()
    const run = shownRun(state.runs)
    if (!run || run.trace.length === 0) {
      this.scene = null
      this.viewport.reset()
      this.painter.clear(elements)
      this.rows.clear()
      this.publish(this.beforeRun(run), nowMs)
      return
    }
    const scene = this.build(elements, sharedFold(run.trace), run, nowMs)
    if (!scene) return
    this.scene = scene
    this.painter.paint(elements, scene, this.surroundings(run))
    const { first, last } = visibleRows(scene)
    const snapshot: Snapshot = {
      scene,
      run,
      expected: [],
      first: Math.max(0, first - SPARE_ROWS),
      last: Math.min(scene.rows.length - 1, last + SPARE_ROWS),
      stale: run.documentVersion !== state.document.version,
      zoomed: this.viewport.isZoomed,
      sectionRows: sectionRows(scene.fold.spans.sections, cellNamesOf(run.inputs)),
    }
    this.publish(snapshot, nowMs)
  }

  private beforeRun(run: RunRecord | null): Snapshot {
    const expected = this.expectedRows(run)
    return { ...EMPTY, run, expected, last: expected.length - 1 }
  }

  /** What is to come where nothing has happened: of a run that begins, or of the text before one. */
  private expectedRows(run: RunRecord | null): readonly Row[] {
    const { document } = app.getState()
    const { predicted, filter } = view.getState()
    const over = run?.state === "ended" && run.documentVersion === document.version
    const tasks = over || predicted?.document !== document.id ? null : predicted
    const key = [tasks, filter]
    if (!sameList(key, this.expectedKey)) {
      this.expectedKey = key
      this.expected = tasks ? withExpected([], [], 0, tasks, filter, 0) : []
    }
    return this.expected
  }

  /** The tasks that a run which still unfolds may start. */
  private stillExpected(run: RunRecord, live: boolean): ExpectedTasks | null {
    const { predicted } = view.getState()
    const same = predicted?.version === run.documentVersion && predicted.document === app.getState().document.id
    return live && same ? predicted : null
  }

  private surroundings(run: RunRecord): Surroundings {
    return {
      runId: run.id,
      maxParallel: run.inputs.maxParallel,
      cellNames: cellNamesOf(run.inputs),
      ghost: this.ghost,
      wholeScale: (widthPx) => this.wholeScale(widthPx),
      pointedRow: this.pointedRow,
      focusRow: this.rows.indexOf(view.getState().focusKey),
      range: this.range,
      figures: this.figures,
    }
  }

  /** What is on screen, for a picture of it elsewhere; null where nothing is. */
  get shown(): { readonly scene: Scene; readonly around: Surroundings } | null {
    const run = shownRun(app.getState().runs)
    return this.scene && run && this.elements ? { scene: this.scene, around: this.surroundings(run) } : null
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
    const stepped = eventsBefore(state.stepping, run.id, atUs)
    const atStep = stepped !== null ? Math.min(edgeStep, stepped - 1) : atUs === edgeUs ? edgeStep : fold.eventsAtUs(atUs) - 1
    const live = !kept && isLive(playback)
    const look = view.getState()
    if (run.id !== this.shownRunId) {
      this.viewport.reset()
      handOverMarkers(run)
    }
    const axisKind = look.axis === "auto" ? (endUs === 0 && !live ? "steps" : "time") : look.axis
    this.chooseAxis(axisKind, look.compress, fold, edgeUs)
    this.edgeKey = this.axis.key(edgeUs, edgeStep + 1)
    const before = state.runs.lastGood
    this.ghost = look.ghost && before && before.id !== run.id ? sharedFold(before.trace) : null
    this.viewport.follow(playback.window)
    const stretch = this.viewport.now(nowMs, this.shownRunId === run.id)
    this.shownRunId = run.id
    this.rows.update(fold, lanesBy(fold.lanes, edgeUs), look.opened, look.filter, this.stillExpected(run, live), edgeUs)
    const widthPx = bars.clientWidth
    const heightPx = scroller.clientHeight
    if (widthPx <= 0 || heightPx <= 0) return null
    const ctx = bars.getContext("2d")
    if (!ctx) return null
    this.palette ??= readPalette(elements.root, ctx, devicePixelRatio)
    const scale = new Scale(stretch.from, stretch.to, widthPx)
    return {
      fold,
      rows: this.rows.rows,
      rowByTask: this.rows.byTask,
      metrics: metricsFor(state.shell.presentation),
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
      answers: this.figures.answersOf(run),
      fromKey: this.axis.keyOf(scale.unit(0)),
      toKey: this.axis.keyOf(scale.to),
    }
  }

  private chooseAxis(kind: "time" | "steps", compress: boolean, fold: TraceFold, edgeUs: number): void {
    const key = [kind, compress, compress ? fold.folded : 0, compress ? edgeUs : 0, fold]
    if (sameList(key, this.axisKey)) return
    const before = this.axis
    this.axis = kind === "steps" ? STEPS_AXIS : compress ? compressedAxis(gapsOf(fold.trace, edgeUs), edgeUs) : TIME_AXIS
    if (this.axisKey.length > 0 && before.kind !== this.axis.kind) this.viewport.reset()
    this.axisKey = key
  }

  /** Gives React a new snapshot where one of the things it shows has changed; bars and playhead are not among them. */
  private publish(snapshot: Snapshot, nowMs: number): void {
    const before = this.snapshot
    const shape = !sameList(shapeOf(before), shapeOf(snapshot))
    const moved = !sameList(wordsOf(before), wordsOf(snapshot))
    const again = nowMs - this.movedMs < SINGLE_MOVE_MS
    const waitMs = moved && !shape && again ? this.wordsMs + WORDS_EVERY_MS - nowMs : 0
    if (this.scene?.atUs !== this.lastUs) this.movedMs = nowMs
    this.lastUs = this.scene?.atUs
    if (waitMs > 0) {
      window.clearTimeout(this.wordsTimer)
      this.wordsTimer = window.setTimeout(() => this.mark(), waitMs)
    } else if (shape || moved) {
      this.wordsMs = nowMs
      this.snapshot = snapshot
      for (const listener of this.listeners) listener()
    }
    for (const follow of this.followers) follow(this.scene)
  }
}

/** Time passed by itself between the two, as the pacer lets it, frame by frame. */
const passed = (before: Playback, now: Playback): boolean => before.playing && now.atUs > before.atUs && !isInstant(now)

/** What the frame and the rows of the gutter are made of. */
function shapeOf({ scene, run, expected, first, last, stale, zoomed, sectionRows: rows }: Snapshot): readonly unknown[] {
  return [
    scene === null,
    expected,
    scene?.rows,
    scene?.axis.kind,
    scene?.metrics.rowPx,
    scene?.widthPx,
    scene?.heightPx,
    scene?.live,
    first,
    last,
    run?.id,
    run?.state,
    stale,
    zoomed,
    rows,
  ]
}

/** What the words in the rows are about. */
function wordsOf({ scene }: Snapshot): readonly unknown[] {
  return [scene?.atUs, scene?.atStep, scene?.edgeUs, scene?.fold.spans.ended]
}

/** Sizes of rows as the page is now. */
export const metricsNow = (): Metrics => metricsFor(app.getState().shell.presentation)

function metricsFor(presentation: boolean): Metrics {
  if (presentation) return { rowPx: 36, barPx: 26 }
  return matchMedia("(max-width: 699px)").matches ? { rowPx: 32, barPx: 24 } : { rowPx: 28, barPx: 20 }
}

export function keyUnder(scene: Scene, x: number): number {
  return Math.max(0, Math.min(scene.edgeKey, keyAtX(scene, x)))
}
