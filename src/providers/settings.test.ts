// @vitest-environment happy-dom
// What is kept on this device about models: checked when it is read, and never a key unless the reader asked for it. And the
// state: another document begins simulated, whatever was chosen.
import { beforeEach, describe, expect, it, vi } from "vitest"
import { defaultConfig } from "../../interpreter/models/providers/config.ts"
import { type ProviderPreset, providerPreset } from "../../interpreter/models/providers/presets.ts"
import { requestOf } from "../../interpreter/models/request.ts"
import { inputsOf } from "../../interpreter/session/defaults.ts"
import { Kind } from "../../interpreter/trace/event.ts"
import { Recorder } from "../../interpreter/trace/recorder.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import { askableOf, boundText } from "./askable.ts"
import { namedModels } from "./named-models.ts"
import { callsByRule } from "./rule-calls.ts"
import { DEFAULT_MODEL_SETTINGS, MODEL_SETTINGS_KEY, modelSettingsFrom } from "./settings.ts"

const KEY = "sk-fake-0123456789abcdefghij"
const everythingStored = () => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie

async function fresh() {
  vi.resetModules()
  return { ...(await import("./models.ts")), ...(await import("./keys.ts")), ...(await import("./live-runs.ts")) }
}

beforeEach(() => localStorage.clear())

describe("settings", () => {
  it("fall back piece by piece where they are damaged", () => {
    expect(modelSettingsFrom(null)).toEqual(DEFAULT_MODEL_SETTINGS)
    expect(modelSettingsFrom("{oh no")).toEqual(DEFAULT_MODEL_SETTINGS)
    expect(modelSettingsFrom("[]")).toEqual(DEFAULT_MODEL_SETTINGS)
    const stored = {
      providers: [{ id: "openai", model: "m" }, { id: "nobody" }, { id: "openai", model: "twice" }, 7],
      provider: "nobody",
      routes: [{ name: "fast", provider: "openai", model: "" }, { name: "", provider: "openai", model: "" }, null],
      prices: [
        { provider: "openai", model: "m", inUsd: 1, outUsd: 2 },
        { provider: "openai", model: "m", inUsd: -1, outUsd: 2 },
      ],
      budgetUsd: -3,
      reuse: "yes",
    }
    expect(modelSettingsFrom(JSON.stringify(stored))).toMatchObject({
      providers: [{ id: "openai", model: "m", baseUrl: "https://api.openai.com/v1" }],
      provider: "openai",
      routes: [{ name: "fast" }],
      prices: [{ inUsd: 1 }],
      budgetUsd: 0.25,
      reuse: true,
    })
  })

  it("can be without a budget, by choice alone", () => {
    expect(modelSettingsFrom('{"budgetUsd":null}').budgetUsd).toBe(null)
    expect(modelSettingsFrom("{}").budgetUsd).toBe(0.25)
  })
})

describe("keys", () => {
  it("stay in memory: nothing that is stored or shown holds one", async () => {
    const { modelActions, models, keyOf } = await fresh()
    modelActions.configure("openai", { model: "gpt-5-mini" })
    modelActions.enterKey("openai", `  ${KEY} `, false)
    expect(keyOf("openai")).toBe(KEY)
    expect(models.getState().keyed).toEqual(["openai"])
    expect(everythingStored()).not.toContain(KEY)
    expect(JSON.stringify(models.getState())).not.toContain(KEY)
    const later = await fresh()
    expect(later.keyOf("openai")).toBe("")
  })

  it("are remembered on request, and forgotten with the provider", async () => {
    const { modelActions } = await fresh()
    modelActions.configure("openai", {})
    modelActions.enterKey("openai", KEY, true)
    expect(localStorage.getItem(MODEL_SETTINGS_KEY)).not.toContain(KEY)
    const later = await fresh()
    later.modelActions.load()
    expect(later.keyOf("openai")).toBe(KEY)
    expect(later.models.getState().keyed).toEqual(["openai"])
    later.modelActions.remove("openai")
    expect(everythingStored()).not.toContain(KEY)
    expect(later.models.getState().settings.provider).toBe("")
  })
})

