// One run: inputs in, trace out. The only place that wires the rooms together: a language compiles the program, the
// engine emits and links it, the kernel runs it, models answer. The worker and the command line drive it (`advance`,
// again and again); it owns no clock and waits for nothing itself.
import { emitProgram, globalKey } from "../engine/emit.ts"
import { type Factory, link } from "../engine/link.ts"
import { Machine } from "../engine/machine.ts"
import { type Chooser, FifoChooser, printSchedule, ReplayChooser, ShuffleChooser } from "../kernel/chooser.ts"
import { Kernel, type RunBudget, type RunState } from "../kernel/kernel.ts"
import { LimitReached } from "../kernel/limits.ts"
import type { Outcome } from "../kernel/outcome.ts"
import { RandomStream } from "../kernel/random.ts"
import { SUSPENDED, type Suspended, type Task } from "../kernel/task.ts"
import type { Host, VirtualFiles } from "../languages/host.ts"
import { languageEntry } from "../languages/index.ts"
import type { CompiledUnit, Language, Runtime } from "../languages/language.ts"
import { type Answerer, Calls, type Outside } from "../models/calls.ts"
import type { LiveEvent } from "../models/request.ts"
import { type Diagnostic, positionOf } from "../source/diagnostic.ts"
import { fileOf, type Program, programOf, type Range } from "../source/text.ts"
import { Kind, type OutcomeName, type TraceChunk } from "../trace/event.ts"
import { Recorder } from "../trace/recorder.ts"
import { answererOf, loadResponder } from "./answerer.ts"
import { limitsOf, type RunInputs } from "./inputs.ts"
import type { RunReport } from "./report.ts"

/** A run that goes on, to whoever drives it: one program, or several of one document (group.ts). */
export interface GoingRun {
  /** The virtual clock, in microseconds. */
  readonly nowUs: number
  /** The next instant at which it could go on by itself; infinity if only the outside can bring that about. */
  readonly nextUs: number
  /** Somebody outside was asked and has not answered. */
  readonly hasOpenOperations: boolean
  advance(budget: RunBudget): RunState
  /** To be awaited after a "drain", when the host's promises have had their turn and before `advance` is called again. */
  drained(): Promise<void>
  input(line: string | null): void
  tell(call: number, stampUs: number, event: LiveEvent): void
  stop(message?: string): void
  flush(): TraceChunk[]
  report(): RunReport
}

/** What the surroundings lend a run. */
export interface RunPorts {
  /** Turns emitted text (the expression of a factory) into the factory. */
  loadFactory(text: string): Promise<Factory>
  /** See `Host.loadModule`. */
  loadModule(text: string): Promise<Record<string, unknown>>
  /** Who answers live calls. */
  readonly outside: Outside
}

/** A program that was checked, and its run if it may run. */
export interface PreparedRun {
  readonly program: Program
  readonly diagnostics: readonly Diagnostic[]
  readonly sites: readonly Range[]
  /** null: rejected. */
  readonly run: Run | null
}

/** Thrown for inputs that no run can be made of (an unknown language); the message is for the user. */
export class BadInputs extends Error {}

/** A machine for linking alone. */
const IDLE = {} as Machine

const UNPACED: RunBudget = { untilUs: Number.POSITIVE_INFINITY, expired: () => false }

let emitted = 0

/** A program that is compiled and loaded: any number of runs can begin from it (exploring schedules does). */
export interface LoadedProgram {
  readonly program: Program
  readonly diagnostics: readonly Diagnostic[]
  readonly sites: readonly Range[]
  /** A run of it with these inputs, whose program must be the same; `chooser` and `answerer` instead of those the inputs name. null: rejected. */
  readonly begin: ((inputs: RunInputs, chooser?: Chooser, answerer?: Answerer) => Run) | null
}

