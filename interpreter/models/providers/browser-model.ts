// The model that some browsers bring along (`LanguageModel`, desktop Chrome): no key, no network. Made to look like one of the
// providers' packages, so that `connection.ts` needs to know nothing of it.
import type { Model, StreamPart } from "./connection.ts"
import type { CallOptions } from "./prompt.ts"

interface Session {
  promptStreaming(messages: readonly { role: string; content: string }[], options: { signal?: AbortSignal }): ReadableStream<string>
  destroy(): void
}

interface LanguageModelApi {
  availability(): Promise<"unavailable" | "downloadable" | "downloading" | "available">
  create(options: { initialPrompts?: readonly { role: string; content: string }[]; signal?: AbortSignal }): Promise<Session>
}

/** Whether this browser has a model; "unavailable" too where it does not know the word. */
export async function builtInAvailability(): Promise<"unavailable" | "downloadable" | "downloading" | "available"> {
  const api = (globalThis as { LanguageModel?: LanguageModelApi }).LanguageModel
  return api ? api.availability() : "unavailable"
}

export function builtInModel(): Model {
  return {
    async doStream({ prompt, abortSignal }: CallOptions) {
      const api = (globalThis as { LanguageModel?: LanguageModelApi }).LanguageModel
      const availability = api ? await api.availability() : "unavailable"
      if (!api || availability === "unavailable")
        throw Object.assign(new Error("this browser has no model of its own"), { statusCode: 404 })
      const messages = prompt.map((message) => ({
        role: message.role === "tool" ? "user" : message.role,
        content: textOf(message.content),
      }))
      const system = messages.filter((message) => message.role === "system")
      const aborting = abortSignal ? { signal: abortSignal } : {}
      const session = await api.create({ initialPrompts: system, ...aborting })
      const words = session.promptStreaming(
        messages.filter((message) => message.role !== "system"),
        aborting,
      )
      const unknown = { total: undefined }
      const stream = words.pipeThrough(
        new TransformStream<string, StreamPart>({
          transform: (delta, controller) => controller.enqueue({ type: "text-delta", delta }),
          flush: (controller) => {
            session.destroy()
            controller.enqueue({
              type: "finish",
              finishReason: { unified: "stop", raw: "stop" },
              usage: { inputTokens: unknown, outputTokens: unknown },
            })
          },
        }),
      )
      return { stream }
    },
  }
}

function textOf(content: CallOptions["prompt"][number]["content"]): string {
  if (typeof content === "string") return content
  return content
    .map((part) => (part.type === "text" ? part.text : part.type === "tool-result" ? JSON.stringify(part.output) : ""))
    .join("\n")
}
