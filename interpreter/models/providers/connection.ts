// Asks a provider for one attempt and tells what comes, piece by piece. The packages that speak the providers' protocols are
// loaded when they are first needed. A key is in the arguments, and nowhere after the attempt is over.
import type { LiveEvent, ModelFailure, ModelRequest } from "../request.ts"
import { tokensOf, tokensOfRequest } from "../tokens.ts"
import type { ProviderConfig } from "./config.ts"
import { type Circumstances, cutFailure, failed, failedBy, failureOf } from "./failures.ts"
import { type ProviderPreset, providerPreset } from "./presets.ts"
import { type CallOptions, preparedPrompt } from "./prompt.ts"
import { StreamScrubber, scrubbedValue } from "./scrub.ts"
import { TypedText } from "./typed-text.ts"
import { WatchedFetch } from "./watched-fetch.ts"

export interface AskOptions {
  readonly config: ProviderConfig
  readonly key: string
  readonly model: string
  readonly request: ModelRequest
  readonly maxTokensOut: number
  readonly signal: AbortSignal
  /** Told in order; the last is an end or a failure, unless the signal aborts. */
  readonly tell: (event: LiveEvent) => void
  /** Other than the host's, for tests. */
  readonly send?: typeof fetch
}

/** What is used of a provider's package. */
export interface Model {
  doStream(options: CallOptions): PromiseLike<{ readonly stream: ReadableStream<StreamPart> }>
}

/** The parts of a stream that matter here, as the packages send them. */
export type StreamPart =
  | { readonly type: "text-delta"; readonly delta: string }
  | { readonly type: "tool-input-start" | "tool-input-end" | "reasoning-delta" | "stream-start" | "response-metadata" | "raw" }
  | { readonly type: "tool-call"; readonly toolName: string; readonly input: string }
  | { readonly type: "error"; readonly error: unknown }
  | {
      readonly type: "finish"
      readonly finishReason: { readonly unified: string; readonly raw?: string | undefined }
      readonly usage: {
        readonly inputTokens: { readonly total: number | undefined }
        readonly outputTokens: { readonly total: number | undefined }
      }
    }
  | { readonly type: "other" }

