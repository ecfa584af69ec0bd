// What the keys of the timeline do, put into one place apart from where they are pressed: moving through rows and events,
// time, zoom, overlays. Reads the stage's scene, writes the stores.
import { flowsOf } from "../../interpreter/trace/flows.ts"
import { sharedFold } from "../../interpreter/trace/fold.ts"
import { formatCount, formatUs } from "../../interpreter/trace/units.ts"
import { type Marker, MOST_MARKERS, sameMoment } from "../store/marker.ts"
import type { RunRecord } from "../store/runs.ts"
import { actions, app } from "../store/store.ts"
import type { TimelineKey } from "./keyboard.ts"
import { type LaneEvent, laneEvents } from "./lane-events.ts"
import type { Row } from "./layout.ts"
import type { Scene } from "./scene.ts"
import type { Stage } from "./stage.ts"
import { changeView, markersOf, openRow, pathShown, toggleMarker, view } from "./view.ts"

const ZOOM_STEP = 0.6
const PAN_SHARE = 0.2
const MANY_EVENTS = 10

export interface Controls {
  readonly stage: Stage
  /** Puts the DOM focus where the view says it is, after React has rendered. */
  readonly focus: () => void
  readonly focusFilter: () => void
}

let onScreen: Controls | null = null

/** Says which timeline is on screen; answers a way to take it back. */
export function controlsOnScreen(controls: Controls): () => void {
  onScreen = controls
  return () => {
    if (onScreen === controls) onScreen = null
  }
}

/** Presses a key of the timeline from elsewhere on the page; nothing where no timeline shows a run. */
export function pressOnTimeline(key: TimelineKey): void {
  if (onScreen) press(key, onScreen)
}

/** Events of the focused row, as the gutter lists them. */
export function eventsOfRow(scene: Scene, row: Row | undefined): readonly LaneEvent[] {
  const lane = row?.kind === "lane" ? scene.fold.lanes[row.task] : undefined
  return lane ? laneEvents(scene.fold, lane, scene.edgeStep, scene.atStep) : []
}

/** True if the key did something. */
export function press(key: TimelineKey, controls: Controls): boolean {
  const { stage } = controls
  stage.drawPending()
  const { scene } = stage
  if (!scene) return pressBeforeRun(key, controls)
  const look = view.getState()
  const at = Math.max(
    0,
    scene.rows.findIndex((row) => row.key === look.focusKey),
  )
  const row = scene.rows[at]
  const pageRows = Math.max(1, Math.floor(scene.heightPx / scene.metrics.rowPx) - 1)
  switch (key) {
    case "play":
      actions.togglePlay()
      return true
    case "up":
      return focusRow(controls, scene, at - 1)
    case "down":
      return focusRow(controls, scene, at + 1)
    case "pageUp":
      return focusRow(controls, scene, Math.max(0, at - pageRows))
    case "pageDown":
      return focusRow(controls, scene, Math.min(scene.rows.length - 1, at + pageRows))
    case "first":
      return focusRow(controls, scene, 0)
    case "last":
      return focusRow(controls, scene, scene.rows.length - 1)
    case "in":
      if (!row) return false
      if (row.expandable && !row.expanded && look.focusEvent < 0) openRow(row.key, !row.expanded)
      else focusEvent(controls, scene, row, look.focusEvent + 1)
      return true
    case "out":
      if (!row) return false
      if (look.focusEvent >= 0) focusEvent(controls, scene, row, look.focusEvent - 1)
      else if (row.expandable && row.expanded) openRow(row.key, !row.expanded)
      else {
        const parent = scene.rows.findLastIndex((other, i) => i < at && other.depth < row.depth)
        if (parent >= 0) focusRow(controls, scene, parent)
      }
      return true
    case "nextEvent":
    case "nextEvents":
    case "previousEvent":
    case "previousEvents":
      stepEvents(controls, scene, key.startsWith("next") ? 1 : -1, key.endsWith("s") ? MANY_EVENTS : 1)
      return true
    case "details":
      openDetails(scene, row)
      return true
    case "line":
      if (row?.kind === "lane") actions.select({ kind: "task", task: row.task })
      look.goTo?.(row ? siteOf(scene, row.task) : -1)
      return look.goTo !== null
    case "cause":
    case "effect":
      followFlow(controls, scene, row, key === "cause")
      return true
    case "zoomIn":
    case "zoomOut":
      stage.viewport.zoomAt(
        scene.scale.x(scene.axis.unitOf(scene.axis.key(scene.atUs, scene.atStep))),
        key === "zoomIn" ? ZOOM_STEP : 1 / ZOOM_STEP,
        true,
      )
      return true
    case "panLeft":
    case "panRight":
      stage.viewport.panBy(scene.widthPx * PAN_SHARE * (key === "panLeft" ? -1 : 1))
      return true
    case "fitSelection":
      fitSelection(controls, scene, row)
      return true
    case "fit":
      stage.viewport.show(null, true)
      return true
    case "path":
      togglePath(controls)
      return true
    case "flows":
      changeView({ allFlows: !look.allFlows })
      actions.announce(look.allFlows ? "Arrows of the selected task only" : "All arrows shown")
      return true
    case "gaps":
      changeView({ compress: !look.compress })
      actions.announce(look.compress ? "Time is even again" : "Stretches without events are shortened")
      return true
    case "ghost":
      changeView({ ghost: !look.ghost })
      actions.announce(look.ghost ? "The run before is hidden" : ghostSentence(scene))
      return true
    case "steps":
      changeView({ axis: scene.axis.kind === "steps" ? "time" : "steps" })
      actions.announce(scene.axis.kind === "steps" ? "The ruler counts time" : "The ruler counts events")
      return true
    case "search":
      controls.focusFilter()
      return true
    case "explain":
      explain(controls).catch(() => actions.toast("This part of the page could not be loaded. Are you offline? Otherwise reload the page."))
      return true
    case "marker":
    case "note":
      return markHere(scene, stage.snapshot.run, key === "note")
    case "link":
      look.copyLink?.()
      return look.copyLink !== null
    case "slower":
      actions.stepSpeed(-1)
      return true
    case "faster":
      actions.stepSpeed(1)
      return true
    case "toStart":
      actions.scrub(0)
      return true
    case "toEnd":
      actions.scrub(scene.edgeUs)
      return true
    case "clear":
      if (look.explanation !== "") changeView({ explanation: "" })
      else if (look.focusEvent >= 0) {
        changeView({ focusEvent: -1 })
        controls.focus()
      } else if (app.getState().picked.selected.kind !== "none") actions.select({ kind: "none" })
      else return false
      return true
  }
}

