import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EVERYDAY_DIALS } from "../../interpreter/models/index.ts"
import { documentOf, EXAMPLES } from "../app/examples/index.ts"
import type { OpenDocument } from "../store/document.ts"
import { linkTo, openLink } from "./link.ts"

const first = EXAMPLES[0]
if (!first) throw new Error("the gallery is empty")
const example: OpenDocument = { ...documentOf(first), version: 0, replaced: 0 }

describe("links", () => {
  it("bring back the program, its model script and the moment", async () => {
    const opened = await openLink(await linkTo(example, 2_620_000))
    expect(opened).toMatchObject({
      document: { text: example.text, language: "vibe", rules: example.rules, seed: 7, path: "main.vibe", edited: false },
      atUs: 2_620_000,
    })
  })

  it("repeat the simulated model's dials, and take only what is a dial", async () => {
    const dials = { ...EVERYDAY_DIALS, latencyMs: 50, cutShare: 0.5 }
    expect(await openLink(await linkTo({ ...example, dials }, null))).toMatchObject({ document: { dials } })
    const forged = { ...EVERYDAY_DIALS, jitter: 9, speed: 3, tokensPerSecond: 40 } as typeof dials
    expect(await openLink(await linkTo({ ...example, dials: forged }, null))).toMatchObject({
      document: { dials: { ...EVERYDAY_DIALS, tokensPerSecond: 40 } },
    })
    const plain = await openLink(await linkTo({ ...example, dials: EVERYDAY_DIALS }, null))
    expect(plain && "document" in plain && plain.document.dials).toBeUndefined()
  })

  it("bring back any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const opened = await openLink(await linkTo({ ...example, text }, null))
        expect(opened).toMatchObject({ document: { text }, atUs: null })
      }),
      { numRuns: 50 },
    )
  })

  it("of a program of 500 characters are under 450 characters", async () => {
    const text = 'async let answer = do "What is the capital of France?"\nprint(answer)\nfor city in cities { print(city) }\n'
      .repeat(5)
      .slice(0, 500)
    expect((await linkTo({ ...example, text, rules: [] }, null)).length).toBeLessThan(450)
  })

  it("that are none of ours are left alone", async () => {
    expect(await openLink("#timeline")).toBe(null)
    expect(await openLink("")).toBe(null)
  })

  it("that are cut, changed, newer or made by hand get a sentence", async () => {
    const link = await linkTo(example, null)
    for (const broken of [link.slice(0, -20), `${link.slice(0, 30)}AAAA${link.slice(34)}`, "#v1.", "#v1.!!!", "#v9.abc", "#v1"])
      expect(await openLink(broken), broken).toHaveProperty("problem")
  })

  it("never unpack more than two megabytes", async () => {
    const bomb = await linkTo({ ...example, text: "a".repeat(5_000_000) }, null)
    expect(bomb.length).toBeLessThan(20_000)
    expect(await openLink(bomb)).toHaveProperty("problem")
  })

  it("with rules that are none keep the rest", async () => {
    const rules = [{ match: "x", reply: "y" }, { match: 7 }, null, { replies: [{ tools: "no" }] }] as unknown as OpenDocument["rules"]
    expect(await openLink(await linkTo({ ...example, rules }, null))).toMatchObject({ document: { rules: [{ match: "x", reply: "y" }] } })
  })
})
