// Real protocols against a server on this machine: what is sent, what is told, and that every way to fail has a sentence of
// its own. Nothing here leaves the machine.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type FakeProvider, startFakeProvider } from "../../../e2e/providers/fake-provider.ts"
import { type AnswerShape, type LiveEvent, type ModelFailure, type ModelRequest, requestOf } from "../request.ts"
import { addressProblem, configFrom, defaultConfig, type ProviderConfig } from "./config.ts"
import { askProvider } from "./connection.ts"
import { type ProviderPreset, providerPreset } from "./presets.ts"
import { testConnection } from "./test-connection.ts"

const KEY = "sk-test-0123456789abcdef"
let fake: FakeProvider

beforeAll(async () => {
  fake = await startFakeProvider()
})
afterAll(() => fake.stop())
beforeEach(() => {
  fake.received.length = 0
  fake.key = null
})

const PATHS = { openai: "/v1", anthropic: "/anthropic/v1", google: "/google/v1beta" } as const
const PROTOCOLS = ["openai", "anthropic", "google"] as const
type Protocol = (typeof PROTOCOLS)[number]

function configOf(protocol: Protocol, more: Partial<ProviderConfig> = {}): ProviderConfig {
  return { ...defaultConfig(providerPreset(protocol) as ProviderPreset), baseUrl: `${fake.origin}${PATHS[protocol]}`, timeoutS: 1, ...more }
}

interface Asked {
  readonly events: readonly LiveEvent[]
  readonly text: string
  readonly last: LiveEvent | undefined
  readonly failure: ModelFailure | null
}

async function ask(protocol: Protocol, model: string, request: ModelRequest = requestOf("vibe", "Hello there"), key = KEY): Promise<Asked> {
  const events: LiveEvent[] = []
  await askProvider({
    config: configOf(protocol),
    key,
    model,
    request,
    maxTokensOut: 200,
    signal: new AbortController().signal,
    tell: (event) => events.push(event),
  })
  const last = events.at(-1)
  const text = events.map((event) => (event.kind === "text" ? event.text : "")).join("")
  return { events, text, last, failure: last?.kind === "failed" ? last.failure : null }
}

const typed = (shape: AnswerShape) => requestOf("jade", "Name things", { shape })

