// What calls cost. A small table of list prices with the day on which it was written; prices change, so readers can set
// their own, and no price is an input of a run. Usage comes from the provider, else from our estimate, and then so does the
// cost. Used for live costs, for the budget of a run and for the sentence that asks before the first paid run.
import { utf8Length } from "../kernel/utf8.ts"
import type { ModelRequest, Usage } from "./request.ts"

export { formatUsd as usd } from "../trace/units.ts"

/** US dollars for a million tokens. */
export interface Price {
  readonly inUsd: number
  readonly outUsd: number
}

export interface PriceEntry extends Price {
  /** Id of the provider's preset (providers/presets.ts). */
  readonly provider: string
  /** The model's name, or the beginning of it with a `*` at the end. */
  readonly model: string
}

export const PRICES_DATE = "2026-11-01"

/** List prices. What runs on the reader's own machine costs nothing. */
export const PRICES: readonly PriceEntry[] = [
  { provider: "ollama", model: "*", inUsd: 0, outUsd: 0 },
  { provider: "lmstudio", model: "*", inUsd: 0, outUsd: 0 },
  { provider: "llamacpp", model: "*", inUsd: 0, outUsd: 0 },
  { provider: "browser", model: "*", inUsd: 0, outUsd: 0 },
  { provider: "openai", model: "gpt-5-nano*", inUsd: 0.05, outUsd: 0.4 },
  { provider: "openai", model: "gpt-5-mini*", inUsd: 0.25, outUsd: 2 },
  { provider: "openai", model: "gpt-5*", inUsd: 1.25, outUsd: 10 },
  { provider: "openai", model: "gpt-4.1-nano*", inUsd: 0.1, outUsd: 0.4 },
  { provider: "openai", model: "gpt-4.1-mini*", inUsd: 0.4, outUsd: 1.6 },
  { provider: "openai", model: "gpt-4.1*", inUsd: 2, outUsd: 8 },
  { provider: "openai", model: "gpt-4o-mini*", inUsd: 0.15, outUsd: 0.6 },
  { provider: "openai", model: "gpt-4o*", inUsd: 2.5, outUsd: 10 },
  { provider: "anthropic", model: "claude-haiku-4*", inUsd: 1, outUsd: 5 },
  { provider: "anthropic", model: "claude-sonnet-4*", inUsd: 3, outUsd: 15 },
  { provider: "anthropic", model: "claude-opus-4*", inUsd: 15, outUsd: 75 },
  { provider: "anthropic", model: "claude-3-5-haiku*", inUsd: 0.8, outUsd: 4 },
  { provider: "google", model: "gemini-2.5-flash-lite*", inUsd: 0.1, outUsd: 0.4 },
  { provider: "google", model: "gemini-2.5-flash*", inUsd: 0.3, outUsd: 2.5 },
  { provider: "google", model: "gemini-2.5-pro*", inUsd: 2.5, outUsd: 15 },
  { provider: "mistral", model: "mistral-small*", inUsd: 0.1, outUsd: 0.3 },
  { provider: "mistral", model: "mistral-medium*", inUsd: 0.4, outUsd: 2 },
  { provider: "mistral", model: "mistral-large*", inUsd: 2, outUsd: 6 },
  { provider: "groq", model: "llama-3.1-8b-instant", inUsd: 0.05, outUsd: 0.08 },
  { provider: "groq", model: "llama-3.3-70b-versatile", inUsd: 0.59, outUsd: 0.79 },
  { provider: "openrouter", model: "openai/gpt-5-mini*", inUsd: 0.25, outUsd: 2 },
  { provider: "openrouter", model: "openai/gpt-4o-mini*", inUsd: 0.15, outUsd: 0.6 },
  { provider: "openrouter", model: "*:free", inUsd: 0, outUsd: 0 },
]

/** The price of a model; null where nobody knows it. `own`: the reader's entries. */
export function priceOf(provider: string, model: string, own: readonly PriceEntry[] = []): Price | null {
  const entry = priceEntryFor(provider, model, own)
  return entry && { inUsd: entry.inUsd, outUsd: entry.outUsd }
}

/** The entry that a model is counted with: the one that names it most exactly, of equals the reader's own. */
export function priceEntryFor(provider: string, model: string, own: readonly PriceEntry[] = []): PriceEntry | null {
  let best: PriceEntry | null = null
  for (const entry of [...own, ...PRICES]) {
    if (entry.provider !== provider || !fits(entry.model, model)) continue
    if (best === null || exactness(entry.model) > exactness(best.model)) best = entry
  }
  return best
}

function exactness(pattern: string): number {
  return pattern.includes("*") ? pattern.length - 1 : Number.POSITIVE_INFINITY
}

function fits(pattern: string, model: string): boolean {
  if (pattern.startsWith("*") && pattern.length > 1) return model.endsWith(pattern.slice(1))
  return pattern.endsWith("*") ? model.startsWith(pattern.slice(0, -1)) : model === pattern
}

export function costUsd(price: Price, tokensIn: number, tokensOut: number): number {
  return (price.inUsd * tokensIn + price.outUsd * tokensOut) / 1_000_000
}

export interface Cost {
  readonly usd: number
  /** Some of it rests on our estimate of tokens. */
  readonly estimated: boolean
  /** Attempts whose model has no known price; they are not in `usd`. */
  readonly unpriced: number
}

export const NO_COST: Cost = { usd: 0, estimated: false, unpriced: 0 }

/** Adds one attempt to a cost; `by` null: nobody said who answered. */
export function costWith(cost: Cost, by: { provider: string; model: string } | null, usage: Usage, own: readonly PriceEntry[] = []): Cost {
  const price = by && priceOf(by.provider, by.model, own)
  if (!price) return { ...cost, unpriced: cost.unpriced + 1 }
  return {
    usd: cost.usd + costUsd(price, usage.tokensIn, usage.tokensOut),
    estimated: cost.estimated || (usage.estimated && price.inUsd + price.outUsd > 0),
    unpriced: cost.unpriced,
  }
}

/** Tokens a provider adds around each message, at most. */
const TOKENS_AROUND = 64

/** Tokens that this request cannot exceed in front of the model: no tokenizer makes more than one token of a byte. */
export function mostTokensIn(request: ModelRequest): number {
  let bytes = utf8Length(request.system) + utf8Length(request.context) + utf8Length(request.grammar)
  let messages = 3
  for (const turn of request.turns) {
    bytes += utf8Length(turn.text)
    messages++
  }
  for (const tool of request.tools) bytes += utf8Length(JSON.stringify(tool))
  for (const round of request.toolRounds) {
    bytes += utf8Length(JSON.stringify(round))
    messages += 2
  }
  return bytes + 4 * utf8Length(JSON.stringify(request.shape)) + messages * TOKENS_AROUND
}

/** What an attempt can cost at most; null where the price is unknown. */
export function mostUsd(request: ModelRequest, price: Price | null, maxTokensOut: number): number | null {
  return price && costUsd(price, mostTokensIn(request), maxTokensOut)
}
