// `counterpoint run FILE`: runs a program or a document, prints what it prints as it prints it, and a report.
import { Kind, type TraceEvent } from "../trace/event.ts"
import type { Trace } from "../trace/trace.ts"
import { isDocument } from "./document-file.ts"
import { factsOf } from "./facts.ts"
import { inputsOfFile, readModelScript, scriptBeside } from "./program-file.ts"
import { runDocument } from "./run-document.ts"
import { diagnosticsOf, LineReader, RUN_OPTIONS, runOnce, showLimit, showTimeline, withRules } from "./run-once.ts"
import { type Parsed, parse, placed, Usage } from "./usage.ts"

export async function runCommand(args: string[]): Promise<number> {
  const options = parse("run", args, RUN_OPTIONS, { min: 1, max: 1 })
  const path = options.files[0] as string
  const lines = new LineReader()
  try {
    return isDocument(path) ? await runDocument(path, options, lines) : await runProgram(path, options, lines)
  } finally {
    lines.close()
  }
}

async function runProgram(path: string, options: Parsed, lines: LineReader): Promise<number> {
  if (options.text("language") !== undefined) throw new Usage("--language chooses among the cells of a document; this is a program")
  const json = options.flag("json")
  const inputs = inputsOfFile(path, { allowTs: options.flag("allow-ts"), inputOpen: true })
  const script = options.text("model") === undefined ? scriptBeside(path) : readModelScript(options.text("model") as string)
  const show = (event: TraceEvent, trace: Trace) => {
    if (json) return
    if (event.kind === Kind.Print) process.stdout.write(trace.text(event.a))
    else if (event.kind === Kind.PrintError) process.stderr.write(trace.text(event.a))
    else if (event.kind === Kind.Notice && !options.flag("quiet")) process.stderr.write(`notice: ${trace.text(event.a)}\n`)
  }
  const ran = await runOnce(options, withRules(inputs, script), lines, show)
  const { report, totals, trace } = ran
  const diagnostics = diagnosticsOf(ran)
  if (json) {
    const result = {
      ...factsOf(report, totals),
      costUsd: ran.costUsd,
      diagnostics,
      fault: report.fault
        ? { kind: report.fault.kind, message: report.fault.message, line: report.fault.line, column: report.fault.column }
        : null,
    }
    console.log(JSON.stringify(result, null, 2))
  } else {
    if (totals.stdout() !== "" && !totals.stdout().endsWith("\n")) process.stdout.write("\n")
    if (!ran.prepared.run) for (const d of diagnostics) console.error(`${placed(d)}: ${d.severity} ${d.kind}: ${d.message}`)
    else if (report.fault) console.error(`${placed(report.fault)}: ${report.fault.kind}: ${report.fault.message}`)
    else if (ran.interrupted) console.error(report.message)
    showLimit(ran)
  }
  showTimeline(options, trace)
  return ran.interrupted ? 130 : report.outcome === "done" ? 0 : 1
}
