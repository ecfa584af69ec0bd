// What a call cost, in a few words, as the hover card says it. Pure; prices are no part of a trace, so the cost comes from who
// knows who answered.
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
