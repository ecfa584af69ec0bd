// What a run may use before it is stopped, each with a message that says what was hit and what to do. Counted by us,
// never by the host (heap size, real time), so that a limit strikes at the same event in every browser.

import { formatBytes, formatCount, formatUs } from "../trace/units.ts"

export interface Limits {
  /** Counted steps: turns of loops and entries of functions that may recur. */
  readonly steps: number
  readonly tasks: number
  /** Model calls, open or over; attempts of one call count once. */
  readonly calls: number
  /** Characters of all requests to models together: prompts, contexts, conversations, results of tools. */
  readonly requestUnits: number
  readonly events: number
  readonly outputBytes: number
  /** Bytes of values, counted by the runtimes where values grow (text, lists, maps). */
  readonly valueBytes: number
  readonly virtualUs: number
  /** Calls of one task inside one another; the next is a fault. */
  readonly depth: number
}

export const DEFAULT_LIMITS: Limits = {
  steps: 200_000_000,
  tasks: 100_000,
  calls: 20_000,
  requestUnits: 100_000_000,
  events: 5_000_000,
  outputBytes: 10_000_000,
  valueBytes: 256_000_000,
  virtualUs: 24 * 3600 * 1_000_000,
  depth: 10_000,
}

export type LimitName = Exclude<keyof Limits, "depth">

const AMOUNTS: Record<LimitName, (max: number) => string> = {
  steps: (max) => `${formatCount(max)} steps`,
  tasks: (max) => `${formatCount(max)} tasks`,
  calls: (max) => `${formatCount(max)} model calls`,
  requestUnits: (max) => `${formatCount(max)} characters sent to models`,
  events: (max) => `${formatCount(max)} trace events`,
  outputBytes: (max) => `${formatBytes(max)} of output`,
  valueBytes: (max) => `${formatBytes(max)} of values`,
  virtualUs: (max) => `${formatUs(max)} of virtual time`,
}

/** So much of what is limited, in words: "400 000 000 steps", "20 MB of output". */
export function limitAmount(limit: LimitName, max: number): string {
  return AMOUNTS[limit](max)
}

const SENTENCES: Record<LimitName, (amount: string) => string> = {
  steps: (amount) => `stopped after ${amount}: is there a loop or a recursion without end? Raise the step limit to go on`,
  tasks: (amount) => `stopped at ${amount} alive or ended: start fewer, or raise the task limit to go on`,
  calls: (amount) => `stopped at ${amount}: is there a loop that asks without end? Ask less often, or raise the call limit to go on`,
  requestUnits: (amount) =>
    `stopped after ${amount}: does the context or a conversation grow with every call? Ask less, or raise the request limit to go on`,
  events: (amount) => `stopped after ${amount}: the program does too many things to show. Raise the event limit to go on`,
  outputBytes: (amount) => `stopped after ${amount}: print less, or raise the output limit to go on`,
  valueBytes: (amount) => `stopped at ${amount}: keep less at once, or raise the value limit to go on`,
  virtualUs: (amount) => `stopped after ${amount}: does the program ever end? Raise the time limit to go on`,
}

/** For the fault that a language makes of one call too many: how many are allowed inside one another, and what to look for. */
export function tooManyCalls(max: number): string {
  return `more than ${formatCount(max)} nested calls: is there a recursion without end?`
}

/** Thrown through the frames of a program that used up a limit. No language can catch it; the run ends. */
export class LimitReached {
  readonly message: string
  constructor(
    readonly limit: LimitName,
    readonly max: number,
    /** Where the program asked for what was too much; -1 where that is not known. */
    readonly site = -1,
  ) {
    this.message = SENTENCES[limit](limitAmount(limit, max))
  }
}

/** A problem on its way out of an operation that stands at `site`: a limit that does not know its place gets this one. */
export function limitAt(site: number, problem: unknown): unknown {
  return problem instanceof LimitReached && problem.site < 0 ? new LimitReached(problem.limit, problem.max, site) : problem
}
