// A console's session: entries typed one after another, as if they were the cells of a notebook: one program, in which a later
// entry may declare a name again and bring imports of its own. Each entry runs the whole session
// again from the top (virtual time and replayed answers make that instant, and nothing is hidden: design, documents), and
// what is shown is what the new entry added. An entry that does not parse or check, or that fails, adds nothing.
// Used by `counterpoint repl` and the page's console; who runs the inputs is theirs to say.
import { type Diagnostic, positionOf } from "../source/diagnostic.ts"
import { programOf } from "../source/text.ts"
import type { Evaluation } from "./evaluation.ts"
import type { RunInputs } from "./inputs.ts"

export interface EntryProblem {
  readonly kind: string
  readonly message: string
  /** Of the entry, from 1; 0 where it has no place in it. */
  readonly line: number
  readonly column: number
}

export interface EntryResult {
  /** What the entry wrote, output and error stream apart. */
  readonly output: string
  readonly errors: string
  /** The value of its last expression as the language prints it; null if there is nothing to echo. */
  readonly echo: string | null
  /** Why it was refused or failed. */
  readonly problems: readonly EntryProblem[]
  /** What the check has to say of it although it may run. */
  readonly warnings: readonly EntryProblem[]
}

/** Runs inputs to their end; null where that was given up. */
export type RunToEnd = (inputs: RunInputs) => Promise<Evaluation | null>

/** What a session of a console may use: it runs again with every entry, so it is kept small enough to answer at once. */
const CONSOLE_LIMITS = { steps: 20_000_000, tasks: 10_000, events: 500_000, outputBytes: 1_000_000 }

/** The inputs of a console's session: Jade's runs async functions one at a time there (its SPEC, 19). */
export function consoleInputs(inputs: RunInputs): RunInputs {
  const { language } = inputs
  return {
    ...inputs,
    inputOpen: false,
    sequential: language === "jade",
    model: { ...inputs.model, live: false },
    cassette: null,
    limits: CONSOLE_LIMITS,
  }
}

/** What an entry ends with where its language reads on in the next line. In Ard no line does: an operator's operands share one. */
const READS_ON: Readonly<Record<string, RegExp>> = {
  vibe: /(?:[-+*/%=.,]|\s[<>]|\b(?:and|or|not))\s*$/,
  jade: /(?:[-+*/%&|^~<>=!?.,:]|\b(?:and|or|not|in|await|prompt|raise|return|yield)|(?:^|\n)[ \t]*@[\w:]+(?:\([^\n]*\))?)\s*$/,
}

const TOKENS = /("""|''')[^]*?(?:\1|($))|"(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(\/\/[^\n]*)/g
/** Jade's strings of one quote go over lines too (its SPEC, 1.5). */
const JADE_TOKENS = /("""|''')[^]*?(?:\1|($))|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(\/\/[^\n]*)/g

/** Brackets are open, a string is that may go over lines, or an operator waits for its operand: the entry goes on. */
export function entryGoesOn(language: string, text: string): boolean {
  const jade = language === "jade"
  const bare = text.replace(jade ? JADE_TOKENS : TOKENS, (_, _quotes?: string, open?: string, comment?: string) =>
    open !== undefined ? "(" : comment !== undefined ? "" : "0",
  )
  if (jade && /["']/.test(bare)) return true
  let depth = 0
  for (const character of bare) {
    if ("([{".includes(character)) depth++
    else if (")]}".includes(character)) depth--
  }
  return depth > 0 || (depth === 0 && READS_ON[language]?.test(bare) === true)
}

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
    const before = this.entries.map((one) => `${one}\n`).join("")
    const cellStarts: number[] = []
    let at = 0
    for (const one of [...this.entries, entry]) {
      cellStarts.push(at)
      at += one.length + 1
    }
    const { path } = this.base.entry
    const inputs: RunInputs = { ...this.base, entry: { path, text: before + entry, cellStarts }, wantValue: true }
    const evaluation = await this.run(inputs)
    if (!evaluation) {
      const problem = { kind: "Stopped", message: "given up before it ended; the entry adds nothing", line: 0, column: 0 }
      return { output: "", errors: "", echo: null, problems: [problem], warnings: [] }
    }
    const { output, errors, report, diagnostics } = evaluation
    const firstLine = before.split("\n").length - 1
    const inEntry = (problem: EntryProblem): EntryProblem => ({ ...problem, line: Math.max(0, problem.line - firstLine) })
    const done = report.outcome === "done" && !evaluation.cellFault
    // Of earlier entries the same was said when they were new.
    const warnings = diagnostics.filter(({ severity, file, from }) => severity === "warning" && file === path && from >= before.length)
    const problems = done ? [] : problemsOf(inputs, evaluation).map(inEntry)
    const came = (warning: EntryProblem) =>
      problems.some(({ kind, line, column }) => kind === warning.kind && line === warning.line && column === warning.column)
    const result = {
      output: added(this.shownOutput, output),
      errors: added(this.shownErrors, errors),
      echo: done ? (report.value?.printed ?? null) : null,
      problems,
      warnings: placed(inputs, warnings)
        .map(inEntry)
        .filter((warning) => !came(warning)),
    }
    if (done) {
      this.entries.push(entry)
      this.shownOutput = output
      this.shownErrors = errors
    }
    return result
  }

  clear(): void {
    this.entries = []
    this.shownOutput = ""
    this.shownErrors = ""
  }
}

/** Why a program did not end well; lines are those of the whole program. */
function problemsOf(inputs: RunInputs, { report, diagnostics, cellFault }: Evaluation): EntryProblem[] {
  if (report.outcome === "done" && cellFault) return [cellFault]
  if (report.outcome === "rejected")
    return placed(
      inputs,
      diagnostics.filter((diagnostic) => diagnostic.severity === "error"),
    )
  const { fault } = report
  return [
    {
      kind: fault?.kind ?? report.outcome,
      message: fault?.message ?? report.message,
      line: fault?.line ?? 0,
      column: fault?.column ?? 0,
    },
  ]
}

/** Diagnostics with lines of the whole program. */
function placed(inputs: RunInputs, diagnostics: readonly Diagnostic[]): EntryProblem[] {
  if (diagnostics.length === 0) return []
  const program = programOf(inputs.language, inputs.entry.path, inputs.entry.text, inputs.files, inputs.entry.cellStarts)
  return diagnostics.map((diagnostic) => {
    const { line, column } = positionOf(program, diagnostic)
    return { kind: diagnostic.kind, message: diagnostic.message, line, column }
  })
}

function added(shown: string, all: string): string {
  return all.startsWith(shown) ? all.slice(shown.length) : all
}
