// Looking into a run at one of its steps: the program is run again, with statement hooks, up to that step, which gives
// exactly the state it had then, because a run is a value (design: the law). Stepping forwards and backwards, breakpoints
// and variables are all this. Used by the worker.

import type { RunInputs } from "./inputs.ts"
import type { RunPorts } from "./run.ts"
import { loadProgram } from "./run.ts"
import { type Inspection, MAX_INDEXED_STEPS, type StepIndex } from "./step-index.ts"
import { SteppedGroup, SteppedProgram, type SteppedRun } from "./stepped.ts"

/** Begins a run of programs that are compiled with hooks; null where one of them does not compile. */
type Begin = ((inputs: RunInputs) => Promise<SteppedRun>) | null

/** Runs the inputs again in slices; `turn` lets others have theirs and answers true when nobody wants the result any more. */
export class Inspector {
  /** The programs asked about last, compiled with hooks. */
  private loaded: { readonly key: string; readonly begin: Begin } | null = null
  /** Whose step is which, where several programs run beside each other; of the inputs asked about last. */
  private order: { readonly key: string; readonly programs: Uint8Array } | null = null

  constructor(
    private readonly ports: RunPorts,
    private readonly turn: () => Promise<boolean>,
    private readonly expired: () => () => boolean,
  ) {}

  /** All steps of the run; null if it was given up or the program does not compile. */
  async index(inputs: RunInputs): Promise<StepIndex | null> {
    const stepped = await this.begin(inputs)
    if (!stepped) return null
    stepped.note()
    const { done, ended } = await this.drive(stepped, () => stepped.count >= MAX_INDEXED_STEPS)
    if (!done) return null
    if (stepped instanceof SteppedGroup) this.order = { key: JSON.stringify(inputs), programs: stepped.programs }
    return { ...stepped.log(MAX_INDEXED_STEPS), cut: stepped.count > MAX_INDEXED_STEPS || !ended }
  }

  /** The state at a step; null if it was given up or the program does not compile. */
  async at(inputs: RunInputs, step: number): Promise<Inspection | null> {
    if (isGroup(inputs) && this.order?.key !== JSON.stringify(inputs) && !(await this.index(inputs))) return null
    const stepped = await this.begin(inputs)
    if (!stepped) return null
    stepped.watch(Math.max(1, Math.floor(step)))
    const { done } = await this.drive(stepped, () => stepped.hasStopped)
    return done ? stepped.state() : null
  }

  private async begin(inputs: RunInputs): Promise<SteppedRun | null> {
    const hooked = { ...inputs, hooks: true, inputOpen: false }
    // Programs of a group are one with its inputs: they are compiled anew for others.
    const key = JSON.stringify(isGroup(inputs) ? inputs : [inputs.language, inputs.entry, inputs.files, inputs.wantValue])
    if (this.loaded?.key !== key) this.loaded = { key, begin: isGroup(inputs) ? await this.loadGroup(hooked) : await this.loadOne(hooked) }
    return (await this.loaded.begin?.(hooked)) ?? null
  }

  private async loadOne(hooked: RunInputs): Promise<Begin> {
    const { begin } = await loadProgram(hooked, this.ports)
    if (!begin) return null
    return async (inputs) => {
      const run = begin(inputs)
      await run.load()
      return new SteppedProgram(run)
    }
  }

  private async loadGroup(hooked: RunInputs): Promise<Begin> {
    const { begin } = await (await import("./group.ts")).loadGroup(hooked, this.ports)
    return begin && (async () => new SteppedGroup(await begin(), this.order?.programs ?? new Uint8Array()))
  }

  /** `done`: `enough` or the run's end was reached, and somebody still wants to know. */
  private async drive(stepped: SteppedRun, enough: () => boolean): Promise<{ readonly done: boolean; readonly ended: boolean }> {
    const { run } = stepped
    for (;;) {
      const sliceOver = this.expired()
      const state = run.advance({ untilUs: Number.POSITIVE_INFINITY, expired: () => enough() || sliceOver() })
      run.flush()
      if (state === "ended") return { done: true, ended: true }
      if (enough() || state === "wait" || state === "input") return { done: true, ended: false }
      if (await this.turn()) return { done: false, ended: false }
      if (state === "drain") await run.drained()
    }
  }
}

const isGroup = ({ beside }: RunInputs): boolean => (beside?.length ?? 0) > 0
