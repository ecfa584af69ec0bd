// Who answers, in a few words for the page's head: always on screen, so that nobody takes a run for more or less than it is.
import { usd } from "../../interpreter/models/index.ts"
import { providerPreset } from "../../interpreter/models/providers/presets.ts"
import { LINKED_RECORDING, type ModelState, useModels } from "./models.ts"

/** "simulated model", "replay of talk.cassette", "OpenAI gpt-5-mini, est. $0.0021". */
export function answererName(state: ModelState): string {
  switch (state.mode) {
    case "simulated":
      return "simulated model"
    case "replay":
      if (state.opened?.name === LINKED_RECORDING) return "answers recorded by the author of this link"
      return `replay of ${state.opened?.name ?? "nothing"}`
    case "live": {
      const { provider, providers } = state.settings
      const title = providerPreset(provider)?.title ?? provider
      const model = providers.find(({ id }) => id === provider)?.model ?? ""
      const { usd: spent, estimated, unpriced } = state.cost
      const cost = unpriced > 0 ? ", cost unknown" : spent > 0 ? `, ${estimated ? "est. " : ""}${usd(spent)}` : ""
      return `${title} ${model}${cost}`
    }
  }
}

export const useAnswererName = (): string => useModels(answererName)
