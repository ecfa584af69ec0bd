// What went wrong with a provider, as a failure of an attempt: one sentence for each way, in our words. A provider's own
// words follow only where they help, scrubbed and cut; for a key that was refused never (design: sandbox).
import type { FailureKind, ModelFailure } from "../request.ts"
import type { ProviderConfig } from "./config.ts"
import type { ProviderPreset } from "./presets.ts"
import { scrubbed } from "./scrub.ts"
import type { WatchedFetch } from "./watched-fetch.ts"

/** What is known about an attempt that failed. */
export interface Circumstances {
  readonly preset: ProviderPreset
  readonly config: ProviderConfig
  readonly model: string
  readonly secrets: readonly string[]
  readonly watched: Pick<WatchedFetch, "reached" | "tooLarge" | "timedOut" | "brokenCharacter">
  /** Some of the answer had come. */
  readonly begun: boolean
  /** A tool call had begun and was not complete. */
  readonly inTool: boolean
}

export function failed(status: number, message: string, retryAfterMs = -1, what?: FailureKind): ModelFailure {
  return { status, message, retryAfterMs, partial: "", ...(what ? { what } : {}) }
}

/** A failure that no status tells: the sentence, and what went wrong. `status` as a program sees it. */
export function failedBy(what: FailureKind, status: number, message: string): ModelFailure {
  return failed(status, message, -1, what)
}

/** The stream ended, or broke, before the answer was complete. */
export function cutFailure({ preset, watched, begun, inTool }: Circumstances): ModelFailure {
  const where = inTool ? " in the middle of a tool call" : watched.brokenCharacter ? " in the middle of a character" : ""
  return failedBy(
    "cut",
    0,
    begun || where !== ""
      ? `the answer of ${preset.title} was cut off${where}: the stream ended before it was complete`
      : `${preset.title} closed the stream before a word of the answer had come`,
  )
}

/** Whatever was thrown or streamed as an error. */
export function failureOf(problem: unknown, circumstances: Circumstances): ModelFailure {
  const { preset, config, watched } = circumstances
  const name = preset.title
  if (watched.tooLarge) return failedBy("tooLong", 413, `the answer of ${name} was longer than 4 MB and was cut off`)
  if (watched.timedOut)
    return failedBy(
      "silent",
      0,
      watched.reached ? `${name} fell silent: nothing came for ${config.timeoutS} s` : `${name} did not answer within ${config.timeoutS} s`,
    )
  if (isUnreadable(problem)) {
    if (textOf(problem).includes("without a finish reason")) return cutFailure(circumstances)
    return failedBy("unreadable", 502, `${name} sent something that is not its protocol (no valid JSON)`)
  }
  const status = statusOf(problem)
  if (status !== null) return ofStatus(status, problem, circumstances)
  if (watched.reached) {
    const streamed = streamedStatus(problem)
    return streamed === null ? cutFailure(circumstances) : ofStatus(streamed, problem, circumstances)
  }
  const inPage = typeof location === "object"
  if (typeof navigator === "object" && navigator.onLine === false && !preset.local)
    return failedBy("offline", 0, "this machine is offline: connect to the network and run again")
  return failedBy(
    "unreached",
    0,
    preset.local
      ? `${name} could not be reached at ${config.baseUrl}: it is not running${inPage ? ", or it refuses this page" : ""}`
      : `${name} could not be reached: the network is down${inPage ? ", or the browser was refused" : ""}`,
  )
}

function ofStatus(status: number, problem: unknown, { preset, model, secrets }: Circumstances): ModelFailure {
  const name = preset.title
  const said = quoted(scrubbed(messageOf(problem), secrets))
  switch (status) {
    case 401:
      return failed(401, `${name} did not accept the key`)
    case 402:
      return failed(402, `${name} wants to be paid first: the account has no credit left`)
    case 403:
      return failed(403, preset.local ? `${name} refuses pages of this address` : `${name} refused: the key may not be used for this`)
    case 404:
      return failed(404, `${name} does not know the model "${model.slice(0, 100)}", or the address is wrong${said}`)
    case 408:
      return failed(408, `${name} gave up waiting for the request${said}`)
    case 413:
      return failed(413, `the request is too large for ${name}${said}`)
    case 429: {
      const waitMs = retryAfterOf(problem)
      if (/quota|billing|credit/i.test(messageOf(problem)) && waitMs < 0)
        return failed(429, `${name} says that the quota is used up${said}`)
      return failed(
        429,
        `the rate limit of ${name} is reached${waitMs >= 0 ? `; it asks to wait ${(waitMs / 1000).toFixed(1)} s` : ""}${said}`,
        waitMs,
      )
    }
    case 503:
    case 529:
      return failed(status, `${name} is overloaded (${status})${said}`, retryAfterOf(problem))
    default:
      if (status >= 500) return failed(status, `${name} had an error of its own (${status})${said}`, retryAfterOf(problem))
      return failed(status, `${name} refused the request (${status})${said}`)
  }
}

