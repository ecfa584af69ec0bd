// The timeline alone, with a trace that no program made: what the benchmark drives and what the grammar is looked at with.
// `#gallery` shows every form of the legend; `#random-TASKS-EVENTS` a generated run, arriving in batches as a worker's
// would. Development only: the built page does not contain it.
import { createRoot } from "react-dom/client"
import { DEFAULT_START_MS, type RunInputs } from "../../../interpreter/session/inputs.ts"
import { randomTrace } from "../../../interpreter/trace/random-trace.ts"
import { Trace } from "../../../interpreter/trace/trace.ts"
import type { RunId, RunReport } from "../../../interpreter/worker/protocol.ts"
import { Intake } from "../../client/intake.ts"
import { actions, app, runActions } from "../../store/store.ts"
import { badTrace } from "../bad-traces.ts"
import { galleryTrace } from "../gallery.ts"
import { Timeline } from "../Timeline.tsx"
import { fitted, Scale } from "../time-scale.ts"

const INPUTS: RunInputs = {
  language: "vibe",
  entry: { path: "main.vibe", text: "" },
  files: {},
  seed: 7,
  schedule: "fifo",
  model: { rules: [], otherwise: "responder", dials: {} as RunInputs["model"]["dials"], live: false },
  limits: {},
  maxParallel: 6,
  startMs: DEFAULT_START_MS,
  variables: {},
  inputLines: [],
  inputOpen: false,
  allowTs: false,
  wantValue: false,
  sequential: false,
  hooks: false,
}

const report = (virtualUs: number): RunReport => ({
  outcome: "done",
  message: "",
  fault: null,
  deadlock: null,
  virtualUs,
  steps: 0,
  schedule: "",
  value: null,
})

let runs = 0

/** Shows a trace as a run that is over. `batchMs` above 0: its chunks arrive one by one, that far apart, as from a worker. */
async function show(trace: Trace, batchMs = 0): Promise<void> {
  const id = ++runs as RunId
  const shown = new Trace(trace.sites)
  runActions.start(id, INPUTS, 0)
  actions.chooseSpeed(Number.POSITIVE_INFINITY)
  runActions.change(id, () => ({ trace: shown }))
  let frame = 0
  let grownUs = 0
  const intake = new Intake({
    nowMs: () => performance.now(),
    hidden: () => false,
    soon: (then) => setTimeout(then, 0),
    trace: () => shown,
    // The store hears of it once a frame, as from the client.
    grew: (nowUs) => {
      grownUs = nowUs
      frame ||= requestAnimationFrame(() => {
        frame = 0
        runActions.change(id, () => ({ state: "running", nowUs: grownUs }))
      })
    },
    apply: () => {
      cancelAnimationFrame(frame)
      runActions.change(id, () => ({ state: "ended", nowUs: grownUs, report: report(grownUs) }))
      actions.revealAll()
    },
  })
  for (const chunk of trace.chunks) {
    intake.take({ type: "events", run: id, chunks: [chunk], nowUs: chunk.times[chunk.count - 1] ?? 0 })
    if (batchMs > 0) await new Promise((resolve) => setTimeout(resolve, batchMs))
  }
  intake.take({ type: "ended", run: id, report: report(0) })
  while (app.getState().runs.current?.state !== "ended") await new Promise((resolve) => setTimeout(resolve, 5))
}

function traceFor(name: string): Trace {
  const random = /^random-(\d+)-(\d+)$/.exec(name)
  if (random) {
    const tasks = Number(random[1])
    const chunks = Math.max(1, Math.round(Number(random[2]) / tasks / 1.1))
    return randomTrace({ seed: 7, tasks, deeds: 14, longestUs: 2_000_000, chunks }).trace()
  }
  return name === "" || name === "gallery" ? galleryTrace() : badTrace(name)
}

/** Where a stretch of the shown run lies on the screen while all of it is shown: pixels from the left of the page. */
function across(fromMs: number, toMs: number): { readonly left: number; readonly right: number } {
  const box = document.querySelector(".timeline-lanes")?.getBoundingClientRect()
  const whole = fitted(app.getState().playback.endUs, box?.width)
  const scale = new Scale(whole.from, whole.to, box?.width ?? 0)
  return { left: (box?.left ?? 0) + scale.x(fromMs * 1000), right: (box?.left ?? 0) + scale.x(toMs * 1000) }
}

declare global {
  interface Window {
    timelineBench: { show: typeof show; traceFor: typeof traceFor; across: typeof across; app: typeof app; actions: typeof actions }
  }
}
window.timelineBench = { show, traceFor, across, app, actions }

const root = document.getElementById("root")
if (root) {
  root.style.cssText = "position:absolute;inset:0"
  createRoot(root).render(<Timeline />)
}
const name = location.hash.slice(1)
if (name !== "none") void show(traceFor(name))
