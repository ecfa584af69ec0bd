// `npm run bench`, first part: our languages against hand-written JavaScript in the same process. Medians of five, figures
// per unit of work and as ratios; numbers of one machine and one day mean nothing by themselves. Two tables: as programs run,
// and with statement hooks that stop nowhere, which is what going to a step runs.
// Compiling (text to loaded program) and running are told apart; the ratio is that of running. A run includes its whole trace.
import { drive } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { inputsOf } from "../session/defaults.ts"
import { prepareRun } from "../session/run.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { benchArdCheck } from "./ard-check.ts"
import { medians, perUnit, row } from "./measure.ts"
import { benchRewind } from "./rewind.ts"
import { benchThroughput } from "./throughput.ts"
import { WORKLOADS, type Workload } from "./workloads.ts"

/** A step that no workload has. */
const NEVER = 1_000_000_000

const LANGUAGES = ["vibe", "jade", "ard"]

export async function bench(print: (line: string) => void): Promise<void> {
  const byHand = new Map<string, number>()
  for (const { name, hand, prints } of WORKLOADS) {
    if (!hand) continue
    const [ms] = await medians(async () => {
      const begin = performance.now()
      check(name, String(await hand()), prints)
      return [performance.now() - begin]
    })
    byHand.set(name, ms as number)
  }
  print(row("compute", "by hand", ...LANGUAGES))
  await table(print, byHand, false)
  print(row("\nhooked", "by hand", ...LANGUAGES))
  await table(print, byHand, true)
  await benchRewind(print)
  await benchThroughput(print)
  benchArdCheck(print)
}

/** A row a workload, a cell a language: time a unit, ratio to the same by hand, time to compile; then the ratios' geometric means. */
async function table(print: (line: string) => void, byHand: ReadonlyMap<string, number>, hooks: boolean): Promise<void> {
  const ratios = new Map<string, number[]>(LANGUAGES.map((language) => [language, []]))
  for (const workload of WORKLOADS) {
    const hand = byHand.get(workload.name)
    const cells = [hand === undefined ? "overflows" : `${perUnit(hand, workload.units)} a ${workload.unit}`]
    for (const language of LANGUAGES) {
      const text = workload.programs[language]
      if (text === undefined) {
        cells.push("-")
        continue
      }
      const [compileMs, runMs] = (await medians(() => measured(workload, language, text, hooks))) as [number, number]
      const ratio = hand === undefined ? "" : `${(runMs / hand).toFixed(1)}x `
      if (hand !== undefined) ratios.get(language)?.push(runMs / hand)
      cells.push(`${perUnit(runMs, workload.units)} (${ratio}+${compileMs.toFixed(0)} ms)`)
    }
    print(row(workload.name, ...cells))
  }
  const means = LANGUAGES.map((language) => {
    const list = ratios.get(language) ?? []
    return `${Math.exp(list.reduce((sum, ratio) => sum + Math.log(ratio), 0) / list.length).toFixed(1)}x`
  })
  print(row("geomean", "", ...means))
}

/** Milliseconds of compiling and of running. */
async function measured(workload: Workload, language: string, text: string, hooks: boolean): Promise<[number, number]> {
  const begin = performance.now()
  const inputs = { ...inputsOf(language, `bench.${language}`, text), hooks }
  const prepared = await prepareRun(inputs, nodePorts(false))
  const compiled = performance.now()
  if (!prepared.run) throw new Error(`${workload.name} in ${language}: ${prepared.diagnostics.map((d) => d.message).join("; ")}`)
  // No log of steps, as where the state at a step is asked for; `benchRewind` measures that whole way.
  if (hooks) prepared.run.machine.watch(NEVER)
  const trace = new Trace()
  await drive(prepared.run, trace)
  const ended = performance.now()
  const report = prepared.run.report()
  check(`${workload.name} in ${language}`, report.fault ? report.fault.message : totalsOf(trace).stdoutLines().join(" "), workload.prints)
  return [compiled - begin, ended - compiled]
}

function check(what: string, got: string, wanted: string): void {
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`)
}
