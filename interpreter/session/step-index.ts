// The steps of a run as data: what the worker answers about stepping (inspection.ts makes it), what the page keeps.

/** The steps of a run: the site, the task and the time (virtual microseconds) of each statement that began. */
export interface StepIndex {
  readonly count: number
  readonly sites: Int32Array
  readonly tasks: Int32Array
  readonly times: Float64Array
  /** Nested calls around the statement. */
  readonly depths: Int32Array
  /** Trace events recorded before it: what has happened by then, exactly. */
  readonly events: Int32Array
  /** More steps than are kept; the index ends there. */
  readonly cut: boolean
}

export interface InspectedVariable {
  readonly name: string
  readonly text: string
}

/** The state just before a statement runs. Steps count from 1; a step past the end gives the end. */
export interface Inspection {
  readonly step: number
  /** -1 past the end. */
  readonly site: number
  readonly task: number
  readonly atUs: number
  /** Variables of the function that runs, innermost scope last; then the globals it can see. */
  readonly variables: readonly InspectedVariable[]
}

export const MAX_INDEXED_STEPS = 5_000_000