describe.each(PROTOCOLS)("%s", (protocol) => {
  it("streams text, then its usage", async () => {
    const { events, text, last } = await ask(protocol, "ok")
    expect(text).toBe("You said: Hello there.")
    expect(events.filter((event) => event.kind === "text").length).toBeGreaterThan(1)
    expect(last).toEqual({ kind: "end", usage: { tokensIn: 17, tokensOut: 5, estimated: false }, finish: "stop" })
  })

  it("sends the conversation, the limit and the key where they belong", async () => {
    await ask(protocol, "ok", requestOf("vibe", "And now?", { system: "Be brief", context: "- a (text): 1" }))
    const { headers, body } = fake.received[0] as (typeof fake.received)[number]
    const sent = JSON.stringify(body)
    for (const part of ["And now?", "Be brief", "- a (text): 1", "200"]) expect(sent).toContain(part)
    expect(sent).not.toContain(KEY)
    const carrier = { openai: headers.authorization, anthropic: headers["x-api-key"], google: headers["x-goog-api-key"] }[protocol]
    expect(carrier).toContain(KEY)
    expect(headers.cookie).toBeUndefined()
    if (protocol === "anthropic") expect(headers["anthropic-dangerous-direct-browser-access"]).toBe("true")
  })

  it("asks for lists and records in its structured form and unpacks them", async () => {
    if (protocol !== "anthropic") {
      const list = await ask(protocol, "ok", typed({ kind: "list", of: { kind: "text" } }))
      expect(JSON.parse(list.text)).toEqual(["red", "green"])
      const record = await ask(
        protocol,
        "ok",
        typed({
          kind: "record",
          fields: [
            { name: "title", shape: { kind: "text" } },
            { name: "year", shape: { kind: "integer" } },
          ],
        }),
      )
      expect(JSON.parse(record.text)).toEqual({ title: "Tides", year: 1999 })
    }
    expect((await ask(protocol, "ok", typed({ kind: "integer" }))).text).toBe("42")
  })

  it("hands over tool calls, and their results to the next request", async () => {
    const tools = [
      { name: "area", description: "Area of a rectangle", parameters: { type: "object", properties: { w: { type: "number" } } } },
    ]
    const first = await ask(protocol, "tool", requestOf("vibe", "How large?", { tools }))
    expect(first.events[0]).toEqual({ kind: "tool", name: "area", args: { w: 3, h: 4 } })
    expect(first.last).toMatchObject({ kind: "end", finish: "tools" })
    const calls = [{ name: "area", args: { w: 3, h: 4 } }]
    const toolRounds = [{ calls, results: [{ name: "area", text: "12", failed: false }] }]
    const second = await ask(protocol, "tool", requestOf("vibe", "How large?", { tools, toolRounds }))
    expect(second.last).toMatchObject({ kind: "end", finish: "stop" })
    expect(JSON.stringify(fake.received.at(-1)?.body)).toContain("12")
  })

  it("tells every failure apart, each in a sentence of its own, and never the key", async () => {
    const scenarios =
      "401 402 403 404 408 429 500 503 529 cut cut-character cut-tool error-inside empty length-empty huge garbage silent stall".split(" ")
    const failures = await Promise.all(scenarios.map(async (scenario) => [scenario, (await ask(protocol, scenario)).failure] as const))
    const sentences = new Map<string, string>()
    for (const [scenario, failure] of failures) {
      expect(failure, scenario).not.toBe(null)
      const message = failure?.message ?? ""
      expect(message, scenario).not.toContain(KEY)
      expect(message).not.toContain("secret")
      expect(message).not.toContain("x=1")
      expect(message.length, scenario).toBeLessThan(700)
      expect(sentences.get(message), `${scenario}: ${message}`).toBeUndefined()
      sentences.set(message, scenario)
    }
    const status = Object.fromEntries(failures.map(([scenario, failure]) => [scenario, failure?.status]))
    for (const code of [401, 402, 403, 404, 408, 429, 500, 503, 529]) expect(status[code]).toBe(code)
    const what = Object.fromEntries(failures.map(([scenario, failure]) => [scenario, failure?.what ?? ""]))
    expect(what).toMatchObject({
      ...{ cut: "cut", "cut-character": "cut", empty: "empty", huge: "tooLong", garbage: "unreadable", silent: "silent", stall: "silent" },
      ...{ "401": "", "403": "", "404": "", "408": "", "429": "", "500": "", "529": "" },
    })
    const message = Object.fromEntries(failures.map(([scenario, failure]) => [scenario, failure?.message ?? ""]))
    expect(message["401"]).toMatch(/did not accept the key$/)
    expect(message["403"]).toMatch(/the key may not be used for this$/)
    expect(message["cut-character"]).toContain("in the middle of a character")
    expect(message.huge).toContain("longer than 4 MB")
    expect(message.garbage).toContain("no valid JSON")
    expect(message.silent).toContain("did not answer within 1 s")
    expect(message.stall).toContain("fell silent")
    expect(message.empty).toContain("an empty answer")
    expect(message["cut-tool"]).toMatch(
      { openai: /arguments that are no JSON/, anthropic: /in the middle of a tool call/, google: /before a word/ }[protocol],
    )
  })

  it("says how long to wait where the provider does", async () => {
    expect((await ask(protocol, "429")).failure?.retryAfterMs).toBe(-1)
    fake.forget()
    const { failure } = await ask(protocol, "429-after")
    expect(failure).toMatchObject({ retryAfterMs: 1000, message: expect.stringContaining("it asks to wait 1.0 s") })
  })

  it("scrubs a key that comes back in the answer, in pieces", async () => {
    expect((await ask(protocol, "echo-key")).text).toBe("Your key is [key], keep it.")
  })

  it("marks usage as an estimate where the provider counts nothing, and tells limits and refusals", async () => {
    if (protocol !== "anthropic")
      expect((await ask(protocol, "no-usage")).last).toEqual({
        kind: "end",
        usage: { tokensIn: 3, tokensOut: 3, estimated: true },
        finish: "stop",
      })
    expect((await ask(protocol, "length")).last).toMatchObject({ kind: "end", finish: "length" })
    expect((await ask(protocol, "refusal")).last).toMatchObject({ kind: "end", finish: "refused" })
  })

  it("stops at once when it is aborted, without another word", async () => {
    const control = new AbortController()
    const events: LiveEvent[] = []
    const asking = askProvider({
      config: configOf(protocol, { timeoutS: 30 }),
      key: KEY,
      model: "stall",
      request: requestOf("vibe", "x"),
      maxTokensOut: 50,
      signal: control.signal,
      tell: (event) => {
        events.push(event)
        control.abort()
      },
    })
    await asking
    expect(events.map((event) => event.kind)).toEqual(["text"])
  })
})

