// How much goes on in a run, as a list of what changes it. Written by `spans.ts`; who counts over many tasks (the density of
// crowded lanes) reads on from where it stopped.

/** A task came or went, or a request of one left or was answered. */
export const LOADS = ["spawned", "ended", "sent", "answered"] as const
export type Load = (typeof LOADS)[number]

/** What changed, by whom and when, in order. */
export class LoadLog {
  readonly loads: Load[] = []
  readonly tasks: number[] = []
  readonly us: number[] = []
  readonly steps: number[] = []

  push(load: Load, task: number, atUs: number, step: number): void {
    this.loads.push(load)
    this.tasks.push(task)
    this.us.push(atUs)
    this.steps.push(step)
  }
}
