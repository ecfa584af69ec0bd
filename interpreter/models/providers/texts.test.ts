// Texts of providers on their way to a program: however a stream is cut into pieces, keys never pass and typed answers lose
// their packing and nothing else. And the browser's own model, which has neither.
import fc from "fast-check"
import { afterEach, describe, expect, it, vi } from "vitest"
import { type LiveEvent, requestOf } from "../request.ts"
import { defaultConfig } from "./config.ts"
import { askProvider } from "./connection.ts"
import { retryAfterOf } from "./failures.ts"
import { type ProviderPreset, providerPreset } from "./presets.ts"
import { StreamScrubber, scrubbed, scrubbedValue } from "./scrub.ts"
import { TypedText } from "./typed-text.ts"

const KEY = "sk-abcab-0123456789"

/** A text cut at random places. */
const pieces = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, fc.array(fc.nat(200), { maxLength: 12 })).map(([whole, cuts]) => {
    const at = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b)
    return [0, ...at].map((from, i) => whole.slice(from, at[i] ?? whole.length))
  })

describe("scrubbing", () => {
  it("of a stream finds the key wherever it is cut, and changes nothing else", () => {
    const noise = fc.string({ unit: fc.constantFrom("s", "k", "-", "a", "b", "c", "0", "1", " "), maxLength: 20 })
    const text = fc.array(fc.oneof(noise, fc.constant(KEY), fc.constant(KEY.slice(0, 9))), { maxLength: 6 }).map((parts) => parts.join(""))
    fc.assert(
      fc.property(pieces(text), (parts) => {
        const scrubber = new StreamScrubber([KEY])
        const out = parts.map((part) => scrubber.take(part)).join("") + scrubber.end()
        expect(out).not.toContain(KEY)
        expect(out).toBe(parts.join("").replaceAll(KEY, "[key]"))
      }),
      { numRuns: 500 },
    )
  })

  it("of an error takes out keys in every form, users and queries of addresses, and cuts at 500 characters", () => {
    const said = `Wrong key ${KEY} (${encodeURIComponent(KEY)}, ${btoa(KEY)}) at https://me:pw@api.example/v1?key=${KEY}#x ${"long ".repeat(300)}`
    const shown = scrubbed(said, [KEY])
    expect(shown).not.toContain(KEY)
    expect(shown).not.toContain("pw@")
    expect(shown).not.toContain("?")
    expect(shown).toContain("https://api.example/v1 ")
    expect(shown.length).toBeLessThanOrEqual(500)
  })

  it("takes out what looks like somebody's key, though it is not ours", () => {
    for (const foreign of ["sk-proj-abcdef123456", "Bearer abc.def", "AIzaSyA-1234567890abcdef", "gsk_1234567890abcdef"])
      expect(scrubbed(`Incorrect API key provided: ${foreign}.`, [])).not.toContain(foreign)
    expect(scrubbed("The task-force met; risk-taking is key to skill.", [])).toBe("The task-force met; risk-taking is key to skill.")
  })

  it("reaches every text of a tool's arguments", () => {
    expect(scrubbedValue({ a: [`x${KEY}`], [KEY]: 1 }, [KEY])).toEqual({ a: ["x[key]"], "[key]": 1 })
  })
})

describe("typed answers", () => {
  const unpack = (parts: readonly string[], wrapped: boolean) => {
    const typed = new TypedText(wrapped, true)
    return parts.map((part) => typed.take(part)).join("") + typed.end()
  }

  it("lose the object around a list and the fence around JSON, however they are cut", () => {
    const list = fc.array(fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer(), { maxLength: 3 })), { maxLength: 5 })
    const packed = list.chain((value) =>
      fc
        .constantFrom(JSON.stringify({ value }), JSON.stringify({ value }, null, 2), `\`\`\`json\n${JSON.stringify(value)}\n\`\`\``)
        .map((text) => ({ value, text })),
    )
    fc.assert(
      fc.property(
        packed.chain(({ value, text }) => fc.record({ value: fc.constant(value), parts: pieces(fc.constant(text)) })),
        ({ value, parts }) => {
          expect(JSON.parse(unpack(parts, true))).toEqual(value)
        },
      ),
      { numRuns: 500 },
    )
  })

  it("that are not packed stay as they are", () => {
    const plain = fc.oneof(
      fc.integer().map(String),
      fc.dictionary(fc.string(), fc.integer()).map((record) => JSON.stringify(record)),
      fc.constantFrom("true", "I would say 42.", "", "{", "[1,\n2]"),
    )
    fc.assert(
      fc.property(pieces(plain), (parts) => {
        expect(unpack(parts, false)).toBe(parts.join(""))
      }),
    )
    fc.assert(
      fc.property(pieces(fc.constant("[1, 2]")), (parts) => {
        expect(unpack(parts, true)).toBe("[1, 2]")
      }),
    )
  })

  it("leave prose alone", () => {
    const typed = new TypedText(false, false)
    expect(typed.take("```js\nx\n```") + typed.end()).toBe("```js\nx\n```")
  })
})

describe("how long a provider asks to wait", () => {
  it("is read in every way in which it is said", () => {
    const said = (responseHeaders: Record<string, string>, responseBody = "") => retryAfterOf({ responseHeaders, responseBody }, 1_000_000)
    expect(said({})).toBe(-1)
    expect(said({ "retry-after": "2" })).toBe(2000)
    expect(said({ "retry-after": "0.5" })).toBe(500)
    expect(said({ "retry-after-ms": "120", "retry-after": "9" })).toBe(120)
    expect(said({ "retry-after": new Date(1_005_000).toUTCString() })).toBe(5000)
    expect(said({ "retry-after": "soon" })).toBe(-1)
    expect(said({}, '{"error":{"details":[{"retryDelay":"1.5s"}]}}')).toBe(1500)
    expect(said({ "retry-after": "1e9" })).toBe(86_400_000)
  })
})

describe("the browser's own model", () => {
  afterEach(() => vi.unstubAllGlobals())

  const ask = async () => {
    const events: LiveEvent[] = []
    const config = defaultConfig(providerPreset("browser") as ProviderPreset)
    const request = requestOf("vibe", "Hello", { system: "Be brief" })
    const signal = new AbortController().signal
    await askProvider({ config, key: "", model: "built-in", request, maxTokensOut: 50, signal, tell: (event) => events.push(event) })
    return events
  }

  it("answers as any other, with tokens estimated", async () => {
    const prompts: unknown[] = []
    vi.stubGlobal("LanguageModel", {
      availability: async () => "available",
      create: async ({ initialPrompts }: { initialPrompts: unknown }) => ({
        promptStreaming: (messages: unknown) => {
          prompts.push(initialPrompts, messages)
          return new ReadableStream({
            start: (controller) => {
              controller.enqueue("Hi ")
              controller.enqueue("there")
              controller.close()
            },
          })
        },
        destroy: () => {},
      }),
    })
    const events = await ask()
    expect(events.map((event) => (event.kind === "text" ? event.text : event.kind))).toEqual(["Hi ", "there", "end"])
    expect(events.at(-1)).toMatchObject({ usage: { estimated: true }, finish: "stop" })
    expect(prompts).toEqual([[{ role: "system", content: "Be brief" }], [{ role: "user", content: "Hello" }]])
  })

  it("says so where there is none", async () => {
    expect(await ask()).toMatchObject([{ kind: "failed", failure: { status: 404 } }])
  })
})
