// The one client of the page, wired to the store, the browser's frames and timers, and the sandbox. Commands start and stop
// runs through here; nobody else posts to a worker.

import { EVERYDAY_DIALS } from "../../interpreter/models/index.ts"
import { DEFAULT_START_MS, type RunInputs } from "../../interpreter/session/inputs.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { liveModels, mayBegin, withChosenModels } from "../providers/live-runs.ts"
import { modelActions } from "../providers/models.ts"
import { isNotebook, type OpenDocument } from "../store/document.ts"
import { begunAt, isInstant, type Playback, playbackStarted } from "../store/playback.ts"
import { actions, app, runActions } from "../store/store.ts"
import { Client } from "./client.ts"
import { grantFor, startPacer } from "./pacer.ts"
import { openSandbox } from "./sandbox.ts"

/** News that the page needed longer than this to show: */
const CHEAP_NEWS_MS = 10
/** it then rests for so many times as long, so that reader and browser get their turns, */
const REST = 8
/** but never longer than this. */
const LONGEST_REST_MS = 250
let newsRestsUntilMs = 0

/** Frames stop in a background tab; news of a run must not wait for them. */
function onFrame(then: () => void): void {
  if (document.visibilityState !== "visible") {
    setTimeout(then, 50)
    return
  }
  // After the next frame, not in it: what the page does about the news is no part of a frame's work.
  const afterNextFrame = () => requestAnimationFrame(() => setTimeout(() => tell(then), 0))
  const restMs = newsRestsUntilMs - performance.now()
  if (restMs > 0) setTimeout(afterNextFrame, restMs)
  else afterNextFrame()
}

/** Tells the news, and finds out how long the page works on it: now, and in the frame that shows it. */
function tell(then: () => void): void {
  const startMs = performance.now()
  then()
  const workMs = performance.now() - startMs
  requestAnimationFrame(() => {
    const frameMs = performance.now()
    setTimeout(() => {
      const nowMs = performance.now()
      const costMs = workMs + nowMs - frameMs
      newsRestsUntilMs = costMs > CHEAP_NEWS_MS ? nowMs + Math.min(LONGEST_REST_MS, costMs * REST) : 0
    }, 0)
  })
}

const client: Client = new Client({
  open: openSandbox,
  news: { started: runActions.start, changed: runActions.change, sandbox: runActions.sandbox },
  after: (ms, then) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
  onFrame,
  nowMs: () => performance.now(),
  hidden: () => document.visibilityState !== "visible",
  live: liveModels<RunId>({
    tell: (run, call, stampUs, event) => client.tellLive(run, call, stampUs, event),
    passTime: (run, liveUs) => client.passLiveTime(run, liveUs),
    stop: (reason) => client.stop(reason),
    keep: (cassette) => {
      const { id } = app.getState().document
      void import("../providers/recordings.ts").then(({ keepRecording }) => keepRecording(id, cassette))
    },
  }),
})

modelActions.load()
// Another document begins simulated: no link and no document chooses who is asked.
app.subscribe(
  (state) => state.document,
  (open, before) => {
    if (open.id !== before.id || (open.replaced !== before.replaced && !open.edited)) modelActions.documentOpened()
    // The run of another document says nothing about this one.
    if (open.id !== before.id && open.text !== before.text) {
      const { current } = app.getState().runs
      if (current && current.state !== "ended") client.stop()
      if (app.getState().runs.current !== null) runActions.clear()
    }
  },
)

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
  return playback.playing && isInstant(playback) ? grantFor(playback) : 0
}

/** The closed list of what decides a run of this document. */
export function inputsOfDocument(document: OpenDocument): RunInputs {
  return {
    language: document.language,
    entry: { path: document.path, text: document.text },
    files: document.files,
    seed: document.seed,
    schedule: "fifo",
    model: { rules: document.rules, otherwise: "responder", dials: document.dials ?? EVERYDAY_DIALS, live: false },
    limits: {},
    maxParallel: document.maxParallel,
    ...(document.maxRetries !== undefined && { maxRetries: document.maxRetries }),
    startMs: DEFAULT_START_MS,
    variables: document.variables ?? {},
    inputLines: [],
    inputOpen: true,
    allowTs: true,
    wantValue: false,
    sequential: false,
    hooks: false,
  }
}

let runNotebook: (() => Promise<void>) | null = null
/** A notebook was to be run before its part of the page was there. */
let notebookWanted = false

/** Who runs the cells when a notebook is open (src/notebook, which comes with the first one). */
export function runNotebooksBy(run: () => Promise<void>): void {
  runNotebook = run
  if (notebookWanted) void run()
  notebookWanted = false
}

/** Where the next run begins for the eyes of a reader who has seen what was before. */
let nextBegins = { us: 0, of: (_document: OpenDocument): boolean => false }

/** The next run, if it is one of such a document, is shown from `us` (microseconds of virtual time) on; what comes before, at once. */
export function beginNextRunAt(us: number, of: (document: OpenDocument) => boolean): void {
  nextBegins = { us, of }
}

/**
 * Runs the open document from its beginning; a run that still goes on is stopped. The first run of a document that asks a
 * real model waits for the reader's word (src/providers). `limits`: those that are not the usual ones; a notebook has none.
 * Done when the run has begun, or when it is sure that none begins.
 */
export async function startRun(limits: RunInputs["limits"] = {}): Promise<void> {
  const { document, playback } = app.getState()
  if (isNotebook(document.path)) {
    if (runNotebook) await runNotebook()
    else notebookWanted = true
    return
  }
  if (!mayBegin(document.id)) return
  const fromUs = nextBegins.of(document) ? nextBegins.us : 0
  beginNextRunAt(0, () => false)
  const begun = begunAt(playbackStarted(playback), fromUs)
  client.start({ ...withChosenModels(inputsOfDocument(document)), limits }, document.version, grantFor(begun))
  actions.beginAt(fromUs)
}

export const stopRun = (): void => client.stop()
export const sendInput = (line: string | null): void => client.input(line)
export const warmSandbox = (): void => client.warm()
/** Runs the open Jade program as the console does: async functions one at a time. */
export function startSequentialRun(): void {
  const { document, playback } = app.getState()
  if (document.language !== "jade" || isNotebook(document.path) || !mayBegin(document.id)) return
  const inputs = { ...withChosenModels(inputsOfDocument(document)), sequential: true }
  client.start(inputs, document.version, grantFor(playbackStarted(playback)))
}

/** Runs these inputs in place of the open document's own. What happens before `fromUs` has been seen and is shown at once. */
export function startInputs(inputs: RunInputs, fromUs = 0): RunId {
  const { document, playback } = app.getState()
  const run = client.start(inputs, document.version, grantFor(begunAt(playbackStarted(playback), fromUs)))
  actions.beginAt(fromUs)
  return run
}

export const composeProgram = (...question: Parameters<Client["compose"]>) => client.compose(...question)
export const indexSteps = (inputs: RunInputs) => client.index(inputs)
export const inspectStep = (inputs: RunInputs, step: number) => client.inspect(inputs, step)
export const evaluateInputs = (inputs: RunInputs) => client.evaluate(inputs)
export const giveUpEvaluation = (): void => client.giveUpEvaluation()
export const diagnose = (document: OpenDocument) =>
  client.diagnose({ language: document.language, path: document.path, text: document.text, files: document.files, cellStarts: [] })
export const diagnoseCells = (...question: Parameters<Client["diagnose"]>) => client.diagnose(...question)
