// The library entry by entry: every documented example prints what its entry says, and every entry checks its arguments.
import { describe, expect, it } from "vitest"
import { show } from "../../../conformance/runner.ts"
import { PLAIN_DIALS } from "../../../models/script.ts"
import { inputsOf } from "../../../session/defaults.ts"
import { allEntries } from "./index.ts"

async function shown(code: string, inputLines: readonly string[] = []) {
  return show(
    inputsOf("jade", "example.jde", code, { inputLines, model: { rules: [], otherwise: "error", dials: PLAIN_DIALS, live: false } }),
  )
}

describe("the example of", () => {
  for (const entry of allEntries) {
    it(`${entry.fullName} prints what is written beside it`, async () => {
      const result = await shown(entry.example.code, entry.example.stdin)
      expect({ stdout: result.stdout, error: result.error }).toEqual({ stdout: entry.example.prints, error: null })
    })
  }
})

describe("an entry", () => {
  it("has a name of its own, a sentence and an example", () => {
    expect(new Set(allEntries.map((entry) => `${entry.home.k} ${entry.fullName}`)).size).toBe(allEntries.length)
    for (const entry of allEntries) {
      expect(entry.doc, entry.fullName).toMatch(/^[A-Z-].*\.$/)
      expect(entry.example.prints.length, entry.fullName).toBeGreaterThan(0)
    }
  })

  it("refuses a wrong number of arguments", async () => {
    const packaged = allEntries.filter((entry) => entry.home.k === "package" && Number.isFinite(entry.most))
    for (const entry of packaged) {
      const home = entry.home.k === "package" ? entry.home.name : ""
      const use = home === "Grammar" ? "" : home === "llm" ? "use llm\n" : `use std::${home}\n`
      const many = Array.from({ length: entry.most + 1 }, () => "nil").join(", ")
      const result = await shown(`${use}${entry.fullName}(${many})\n`)
      expect(result.error, entry.fullName).toMatchObject({ phase: "run", kind: "ArityMismatch" })
    }
  })
})
