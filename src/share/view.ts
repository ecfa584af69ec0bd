// What a link says of the picture its sender saw: playhead, selection, stretch of time, markers. Written short, read as strictly as
// everything else of a link; whether the numbers fit the run is asked once that has run (`fittingSelection`).
import { byMoment, type Marker, MOST_MARKERS, markerWith, noteFrom } from "../store/marker.ts"
import type { TimeWindow } from "../store/playback.ts"
import type { Selection } from "../store/selection.ts"

/** A moment as one reader shows it to another. */
export interface LinkedView {
  /** Where the playhead was, in microseconds. */
  readonly atUs: number
  readonly selection: Selection
  /** Null: the whole run. */
  readonly window: TimeWindow | null
  /** Moments that the sender marked, in order of time. */
  readonly markers: readonly Marker[]
}

/** A marker in a link: microseconds, events, and the note where there is one. */
export type PackedMarker = readonly [us: number, step: number, note?: string]

const MOST_TASKS = 1000
const MOST_FILE_LENGTH = 200

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** A selection as a list of few letters; undefined for none. */
export function packedSelection(selection: Selection): readonly unknown[] | undefined {
  switch (selection.kind) {
    case "none":
      return undefined
    case "task":
      return ["t", selection.task]
    case "call":
      return ["c", selection.task, selection.call]
    case "event":
      return ["e", selection.task, selection.event]
    case "line":
      return ["l", selection.file, selection.line, selection.tasks.slice(0, MOST_TASKS)]
    case "span":
      return ["s", Math.round(selection.fromUs), Math.round(selection.toUs)]
  }
}

/** The selection that a list means; none for whatever is no such list. */
export function unpackedSelection(value: unknown): Selection {
  const none: Selection = { kind: "none" }
  if (!Array.isArray(value)) return none
  const [kind, a, b, c] = value as readonly unknown[]
  switch (kind) {
    case "t":
      return isCount(a) ? { kind: "task", task: a } : none
    case "c":
      return isCount(a) && isCount(b) ? { kind: "call", task: a, call: b } : none
    case "e":
      return isCount(a) && isCount(b) ? { kind: "event", task: a, event: b } : none
    case "l":
      return typeof a === "string" && a.length <= MOST_FILE_LENGTH && isCount(b) && Array.isArray(c)
        ? { kind: "line", file: a, line: b, tasks: c.filter(isCount).slice(0, MOST_TASKS) }
        : none
    case "s":
      return isCount(a) && isCount(b) && a < b ? { kind: "span", fromUs: a, toUs: b } : none
    default:
      return none
  }
}

/** A stretch of time out of a pair of microseconds; null for anything else. */
export function unpackedWindow(value: unknown): TimeWindow | null {
  if (!Array.isArray(value)) return null
  const [fromUs, toUs] = value as readonly unknown[]
  return isCount(fromUs) && isCount(toUs) && fromUs < toUs ? { fromUs, toUs } : null
}

/** Markers as short lists; undefined for none. */
export function packedMarkers(markers: readonly Marker[]): readonly PackedMarker[] | undefined {
  return markers.length > 0
    ? markers.slice(0, MOST_MARKERS).map(({ us, step, note }): PackedMarker => (note ? [us, step, note] : [us, step]))
    : undefined
}

/** The markers that such lists mean, without what is no marker; none where an older link has no list. A note that is no text, or
 * too much of it, costs no marker: what can be read of it stays. */
export function unpackedMarkers(value: unknown): readonly Marker[] {
  if (!Array.isArray(value)) return []
  const markers: Marker[] = []
  for (const packed of value.slice(0, MOST_MARKERS) as readonly unknown[]) {
    if (!Array.isArray(packed)) continue
    const [us, step, note] = packed as readonly unknown[]
    // Before the first event is where a marker may stand too.
    if (isCount(us) && (isCount(step) || step === -1)) markers.push(markerWith({ us, step }, noteFrom(note)))
  }
  return markers.sort(byMoment)
}

/** The selection if what it names is in the run; none where a link, or a changed language, names what is not there. */
export function fittingSelection(
  selection: Selection,
  has: { readonly tasks: number; readonly calls: { has(call: number): boolean }; readonly events: number },
): Selection {
  const none: Selection = { kind: "none" }
  switch (selection.kind) {
    case "task":
      return selection.task < has.tasks ? selection : none
    case "call":
      return selection.task < has.tasks && has.calls.has(selection.call) ? selection : none
    case "event":
      return selection.task < has.tasks && selection.event < has.events ? selection : none
    case "line":
      return { ...selection, tasks: selection.tasks.filter((task) => task < has.tasks) }
    default:
      return selection
  }
}
