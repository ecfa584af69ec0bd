// What a program asks a model, as data. Built by the languages' runtimes, recorded in the trace as canonical JSON,
// answered by whoever answers in this run: the simulated model, a cassette, or a provider through the page.

import type { Finish } from "../trace/event.ts"

export interface Turn {
  readonly role: "user" | "assistant"
  readonly text: string
}

export interface ToolSchema {
  readonly name: string
  readonly description: string
  /** JSON schema of the arguments, an object schema. */
  readonly parameters: unknown
}

/** What kind of value the program wants, for providers with structured answers and for the built-in responder. */
export type AnswerShape =
  | { readonly kind: "text" | "number" | "integer" | "boolean" | "json" | "char" }
  | { readonly kind: "list"; readonly of: AnswerShape }
  | { readonly kind: "record"; readonly fields: readonly { readonly name: string; readonly shape: AnswerShape }[] }

export interface ToolRound {
  readonly calls: readonly { readonly name: string; readonly args: unknown }[]
  readonly results: readonly { readonly name: string; readonly text: string; readonly failed: boolean }[]
}

export interface ModelRequest {
  readonly language: string
  /** Name of the model as the program gives it; "" for the default one. */
  readonly model: string
  /** Provider and address that the program asks for; shown, never used by themselves (design: sandbox). */
  readonly provider: string
  readonly url: string
  readonly system: string
  /** The program's context as the model sees it (Vibe 8.7); "" where the language has none. */
  readonly context: string
  /** The conversation: at least one user turn. Rules of a model script are matched against the user turns' text. */
  readonly turns: readonly Turn[]
  readonly shape: AnswerShape
  readonly tools: readonly ToolSchema[]
  /** Rounds of tools of this operation so far. */
  readonly toolRounds: readonly ToolRound[]
  /** 0: no limit given. */
  readonly maxTokens: number
  readonly grammar: string
  readonly effort: string
}

export interface Usage {
  readonly tokensIn: number
  readonly tokensOut: number
  readonly estimated: boolean
}

export interface Reply {
  readonly text: string
  readonly toolCalls: readonly { readonly name: string; readonly args: unknown }[]
  readonly usage: Usage
  readonly finish: Finish
}

/**
 * What went wrong, where a status does not say: no answer within the time, a stream that was cut, a machine without network, a
 * server that is not there, an answer that is empty, unreadable or too long, a recording that holds no answer.
 */
export const FAILURE_KINDS = ["silent", "cut", "offline", "unreached", "empty", "unreadable", "tooLong", "notRecorded"] as const
export type FailureKind = (typeof FAILURE_KINDS)[number]

/** An attempt that failed. `status` is HTTP's; 0 means that no answer came (network down, cut, timeout). */
export interface ModelFailure {
  readonly status: number
  readonly message: string
  /** -1 where the provider did not say. */
  readonly retryAfterMs: number
  /** What had arrived before it failed; "" mostly. */
  readonly partial: string
  /** Nobody was asked: the run has no model. */
  readonly noModel?: true
  readonly what?: FailureKind | undefined
}

/** News of an answer that comes from outside (a provider), in the order in which it came. */
export type LiveEvent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tool"; readonly name: string; readonly args: unknown }
  | { readonly kind: "end"; readonly usage: Usage; readonly finish: Reply["finish"] }
  | { readonly kind: "failed"; readonly failure: ModelFailure }

export type Attempt = { readonly ok: true; readonly reply: Reply } | { readonly ok: false; readonly failure: ModelFailure }

const EMPTY: Omit<ModelRequest, "language" | "turns"> = {
  model: "",
  provider: "",
  url: "",
  system: "",
  context: "",
  shape: { kind: "text" },
  tools: [],
  toolRounds: [],
  maxTokens: 0,
  grammar: "",
  effort: "",
}

/** A request with everything unsaid filled in, its keys always in the same order (the trace and cassettes rely on it). */
export function requestOf(language: string, prompt: string, rest: Partial<ModelRequest> = {}): ModelRequest {
  return { language, turns: [{ role: "user", text: prompt }], ...EMPTY, ...rest }
}

/** The text that rules match against: all user turns, the first first. */
export function promptText(request: ModelRequest): string {
  return request.turns
    .filter((turn) => turn.role === "user")
    .map((turn) => turn.text)
    .join("\n")
}
