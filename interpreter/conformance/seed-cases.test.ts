// Claims about seed-cases.txt: every case of the seeds has a case of ours that shows the same in our own words. The seeds'
// own cases stand outside the project; where they are there, the list is held against them too.
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { parseCase } from "./case.ts"
import { type CaseFile, findCases } from "./runner.ts"

const here = dirname(fileURLToPath(import.meta.url))
const seedFolder = join(here, "..", "..", "..", "shared", "seed-cases")
const byName = (cases: readonly CaseFile[]) => new Map(cases.map((file) => [file.name, file]))
const own = byName(findCases(here))
const listed = readFileSync(join(here, "seed-cases.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(": ") as [seed: string, ours: string])

/** What a case claims, apart from its numbers of milliseconds and its texts. */
function claims({ json }: CaseFile) {
  const { model, stdout, stdoutOneOf, error, timing, tokens, files } = parseCase(json)
  return {
    calls: timing?.calls,
    maxInFlight: timing?.maxInFlight,
    exactTime: timing?.virtualMs !== undefined,
    tokensCounted: tokens !== undefined,
    rules: model?.length,
    files: Object.keys(files ?? {}).length,
    output: stdout?.length,
    legalOutputs: stdoutOneOf?.length,
    error: error && { phase: error.phase, kind: error.kind, message: error.contains !== undefined },
  }
}

/** The texts, prompts and comments that make a program's words; not the names of its models. */
function words(program: string): string[] {
  const texts = program
    .split("\n")
    .filter((line) => !/^model \w+ = /.test(line))
    .flatMap((line) => [...line.matchAll(/"([^"]+)"/g), ...line.matchAll(/\/\/\s*(.+)/g)].map((found) => found[1] ?? ""))
  return texts.filter((text) => text.length > 4 && !/^(?:\{\w+\}\W*)+$/.test(text))
}

describe("the list of seed cases", () => {
  it("has 42 entries, none twice, each with a case of ours in the same language", () => {
    expect(listed).toHaveLength(42)
    expect(new Set(listed.map(([seed]) => seed)).size).toBe(42)
    expect(new Set(listed.map(([, ours]) => ours)).size).toBe(42)
    expect(listed.filter(([seed, ours]) => !own.has(ours) || seed.split("/")[0] !== ours.split("/")[0])).toEqual([])
  })
})

// No skip: where the folder is not there, there is nothing to claim.
if (existsSync(seedFolder))
  describe("the seed cases beside the project", () => {
    const seeds = byName(findCases(seedFolder))

    it("are all listed, and nothing else is", () => {
      expect(listed.map(([seed]) => seed).sort()).toEqual([...seeds.keys()].sort())
    })

    it.each(listed)("%s claims what %s does", (seed, ours) => {
      expect(claims(own.get(ours) as CaseFile)).toEqual(claims(seeds.get(seed) as CaseFile))
    })

    it.each(listed)("%s lends no words to %s", (seed, ours) => {
      const borrowed = words((seeds.get(seed) as CaseFile).program)
      expect(words((own.get(ours) as CaseFile).program).filter((text) => borrowed.includes(text))).toEqual([])
    })
  })
