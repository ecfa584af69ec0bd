// `counterpoint run FILE.md`: runs the cells of a document, one language after another, each language's cells as one program
// from the top (design: documents). Output goes to stdout as it comes; a line on stderr says whose it is whenever that changes.
import { inputsOf } from "../session/defaults.ts"
import { CellOfEvents, type DocumentCell } from "../session/document/parts.ts"
import type { RunInputs } from "../session/inputs.ts"
import { Kind, type TraceEvent } from "../trace/event.ts"
import type { Trace } from "../trace/trace.ts"
import {
  type ComposedPart,
  composePart,
  diagnosticsOfCell,
  isAccepted,
  type OpenedDocument,
  openDocument,
  type PlacedDiagnostic,
} from "./document-file.ts"
import { readModelScript } from "./program-file.ts"
import { type LineReader, type Ran, runOnce, showLimit, showTimeline, withRules } from "./run-once.ts"
import { type Parsed, placed, Usage } from "./usage.ts"

/** Options that are about one run, and so need a document of one language or the choice of one. */
const OF_ONE_RUN = ["trace", "schedule", "live", "record", "replay"] as const

interface CellResult {
  readonly cell: number
  readonly language: string
  readonly line: number
  outcome: "done" | "rejected" | "failed" | "stopped"
  stdout: string
  readonly diagnostics: readonly PlacedDiagnostic[]
  fault: { readonly kind: string; readonly message: string; readonly line: number } | null
}

export async function runDocument(path: string, options: Parsed, lines: LineReader): Promise<number> {
  const document = openDocument(path, options.text("language"))
  const needy = OF_ONE_RUN.find((name) => options.text(name) !== undefined)
  if (needy && document.parts.length > 1)
    throw new Usage(
      `--${needy} is about one run, and this document has one for each of ${document.parts.map((part) => part.language).join(", ")}: choose with --language`,
    )
  const json = options.flag("json")
  const results: CellResult[] = []
  const runs: Ran[] = []
  for (const part of document.parts) {
    const composed = await composePart(document, part)
    const cells = new Map<string, CellResult>()
    for (const cell of part.cells) {
      const result = resultOf(document, composed, cell)
      cells.set(cell.id, result)
      results.push(result)
      if (!json) for (const d of result.diagnostics) console.error(`${placed(d)}: ${d.severity} ${d.kind}: ${d.message}`)
    }
    if (composed.composition.cellStarts.length === 0) continue
    const printer = new CellPrinter(composed, cells, json, options.flag("quiet"))
    const ran = await runOnce(options, inputsOfPart(document, composed, options), lines, (event, trace) => printer.see(event, trace))
    printer.end(ran)
    runs.push(ran)
    if (!json) showLimit(ran)
    showTimeline(options, ran.trace)
    if (ran.interrupted) break
  }
  results.sort((a, b) => a.cell - b.cell)
  if (json) console.log(JSON.stringify(summaryOf(results, runs), null, 2))
  if (runs.some((ran) => ran.interrupted)) return 130
  return results.every((result) => result.outcome === "done") ? 0 : 1
}

function resultOf(document: OpenedDocument, composed: ComposedPart, cell: DocumentCell): CellResult {
  const diagnostics = diagnosticsOfCell(document, composed, cell)
  const outcome = isAccepted(composed, cell) ? "done" : "rejected"
  return { cell: cell.number, language: composed.part.language, line: cell.line, outcome, stdout: "", diagnostics, fault: null }
}

function inputsOfPart(document: OpenedDocument, composed: ComposedPart, options: Parsed): RunInputs {
  const { seed, maxParallel, maxRetries, rules, dials, input } = document.options
  const { composition, path, files } = composed
  const plain = inputsOf(composed.part.language, path, composition.text)
  const inputs = {
    ...plain,
    entry: { ...plain.entry, cellStarts: composition.cellStarts },
    files,
    seed: seed ?? plain.seed,
    maxParallel: maxParallel ?? plain.maxParallel,
    maxRetries: maxRetries ?? plain.maxRetries,
    inputLines: input,
    inputOpen: true,
    allowTs: options.flag("allow-ts"),
    model: { ...plain.model, rules, dials: { ...plain.model.dials, ...dials } },
  }
  const script = options.text("model")
  return script === undefined ? inputs : withRules(inputs, readModelScript(script))
}

/** Shows a part's output as it comes and keeps it by cell. */
class CellPrinter {
  private readonly owner: CellOfEvents
  private shown: string | null = null
  private midLine = false
  private current: string | null = null

