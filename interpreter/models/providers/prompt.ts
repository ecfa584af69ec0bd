// A program's request in the words of the providers' packages: messages, tools, the type of answer wanted. Typed answers go
// by the provider's structured form where it has one (lists and records), else by an instruction in plain words.
import type { OpenAICompatibleChatLanguageModel } from "@ai-sdk/openai-compatible"
import type { AnswerShape, ModelRequest } from "../request.ts"

export type CallOptions = Parameters<OpenAICompatibleChatLanguageModel["doStream"]>[0]
type Message = CallOptions["prompt"][number]
type Schema = Record<string, unknown>

/** `wrapped`: a list is asked for as `{"value": [...]}`, since structured answers are objects. */
export interface PreparedPrompt {
  readonly options: CallOptions
  readonly wrapped: boolean
}

export function preparedPrompt(request: ModelRequest, structured: boolean, maxTokensOut: number): PreparedPrompt {
  const { shape } = request
  // With tools at hand the model must be free to call one, which a schema for the answer would forbid.
  const bySchema = structured && request.tools.length === 0 && (shape.kind === "list" || shape.kind === "record")
  const system = [request.system, bySchema ? "" : instructionFor(shape)].filter((part) => part !== "").join("\n\n")
  const messages: Message[] = []
  if (system !== "") messages.push({ role: "system", content: system })
  if (request.context !== "") messages.push({ role: "user", content: [{ type: "text", text: request.context }] })
  for (const turn of request.turns) messages.push({ role: turn.role, content: [{ type: "text", text: turn.text }] })
  for (const [i, round] of request.toolRounds.entries()) {
    messages.push({
      role: "assistant",
      content: round.calls.map((call, j) => ({
        type: "tool-call" as const,
        toolCallId: `call_${i}_${j}`,
        toolName: call.name,
        input: call.args ?? {},
      })),
    })
    messages.push({
      role: "tool",
      content: round.results.map((result, j) => ({
        type: "tool-result" as const,
        toolCallId: `call_${i}_${j}`,
        toolName: result.name,
        output: { type: result.failed ? ("error-text" as const) : ("text" as const), value: result.text },
      })),
    })
  }
  const wrapped = bySchema && shape.kind === "list"
  const options: CallOptions = {
    prompt: messages,
    maxOutputTokens: maxTokensOut,
    ...(request.tools.length > 0
      ? {
          tools: request.tools.map((tool) => ({
            type: "function" as const,
            name: tool.name,
            description: tool.description,
            inputSchema: (tool.parameters ?? { type: "object", properties: {} }) as Schema,
          })),
          toolChoice: { type: "auto" as const },
        }
      : {}),
    ...(bySchema
      ? {
          responseFormat: {
            type: "json" as const,
            name: "answer",
            schema: (wrapped ? objectSchema([["value", schemaOf(shape)]]) : schemaOf(shape)) as Schema,
          },
        }
      : {}),
  }
  return { options, wrapped }
}

function objectSchema(fields: readonly (readonly [string, Schema])[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(fields),
    required: fields.map(([name]) => name),
    additionalProperties: false,
  }
}

function schemaOf(shape: AnswerShape): Schema {
  switch (shape.kind) {
    case "text":
    case "char":
      return { type: "string" }
    case "number":
      return { type: "number" }
    case "integer":
      return { type: "integer" }
    case "boolean":
      return { type: "boolean" }
    case "json":
      return { anyOf: ["string", "number", "boolean", "null"].map((type) => ({ type })) }
    case "list":
      return { type: "array", items: schemaOf(shape.of) }
    case "record":
      return objectSchema(shape.fields.map((field) => [field.name, schemaOf(field.shape)]))
  }
}

/** What the model is told about the type of its answer; "" where any text will do. */
function instructionFor(shape: AnswerShape): string {
  switch (shape.kind) {
    case "text":
      return ""
    case "number":
      return "Answer with one number and nothing else: digits, no unit, no words."
    case "integer":
      return "Answer with one whole number and nothing else: digits, no unit, no words."
    case "boolean":
      return "Answer with true or false and nothing else."
    case "char":
      return "Answer with a single character and nothing else."
    case "json":
      return "Answer with one JSON value and nothing else: no Markdown, no words around it."
    case "list":
    case "record":
      return `Answer with JSON and nothing else (no Markdown, no words around it), of this form: ${formOf(shape)}`
  }
}

/** The form of a typed answer for people and models: `[text, …]`, `{ "title": text }`. */
function formOf(shape: AnswerShape): string {
  switch (shape.kind) {
    case "text":
      return "text"
    case "list":
      return `[${formOf(shape.of)}, …]`
    case "record":
      return `{ ${shape.fields.map((field) => `${JSON.stringify(field.name)}: ${formOf(field.shape)}`).join(", ")} }`
    default:
      return shape.kind
  }
}