describe("without an answer", () => {
  it("says that the server is not there", async () => {
    const config = { ...configOf("openai"), id: "ollama", baseUrl: "http://127.0.0.1:9/v1" }
    const events: LiveEvent[] = []
    const signal = new AbortController().signal
    await askProvider({
      config,
      key: "",
      model: "x",
      request: requestOf("vibe", "x"),
      maxTokensOut: 9,
      signal,
      tell: (e) => events.push(e),
    })
    expect(events).toMatchObject([
      { kind: "failed", failure: { status: 0, message: expect.stringContaining("Ollama could not be reached"), what: "unreached" } },
    ])
  })

  it("asks for a key before anything is sent", async () => {
    expect((await ask("openai", "ok", undefined, "")).failure).toMatchObject({ status: 401, message: "OpenAI needs a key" })
    expect(fake.received).toEqual([])
  })
})

describe("test connection", () => {
  const online = { send: fetch, online: () => true, localAccess: async () => "unknown" as const }
  const refused =
    (kinds: { cors: boolean }): typeof fetch =>
    async (_input, init) => {
      if (init?.mode === "no-cors" && kinds.cors) return new Response(null)
      throw new TypeError("Failed to fetch")
    }

  it("lists models and says whether the chosen one is there", async () => {
    const report = await testConnection(configOf("openai", { model: "ok" }), KEY, online)
    expect(report).toMatchObject({
      state: "ok",
      sentence: "OpenAI answers and accepts the key.",
      advice: "",
      models: ["ok", "slow", "401", "429-after"],
    })
    expect((await testConnection(configOf("google", { model: "gone" }), KEY, online)).advice).toContain('"gone"')
  })

  it("tells a wrong key", async () => {
    fake.key = "another"
    for (const protocol of PROTOCOLS) {
      const report = await testConnection(configOf(protocol), KEY, online)
      expect(report.state).toBe("wrongKey")
      expect(JSON.stringify(report)).not.toContain(KEY)
    }
  })

  it("tells CORS, a server that is not running, a refused permission, being offline and a missing key apart", async () => {
    const ollama = defaultConfig(providerPreset("ollama") as ProviderPreset)
    expect(await testConnection(ollama, "", { ...online, send: refused({ cors: true }) })).toMatchObject({
      state: "cors",
      advice: expect.stringContaining("OLLAMA_ORIGINS"),
    })
    expect(await testConnection(ollama, "", { ...online, send: refused({ cors: false }) })).toMatchObject({
      state: "notRunning",
      advice: expect.stringContaining("ollama serve"),
    })
    const denied = { ...online, send: refused({ cors: false }), localAccess: async () => "denied" as const }
    expect((await testConnection(ollama, "", denied)).state).toBe("permission")
    const openai = defaultConfig(providerPreset("openai") as ProviderPreset)
    expect((await testConnection(openai, KEY, { ...online, send: refused({ cors: false }), online: () => false })).state).toBe("offline")
    expect((await testConnection(openai, "", online)).state).toBe("noKey")
  })

  it("tells a rate limit, with when to try again", async () => {
    const limited: typeof fetch = async () => new Response("{}", { status: 429, headers: { "retry-after": "7" } })
    const report = await testConnection(configOf("openai"), KEY, { ...online, send: limited })
    expect(report).toMatchObject({ state: "rateLimit", advice: expect.stringContaining("in 7 s") })
  })
})

describe("addresses", () => {
  it("are https, or this machine, and hold no secrets", () => {
    expect(addressProblem("https://api.example.com/v1")).toBe(null)
    expect(addressProblem("http://localhost:11434/v1")).toBe(null)
    for (const bad of ["http://example.com", "ftp://x", "nonsense", "https://me:pw@x.com", "https://x.com/?key=1", "javascript:alert(1)"])
      expect(addressProblem(bad), bad).not.toBe(null)
  })

  it("of a stored configuration are checked again", () => {
    const stored = { id: "openai", baseUrl: "http://evil.example", maxInFlight: 1e9, model: "m", timeoutS: "x" }
    expect(configFrom(stored)).toMatchObject({ baseUrl: "https://api.openai.com/v1", maxInFlight: 6, model: "m", timeoutS: 60 })
    expect(configFrom({ id: "nobody" })).toBe(null)
  })
})
