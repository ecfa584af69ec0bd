// What a run's real answers cost, over its time: a series that rises when an answer has arrived. Prices are no input of a run
// and not in its trace: what each call cost comes from whoever knows who answered it. Read by the timeline's strip.
import type { CallSpan } from "./call-spans.ts"
import { Series } from "./series.ts"

/** What is known of a call that a real model answered, now or when it was recorded. */
export interface AnsweredCall {
  /** Asked now; else it came from a recording. */
  readonly fresh: boolean
  /** Of all its attempts so far. `unpriced`: attempts whose model has no known price. */
  readonly cost: { readonly usd: number; readonly estimated: boolean; readonly unpriced: number }
}

export interface Money {
  /** US dollars so far. */
  readonly soFar: Series
  /** Some of it rests on an estimate of tokens. */
  readonly estimated: boolean
  /** The cost of a call is not known: the series is not the whole of it. */
  readonly unknown: boolean
  /** Nothing was asked now: it is what the recording cost when it was made. */
  readonly recorded: boolean
}

export const NO_MONEY: Money = { soFar: new Series(), estimated: false, unknown: false, recorded: false }

/** Money over the run of `calls`, of whom `answers` (by call) tells the cost. Calls that were asked now are what the reader pays: a
 * recording's answers count only where nothing was asked now. Simulated and scripted calls cost nothing. A call with
 * several attempts counts when its last answer so far has arrived. */
export function moneyOf(calls: Iterable<CallSpan>, answers: ReadonlyMap<number, AnsweredCall>): Money {
  const paid: { readonly atUs: number; readonly step: number; readonly answer: AnsweredCall }[] = []
  let unknown = false
  for (const call of calls) {
    if (call.source !== "live") continue
    const answered = call.attempts.findLast((attempt) => attempt.endUs >= 0)
    if (!answered) continue
    const answer = answers.get(call.id)
    if (answer) paid.push({ atUs: answered.endUs, step: answered.endStep, answer })
    else if (call.replyText >= 0) unknown = true
  }
  const recorded = paid.length > 0 && !paid.some(({ answer }) => answer.fresh)
  const counted = paid.filter(({ answer }) => answer.fresh || recorded).sort((one, other) => one.step - other.step)
  const soFar = new Series()
  let estimated = false
  for (const { atUs, step, answer } of counted) {
    const { cost } = answer
    if (cost.unpriced > 0) unknown = true
    if (cost.estimated) estimated = true
    if (cost.usd > 0) soFar.push(atUs, step, soFar.last + cost.usd)
  }
  return { soFar, estimated, unknown, recorded }
}
