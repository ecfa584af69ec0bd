// Links: what goes into one comes out of it, older ones still open, and a broken one says so and loses nothing.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Cassette, programMark } from "../../interpreter/models/cassette.ts"
import { EVERYDAY_DIALS } from "../../interpreter/models/index.ts"
import { documentOf, EXAMPLES } from "../app/examples/index.ts"
import type { OpenDocument } from "../store/document.ts"
import { MOST_NOTE_LENGTH } from "../store/marker.ts"
import { linkTo, openLink } from "./link.ts"
import { fittingSelection, type LinkedView, unpackedMarkers, unpackedSelection, unpackedWindow } from "./view.ts"

const first = EXAMPLES[0]
if (!first) throw new Error("the gallery is empty")
const example: OpenDocument = { ...documentOf(first), version: 0, replaced: 0 }

describe("links", () => {
  it("bring back the program, its model script and the moment", async () => {
    const opened = await openLink(await linkTo(example, { atUs: 2_620_000, selection: { kind: "none" }, window: null, markers: [] }))
    expect(opened).toMatchObject({
      document: { text: example.text, language: "vibe", rules: example.rules, seed: 7, path: "main.vibe", edited: false },
      view: { atUs: 2_620_000, selection: { kind: "none" }, window: null },
      cassette: null,
    })
  })

  it("bring back markers in order of time, and leave out what is none", async () => {
    const markers = [
      { us: 0, step: -1 },
      { us: 5, step: 2 },
    ]
    const view: LinkedView = { atUs: 9, selection: { kind: "none" }, window: null, markers }
    expect(await openLink(await linkTo(example, view))).toMatchObject({ view })
    expect(unpackedMarkers([[5, 2], [1.5, 3], [7], "x", null, [0, -1], [3, -2]])).toEqual(markers)
    expect(unpackedMarkers(Array.from({ length: 5000 }, (_, i) => [i, i])).length).toBeLessThan(1000)
  })

  it("bring back the notes of markers; a note that is no text or too long costs no marker", async () => {
    const markers = [
      { us: 3, step: 1, note: "hier wartet b: 429 👍" },
      { us: 5, step: 2 },
    ]
    const view: LinkedView = { atUs: 9, selection: { kind: "none" }, window: null, markers }
    const opened = await openLink(await linkTo(example, view))
    expect(opened && "view" in opened && opened.view?.markers).toEqual(markers)
    expect(
      unpackedMarkers([
        [1, 1, 7],
        [2, 2, "  a\u0000\nb "],
        [3, 3, null],
        [4, 4, "x".repeat(100_000)],
      ]),
    ).toEqual([
      { us: 1, step: 1 },
      { us: 2, step: 2, note: "a b" },
      { us: 3, step: 3 },
      { us: 4, step: 4, note: "x".repeat(MOST_NOTE_LENGTH) },
    ])
  })

  it("made before markers were in them open without any", async () => {
    const opened = await openLink(await linkTo(example, { atUs: 9, selection: { kind: "none" }, window: null, markers: [] }))
    expect(opened).toMatchObject({ view: { atUs: 9, markers: [] } })
    expect(unpackedMarkers(undefined)).toEqual([])
  })

  it("carries no variables that the reader typed", async () => {
    const opened = await openLink(await linkTo({ ...example, variables: { TOWN: "Bern" } }, null))
    expect(opened).toMatchObject({ document: { text: example.text } })
    expect(JSON.stringify(opened)).not.toContain("Bern")
  })

  it("repeat the simulated model's dials, and take only what is a dial", async () => {
    const dials = { ...EVERYDAY_DIALS, latencyMs: 50, cutShare: 0.5 }
    expect(await openLink(await linkTo({ ...example, dials }, null))).toMatchObject({ document: { dials } })
    const forged = { ...EVERYDAY_DIALS, jitter: 9, speed: 3, tokensPerSecond: 40 } as typeof dials
    expect(await openLink(await linkTo({ ...example, dials: forged }, null))).toMatchObject({
      document: { dials: { ...EVERYDAY_DIALS, tokensPerSecond: 40 } },
    })
    const plain = await openLink(await linkTo({ ...example, dials: EVERYDAY_DIALS }, null))
    expect(plain).toMatchObject({ document: { text: example.text } })
    expect(plain?.document?.dials).toBeUndefined()
  })

  it("bring back any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const opened = await openLink(await linkTo({ ...example, text }, null))
        expect(opened).toMatchObject({ document: { text }, view: null })
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

  it("that are cut or newer show of their program what can be read, and nothing that was not in it", async () => {
    const text = Array.from({ length: 60 }, (_, i) => `let name${i} = "wörd ${i * 7919} \\"`).join("\n")
    const link = await linkTo({ ...example, text, title: "Mine" }, null)
    const cut = await openLink(link.slice(0, Math.floor(link.length * 0.7)))
    expect(cut).toMatchObject({
      problem: expect.stringContaining("What can be read"),
      document: { title: "Mine", language: example.language },
    })
    const read = cut?.document?.text ?? ""
    expect(read.length).toBeGreaterThan(200)
    expect(text.startsWith(read)).toBe(true)
    expect(await openLink(link.replace("#v1.", "#v9."))).toMatchObject({ problem: expect.stringContaining("newer"), document: { text } })
    expect(await openLink("#v9.abc")).not.toHaveProperty("document")
  })

  it("that end in letters of the sentence around them say that they are damaged, and show the program", async () => {
    const link = await linkTo(example, null)
    expect(await openLink(`${link}%20and`)).toMatchObject({ problem: expect.stringContaining("damaged"), document: { text: example.text } })
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

  it("show what their sender saw: the selection and the stretch of time", async () => {
    const selections: LinkedView["selection"][] = [
      { kind: "task", task: 3 },
      { kind: "call", task: 1, call: 2 },
      { kind: "event", task: 0, event: 17 },
      { kind: "line", file: "main.vibe", line: 4, tasks: [1, 2] },
      { kind: "span", fromUs: 10, toUs: 20 },
    ]
    for (const selection of selections) {
      const view = { atUs: 5, selection, window: { fromUs: 100, toUs: 900 }, markers: [] }
      expect(await openLink(await linkTo(example, view))).toMatchObject({ view })
    }
  })

  it("never take a selection or a stretch of time that is none", () => {
    for (const forged of [
      null,
      7,
      {},
      ["t"],
      ["t", -1],
      ["t", 1.5],
      ["t", "0"],
      ["l", 7, 1, []],
      ["l", "x".repeat(300), 1, []],
      ["s", 9, 9],
      ["z", 1],
    ])
      expect(unpackedSelection(forged), JSON.stringify(forged)).toEqual({ kind: "none" })
    for (const forged of [null, [], [5, 5], [9, 1], [-1, 5], ["0", 9], [0, 1e300]]) expect(unpackedWindow(forged)).toBe(null)
  })

  it("never select what the run does not have", () => {
    const has = { tasks: 2, calls: new Set([0]), events: 30 }
    expect(fittingSelection({ kind: "task", task: 1 }, has)).toEqual({ kind: "task", task: 1 })
    expect(fittingSelection({ kind: "task", task: 2 }, has)).toEqual({ kind: "none" })
    expect(fittingSelection({ kind: "call", task: 1, call: 1 }, has)).toEqual({ kind: "none" })
    expect(fittingSelection({ kind: "event", task: 0, event: 30 }, has)).toEqual({ kind: "none" })
    expect(fittingSelection({ kind: "line", file: "a", line: 1, tasks: [0, 9] }, has)).toMatchObject({ tasks: [0] })
  })

  it("bring the recorded answers along where they were asked to", async () => {
    const cassette: Cassette = {
      program: { language: "vibe", path: "main.vibe", mark: programMark("main.vibe", example.text, {}) },
      options: { seed: 7, schedule: "fifo", maxParallel: 0, startMs: 0 },
      recordedOn: "2026-02-03",
      inputLines: [],
      typedLines: ["yes"],
      calls: [],
    }
    expect(await openLink(await linkTo(example, null, cassette))).toMatchObject({ cassette })
    const forged = { ...cassette, calls: [{ name: 7 }] } as unknown as Cassette
    expect(await openLink(await linkTo(example, null, forged))).toMatchObject({ document: { text: example.text }, cassette: null })
  })
})