const quoted = (text: string): string => (text === "" ? "" : `: ${text}`)

function statusOf(problem: unknown): number | null {
  const status = field(problem, "statusCode")
  // And it does so of an error that comes as the first event: then the event's own kind says more.
  const inside =
    status === 500
      ? /^\{"type":"(rate_limit|authentication|permission|not_found)_error"/.exec(String(field(problem, "responseBody")))
      : null
  if (inside) return { rate_limit: 429, authentication: 401, permission: 403, not_found: 404 }[inside[1] as string] ?? 500
  return typeof status === "number" && status >= 400 && status < 600 ? status : null
}

/** Errors that come inside a stream have a type or a code in place of a status. */
function streamedStatus(problem: unknown): number | null {
  const kind = [field(problem, "type"), field(problem, "code"), field(problem, "status")].map(String).join(" ")
  const code = Number(field(problem, "code"))
  if (code >= 400 && code < 600) return code
  if (/overloaded/i.test(kind)) return 529
  if (/rate_limit|resource_exhausted|insufficient_quota/i.test(kind)) return 429
  if (/authentication|invalid_api_key/i.test(kind)) return 401
  if (/permission/i.test(kind)) return 403
  if (/not_found/i.test(kind)) return 404
  if (/invalid_request/i.test(kind)) return 400
  if (/api_error|server_error|internal|_error\b/i.test(kind)) return 500
  return typeof field(problem, "message") === "string" && !(problem instanceof Error) ? 500 : null
}

function isUnreadable(problem: unknown): boolean {
  const name = String(field(problem, "name"))
  if (/JSONParse|TypeValidation|InvalidResponseData|EmptyResponseBody|SyntaxError/.test(name)) return true
  // Anthropic's package makes an error of status 500 of a first event that it cannot read.
  return /^\{"name":"AI_/.test(String(field(problem, "responseBody")))
}

/** What the provider said, where it said it in a way we know. */
function messageOf(problem: unknown): string {
  const body = field(problem, "responseBody")
  if (typeof body === "string" && body !== "") {
    try {
      const value: unknown = JSON.parse(body)
      const inner = field(value, "error") ?? field(Array.isArray(value) ? value[0] : null, "error")
      const said = typeof inner === "string" ? inner : (field(inner, "message") ?? field(value, "message") ?? field(value, "detail"))
      if (typeof said === "string") return said
    } catch {
      // Not JSON: a proxy's page, mostly. Its words help nobody.
    }
    return /^\s*</.test(body) ? "" : body
  }
  return statusOf(problem) === null ? textOf(problem) : ""
}

function textOf(problem: unknown): string {
  const said = field(problem, "message")
  return typeof said === "string" ? said : typeof problem === "string" ? problem : ""
}

/** Milliseconds that the provider asks to wait; -1 where it says nothing. Seconds, milliseconds, dates and Google's details. */
export function retryAfterOf(problem: unknown, nowMs = Date.now()): number {
  const headers = field(problem, "responseHeaders")
  const exact = Number(field(headers, "retry-after-ms") ?? Number.NaN)
  if (exact >= 0) return bounded(exact)
  const after = field(headers, "retry-after")
  if (typeof after === "string" && after.trim() !== "") {
    const seconds = Number(after)
    if (seconds >= 0) return bounded(seconds * 1000)
    const date = Date.parse(after)
    if (!Number.isNaN(date)) return bounded(Math.max(0, date - nowMs))
  }
  const body = field(problem, "responseBody")
  const detail = typeof body === "string" ? /"retryDelay"\s*:\s*"(\d+(?:\.\d+)?)s"/.exec(body) : null
  return detail ? bounded(Number(detail[1]) * 1000) : -1
}

const bounded = (ms: number): number => Math.min(86_400_000, Math.ceil(ms))

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
