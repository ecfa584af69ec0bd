// Every document of the gallery: its front matter is right, all its cells pass and run, and it shows what it says.
import { describe, expect, it } from "vitest"
import { drive } from "../../../interpreter/cli/drive.ts"
import { nodePorts } from "../../../interpreter/cli/node-ports.ts"
import { languageEntry } from "../../../interpreter/languages/index.ts"
import { PLAIN_DIALS } from "../../../interpreter/models/script.ts"
import { inputsOf } from "../../../interpreter/session/defaults.ts"
import { readFrontMatter } from "../../../interpreter/session/document/front-matter.ts"
import { printDocument } from "../../../interpreter/session/document/markdown.ts"
import { composeCells } from "../../../interpreter/session/document/notebook.ts"
import { prepareRun } from "../../../interpreter/session/run.ts"
import { totalsOf } from "../../../interpreter/trace/totals.ts"
import { Trace } from "../../../interpreter/trace/trace.ts"
import { formatTime } from "../../ui/format.ts"
import { cellsOf, languagesOf, notebookOf } from "../model.ts"
import { GALLERY, galleryText } from "./index.ts"

async function ran(name: string) {
  const markdown = (await galleryText(name)) ?? ""
  const notebook = notebookOf(markdown)
  expect(printDocument(notebook.blocks.map((block) => block.segment))).toBe(markdown)
  const [language] = languagesOf(notebook)
  const first = notebook.blocks[0]?.segment
  if (!language || first?.kind !== "frontMatter") throw new Error(`${name} has no front matter or no cell`)
  expect(languagesOf(notebook)).toEqual([language])
  const { options, problems } = readFrontMatter(first.yaml)
  expect(problems).toEqual([])
  const entry = languageEntry(language)
  const loaded = await entry?.load()
  if (!loaded) throw new Error(language)
  const path = `notebook.${entry?.extension}`
  const composition = composeCells(
    loaded,
    path,
    cellsOf(notebook, language).map((cell) => ({ id: cell.id, code: cell.segment.code })),
    options.files,
  )
  expect(composition.cells.flatMap((cell) => cell.diagnostics)).toEqual([])
  const plain = inputsOf(language, path, composition.text)
  const { run, sites } = await prepareRun(
    {
      ...plain,
      entry: { path, text: composition.text, cellStarts: composition.cellStarts },
      model: { rules: options.rules, otherwise: "error", dials: PLAIN_DIALS, live: false },
      maxParallel: options.maxParallel ?? 0,
      seed: options.seed ?? 1,
    },
    nodePorts(false),
  )
  if (!run) throw new Error(`${name} was rejected`)
  const trace = new Trace(sites)
  await drive(run, trace)
  return { report: run.report(), totals: totalsOf(trace) }
}

/** Milliseconds of the run, most calls in flight, a line it prints. */
const SHOWS: Record<string, readonly [number, number, string]> = {
  "one-after-another-vibe": [3300, 1, "Crumb and Co: Rise with us."],
  "one-after-another-jade": [3300, 1, "Crumb and Co: Rise with us."],
  "one-after-another-ard": [2000, 1, "Crumb and Co: Rise with us."],
  "fan-out-vibe": [2600, 3, "Move if you like mornings."],
  "fan-out-jade": [2600, 3, "[fresh air, long ways, less rent]"],
  "fan-out-ard": [1700, 3, "fresh air, long ways, less rent"],
  "limits-vibe": [3000, 2, '[ "waves", "cranes", "bells", "apples", "arches", "roses" ]'],
  "limits-jade": [3000, 2, "cranes"],
  "limits-ard": [3000, 2, "5: roses"],
  "failure-vibe": [4800, 3, "no word about the traffic"],
  "failure-jade": [2600, 1, "caught where it was awaited"],
  "failure-ard": [1200, 1, "it worked"],
  "races-vibe": [900, 2, '[ "start" ]'],
  "races-jade": [1200, 2, "number 1 arrived first"],
  "races-ard": [1200, 0, "both are done"],
  "cost-vibe": [2400, 2, "Yes."],
  "cost-jade": [1600, 2, "after both: 550"],
  "cost-ard": [2400, 2, "a polished text"],
}

describe("the gallery", () => {
  it("has six topics in three languages, and a claim about each", () => {
    expect(GALLERY).toHaveLength(18)
    expect(Object.keys(SHOWS).sort()).toEqual([...GALLERY].sort())
  })

  it.each(GALLERY)("%s runs and shows what it says", async (name) => {
    const { report, totals } = await ran(name)
    const [ms, inFlight, line] = SHOWS[name] as readonly [number, number, string]
    expect(report.fault).toBeNull()
    expect(totals.stdoutLines()).toContain(line)
    expect({ ms: report.virtualUs / 1000, inFlight: totals.maxInFlight }).toEqual({ ms, inFlight })
    // It tells the learner what to look for, with the time that the page will show, and what to try.
    const markdown = (await galleryText(name)) ?? ""
    expect(markdown).toContain("**Look for**")
    expect(markdown).toContain("**Try** it:")
    expect(markdown.split("**Look for**")[1]).toContain(formatTime(report.virtualUs))
  })
})
