// A program written as a notebook: whatever decides its run is in the Markdown, and nothing else is.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EVERYDAY_DIALS } from "../../interpreter/models/dials.ts"
import { DIAL_PRESETS } from "../../interpreter/models/presets.ts"
import { DEFAULT_RETRIES, MOST_RETRIES } from "../../interpreter/models/retries.ts"
import type { ModelRule } from "../../interpreter/models/script.ts"
import { isFilePath } from "../../interpreter/session/document/markdown.ts"
import { DEFAULT_SEED, type LanguageName } from "../store/document.ts"
import { notebookOfProgram, type Program } from "./from-program.ts"
import { optionsOf, withOptions } from "./front-matter.ts"
import { cellsOf, filesOf, notebookOf } from "./model.ts"
import { titleOf } from "./title.ts"

const PLAIN: Program = { title: "Three critics", language: "vibe", text: "print(1)\n", files: {}, rules: [], seed: 7, maxParallel: 0 }

/** What a file with this Markdown runs with, when it is opened where nobody has chosen anything. */
async function inputsWhenOpened(markdown: string, language: LanguageName) {
  const notebook = notebookOf(markdown)
  const { options, problems } = await optionsOf(notebook)
  expect(problems).toEqual([])
  const nothing = { maxParallel: 0, model: { rules: [], otherwise: "responder", dials: EVERYDAY_DIALS, live: false } } as const
  const { maxParallel, maxRetries = DEFAULT_RETRIES, model } = withOptions(nothing, options)
  return {
    codes: cellsOf(notebook, language).map(({ segment }) => segment.code),
    files: { ...options.files, ...filesOf(notebook, language) },
    seed: options.seed ?? DEFAULT_SEED,
    maxParallel,
    maxRetries,
    rules: model.rules,
    dials: model.dials,
  }
}

/** The same of the program. A fence ends its last line itself, so one line end at the end is not told. */
function inputsOfProgram({ text, files, seed, maxParallel, maxRetries = DEFAULT_RETRIES, rules, dials = EVERYDAY_DIALS }: Program) {
  const file = ([path, own]: [string, string]) => [path, isFilePath(path) ? own.replace(/\n$/, "") : own]
  return {
    codes: [text.replace(/\n$/, "")],
    files: Object.fromEntries(Object.entries(files).map(file)),
    seed,
    maxParallel,
    maxRetries,
    rules,
    dials,
  }
}

const textWith = (...pieces: string[]) =>
  fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("\n", "---\n", "...\n", "  ", "\t", "# a: b", "```", "'\"", "yes", ...pieces),
      ),
      {
        maxLength: 6,
      },
    )
    .map((found) => found.join(""))
const code = textWith("````\n", "~~~\n").map((text) => text.replaceAll("\r", ""))
const reply = fc.oneof(
  textWith("\r\n", "&a *a", "{{"),
  fc.record(
    {
      tools: fc.array(
        fc.record({ name: fc.string(), args: fc.jsonValue({ maxDepth: 3 }).map((args) => JSON.parse(JSON.stringify(args))) }),
        {
          maxLength: 2,
        },
      ),
      text: fc.string(),
    },
    { requiredKeys: ["tools"] },
  ),
)
const rule: fc.Arbitrary<ModelRule> = fc.record(
  {
    match: textWith("null"),
    reply,
    replies: fc.array(reply, { minLength: 1, maxLength: 3 }),
    latencyMs: fc.double({ min: 0, max: 86_400_000, noNaN: true }).map(Math.abs),
    usage: fc.record({ in: fc.nat(1e9), out: fc.nat(1e9) }),
    finish: fc.constantFrom("length" as const, "refused" as const),
    error: fc.record(
      { status: fc.nat(599), times: fc.nat(1e6), message: fc.string(), retryAfterMs: fc.nat() },
      { requiredKeys: ["status", "times"] },
    ),
  },
  { requiredKeys: [] },
)
const dials = fc.oneof(
  fc.constantFrom(...DIAL_PRESETS.map((preset) => preset.dials)),
  fc
    .record({ latencyMs: fc.nat(600_000), jitter: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs), tokensPerSecond: fc.nat(1000) })
    .map((own) => ({ ...EVERYDAY_DIALS, ...own })),
)
const program: fc.Arbitrary<Program> = fc.record(
  {
    title: fc.string(),
    language: fc.constantFrom("vibe" as const, "jade" as const, "ard" as const),
    text: code,
    files: fc.dictionary(fc.oneof(fc.constantFrom("util.vibe", "lib/notes.json", "my file.txt"), fc.string()), code, { maxKeys: 3 }),
    rules: fc.array(rule, { maxLength: 4 }),
    dials,
    seed: fc.oneof(fc.constant(DEFAULT_SEED), fc.maxSafeNat()),
    maxParallel: fc.nat(10_000),
    maxRetries: fc.nat(MOST_RETRIES),
  },
  { requiredKeys: ["title", "language", "text", "files", "rules", "seed", "maxParallel"] },
)

