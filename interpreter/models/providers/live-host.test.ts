// The host of a live run: who answers a name, limits, the budget, stopping, what is told and what is kept. Providers are the
// test's own.
import { afterEach, describe, expect, it, vi } from "vitest"
import { LiveClock } from "../../session/live-clock.ts"
import { type LiveEvent, requestOf } from "../request.ts"
import { defaultConfig, type ProviderConfig } from "./config.ts"
import type { AskOptions } from "./connection.ts"
import { type GateLimits, type Leave, ProviderGate } from "./gate.ts"
import { LiveHost, type LiveHostOptions } from "./live-host.ts"
import { type ProviderPreset, providerPreset } from "./presets.ts"
import { answererFor } from "./routes.ts"

const config = (id: string, more: Partial<ProviderConfig> = {}): ProviderConfig => ({
  ...defaultConfig(providerPreset(id) as ProviderPreset),
  ...more,
})
const end: LiveEvent = { kind: "end", usage: { tokensIn: 100, tokensOut: 100, estimated: false }, finish: "stop" }
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

function hosted(options: Partial<LiveHostOptions> = {}) {
  let nowMs = 1000
  const told: { call: number; stampUs: number; event: LiveEvent }[] = []
  const stops: string[] = []
  const asked: AskOptions[] = []
  const host = new LiveHost({
    settings: { providers: [config("openai"), config("ollama")], provider: "openai", routes: [] },
    keyOf: (provider) => `key of ${provider}`,
    budgetUsd: null,
    prices: [],
    clock: new LiveClock(() => nowMs),
    nowMs: () => nowMs,
    tell: (call, stampUs, event) => told.push({ call, stampUs, event }),
    passTime: () => {},
    stop: (reason) => {
      stops.push(reason)
    },
    ask: (ask) => {
      asked.push(ask)
      return new Promise((resolve) => ask.signal.addEventListener("abort", () => resolve()))
    },
    ...options,
  })
  return { host, told, stops, asked, pass: (ms: number) => (nowMs += ms) }
}

describe("who answers", () => {
  const settings = {
    providers: [config("openai", { model: "big" }), config("ollama", { model: "small" })],
    provider: "openai",
    routes: [{ name: "fast", provider: "ollama", model: "tiny" }],
  }
  const answered = (model: string, provider = "") => {
    const found = answererFor({ model, provider }, settings)
    return found && `${found.config.id} ${found.model}`
  }

  it("is the reader's route for the name, then the provider the program names, then the default", () => {
    expect(answered("fast")).toBe("ollama tiny")
    expect(answered("qwen", "Ollama")).toBe("ollama qwen")
    expect(answered("qwen", "anthropic")).toBe("openai big")
    expect(answered("")).toBe("openai big")
    expect(answererFor({ model: "", provider: "" }, { providers: [], provider: "", routes: [] })).toBe(null)
  })
})

describe("a live run's host", () => {
  it("stamps news with the time that passed since the call left", async () => {
    const { host, told, asked, pass } = hosted()
    host.asked(4, requestOf("vibe", "x"), 5_000_000)
    await settle()
    expect(asked[0]?.key).toBe("key of openai")
    pass(120)
    asked[0]?.tell({ kind: "text", text: "Hi" })
    pass(30)
    asked[0]?.tell(end)
    expect(told).toEqual([
      { call: 4, stampUs: 5_120_000, event: { kind: "text", text: "Hi" } },
      { call: 4, stampUs: 5_150_000, event: end },
    ])
    host.finish()
  })

  it("tells pieces that come close together as one, and loses none", async () => {
    const { host, told, asked } = hosted()
    host.asked(1, requestOf("vibe", "x"), 0)
    await settle()
    for (const letter of "abcdefgh") asked[0]?.tell({ kind: "text", text: letter })
    asked[0]?.tell(end)
    expect(told.map(({ event }) => (event.kind === "text" ? event.text : event.kind))).toEqual(["a", "bcdefgh", "end"])
    host.finish()
  })

  it("stops the run before the budget could be passed, and counts what failed before a word as nothing", async () => {
    const { host, stops, asked, told } = hosted({ budgetUsd: 0.005 })
    const ask = (call: number) => host.asked(call, requestOf("vibe", "x"), 0)
    ask(1)
    await settle()
    asked[0]?.tell({ kind: "failed", failure: { status: 500, message: "no", retryAfterMs: -1, partial: "" } })
    ask(2)
    await settle()
    expect(stops).toEqual([])
    ask(3)
    ask(4)
    expect(stops).toEqual([
      expect.stringMatching(/^stopped before the budget of \$0\.0050 could be passed: .* the next call up to \$0\.002/),
    ])
    expect(asked[1]?.signal.aborted).toBe(true)
    ask(5)
    await settle()
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(told.filter(({ call }) => call === 5)).toEqual([])
  })

  it("does not begin a paid call whose price nobody knows, while there is a budget", () => {
    const settings = {
      providers: [config("custom", { model: "mystery", baseUrl: "https://x.example/v1" })],
      provider: "custom",
      routes: [],
    }
    const { host, stops, asked } = hosted({ settings, budgetUsd: 1 })
    host.asked(1, requestOf("vibe", "x"), 0)
    expect(stops[0]).toMatch(/^stopped: no price is known for mystery/)
    expect(asked).toEqual([])
  })

  it("keeps to the tokens a minute that the reader allows a provider, which its answers correct", async () => {
    const settings = { providers: [config("mistral", { tokensPerMinute: 500 })], provider: "mistral", routes: [] }
    const asked: AskOptions[] = []
    const answers: (() => void)[] = []
    const ask = (options: AskOptions) => {
      asked.push(options)
      return new Promise<void>((resolve) => answers.push(resolve))
    }
    const { host } = hosted({ settings, ask })
    for (const call of [1, 2]) host.asked(call, requestOf("vibe", "x"), 0)
    await settle()
    expect(asked).toHaveLength(1)
    asked[0]?.tell(end)
    answers[0]?.()
    await settle()
    expect(asked).toHaveLength(2)
    answers[1]?.()
    host.finish()
  })

  it("gives up what is in flight when the run is over, and tells nothing any more", async () => {
    const { host, told, asked } = hosted()
    host.asked(1, requestOf("vibe", "x"), 0)
    await settle()
    host.finish()
    asked[0]?.tell({ kind: "text", text: "late" })
    asked[0]?.tell(end)
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(told).toEqual([])
  })

  it("refuses a flood and a giant, in sentences", () => {
    const { host, told } = hosted()
    for (let call = 0; call < 2100; call++) host.asked(call, requestOf("vibe", "x"), 0)
    const refused = told.filter(({ event }) => event.kind === "failed")
    expect(refused).toHaveLength(100)
    expect(refused[0]?.event).toMatchObject({ failure: { status: 429, message: expect.stringContaining("more than 2000 calls") } })
    host.finish()
    const other = hosted()
    other.host.asked(1, requestOf("vibe", "x".repeat(2_100_000)), 0)
    expect(other.told[0]?.event).toMatchObject({ failure: { status: 413 } })
    expect(other.asked).toEqual([])
  })

  it("names who answered in what it records, and only there", () => {
    const { host } = hosted()
    host.asked(1, requestOf("vibe", "x"), 0)
    const recording = { request: requestOf("vibe", "x"), by: null, chunks: [], tools: [], end: { kind: "left" as const, afterUs: 3 } }
    host.recorded({ call: 1, order: 0, fresh: true, recording })
    host.finish()
    expect(host.recorder.recordings()).toEqual([{ ...recording, by: { provider: "openai", model: "gpt-5-mini" } }])
    expect(JSON.stringify(host.recorder.recordings())).not.toContain("key of")
  })
})

