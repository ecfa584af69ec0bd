// Several programs of one document as one run: the languages of a notebook, each with a kernel, a clock and a memory of its
// own, laid beside each other in one trace (design: documents). The law holds for the group as for a run: it moves in
// virtual time, the earliest program first and at equal times in order of the document, so the same inputs give the same
// bytes whatever time was granted. A read of input stops all clocks, so lines go to whoever asked first in virtual time.
// Used by the worker.
import type { RunBudget, RunState } from "../kernel/kernel.ts"
import { languageEntry } from "../languages/index.ts"
import type { LiveEvent } from "../models/request.ts"
import type { Diagnostic } from "../source/diagnostic.ts"
import { OUTCOMES, type TraceChunk } from "../trace/event.ts"
import { TraceMerge } from "../trace/merge.ts"
import { answererOf } from "./answerer.ts"
import type { RunInputs } from "./inputs.ts"
import type { RunReport } from "./report.ts"
import { type GoingRun, type LoadedProgram, loadProgram, type PreparedRun, type Run, type RunPorts } from "./run.ts"

/** What drives a run needs to know nothing of how many programs it has. */
export interface PreparedGroup extends Omit<PreparedRun, "run"> {
  readonly run: RunGroup | null
}

/** Programs that are compiled and loaded: any number of runs can begin from them, one after another. */
export interface LoadedGroup extends Omit<PreparedRun, "run"> {
  /** null: one of them was rejected. */
  readonly begin: (() => Promise<RunGroup>) | null
}

/** Compiles the program that the inputs name and those beside it. */
export async function loadGroup(inputs: RunInputs, ports: RunPorts): Promise<LoadedGroup> {
  const beside = inputs.beside ?? []
  const all: RunInputs[] = [inputs, ...beside.map((program) => ({ ...inputs, ...program }))].map((own) => ({
    ...own,
    beside: [],
    // Typed lines are the group's; a program of it only ever waits.
    inputOpen: inputs.inputOpen || Array.isArray(inputs.typedLines),
    typedLines: null,
  }))
  let group = new RunGroup(inputs, all.length)
  const loaded: LoadedProgram[] = []
  for (const [i, own] of all.entries())
    loaded.push(
      await loadProgram(
        own,
        portsIn(() => group, i, ports),
      ),
    )
  const diagnostics: Diagnostic[] = loaded.flatMap((program) => program.diagnostics)
  const first = loaded.find((program) => program.begin === null) ?? loaded[0]
  if (!first) throw new RangeError("a group without programs")
  if (first.begin === null) return { program: first.program, diagnostics, sites: [], begin: null }
  const begin = async () => {
    group = new RunGroup(inputs, all.length)
    const runs: Run[] = []
    for (const [i, { begin: beginOne }] of loaded.entries()) {
      const run = beginOne?.(all[i] as RunInputs, undefined, group.answerer)
      if (!run) throw new RangeError("a program that passed was rejected")
      await run.load()
      runs.push(run)
    }
    group.begin(
      runs,
      all.map((own) => languageEntry(own.language)?.title ?? own.language),
      loaded.map((program) => program.sites.length),
    )
    return group
  }
  return { program: first.program, diagnostics, sites: loaded.flatMap((program) => program.sites), begin }
}

/** Prepares the program that the inputs name and those beside it. */
export async function prepareGroup(inputs: RunInputs, ports: RunPorts): Promise<PreparedGroup> {
  const { program, diagnostics, sites, begin } = await loadGroup(inputs, ports)
  return { program, diagnostics, sites, run: (await begin?.()) ?? null }
}

/** The outside of one program: its calls under the group's numbers. */
function portsIn(group: () => RunGroup, index: number, ports: RunPorts): RunPorts {
  const { outside } = ports
  const numberOf = (call: number) => call * group().count + index
  return {
    ...ports,
    outside: {
      ask: (call, request, atUs) => outside.ask(numberOf(call), request, atUs),
      cancel: (call) => outside.cancel(numberOf(call)),
      recorded: (attempt) => outside.recorded?.({ ...attempt, call: numberOf(attempt.call) }),
      nextOrder: () => group().nextAttempt(),
    },
  }
}

interface Member {
  readonly index: number
  readonly run: Run
  /** What it said last. */
  state: RunState
}

export class RunGroup implements GoingRun {
  private members: readonly Member[] = []
  /** All that was recorded, as one trace. */
  merge = new TraceMerge([], [])
  /** Called when a program has had its turn and its events are merged; `events`: how many there were before. */
  afterTurn: ((program: number, events: number) => void) | null = null
  /** The program that has its turn. */
  private turn: Member | null = null
  private attempts = 0
  private typed = 0
  private over = false

  constructor(
    private readonly inputs: RunInputs,
    /** Of its programs. */
    readonly count: number,
  ) {}

  /** A recording answers all programs from one list, first come, first served; a simulated model is each one's own. */
  get answerer() {
    if (!this.inputs.cassette) return undefined
    this.shared ??= answererOf(this.inputs, (message) => this.turn?.run.kernel.notice(message))
    return this.shared
  }

