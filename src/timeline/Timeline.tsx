// The timeline: lanes of the shown run over time, the hero of the page. This component is its frame: canvases, the gutter as
// a treegrid, the playhead as a slider, buttons; the picture is the stage's, the state the stores'.
import {
  ChartNoAxesGantt,
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Flag,
  FoldHorizontal,
  Ghost,
  Maximize2,
  Route,
  Search,
  Spline,
  ZoomIn,
  ZoomOut,
} from "lucide-react"
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react"
import { useStore } from "zustand"
import { formatCount } from "../../interpreter/trace/units.ts"
import { actions, app, useApp } from "../store/store.ts"
import { type Controls, controlsOnScreen, press, togglePath } from "./controls.ts"
import { SECTIONS_PX } from "./draw/sections.ts"
import { IN_FLIGHT_PX, MONEY_PX, STRIPS_PX, TOKENS_PX } from "./draw/strips.ts"
import { ExpectedLines } from "./Expected.tsx"
import { Gutter, rowPxOf } from "./Gutter.tsx"
import type { Hover } from "./HoverCard.tsx"
import { timelineKey } from "./keyboard.ts"
import { PlayheadSlider, placeSlider } from "./Playhead.tsx"
import { attachLanes, attachOverview, attachRuler, attachWheel, middleOf } from "./pointer.ts"
import type { Scene } from "./scene.ts"
import { Stage } from "./stage.ts"
import { changeView, markersOf, pathShown, view } from "./view.ts"
import "./timeline.css"

const RULER_PX = 28
const LEGEND_LABEL = "What the forms mean"
const HoverCard = lazy(() => import("./HoverCard.tsx").then(({ HoverCard }) => ({ default: HoverCard })))
const Remark = lazy(() => import("./Remark.tsx").then(({ Remark }) => ({ default: Remark })))
const Markers = lazy(() => import("./Markers.tsx"))
const Explanation = lazy(() => import("./Explanation.tsx"))
const Legend = lazy(() => import("./Legend.tsx").then(({ Legend }) => ({ default: Legend })))

/** The focus goes back to the button that opened it. */
function closeLegend(): void {
  changeView({ legend: false })
  document.querySelector<HTMLElement>(`[aria-label="${LEGEND_LABEL}"]`)?.focus()
}

