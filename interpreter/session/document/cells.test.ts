// Cells of a notebook, run as one program: later cells see earlier ones and may shadow them, a fault ends its own cell,
// every cell is a section of the trace.
import { describe, expect, it } from "vitest"
import { drive } from "../../cli/drive.ts"
import { nodePorts } from "../../cli/node-ports.ts"
import { languageEntry } from "../../languages/index.ts"
import { Kind } from "../../trace/event.ts"
import { totalsOf } from "../../trace/totals.ts"
import { Trace } from "../../trace/trace.ts"
import { inputsOf } from "../defaults.ts"
import { prepareRun } from "../run.ts"
import { composeCells } from "./notebook.ts"

async function runCells(id: string, ...codes: string[]) {
  const entry = languageEntry(id)
  const language = await entry?.load()
  if (!language) throw new Error(id)
  const path = `notebook.${entry?.extension}`
  const composed = composeCells(
    language,
    path,
    codes.map((code, i) => ({ id: String(i), code })),
    {},
  )
  const inputs = inputsOf(id, path, composed.text, { entry: { path, text: composed.text, cellStarts: composed.cellStarts } })
  const prepared = await prepareRun(inputs, nodePorts(true))
  const trace = new Trace(prepared.sites)
  if (prepared.run) await drive(prepared.run, trace)
  const sections: string[] = []
  let cell = ""
  const printed: string[] = []
  trace.visit(0, (event) => {
    if (event.kind === Kind.Section) {
      cell = event.b === 0 ? trace.text(event.a) : ""
      sections.push(`${trace.text(event.a)}${event.b === 0 ? "(" : ")"}`)
    }
    if (event.kind === Kind.Print) printed.push(`${cell}: ${trace.text(event.a).trim()}`)
  })
  return {
    composed,
    printed,
    sections,
    outcome: prepared.run?.report().outcome,
    faults: totalsOf(trace).faults.length,
    diagnostics: prepared.diagnostics,
  }
}

const PROGRAMS: Record<string, { share: string[]; shadow: string[]; fault: string[] }> = {
  vibe: {
    share: ["let a = 2\nfunction twice(n: number): number { return n * 2 }", "print(twice(a))"],
    shadow: ["let a = 1\nfunction show() { print(a) }", 'let a = "two"\nprint(a)', "show()"],
    fault: ["let list: number[] = []\nlet kept = 1\nlist.pop()\nprint(9)", "print(kept)"],
  },
  jade: {
    share: ["let a = 2\nfn twice(n) { return n * 2 }", "print(twice(a))"],
    shadow: ["let a = 1", 'let a = "two"\nprint(a)'],
    fault: ["let kept = 1\nlet bad = [][3]\nprint(9)", "print(kept)"],
  },
  ard: {
    share: ["use ard/io\nlet a = 2\nfn twice(n: Int) Int { n * 2 }", "io::print(twice(a))"],
    shadow: ["use ard/io\nlet a = 1\nfn show() { io::print(a) }", 'let a = "two"\nio::print(a)', "show()"],
    fault: ["use ard/io\nlet kept = 1\nmut list: [Int] = []\nlist.at(3)\nio::print(9)", "io::print(kept)"],
  },
}

describe.each(Object.entries(PROGRAMS))("cells of %s", (id, programs) => {
  it("share what earlier ones defined, and are sections of the trace", async () => {
    const { printed, sections, outcome } = await runCells(id, ...programs.share)
    expect(printed).toEqual(["1: 4"])
    expect(sections).toEqual(["0(", "0)", "1(", "1)"])
    expect(outcome).toBe("done")
  })

  it("may declare a name again, which shadows it from there on", async () => {
    const { printed, diagnostics } = await runCells(id, ...programs.shadow)
    expect(diagnostics).toEqual([])
    expect(printed[0]).toBe("1: two")
    if (programs.shadow.length > 2) expect(printed[1]).toBe("2: 1")
  })

  it("keep what they defined when they fail, and later ones run", async () => {
    const { printed, outcome, faults } = await runCells(id, ...programs.fault)
    expect(printed).toEqual(["1: 1"])
    expect(faults).toBe(1)
    expect(outcome).toBe("done")
  })

  it("are left out if they have errors", async () => {
    const { composed, outcome } = await runCells(id, ")(", programs.share[0] as string, programs.share[1] as string)
    expect(composed.cells.map((cell) => cell.from >= 0)).toEqual([false, true, true])
    expect(outcome).toBe("done")
  })
})
