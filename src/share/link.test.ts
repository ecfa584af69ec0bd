// Links: what goes in comes out, they are short, and whatever else is read gives a sentence instead of harm.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type LinkContents, readLink, writeLink } from "./link.ts"

const PLAIN: LinkContents = {
  document: { kind: "program", language: "vibe", text: "" },
  title: "",
  files: {},
  seed: 1,
  maxParallel: 0,
  schedule: "",
  rules: "",
  cassette: "",
  view: null,
}

const PROGRAM = `// plan first, then three critics at once
let outline = do "Outline a talk about fibers in five points"

async let a = do "As a teacher, criticise this outline: {outline}"
async let b = do "As a sceptic, criticise this outline: {outline}"
async let c = do "As a child, ask a question about: {outline}"

print("all three are on their way")
print("teacher: {a}")
print("sceptic: {b}")
print("child: {c}")

let summary = do "Merge the three reviews into one plan: {a} {b} {c}"
print(summary)
print("and that was all")
`

describe("a link", () => {
  it("gives back what it was made of", async () => {
    const view = fc.record({
      atUs: fc.nat(),
      window: fc.oneof(fc.constant(null), fc.tuple(fc.nat(1000), fc.integer({ min: 1001, max: 9999 }))),
      task: fc.oneof(fc.constant(null), fc.nat()),
    })
    const contents = fc.record({
      document: fc.oneof(
        fc.record({ kind: fc.constant("markdown" as const), text: fc.string() }),
        fc.record({ kind: fc.constant("program" as const), language: fc.constantFrom("vibe", "jade", "ard"), text: fc.string() }),
      ),
      title: fc.string({ maxLength: 50 }),
      files: fc.dictionary(fc.stringMatching(/^[a-z]+\.vibe$/), fc.string(), { maxKeys: 3 }),
      seed: fc.nat(),
      maxParallel: fc.nat(100),
      schedule: fc.constantFrom("", "0*3 1"),
      rules: fc.constantFrom("", '[{"reply":"x"}]'),
      cassette: fc.string(),
      view: fc.oneof(fc.constant(null), view),
    })
    await fc.assert(
      fc.asyncProperty(contents, async (given) => {
        const read = await readLink(await writeLink(given))
        expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify({ ok: true, contents: given })))
      }),
      { numRuns: 60 },
    )
  })

  it("to a program of 500 characters has fewer than 450", async () => {
    expect(PROGRAM.length).toBeGreaterThan(500)
    const link = await writeLink({ ...PLAIN, document: { kind: "program", language: "vibe", text: PROGRAM } })
    expect(link.length).toBeLessThan(450)
  })

  it("that was cut, of a newer version or no link at all gives a sentence", async () => {
    const link = await writeLink({ ...PLAIN, document: { kind: "program", language: "jade", text: PROGRAM } })
    for (const [bad, sentence] of [
      [link.slice(0, -20), /damaged or was cut/],
      [link.replace("#v1.", "#v2."), /newer version/],
      ["#v1.", /damaged/],
      ["#hello", /damaged/],
      [link.replace("#v1.", "#v0."), /no such version/],
    ] as const) {
      const read = await readLink(bad)
      expect(read).toMatchObject({ ok: false, sentence: expect.stringMatching(sentence) })
    }
  })

  it("made to unpack to gigabytes is refused without unpacking it", async () => {
    const stream = new Blob([new Uint8Array(30_000_000)]).stream().pipeThrough(new CompressionStream("deflate-raw"))
    const bomb = Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url")
    expect(await readLink(`#v1.${bomb}`)).toMatchObject({ ok: false, sentence: expect.stringContaining("more than can be opened") })
  })

  it("with fields of the wrong kind keeps what is sound and drops the rest", async () => {
    const raw = async (wire: unknown) => {
      const stream = new Blob([JSON.stringify(wire)]).stream().pipeThrough(new CompressionStream("deflate-raw"))
      return readLink(`#v1.${Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url")}`)
    }
    expect(
      await raw({ l: "vibe", t: "x", s: -5, p: "many", f: { "../../etc": "no", "ok.vibe": "yes", "n.vibe": 7 }, v: [1, 2] }),
    ).toMatchObject({
      ok: true,
      contents: { seed: 1, maxParallel: 0, files: { "ok.vibe": "yes" }, view: null },
    })
    expect(await raw({ l: "python", t: "x" })).toMatchObject({ ok: false })
    expect(await raw(`${"[".repeat(5000)}${"]".repeat(5000)}`)).toMatchObject({ ok: false })
    expect(await raw(null)).toMatchObject({ ok: false })
  })

  it("of random characters never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => void (await readLink(`#v1.${text}`))),
      { numRuns: 100 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.base64String(),
        async (text) => void (await readLink(`#v1.${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=/g, "")}`)),
      ),
      { numRuns: 200 },
    )
  })
})
