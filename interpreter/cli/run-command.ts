// `counterpoint run FILE`: runs a program, prints what it prints as it prints it, and a report.
import { writeFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { parseSchedule } from "../kernel/chooser.ts"
import { parseDials } from "../models/presets.ts"
import type { RunInputs } from "../session/inputs.ts"
import { replayInputs } from "../session/recording.ts"
import { prepareRun, rejectedReport } from "../session/run.ts"
import { positionOf } from "../source/diagnostic.ts"
import { Kind } from "../trace/event.ts"
import { foldOf } from "../trace/fold.ts"
import { writeTrace } from "../trace/format.ts"
import { textTimeline } from "../trace/text-timeline.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { drive } from "./drive.ts"
import { CommandLineModels, cassetteIn, saveCassette } from "./live-models.ts"
import { nodePorts } from "./node-ports.ts"
import { inputsOfFile, readModelScript, scriptBeside } from "./program-file.ts"
import { parse, Usage } from "./usage.ts"

export async function runCommand(args: string[]): Promise<number> {
  const options = parse(
    "run",
    args,
    {
      json: { type: "boolean" },
      trace: { type: "string" },
      timeline: { type: "boolean" },
      model: { type: "string" },
      seed: { type: "string" },
      schedule: { type: "string" },
      "max-parallel": { type: "string" },
      pace: { type: "string" },
      "allow-ts": { type: "boolean" },
      quiet: { type: "boolean" },
      dials: { type: "string" },
      live: { type: "string" },
      url: { type: "string" },
      budget: { type: "string" },
      record: { type: "string" },
      replay: { type: "string" },
      squeeze: { type: "string" },
    },
    { min: 1, max: 1 },
  )
  const path = options.files[0] as string
  const json = options.flag("json")
  let inputs = inputsOfFile(path, { allowTs: options.flag("allow-ts"), inputOpen: true })
  const script = options.text("model") ? readModelScript(options.text("model") as string) : scriptBeside(path)
  inputs = {
    ...inputs,
    seed: options.number("seed", 0, 2 ** 53 - 1) ?? inputs.seed,
    schedule: scheduleOf(options.text("schedule")),
    maxParallel: options.number("max-parallel", 1, 10_000) ?? 0,
    model: script ? { ...inputs.model, rules: script, dials: { ...inputs.model.dials, latencyMs: 100, jitter: 0 } } : inputs.model,
  }
  const dials = options.text("dials") === undefined ? inputs.model.dials : parseDials(options.text("dials") as string, inputs.model.dials)
  if (typeof dials === "string") throw new Usage(`--dials: ${dials}`)
  const models = new CommandLineModels(
    { provider: options.text("live"), url: options.text("url"), budget: options.text("budget") },
    process.env,
  )
  inputs = { ...inputs, model: { ...inputs.model, dials, live: models.live } }
  if (options.text("replay") !== undefined) {
    const recorded = replayInputs(inputs, cassetteIn(options.text("replay") as string), options.number("squeeze", 1, 1_000_000) ?? 1)
    inputs = {
      ...recorded,
      seed: options.number("seed", 0, 2 ** 53 - 1) ?? recorded.seed,
      schedule: options.text("schedule") === undefined ? recorded.schedule : inputs.schedule,
      maxParallel: options.number("max-parallel", 1, 10_000) ?? recorded.maxParallel,
      model: { ...recorded.model, live: models.live },
    }
  }
  const prepared = await prepareRun(inputs, nodePorts(inputs.allowTs, models.outside))
  const trace = new Trace(prepared.sites)
  if (prepared.run) {
    let shown = 0
    const onTrace = () => {
      for (const event of trace.events(shown)) {
        if (json) continue
        if (event.kind === Kind.Print) process.stdout.write(trace.text(event.a))
        else if (event.kind === Kind.PrintError) process.stderr.write(trace.text(event.a))
        else if (event.kind === Kind.Notice && !options.flag("quiet")) process.stderr.write(`notice: ${trace.text(event.a)}\n`)
      }
      shown = trace.length
    }
    const lines = lineReader()
    const nextLine = async () => {
      const line = await lines.next()
      if (line !== null) models.lineTyped(line)
      return line
    }
    models.begin(prepared.run)
    const paceMs = options.number("pace", 0, 3_600_000) ?? 0
    await drive(prepared.run, trace, { paceMs, onTrace, nextLine, ...(models.live ? { live: models } : {}) })
    models.finish()
    if (models.live && !json && !options.flag("quiet")) process.stderr.write(`${models.summary()}\n`)
    lines.close()
    if (options.text("record"))
      saveCassette(options.text("record") as string, models.cassette(inputs, new Date().toISOString().slice(0, 10)))
  }
  const report = prepared.run ? prepared.run.report() : rejectedReport(prepared.program, prepared.diagnostics)
  const totals = totalsOf(trace)
  const diagnostics = prepared.diagnostics.map((d) => ({
    phase: d.phase,
    kind: d.kind,
    message: d.message,
    ...positionOf(prepared.program, d),
    severity: d.severity,
    file: d.file,
  }))
  if (options.text("trace")) {
    try {
      writeFileSync(options.text("trace") as string, writeTrace(trace))
    } catch (problem) {
      throw new Usage(`the trace cannot be written: ${(problem as Error).message}`)
    }
  }
  if (json) {
    const result = {
      outcome: report.outcome,
      stdout: totals.stdoutLines(),
      virtualMs: report.virtualUs / 1000,
      maxInFlight: totals.maxInFlight,
      calls: totals.calls,
      tokens: { in: totals.tokensIn, out: totals.tokensOut },
      costUsd: models.cost().usd,
      diagnostics,
      fault: report.fault
        ? { kind: report.fault.kind, message: report.fault.message, line: report.fault.line, column: report.fault.column }
        : null,
    }
    console.log(JSON.stringify(result, null, 2))
  } else {
    if (totals.stdout() !== "" && !totals.stdout().endsWith("\n")) process.stdout.write("\n")
    if (!prepared.run) for (const d of diagnostics) console.error(`${d.file}:${d.line}:${d.column}: ${d.severity} ${d.kind}: ${d.message}`)
    else if (report.fault)
      console.error(`${report.fault.file}:${report.fault.line}:${report.fault.column}: ${report.fault.kind}: ${report.fault.message}`)
  }
  // Beside the program's output, not in it.
  if (options.flag("timeline") && trace.length > 0) {
    process.stderr.write(textTimeline(foldOf(trace), { width: Math.min(200, process.stderr.columns ?? 100) }))
  }
  return report.outcome === "done" ? 0 : 1
}

function scheduleOf(text: string | undefined): RunInputs["schedule"] {
  if (text === undefined || text === "fifo") return "fifo"
  if (text === "shuffle") return "shuffle"
  const choices = parseSchedule(text)
  if (!choices) throw new Usage(`--schedule takes fifo, shuffle or a recorded schedule such as "0*3 1", got "${text}"`)
  return { choices }
}

/** Lines of standard input, opened when the program first asks. */
function lineReader() {
  let lines: AsyncIterator<string> | null = null
  let reader: ReturnType<typeof createInterface> | null = null
  return {
    next: async (): Promise<string | null> => {
      if (!lines) {
        reader = createInterface({ input: process.stdin })
        lines = reader[Symbol.asyncIterator]()
      }
      const line = await lines.next()
      return line.done ? null : line.value
    },
    close: () => reader?.close(),
  }
}