export async function loadProgram(inputs: RunInputs, ports: RunPorts): Promise<LoadedProgram> {
  const entry = languageEntry(inputs.language)
  if (!entry) throw new BadInputs(`unknown language "${inputs.language}": the languages are vibe, jade and ard`)
  const language = await entry.load()
  const program = programOf(inputs.language, inputs.entry.path, inputs.entry.text, inputs.files, inputs.entry.cellStarts)
  try {
    const { diagnostics, unit } = language.compile(program, { wantValue: inputs.wantValue })
    if (!unit) return { program, diagnostics, sites: [], begin: null }
    // A unique comment: equal texts loaded again in one isolate share type feedback and get slower (design: engine, traps).
    const text = `${emitProgram(unit.ir, { hooks: inputs.hooks })}/*${emitted++}*/`
    const factory = await ports.loadFactory(text)
    // Hosts read the inside of a function when it is called: too much of it must show here, not when a run begins.
    link(factory, {}, IDLE)
    return {
      program,
      diagnostics,
      sites: unit.sites.ranges,
      begin: (given, chooser, answerer) => new Run(given, program, language, unit, factory, ports, chooser, answerer),
    }
  } catch (problem) {
    // The host's stack: a chain of alternatives without end (a match of thousands of arms) is nested in what we emit.
    if (!(problem instanceof RangeError) && (problem as Error).name !== "InternalError") throw problem
    return { program, diagnostics: [tooLarge(program)], sites: [], begin: null }
  }
}

function tooLarge({ entry }: Program): Diagnostic {
  const message = "this program has a statement with too many parts to be compiled: split the longest one"
  return { phase: "check", severity: "error", kind: "Limit", message, file: entry.path, from: 0, to: 0 }
}

export async function prepareRun(inputs: RunInputs, ports: RunPorts): Promise<PreparedRun> {
  const { program, diagnostics, sites, begin } = await loadProgram(inputs, ports)
  const run = begin ? begin(inputs) : null
  await run?.load()
  return { program, diagnostics, sites, run }
}

export class Run implements GoingRun {
  readonly kernel: Kernel
  readonly machine: Machine
  readonly calls: Calls
  private readonly recorder: Recorder
  private readonly runtime: Runtime
  private readonly readers: Task[] = []
  private nextLine = 0
  /** Lines of `inputs.typedLines` that were given so far. */
  private typedAgain = 0
  /** News from outside that the clock has not reached. */
  private readonly news: { readonly call: number; readonly stampUs: number; readonly event: LiveEvent }[] = []

  constructor(
    readonly inputs: RunInputs,
    readonly program: Program,
    language: Language,
    private readonly unit: CompiledUnit,
    factory: Factory,
    ports: RunPorts,
    chooser: Chooser = chooserOf(inputs),
    given?: Answerer,
  ) {
    const limits = limitsOf(inputs)
    this.recorder = new Recorder(limits.events, (site) => {
      throw new LimitReached("events", limits.events, site)
    })
    this.kernel = new Kernel({
      recorder: this.recorder,
      chooser,
      limits,
      preemptive: language.preemptive,
      preview: (value) => this.runtime.preview(value),
      failureMessage: (failure) => this.runtime.faultOf(failure).message,
    })
    this.machine = new Machine(this.kernel)
    const answerer = given ?? answererOf(inputs, (message) => this.kernel.notice(message))
    this.calls = new Calls(this.kernel, answerer, ports.outside)
    this.runtime = language.createRuntime(this.host(ports), unit)
    const linked = link(factory, this.runtime.operations, this.machine)
    this.kernel.record(Kind.RunBegin, -1, this.kernel.text(language.id), this.kernel.text(inputs.entry.path))
    this.kernel.start("main", this.runtime.main(linked))
  }

  /** Loads what the program needs besides itself (see `Runtime.prepare`); to be awaited before the first `advance`. */
  async load(): Promise<void> {
    await this.runtime.prepare?.()
  }

  get nowUs(): number {
    return this.kernel.nowUs
  }

  get nextUs(): number {
    return this.news.reduce((earliest, { stampUs }) => Math.min(earliest, Math.max(stampUs, this.nowUs)), this.kernel.nextTimerUs)
  }

  get hasOpenOperations(): boolean {
    return this.kernel.hasOpenOperations
  }

  /** News of a live call waits for its instant. */
  get hasNews(): boolean {
    return this.news.length > 0
  }

  /** Runs on; says why it came back (see `RunState`). */
  advance(budget: RunBudget = UNPACED): RunState {
    let state = this.news.length > 0 ? this.advanceWithNews(budget) : this.kernel.run(budget)
    while (state === "input" && this.typeAgain()) state = this.kernel.run(budget)
    if (state === "ended") this.calls.abortAll()
    return state
  }