/** `event 12`, `2.62 s`: where a marker stands, in the words of the ruler. */
export const momentWords = ({ axis }: Scene, { us, step }: Marker): string =>
  axis.kind === "steps" ? `event ${formatCount(Math.max(0, step))}` : formatUs(us)

/** Sets a marker where the playhead is or takes it away; `toWrite`: sets it, if there is none, and opens its note. */
function markHere(scene: Scene, run: RunRecord | null, toWrite: boolean): boolean {
  if (!run) return false
  const marker = { us: Math.round(scene.atUs), step: scene.atStep }
  const words = momentWords(scene, marker)
  const markers = markersOf(view.getState(), run.id)
  // Who stepped to a marker's moment may have seen some events of that instant more, or fewer.
  const there = markers.find((other) => sameMoment(other, marker)) ?? (toWrite ? markers.find(({ us }) => us === marker.us) : undefined)
  if (!there && markers.length >= MOST_MARKERS) {
    actions.toast(`This run has ${MOST_MARKERS} markers, which is as many as it can have. Take one away first, with M where it stands.`)
    return true
  }
  if (!(there && toWrite))
    actions.announce(toggleMarker(run.id, marker, run.inputs) ? `Marker at ${words}` : `No marker at ${words} any more`)
  if (toWrite) changeView({ openMarker: there ?? marker })
  return true
}

/** Before a run there are rows to go through, and nothing else. */
function pressBeforeRun(key: TimelineKey, controls: Controls): boolean {
  const { expected } = controls.stage.snapshot
  const at = Math.max(
    0,
    expected.findIndex((row) => row.key === view.getState().focusKey),
  )
  const moves: Partial<Record<TimelineKey, number>> = { up: at - 1, down: at + 1, first: 0, last: expected.length - 1 }
  const to = moves[key]
  const row = to === undefined ? undefined : expected[Math.max(0, Math.min(expected.length - 1, to))]
  if (!row) return false
  changeView({ focusKey: row.key, focusEvent: -1 })
  controls.stage.revealRow(expected.indexOf(row))
  controls.focus()
  return true
}

/** What a task's line is: where it was started, of the first task where it is. */
function siteOf({ fold, atStep }: Scene, task: number): number {
  const lane = fold.lanes[task]
  if (!lane || lane.site >= 0) return lane?.site ?? -1
  return lane.states.sites[lane.states.rowAtStep(atStep)] ?? -1
}

function focusRow(controls: Controls, scene: Scene, at: number): boolean {
  const row = scene.rows[Math.min(scene.rows.length - 1, Math.max(0, at))]
  if (!row) return true
  changeView({ focusKey: row.key, focusEvent: -1 })
  controls.stage.revealRow(scene.rows.indexOf(row))
  controls.focus()
  return true
}

function focusEvent(controls: Controls, scene: Scene, row: Row, index: number): void {
  const events = eventsOfRow(scene, row)
  const event = events[index]
  if (index >= events.length) return
  changeView({ focusKey: row.key, focusEvent: Math.max(-1, index) })
  if (event && row.kind === "lane") {
    actions.select({ kind: "event", task: row.task, event: event.step })
    actions.scrub(event.us)
    controls.stage.viewport.reveal(scene.axis.key(event.us, event.step))
  }
  controls.focus()
}

