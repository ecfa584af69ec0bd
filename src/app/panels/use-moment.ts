// The shown run as components read it: its fold, brought up to date, and the moment of the playhead. While the run plays, a
// component need not follow every frame: figures that change thirty times a second cannot be read anyway.
import { useEffect, useReducer, useRef } from "react"
import { flushSync } from "react-dom"
import { sharedFold, type TraceFold } from "../../../interpreter/trace/fold.ts"
import { isStale, type RunRecord, shownRun } from "../../store/runs.ts"
import { eventsBefore } from "../../store/stepping.ts"
import { type AppState, app } from "../../store/store.ts"

export interface Moment {
  readonly run: RunRecord
  readonly fold: TraceFold
  readonly atUs: number
  /** The last event that has happened, by its place in the trace: who steps through statements is within an instant. */
  readonly atStep: number
  readonly revealedUs: number
  /** The text in the editor is another one by now. */
  readonly stale: boolean
}

function momentOf(state: AppState): Moment | null {
  const run = shownRun(state.runs)
  if (!run) return null
  const fold = sharedFold(run.trace)
  const stale = isStale(state.runs, state.document.version)
  const place = placeIn(run, state)
  const before = eventsBefore(state.stepping, run.id, place.atUs) ?? fold.eventsAtUs(place.atUs)
  return { run, fold, stale, ...place, atStep: before - 1 }
}

/** A run that is kept from before while the next one begins has no playback of its own: it is shown whole. */
function placeIn(run: RunRecord, { runs, playback }: AppState): { readonly atUs: number; readonly revealedUs: number } {
  const endUs = run.report?.virtualUs ?? run.nowUs
  const { atUs, revealedUs } = run === runs.current || playback.endUs === endUs ? playback : { atUs: endUs, revealedUs: endUs }
  return { atUs, revealedUs }
}

/** The instant on screen, for those that follow it in every frame: clocks that stand side by side tell one time. -1: no run. */
export function shownAtUs(state: AppState): number {
  const run = shownRun(state.runs)
  return run ? placeIn(run, state).atUs : -1
}

function same(a: Moment | null, b: Moment | null): boolean {
  return (
    a === b ||
    (a !== null &&
      b !== null &&
      a.run === b.run &&
      a.atUs === b.atUs &&
      a.atStep === b.atStep &&
      a.revealedUs === b.revealedUs &&
      a.stale === b.stale)
  )
}

/** Who asks for pauses of at least this many milliseconds has much to draw. It gets a task of its own, besides the frame's, */
const MUCH_TO_DRAW_MS = 100
/** and rests for at least so many times what its drawing took, so that the other parts of the page get their turns, */
const REST = 8
/** but never longer than this. */
const LONGEST_REST_MS = 1000

/**
 * The shown run at the playhead; null before the first run. Renders again when that changes, while it plays at most once in
 * `everyMs` milliseconds (asked anew each time).
 */
export function useMoment(everyMs: number | (() => number) = 60): Moment | null {
  const drawn = useRef<Moment | null>(null)
  const every = useRef(everyMs)
  every.current = everyMs
  const [, draw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    let timer = 0
    let lastMs = 0
    let restMs = 0
    const look = () => {
      timer = 0
      if (same(momentOf(app.getState()), drawn.current)) return
      lastMs = performance.now()
      draw()
    }
    /** Like `look`, but it is all over when the task is: left to React, it would join what the next frame draws. */
    const lookNow = () => {
      flushSync(look)
      restMs = Math.min(LONGEST_REST_MS, (performance.now() - lastMs) * REST)
    }
    const changed = () => {
      const { playing } = app.getState().playback
      if (!playing) {
        clearTimeout(timer)
        look()
      } else if (timer === 0) {
        const pause = typeof every.current === "number" ? every.current : every.current()
        const much = pause >= MUCH_TO_DRAW_MS
        const inMs = lastMs + Math.max(pause, much ? restMs : 0) - performance.now()
        if (inMs <= 0 && !much) look()
        else timer = window.setTimeout(much ? lookNow : look, Math.max(0, inMs))
      }
    }
    const stop = app.subscribe(changed)
    changed()
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  drawn.current = momentOf(app.getState())
  return drawn.current
}
