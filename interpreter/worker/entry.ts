// The worker: one run at a time, in slices, with messages read between them. It holds no clock of a run (virtual time is
// granted by the page), asks the page for live answers, and sends trace chunks as they fill. First it locks its realm
// down; nothing of a program has been loaded by then.
import type { Factory } from "../engine/link.ts"
import { languageEntry } from "../languages/index.ts"
import { composeCells } from "../session/document/notebook.ts"
import { evaluate } from "../session/evaluation.ts"
import type { Inspector } from "../session/inspection.ts"
import { type GoingRun, prepareRun, type RunPorts, rejectedReport } from "../session/run.ts"
import { programOf } from "../source/text.ts"
import type { TraceChunk } from "../trace/event.ts"
import { hostTurn, realMs } from "./host-turn.ts"
import { loadModule } from "./load-module.ts"
import { lockdown } from "./lockdown.ts"
import { type DedicatedWorkerScope, openPort } from "./port.ts"
import type { FromWorker, RunId, ToWorker } from "./protocol.ts"

/** Real milliseconds a run may compute before messages are read again (design: worker). */
const SLICE_MS = 10
/** Real milliseconds between two batches of trace while a run computes on. */
const BATCH_MS = 16

interface ActiveRun {
  readonly id: RunId
  run: GoingRun | null
  /** The page's grant of virtual time. */
  untilUs: number
  /** How far it may go while a live call is open. */
  liveUs: number
  stopWanted: boolean
  stopReason: string | undefined
  /** True while `work` is on its way; news only wakes it if it rests. */
  working: boolean
  lastBatchMs: number
}

const port = openPort(globalThis as unknown as DedicatedWorkerScope)
lockdown(globalThis)

let active: ActiveRun | null = null

function post(message: FromWorker, transfer: readonly Transferable[] = []): void {
  port.post(message, transfer)
}

const ports = (id: RunId): RunPorts => ({
  loadModule,
  loadFactory: async (text) => (await loadModule(`export default ${text}`)).default as Factory,
  outside: {
    ask: (call, request, atUs) => post({ type: "ask", run: id, call, request, atUs }),
    cancel: (call) => post({ type: "cancelCall", run: id, call }),
    recorded: (attempt) => post({ type: "recorded", run: id, attempt }),
  },
})

port.onMessage((message) => {
  handle(message).catch((problem: unknown) => crashed(problem))
})

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "ping":
      post({ type: "pong", id: message.id })
      return
    case "start":
      await start(message)
      return
    case "diagnose": {
      const language = await languageEntry(message.language)?.load()
      const program = programOf(message.language, message.path, message.text, message.files, message.cellStarts)
      post({ type: "diagnosed", id: message.id, diagnostics: language?.check(program) ?? [] })
      return
    }
    case "compose": {
      const language = await languageEntry(message.language)?.load()
      post({
        type: "composed",
        id: message.id,
        composition: language ? composeCells(language, message.path, message.cells, message.files) : null,
      })
      return
    }
    case "index":
    case "inspect":
      await inspect(message)
      return
    case "evaluate":
      await answerEvaluation(message)
      return
    case "giveUp":
      if (message.id === evaluating) evaluating = 0
      return
    case "advance":
      if (message.run !== active?.id) return
      active.untilUs = Math.max(active.untilUs, message.untilUs)
      active.liveUs = Math.max(active.liveUs, message.liveUs ?? 0)
      await work(active)
      return
    case "stop":
      if (message.run !== active?.id) return
      active.stopWanted = true
      active.stopReason = message.reason
      await work(active)
      return
    case "input":
      if (message.run !== active?.id) return
      active.run?.input(message.line)
      await work(active)
      return
    case "call": {
      const run = message.run === active?.id ? active.run : null
      if (!run || !active) return
      run.tell(message.call, message.stampUs, message.event)
      await work(active)
    }
  }
}

/** The newest question; older ones are given up. */
let question = 0
/** The question that the inspector works on. */
let inspecting = 0

/** Of a run beside the active one: it asks nobody outside. */
const quietPorts: RunPorts = { ...ports(-1 as RunId), outside: { ask() {}, cancel() {} } }

/** Begins a slice; answers whether it is over. */
function slice(): () => boolean {
  const endsMs = realMs() + SLICE_MS
  return () => realMs() > endsMs
}

/** Comes with the first question; null where it cannot be fetched. */
let inspector: Promise<Inspector | null> | null = null

async function makeInspector(): Promise<Inspector | null> {
  const module = await import("../session/inspection.ts").catch(() => null)
  const turn = async () => {
    await hostTurn()
    return inspecting !== question
  }
  return module && new module.Inspector(quietPorts, turn, slice)
}

/** The evaluation that somebody waits for; 0 for none. */
let evaluating = 0

