// What the reader has done to the picture itself: folded, filtered, switched overlays on. Belongs to the timeline alone; what
// others share (playhead, selection, window) is in `src/store`.
import { createStore } from "zustand/vanilla"
import type { AnsweredCall } from "../../interpreter/trace/money.ts"
import { byMoment, type Marker, markerWith, sameMoment } from "../store/marker.ts"
import type { RunRecord } from "../store/runs.ts"
import type { ExpectedTasks } from "./expected.ts"
import type { Scene } from "./scene.ts"

/** The markers of a run. */
export interface Markers {
  readonly run: unknown
  readonly inputs: RunRecord["inputs"] | null
  /** In order of time. */
  readonly at: readonly Marker[]
  /** The one that was taken away last: set again, it has its note again. */
  readonly taken: Marker | null
}

export interface View {
  /** Rows that the reader opened (true) or folded (false). */
  readonly opened: ReadonlyMap<string, boolean>
  readonly filter: string
  /** `auto`: time, or steps for a run that took none. */
  readonly axis: "auto" | "time" | "steps"
  readonly compress: boolean
  /** null: as it is by itself, see `pathShown`. */
  readonly showPath: boolean | null
  readonly allFlows: boolean
  /** The run before stands behind this one as outlines. */
  readonly ghost: boolean
  /** Row with the keyboard's focus, and the event inside it (-1: the row itself). */
  readonly focusKey: string
  readonly focusEvent: number
  /** What "explain this moment" said; "" while it is closed. */
  readonly explanation: string
  readonly legend: boolean
  /** On a phone, where they are not always there: filter, overview and buttons are shown. */
  readonly tools: boolean
  /** Moments of a run that the reader marked, in order of time; of another run none is shown. */
  readonly markers: Markers
  /** The marker whose flag the pointer is on, and the one whose note is open to be written. */
  readonly pointedMarker: Marker | null
  readonly openMarker: Marker | null
  /** Copies a link to the moment on screen, as the page does it; null where it has no links. */
  readonly copyLink: (() => void) | null
  /** Puts the cursor where a site of the shown run stands in the text, as the page does it; null where it has no text. */
  readonly goTo: ((site: number) => void) | null
  /** Who answered the calls of the newest run, where real models did, as the page tells it; by call. */
  readonly answers: ReadonlyMap<number, AnsweredCall>
  /** The tasks that the text of the open document will start, as the page tells it; null where it cannot tell. */
  readonly predicted: Prediction | null
  /** A change with which the program would do two things at once, as the page tells it; null where it knows none. */
  readonly overlap: OverlapOffer | null
  /** The keys that run the program, as the reader's keyboard names them, as the page tells it. */
  readonly runKeys: string
}

export interface OverlapOffer {
  /** The document's version that it changes. */
  readonly version: number
  /** What is put there: "async let". */
  readonly word: string
  /** The 1-based line. */
  readonly line: number
  /** Changes the text and runs it, the run before as a ghost. */
  readonly apply: () => void
}

export interface Prediction extends ExpectedTasks {
  /** Of which text: the document, and its version. */
  readonly document: string
  readonly version: number
}

export const VIEW: View = {
  opened: new Map(),
  filter: "",
  axis: "auto",
  compress: false,
  showPath: null,
  allFlows: false,
  ghost: false,
  focusKey: "",
  focusEvent: -1,
  explanation: "",
  legend: false,
  tools: false,
  markers: { run: null, inputs: null, at: [], taken: null },
  pointedMarker: null,
  openMarker: null,
  answers: new Map(),
  predicted: null,
  overlap: null,
  runKeys: "",
  copyLink: null,
  goTo: null,
}

export const view = createStore<View>()(() => VIEW)

export function changeView(change: Partial<View>): void {
  view.setState(change)
}

/** Sets a marker, or takes away the one that stands there; true if there is one now. Markers of another run are forgotten. */
export function toggleMarker(run: unknown, marker: Marker, inputs: Markers["inputs"] = null): boolean {
  const look = view.getState()
  const at = markersOf(look, run)
  const others = at.filter((other) => !sameMoment(other, marker))
  const set = others.length === at.length
  const taken = look.markers.run === run ? look.markers.taken : null
  const again = taken && sameMoment(taken, marker) ? taken : marker
  const next = set ? [...others, again].sort(byMoment) : others
  view.setState({ markers: { run, inputs, at: next, taken: set ? taken : (at.find((other) => sameMoment(other, marker)) ?? null) } })
  return set
}

/** Writes the note of a marker; "" takes it away. Nothing where no such marker stands. */
export function writeNote(run: unknown, marker: Marker, note: string): void {
  const { markers } = view.getState()
  if (markers.run !== run) return
  view.setState({ markers: { ...markers, at: markers.at.map((other) => (sameMoment(other, marker) ? markerWith(other, note) : other)) } })
}

/** A run is a value: a new one with the inputs of the marked one has the same moments, and keeps their markers. */
export function handOverMarkers({ id, inputs }: Pick<RunRecord, "id" | "inputs">): void {
  const { markers } = view.getState()
  if (markers.run === id || !markers.inputs || markers.inputs.model.live) return
  const text = (of: RunRecord["inputs"]) => JSON.stringify({ ...of, hooks: false, wantValue: false })
  if (text(inputs) === text(markers.inputs)) view.setState({ markers: { ...markers, run: id } })
}

const NO_MARKERS: readonly Marker[] = []

export function markersOf(look: View, run: unknown): readonly Marker[] {
  return look.markers.run === run ? look.markers.at : NO_MARKERS
}

export function openRow(key: string, open: boolean): void {
  view.setState({ opened: new Map(view.getState().opened).set(key, open) })
}

/** Of runs with more tasks the critical path is shown when asked for only. */
const MOST_TASKS_WITH_PATH = 30

/** The critical path is drawn: by itself once a run of a few tasks is over. */
export function pathShown(look: View, scene: Scene | null): boolean {
  if (look.showPath !== null || !scene) return look.showPath ?? false
  const { lanes, spans, totals } = scene.fold
  return spans.ended && !scene.live && totals.virtualUs > 0 && lanes.length > 2 && lanes.length <= MOST_TASKS_WITH_PATH
}