function stepEvents(controls: Controls, scene: Scene, direction: 1 | -1, count: number): void {
  const { fold } = scene
  let us = scene.atUs
  for (let i = 0; i < count; i++) {
    const step = direction > 0 ? fold.eventsAtUs(us) : fold.eventsAtUs(us - 1) - 1
    const next = fold.usAtStep(step)
    if (step < 0 || step >= fold.folded) break
    us = next
  }
  actions.scrub(us)
  controls.stage.viewport.reveal(scene.axis.key(us, fold.eventsAtUs(us) - 1))
}

function openDetails(scene: Scene, row: Row | undefined): void {
  if (!row) return
  if (row.kind === "group") {
    openRow(row.key, !row.expanded)
    return
  }
  if (row.kind === "expected") return
  const call = scene.fold.spans.callAtStep(scene.fold.lanes[row.task] as NonNullable<(typeof scene.fold.lanes)[number]>, scene.atStep)
  actions.select(call ? { kind: "call", task: row.task, call: call.id } : { kind: "task", task: row.task })
  actions.chooseSideTab("details")
  actions.choosePhoneTab("details")
}

/** Goes along an arrow: back to what let the task go on last, or forward to whom it let go on next. */
function followFlow(controls: Controls, scene: Scene, row: Row | undefined, back: boolean): void {
  if (row?.kind !== "lane") return
  const flows = flowsOf(scene.fold.spans, scene.fold.flows, row.task).filter((flow) => flow.toStep <= scene.edgeStep)
  flows.sort((a, b) => a.toStep - b.toStep)
  const flow = back
    ? flows.findLast((candidate) => candidate.toTask === row.task && candidate.toStep <= scene.atStep)
    : flows.find((candidate) => candidate.fromTask === row.task && candidate.toUs >= scene.atUs)
  if (!flow) {
    actions.announce(back ? "No arrow leads here" : "No arrow leads on from here")
    return
  }
  const us = back ? flow.fromUs : flow.toUs
  actions.scrub(us)
  controls.stage.viewport.reveal(scene.axis.key(us, flow.toStep))
  focusRow(controls, scene, controls.stage.rowFor(back ? flow.fromTask : flow.toTask))
}

function fitSelection(controls: Controls, scene: Scene, row: Row | undefined): void {
  const { selected } = app.getState().picked
  const { fold, axis } = scene
  if (selected.kind === "span" && axis.kind !== "steps") controls.stage.viewport.showKeys(selected.fromUs, selected.toUs)
  else if (selected.kind === "call") {
    const call = fold.spans.calls.get(selected.call)
    if (call)
      controls.stage.viewport.showKeys(
        axis.key(call.queuedUs, call.queuedStep),
        call.endUs < 0 ? scene.edgeKey : axis.key(call.endUs, call.endStep),
      )
  } else {
    const lane = fold.lanes[selected.kind === "task" || selected.kind === "event" ? selected.task : (row?.task ?? -1)]
    if (lane)
      controls.stage.viewport.showKeys(
        axis.key(lane.spawnUs, lane.spawnStep),
        lane.endUs < 0 ? scene.edgeKey : axis.key(lane.endUs, lane.endStep),
      )
  }
}

export function togglePath(controls: Controls): void {
  const showPath = !pathShown(view.getState(), controls.stage.scene)
  changeView({ showPath })
  const { scene } = controls.stage
  if (!scene) return
  if (!showPath) {
    actions.announce("Critical path hidden")
    return
  }
  const names = new Set(
    controls.stage
      .criticalPath()
      .filter((piece) => piece.toUs > piece.fromUs)
      .map((piece) => scene.fold.lanes[piece.task]?.label ?? ""),
  )
  actions.announce(`Critical path: ${[...names].slice(0, 8).join(", ")}`)
}

/** How this run compares to the one before, in time. */
function ghostSentence(scene: Scene): string {
  const before = app.getState().runs.lastGood
  if (!before || before.trace === scene.fold.trace) return "There is no run before this one"
  const [beforeUs, nowUs] = [sharedFold(before.trace).totals.virtualUs, scene.fold.totals.virtualUs]
  return `The run before took ${formatUs(beforeUs)}, this one ${formatUs(nowUs)}`
}

/** Says what goes on at the playhead, on screen and to screen readers. The words for it come when they are first asked for. */
export async function explain({ stage }: Controls): Promise<void> {
  const { explainMoment } = await import("../../interpreter/trace/explain.ts")
  const { scene } = stage
  if (!scene) return
  const explanation = explainMoment(scene.fold, Math.round(scene.atUs), scene.atStep)
  changeView({ explanation })
  // On a phone's lowest sheet there would be no room to read it.
  if (app.getState().shell.sheet === "peek") actions.chooseSheet("half")
  actions.announce(explanation)
}