export function Timeline() {
  const [stage] = useState(() => new Stage())
  const snapshot = useSyncExternalStore(stage.listen, stage.read)
  const look = useStore(view)
  const root = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const lanes = useRef<HTMLDivElement>(null)
  const bars = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const ruler = useRef<HTMLCanvasElement>(null)
  const strips = useRef<HTMLCanvasElement>(null)
  const overview = useRef<HTMLCanvasElement>(null)
  const slider = useRef<HTMLDivElement>(null)
  const filter = useRef<HTMLInputElement>(null)
  const [hover, setHover] = useState<Hover | null>(null)

  const controls = useMemo<Controls>(
    () => ({
      stage,
      focus: () =>
        requestAnimationFrame(() => {
          const { focusKey, focusEvent } = view.getState()
          const row = root.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(focusKey)}"]`)
          if (focusEvent < 0) row?.focus({ preventScroll: true })
        }),
      focusFilter: () => filter.current?.focus(),
    }),
    [stage],
  )

  useEffect(() => {
    if (!root.current || !scroller.current || !lanes.current || !bars.current || !overlay.current || !ruler.current) return
    const detach = [
      stage.attach({
        root: root.current,
        scroller: scroller.current,
        bars: bars.current,
        overlay: overlay.current,
        ruler: ruler.current,
        strips: strips.current,
        overview: overview.current,
      }),
      attachLanes(lanes.current, stage, {
        hover: (hit, clientX, clientY) => {
          const box = root.current?.getBoundingClientRect()
          setHover(hit && box ? { hit, x: clientX - box.left, y: clientY - box.top } : null)
        },
        picked: (hit) => {
          if (hit) {
            changeView({ focusKey: hit.entry.key, focusEvent: -1 })
            controls.focus()
          }
          if (!hit?.lane) return
          actions.choosePhoneTab("details")
          // On a phone the sheet would cover them, and its tools what is left of the lanes.
          if (app.getState().shell.sheet === "full") actions.chooseSheet("half")
        },
      }),
      attachRuler(ruler.current, stage),
      attachWheel(root.current, stage, (clientX) => clientX - (bars.current?.getBoundingClientRect().left ?? 0)),
    ]
    if (overview.current) detach.push(attachOverview(overview.current, stage))
    const follow = (scene: Scene | null) => placeSlider(slider.current, scene)
    stage.followers.add(follow)
    return () => {
      stage.followers.delete(follow)
      for (const stop of detach) stop()
    }
  }, [stage, controls])

  useEffect(() => controlsOnScreen(controls), [controls])

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const target = event.target as HTMLElement
      if (target.matches("input, textarea, select, [role=slider]") || event.defaultPrevented) return
      const key = timelineKey(event, app.getState().settings.singleKeys)
      if (!key) return
      // Buttons of the toolbar and of events keep their own Space and Enter.
      if ((key === "play" || key === "details") && target.matches("button")) return
      if (press(key, controls)) event.preventDefault()
    },
    [controls],
  )

  const { scene, run } = snapshot
  const onPath = useMemo(() => {
    const small = scene?.fold.spans.ended && !scene.live && scene.fold.lanes.length <= 2000
    return new Set(
      small || look.showPath === true
        ? stage
            .criticalPath()
            .filter((piece) => piece.toUs > piece.fromUs)
            .map((piece) => piece.task)
        : [],
    )
  }, [scene, look.showPath, stage])
  const ready = useApp((state) => state.runs.sandbox !== "loading")
  const over = run?.state === "ended"
  const remarkable = scene ? (over || scene.fold.spans.ended) && scene.fold.lanes.length < 2 : run ? over : ready
  const markers = markersOf(look, run?.id)
  const rowPx = rowPxOf(scene)
  const rows = scene?.rows ?? snapshot.expected
  const box = root.current?.getBoundingClientRect()

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere in the timeline, whatever in it has the focus.
    <div ref={root} className="timeline absolute inset-0 flex flex-col overflow-hidden bg-bg text-text" onKeyDown={onKeyDown}>
      <div data-open={look.tools} className="timeline-tools flex h-[30px] shrink-0 items-center border-b border-hairline">
        <label className="timeline-gutter timeline-filter flex items-center gap-1.5 px-2 text-muted">
          <Search size={13} aria-hidden="true" />
          <input
            ref={filter}
            type="search"
            aria-label="Filter tasks"
            placeholder="Filter tasks"
            value={look.filter}
            className="h-6 w-full min-w-0 bg-transparent text-chip text-text outline-offset-0 placeholder:text-muted"
            onChange={(event) => changeView({ filter: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                changeView({ filter: "" })
                controls.focus()
              }
            }}
          />
        </label>
        <div aria-hidden="true" className="timeline-overview relative h-[22px] min-w-0 flex-1">
          <canvas ref={overview} className="absolute inset-0 h-full w-full cursor-crosshair touch-none" />
        </div>
        <div role="toolbar" aria-label="Timeline" className="flex items-center gap-0.5 px-1.5">
          <Tool label="Previous event" phone onPress={() => press("previousEvent", controls)}>
            <ChevronLeft size={18} />
          </Tool>
          <Tool label="Next event" phone onPress={() => press("nextEvent", controls)}>
            <ChevronRight size={18} />
          </Tool>
          <Tool label="Critical path (C)" pressed={pathShown(look, scene)} onPress={() => togglePath(controls)}>
            <Route size={15} />
          </Tool>
          <Tool label="All arrows (R)" pressed={look.allFlows} onPress={() => press("flows", controls)}>
            <Spline size={15} />
          </Tool>
          <Tool label="Shorten stretches without events (Z)" pressed={look.compress} onPress={() => press("gaps", controls)}>
            <FoldHorizontal size={15} />
          </Tool>
          <Tool label="The run before, behind this one (X)" pressed={look.ghost} onPress={() => press("ghost", controls)}>
            <Ghost size={15} />
          </Tool>
          <Tool label="Ruler in events (T)" pressed={scene?.axis.kind === "steps"} onPress={() => press("steps", controls)}>
            <ChartNoAxesGantt size={15} />
          </Tool>
          <Tool label="Note at this moment (N)" onPress={() => press("note", controls)}>
            <Flag size={15} />
          </Tool>
          <Tool label="Zoom out (S)" onPress={() => stage.viewport.zoomAt(middleOf(stage), 1 / 0.6, true)}>
            <ZoomOut size={15} />
          </Tool>
          <Tool label="Zoom in (W)" onPress={() => stage.viewport.zoomAt(middleOf(stage), 0.6, true)}>
            <ZoomIn size={15} />
          </Tool>
          <Tool label="Fit the run (0)" onPress={() => stage.viewport.show(null, true)}>
            <Maximize2 size={15} />
          </Tool>
          <Tool label={LEGEND_LABEL} pressed={look.legend} onPress={() => changeView({ legend: !look.legend })}>
            <CircleHelp size={15} />
          </Tool>
        </div>
      </div>
      <div className="flex shrink-0 border-b border-hairline" style={{ height: RULER_PX + snapshot.sectionRows * SECTIONS_PX }}>
        <div className="timeline-gutter flex items-center justify-between px-2 text-tick text-muted">
          <span>{scene?.axis.kind === "steps" ? "events" : "virtual time"}</span>
          {snapshot.zoomed && (
            <button
              type="button"
              className="h-6 min-w-6 rounded-control px-1.5 text-tick text-accent hover:bg-raised max-[699px]:min-w-11"
              onClick={() => stage.viewport.show(null, true)}
            >
              fit
            </button>
          )}
        </div>
        <div className="relative min-w-0 flex-1">
          <div aria-hidden="true" className="absolute inset-0">
            <canvas ref={ruler} className="absolute inset-0 h-full w-full cursor-col-resize touch-none" />
          </div>
          {scene && <PlayheadSlider scene={scene} stage={stage} slider={slider} />}
          {scene && markers.length > 0 && (
            <Suspense fallback={null}>
              <Markers markers={markers} scene={scene} controls={controls} />
            </Suspense>
          )}
        </div>
      </div>
      <div ref={scroller} className={`relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto ${snapshot.stale ? "opacity-50" : ""}`}>
        <div className="relative flex" style={{ height: Math.max(rows.length * rowPx, 1), minHeight: "100%" }}>
          <div className="timeline-gutter relative shrink-0 border-r border-hairline">
            <Gutter snapshot={snapshot} look={look} onPath={onPath} />
          </div>
          <div
            ref={lanes}
            aria-hidden="true"
            className="timeline-lanes sticky top-0 min-w-0 flex-1"
            style={{ height: scene?.heightPx ?? "100%" }}
          >
            <canvas ref={bars} className="absolute inset-0 h-full w-full" />
            <canvas ref={overlay} className="absolute inset-0 h-full w-full" />
          </div>
          <ExpectedLines rows={rows} rowPx={rowPx} striped={scene === null} />
        </div>
      </div>
      {remarkable && (
        <Suspense fallback={null}>
          <Remark snapshotScene={scene} run={run} expects={rows.length > 0} />
        </Suspense>
      )}
      <div className={`timeline-strips flex shrink-0 border-t border-hairline ${scene && scene.fold.totals.calls > 0 ? "" : "hidden"}`}>
        <div className="timeline-gutter flex flex-col px-2 text-tick text-muted">
          <span style={{ height: IN_FLIGHT_PX }} className="flex items-center">
            in flight{run && run.inputs.maxParallel > 0 ? `, limit ${formatCount(run.inputs.maxParallel)}` : ""}
          </span>
          <span style={{ height: TOKENS_PX }} className="flex items-center">
            tokens/s
          </span>
          <span style={{ height: MONEY_PX }} className="flex items-center">
            money so far
          </span>
        </div>
        <div aria-hidden="true" className="relative min-w-0 flex-1" style={{ height: STRIPS_PX }}>
          <canvas ref={strips} className="absolute inset-0 h-full w-full" />
        </div>
      </div>
      {snapshot.stale && scene && (
        <p
          className={`pointer-events-none absolute right-3 m-0 rounded-control ${scene.fold.totals.calls > 0 ? "timeline-remark-above" : "bottom-3"} border border-hairline bg-raised px-2 py-0.5 text-chip text-text-2`}
          style={{ ["--strips" as string]: `${STRIPS_PX}px` }}
        >
          from before your edit
        </p>
      )}
      {hover && scene && box && (
        <Suspense fallback={null}>
          <HoverCard hover={hover} scene={stage.scene ?? scene} frame={box} />
        </Suspense>
      )}
      {look.legend && (
        <Suspense fallback={null}>
          <Legend onClose={closeLegend} />
        </Suspense>
      )}
      {look.explanation !== "" && (
        <Suspense fallback={null}>
          <Explanation text={look.explanation} />
        </Suspense>
      )}
    </div>
  )
}

function Tool({
  label,
  pressed,
  phone = false,
  onPress,
  children,
}: {
  readonly label: string
  /** On a phone only: elsewhere the bar of time has it. */
  readonly phone?: boolean
  readonly pressed?: boolean | undefined
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={`${phone ? "timeline-phone" : ""} flex h-6 w-6 items-center justify-center rounded-control [&>svg]:shrink-0 ${pressed ? "bg-raised text-accent" : "text-text-2 hover:bg-raised"}`}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
