// Money: what a call costs, what is estimated, what cannot be known, and dials as text.
import { describe, expect, it } from "vitest"
import { EVERYDAY_DIALS } from "./dials.ts"
import { DIAL_PRESETS, parseDials, presetOf } from "./presets.ts"
import { costWith, mostUsd, NO_COST, priceOf, usd } from "./prices.ts"
import { requestOf } from "./request.ts"
import { PLAIN_DIALS } from "./script.ts"
import { tokensOfRequest } from "./tokens.ts"

describe("prices", () => {
  it("are found by provider and model, the reader's own first", () => {
    expect(priceOf("openai", "gpt-5-mini-2026-01-01")).toEqual({ inUsd: 0.25, outUsd: 2 })
    expect(priceOf("openai", "gpt-5-mini", [{ provider: "openai", model: "gpt-5-mini", inUsd: 1, outUsd: 1 }])).toEqual({
      inUsd: 1,
      outUsd: 1,
    })
    expect(priceOf("ollama", "whatever")).toEqual({ inUsd: 0, outUsd: 0 })
    expect(priceOf("openrouter", "some/model:free")).toEqual({ inUsd: 0, outUsd: 0 })
    expect(priceOf("openai", "unheard-of")).toBe(null)
  })

  it("are those of the entry that names the model most exactly, whoever wrote it", () => {
    const own = [
      { provider: "openai", model: "gpt-5*", inUsd: 9, outUsd: 9 },
      { provider: "openai", model: "*", inUsd: 7, outUsd: 7 },
    ]
    expect(priceOf("openai", "gpt-5-mini", own)).toEqual({ inUsd: 0.25, outUsd: 2 })
    expect(priceOf("openai", "gpt-5.1", own)).toEqual({ inUsd: 9, outUsd: 9 })
    expect(priceOf("openai", "unheard-of", own)).toEqual({ inUsd: 7, outUsd: 7 })
    expect(priceOf("groq", "unheard-of", own)).toBe(null)
  })

  it("add up, mark estimates, and count what has none", () => {
    const by = { provider: "openai", model: "gpt-5-mini" }
    const exact = costWith(NO_COST, by, { tokensIn: 1000, tokensOut: 500, estimated: false })
    expect(exact).toEqual({ usd: 0.00125, estimated: false, unpriced: 0 })
    expect(costWith(exact, by, { tokensIn: 4, tokensOut: 4, estimated: true }).estimated).toBe(true)
    expect(costWith(exact, null, { tokensIn: 4, tokensOut: 4, estimated: false })).toEqual({ ...exact, unpriced: 1 })
    const local = { provider: "ollama", model: "m" }
    expect(costWith(NO_COST, local, { tokensIn: 4, tokensOut: 4, estimated: true }).estimated).toBe(false)
  })

  it("bound a call from above: no text has more tokens than bytes", () => {
    const request = requestOf("vibe", "名前".repeat(100), { system: "Be brief" })
    const most = mostUsd(request, { inUsd: 1, outUsd: 2 }, 100) ?? 0
    expect(most * 1e6).toBeGreaterThan(tokensOfRequest(request) + 200)
    expect(mostUsd(request, null, 100)).toBe(null)
  })

  it("read well", () => {
    expect([0, 0.00001, 0.00421, 0.25, 12.5].map(usd)).toEqual(["$0", "< $0.0001", "$0.0042", "$0.250", "$12.50"])
  })
})

describe("dials as text", () => {
  it("are a preset, pairs, or both", () => {
    expect(parseDials("bad-day")).toBe(DIAL_PRESETS.find(({ name }) => name === "bad-day")?.dials)
    expect(parseDials("latencyMs=200, jitter=0", PLAIN_DIALS)).toEqual({ ...PLAIN_DIALS, latencyMs: 200, jitter: 0 })
    expect(parseDials("classroom,cutShare=0")).toMatchObject({ cutShare: 0, latencyMs: 1500 })
  })

  it("say what is wrong", () => {
    expect(parseDials("sunny")).toMatch(/"sunny" is no preset; the presets are everyday, fast-small/)
    expect(parseDials("speed=3")).toMatch(/there is no dial "speed"/)
    expect(parseDials("jitter=2")).toBe("jitter is a share from 0 to 1, got 2")
    expect(parseDials("latencyMs=")).toMatch(/latencyMs should be a number/)
    expect(parseDials("__proto__=1")).toMatch(/there is no dial/)
  })

  it("are recognised as the preset that they are", () => {
    for (const preset of DIAL_PRESETS) expect(presetOf({ ...preset.dials })?.name).toBe(preset.name)
    expect(presetOf({ ...EVERYDAY_DIALS, latencyMs: 801 })).toBeUndefined()
  })
})
