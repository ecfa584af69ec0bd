// `counterpoint eval`: the value of a script's last statement, as JSON; `--batch` does it for many small programs in one
// process, one JSON object a line in and out.
import { LANGUAGES, languageEntry } from "../languages/index.ts"
import { inputsOf } from "../session/defaults.ts"
import type { RunInputs } from "../session/inputs.ts"
import { prepareRun, rejectedReport } from "../session/run.ts"
import { positionOf } from "../source/diagnostic.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { drive } from "./drive.ts"
import { nodePorts } from "./node-ports.ts"
import { inputsOfFile, scriptBeside } from "./program-file.ts"
import { parse, readText, Usage } from "./usage.ts"

interface EvalResult {
  readonly value: unknown
  readonly printed: string | null
  readonly stdout: readonly string[]
  readonly diagnostics: readonly { phase: string; kind: string; message: string; line: number; column: number; severity: string }[]
  readonly fault: { kind: string; message: string; line: number } | null
}

export async function evalCommand(args: string[]): Promise<number> {
  const options = parse(
    "eval",
    args,
    { json: { type: "boolean" }, batch: { type: "string" }, "allow-ts": { type: "boolean" } },
    { min: 0, max: 1 },
  )
  const allowTs = options.flag("allow-ts")
  const batch = options.text("batch")
  if (batch !== undefined) {
    if (options.files.length > 0) throw new Usage("eval takes either a file or --batch FILE.jsonl")
    return evalBatch(batch, allowTs)
  }
  const path = options.files[0]
  if (path === undefined) throw new Usage("eval needs a file, or --batch FILE.jsonl")
  const inputs = inputsOfFile(path, { allowTs, wantValue: true })
  const rules = scriptBeside(path)
  const result = await evaluate(rules ? { ...inputs, model: { ...inputs.model, rules } } : inputs)
  if (options.flag("json")) console.log(JSON.stringify(result, null, 2))
  else {
    for (const line of result.stdout) console.log(line)
    for (const d of result.diagnostics) console.error(`${d.line}:${d.column}: ${d.severity} ${d.kind}: ${d.message}`)
    if (result.fault && result.diagnostics.length === 0)
      console.error(`${result.fault.line}: ${result.fault.kind}: ${result.fault.message}`)
    if (result.printed !== null) console.log(result.printed)
  }
  return result.fault ? 1 : 0
}

/**
 * One result line for each line that is not empty, whatever is wrong with it: a line that is no program has a fault `BadLine`
 * and counts for the exit code, a program that fails does not.
 */
async function evalBatch(path: string, allowTs: boolean): Promise<number> {
  const lines = readText(path).split(/\r?\n/)
  const bad: number[] = []
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue
    const { name, inputs, problem } = batchLine(line, allowTs)
    if (problem !== null) bad.push(i + 1)
    const result = inputs ? await evaluateSafely(inputs) : failed("BadLine", `line ${i + 1} ${problem}`)
    console.log(JSON.stringify({ name, ...result }))
  }
  if (bad.length === 0) return 0
  const which = bad.length > 10 ? `${bad.slice(0, 10).join(", ")} and ${bad.length - 10} more` : bad.join(", ")
  throw new Usage(`"${path}" has ${bad.length === 1 ? "a line that is" : "lines that are"} no program to evaluate: line ${which}`)
}

type BatchLine = { readonly name: string | null } & (
  | { readonly inputs: RunInputs; readonly problem: null }
  | { readonly inputs: null; readonly problem: string }
)

/** The inputs a line of a batch asks for, or what is wrong with it, to be read after "line 3 ". */
function batchLine(text: string, allowTs: boolean): BatchLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (problem) {
    return { name: null, inputs: null, problem: `is not JSON: ${(problem as Error).message}` }
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { name: null, inputs: null, problem: 'should be an object with "name", "language" and "input"' }
  const given = value as Record<string, unknown>
  const name = typeof given.name === "string" ? given.name : null
  const wrong = (problem: string): BatchLine => ({ name, inputs: null, problem })
  for (const key of ["name", "language", "input"]) {
    if (given[key] === undefined) return wrong(`needs "${key}"`)
    if (typeof given[key] !== "string") return wrong(`needs a text as "${key}", got ${JSON.stringify(given[key]).slice(0, 60)}`)
  }
  const entry = languageEntry(given.language as string)
  if (!entry) return wrong(`names the unknown language "${given.language}": the languages are ${LANGUAGES.map(({ id }) => id).join(", ")}`)
  const files: Record<string, string> = Object.create(null)
  if (given.files !== undefined) {
    if (typeof given.files !== "object" || given.files === null || Array.isArray(given.files))
      return wrong('needs an object of texts by path as "files"')
    for (const [path, content] of Object.entries(given.files)) {
      const plain = path.replace(/^(?:\.\/)+/, "")
      if (typeof content !== "string") return wrong(`needs a text as file "${path}", got ${JSON.stringify(content).slice(0, 60)}`)
      if (plain in files) return wrong(`has two files "${plain}"`)
      files[plain] = content
    }
  }
  // The program has no name of its own: one that none of its files has.
  let path = `program.${entry.extension}`
  for (let n = 2; path in files; n++) path = `program-${n}.${entry.extension}`
  return { name, inputs: inputsOf(entry.id, path, given.input as string, { allowTs, wantValue: true, files }), problem: null }
}

/** A fault of ours in one program must not cost the others their results. */
async function evaluateSafely(inputs: RunInputs): Promise<EvalResult> {
  try {
    return await evaluate(inputs)
  } catch (problem) {
    return failed("Internal", `counterpoint itself failed on this program: ${(problem as Error).message}`)
  }
}

function failed(kind: string, message: string): EvalResult {
  return { value: null, printed: null, stdout: [], diagnostics: [], fault: { kind, message, line: 0 } }
}

/** Runs inputs that ask for a value. */
export async function evaluate(inputs: RunInputs): Promise<EvalResult> {
  const prepared = await prepareRun(inputs, nodePorts(inputs.allowTs))
  const trace = new Trace(prepared.sites)
  if (prepared.run) await drive(prepared.run, trace)
  const report = prepared.run ? prepared.run.report() : rejectedReport(prepared.program, prepared.diagnostics)
  const value = report.value
  return {
    value: value ? (value.json ?? null) : null,
    printed: value ? value.printed : null,
    stdout: totalsOf(trace).stdoutLines(),
    diagnostics: prepared.diagnostics.map((d) => ({
      phase: d.phase,
      kind: d.kind,
      message: d.message,
      ...positionOf(prepared.program, d),
      severity: d.severity,
    })),
    fault: report.fault ? { kind: report.fault.kind, message: report.fault.message, line: report.fault.line } : null,
  }
}
