// The lowest storey of the kernel: the clock, what a run has used so far against its limits, and the events that say what
// happened. Kept by itself because every operation of tasks and of the loop writes into it and none of it decides anything.
import { Kind } from "../trace/event.ts"
import type { Recorder } from "../trace/recorder.ts"
import { LimitReached, type Limits } from "./limits.ts"
import type { Task } from "./task.ts"
import { utf8Length } from "./utf8.ts"

export interface LedgerOptions {
  readonly recorder: Recorder
  readonly limits: Limits
}

export abstract class Ledger {
  nowUs = 0
  /** Steps of all tasks so far. */
  steps = 0
  /** Bytes of values counted so far; set back only by the machine, for a call that it begins anew. */
  valueBytes = 0
  /** The task whose turn it is. */
  current: Task | null = null
  readonly limits: Limits
  readonly recorder: Recorder
  private outputBytes = 0
  private nextId = 0

  constructor(options: LedgerOptions) {
    this.recorder = options.recorder
    this.limits = options.limits
  }

  // ---- recording ------------------------------------------------------------------------------------------------------

  /** Records an event of the task that runs now (-1 outside any). Text arguments go through `text`. */
  record(kind: Kind, site: number, a: number, b: number): void {
    this.recorder.event(kind, this.nowUs, this.current ? this.current.id : -1, site, a, b)
  }

  /** The same for another task. */
  recordFor(task: Task | null, kind: Kind, site: number, a: number, b: number): void {
    this.recorder.event(kind, this.nowUs, task ? task.id : -1, site, a, b)
  }

  text(value: string): number {
    return this.recorder.text(value)
  }

  /** A number nothing else of this run has: for calls, channels, gates. */
  newId(): number {
    return this.nextId++
  }

  print(piece: string, site: number): void {
    this.countOutput(piece, site)
    this.record(Kind.Print, site, this.text(piece), 0)
  }

  printError(piece: string, site: number): void {
    this.countOutput(piece, site)
    this.record(Kind.PrintError, site, this.text(piece), 0)
  }

  notice(message: string, site = -1): void {
    this.record(Kind.Notice, site, this.text(message), 0)
  }

  // ---- counting -------------------------------------------------------------------------------------------------------

  /** Counts steps that a task ran up to `site`, where it suspended, ended or used up its fuel. */
  countSteps(steps: number, site: number): void {
    this.steps += steps
    if (this.current) this.current.stepsSinceSuspension += steps
    if (this.steps > this.limits.steps) throw new LimitReached("steps", this.limits.steps, site)
  }

  /** Steps that may still be run before the limit. */
  get stepsLeft(): number {
    return this.limits.steps - this.steps
  }

  /** Counts the growth of values, made at `site`; `bytes` may be negative. Ends the run past the limit. */
  countValueBytes(bytes: number, site = -1): void {
    this.valueBytes += bytes
    if (this.valueBytes > this.limits.valueBytes) throw new LimitReached("valueBytes", this.limits.valueBytes, site)
  }

  private countOutput(piece: string, site: number): void {
    this.outputBytes += utf8Length(piece)
    if (this.outputBytes > this.limits.outputBytes) throw new LimitReached("outputBytes", this.limits.outputBytes, site)
  }
}
