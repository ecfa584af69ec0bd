// What became of a run, in a few fields: the outcome, the fault with its place, the value. Made by the session when a run
// has ended; everything else about a run is in its trace.
import type { Deadlock } from "../kernel/deadlock.ts"
import type { LimitName } from "../kernel/limits.ts"
import type { OutcomeName } from "../trace/event.ts"

export interface RunReport {
  readonly outcome: OutcomeName
  readonly message: string
  readonly fault: {
    readonly kind: string
    readonly message: string
    readonly file: string
    readonly line: number
    readonly column: number
    readonly from: number
    readonly to: number
  } | null
  readonly deadlock: Deadlock | null
  /** The limit that ended the run; absent where none did. */
  readonly limit?: LimitName
  readonly virtualUs: number
  readonly steps: number
  /** The schedule as text (kernel/chooser.ts). */
  readonly schedule: string
  readonly value: { readonly json: unknown; readonly printed: string } | null
}
