// A console's session: entries typed one after another, as if they were one program. Each entry runs the whole session
// again from the top (virtual time and replayed answers make that instant, and nothing is hidden: design, documents), and
// what is shown is what the new entry added. An entry that does not parse or check, or that fails, adds nothing.
// Used by `counterpoint repl` and the page's console.
import type { Diagnostic } from "../source/diagnostic.ts"
import { positionOf } from "../source/diagnostic.ts"
import { type Program, programOf } from "../source/text.ts"
import { Kind } from "../trace/event.ts"
import type { Trace } from "../trace/trace.ts"
import type { RunInputs } from "./inputs.ts"
import type { RunReport } from "./report.ts"

export interface EntryResult {
  /** What the entry wrote, output and error stream apart. */
  readonly output: string
  readonly errors: string
  /** The value of its last expression as the language prints it; null if there is nothing to echo. */
  readonly echo: string | null
  /** Why it was refused or failed; lines are those of the entry. */
  readonly problems: readonly { readonly kind: string; readonly message: string; readonly line: number; readonly column: number }[]
}

/** Runs inputs to their end. */
export type RunToEnd = (
  inputs: RunInputs,
) => Promise<{ readonly trace: Trace; readonly report: RunReport; readonly diagnostics: readonly Diagnostic[] }>

export class ConsoleSession {
  private entries: string[] = []
  private shownOutput = ""
  private shownErrors = ""

  constructor(
    /** Everything but the text: language, seed, model. */
    private readonly base: RunInputs,
    private readonly run: RunToEnd,
  ) {}

  /** The program that the session amounts to. */
  get text(): string {
    return this.entries.join("\n")
  }

  async submit(entry: string): Promise<EntryResult> {
    const before = this.entries.length === 0 ? "" : `${this.text}\n`
    const inputs: RunInputs = { ...this.base, entry: { path: this.base.entry.path, text: before + entry }, wantValue: true }
    const { trace, report, diagnostics } = await this.run(inputs)
    const firstLine = before.split("\n").length - 1
    const { output, errors } = outputOf(trace)
    if (report.outcome !== "done") {
      const problems =
        report.outcome === "rejected"
          ? diagnostics.map((d) => ({ kind: d.kind, message: d.message, ...placeOf(inputs, d) }))
          : [
              {
                kind: report.fault?.kind ?? report.outcome,
                message: report.fault?.message ?? report.message,
                line: report.fault?.line ?? 0,
                column: report.fault?.column ?? 0,
              },
            ]
      return {
        output: added(this.shownOutput, output),
        errors: added(this.shownErrors, errors),
        echo: null,
        problems: problems.map((problem) => ({ ...problem, line: Math.max(0, problem.line - firstLine) })),
      }
    }
    const result = {
      output: added(this.shownOutput, output),
      errors: added(this.shownErrors, errors),
      echo: report.value?.printed ?? null,
      problems: [],
    }
    this.entries.push(entry)
    this.shownOutput = output
    this.shownErrors = errors
    return result
  }

  clear(): void {
    this.entries = []
    this.shownOutput = ""
    this.shownErrors = ""
  }
}

function outputOf(trace: Trace): { output: string; errors: string } {
  let output = ""
  let errors = ""
  trace.visit(0, (event) => {
    if (event.kind === Kind.Print) output += trace.text(event.a)
    else if (event.kind === Kind.PrintError) errors += trace.text(event.a)
  })
  return { output, errors }
}

function added(shown: string, all: string): string {
  return all.startsWith(shown) ? all.slice(shown.length) : all
}

function placeOf(inputs: RunInputs, diagnostic: Diagnostic): { line: number; column: number } {
  return positionOf(programOfInputs(inputs), diagnostic)
}

function programOfInputs(inputs: RunInputs): Program {
  return programOf(inputs.language, inputs.entry.path, inputs.entry.text, inputs.files)
}
