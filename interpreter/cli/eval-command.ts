// `counterpoint eval`: the value of a script's last statement, as JSON; `--batch` does it for many small programs in one
// process, one JSON object a line in and out.
import { languageEntry } from "../languages/index.ts"
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

async function evalBatch(path: string, allowTs: boolean): Promise<number> {
  const lines = readText(path).split("\n")
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue
    const { name, language, input, files } = batchLine(line, `line ${i + 1} of "${path}"`)
    const inputs = inputsOf(language, `program.${languageEntry(language)?.extension ?? "txt"}`, input, { allowTs, wantValue: true, files })
    console.log(JSON.stringify({ name, ...(await evaluate(inputs)) }))
  }
  return 0
}

function batchLine(text: string, where: string): { name: string; language: string; input: string; files: Record<string, string> } {
  let value: Record<string, unknown> | null
  try {
    value = JSON.parse(text) as Record<string, unknown> | null
  } catch (problem) {
    throw new Usage(`${where} is not JSON: ${(problem as Error).message}`)
  }
  const { name, language, input, files } = value ?? {}
  if (typeof name !== "string" || typeof language !== "string" || typeof input !== "string")
    throw new Usage(`${where} needs texts "name", "language" and "input"`)
  if (!languageEntry(language)) throw new Usage(`${where}: unknown language "${language}"`)
  if (files !== undefined && (typeof files !== "object" || files === null || Object.values(files).some((file) => typeof file !== "string")))
    throw new Usage(`${where}: "files" should be an object of texts by path`)
  return { name, language, input, files: (files ?? {}) as Record<string, string> }
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
