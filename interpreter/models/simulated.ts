// The simulated model: deterministic, free, without network. It tries the rules of the model script in order; a prompt
// that no rule matches is answered by the built-in responder, or, in a conformance case, is an error; a case without rules
// has no model. Whatever is drawn at random is drawn from a stream of its own for each call, keyed by seed, canonical
// request and how many equal requests came before, so that an edit or a reordering never changes another call's bar
// (design: the law).
import { RandomStream } from "../kernel/random.ts"
import { type Answerer, canonicalRequest } from "./calls.ts"
import { type AnswerPlan, evenChunks, type LaterPlan, type Responder } from "./plan.ts"
import { type Attempt, type ModelFailure, type ModelRequest, promptText, type Reply } from "./request.ts"
import type { ModelDials, ModelRule, ScriptedReply } from "./script.ts"
import { tokensOf, tokensOfRequest } from "./tokens.ts"

export interface SimulatedModelOptions {
  readonly rules: readonly ModelRule[]
  readonly otherwise: "responder" | "error"
  readonly dials: ModelDials
  readonly seed: number
  /** The built-in responder, which is loaded when a run first needs it; null where it is not there yet. */
  readonly responder: () => Responder | null
  /** Told once for each prompt that no rule matched, so that the page can say who answers. */
  readonly onUnmatched?: (prompt: string) => void
}

const REFUSAL = "I cannot help with that. (simulated refusal)"
const MINUTE_US = 60_000_000

export class SimulatedModel implements Answerer {
  private readonly answered: number[]
  private readonly failed: number[]
  private readonly equalRequests = new Map<string, number>()
  /** When requests were admitted, and how many tokens they brought: for the limits a minute. */
  private readonly admitted: { readonly atUs: number; readonly tokens: number }[] = []

  constructor(private readonly options: SimulatedModelOptions) {
    this.answered = options.rules.map(() => 0)
    this.failed = options.rules.map(() => 0)
  }

  answer(request: ModelRequest, nowUs: number): AnswerPlan | LaterPlan {
    const key = canonicalRequest(request)
    const nth = this.equalRequests.get(key) ?? 0
    this.equalRequests.set(key, nth + 1)
    const random = new RandomStream(`call ${nth} ${key}`, this.options.seed)
    const { dials, rules } = this.options
    const prompt = promptText(request)
    const index = rules.findIndex((rule) => prompt.includes(rule.match ?? ""))
    const rule = rules[index]
    const spread = dials.jitter > 0 ? 1 + dials.jitter * (2 * random.fraction() - 1) : 1
    const latencyUs = Math.floor((rule?.latencyMs ?? dials.latencyMs * spread) * 1000)

    const limited = this.overLimit(request, nowUs)
    if (limited) return failing(limited, Math.min(latencyUs, 50_000))
    const fate = random.fraction()
    let share = dials.failureShare
    if (fate < share) return failing(failure(500, "the simulated provider had an internal error"), latencyUs)
    share += dials.timeoutShare
    if (fate < share)
      return failing(
        { ...failure(0, `no answer within ${dials.timeoutMs} ms (simulated timeout)`), what: "silent" },
        dials.timeoutMs * 1000,
      )
    const cutFrom = share
    share += dials.cutShare
    const cut = fate >= cutFrom && fate < share
    const refusedFrom = share
    share += dials.refusalShare
    const refused = fate >= refusedFrom && fate < share
    const wrongFrom = share
    share += dials.wrongTypeShare
    const wrong = fate >= wrongFrom && fate < share

    if (rule) {
      const times = rule.error?.times ?? 0
      if (rule.error && (this.failed[index] ?? 0) < times) {
        this.failed[index] = (this.failed[index] ?? 0) + 1
        return failing(failure(rule.error.status, rule.error.message ?? statusText(rule.error.status), rule.error.retryAfterMs), latencyUs)
      }
    } else if (this.options.otherwise === "error") {
      if (rules.length === 0) return failing({ ...failure(400, "no model is configured for this run"), noModel: true }, 0)
      return failing(failure(400, `no rule of the model script matches the prompt ${JSON.stringify(shortened(prompt))}`), latencyUs)
    } else this.options.onUnmatched?.(prompt)

    let scripted: ScriptedReply
    if (refused) scripted = REFUSAL
    else if (wrong) scripted = "Well, that depends on how you look at it."
    else if (rule) {
      const nthReply = this.answered[index] ?? 0
      this.answered[index] = nthReply + 1
      scripted = rule.replies ? (rule.replies[Math.min(nthReply, rule.replies.length - 1)] ?? "") : (rule.reply ?? "")
    } else {
      const later = (respond: Responder) =>
        this.streamed(replyOf(request, respond(request, random), rule, refused), latencyUs, "simulated", cut)
      const respond = this.options.responder()
      return respond ? later(respond) : { source: "simulated", later }
    }
    return this.streamed(replyOf(request, scripted, rule, refused), latencyUs, rule ? "scripted" : "simulated", cut)
  }

