// Time as the reader sees it: the playhead, how far the run has been shown, speed. All in microseconds of virtual time.
//
// The worker may be ahead of what is shown: it is granted time in advance (src/client/pacer.ts), so that the text of an
// answer is known while its tokens arrive. `revealedUs` is the edge of what has happened *for the reader*: nothing after
// it is drawn, printed or counted. A run is live until it is revealed to its end. Pure transitions.
export interface Playback {
  /** The playhead. */
  readonly atUs: number
  /** Only grows during a run; the picture ends here. */
  readonly revealedUs: number
  /** The playhead moves by itself. */
  readonly playing: boolean
  /** Virtual seconds a real second; infinity: instant. */
  readonly speed: number
  /** Shown at once whatever the speed, which stays the reader's: a run that opens a page where it is over. */
  readonly atOnce: boolean
  /** The end of the run as far as it is known: the worker's clock, or the end of a run that is over. */
  readonly endUs: number
  /** True when `endUs` is where the run ends. */
  readonly ended: boolean
  /** The stretch of time that the timeline shows; null: fit the run to the width. */
  readonly window: TimeWindow | null
}

export interface TimeWindow {
  readonly fromUs: number
  readonly toUs: number
}

export const INSTANT = Number.POSITIVE_INFINITY
export const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, INSTANT] as const

export const AT_REST: Playback = { atUs: 0, revealedUs: 0, playing: false, speed: 1, atOnce: false, endUs: 0, ended: false, window: null }

/** Nobody watches time pass. */
export function isInstant(playback: Playback): boolean {
  return playback.atOnce || playback.speed === INSTANT
}

/** The run is still unfolding before the reader. */
export function isLive(playback: Playback): boolean {
  return !playback.ended || playback.revealedUs < playback.endUs
}

/** A new run begins; the speed stays. */
export function playbackStarted(playback: Playback): Playback {
  return { ...AT_REST, speed: playback.speed, atOnce: playback.atOnce, playing: true }
}

/** A new run whose beginning is known already: it is shown from `us` on. */
export function begunAt(playback: Playback, us: number): Playback {
  return us <= playback.revealedUs ? playback : { ...playback, atUs: us, revealedUs: us, endUs: Math.max(us, playback.endUs) }
}

/** The worker's clock moved, or the run ended there. */
export function edgeMoved(playback: Playback, endUs: number, ended: boolean): Playback {
  const moved = { ...playback, endUs: Math.max(endUs, playback.revealedUs), ended }
  return isInstant(moved) && moved.playing ? caughtUp(moved) : moved
}

/** Real time passed while playing. Stops at the end of a run that is over; waits at the edge of one that is not. */
export function timePassed(playback: Playback, elapsedMs: number): Playback {
  if (!playback.playing) return playback
  if (isInstant(playback)) return caughtUp(playback)
  const atUs = Math.min(playback.endUs, playback.atUs + elapsedMs * 1000 * playback.speed)
  const playing = !(playback.ended && atUs >= playback.endUs)
  if (atUs === playback.atUs && playing) return playback
  return { ...playback, atUs, revealedUs: Math.max(playback.revealedUs, atUs), playing }
}

/** The same object where nothing moved: who draws the playhead need not draw it again. */
function caughtUp(playback: Playback): Playback {
  const { atUs, revealedUs, endUs, playing, ended } = playback
  if (atUs === endUs && revealedUs === endUs && playing === !ended) return playback
  return { ...playback, atUs: playback.endUs, revealedUs: playback.endUs, playing: !playback.ended }
}

/** The reader puts the playhead somewhere; that pauses. */
export function scrubbed(playback: Playback, toUs: number): Playback {
  const atUs = Math.min(Math.max(0, toUs), playback.endUs)
  return { ...playback, atUs, revealedUs: Math.max(playback.revealedUs, atUs), playing: false }
}

/** Play or pause; playing from the end of a run that is over begins again. */
export function playToggled(playback: Playback): Playback {
  if (playback.playing) return { ...playback, playing: false }
  const over = playback.ended && playback.atUs >= playback.endUs
  return { ...playback, atUs: over ? 0 : playback.atUs, playing: playback.endUs > 0 || !playback.ended }
}

export function replayed(playback: Playback): Playback {
  return { ...playback, atUs: 0, playing: playback.endUs > 0 }
}

/** Everything that is known is shown at once: the end of the show. */
export function revealedAll(playback: Playback): Playback {
  return { ...playback, atUs: playback.endUs, revealedUs: playback.endUs, playing: playback.playing && !playback.ended }
}

/** A run that is over is shown whole: the last good one, when the next was rejected before it began. */
export function shownWhole(playback: Playback, endUs: number): Playback {
  return { ...AT_REST, speed: playback.speed, atUs: endUs, revealedUs: endUs, endUs, ended: true }
}

/** The run was stopped while it was shown: what was not revealed yet never happened for the reader, so it ends here. */
export function showStopped(playback: Playback): Playback {
  return { ...playback, playing: false, ended: true, endUs: playback.revealedUs }
}

export function speedChosen(playback: Playback, speed: number): Playback {
  return { ...playback, speed }
}

export function atOnceChosen(playback: Playback, atOnce: boolean): Playback {
  return { ...playback, atOnce }
}

/** The next faster or slower of `SPEEDS`. */
export function speedStepped(playback: Playback, direction: 1 | -1): Playback {
  const nearest = SPEEDS.reduce(
    (best, speed, i) => (Math.abs(speed - playback.speed) < Math.abs((SPEEDS[best] ?? 1) - playback.speed) ? i : best),
    0,
  )
  const now = playback.speed === INSTANT ? SPEEDS.length - 1 : nearest
  return { ...playback, speed: SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, now + direction))] ?? 1 }
}

export function windowChosen(playback: Playback, window: TimeWindow | null): Playback {
  return { ...playback, window }
}
