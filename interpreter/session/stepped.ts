// A run with statement hooks, of one program or of several beside each other, as the inspector sees it: the log of its steps,
// and a stop at one of them. Steps of several programs are one list, in the order in which they begin, with the tasks, sites and
// events of the merged trace.
import { type Machine, StepLog } from "../engine/machine.ts"
import type { RunGroup } from "./group.ts"
import type { GoingRun, Run } from "./run.ts"
import type { Inspection, StepIndex } from "./step-index.ts"

const MAX_TEXT_LENGTH = 2000
const MAX_VARIABLES = 500
/** A step that no run reaches: its machine stops nowhere and keeps no log. */
const NEVER = 1_000_000_000

export interface SteppedRun {
  readonly run: GoingRun
  /** Statements that have begun; counted while none is watched for. */
  readonly count: number
  log(most: number): Omit<StepIndex, "cut">
  /** Keeps a log of the steps; to be called before the run goes on, in place of `watch`. */
  note(): void
  /** Stops before the statement of that step, from 1, and keeps no log. */
  watch(step: number): void
  /** It stands at the step that was watched for. */
  readonly hasStopped: boolean
  /** The state where it stopped, or at its end. */
  state(): Inspection
}

export class SteppedProgram implements SteppedRun {
  constructor(readonly run: Run) {}

  get count(): number {
    return this.run.machine.steps.length
  }

  log(most: number): Omit<StepIndex, "cut"> {
    return columnsOf(this.run.machine.steps, most)
  }

  note(): void {
    this.run.machine.log()
  }

  watch(step: number): void {
    this.run.machine.watch(step)
  }

  get hasStopped(): boolean {
    return this.run.machine.scope !== null
  }

  state(): Inspection {
    const { machine, kernel } = this.run
    return { step: machine.step, site: machine.last, task: machine.stoppedTask, atUs: kernel.nowUs, variables: variablesOf(this.run) }
  }
}

export class SteppedGroup implements SteppedRun {
  private readonly steps = new StepLog()
  /** By step, the program it is of. */
  private owners = new Uint8Array(1024)
  private readonly seen: { steps: number; events: number }[]
  private readonly machines: readonly Machine[]
  private watched = 0
  private stopsIn = -1
  private nowUs = 0

  /** `order`: by step, the program it is of, as an earlier run of the same inputs told it; needed to stop at a step. */
  constructor(
    readonly run: RunGroup,
    private readonly order: Uint8Array,
  ) {
    this.machines = run.runs.map(({ machine }) => machine)
    this.seen = run.runs.map(({ kernel }) => ({ steps: 0, events: kernel.recorder.count }))
    run.afterTurn = (program, events) => this.collect(program, events)
  }

  get count(): number {
    return this.machines.reduce((sum, { steps }) => sum + steps.length, 0)
  }

  log(most: number): Omit<StepIndex, "cut"> {
    return columnsOf(this.steps, most)
  }

  /** By step, the program it is of. */
  get programs(): Uint8Array {
    return this.owners.slice(0, this.steps.length)
  }

  /** What a program has begun in its turn is behind all that others did before. */
  private collect(program: number, events: number): void {
    const seen = this.seen[program]
    const own = this.machines[program]?.steps
    const run = this.run.runs[program]
    if (!seen || !own || !run) return
    const { merge } = this.run
    for (let i = seen.steps; i < own.length; i++) {
      this.nowUs = Math.max(this.nowUs, own.times[i] ?? 0)
      if (this.steps.length === this.owners.length) this.owners = doubled(this.owners)
      this.owners[this.steps.length] = program
      this.steps.add(
        merge.siteOf(program, own.sites[i] ?? -1),
        merge.taskOf(program, own.tasks[i] ?? -1),
        this.nowUs,
        own.depths[i] ?? 0,
        events + (own.events[i] ?? 0) - seen.events,
      )
    }
    seen.steps = own.length
    seen.events = run.kernel.recorder.count
  }

  note(): void {
    for (const machine of this.machines) machine.log()
  }

  watch(step: number): void {
    this.watched = step
    this.stopsIn = this.order[step - 1] ?? -1
    let own = 0
    for (let i = 0; i < Math.min(step, this.order.length); i++) if (this.order[i] === this.stopsIn) own++
    for (const [program, machine] of this.machines.entries()) machine.watch(program === this.stopsIn ? own : NEVER)
  }

  get hasStopped(): boolean {
    return (this.machines[this.stopsIn]?.scope ?? null) !== null
  }

  state(): Inspection {
    const { run, machines, stopsIn } = this
    const machine = machines[stopsIn]
    const stopped = run.runs[stopsIn]
    if (!machine || !stopped) return { step: Math.min(this.watched, this.order.length), site: -1, task: -1, atUs: run.nowUs, variables: [] }
    return {
      step: this.watched,
      site: run.merge.siteOf(stopsIn, machine.last),
      task: run.merge.taskOf(stopsIn, machine.stoppedTask),
      atUs: Math.max(...run.runs.map(({ nowUs }) => nowUs)),
      variables: variablesOf(stopped),
    }
  }
}

function doubled(array: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(array.length * 2)
  larger.set(array)
  return larger
}

function columnsOf(steps: StepLog, most: number): Omit<StepIndex, "cut"> {
  const count = Math.min(steps.length, most)
  return {
    count,
    sites: steps.sites.slice(0, count),
    tasks: steps.tasks.slice(0, count),
    times: steps.times.slice(0, count),
    depths: steps.depths.slice(0, count),
    events: steps.events.slice(0, count),
  }
}

/** Of the function that stopped, innermost scope last; then the globals it can see. */
function variablesOf(run: Run): Inspection["variables"] {
  const locals = run.machine.scope ?? []
  const hidden = new Set(locals.map(([name]) => name))
  const globals = run.globalVariables().filter(([name]) => !hidden.has(name))
  return [...locals, ...globals].slice(0, MAX_VARIABLES).map(([name, value]) => ({ name, text: run.show(value).slice(0, MAX_TEXT_LENGTH) }))
}
