// Programs beside each other as one run: each does what it does alone, the trace is in order of time, and neither grants nor
// slices nor who is asked first change a byte of it.
import { describe, expect, it } from "vitest"
import { nodePorts } from "../cli/node-ports.ts"
import { PLAIN_DIALS } from "../models/script.ts"
import { Kind } from "../trace/event.ts"
import { foldOf } from "../trace/fold.ts"
import { writeTrace } from "../trace/format.ts"
import { Trace } from "../trace/trace.ts"
import { inputsOf } from "./defaults.ts"
import { prepareGroup } from "./group.ts"
import type { RunInputs } from "./inputs.ts"
import { typedLinesIn } from "./recording.ts"

const RULES = [
  { match: "sea", reply: "wide", latencyMs: 900 },
  { match: "sky", reply: "high", latencyMs: 1400 },
]
const VIBE = 'async let sea = do "the sea"\nasync let sky = do "the sky"\nprint("{sea} {sky}")\n'
const JADE =
  'async fn ask(what) {\n  prompt p = "the " + what\n  return await ?p\n}\nlet a = ask("sea")\nlet b = ask("sky")\nprint(await a)\nprint(await b)\n'
const ARD =
  'use ard/io\nuse ard/async\nuse ard/llm\nfn main() {\n  let sea = async::eval(fn() Str { llm::ask("the sea").or("?") })\n  async::sleep(100)\n  io::print(sea.get())\n}\n'

const program = (language: string, path: string, text: string): RunInputs => ({
  ...inputsOf(language, path, text),
  entry: { path, text, cellStarts: [0], cellNames: ["1"] },
  model: { rules: RULES, otherwise: "error", dials: PLAIN_DIALS, live: false },
})
const ALL: RunInputs = {
  ...program("vibe", "notebook.vibe", VIBE),
  beside: [program("jade", "notebook.jde", JADE), program("ard", "notebook.ard", ARD)].map(({ language, entry, files }) => ({
    language,
    entry,
    files,
  })),
}

interface How {
  readonly grantUs?: number
  readonly sliceChecks?: number
  readonly lines?: readonly string[]
}

async function ran(
  inputs: RunInputs,
  { grantUs = Number.POSITIVE_INFINITY, sliceChecks = Number.POSITIVE_INFINITY, lines = [] }: How = {},
) {
  const { run, sites } = await prepareGroup(inputs, nodePorts(false))
  if (!run) throw new Error("rejected")
  const trace = new Trace(sites)
  const left = [...lines]
  let untilUs = grantUs
  for (;;) {
    let checks = 0
    const state = run.advance({ untilUs, expired: () => ++checks > sliceChecks })
    for (const chunk of run.flush()) trace.append(chunk)
    if (state === "ended") return { trace, report: run.report(), fold: foldOf(trace) }
    if (state === "drain") await run.drained()
    if (state === "input") run.input(left.shift() ?? null)
    if (state === "wait") untilUs += grantUs
  }
}

const printed = (trace: Trace, task?: number) =>
  [...trace.events()]
    .filter((event) => event.kind === Kind.Print && (task ?? event.task) === event.task)
    .map((event) => trace.text(event.a))

describe("a group of programs", () => {
  it("has a first task a language, each with the lanes, times and output that it has alone", async () => {
    const { fold, trace, report } = await ran(ALL)
    expect(fold.lanes.filter(({ parent }) => parent < 0).map(({ label }) => label)).toEqual(["Vibe", "Jade", "Ard"])
    expect(report).toMatchObject({ outcome: "done", virtualUs: 1_400_000 })
    expect([0, 1, 2].map((task) => printed(trace, task).join(""))).toEqual(["wide high\n", "wide\nhigh\n", "wide\n"])
    expect(fold.totals.maxInFlight).toBe(5)
    expect(fold.lanes.map(({ label }) => label)).toEqual(["Vibe", "Jade", "Ard", "sea", "sky", "ask", "ask #2", "sea"])
    for (const [root, alone] of [program("vibe", "notebook.vibe", VIBE), program("jade", "notebook.jde", JADE)].entries()) {
      const own = (await ran({ ...alone, beside: [] })).fold
      const here = fold.lanes.filter((lane) => lane.task === root || lane.parent === root)
      expect(here.map((lane) => [lane.spawnUs, lane.endUs, lane.times])).toEqual(own.lanes.map((l) => [l.spawnUs, l.endUs, l.times]))
    }
  })

  it("is in order of time, and its sites lead to each program's own text", async () => {
    const { trace } = await ran(ALL)
    const times = [...trace.events()].map(({ atUs }) => atUs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const files = new Set([...trace.events()].filter(({ kind }) => kind === Kind.CallQueued).map(({ site }) => trace.sites[site]?.file))
    expect([...files].sort()).toEqual(["notebook.ard", "notebook.jde", "notebook.vibe"])
  })

  it("gives the same bytes whatever was granted and however it was sliced", async () => {
    const whole = writeTrace((await ran(ALL)).trace)
    for (const how of [{ grantUs: 70_000 }, { grantUs: 333_333, sliceChecks: 1 }, { sliceChecks: 3 }])
      expect(writeTrace((await ran(ALL, how)).trace)).toEqual(whole)
  })

  it("names its sections by program and cell", async () => {
    const { fold } = await ran(ALL)
    expect(fold.spans.sections.map(({ name }) => name).sort()).toEqual(["0.0", "1.0", "2.0"])
  })

  it("goes on with the others when one of them fails, and says what became of that one", async () => {
    const failing = { ...ALL, beside: [{ language: "jade", entry: { path: "notebook.jde", text: 'raise "broken"\n' }, files: {} }] }
    const { report, trace } = await ran(failing)
    expect(report.outcome).toBe("failed")
    expect(report.fault?.file).toBe("notebook.jde")
    expect(printed(trace)).toContain("wide high\n")
  })

  it("gives lines to whoever asked first in virtual time, and finds the typed ones again", async () => {
    const early = { language: "jade", entry: { path: "notebook.jde", text: 'let x = input()\nprint("jade " + x)\n' }, files: {} }
    const late =
      'use ard/io\nuse ard/llm\nfn main() {\n  let x = llm::ask("the sea").or("?")\n  io::print("ard {io::read_line().or("?")}")\n}\n'
    const asking: RunInputs = { ...program("ard", "notebook.ard", late), inputOpen: true, beside: [early] }
    for (const grantUs of [Number.POSITIVE_INFINITY, 100_000]) {
      const { trace } = await ran(asking, { grantUs, lines: ["one", "two"] })
      expect(printed(trace).sort()).toEqual(["ard two\n", "jade one\n"])
      expect(typedLinesIn(trace, asking)).toEqual(["one", "two"])
      const again = await ran({ ...asking, inputOpen: false, typedLines: ["one", "two"] })
      expect(writeTrace(again.trace)).toEqual(writeTrace(trace))
    }
  })

  it("stops all of them at once", async () => {
    const { run, sites } = await prepareGroup(ALL, nodePorts(false))
    if (!run) throw new Error("rejected")
    run.advance({ untilUs: 500_000, expired: () => false })
    run.stop("enough")
    expect(run.advance({ untilUs: 500_000, expired: () => false })).toBe("ended")
    const trace = new Trace(sites)
    for (const chunk of run.flush()) trace.append(chunk)
    expect(run.report()).toMatchObject({ outcome: "stopped", message: "enough" })
    expect(foldOf(trace).lanes.every(({ end }) => end !== null)).toBe(true)
  })
})
