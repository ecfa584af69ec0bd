// Claims about every case, whatever it is about: the same inputs give the same bytes of trace, and emitted text names
// nothing but its own (design: the law; engine, safety by construction). What a case must show is the runner's business.
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { drive } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { foreignWords } from "../engine/free-identifiers.ts"
import type { Machine } from "../engine/machine.ts"
import type { RunInputs } from "../session/inputs.ts"
import { prepareRun } from "../session/run.ts"
import { writeTrace } from "../trace/format.ts"
import { Trace } from "../trace/trace.ts"
import { inputsOfCase, parseCase } from "./case.ts"
import { findCases } from "./runner.ts"

const cases = findCases(dirname(fileURLToPath(import.meta.url)))

/** A step that no case has. */
const NEVER = 1_000_000_000

interface Looks {
  readonly seen?: (text: string) => void
  /** What is asked of the machine before the run (with hooks). */
  readonly ask?: (machine: Machine) => void
}

async function traceOf(inputs: RunInputs, { seen = () => {}, ask = () => {} }: Looks = {}): Promise<Uint8Array> {
  const ports = nodePorts(true)
  const loadFactory = (text: string) => {
    seen(text)
    return ports.loadFactory(text)
  }
  const { run, sites } = await prepareRun(inputs, { ...ports, loadFactory })
  const trace = new Trace(sites)
  if (run) {
    ask(run.machine)
    await drive(run, trace)
  }
  return writeTrace(trace)
}

describe.each(["vibe", "jade", "ard"])("every case of %s", (language) => {
  const own = cases.filter((file) => file.language === language)

  it("gives the same bytes of trace when it is run again", async () => {
    const differing: string[] = []
    for (const file of own) {
      const inputs = inputsOfCase(language, basename(file.path), file.program, parseCase(file.json))
      const [first, second] = [await traceOf(inputs), await traceOf(inputs)]
      if (Buffer.compare(first, second) !== 0) differing.push(file.name)
    }
    expect(differing).toEqual([])
  })

  it("is emitted without a free name, with statement hooks or not", async () => {
    const found: string[] = []
    for (const file of own) {
      for (const hooks of [false, true]) {
        const inputs = { ...inputsOfCase(language, join(basename(file.path)), file.program, parseCase(file.json)), hooks }
        const seen = (text: string) => {
          for (const word of foreignWords(text)) found.push(`${file.name}: ${word}`)
        }
        await traceOf(inputs, { seen })
      }
    }
    expect(found).toEqual([])
  })

  it("shows the same with statement hooks, where every statement is noted and so nothing called plainly, and where one is watched for", async () => {
    const differing: string[] = []
    for (const file of own) {
      const inputs = inputsOfCase(language, basename(file.path), file.program, parseCase(file.json))
      const hooked = { ...inputs, hooks: true }
      const plain = await traceOf(inputs)
      const noted = await traceOf(hooked, { ask: (machine) => machine.log() })
      const watched = await traceOf(hooked, { ask: (machine) => machine.watch(NEVER) })
      if (Buffer.compare(plain, noted) !== 0 || Buffer.compare(plain, watched) !== 0) differing.push(file.name)
    }
    expect(differing).toEqual([])
  })
})
