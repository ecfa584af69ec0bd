// What the details of a call and of a task say about money and about where answers came from.
import { type Cost, NO_COST, usd } from "../../interpreter/models/index.ts"
import { type ModelState, useModels } from "./models.ts"

/** "asked now, gpt-5-mini, $0.0021" or "from the recording, gpt-5-mini, $0.0021 then". */
export function CallOrigin({ call }: { readonly call: number }) {
  const origin = useModels((state) => state.origins.get(call))
  if (!origin) return <span>answered by a real model</span>
  const parts = [origin.fresh ? "asked now" : "from the recording", ...(origin.by ? [origin.by.model] : []), ...costWords(origin.cost)]
  return <span>{parts.join(", ")}</span>
}

/** The cost of a task's calls as a fact: its name and its value; null where there is none to tell. */
export function useCostOf(calls: readonly number[]): readonly [string, string] | null {
  const words = useModels((state) => costOf(state, calls))
  return words === "" ? null : ["cost", words]
}

/** What calls cost together: "$0.0021", "est. $0.0021", "cost unknown"; "" where no real model was paid. */
export function costOf(state: ModelState, calls: readonly number[]): string {
  return costWords(sumOf(state, calls)).join("")
}

function sumOf(state: ModelState, calls: readonly number[]): Cost {
  let sum = NO_COST
  for (const call of calls) {
    const cost = state.origins.get(call)?.cost
    if (cost) sum = { usd: sum.usd + cost.usd, estimated: sum.estimated || cost.estimated, unpriced: sum.unpriced + cost.unpriced }
  }
  return sum
}

function costWords(cost: Cost): string[] {
  if (cost.unpriced > 0) return ["cost unknown"]
  return cost.usd > 0 ? [`${cost.estimated ? "est. " : ""}${usd(cost.usd)}`] : []
}
