// How many tokens a text has when nobody tells us: ceil(UTF-8 bytes / 4), the same everywhere (design: models). What a
// provider reports always wins over this.
import { utf8Length } from "../kernel/utf8.ts"
import type { ModelRequest } from "./request.ts"

export { utf8Length }

export function tokensOf(text: string): number {
  return Math.ceil(utf8Length(text) / 4)
}

/** Tokens that a request puts in front of the model: instructions, context, all turns, results of tools. */
export function tokensOfRequest(request: ModelRequest): number {
  let tokens = tokensOf(request.system) + tokensOf(request.context)
  for (const turn of request.turns) tokens += tokensOf(turn.text)
  for (const round of request.toolRounds) for (const result of round.results) tokens += tokensOf(result.text)
  return tokens
}
