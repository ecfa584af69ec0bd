// What a call cost, in a few words, as the hover card says it; what a task's calls cost, as its row does. Pure; prices are no part
// of a trace, so the cost comes from who knows who answered.
import type { CallSpan } from "../../interpreter/trace/call-spans.ts"
import type { AnsweredCall } from "../../interpreter/trace/money.ts"
import { formatUsd } from "../../interpreter/trace/units.ts"

/** "$0.0021", "est. $0.0021", "$0.0021 then" (of a recording), "unknown"; "nothing" for a call that no real model answers. */
export function costPhrase(call: Pick<CallSpan, "id" | "source">, answers: ReadonlyMap<number, AnsweredCall>): string {
  if (call.source !== "live") return "nothing, no real model was asked"
  const answer = answers.get(call.id)
  if (!answer || answer.cost.unpriced > 0) return "unknown"
  const { usd, estimated } = answer.cost
  return `${estimated && usd > 0 ? "est. " : ""}${formatUsd(usd)}${answer.fresh ? "" : " then"}`
}

/** What the calls of a task that were over by a step cost together: "$0.0021", "est. $0.0021", "unknown"; "" where no real model answered. */
export function costOfCalls(calls: readonly CallSpan[], step: number, answers: ReadonlyMap<number, AnsweredCall>): string {
  let [usd, estimated, any] = [0, false, false]
  for (const call of calls) {
    if (call.source !== "live" || call.endStep < 0 || call.endStep > step) continue
    const cost = answers.get(call.id)?.cost
    if (!cost || cost.unpriced > 0) return "unknown"
    usd += cost.usd
    estimated ||= cost.estimated
    any = true
  }
  return any ? `${estimated && usd > 0 ? "est. " : ""}${formatUsd(usd)}` : ""
}
