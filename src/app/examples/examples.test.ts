import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { LANGUAGES } from "../../../interpreter/languages/index.ts"
import { isRule } from "../../share/link.ts"
import { documentOf, EXAMPLES, examplesOf } from "./index.ts"

describe("the gallery", () => {
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

  it("begins with the program that index.html paints before any script", () => {
    const html = readFileSync(new URL("../../../index.html", import.meta.url), "utf8")
    const painted = /<pre id="first-code">([\s\S]*?)<\/pre>/.exec(html)?.[1] ?? ""
    const text = painted
      .replaceAll(/<\/?[biu][^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&amp;", "&")
      .trimEnd()
    expect(text).toBe(EXAMPLES[0]?.text.trimEnd())
  })
})