describe("a provider's gate", () => {
  afterEach(() => vi.useRealTimers())

  const enter = (gate: ProviderGate, tokens = 0) => {
    const control = new AbortController()
    const entry: { leave: Leave | null; in: boolean; control: AbortController } = { leave: null, in: false, control }
    void gate.enter(control.signal, tokens).then((leave) => {
      entry.leave = leave
      entry.in = leave !== null
    })
    return entry
  }

  it("lets no more in than the limit, the others in the order in which they came", async () => {
    const gate = new ProviderGate({ maxInFlight: 2, requestsPerMinute: 0, tokensPerMinute: 0 }, () => 0)
    const entries = [1, 2, 3, 4].map(() => enter(gate))
    await settle()
    expect(entries.map((entry) => entry.in)).toEqual([true, true, false, false])
    entries[2]?.control.abort()
    entries[0]?.leave?.()
    await settle()
    expect(entries.map((entry) => entry.in)).toEqual([true, true, false, true])
    expect(gate.waiting).toBe(0)
  })

  it("stays closed as long as the provider asked, and keeps to requests a minute", async () => {
    const { gate, passed } = timed({ requestsPerMinute: 1 })
    gate.closeFor(20_000)
    const first = enter(gate)
    const second = enter(gate)
    await passed(19_999)
    expect([first.in, second.in]).toEqual([false, false])
    await passed(1)
    expect([first.in, second.in]).toEqual([true, false])
    await passed(59_999)
    expect(second.in).toBe(false)
    await passed(1)
    expect(second.in).toBe(true)
  })

  /** A gate on the test's own clock. */
  function timed(limits: Partial<GateLimits>) {
    vi.useFakeTimers({ now: 0 })
    const gate = new ProviderGate({ maxInFlight: 9, requestsPerMinute: 0, tokensPerMinute: 0, ...limits }, () => Date.now())
    return { gate, passed: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
  }

  it("keeps to tokens a minute: by the estimate first, then by what the answer took", async () => {
    const { gate, passed } = timed({ tokensPerMinute: 1000 })
    const first = enter(gate, 600)
    await passed(10_000)
    const second = enter(gate, 600)
    const third = enter(gate, 100)
    await passed(0)
    expect([first.in, second.in, third.in]).toEqual([true, false, false])
    first.leave?.(300)
    await passed(0)
    expect([second.in, third.in]).toEqual([true, true])
    const fourth = enter(gate, 300)
    await passed(49_999)
    expect(fourth.in).toBe(false)
    await passed(1)
    expect(fourth.in).toBe(true)
  })

  it("lets one through that alone is over the tokens a minute, when nothing else counts any more", async () => {
    const { gate, passed } = timed({ tokensPerMinute: 100 })
    const giant = enter(gate, 5000)
    const small = enter(gate, 10)
    await passed(59_999)
    expect([giant.in, small.in]).toEqual([true, false])
    await passed(1)
    expect(small.in).toBe(true)
  })

  it("lets the next go when the first in the queue is given up, or the limit is raised", async () => {
    const { gate, passed } = timed({ tokensPerMinute: 100 })
    enter(gate, 90)
    const large = enter(gate, 90)
    const small = enter(gate, 10)
    await passed(0)
    expect([large.in, small.in]).toEqual([false, false])
    large.control.abort()
    await passed(0)
    expect(small.in).toBe(true)
    const last = enter(gate, 50)
    await passed(0)
    expect(last.in).toBe(false)
    gate.change({ maxInFlight: 9, requestsPerMinute: 0, tokensPerMinute: 1000 })
    await passed(0)
    expect(last.in).toBe(true)
  })
})