  /** To be awaited after a "drain", when the host's promises have had their turn and before `advance` is called again. */
  async drained(): Promise<void> {
    if (this.calls.wantsResponder) {
      try {
        this.calls.decide(await loadResponder())
      } catch {
        this.stop("the built-in simulated model could not be loaded: look whether the network is there, and run again")
      }
    }
    this.kernel.drained()
  }

  /** Gives the waiting reader what was typed then; false where a person must be asked. */
  private typeAgain(): boolean {
    const { typedLines, inputOpen } = this.inputs
    if (!typedLines) return false
    const line = typedLines[this.typedAgain]
    if (line === undefined && inputOpen) return false
    this.typedAgain++
    this.input(line ?? null)
    return true
  }

  /**
   * News of a live call, stamped in virtual microseconds by who asked for it. It enters when `advance` gets there: strictly
   * after the clock, and at an instant that has no timer, so that its replay finds everything in the same order.
   */
  tell(call: number, stampUs: number, event: LiveEvent): void {
    if (this.calls.awaitsOutside(call)) this.news.push({ call, stampUs: Math.floor(stampUs), event })
  }

  private advanceWithNews(budget: RunBudget): RunState {
    const { kernel, calls } = this
    for (let next = this.news[0]; next; next = this.news[0]) {
      const { call, stampUs, event } = next
      if (calls.awaitsOutside(call) && event.kind !== "tool") {
        // All that was due before the news came has its turn first, whatever was granted: real time did pass.
        let atUs = Math.max(stampUs, kernel.nowUs + 1)
        for (; ; atUs++) {
          const state = kernel.run({ untilUs: atUs - 1, expired: budget.expired })
          if (state !== "wait") return state
          if (kernel.nextTimerUs > atUs) break
        }
        if (calls.awaitsOutside(call)) kernel.enter(atUs, () => calls.live(call, event))
      } else calls.live(call, event)
      this.news.shift()
    }
    return kernel.run(budget)
  }

  /** A line of input, or null for its end; ignored if nobody reads. */
  input(line: string | null): void {
    this.kernel.inputArrived(() => {
      const reader = this.readers.shift()
      if (!reader) return
      if (line !== null) this.kernel.recordFor(reader, Kind.Input, -1, this.kernel.text(line), 0)
      this.kernel.wake(reader, line)
      if (this.readers.length > 0) this.kernel.wantInput()
    })
  }

  stop(message = "stopped by the user"): void {
    this.kernel.stop(message)
    this.calls.abortAll()
  }

  /** A value of the program as its language shows it. */
  show(value: unknown): string {
    return this.runtime.preview(value)
  }

  /** The globals that have a value, by the names the program gives them, where a statement hook has stopped. */
  globalVariables(): [string, unknown][] {
    const globals = this.machine.globals
    if (!globals) return []
    const found: [string, unknown][] = []
    for (const variable of this.unit.ir.globals) {
      const value = globals[globalKey(variable)]
      if (variable.name !== "" && value !== undefined) found.push([variable.name, value])
    }
    return found
  }

  /** Trace recorded since the last flush. */
  flush(): TraceChunk[] {
    return this.recorder.flush()
  }

  /** What became of the run; only after it ended. */
  report(): RunReport {
    const outcome = this.kernel.outcome
    if (!outcome) throw new RangeError("the run has not ended")
    return {
      outcome: outcome.name,
      message: outcome.message,
      fault: this.faultOf(outcome),
      deadlock: outcome.deadlock ?? null,
      ...(outcome.failure instanceof LimitReached && { limit: outcome.failure.limit }),
      virtualUs: this.kernel.nowUs,
      steps: this.kernel.steps,
      schedule: printSchedule(this.kernel.choices),
      value: outcome.name === "done" ? this.runtime.valueOf(outcome.value) : null,
    }
  }