  private streamed(reply: Reply, latencyUs: number, source: "scripted" | "simulated", cut: boolean): AnswerPlan {
    const { dials } = this.options
    const firstTokenUs = Math.floor(latencyUs * dials.firstTokenShare)
    const tokens = reply.usage.tokensOut
    const endUs = dials.tokensPerSecond > 0 ? firstTokenUs + Math.floor((tokens * 1_000_000) / dials.tokensPerSecond) : latencyUs
    const chunks = reply.text === "" ? [] : evenChunks(reply.text, tokens, firstTokenUs, endUs)
    if (!cut || chunks.length === 0) return { source, firstTokenUs, chunks, endUs, attempt: { ok: true, reply } }
    const kept = chunks.slice(0, Math.max(1, chunks.length >> 1))
    const last = kept[kept.length - 1] as { afterUs: number; units: number }
    const partial = reply.text.slice(0, last.units)
    const attempt: Attempt = { ok: false, failure: { ...failure(0, "the stream was cut (simulated)"), partial, what: "cut" } }
    return { source, firstTokenUs, chunks: kept, endUs: last.afterUs + 1, attempt }
  }

  private overLimit(request: ModelRequest, nowUs: number): ModelFailure | null {
    const { requestsPerMinute, tokensPerMinute } = this.options.dials
    if (requestsPerMinute <= 0 && tokensPerMinute <= 0) return null
    while (this.admitted.length > 0 && (this.admitted[0] as { atUs: number }).atUs <= nowUs - MINUTE_US) this.admitted.shift()
    const tokens = tokensOfRequest(request)
    let used = tokens
    for (const earlier of this.admitted) used += earlier.tokens
    const overRequests = requestsPerMinute > 0 && this.admitted.length >= requestsPerMinute
    const overTokens = tokensPerMinute > 0 && used > tokensPerMinute && this.admitted.length > 0
    if (!overRequests && !overTokens) {
      this.admitted.push({ atUs: nowUs, tokens })
      return null
    }
    const free = (this.admitted[0] as { atUs: number }).atUs + MINUTE_US - nowUs
    const what = overRequests ? `${requestsPerMinute} requests a minute` : `${tokensPerMinute} tokens a minute`
    return failure(429, `rate limit reached: ${what} (simulated)`, Math.ceil(free / 1000))
  }
}

function replyOf(request: ModelRequest, scripted: ScriptedReply, rule: ModelRule | undefined, refused: boolean): Reply {
  const text = typeof scripted === "string" ? scripted : (scripted.text ?? "")
  const toolCalls = typeof scripted === "string" ? [] : scripted.tools
  const usage = rule?.usage
    ? { tokensIn: rule.usage.in, tokensOut: rule.usage.out, estimated: false }
    : { tokensIn: tokensOfRequest(request), tokensOut: tokensOf(text), estimated: true }
  return { text, toolCalls, usage, finish: toolCalls.length > 0 ? "tools" : refused ? "refused" : (rule?.finish ?? "stop") }
}

function failing(reason: ModelFailure, endUs: number): AnswerPlan {
  return { source: "simulated", firstTokenUs: null, chunks: [], endUs, attempt: { ok: false, failure: reason } }
}

function failure(status: number, message: string, retryAfterMs = -1): ModelFailure {
  return { status, message, retryAfterMs, partial: "" }
}

function statusText(status: number): string {
  switch (status) {
    case 0:
      return "the network is down (simulated)"
    case 429:
      return "rate limit reached (simulated)"
    case 401:
      return "the key was not accepted (simulated)"
    case 503:
    case 529:
      return "the provider is overloaded (simulated)"
    default:
      return `the provider answered with status ${status} (simulated)`
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