async function answerEvaluation({ id, inputs }: ToWorker & { type: "evaluate" }): Promise<void> {
  evaluating = id
  const turn = async () => {
    await hostTurn()
    return evaluating !== id
  }
  const evaluation = await evaluate(inputs, quietPorts, { slice, turn })
  if (evaluating === id) evaluating = 0
  post({ type: "evaluated", id, evaluation })
}

/** Questions wait for each other, so that a given-up one has left before the next begins. */
let lastLook: Promise<unknown> = Promise.resolve()

async function inspect(message: ToWorker & { type: "index" | "inspect" }): Promise<void> {
  const mine = ++question
  const before = lastLook
  const look = (async () => {
    await before
    if (mine !== question) {
      post(
        message.type === "index"
          ? { type: "indexed", id: message.id, index: null }
          : { type: "inspected", id: message.id, inspection: null },
      )
      return
    }
    inspecting = mine
    await answerLook(message)
  })()
  lastLook = look.catch(() => {})
  await look
}

async function answerLook(message: ToWorker & { type: "index" | "inspect" }): Promise<void> {
  inspector ??= makeInspector()
  const looks = await inspector
  if (message.type === "inspect") {
    post({ type: "inspected", id: message.id, inspection: (await looks?.at(message.inputs, message.step)) ?? null })
    return
  }
  const index = (await looks?.index(message.inputs)) ?? null
  post(
    { type: "indexed", id: message.id, index },
    index ? ([index.sites.buffer, index.tasks.buffer, index.times.buffer, index.depths.buffer, index.events.buffer] as Transferable[]) : [],
  )
}

async function start(message: ToWorker & { type: "start" }): Promise<void> {
  active?.run?.stop("replaced by a newer run")
  const mine: ActiveRun = {
    id: message.run,
    run: null,
    untilUs: 0,
    liveUs: 0,
    stopWanted: false,
    stopReason: undefined,
    working: false,
    lastBatchMs: realMs(),
  }
  active = mine
  // Most runs are of one program; what lays several beside each other comes with the first that has them.
  const several = (message.inputs.beside?.length ?? 0) > 0
  const prepare = several ? (await import("../session/group.ts")).prepareGroup : prepareRun
  const prepared = await prepare(message.inputs, ports(message.run))
  // A newer run may have been started while this one was loaded.
  if (active !== mine) return
  const { diagnostics, sites } = prepared
  post({ type: "checked", run: mine.id, accepted: prepared.run !== null, diagnostics, sites })
  if (!prepared.run) {
    active = null
    post({ type: "ended", run: mine.id, report: rejectedReport(prepared.program, diagnostics) })
    return
  }
  mine.run = prepared.run
  await work(mine)
}

async function work(mine: ActiveRun): Promise<void> {
  if (mine.working || !mine.run) return
  mine.working = true
  const run = mine.run
  try {
    for (;;) {
      if (active !== mine) return
      if (mine.stopWanted) run.stop(mine.stopReason)
      const state = run.advance({
        // Asked anew whenever time is to pass: a call may have been opened meanwhile.
        get untilUs() {
          return run.hasOpenOperations ? Math.min(mine.untilUs, mine.liveUs) : mine.untilUs
        },
        expired: slice(),
      })
      if (state === "drain") {
        await hostTurn()
        await run.drained()
        continue
      }
      if (state === "more") {
        if (realMs() - mine.lastBatchMs > BATCH_MS) sendTrace(mine, run)
        await hostTurn()
        continue
      }
      sendTrace(mine, run)
      if (state === "ended") {
        active = null
        post({ type: "ended", run: mine.id, report: run.report() })
        return
      }
      const timeAhead = run.nextUs !== Number.POSITIVE_INFINITY
      post({ type: "waiting", run: mine.id, for: state === "input" ? "input" : timeAhead ? "time" : "calls", nowUs: run.nowUs })
      return
    }
  } finally {
    mine.working = false
  }
}

function sendTrace(mine: ActiveRun, run: GoingRun): void {
  mine.lastBatchMs = realMs()
  const chunks = run.flush()
  if (chunks.length === 0) return
  post({ type: "events", run: mine.id, chunks, nowUs: run.nowUs }, chunks.flatMap(buffersOf))
}

function buffersOf(chunk: TraceChunk): Transferable[] {
  return [chunk.times.buffer as ArrayBuffer, chunk.words.buffer as ArrayBuffer]
}

function crashed(problem: unknown): void {
  const run = active?.id ?? null
  active = null
  const text = problem instanceof Error ? `${problem.name}: ${problem.message}\n${problem.stack ?? ""}` : String(problem)
  post({ type: "crashed", run, message: text.slice(0, 4000) })
}

post({ type: "ready" })
