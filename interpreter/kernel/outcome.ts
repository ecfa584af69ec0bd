// How a run ended, as the kernel tells whoever called it. The trace holds the name and the message; failure, value and
// the chain of a deadlock are for the session, which makes its report of them.
import type { OutcomeName } from "../trace/event.ts"
import type { Deadlock } from "./deadlock.ts"

export interface Outcome {
  readonly name: OutcomeName
  /** "" where there is nothing to say. */
  readonly message: string
  /** What main threw, for `failed`; what was reached, for `limit`. */
  readonly failure?: unknown
  /** What main returned, for `done`. */
  readonly value?: unknown
  readonly deadlock?: Deadlock
}
