// The page's end of the worker protocol. Starts, stops and replaces the sandbox; checks every message and drops the late
// ones, here and nowhere else: a message counts only if it is of the run that is current. What is left changes the store
// through `News`. It reads no clock but those it is given, so tests give it theirs.
//
// Stop always works: a run that does not end within 300 ms of being asked loses its sandbox, and a new one is opened.
import type { RecordedAttempt } from "../../interpreter/models/cassette.ts"
import type { LiveEvent, ModelRequest } from "../../interpreter/models/request.ts"
import type { CellSource, Composition } from "../../interpreter/session/document/notebook.ts"
import type { Evaluation } from "../../interpreter/session/evaluation.ts"
import { limitsOf, type RunInputs } from "../../interpreter/session/inputs.ts"
import { typedLinesIn } from "../../interpreter/session/recording.ts"
import type { Inspection, StepIndex } from "../../interpreter/session/step-index.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import type { RunId, RunReport } from "../../interpreter/worker/protocol.ts"
import type { RunRecord, SandboxState } from "../store/runs.ts"
import { Intake, type RunMessage } from "./intake.ts"
import { MessageMeter } from "./meter.ts"
import type { OpenSandbox, SandboxPort } from "./port.ts"
import { Questions } from "./questions.ts"
import { type CallReaders, fromWorker, runId } from "./validate.ts"

export const STOP_WITHIN_MS = 300

/** What the client tells the rest of the page. */
export interface News {
  started(id: RunId, inputs: RunInputs, documentVersion: number): void
  changed(id: RunId, change: (run: RunRecord) => Partial<RunRecord>): void
  sandbox(state: SandboxState): void
}

/** Who answers live model calls: src/providers. What comes from the sandbox has been checked. */
export interface LiveModels extends CallReaders {
  asked(run: RunId, call: number, request: ModelRequest, atUs: number): void
  cancelled(run: RunId, call: number): void
  /** An attempt that a real model answered, now or in a recording, is over. */
  recorded(run: RunId, attempt: RecordedAttempt): void
  /** The run is over, or the page lost interest in it: nothing is asked for it any more. Gives the inputs that replay it. */
  ended(run: RunId, inputs: RunInputs, trace: Trace): RunInputs
}

export interface Surroundings {
  readonly open: OpenSandbox
  readonly news: News
  /** Calls back after so many milliseconds; answers a way to take it back. */
  readonly after: (ms: number, then: () => void) => () => void
  /** Milliseconds that never go back: for how much a sandbox says, and how long it is listened to at a time. */
  readonly nowMs: () => number
  /** Calls back when the page next draws; many calls before that make one. */
  readonly onFrame: (then: () => void) => void
  /** Nobody sees the page now. */
  readonly hidden?: () => boolean
  /** Without it a live call fails at once. */
  readonly live?: LiveModels
}

interface ActiveRun {
  readonly id: RunId
  readonly inputs: RunInputs
  trace: Trace
  nowUs: number
  waitingFor: RunRecord["waitingFor"]
  /** Something arrived that the store does not know yet. */
  dirty: boolean
}

export class Client {
  private port: SandboxPort | null = null
  private opening = false
  private active: ActiveRun | null = null
  /** A run that waits for the sandbox to be open, or for the previous run to go. Only the newest is kept. */
  private next: { id: RunId; inputs: RunInputs } | null = null
  private grantedUs = 0
  private cancelDeadline: (() => void) | null = null
  private lastId = 0
  private failures = 0
  private readonly questions = new Questions()
  /** Called once the sandbox was opened, or could not be. */
  private readonly afterOpening: (() => void)[] = []
  /** Takes back the deadline of an evaluation that was given up. */
  private cancelEvaluationDeadline: (() => void) | null = null
  private readonly meter: MessageMeter

  private readonly intake: Intake