describe("a program as a notebook", () => {
  it("runs with the same inputs when its file is opened, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(program, async (any) => {
        const { text, rest } = notebookOfProgram(any)
        expect(await inputsWhenOpened(text, any.language)).toEqual(inputsOfProgram(any))
        // Nothing is said twice: what the text says, the document beside it does not.
        expect(rest).toEqual({ seed: any.seed, rules: [], maxParallel: 0 })
      }),
      { numRuns: 200 },
    )
  })

  it("says nothing of what is as usual", () => {
    const usual = { ...PLAIN, dials: EVERYDAY_DIALS, maxRetries: DEFAULT_RETRIES }
    expect(notebookOfProgram(usual).text).toBe("# Three critics\n\n```vibe\nprint(1)\n```\n")
  })

  it("reads well: a preset by its name, other dials alone, files in fences", () => {
    const dialled = DIAL_PRESETS.find(({ name }) => name === "bad-day")?.dials
    if (!dialled) throw new Error("there is no such preset")
    const rules = [{ match: "Outline", reply: "1. Why\n2. How", latencyMs: 300 }]
    const files = { "lib/util.vibe": "let x = 1\n", "my notes.txt": "one" }
    expect(notebookOfProgram({ ...PLAIN, rules, files, dials: dialled, seed: 12, maxParallel: 2, maxRetries: 0 }).text).toBe(
      [
        "---",
        "seed: 12",
        "maxParallel: 2",
        "maxRetries: 0",
        "dials: bad-day",
        "model:",
        "  - match: Outline",
        "    reply: |-",
        "      1. Why",
        "      2. How",
        "    latencyMs: 300",
        "files:",
        "  my notes.txt: one",
        "---",
        "# Three critics",
        "",
        "```vibe",
        "print(1)",
        "```",
        "",
        "```vibe lib/util.vibe",
        "let x = 1",
        "```",
        "",
      ].join("\n"),
    )
    expect(notebookOfProgram({ ...PLAIN, dials: { ...EVERYDAY_DIALS, jitter: 0 } }).text).toMatch(/^---\ndials:\n {2}jitter: 0\n---\n# /)
  })

  it("keeps its title, on one line", () => {
    expect(titleOf(notebookOfProgram({ ...PLAIN, seed: 1, title: " One\n```vibe\ntwo " }).text)).toBe("One ```vibe two")
    expect(titleOf(notebookOfProgram({ ...PLAIN, title: "" }).text)).toBe("A program")
  })

  it("never writes what the reader typed for `env`, and keeps it beside the text", () => {
    const { text, rest } = notebookOfProgram({ ...PLAIN, variables: { TOKEN: "sesame" }, seed: 3 })
    expect(text).not.toMatch(/TOKEN|sesame/)
    expect(rest.variables).toEqual({ TOKEN: "sesame" })
  })

  it("leaves beside the text what a front matter does not take", () => {
    const odd = [{ reply: "a", mood: "good" } as ModelRule]
    const { text, rest } = notebookOfProgram({ ...PLAIN, rules: odd, maxParallel: 20_000 })
    expect(text).toMatch(/^# Three critics/)
    expect(rest).toEqual({ seed: 7, rules: odd, maxParallel: 20_000 })
  })
})
