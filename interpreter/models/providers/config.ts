// A provider as the reader set it up: which one, where, which model, how much at once. Without its key, which is kept apart
// (src/providers/keys.ts, or the command line's environment) and joins only at the moment of asking.
import { type ProviderPreset, providerPreset } from "./presets.ts"

export interface ProviderConfig {
  /** Id of the preset; one configuration a preset. */
  readonly id: string
  readonly baseUrl: string
  /** Asked where a program names no model of this provider. */
  readonly model: string
  /** Requests in flight at the same time; more wait their turn. */
  readonly maxInFlight: number
  /** Requests that may leave in a minute; 0: no limit of ours. */
  readonly requestsPerMinute: number
  /** Tokens that may go in and out in a minute, as estimated before an answer is there; 0: no limit of ours. */
  readonly tokensPerMinute: number
  /** The most tokens of one answer, where the program gives no limit. */
  readonly maxTokensOut: number
  /** Use the provider's structured answers where a program asks for a list or a record. */
  readonly structured: boolean
  /** Seconds without a sign of life after which an attempt is given up. */
  readonly timeoutS: number
}

/** What the program calls a model, and who answers it. */
export interface ModelRoute {
  /** The program's name for the model. */
  readonly name: string
  readonly provider: string
  readonly model: string
}

export function defaultConfig(preset: ProviderPreset): ProviderConfig {
  return {
    id: preset.id,
    baseUrl: preset.baseUrl,
    model: preset.model,
    maxInFlight: preset.local ? 2 : 6,
    requestsPerMinute: 0,
    tokensPerMinute: 0,
    maxTokensOut: 1024,
    structured: preset.structured,
    timeoutS: 60,
  }
}

/** What is wrong with an address; null if a page may send to it. */
export function addressProblem(text: string): string | null {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return "An address begins with https:// or http://localhost."
  }
  if (url.username !== "" || url.password !== "") return "The address must not hold a name or a password."
  if (url.search !== "" || url.hash !== "") return "The address ends before the question mark: only the path of the API."
  if (url.protocol === "https:") return null
  if (url.protocol === "http:" && isLoopback(url.hostname)) return null
  return "Only https:// addresses, and http:// on this machine (localhost), can be asked from a page."
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]"
}

const LIMITS = {
  maxInFlight: [1, 100],
  requestsPerMinute: [0, 10_000],
  tokensPerMinute: [0, 100_000_000],
  maxTokensOut: [16, 200_000],
  timeoutS: [1, 3600],
} as const

/** A configuration out of stored or typed values; whatever is not right is the preset's. null: there is no such provider. */
export function configFrom(value: unknown): ProviderConfig | null {
  if (typeof value !== "object" || value === null) return null
  const given = value as Partial<Record<keyof ProviderConfig, unknown>>
  const preset = typeof given.id === "string" ? providerPreset(given.id) : undefined
  if (!preset) return null
  const usual = defaultConfig(preset)
  const number = (name: keyof typeof LIMITS): number => {
    const [least, most] = LIMITS[name]
    const chosen = given[name]
    return typeof chosen === "number" && Number.isInteger(chosen) && chosen >= least && chosen <= most ? chosen : usual[name]
  }
  return {
    id: preset.id,
    baseUrl: typeof given.baseUrl === "string" && addressProblem(given.baseUrl) === null ? given.baseUrl : usual.baseUrl,
    model: typeof given.model === "string" && given.model.length <= 200 ? given.model.trim() : usual.model,
    maxInFlight: number("maxInFlight"),
    requestsPerMinute: number("requestsPerMinute"),
    tokensPerMinute: number("tokensPerMinute"),
    maxTokensOut: number("maxTokensOut"),
    timeoutS: number("timeoutS"),
    structured: typeof given.structured === "boolean" ? given.structured : usual.structured,
  }
}