describe("who answers", () => {
  const inputs = inputsOf("vibe", "main.vibe", "print(1)")

  it("is the simulated model until the reader sets a provider up and chooses it", async () => {
    const { modelActions, models, withChosenModels } = await fresh()
    modelActions.choose("live")
    expect(models.getState().mode).toBe("simulated")
    modelActions.configure("ollama", {})
    modelActions.choose("live")
    expect(withChosenModels(inputs).model.live).toBe(true)
    modelActions.documentOpened()
    expect(withChosenModels(inputs).model.live).toBe(false)
  })

  it("is asked about before the first real run of a document, once", async () => {
    const { modelActions, models, mayBegin } = await fresh()
    expect(mayBegin("a")).toBe(true)
    modelActions.configure("openai", {})
    modelActions.choose("live")
    expect(mayBegin("a")).toBe(false)
    expect(models.getState().asking).toEqual({ documentId: "a" })
    modelActions.confirm("a")
    expect(mayBegin("a")).toBe(true)
    expect(mayBegin("b")).toBe(false)
  })

  it("is asked about anew where somebody else may be asked, or it may cost more", async () => {
    const { modelActions, mayBegin } = await fresh()
    modelActions.configure("openai", {})
    modelActions.choose("live")
    modelActions.confirm("a")
    modelActions.changeSettings({ budgetUsd: 5 })
    expect(mayBegin("a")).toBe(false)
    modelActions.confirm("a")
    expect(mayBegin("a")).toBe(true)
    modelActions.configure("anthropic", {})
    expect(mayBegin("a")).toBe(false)
  })

  it("and what it can cost counts every provider that the program may name", () => {
    const config = (id: string) => ({ ...defaultConfig(providerPreset(id) as ProviderPreset) })
    const local = { ...DEFAULT_MODEL_SETTINGS, providers: [config("ollama")], provider: "ollama" }
    expect(boundText(local)).toBe("It costs nothing.")
    const both = {
      ...local,
      providers: [config("ollama"), config("openai")],
      routes: [{ name: "smart", provider: "openai", model: "gpt-5" }],
    }
    expect(boundText(both)).toBe("It can cost at most $0.250: it stops before that.")
    expect(askableOf(both).map(({ title, model }) => `${title} ${model}`)).toEqual(["Ollama llama3.2", "OpenAI gpt-5"])
    expect(boundText({ ...both, budgetUsd: null })).toContain("nothing limits what it can cost")
    const unknown = { ...local, providers: [{ ...config("custom"), model: "mystery" }], provider: "custom" }
    expect(boundText(unknown)).toContain("No price is known")
  })
})

describe("what a run's trace tells", () => {
  const trace = () => {
    const recorder = new Recorder()
    const call = (id: number, prompt: string, model: string, source: number) => {
      const request = requestOf("vibe", prompt, { model, url: model === "fast" ? "https://llm.example" : "" })
      recorder.event(Kind.CallQueued, id, 0, -1, id, recorder.text(JSON.stringify(request)))
      recorder.event(Kind.CallSource, id, 0, -1, id, source)
    }
    call(1, "alpha one", "fast", 3)
    call(2, "beta", "fast", 3)
    recorder.event(Kind.CallSource, 2, 0, -1, 2, 3)
    call(3, "gamma", "smart", 0)
    recorder.event(Kind.CallQueued, 4, 0, -1, 4, recorder.text("{no json"))
    const read = new Trace()
    for (const chunk of recorder.flush()) read.append(chunk)
    return read
  }

  it("is which rule answered which call", () => {
    const rules = [{ match: "alpha" }, { match: "beta" }, { match: "alpha one" }]
    expect(callsByRule(trace(), rules)).toEqual({
      byRule: [[{ prompt: "alpha one", attempts: 1 }], [{ prompt: "beta", attempts: 2 }], []],
      unmatched: [{ prompt: "gamma", attempts: 1 }],
    })
  })

  it("is which models the program names", () => {
    expect(namedModels(trace())).toEqual([
      { name: "fast", provider: "", url: "https://llm.example" },
      { name: "smart", provider: "", url: "" },
    ])
  })
})
