// The script of the simulated model: rules tried in order, and the dials that shape answers no rule times. The form of
// a rule is that of the `model` array of a conformance case and of a document's front matter.

export interface ModelRule {
  /** Substring of the prompt: plain text, case-sensitive. Missing or "" matches every prompt. */
  readonly match?: string
  readonly reply?: ScriptedReply
  /** Instead of `reply`: the first call gets the first, and so on; the last repeats. */
  readonly replies?: readonly ScriptedReply[]
  /** Virtual time from request to last token, in milliseconds; the dials' latency where left out. */
  readonly latencyMs?: number
  readonly usage?: { readonly in: number; readonly out: number }
  /** How the reply ends where it does not simply end: cut off at a limit of tokens, or refused. */
  readonly finish?: "length" | "refused"
  /** Fail this many times first; status 0 is a network that is down. */
  readonly error?: { readonly status: number; readonly times: number; readonly message?: string; readonly retryAfterMs?: number }
}

export type ScriptedReply =
  | string
  | { readonly tools: readonly { readonly name: string; readonly args: unknown }[]; readonly text?: string }

export interface ModelDials {
  /** Milliseconds from request to last token. */
  readonly latencyMs: number
  /** Spread around the latency, as a fraction of it (0.2: ± 20 %), drawn from the seed for each call. */
  readonly jitter: number
  /** Share of the latency before the first token. */
  readonly firstTokenShare: number
  /** Tokens per second after the first; 0: the rest of the latency, evenly. */
  readonly tokensPerSecond: number
  /** Requests a minute; 0: no limit. Beyond it a request fails with 429 and a retry-after. */
  readonly requestsPerMinute: number
  /** Tokens a minute; 0: no limit. */
  readonly tokensPerMinute: number
  /** Share of requests that fail with status 500. */
  readonly failureShare: number
  /** Share of streams that are cut half-way. */
  readonly cutShare: number
  /** Share of requests that never answer within `timeoutMs`. */
  readonly timeoutShare: number
  readonly timeoutMs: number
  /** Share of refusals. */
  readonly refusalShare: number
  /** Share of answers of another type than was asked for. */
  readonly wrongTypeShare: number
}

/** What a conformance case runs with: 100 ms, nothing drawn at random. */
export const PLAIN_DIALS: ModelDials = {
  latencyMs: 100,
  jitter: 0,
  firstTokenShare: 0.4,
  tokensPerSecond: 0,
  requestsPerMinute: 0,
  tokensPerMinute: 0,
  failureShare: 0,
  cutShare: 0,
  timeoutShare: 0,
  timeoutMs: 60_000,
  refusalShare: 0,
  wrongTypeShare: 0,
}
