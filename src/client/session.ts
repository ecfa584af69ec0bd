// The one client of the page, wired to the store, the browser's frames and timers, and the sandbox. Commands start and stop
// runs through here; nobody else posts to a worker.
import { DEFAULT_START_MS, type RunInputs } from "../../interpreter/session/inputs.ts"
import type { OpenDocument } from "../store/document.ts"
import { type Playback, playbackStarted } from "../store/playback.ts"
import { actions, app, runActions } from "../store/store.ts"
import { Client } from "./client.ts"
import { grantFor, startPacer } from "./pacer.ts"
import { openSandbox } from "./sandbox.ts"

/** How the simulated model answers where a document's script says nothing: about 0.8 s, different for each call. */
const DIALS = {
  latencyMs: 800,
  jitter: 0.4,
  firstTokenShare: 0.4,
  tokensPerSecond: 0,
  requestsPerMinute: 0,
  tokensPerMinute: 0,
  failureShare: 0,
  cutShare: 0,
  timeoutShare: 0,
  timeoutMs: 60_000,
  refusalShare: 0,
  wrongTypeShare: 0,
}

/** Frames stop in a background tab; news of a run must not wait for them. */
function onFrame(then: () => void): void {
  if (document.visibilityState === "visible") requestAnimationFrame(then)
  else setTimeout(then, 50)
}

const client = new Client({
  open: openSandbox,
  news: { started: runActions.start, changed: runActions.change, sandbox: runActions.sandbox },
  after: (ms, then) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
  onFrame,
})

export const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches

const pacer = startPacer({
  read: () => app.getState().playback,
  pass: actions.passTime,
  grant: (untilUs) => client.advance(untilUs),
  granted: () => client.granted,
  nextFrame: (then) => requestAnimationFrame(then),
  reducedMotion,
})

app.subscribe(
  (state) => state.playback.playing,
  (playing) => {
    if (playing) pacer.wake()
  },
)
app.subscribe(
  (state) => state.playback,
  (playback) => client.advance(grantIfPlaying(playback)),
)

/** Instant speed grants at once; otherwise the pacer does, frame by frame. */
function grantIfPlaying(playback: Playback): number {
  return playback.playing && playback.speed === Number.POSITIVE_INFINITY ? grantFor(playback) : 0
}

/** The closed list of what decides a run of this document. */
export function inputsOfDocument(document: OpenDocument): RunInputs {
  return {
    language: document.language,
    entry: { path: document.path, text: document.text },
    files: document.files,
    seed: document.seed,
    schedule: "fifo",
    model: { rules: document.rules, otherwise: "responder", dials: DIALS, live: false },
    limits: {},
    maxParallel: document.maxParallel,
    startMs: DEFAULT_START_MS,
    variables: {},
    inputLines: [],
    inputOpen: true,
    allowTs: true,
    wantValue: false,
    sequential: false,
    hooks: false,
  }
}

/** Runs the open document from its beginning; a run that still goes on is stopped. */
export function startRun(): void {
  const { document, playback } = app.getState()
  client.start(inputsOfDocument(document), document.version, grantFor(playbackStarted(playback)))
}

export const stopRun = (): void => client.stop()
export const sendInput = (line: string | null): void => client.input(line)
export const warmSandbox = (): void => client.warm()
export const diagnose = (document: OpenDocument) =>
  client.diagnose({ language: document.language, path: document.path, text: document.text, files: document.files })
