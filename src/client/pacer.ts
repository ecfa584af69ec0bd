// Lets virtual time pass as real time does: moves the playhead while it plays, and grants the worker time ahead of it. The
// worker may be `LEAD_MS` of the reader's time ahead, so that the text of an answer is there while its tokens arrive on
// screen; a program that sleeps for ever does not run away further than that. The machine's clock is read here and nowhere
// else on the page, and never by a run.
import { isInstant, type Playback } from "../store/playback.ts"

export const LEAD_MS = 30_000
/** A frame that took longer (the tab was in the background) counts as this much: virtual time waited. */
const LONGEST_FRAME_MS = 100
/** With reduced motion the picture moves four times a second. */
const REDUCED_STEP_MS = 250

/** How far the worker may go: at least `LEAD_MS` of the reader's time ahead of the playhead; without end if nobody watches time. */
export function grantFor(playback: Playback): number {
  if (isInstant(playback)) return Number.POSITIVE_INFINITY
  return Math.ceil(playback.revealedUs + LEAD_MS * 1000 * Math.max(1, playback.speed))
}

/** A new grant is worth a message only when half of the lead is used up. */
export function needsGrant(playback: Playback, grantedUs: number): boolean {
  return grantFor(playback) - grantedUs > (LEAD_MS * 1000 * Math.max(1, playback.speed)) / 2
}

export interface PacerSurroundings {
  readonly read: () => Playback
  readonly pass: (elapsedMs: number) => void
  readonly grant: (untilUs: number) => void
  readonly granted: () => number
  readonly nextFrame: (then: (nowMs: number) => void) => void
  readonly reducedMotion: () => boolean
}

/** Starts the loop; it rests while nothing plays and is woken by `wake`. */
export function startPacer(around: PacerSurroundings): { wake(): void } {
  let running = false
  let lastMs = -1
  let savedMs = 0
  const frame = (nowMs: number) => {
    const playback = around.read()
    if (!playback.playing) {
      running = false
      lastMs = -1
      savedMs = 0
      return
    }
    savedMs += lastMs < 0 ? 0 : Math.min(LONGEST_FRAME_MS, Math.max(0, nowMs - lastMs))
    lastMs = nowMs
    if (savedMs >= (around.reducedMotion() ? REDUCED_STEP_MS : 0)) {
      around.pass(savedMs)
      savedMs = 0
    }
    const after = around.read()
    if (needsGrant(after, around.granted())) around.grant(grantFor(after))
    around.nextFrame(frame)
  }
  return {
    wake() {
      if (running) return
      running = true
      around.nextFrame(frame)
    },
  }
}