  constructor(private readonly around: Surroundings) {
    this.meter = new MessageMeter(around.nowMs)
    this.intake = new Intake({
      nowMs: around.nowMs,
      hidden: around.hidden ?? (() => false),
      soon: (then) => around.after(0, then),
      trace: () => this.active?.trace ?? new Trace(),
      grew: (nowUs) => {
        const run = this.active
        if (!run) return
        run.nowUs = nowUs
        this.touch(run)
      },
      apply: (message) => {
        if (this.active?.id === message.run) this.apply(this.active, message)
      },
    })
  }

  /** Opens the sandbox ahead of the first run. */
  warm(): void {
    if (this.port || this.opening) return
    this.opening = true
    this.around.news.sandbox("loading")
    this.around.open().then(
      (port) => {
        this.opening = false
        this.port = port
        this.failures = 0
        port.onMessage((message) => {
          if (this.port === port) this.receive(message)
        })
        port.onClose((reason) => {
          if (this.port === port) this.lost(reason)
        })
        this.around.news.sandbox("ready")
        this.sendNext()
        for (const then of this.afterOpening.splice(0)) then()
      },
      (reason: unknown) => {
        this.opening = false
        this.failures++
        this.around.news.sandbox("lost")
        this.next = null
        for (const then of this.afterOpening.splice(0)) then()
        if (this.active) this.crash(`The sandbox could not be opened: ${reason instanceof Error ? reason.message : String(reason)}`)
      },
    )
  }

  /** Starts a run; one that still goes on is stopped first. Virtual time is granted up to `untilUs`. */
  start(inputs: RunInputs, documentVersion: number, untilUs: number): RunId {
    const before = this.active
    const id = runId(++this.lastId)
    if (before) this.around.live?.ended(before.id, before.inputs, before.trace)
    this.active = { id, inputs, trace: new Trace(), nowUs: 0, waitingFor: null, dirty: false }
    this.intake.clear()
    this.next = { id, inputs }
    this.grantedUs = untilUs
    this.around.news.started(id, inputs, documentVersion)
    if (before && this.port) {
      // The previous run is dropped from here on, but the worker must let go of it before it takes the next.
      this.port.post({ type: "stop", run: before.id })
      this.armDeadline()
      this.port.post({ type: "ping", id })
    } else this.sendNext()
    return id
  }

  /** Asks the current run to stop; it has 300 ms. `reason`: why, where it was not the reader. */
  stop(reason?: string): void {
    const run = this.active
    if (!run) return
    if (!this.port || this.next) {
      this.next = null
      this.endHere(run, "stopped before it began")
      return
    }
    this.around.news.changed(run.id, () => ({ state: "stopping" }))
    // It has ended already, and the page is about to hear of it.
    if (this.intake.over) return
    this.port.post(reason === undefined ? { type: "stop", run: run.id } : { type: "stop", run: run.id, reason })
    this.armDeadline()
  }

  /** Virtual time of the current run may pass up to `untilUs`; never less than it was. */
  advance(untilUs: number): void {
    if (!this.active || untilUs <= this.grantedUs) return
    this.grantedUs = untilUs
    if (!this.next) this.port?.post({ type: "advance", run: this.active.id, untilUs })
  }

  /** News of a live call of the run, stamped in virtual microseconds. */
  tellLive(run: RunId, call: number, stampUs: number, event: LiveEvent): void {
    if (this.active?.id === run && !this.next) this.port?.post({ type: "call", run, call, stampUs, event })
  }

  /** Virtual time while a live call is open: it goes as real time does. */
  passLiveTime(run: RunId, liveUs: number): void {
    if (this.active?.id === run && !this.next) this.port?.post({ type: "advance", run, untilUs: this.grantedUs, liveUs })
  }

  /** A line that the reader typed for the current run; null ends the input. */
  input(line: string | null): void {
    const run = this.active
    if (!run || !this.port || this.next) return
    run.waitingFor = null
    this.around.news.changed(run.id, () => ({ waitingFor: null }))
    this.port.post({ type: "input", run: run.id, line })
  }

  /** What is wrong with a text; null where a newer question or a lost sandbox came between. */
  diagnose(program: {
    language: string
    path: string
    text: string
    files: Readonly<Record<string, string>>
    cellStarts: readonly number[]
  }): Promise<readonly Diagnostic[] | null> {
    return this.questions.ask("diagnosed", this.port, (id) => ({ type: "diagnose", id, ...program }))
  }

