// The picture on screen as a link carries it, and back: what the reader picked is written into a link, and a link that names
// a moment is run (which costs nothing) and stands still where its sender stood.
import { sharedFold } from "../../../interpreter/trace/fold.ts"
import { startRun } from "../../client/session.ts"
import { LINKED_RECORDING, modelActions, models } from "../../providers/models.ts"
import type { LinkedMoment } from "../../share/link.ts"
import { fittingSelection, type LinkedView } from "../../share/view.ts"
import { isLive } from "../../store/playback.ts"
import { shownRun } from "../../store/runs.ts"
import { type AppState, actions, app } from "../../store/store.ts"
import { changeView, markersOf, view } from "../../timeline/view.ts"
import { formatTime, plural } from "../../ui/format.ts"

/** What is on screen of the run; null where nothing ran, or it still goes on. */
export function shownView(state: AppState): LinkedView | null {
  const { playback, picked, runs } = state
  const run = shownRun(runs)
  if (!run || !playback.ended || isLive(playback)) return null
  const markers = markersOf(view.getState(), run.id)
  return { atUs: Math.round(playback.atUs), selection: picked.selected, window: playback.window, markers }
}

/** The reader looks at something in particular: a moment inside the run, a lane, a stretch of time, moments that were marked. */
export function isParticular(state: AppState): boolean {
  const { playback, picked } = state
  const shown = shownView(state)
  if (playback.playing || !shown) return false
  if (shown.markers.length > 0) return true
  return playback.atUs < playback.endUs || playback.window !== null || (picked.selected.kind !== "none" && picked.selected.kind !== "line")
}

/** What of the picture a link to this moment names: "2.62 s, paris selected, zoomed". */
export function momentText(state: AppState): string {
  const shown = shownView(state)
  if (!shown) return ""
  const { selection, window, markers } = shown
  const run = shownRun(state.runs)
  const lanes = run ? sharedFold(run.trace).lanes : []
  const name = "task" in selection ? lanes[selection.task]?.name || "main" : null
  return [
    formatTime(shown.atUs),
    ...(name !== null ? [`${name} selected`] : selection.kind === "line" ? [`line ${selection.line} selected`] : []),
    ...(window ? ["zoomed"] : []),
    ...(markers.length > 0 ? [plural(markers.length, "marker")] : []),
  ].join(", ")
}

/** The recording that this run's real answers made, or that it replayed; null for a simulated run. */
export function answersShown() {
  const { mode, last, opened } = models.getState()
  return mode === "replay" ? (opened?.cassette ?? null) : mode === "live" ? last : null
}

/** Shows what a link names, once the page is drawn. */
export function showLinked({ view: linked, cassette }: LinkedMoment): void {
  if (cassette) modelActions.opened({ cassette, name: LINKED_RECORDING })
  if (!linked) return
  actions.showAtOnce(true)
  startRun()
  const stop = app.subscribe(
    (state) => state.runs.current?.state,
    (state) => {
      if (state !== "ended") return
      stop()
      actions.showAtOnce(false)
      show(linked)
    },
  )
}

function show(linked: LinkedView): void {
  const state = app.getState()
  actions.scrub(linked.atUs)
  const { endUs } = state.playback
  const { window } = linked
  // A stretch that lies behind the end of this run would show nothing.
  if (window && window.fromUs < endUs) actions.chooseWindow({ fromUs: window.fromUs, toUs: Math.max(window.fromUs + 1, window.toUs) })
  const run = shownRun(state.runs)
  if (!run) return
  const fold = sharedFold(run.trace)
  // Moments that this run does not have are not marked.
  const at = linked.markers.filter(({ us, step }) => us <= endUs && step < run.trace.length)
  changeView({ markers: { run: run.id, inputs: run.inputs, at, taken: null } })
  actions.select(fittingSelection(linked.selection, { tasks: fold.lanes.length, calls: fold.spans.calls, events: run.trace.length }))
}