  private faultOf(outcome: Outcome): RunReport["fault"] {
    if (outcome.name === "done" || outcome.name === "stopped") return null
    if (outcome.name === "limit") {
      const reached = outcome.failure instanceof LimitReached ? outcome.failure : null
      return this.placed((reached && this.runtime.limitKind?.(reached.limit)) ?? "Limit", outcome.message, reached?.site ?? -1)
    }
    if (outcome.name === "deadlock") {
      const fault = this.runtime.deadlock?.(outcome.message)
      return this.placed(fault?.kind ?? "Deadlock", fault?.message ?? outcome.message, fault?.site ?? -1)
    }
    const fault = this.runtime.faultOf(outcome.failure)
    return this.placed(fault.kind, fault.message, fault.site)
  }

  private placed(kind: string, message: string, site: number): NonNullable<RunReport["fault"]> {
    const range = this.unit.sites.ranges[site]
    if (!range) return { kind, message, file: this.program.entry.path, line: 0, column: 0, from: 0, to: 0 }
    const { line, column } = positionOf(this.program, range)
    return { kind, message, file: range.file, line, column, from: range.from, to: range.to }
  }

  private host(ports: RunPorts): Host {
    const { inputs, kernel, machine, calls, unit, program } = this
    const ranges = unit.sites.ranges
    return {
      kernel,
      machine,
      calls,
      options: {
        seed: inputs.seed,
        maxParallel: inputs.maxParallel,
        maxRetries: inputs.maxRetries ?? null,
        modelName: inputs.model.name ?? "simulated",
        startMs: inputs.startMs,
        variables: inputs.variables,
        keyNames: inputs.keyNames ?? [],
        allowTs: inputs.allowTs,
        wantValue: inputs.wantValue,
        sequential: inputs.sequential,
      },
      files: virtualFiles(inputs.files),
      random: new RandomStream("program", inputs.seed),
      siteRange: (site) => ranges[site],
      sitePosition: (site) => {
        const range = ranges[site]
        return range && fileOf(program, range.file) ? positionInCell(program, range) : { line: 0, column: 0 }
      },
      readLine: (site) => this.readLine(site),
      loadModule: (text) => ports.loadModule(text),
    }
  }

  private readLine(site: number): string | null | Suspended {
    const line = this.inputs.inputLines[this.nextLine]
    if (line !== undefined) {
      this.nextLine++
      this.kernel.record(Kind.Input, site, this.kernel.text(line), 0)
      return line
    }
    if (!this.inputs.inputOpen && !this.inputs.typedLines) return null
    const task = this.kernel.current
    if (!task) return null
    this.readers.push(task)
    this.kernel.wantInput()
    const leave = () => {
      const at = this.readers.indexOf(task)
      if (at >= 0) this.readers.splice(at, 1)
    }
    this.kernel.suspend({ reason: "input", on: -1, future: null, leave }, site)
    return SUSPENDED
  }
}

/** A place as a program speaks of it: in a notebook, the lines of a cell are counted from the cell's own first. */
function positionInCell(program: Program, range: Range): { line: number; column: number } {
  const { line, column } = positionOf(program, range)
  const { entry, cellStarts } = program
  if (range.file !== entry.path) return { line, column }
  const start = cellStarts.findLast((from) => from <= range.from) ?? 0
  return { line: line - entry.lineAt(start) + 1, column }
}

function chooserOf(inputs: RunInputs): Chooser {
  if (inputs.schedule === "fifo") return new FifoChooser()
  if (inputs.schedule === "shuffle") return new ShuffleChooser(inputs.seed)
  return new ReplayChooser(inputs.schedule.choices)
}

function virtualFiles(initial: Readonly<Record<string, string>>): VirtualFiles {
  const files = new Map(Object.entries(initial))
  return {
    read: (path) => files.get(path),
    write: (path, text) => void files.set(path, text),
    delete: (path) => files.delete(path),
    exists: (path) => files.has(path),
    paths: () => [...files.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  }
}

/** The report of a program that was not allowed to run: its first error is the fault. */
export function rejectedReport(program: Program, diagnostics: readonly Diagnostic[]): RunReport {
  const first = diagnostics[0]
  const outcome: OutcomeName = "rejected"
  const place = first ? positionOf(program, first) : { line: 0, column: 0 }
  return {
    outcome,
    message: first?.message ?? "",
    fault: first ? { kind: first.kind, message: first.message, file: first.file, ...place, from: first.from, to: first.to } : null,
    deadlock: null,
    virtualUs: 0,
    steps: 0,
    schedule: "",
    value: null,
  }
}
