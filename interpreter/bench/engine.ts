// `npm run bench`, first part: our languages against hand-written JavaScript in the same run. Medians of five, figures per
// unit of work and as ratios; numbers of one machine and one day mean nothing by themselves. Compile time is inside ours.
import { drive } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { inputsOf } from "../session/defaults.ts"
import { prepareRun } from "../session/run.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { benchArdCheck } from "./ard-check.ts"
import { benchRewind } from "./rewind.ts"
import { WORKLOADS } from "./workloads.ts"

const ROUNDS = 5

export async function bench(print: (line: string) => void): Promise<void> {
  print(row("workload", "by hand", "vibe", "jade", "ard"))
  for (const workload of WORKLOADS) {
    const hand = await median(async () => check(workload.name, await workload.hand(), workload.prints))
    const cells = [`${perUnit(hand, workload.units)} a ${workload.unit}`]
    for (const language of ["vibe", "jade", "ard"]) {
      const text = workload.programs[language]
      if (text === undefined) {
        cells.push("-")
        continue
      }
      const ms = await median(async () => check(`${workload.name} in ${language}`, await printedBy(language, text), workload.prints))
      cells.push(`${perUnit(ms, workload.units)} (${(ms / hand).toFixed(1)}x)`)
    }
    print(row(workload.name, ...cells))
  }
  await benchRewind(print)
  benchArdCheck(print)
}

async function printedBy(language: string, text: string): Promise<string> {
  const prepared = await prepareRun(inputsOf(language, `bench.${language}`, text), nodePorts(false))
  if (!prepared.run) return prepared.diagnostics.map((d) => d.message).join("; ")
  const trace = new Trace()
  await drive(prepared.run, trace)
  const report = prepared.run.report()
  return report.fault ? report.fault.message : totalsOf(trace).stdoutLines().join(" ")
}

function check(what: string, got: string, wanted: string): void {
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`)
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const begin = performance.now()
    await work()
    times.push(performance.now() - begin)
  }
  times.sort((a, b) => a - b)
  return times[ROUNDS >> 1] as number
}

function perUnit(ms: number, units: number): string {
  const ns = (ms * 1_000_000) / units
  return ns >= 1000 ? `${(ns / 1000).toFixed(1)} us` : `${ns.toFixed(1)} ns`
}

function row(...cells: string[]): string {
  return cells.map((cell, i) => cell.padEnd(i === 0 ? 10 : 24)).join("")
}
