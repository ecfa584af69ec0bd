// What a run came to, in the words that cases and `run --json` share.
import type { RunReport } from "../session/report.ts"
import type { Totals } from "../trace/totals.ts"

export interface RunFacts {
  readonly outcome: string
  readonly stdout: readonly string[]
  readonly virtualMs: number
  readonly maxInFlight: number
  readonly calls: number
  readonly tokens: { readonly in: number; readonly out: number }
}

export function factsOf(report: RunReport, totals: Totals): RunFacts {
  return {
    outcome: report.outcome,
    stdout: totals.stdoutLines(),
    virtualMs: report.virtualUs / 1000,
    maxInFlight: totals.maxInFlight,
    calls: totals.calls,
    tokens: { in: totals.tokensIn, out: totals.tokensOut },
  }
}
