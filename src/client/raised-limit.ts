// What "continue" means for a run that a limit ended: the same run again with twice that limit. Pure; the output offers it.
import { type LimitName, type Limits, limitsOf, type RunInputs } from "../../interpreter/session/inputs.ts"
import { formatCount, formatUs } from "../../interpreter/trace/units.ts"

const SAID: Record<LimitName, (max: number) => string> = {
  steps: (max) => `${formatCount(max)} steps`,
  tasks: (max) => `${formatCount(max)} tasks`,
  calls: (max) => `${formatCount(max)} model calls`,
  requestUnits: (max) => `${formatCount(max)} characters sent to models`,
  events: (max) => `${formatCount(max)} trace events`,
  outputBytes: (max) => `${formatCount(max / 1_000_000)} MB of output`,
  valueBytes: (max) => `${formatCount(max / 1_000_000)} MB of values`,
  virtualUs: (max) => `${formatUs(max)} of virtual time`,
}

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
  return { limits: { ...inputs.limits, [limit]: max }, label: `Continue up to ${SAID[limit](max)}` }
}
