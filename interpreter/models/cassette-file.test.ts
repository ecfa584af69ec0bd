// Cassettes as files: what is written reads back the same, old versions are upgraded, and whatever is wrong is refused with a
// sentence, never with an exception and never in part.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Cassette } from "./cassette.ts"
import { readCassette, readRecordedAttempt, upgraded, writeCassette } from "./cassette-file.ts"
import { requestOf } from "./request.ts"

const CASSETTE: Cassette = {
  program: { language: "vibe", path: "talk.vibe", mark: "0123456789abcdef" },
  options: {
    seed: 7,
    schedule: [0, 1],
    maxParallel: 2,
    maxRetries: 1,
    modelName: "gpt-5-mini",
    startMs: 1_767_225_600_000,
    keyNames: ["OPENAI_API_KEY"],
  },
  recordedOn: "2026-11-20",
  inputLines: ["yes"],
  typedLines: ["no", ""],
  calls: [
    {
      request: requestOf("vibe", "Hëllo 😀", {
        context: "- a (text): 1",
        shape: { kind: "record", fields: [{ name: "n", shape: { kind: "list", of: { kind: "integer" } } }] },
        tools: [{ name: "area", description: "", parameters: { type: "object" } }],
        toolRounds: [{ calls: [{ name: "area", args: { w: 1 } }], results: [{ name: "area", text: "1", failed: false }] }],
      }),
      by: { provider: "openai", model: "gpt-5-mini" },
      chunks: [
        { afterUs: 10, text: "Hi" },
        { afterUs: 20, text: " there" },
      ],
      tools: [{ name: "area", args: [1, null, "x"] }],
      end: { kind: "reply", afterUs: 30, usage: { tokensIn: 3, tokensOut: 2, estimated: false }, finish: "tools" },
    },
    {
      request: requestOf("vibe", "again"),
      by: null,
      chunks: [],
      tools: [],
      end: { kind: "failed", afterUs: 5, status: 429, message: "slow down", retryAfterMs: 1000 },
    },
    {
      request: requestOf("vibe", "once more"),
      by: null,
      chunks: [{ afterUs: 2, text: "Half of" }],
      tools: [],
      end: { kind: "failed", afterUs: 5, status: 0, message: "cut off", retryAfterMs: -1, what: "cut" },
    },
    { request: requestOf("vibe", "left"), by: null, chunks: [], tools: [], end: { kind: "left", afterUs: 9 } },
  ],
}

const sentence = (text: string): string => {
  const read = readCassette(text)
  return read.ok ? "read" : read.sentence
}

describe("a cassette's file", () => {
  it("may be from before names of keys were kept, and then says nothing of them", () => {
    const { keyNames: _, ...options } = CASSETTE.options
    const read = readCassette(writeCassette({ ...CASSETTE, options }))
    expect(read.ok && read.cassette.options).toEqual(options)
    expect(sentence(writeCassette({ ...CASSETTE, options: { ...options, keyNames: [1] as unknown as string[] } }))).toBe(
      "This recording is damaged: a name of a key is no text.",
    )
  })
  it("reads back as it was written, to the same text", () => {
    const text = writeCassette(CASSETTE)
    const read = readCassette(text)
    expect(read).toEqual({ ok: true, cassette: CASSETTE })
    if (read.ok) expect(writeCassette(read.cassette)).toBe(text)
  })

  it("is refused with a sentence: another file, a damaged one, a newer one", () => {
    const text = writeCassette(CASSETTE)
    expect(sentence("")).toBe("This file is not a recording of Counterpoint.")
    expect(sentence("[1, 2]")).toBe("This file is not a recording of Counterpoint.")
    expect(sentence('{"some":"json"}')).toBe("This file is not a recording of Counterpoint.")
    expect(sentence(text.slice(0, -40))).toBe("This recording is damaged: its text ends too early or was changed.")
    expect(sentence(text.replace('"version":2', '"version":3'))).toMatch(/made with a newer version \(3; this program reads up to 2\)/)
    expect(sentence(text.replace('"version":2', '"version":"1"'))).toMatch(/damaged: its version is no number/)
    expect(sentence(text.replace('"afterUs":20', '"afterUs":5'))).toMatch(/the pieces of call 1 are not in order/)
    expect(sentence(text.replace('"afterUs":30', '"afterUs":15'))).toMatch(/call 1 ends before its last piece/)
    expect(sentence(text.replace('"finish":"tools"', '"finish":"magic"'))).toMatch(/call 1 ends in an unknown way/)
    expect(sentence(text.replace('"seed":7', '"seed":-7'))).toMatch(/its seed is no whole number/)
  })

  it("is never half believed, wherever a value is changed", () => {
    const whole = JSON.parse(writeCassette(CASSETTE)) as unknown
    const paths: (string | number)[][] = []
    const walk = (value: unknown, path: (string | number)[]) => {
      paths.push(path)
      if (typeof value === "object" && value !== null) for (const [key, item] of Object.entries(value)) walk(item, [...path, key])
    }
    walk(whole, [])
    fc.assert(
      fc.property(fc.constantFrom(...paths.slice(1)), fc.jsonValue(), (path, value) => {
        const copy = structuredClone(whole) as Record<string, unknown>
        let at: Record<string, unknown> = copy
        for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
        at[path.at(-1) as string] = value
        const read = readCassette(JSON.stringify(copy))
        if (read.ok) expect(readCassette(writeCassette(read.cassette))).toEqual(read)
        else expect(read.sentence).toMatch(/^This (recording|file) .*\.$/)
      }),
      { numRuns: 500 },
    )
  })

  it("keeps what is nested too deeply out", () => {
    const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`
    expect(sentence(writeCassette(CASSETTE).replace('"args":[1,null,"x"]', `"args":${deep}`))).toMatch(/nested too deeply/)
  })

  it("of an older version is taken through every step", () => {
    const steps = [(file: object) => ({ ...file, version: 2, a: 1 }), (file: object) => ({ ...file, version: 3, b: 2 })]
    expect(upgraded({ version: 1 }, steps, 3)).toEqual({ version: 3, a: 1, b: 2 })
    expect(() => upgraded({ version: 1 }, [], 2)).toThrow()
  })

  it("of version 1, whose failures had a status alone, is read", () => {
    const { program, options, recordedOn, inputLines, typedLines, calls } = CASSETTE
    const old = calls.filter(({ end }) => end.kind !== "failed" || end.what === undefined)
    const text = JSON.stringify({ counterpoint: "cassette", version: 1, program, options, recordedOn, inputLines, typedLines, calls: old })
    expect(readCassette(text)).toEqual({ ok: true, cassette: { ...CASSETTE, calls: old } })
    expect(sentence(writeCassette(CASSETTE).replace('"what":"cut"', '"what":"melted"'))).toMatch(/failed in an unknown way/)
  })
})

describe("what the sandbox says about an attempt", () => {
  it("counts only if it is one", () => {
    const attempt = { call: 1, order: 0, fresh: true, recording: CASSETTE.calls[0] }
    expect(readRecordedAttempt(attempt)).toEqual(attempt)
    for (const forged of [null, 7, {}, { ...attempt, call: -1 }, { ...attempt, fresh: 1 }, { ...attempt, recording: {} }])
      expect(readRecordedAttempt(forged)).toBe(null)
  })
})
