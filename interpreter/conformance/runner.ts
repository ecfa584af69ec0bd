// Runs the cases of a folder and says which differ and how. Used by the command line and by the test-suite; reads the
// files itself, because the same code must run the cases of any folder.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { basename, join, relative } from "node:path"
import { drive } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { languageOfPath } from "../languages/index.ts"
import type { RunInputs } from "../session/inputs.ts"
import { prepareRun, rejectedReport } from "../session/run.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { type Case, differences, inputsOfCase, parseCase, type Shown } from "./case.ts"

export interface CaseFile {
  /** `vibe/await-01-assign`, the name in lists and messages. */
  readonly name: string
  readonly language: string
  readonly path: string
  readonly program: string
  readonly json: string
}

export interface CaseResult {
  readonly name: string
  readonly differences: readonly string[]
}

/** All cases in a folder and below, in code point order of their names. Throws a sentence for a folder that is not there. */
export function findCases(folder: string): CaseFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`no folder "${folder}"`)
  const cases: CaseFile[] = []
  const visit = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (entry.isDirectory()) visit(path)
      const language = languageOfPath(entry.name)
      if (!entry.isFile() || !language) continue
      const json = path.slice(0, -language.extension.length) + "json"
      if (!existsSync(json)) continue
      const inner = relative(folder, path).replaceAll("\\", "/")
      const name = inner.slice(0, -language.extension.length - 1)
      cases.push({
        name: name.includes("/") ? name : `${language.id}/${name}`,
        language: language.id,
        path,
        program: readFileSync(path, "utf8"),
        json: readFileSync(json, "utf8"),
      })
    }
  }
  visit(folder)
  return cases.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

export async function runCase(file: CaseFile): Promise<CaseResult> {
  let c: Case
  try {
    c = parseCase(file.json)
  } catch (problem) {
    return { name: file.name, differences: [`the case cannot be read: ${(problem as Error).message}`] }
  }
  try {
    const shown = await show(inputsOfCase(file.language, basename(file.path), file.program, c))
    return { name: file.name, differences: differences(c, shown) }
  } catch (problem) {
    return { name: file.name, differences: [`our own fault: ${(problem as Error).stack ?? String(problem)}`] }
  }
}

/** Runs inputs to their end and gives what cases speak of. */
export async function show(inputs: RunInputs): Promise<Shown> {
  const prepared = await prepareRun(inputs, nodePorts(true))
  const trace = new Trace(prepared.sites)
  if (prepared.run) await drive(prepared.run, trace)
  const report = prepared.run ? prepared.run.report() : rejectedReport(prepared.program, prepared.diagnostics)
  const totals = totalsOf(trace)
  const fault = report.fault
  const phase = prepared.run ? "run" : (prepared.diagnostics[0]?.phase ?? "check")
  return {
    outcome: report.outcome,
    stdout: totals.stdoutLines(),
    virtualMs: report.virtualUs / 1000,
    maxInFlight: totals.maxInFlight,
    calls: totals.calls,
    tokens: { in: totals.tokensIn, out: totals.tokensOut },
    error: fault ? { phase, kind: fault.kind, line: fault.line, column: fault.column, message: fault.message } : null,
  }
}

/** Names that are known not to pass yet: one a line, `#` begins a comment. */
export function notYet(folder: string): Set<string> {
  const path = join(folder, "not-yet.txt")
  if (!existsSync(path)) return new Set()
  const lines = readFileSync(path, "utf8").split("\n")
  return new Set(lines.map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== ""))
}
