// The law, across hosts: a program's trace is the same file, byte for byte, from the browser's worker and from Node, and
// from two runs in one worker. Every conformance case is such a program.
import { expect, type Page, test } from "@playwright/test"
import { drive } from "../../interpreter/cli/drive.ts"
import { nodePorts } from "../../interpreter/cli/node-ports.ts"
import { inputsOfCase, parseCase } from "../../interpreter/conformance/case.ts"
import { findCases } from "../../interpreter/conformance/runner.ts"
import type { RunInputs } from "../../interpreter/session/inputs.ts"
import { prepareRun } from "../../interpreter/session/run.ts"
import { writeTrace } from "../../interpreter/trace/format.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import { project, serve } from "../served.ts"

let served: Awaited<ReturnType<typeof serve>>
let page: Page

test.beforeAll(async ({ browser }) => {
  served = await serve("e2e/traces/index.html")
  page = await browser.newPage()
  await page.goto(served.address)
  await page.waitForFunction(() => "traceOf" in window)
})

test.afterAll(async () => {
  await page?.close()
  await served?.close()
})

async function inNode(inputs: RunInputs): Promise<string> {
  const prepared = await prepareRun(inputs, nodePorts(true))
  const trace = new Trace(prepared.sites)
  if (prepared.run) await drive(prepared.run, trace)
  return Buffer.from(writeTrace(trace)).toString("latin1")
}

/** For each language a case whose model calls overlap. */
const OVERLAPPING: Record<string, string> = { vibe: "loop-08-many-items", jade: "async-loop-fan-out", ard: "ext-llm-fibers-overlap" }

for (const language of ["vibe", "jade", "ard"]) {
  test(`every ${language} case leaves the same trace in the browser's worker and in Node`, async () => {
    const cases = findCases(`${project}/interpreter/conformance/${language}`)
    expect(cases.length).toBeGreaterThan(50)
    const different: string[] = []
    let events = 0
    for (const { name, path, program, json } of cases) {
      const inputs = inputsOfCase(language, path.split("/").pop() ?? path, program, parseCase(json))
      const inWorker = await page.evaluate((sent) => window.traceOf(sent), inputs)
      events += inWorker.events
      if (inWorker.file !== (await inNode(inputs))) different.push(name)
    }
    expect(different).toEqual([])
    expect(events).toBeGreaterThan(cases.length * 5)
  })

  test(`a ${language} program drawn by seed repeats itself, and another seed is another run`, async () => {
    const file = findCases(`${project}/interpreter/conformance/${language}`).find(({ name }) => name.endsWith(OVERLAPPING[language] ?? ""))
    if (!file) throw new Error(`the case ${OVERLAPPING[language]} is gone`)
    const inputs = inputsOfCase(language, `case.${language}`, file.program, parseCase(file.json))
    const seeded = (seed: number): RunInputs => ({
      ...inputs,
      seed,
      schedule: "shuffle",
      model: { ...inputs.model, rules: [], otherwise: "responder", dials: { ...inputs.model.dials, jitter: 0.5 } },
    })
    const first = await page.evaluate((sent) => window.traceOf(sent), seeded(1))
    const again = await page.evaluate((sent) => window.traceOf(sent), seeded(1))
    expect(again).toEqual(first)
    expect(await inNode(seeded(1))).toBe(first.file)
    expect(await inNode(seeded(2))).not.toBe(first.file)
  })
}
