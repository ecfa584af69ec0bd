// A provider for tests, on this machine: speaks the OpenAI-compatible, Anthropic and Google streaming protocols, written from
// their public descriptions, and fails in every way in which a provider can. What it does is chosen by the model's name:
// `ok`, `401`, `429-after`, `cut-tool` and so on; every other name is answered like `ok`.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** A request as it arrived. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  readonly body: Record<string, unknown>
}

type Protocol = "openai" | "anthropic" | "google"

export interface FakeProvider {
  readonly origin: string
  readonly received: Received[]
  /** Requests in flight, and the most there were. */
  readonly load: { now: number; most: number }
  /** Whether other origins are answered (CORS). */
  cors: boolean
  /** Accepts this key only; null: any. */
  key: string | null
  /** Milliseconds between two pieces of an answer. */
  paceMs: number
  /** Begins anew to count how often each model was asked. */
  forget(): void
  stop(): Promise<void>
}

const STATUS_SCENARIOS = new Set(["400", "401", "402", "403", "404", "408", "429", "500", "503", "529"])

export async function startFakeProvider(port = 0): Promise<FakeProvider> {
  const received: Received[] = []
  const load = { now: 0, most: 0 }
  const seen = new Map<string, number>()
  let server: Server | null = null
  const fake: FakeProvider = {
    origin: "",
    received,
    load,
    cors: true,
    key: null,
    paceMs: 1,
    forget: () => seen.clear(),
    stop: () =>
      new Promise((resolve) => {
        server?.closeAllConnections()
        server?.close(() => resolve())
      }),
  }
  server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = (request.url ?? "").split("?")[0] as string
    if (fake.cors) {
      response.setHeader("access-control-allow-origin", "*")
      response.setHeader("access-control-allow-headers", "*, authorization")
      response.setHeader("access-control-expose-headers", "retry-after, retry-after-ms")
      response.setHeader("access-control-allow-private-network", "true")
    }
    if (request.method === "OPTIONS") {
      response.writeHead(fake.cors ? 204 : 403).end()
      return
    }
    const text = Buffer.concat(chunks).toString("utf8")
    const body = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>
    received.push({ method: request.method ?? "", path, headers: request.headers, body })
    const protocol: Protocol = path.startsWith("/anthropic") ? "anthropic" : path.startsWith("/google") ? "google" : "openai"
    const given = keyIn(request, protocol)
    if (fake.key !== null && given !== fake.key) return refuse(response, protocol, 401, `Incorrect API key provided: ${given}`)
    if (request.method === "GET") {
      const models = ["ok", "slow", "401", "429-after"]
      const list =
        protocol === "google"
          ? { models: models.map((id) => ({ name: `models/${id}` })) }
          : { data: models.map((id) => ({ id, object: "model" })) }
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list))
      return
    }
    const model = protocol === "google" ? (/models\/([^:]+):/.exec(path)?.[1] ?? "") : String(body.model)
    const nth = (seen.get(model) ?? 0) + 1
    seen.set(model, nth)
    load.now++
    load.most = Math.max(load.most, load.now)
    response.on("close", () => load.now--)
    await answer(response, protocol, model, nth, promptIn(body, protocol), body, given)
  }

  async function answer(
    response: ServerResponse,
    protocol: Protocol,
    model: string,
    nth: number,
    prompt: string,
    body: Record<string, unknown>,
    key: string,
  ): Promise<void> {
    const scenario = decodeURIComponent(model)
    if (STATUS_SCENARIOS.has(scenario)) return refuse(response, protocol, Number(scenario), said(Number(scenario), key))
    if (scenario === "429-after") {
      if (nth > 1) return stream(response, protocol, answerTo(prompt, body, protocol))
      response.setHeader("retry-after", "1")
      return refuse(response, protocol, 429, "Rate limit reached for requests")
    }
    if (scenario === "500-once" && nth === 1) return refuse(response, protocol, 500, said(500, key))
    if (scenario === "silent") return new Promise(() => {})
    if (scenario === "garbage") {
      response.writeHead(200, { "content-type": "text/event-stream" }).end("data: {oh no\n\ndata: [DONE]\n\n")
      return
    }
    if (scenario === "html") {
      response.writeHead(502, { "content-type": "text/html" }).end("<html><body>Bad gateway</body></html>")
      return
    }
    if (scenario === "empty") return stream(response, protocol, { pieces: [] })
    if (scenario === "length-empty") return stream(response, protocol, { pieces: [], finish: "length" })
    if (scenario === "length") return stream(response, protocol, { pieces: ["cut at the ", "limit"], finish: "length" })
    if (scenario === "refusal") return stream(response, protocol, { pieces: ["I will not."], finish: "refused" })
    if (scenario === "no-usage") return stream(response, protocol, { pieces: ["four", "ty two"], usage: false })
    if (scenario === "huge") return stream(response, protocol, { pieces: Array.from({ length: 110 }, () => "0123456789".repeat(10_000)) })
    if (scenario === "cut") return stream(response, protocol, { pieces: ["The answer ", "is "], cut: true })
    if (scenario === "cut-character")
      return stream(response, protocol, { pieces: ["The answer is "], cut: true, tail: cutCharacter(protocol) })
    if (scenario === "cut-tool") return stream(response, protocol, { pieces: [], cut: true, tail: halfTool(protocol) })
    if (scenario === "error-inside") return stream(response, protocol, { pieces: ["The answer "], cut: true, tail: errorInside(protocol) })
    if (scenario === "stall") return stream(response, protocol, { pieces: ["The answer "], stall: true })
    if (scenario === "echo-key")
      return stream(response, protocol, { pieces: ["Your key is ", key.slice(0, 5), key.slice(5), ", keep it."] })
    if (scenario === "tool" && !hasToolResult(body))
      return stream(response, protocol, { pieces: [], tool: { name: "area", args: { w: 3, h: 4 } } })
    if (scenario === "slow") return stream(response, protocol, answerTo(prompt, body, protocol), 60)
    return stream(response, protocol, answerTo(prompt, body, protocol))
  }

  /** One piece after another, in the protocol's own frames. */
  async function stream(response: ServerResponse, protocol: Protocol, answer: Answer, paceMs = fake.paceMs): Promise<void> {
    response.writeHead(200, { "content-type": "text/event-stream" })
    const frames = FRAMES[protocol]
    const send = async (text: string | Buffer) => {
      response.write(text)
      await new Promise((resolve) => setTimeout(resolve, paceMs))
    }
    for (const frame of frames.begin()) await send(frame)
    for (const piece of answer.pieces) {
      if (response.destroyed) return
      await send(frames.piece(piece))
    }
    if (answer.stall) return new Promise(() => {})
    if (answer.tail) await send(answer.tail)
    if (answer.cut) {
      response.end()
      return
    }
    if (answer.tool) for (const frame of frames.tool(answer.tool)) await send(frame)
    const words = answer.pieces.join("").length
    for (const frame of frames.end(
      answer.tool ? "tools" : (answer.finish ?? "stop"),
      answer.usage === false ? null : { in: 17, out: Math.max(1, words >> 2) },
    ))
      await send(frame)
    response.end()
  }

  await new Promise<void>((resolve) => server?.listen(port, "127.0.0.1", resolve))
  return Object.assign(fake, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

interface Answer {
  readonly pieces: readonly string[]
  readonly tool?: { readonly name: string; readonly args: unknown }
  readonly finish?: "stop" | "length" | "refused"
  readonly usage?: boolean
  /** Ends without the protocol's end. */
  readonly cut?: boolean
  /** Raw bytes before the cut. */
  readonly tail?: string | Buffer
  readonly stall?: boolean
}

function keyIn(request: IncomingMessage, protocol: Protocol): string {
  const { headers } = request
  if (protocol === "anthropic") return String(headers["x-api-key"] ?? "")
  if (protocol === "google") return String(headers["x-goog-api-key"] ?? "")
  return String(headers.authorization ?? "").replace(/^Bearer /, "")
}

/** The last text that a user said. */
function promptIn(body: Record<string, unknown>, protocol: Protocol): string {
  const messages = (protocol === "google" ? body.contents : body.messages) as readonly Record<string, unknown>[] | undefined
  const users = (messages ?? []).filter((message) => message.role === "user")
  const content = users.at(-1)?.[protocol === "google" ? "parts" : "content"]
  if (typeof content === "string") return content
  return ((content ?? []) as readonly { text?: string }[]).map((part) => part.text ?? "").join(" ")
}

function hasToolResult(body: Record<string, unknown>): boolean {
  return /"role":"tool"|"tool_result"|"functionResponse"/.test(JSON.stringify(body))
}

/** Plain words, or JSON where a schema was sent. */
function answerTo(prompt: string, body: Record<string, unknown>, protocol: Protocol): Answer {
  const wanted = JSON.stringify(body)
  const schema = protocol === "google" ? /"responseSchema"|"responseJsonSchema"/.test(wanted) : /"json_schema"/.test(wanted)
  if (schema && /"value":\{"type":"array"/.test(wanted)) return { pieces: ['{"val', 'ue": ["red", ', '"green"', "]", "}"] }
  if (schema) return { pieces: ['{"title": "T', 'ides", ', '"year": 1999}'] }
  if (/one (whole )?number/.test(wanted)) return { pieces: ["4", "2"] }
  return { pieces: ["You said: ", ...(prompt.match(/.{1,12}/gs) ?? []), "."] }
}

function said(status: number, key: string): string {
  return `status ${status} for key ${key} at https://user:secret@api.example/v1/chat?key=${key}&x=1`
}

function refuse(response: ServerResponse, protocol: Protocol, status: number, message: string): void {
  const error =
    protocol === "anthropic"
      ? { type: "error", error: { type: status === 529 ? "overloaded_error" : "api_error", message } }
      : protocol === "google"
        ? { error: { code: status, message, status: "FAILED" } }
        : { error: { message, type: "invalid_request_error", code: status } }
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(error))
}

const sse = (value: unknown, event?: string): string => `${event ? `event: ${event}\n` : ""}data: ${JSON.stringify(value)}\n\n`
const openaiChunk = (delta: unknown, finish: string | null = null) =>
  sse({ id: "c1", object: "chat.completion.chunk", created: 1, model: "fake", choices: [{ index: 0, delta, finish_reason: finish }] })

interface Frames {
  begin(): string[]
  piece(text: string): string
  tool(call: { name: string; args: unknown }): string[]
  end(finish: "stop" | "length" | "refused" | "tools", usage: { in: number; out: number } | null): string[]
}

const FRAMES: Record<Protocol, Frames> = {
  openai: {
    begin: () => [openaiChunk({ role: "assistant", content: "" })],
    piece: (text) => openaiChunk({ content: text }),
    tool: ({ name, args }) => {
      const json = JSON.stringify(args)
      return [
        openaiChunk({ tool_calls: [{ index: 0, id: "t1", type: "function", function: { name, arguments: json.slice(0, 4) } }] }),
        openaiChunk({ tool_calls: [{ index: 0, function: { arguments: json.slice(4) } }] }),
      ]
    },
    end: (finish, usage) => [
      openaiChunk({}, { stop: "stop", length: "length", refused: "content_filter", tools: "tool_calls" }[finish]),
      ...(usage
        ? [
            sse({
              id: "c1",
              choices: [],
              usage: { prompt_tokens: usage.in, completion_tokens: usage.out, total_tokens: usage.in + usage.out },
            }),
          ]
        : []),
      "data: [DONE]\n\n",
    ],
  },
  anthropic: {
    begin: () => [
      sse(
        {
          type: "message_start",
          message: {
            id: "m1",
            type: "message",
            role: "assistant",
            model: "fake",
            content: [],
            stop_reason: null,
            stop_sequence: null,
            usage: { input_tokens: 17, output_tokens: 1 },
          },
        },
        "message_start",
      ),
      sse({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }, "content_block_start"),
    ],
    piece: (text) => sse({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }, "content_block_delta"),
    tool: ({ name, args }) => [
      sse({ type: "content_block_stop", index: 0 }, "content_block_stop"),
      sse({ type: "content_block_start", index: 1, content_block: { type: "tool_use", id: "t1", name, input: {} } }, "content_block_start"),
      sse(
        { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: JSON.stringify(args) } },
        "content_block_delta",
      ),
      sse({ type: "content_block_stop", index: 1 }, "content_block_stop"),
    ],
    end: (finish, usage) => [
      ...(finish === "tools" ? [] : [sse({ type: "content_block_stop", index: 0 }, "content_block_stop")]),
      sse(
        {
          type: "message_delta",
          delta: {
            stop_reason: { stop: "end_turn", length: "max_tokens", refused: "refusal", tools: "tool_use" }[finish],
            stop_sequence: null,
          },
          usage: { output_tokens: usage?.out ?? 1 },
        },
        "message_delta",
      ),
      sse({ type: "message_stop" }, "message_stop"),
    ],
  },
  google: {
    begin: () => [],
    piece: (text) => sse({ candidates: [{ content: { role: "model", parts: [{ text }] }, index: 0 }] }),
    tool: ({ name, args }) => [sse({ candidates: [{ content: { role: "model", parts: [{ functionCall: { name, args } }] }, index: 0 }] })],
    end: (finish, usage) => [
      sse({
        candidates: [
          {
            content: { role: "model", parts: [] },
            finishReason: { stop: "STOP", length: "MAX_TOKENS", refused: "SAFETY", tools: "STOP" }[finish],
            index: 0,
          },
        ],
        ...(usage
          ? { usageMetadata: { promptTokenCount: usage.in, candidatesTokenCount: usage.out, totalTokenCount: usage.in + usage.out } }
          : {}),
      }),
    ],
  },
}

/** A frame that ends in the middle of the bytes of a character. */
function cutCharacter(protocol: Protocol): Buffer {
  const frame = Buffer.from(FRAMES[protocol].piece("Reykjavík"))
  return frame.subarray(0, frame.indexOf(0xc3) + 1)
}

function halfTool(protocol: Protocol): string {
  const [first, second] = FRAMES[protocol].tool({ name: "area", args: { w: 3, h: 4 } })
  if (protocol === "openai") return first as string
  if (protocol === "anthropic")
    return `${first}${second}${sse({ type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '{"w":' } }, "content_block_delta")}`
  return (first as string).slice(0, 60)
}

function errorInside(protocol: Protocol): string {
  if (protocol === "anthropic") return sse({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "error")
  if (protocol === "google") return sse({ error: { code: 503, message: "The model is overloaded", status: "UNAVAILABLE" } })
  return sse({ error: { message: "The server had an error", type: "server_error", code: null } })
}