  private shared: ReturnType<typeof answererOf> | undefined

  /** Attempts are numbered across all programs. */
  nextAttempt(): number {
    return this.attempts++
  }

  begin(runs: readonly Run[], names: readonly string[], sites: readonly number[]): void {
    this.merge = new TraceMerge(names, sites)
    this.members = runs.map((run, index) => ({ index, run, state: "more" }))
    for (const member of this.members) this.collect(member)
  }

  get runs(): readonly Run[] {
    return this.members.map(({ run }) => run)
  }

  get nowUs(): number {
    return Math.max(...this.members.map(({ run }) => run.nowUs))
  }

  get nextUs(): number {
    return Math.min(...this.waiting().map(({ run }) => run.nextUs))
  }

  get hasOpenOperations(): boolean {
    return this.members.some(({ run, state }) => state !== "ended" && run.hasOpenOperations)
  }

  advance(budget: RunBudget): RunState {
    for (;;) {
      if (this.members.some(({ state }) => state === "drain")) return "drain"
      const next = this.next()
      if (!next) return this.end()
      if (next === "input") {
        if (!this.typeAgain()) return "input"
        continue
      }
      const atUs = next.state === "more" ? next.run.nowUs : next.run.nextUs
      // News from outside enters whatever was granted: real time did pass.
      const granted = next.state === "more" || next.run.hasNews || atUs <= budget.untilUs
      if (!granted || atUs === Number.POSITIVE_INFINITY) return "wait"
      this.go(next, { untilUs: atUs, expired: budget.expired })
      if (budget.expired()) return this.members.every(({ state }) => state === "ended") ? this.end() : "more"
    }
  }

  /** Whose turn it is: who has work at its instant, else the earliest; "input" where a line must come first; null at the end. */
  private next(): Member | "input" | null {
    const busy = this.members.find(({ state }) => state === "more")
    if (busy) return busy
    const asking = this.members.filter(({ state }) => state === "input")
    const waiting = this.waiting()
    const first = waiting.reduce<Member | null>((best, member) => (best && best.run.nextUs <= member.run.nextUs ? best : member), null)
    if (asking.length > 0) {
      const askedUs = Math.max(...asking.map(({ run }) => run.nowUs))
      return first && first.run.nextUs <= askedUs ? first : "input"
    }
    return first
  }

  private waiting(): Member[] {
    return this.members.filter(({ state }) => state === "wait")
  }

  private go(member: Member, budget: RunBudget): void {
    this.turn = member
    member.state = member.run.advance(budget)
    this.collect(member)
    this.turn = null
  }

  private collect(member: Member): void {
    const before = this.merge.count
    this.merge.add(member.index, member.run.flush())
    this.afterTurn?.(member.index, before)
  }

  private end(): RunState {
    if (!this.over) {
      this.over = true
      const { outcome, message } = this.report()
      this.merge.end(OUTCOMES.indexOf(outcome), message)
    }
    return "ended"
  }

  private typeAgain(): boolean {
    const { typedLines, inputOpen } = this.inputs
    if (!typedLines) return false
    const line = typedLines[this.typed]
    if (line === undefined && inputOpen) return false
    this.typed++
    this.input(line ?? null)
    return true
  }

  /** A line for the program that asked first; at equal times for the first in the document. */
  input(line: string | null): void {
    const asking = this.members.filter(({ state }) => state === "input")
    const first = asking.reduce<Member | null>((best, member) => (best && best.run.nowUs <= member.run.nowUs ? best : member), null)
    if (!first) return
    first.run.input(line)
    first.state = "more"
  }

  tell(call: number, stampUs: number, event: LiveEvent): void {
    this.members[call % this.count]?.run.tell(Math.floor(call / this.count), stampUs, event)
  }

  async drained(): Promise<void> {
    for (const member of this.members) {
      if (member.state !== "drain") continue
      await member.run.drained()
      member.state = "more"
    }
  }

  stop(message?: string): void {
    for (const member of this.members) {
      if (member.state === "ended") continue
      member.run.stop(message)
      member.state = "more"
    }
  }

  flush(): TraceChunk[] {
    return this.merge.flush()
  }

  /** The first program that did not get through decides what became of all. */
  report(): RunReport {
    const reports = this.members.map(({ run }) => run.report())
    const at = Math.max(
      0,
      reports.findIndex(({ outcome }) => outcome !== "done"),
    )
    const report = reports[at] as RunReport
    const { deadlock } = report
    return {
      ...report,
      virtualUs: Math.max(...reports.map(({ virtualUs }) => virtualUs)),
      steps: reports.reduce((sum, { steps }) => sum + steps, 0),
      schedule: "",
      value: null,
      deadlock: deadlock && {
        ...deadlock,
        chain: deadlock.chain.map((link) => ({
          ...link,
          task: this.merge.taskOf(at, link.task),
          on: link.reason === "await" ? this.merge.taskOf(at, link.on) : this.merge.idOf(at, link.on),
        })),
      },
    }
  }
}
