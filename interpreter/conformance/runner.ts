// Runs the cases of a folder and says which differ and how. Used by the command line and by the test-suite; reads the
// files itself, because the same code must run the cases of any folder.
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs"
import { basename, join, relative } from "node:path"
import { drive } from "../cli/drive.ts"
import { factsOf } from "../cli/facts.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { readText } from "../cli/usage.ts"
import { LANGUAGES, languageOfPath } from "../languages/index.ts"
import type { RunInputs } from "../session/inputs.ts"
import { prepareRun, rejectedReport } from "../session/run.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { type Case, differences, inputsOfCase, parseCase, type Shown } from "./case.ts"
import { meansCase } from "./case-check.ts"

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

/** What a folder of cases holds. */
export interface Found {
  /** In code point order of their names. */
  readonly cases: readonly CaseFile[]
  /** What is no whole case: a program without its JSON, JSON without its program, files that cannot be read. */
  readonly broken: readonly CaseResult[]
}

/** All whole cases in a folder and below, in code point order of their names. Throws a sentence for a folder that is not there. */
export function findCases(folder: string): readonly CaseFile[] {
  return surveyCases(folder).cases
}

/** What a folder and those below hold; throws a sentence for a folder that is not there. Hidden folders and node_modules are passed over. */
export function surveyCases(folder: string): Found {
  if (!existsSync(folder)) throw new Error(`no folder "${folder}"`)
  if (!statSync(folder).isDirectory()) throw new Error(`"${folder}" is a file, not a folder of cases`)
  const cases: CaseFile[] = []
  const broken: CaseResult[] = []
  const visited = new Set<string>()
  const visit = (at: string): void => {
    // Links may lead back up.
    const real = realpathSync(at)
    if (visited.has(real)) return
    visited.add(real)
    const files: string[] = []
    for (const name of readdirSync(at)) {
      const path = join(at, name)
      const stat = statSync(path, { throwIfNoEntry: false })
      if (stat?.isDirectory()) {
        if (!name.startsWith(".") && name !== "node_modules") visit(path)
      } else if (stat?.isFile()) files.push(name)
    }
    for (const name of files) {
      const path = join(at, name)
      const inner = relative(folder, path)
        .replaceAll("\\", "/")
        .replace(/\.[^./]*$/, "")
      const language = languageOfPath(name)
      if (language) {
        const named = inner.includes("/") ? inner : `${language.id}/${inner}`
        const json = `${name.slice(0, -language.extension.length)}json`
        if (!files.includes(json)) broken.push({ name: named, differences: [`${name} has no ${json} beside it that says what it shows`] })
        else {
          try {
            cases.push({ name: named, language: language.id, path, program: readText(path), json: readText(join(at, json)) })
          } catch (problem) {
            broken.push({ name: named, differences: [`the case cannot be read: ${(problem as Error).message}`] })
          }
        }
      } else if (name.endsWith(".json")) {
        const problem = withoutProgram(at, name, files)
        if (problem) broken.push({ name: inner, differences: [problem] })
      }
    }
  }
  visit(folder)
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  return { cases: cases.sort(byName), broken: broken.sort(byName) }
}

/** What to say of JSON that no program belongs to; null where one does, or where no case is meant. */
function withoutProgram(at: string, json: string, files: readonly string[]): string | null {
  const stem = json.slice(0, -"json".length)
  if (files.some((name) => name.startsWith(stem) && languageOfPath(name)?.extension === name.slice(stem.length))) return null
  try {
    if (!meansCase(JSON.parse(readText(join(at, json))))) return null
  } catch (problem) {
    return `the case cannot be read: not JSON: ${(problem as Error).message}`
  }
  const wanted = LANGUAGES.map(({ extension }) => stem + extension).join(", ")
  const others = files.filter((name) => name.startsWith(stem) && name !== json)
  return `${json} has no program beside it: expected ${wanted}; ${others.length > 0 ? `found ${others.join(", ")}` : "found none"}`
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
  const fault = report.fault
  const phase = prepared.run ? "run" : (prepared.diagnostics[0]?.phase ?? "check")
  return {
    ...factsOf(report, totalsOf(trace)),
    error: fault ? { phase, kind: fault.kind, line: fault.line, column: fault.column, message: fault.message } : null,
  }
}

/** Names that are known not to pass yet: one a line, `#` begins a comment. */
export function notYet(folder: string): Set<string> {
  const path = join(folder, "not-yet.txt")
  if (!existsSync(path)) return new Set()
  const lines = readText(path).split("\n")
  return new Set(lines.map((line) => line.replace(/#.*/, "").trim()).filter((line) => line !== ""))
}
