// Looking into a run at one of its steps: the program is run again, with statement hooks, up to that step, which gives
// exactly the state it had then, because a run is a value (design: the law). Stepping forwards and backwards, breakpoints
// and variables are all this. Used by the worker.

import type { RunInputs } from "./inputs.ts"
import type { Run, RunPorts } from "./run.ts"
import { type LoadedProgram, loadProgram } from "./run.ts"
import { type Inspection, MAX_INDEXED_STEPS, type StepIndex } from "./step-index.ts"

const MAX_TEXT_LENGTH = 2000
const MAX_VARIABLES = 500

/** Runs the inputs again in slices; `turn` lets others have theirs and answers true when nobody wants the result any more. */
export class Inspector {
  /** The program asked about last, compiled with hooks. */
  private loaded: { readonly key: string; readonly program: LoadedProgram } | null = null

  constructor(
    private readonly ports: RunPorts,
    private readonly turn: () => Promise<boolean>,
    private readonly expired: () => () => boolean,
  ) {}

  /** All steps of the run; null if it was given up or the program does not compile. */
  async index(inputs: RunInputs): Promise<StepIndex | null> {
    const run = await this.begin(inputs)
    if (!run) return null
    const done = await this.drive(run, () => run.machine.steps.length >= MAX_INDEXED_STEPS)
    if (!done) return null
    const { steps } = run.machine
    const count = Math.min(steps.length, MAX_INDEXED_STEPS)
    return {
      count,
      sites: steps.sites.slice(0, count),
      tasks: steps.tasks.slice(0, count),
      times: steps.times.slice(0, count),
      depths: steps.depths.slice(0, count),
      events: steps.events.slice(0, count),
      cut: steps.length > count || run.kernel.outcome === null,
    }
  }

  /** The state at a step; null if it was given up or the program does not compile. */
  async at(inputs: RunInputs, step: number): Promise<Inspection | null> {
    const run = await this.begin(inputs)
    if (!run) return null
    const { machine } = run
    machine.watch(Math.max(1, Math.floor(step)))
    const done = await this.drive(run, () => machine.scope !== null)
    if (!done) return null
    const locals = machine.scope ?? []
    const hidden = new Set(locals.map(([name]) => name))
    const globals = run.globalVariables().filter(([name]) => !hidden.has(name))
    const variables = [...locals, ...globals]
      .slice(0, MAX_VARIABLES)
      .map(([name, value]) => ({ name, text: run.show(value).slice(0, MAX_TEXT_LENGTH) }))
    return {
      step: machine.step,
      site: machine.last,
      task: machine.stoppedTask,
      atUs: run.kernel.nowUs,
      variables,
    }
  }

  private async begin(inputs: RunInputs): Promise<Run | null> {
    const hooked = { ...inputs, hooks: true, inputOpen: false }
    const key = JSON.stringify([inputs.language, inputs.entry, inputs.files, inputs.wantValue])
    if (this.loaded?.key !== key) this.loaded = { key, program: await loadProgram(hooked, this.ports) }
    const run = this.loaded.program.begin?.(hooked) ?? null
    await run?.load()
    return run
  }

  /** True when `enough` or the run's end was reached; false when nobody wants it any more. */
  private async drive(run: Run, enough: () => boolean): Promise<boolean> {
    for (;;) {
      const sliceOver = this.expired()
      const state = run.advance({ untilUs: Number.POSITIVE_INFINITY, expired: () => enough() || sliceOver() })
      run.flush()
      if (state === "ended" || enough()) return true
      if (state === "wait" || state === "input") return true
      if (await this.turn()) return false
      if (state === "drain") await run.drained()
    }
  }
}