/** Asks once. Never throws; whatever goes wrong is told as a failure. */
export async function askProvider(options: AskOptions): Promise<void> {
  const { config, key, model, request, signal, tell } = options
  const preset = providerPreset(config.id)
  if (!preset) return tell({ kind: "failed", failure: failed(400, `there is no provider "${config.id}"`) })
  if (preset.key === "needed" && key === "") return tell({ kind: "failed", failure: failed(401, `${preset.title} needs a key`) })
  if (model === "") return tell({ kind: "failed", failure: failed(400, `no model of ${preset.title} is chosen`) })

  const secrets = key === "" ? [] : [key]
  const watched = new WatchedFetch(config.timeoutS * 1000, signal, options.send)
  const { options: call, wrapped } = preparedPrompt(request, config.structured, options.maxTokensOut)
  const scrubber = new StreamScrubber(secrets)
  const typed = new TypedText(wrapped, request.shape.kind !== "text")
  let text = ""
  let toolCalls = 0
  let toolsBegun = 0
  const say = (piece: string) => {
    if (piece === "") return
    text += piece
    tell({ kind: "text", text: piece })
  }
  const circumstances = (): Circumstances => ({
    preset,
    config,
    model,
    secrets,
    watched,
    begun: text !== "",
    inTool: toolsBegun > toolCalls,
  })
  const giveUp = (failure: ModelFailure) => {
    if (!signal.aborted) tell({ kind: "failed", failure })
  }

  try {
    const asked = preset.protocol === "browser" ? await browserModel() : await packagedModel(preset, config, key, model, request, watched)
    const { stream } = await watched.orStopped(asked.doStream({ ...call, abortSignal: watched.signal }))
    const reader = stream.getReader()
    for (;;) {
      const { done, value: part } = await watched.orStopped(reader.read())
      if (signal.aborted) return
      if (done) {
        say(scrubber.end())
        return giveUp(cutFailure(circumstances()))
      }
      switch (part.type) {
        case "text-delta":
          say(typed.take(scrubber.take(part.delta)))
          break
        case "tool-input-start":
          toolsBegun++
          break
        case "tool-call": {
          const args = argumentsOf(part.input)
          if (args === undefined) {
            void reader.cancel().catch(() => {})
            return giveUp(
              failedBy(
                "unreadable",
                502,
                `${preset.title} asked for the tool "${part.toolName.slice(0, 60)}" with arguments that are no JSON`,
              ),
            )
          }
          toolCalls++
          toolsBegun = Math.max(toolsBegun, toolCalls)
          tell({ kind: "tool", name: part.toolName, args: scrubbedValue(args, secrets) })
          break
        }
        case "error":
          void reader.cancel().catch(() => {})
          return giveUp(failureOf(part.error, circumstances()))
        case "finish": {
          const { unified, raw } = part.finishReason
          if (unified === "error" || watched.brokenCharacter || (unified === "other" && raw === undefined))
            return giveUp(cutFailure(circumstances()))
          say(typed.take(scrubber.end()) + typed.end())
          if (text === "" && toolCalls === 0 && unified !== "content-filter")
            return giveUp(
              unified === "length"
                ? failedBy(
                    "empty",
                    400,
                    `the answer of ${preset.title} ended at the limit of ${options.maxTokensOut} tokens before a word of it had come`,
                  )
                : failedBy("empty", 502, `${preset.title} sent an empty answer`),
            )
          const tokensIn = part.usage.inputTokens.total
          const tokensOut = part.usage.outputTokens.total
          const counted = isCount(tokensIn) && isCount(tokensOut)
          tell({
            kind: "end",
            usage: counted
              ? { tokensIn, tokensOut, estimated: false }
              : { tokensIn: tokensOfRequest(request), tokensOut: tokensOf(text), estimated: true },
            finish: toolCalls > 0 ? "tools" : unified === "length" ? "length" : unified === "content-filter" ? "refused" : "stop",
          })
          return
        }
      }
    }
  } catch (problem) {
    giveUp(failureOf(problem, circumstances()))
  } finally {
    watched.stop()
  }
}

function argumentsOf(input: string): unknown {
  if (input.trim() === "") return {}
  try {
    return JSON.parse(input)
  } catch {
    return undefined
  }
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 && value <= 1e9
}

async function packagedModel(
  preset: ProviderPreset,
  config: ProviderConfig,
  key: string,
  model: string,
  request: ModelRequest,
  watched: WatchedFetch,
): Promise<Model> {
  const common = { baseURL: config.baseUrl, fetch: watched.fetch }
  switch (preset.protocol) {
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic")
      // Without this header Anthropic refuses every browser.
      const headers = { "anthropic-dangerous-direct-browser-access": "true" }
      return createAnthropic({ ...common, apiKey: key, headers }).languageModel(model) as Model
    }
    case "google": {
      const { createGoogleGenerativeAI } = await import("@ai-sdk/google")
      return createGoogleGenerativeAI({ ...common, apiKey: key }).languageModel(model) as Model
    }
    default: {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible")
      return createOpenAICompatible({
        ...common,
        name: preset.id,
        ...(key === "" ? {} : { apiKey: key }),
        includeUsage: preset.usageOption,
        supportsStructuredOutputs: config.structured,
        transformRequestBody: (body) => bodyFor(preset, body, request),
      }).chatModel(model) as Model
    }
  }
}

/** What single providers want otherwise than the protocol says. */
function bodyFor(preset: ProviderPreset, body: Record<string, unknown>, request: ModelRequest): Record<string, unknown> {
  const { max_tokens, ...rest } = body
  // OpenAI's reasoning models refuse the old name.
  const limited = preset.id === "openai" && max_tokens !== undefined ? { ...rest, max_completion_tokens: max_tokens } : body
  return {
    ...limited,
    ...(request.effort !== "" ? { reasoning_effort: request.effort } : {}),
    ...(request.grammar !== "" && preset.id === "llamacpp" ? { grammar: request.grammar } : {}),
  }
}

async function browserModel(): Promise<Model> {
  const { builtInModel } = await import("./browser-model.ts")
  return builtInModel()
}
