// One run on the command line: the options that decide it, driving it to its end, and what may be written about it besides
// its output (trace file, recording, timeline, figures). `run` uses it once for a program and once a language for a document.
import { writeFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { parseSchedule } from "../kernel/chooser.ts"
import { parseDials } from "../models/presets.ts"
import { MOST_RETRIES } from "../models/retries.ts"
import type { ModelRule } from "../models/script.ts"
import type { RunInputs } from "../session/inputs.ts"
import { replayInputs } from "../session/recording.ts"
import type { RunReport } from "../session/report.ts"
import { type PreparedRun, prepareRun, rejectedReport } from "../session/run.ts"
import { positionOf } from "../source/diagnostic.ts"
import type { TraceEvent } from "../trace/event.ts"
import { foldOf } from "../trace/fold.ts"
import { writeTrace } from "../trace/format.ts"
import { textTimeline } from "../trace/text-timeline.ts"
import { type Totals, totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { drive } from "./drive.ts"
import { onInterrupt } from "./interrupt.ts"
import { CommandLineModels, cassetteIn, saveCassette } from "./live-models.ts"
import { nodePorts } from "./node-ports.ts"
import { limitsFrom, raisedLimitHint, startFrom, variablesFrom } from "./run-inputs.ts"
import { type Options, type Parsed, Usage } from "./usage.ts"

export const RUN_OPTIONS: Options = {
  json: { type: "boolean" },
  trace: { type: "string" },
  timeline: { type: "boolean" },
  model: { type: "string" },
  seed: { type: "string" },
  schedule: { type: "string" },
  "max-parallel": { type: "string" },
  "max-retries": { type: "string" },
  pace: { type: "string" },
  "allow-ts": { type: "boolean" },
  sequential: { type: "boolean" },
  quiet: { type: "boolean" },
  dials: { type: "string" },
  live: { type: "string" },
  url: { type: "string" },
  budget: { type: "string" },
  record: { type: "string" },
  replay: { type: "string" },
  squeeze: { type: "string" },
  language: { type: "string" },
  limit: { type: "string" },
  start: { type: "string" },
  var: { type: "string", multiple: true },
}

const MOST_SEED = 2 ** 53 - 1

/** Inputs with what the options say; a recording that is replayed counts less than an option and more than the document. */
function inputsWith(options: Parsed, given: RunInputs, liveModel: string | null): RunInputs {
  const seed = options.number("seed", 0, MOST_SEED)
  const maxParallel = options.number("max-parallel", 1, 10_000)
  const maxRetries = options.number("max-retries", 0, MOST_RETRIES)
  const schedule = scheduleOf(options.text("schedule"))
  const dialsText = options.text("dials")
  const dials = dialsText === undefined ? given.model.dials : parseDials(dialsText, given.model.dials)
  if (typeof dials === "string") throw new Usage(`--dials: ${dials}`)
  if (options.flag("sequential") && given.language !== "jade")
    throw new Usage("--sequential runs Jade's async functions one at a time, as its console does; this is no Jade program")
  if (maxRetries !== undefined && given.language !== "jade")
    throw new Usage("--max-retries says how often Jade asks again for a reply that does not fit; this is no Jade program")
  const cassette = options.text("replay")
  const base = cassette === undefined ? given : replayInputs(given, cassetteIn(cassette), options.number("squeeze", 1, 1_000_000) ?? 1)
  return {
    ...base,
    seed: seed ?? base.seed,
    schedule: schedule ?? base.schedule,
    maxParallel: maxParallel ?? base.maxParallel,
    ...(maxRetries === undefined ? {} : { maxRetries }),
    sequential: options.flag("sequential") || base.sequential,
    limits: { ...base.limits, ...limitsFrom(options.text("limit")) },
    startMs: startFrom(options.text("start")) ?? base.startMs,
    variables: { ...base.variables, ...variablesFrom(options.all("var")) },
    model: { ...base.model, dials, live: liveModel !== null, ...(liveModel === null ? {} : { name: liveModel }) },
  }
}

/** Inputs whose model answers from these rules, where there are any: their latencies are exact. */
export function withRules(inputs: RunInputs, rules: readonly ModelRule[] | null): RunInputs {
  if (!rules) return inputs
  return { ...inputs, model: { ...inputs.model, rules, dials: { ...inputs.model.dials, latencyMs: 100, jitter: 0 } } }
}

export interface Ran {
  readonly inputs: RunInputs
  readonly prepared: PreparedRun
  readonly trace: Trace
  readonly report: RunReport
  readonly totals: Totals
  readonly costUsd: number
  /** Somebody pressed Ctrl+C: what comes after this run is not wanted either. */
  readonly interrupted: boolean
}

/** Runs to the end and writes the files the options ask for; `see` gets every event as it comes. */
export async function runOnce(
  options: Parsed,
  given: RunInputs,
  lines: LineReader,
  see: (event: TraceEvent, trace: Trace) => void,
): Promise<Ran> {
  const models = new CommandLineModels(
    { provider: options.text("live"), url: options.text("url"), budget: options.text("budget") },
    process.env,
  )
  const inputs = inputsWith(options, { ...given, keyNames: models.keyNames }, models.modelName)
  const paceMs = options.number("pace", 0, 3_600_000) ?? 0
  const prepared = await prepareRun(inputs, nodePorts(inputs.allowTs, models.outside))
  const trace = new Trace(prepared.sites)
  const talks = !options.flag("json") && !options.flag("quiet")
  let interrupted = false
  const { run } = prepared
  if (run) {
    let seen = 0
    const onTrace = () => {
      for (const event of trace.events(seen)) see(event, trace)
      seen = trace.length
    }
    const nextLine = async () => {
      const line = await lines.next()
      if (line !== null) models.lineTyped(line)
      return line
    }
    models.begin(run)
    const listened = onInterrupt(() => {
      run.stop("stopped by Ctrl+C")
      lines.close()
    })
    try {
      await drive(run, trace, { paceMs, onTrace, nextLine, ...(models.live ? { live: models } : {}) })
    } finally {
      interrupted = listened()
    }
    models.finish()
    if (models.live && talks) process.stderr.write(`${models.summary()}\n`)
    const record = options.text("record")
    if (record) saveCassette(record, models.cassette(inputs, new Date().toISOString().slice(0, 10)))
  }
  const traceFile = options.text("trace")
  if (traceFile) {
    try {
      writeFileSync(traceFile, writeTrace(trace))
    } catch (problem) {
      throw new Usage(`the trace cannot be written: ${(problem as Error).message}`)
    }
  }
  const report = run ? run.report() : rejectedReport(prepared.program, prepared.diagnostics)
  return { inputs, prepared, trace, report, totals: totalsOf(trace), costUsd: models.cost().usd, interrupted }
}

/** Says on stderr how to go on where a limit ended a run. */
export function showLimit({ report, inputs }: Pick<Ran, "report" | "inputs">): void {
  if (report.limit) console.error(raisedLimitHint(report.limit, inputs))
}

/** The timeline as text, beside the program's output and not in it. */
export function showTimeline(options: Parsed, trace: Trace): void {
  if (options.flag("timeline") && trace.length > 0)
    process.stderr.write(textTimeline(foldOf(trace), { width: Math.min(200, process.stderr.columns ?? 100) }))
}

/** Diagnostics as `--json` shows them. */
export function diagnosticsOf({ prepared }: Pick<Ran, "prepared">) {
  return prepared.diagnostics.map((d) => ({
    phase: d.phase,
    kind: d.kind,
    message: d.message,
    ...positionOf(prepared.program, d),
    severity: d.severity,
    file: d.file,
  }))
}

function scheduleOf(text: string | undefined): RunInputs["schedule"] | null {
  if (text === undefined) return null
  if (text === "fifo" || text === "shuffle") return text
  const choices = parseSchedule(text)
  if (!choices) throw new Usage(`--schedule takes fifo, shuffle or a recorded schedule such as "0*3 1", got "${text}"`)
  return { choices }
}

/** Lines of standard input, opened when a program first asks. */
export class LineReader {
  private lines: AsyncIterator<string> | null = null
  private reader: ReturnType<typeof createInterface> | null = null

  /** null: there are no more. */
  async next(): Promise<string | null> {
    if (!this.lines) {
      this.reader = createInterface({ input: process.stdin })
      this.lines = this.reader[Symbol.asyncIterator]()
    }
    const line = await this.lines.next()
    return line.done ? null : line.value
  }

  close(): void {
    this.reader?.close()
  }
}