  /** All steps of a run with these inputs; null where it has none, a newer question came, or the sandbox was lost. */
  index(inputs: RunInputs): Promise<StepIndex | null> {
    return this.questions.ask("indexed", this.port, (id) => ({ type: "index", id, inputs }))
  }

  /** The state at a step (from 1) of a run with these inputs; null as for `index`. */
  inspect(inputs: RunInputs, step: number): Promise<Inspection | null> {
    return this.questions.ask("inspected", this.port, (id) => ({ type: "inspect", id, inputs, step }))
  }

  /** Cells of a notebook as one program; null as for `index`. */
  compose(
    language: string,
    path: string,
    cells: readonly CellSource[],
    files: Readonly<Record<string, string>>,
  ): Promise<Composition | null> {
    return this.questions.ask("composed", this.port, (id) => ({ type: "compose", id, language, path, cells, files }))
  }

  /** What comes out of these inputs, run to their end beside the run that goes on; null as for `index`, or given up. */
  async evaluate(inputs: RunInputs): Promise<Evaluation | null> {
    // An entry typed while the sandbox opens, or opens again, waits for it.
    if (!this.port)
      await new Promise<void>((then) => {
        this.afterOpening.push(then)
        this.warm()
      })
    return this.questions.ask("evaluated", this.port, (id) => ({ type: "evaluate", id, inputs }))
  }

  /** Nobody wants the evaluation any more: its question is answered with null. It has 300 ms, then its sandbox is replaced. */
  giveUpEvaluation(): void {
    const id = this.questions.idOf("evaluated")
    if (id === 0 || !this.port) return
    this.port.post({ type: "giveUp", id })
    this.cancelEvaluationDeadline ??= this.around.after(STOP_WITHIN_MS, () => {
      this.cancelEvaluationDeadline = null
      const run = this.active
      const waits = this.next !== null
      this.replace()
      if (run && !waits) this.endHere(run, "stopped: the console's entry did not stop, so the sandbox was replaced")
    })
  }

  private disarmEvaluation(): void {
    this.cancelEvaluationDeadline?.()
    this.cancelEvaluationDeadline = null
  }

  get granted(): number {
    return this.grantedUs
  }

  private sendNext(): void {
    if (!this.port) {
      if (this.next) this.warm()
      return
    }
    const next = this.next
    if (!next) return
    this.next = null
    this.meter.begin(limitsOf(next.inputs))
    this.port.post({ type: "start", run: next.id, inputs: next.inputs })
    this.port.post({ type: "advance", run: next.id, untilUs: this.grantedUs })
  }

  private receive(value: unknown): void {
    const tooMuch = this.meter.arrived()
    if (tooMuch) {
      this.silence(tooMuch)
      return
    }
    const message = fromWorker(value, this.around.live)
    if (!message) return
    if (message.type === "ready") return
    if (message.type === "pong") {
      if (this.next && message.id === this.next.id) {
        this.disarm()
        this.sendNext()
      }
      return
    }
    if (message.type === "evaluated" && message.id === this.questions.idOf("evaluated")) this.disarmEvaluation()
    if (this.questions.take(message)) return
    if (message.type === "crashed") {
      if (message.run !== null && message.run !== this.active?.id) return
      this.replace()
      this.crash(message.message)
      return
    }
    const run = this.active
    if (!("run" in message) || message.run !== run?.id || this.next) return
    const wrong = this.meter.read(message)
    if (wrong) {
      this.silence(wrong)
      return
    }
    // The worker answered, even if what it said before is still being taken in.
    if (message.type === "ended") this.disarm()
    this.intake.take(message)
  }

  /** The sandbox says more than it may, or what cannot be: it is thrown away, and what the run has shown so far stays. */
  private silence(reason: string): void {
    const run = this.active
    const waits = this.next !== null
    this.replace()
    if (run && !waits) this.endHere(run, `stopped: the program's sandbox was replaced, for ${reason}`)
  }