  constructor(
    private readonly composed: ComposedPart,
    private readonly results: ReadonlyMap<string, CellResult>,
    private readonly json: boolean,
    private readonly quiet: boolean,
  ) {
    this.owner = new CellOfEvents(composed.composition, composed.path)
  }

  see(event: TraceEvent, trace: Trace): void {
    const id = this.owner.of(event, trace)
    const result = id === null ? undefined : this.results.get(id)
    if (event.kind === Kind.Section) this.current = event.b === 0 ? id : null
    else if (event.kind === Kind.Print) {
      const text = trace.text(event.a)
      if (result) result.stdout += text
      this.say(id, () => process.stdout.write(text))
      this.midLine = !text.endsWith("\n")
    } else if (event.kind === Kind.PrintError) this.say(id, () => process.stderr.write(trace.text(event.a)))
    else if (event.kind === Kind.Notice && !this.quiet) this.say(id, () => process.stderr.write(`notice: ${trace.text(event.a)}\n`))
    // The first task runs the cells: its fault ended the one that was running.
    else if (event.kind === Kind.Fault && event.task === 0) this.failed(this.current ?? id, trace.text(event.a), event.site, trace)
  }

  /** What a limit, a deadlock or Stop did to the cells that had not ended. */
  end({ report }: Ran): void {
    this.endLine()
    if (report.outcome === "done") return
    const fault = report.fault ?? { kind: report.outcome, message: report.message }
    const cell = this.current === null ? undefined : this.results.get(this.current)
    const message = `${fault.kind}: ${fault.message}`
    if (!this.json) console.error(cell ? `cell ${cell.cell} (${cell.language}, line ${cell.line}): ${message}` : message)
    let reached = false
    for (const [id, result] of this.results) {
      if (id === this.current) {
        reached = true
        result.outcome = "failed"
        result.fault ??= { ...fault, line: result.line }
      } else if (reached && result.outcome === "done") result.outcome = "stopped"
    }
  }

  private failed(id: string | null, text: string, site: number, trace: Trace): void {
    const result = id === null ? undefined : this.results.get(id)
    const placedCell = this.composed.composition.cells.find((cell) => cell.id === id)
    if (!result || !placedCell) return
    const { kind, message } = JSON.parse(text) as { kind: string; message: string }
    const range = trace.sites[site]
    const own = range?.file === this.composed.path && range.from >= placedCell.from && range.from <= placedCell.to
    const before = own ? this.composed.composition.text.slice(placedCell.from, range.from).split("\n").length - 1 : 0
    result.outcome = "failed"
    result.fault = { kind, message, line: result.line + before }
  }

  private say(id: string | null, write: () => void): void {
    if (this.json) return
    if (id !== this.shown && !this.quiet) {
      this.endLine()
      const result = id === null ? undefined : this.results.get(id)
      if (result) process.stderr.write(`-- cell ${result.cell} (${result.language}, line ${result.line})\n`)
      this.shown = id
    }
    write()
  }

  private endLine(): void {
    if (this.midLine && !this.json) process.stdout.write("\n")
    this.midLine = false
  }
}

/** As for a program, summed up over the runs of the languages, each of which has its own clock; and cell by cell. */
function summaryOf(results: readonly CellResult[], runs: readonly Ran[]) {
  const sum = (figure: (ran: Ran) => number) => runs.reduce((total, ran) => total + figure(ran), 0)
  const most = (figure: (ran: Ran) => number) => runs.reduce((found, ran) => Math.max(found, figure(ran)), 0)
  return {
    outcome:
      runs.find((ran) => ran.report.outcome !== "done")?.report.outcome ?? results.find((one) => one.outcome !== "done")?.outcome ?? "done",
    stdout: results.flatMap((result) => linesOf(result.stdout)),
    virtualMs: most((ran) => ran.report.virtualUs / 1000),
    maxInFlight: most((ran) => ran.totals.maxInFlight),
    calls: sum((ran) => ran.totals.calls),
    tokens: { in: sum((ran) => ran.totals.tokensIn), out: sum((ran) => ran.totals.tokensOut) },
    costUsd: sum((ran) => ran.costUsd),
    diagnostics: results.flatMap((result) => result.diagnostics),
    fault: results.find((result) => result.fault)?.fault ?? null,
    cells: results.map((result) => ({ ...result, stdout: linesOf(result.stdout) })),
  }
}

function linesOf(text: string): string[] {
  const lines = text.split("\n")
  if (lines[lines.length - 1] === "") lines.pop()
  return lines
}
