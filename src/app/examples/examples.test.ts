// The examples of the menu run as their sentences say, with the times and calls that are told of them.
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { drive } from "../../../interpreter/cli/drive.ts"
import { nodePorts } from "../../../interpreter/cli/node-ports.ts"
import { LANGUAGES } from "../../../interpreter/languages/index.ts"
import { inputsOf } from "../../../interpreter/session/defaults.ts"
import { prepareRun } from "../../../interpreter/session/run.ts"
import { totalsOf } from "../../../interpreter/trace/totals.ts"
import { Trace } from "../../../interpreter/trace/trace.ts"
import { isRule } from "../../share/link.ts"
import { documentOf, EXAMPLES, type Example, examplesOf } from "./index.ts"

/** Runs an example as the page does, in Node; `edit` changes its text first. */
async function ran(example: Example, edit = (text: string) => text) {
  const { language, path, text, rules, seed } = documentOf(example)
  const plain = inputsOf(language, path, edit(text), { seed })
  const { run, diagnostics, sites } = await prepareRun({ ...plain, model: { ...plain.model, rules } }, nodePorts(false))
  if (!run) throw new Error(`${example.id} was rejected: ${diagnostics[0]?.message}`)
  const trace = new Trace(sites)
  await drive(run, trace)
  return { report: run.report(), totals: totalsOf(trace), diagnostics }
}

describe("the gallery", () => {
  it.each(EXAMPLES.map((example) => [example.id, example] as const))(
    "%s runs, shows tasks that overlap, takes 3 to 5 seconds",
    async (_id, example) => {
      const { report, totals, diagnostics } = await ran(example)
      expect(diagnostics).toEqual([])
      expect(report.fault).toBe(null)
      expect(report.outcome).toBe("done")
      expect(totals.tasks).toBeGreaterThan(2)
      expect(totals.stdout()).not.toBe("")
      expect(report.virtualUs).toBeGreaterThan(2_500_000)
      expect(report.virtualUs).toBeLessThan(5_000_000)
    },
  )

  it("three critics: one retry after a 429, three calls in flight, 3.68 s", async () => {
    const { report, totals } = await ran(EXAMPLES[0] as Example)
    expect(totals.failedCalls).toBe(1)
    expect(totals.maxInFlight).toBe(3)
    expect(report.virtualUs).toBe(3_680_000)
  })

  it.each(EXAMPLES.filter((example) => example.tryThis).map((example) => [example.id, example] as const))(
    "%s: the change it offers makes a program that runs",
    async (_id, example) => {
      const tip = example.tryThis as NonNullable<Example["tryThis"]>
      expect(example.text.split(tip.replace)).toHaveLength(2)
      const before = await ran(example)
      const after = await ran(example, (text) => text.replace(tip.replace, tip.by))
      expect(after.report.outcome).toBe("done")
      expect(after.totals.stdout() + after.report.virtualUs).not.toBe(before.totals.stdout() + before.report.virtualUs)
    },
  )

  it("has at least two examples for each language", () => {
    for (const { id } of LANGUAGES) expect(examplesOf(id).length, id).toBeGreaterThanOrEqual(2)
  })

  it("has names, sentences and model scripts that are right", () => {
    expect(new Set(EXAMPLES.map((example) => example.id)).size).toBe(EXAMPLES.length)
    for (const example of EXAMPLES) {
      expect(example.about, example.id).toMatch(/\.$/)
      expect(example.rules.every(isRule), example.id).toBe(true)
      expect(documentOf(example).text, example.id).not.toMatch(/\s$/)
    }
  })

  it("knows the first tasks of the one it begins with, as its text tells them and index.html paints them", async () => {
    const [first] = EXAMPLES
    const predict = await LANGUAGES.find(({ id }) => id === first?.language)?.loadPrediction()
    expect(predict?.(first?.text ?? "")).toEqual(first?.starts)
    const html = readFileSync(new URL("../../../index.html", import.meta.url), "utf8")
    const lanes = /<ol class="first-lanes"[\s\S]*?<\/ol>/.exec(html)?.[0] ?? ""
    expect([...lanes.matchAll(/<li>(.*?)<\/li>/g)].map((lane) => lane[1])).toEqual([
      "main",
      ...(first?.starts ?? []).map(({ name }) => name),
    ])
  })

  it("begins with the program that index.html paints before any script", () => {
    const html = readFileSync(new URL("../../../index.html", import.meta.url), "utf8")
    const painted = /<pre id="first-code">([\s\S]*?)<\/pre>/.exec(html)?.[1] ?? ""
    const text = painted
      .replaceAll(/<\/?(?:[bius]|em)(?: [^>]*)?>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&amp;", "&")
      .trimEnd()
    expect(text).toBe(EXAMPLES[0]?.text.trimEnd())
  })
})