  private apply(run: ActiveRun, message: Exclude<RunMessage, { type: "events" }>): void {
    switch (message.type) {
      case "checked":
        run.trace = new Trace(message.sites)
        this.around.news.changed(run.id, () => ({ state: "running", diagnostics: message.diagnostics, trace: run.trace }))
        break
      case "waiting":
        run.nowUs = message.nowUs
        run.waitingFor = message.for
        this.touch(run)
        break
      case "ended":
        this.finish(run, message.report)
        break
      case "ask":
        // A run that was not started live asks nobody, whatever its worker says.
        if (this.around.live && run.inputs.model.live) this.around.live.asked(run.id, message.call, message.request, message.atUs)
        else {
          const failure = { status: 0, message: "no model is connected", retryAfterMs: -1, partial: "" }
          this.tellLive(run.id, message.call, message.atUs + 1, { kind: "failed", failure })
        }
        break
      case "cancelCall":
        this.around.live?.cancelled(run.id, message.call)
        break
      case "recorded":
        if (run.inputs.model.live || run.inputs.cassette) this.around.live?.recorded(run.id, message.attempt)
        break
    }
  }

  /** Tells the store once a frame, however often news comes. */
  private touch(run: ActiveRun): void {
    if (run.dirty) return
    run.dirty = true
    this.around.onFrame(() => {
      if (!run.dirty || this.active !== run) return
      run.dirty = false
      const { nowUs, waitingFor } = run
      this.around.news.changed(run.id, () => ({ nowUs, waitingFor }))
    })
  }

  private finish(run: ActiveRun, report: RunReport): void {
    run.dirty = false
    this.active = null
    // A run becomes a value by the time it ends: from here on its inputs are those of its replay.
    const replay = this.around.live?.ended(run.id, run.inputs, run.trace) ?? run.inputs
    const inputs = replay.inputOpen ? { ...replay, typedLines: typedLinesIn(run.trace, replay), inputOpen: false } : replay
    this.around.news.changed(run.id, () => ({ state: "ended", nowUs: report.virtualUs, waitingFor: null, report, inputs }))
  }

  /** Ends the run by our own word, where the worker gives none. */
  private endHere(run: ActiveRun, message: string, crash = ""): void {
    this.intake.finish()
    // Its own end may have been among what waited.
    if (this.active !== run) return
    if (crash) this.around.news.changed(run.id, () => ({ crash }))
    this.finish(run, ownReport(run, message))
  }

  private armDeadline(): void {
    this.disarm()
    this.cancelDeadline = this.around.after(STOP_WITHIN_MS, () => {
      this.cancelDeadline = null
      const run = this.active
      const restart = this.next !== null
      this.replace()
      if (run && !restart) this.endHere(run, "stopped: the program did not answer, so its sandbox was replaced")
    })
  }

  private disarm(): void {
    this.cancelDeadline?.()
    this.cancelDeadline = null
  }

  /** Throws the sandbox away and opens a new one; a run that waits for it is started there. */
  private replace(): void {
    this.disarm()
    this.port?.dispose()
    this.port = null
    this.disarmEvaluation()
    this.questions.dropAll()
    // A sandbox that fails at once again and again is not opened for ever; the next run tries once more.
    if (this.failures < 3 || this.next) this.warm()
  }

  private lost(reason: string): void {
    this.failures++
    this.port = null
    this.disarmEvaluation()
    this.questions.dropAll()
    this.disarm()
    this.around.news.sandbox("lost")
    const run = this.active
    if (run && !this.next) this.endHere(run, "the sandbox was closed", reason)
    if (this.failures < 3) this.warm()
  }

  private crash(message: string): void {
    const run = this.active
    if (run) this.endHere(run, "stopped by an error of ours", message)
  }
}

/** A report in our words, where the worker has none. */
function ownReport(run: ActiveRun, message: string): RunReport {
  return { outcome: "stopped", message, fault: null, deadlock: null, virtualUs: run.nowUs, steps: 0, schedule: "", value: null }
}
