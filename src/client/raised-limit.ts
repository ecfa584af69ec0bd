// What "continue" means for a run that a limit ended: the same run again with twice that limit. Pure; the output offers it.
import { type LimitName, type Limits, limitAmount, limitsOf, type RunInputs } from "../../interpreter/session/inputs.ts"

/** More than this would take the tab down before the limit is reached. */
const MOST: Partial<Limits> = { valueBytes: 1_024_000_000, events: 20_000_000, outputBytes: 160_000_000, tasks: 1_600_000 }

export interface RaisedLimit {
  readonly limits: Partial<Limits>
  /** "Continue up to 400 000 000 steps" */
  readonly label: string
}

/** null where no limit ended the run, or the browser would not bear a higher one. */
export function raisedLimit(inputs: Pick<RunInputs, "limits">, limit: LimitName | undefined): RaisedLimit | null {
  if (!limit) return null
  const max = limitsOf(inputs)[limit] * 2
  if (max > (MOST[limit] ?? Number.MAX_SAFE_INTEGER)) return null
  return { limits: { ...inputs.limits, [limit]: max }, label: `Continue up to ${limitAmount(limit, max)}` }
}
