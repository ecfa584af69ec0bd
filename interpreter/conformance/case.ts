// A conformance case: a program and what running it must show. Read by the runner and by tests; the format is told in
// README.md beside the cases.
import type { RunFacts } from "../cli/facts.ts"
import type { ModelRule } from "../models/script.ts"
import { PLAIN_DIALS } from "../models/script.ts"
import { inputsOf } from "../session/defaults.ts"
import type { RunInputs } from "../session/inputs.ts"
import { caseProblem } from "./case-check.ts"

export interface Case {
  readonly title: string
  readonly basis?: string
  readonly model?: readonly ModelRule[]
  readonly stdin?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly stdout?: readonly string[]
  readonly stdoutOneOf?: readonly (readonly string[])[]
  readonly error?: {
    readonly phase?: "parse" | "check" | "run"
    readonly kind?: string
    readonly line?: number
    readonly column?: number
    readonly contains?: string
  }
  readonly timing?: { readonly virtualMs?: number; readonly maxInFlight?: number; readonly calls?: number }
  readonly tokens?: { readonly in?: number; readonly out?: number }
  readonly options?: { readonly maxParallel?: number; readonly maxRetries?: number }
}

/** Reads a case; throws a sentence for a text that is none. */
export function parseCase(text: string): Case {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (problem) {
    throw new Error(`not JSON: ${(problem as Error).message}`)
  }
  const problem = caseProblem(value)
  if (problem) throw new Error(problem)
  return value as Case
}

/** The inputs with which a case runs: no responder, plain dials, its own input and files. */
export function inputsOfCase(language: string, path: string, program: string, c: Case): RunInputs {
  return inputsOf(language, path, program, {
    files: c.files ?? {},
    model: { rules: c.model ?? [], otherwise: "error", dials: PLAIN_DIALS, live: false },
    maxParallel: c.options?.maxParallel ?? 0,
    maxRetries: c.options?.maxRetries,
    inputLines: c.stdin ?? [],
  })
}

/** What a run showed, as far as cases speak of it. */
export interface Shown extends RunFacts {
  readonly error: {
    readonly phase: "parse" | "check" | "run"
    readonly kind: string
    readonly line: number
    readonly column: number
    readonly message: string
  } | null
}

/** Every way in which the run differs from the case, a sentence each; empty where it passes. */
export function differences(c: Case, shown: Shown): string[] {
  const found: string[] = []
  const same = (lines: readonly string[]) => JSON.stringify(lines) === JSON.stringify(shown.stdout)
  if (c.stdout && !same(c.stdout)) found.push(outputDifference(c.stdout, shown.stdout))
  if (c.stdoutOneOf && !c.stdoutOneOf.some(same)) {
    found.push(`stdout: expected one of ${c.stdoutOneOf.map(showLines).join(" or ")}, got ${showLines(shown.stdout)}`)
  }
  const error = shown.error
  if (c.error) {
    if (!error)
      found.push(`error: expected ${c.error.kind ?? "an error"} (${c.error.phase ?? "any phase"}), but the run ended without an error`)
    else {
      if (c.error.phase && c.error.phase !== error.phase)
        found.push(`error phase: expected ${c.error.phase}, got ${error.phase} (${error.kind}: ${error.message})`)
      if (c.error.kind && c.error.kind !== error.kind)
        found.push(`error kind: expected ${c.error.kind}, got ${error.kind} (${error.message})`)
      if (c.error.line && c.error.line !== error.line) found.push(`error line: expected ${c.error.line}, got ${error.line}`)
      if (c.error.column && c.error.column !== error.column) found.push(`error column: expected ${c.error.column}, got ${error.column}`)
      if (c.error.contains && !error.message.includes(c.error.contains))
        found.push(`error message: expected to contain ${JSON.stringify(c.error.contains)}, got ${JSON.stringify(error.message)}`)
      if ((c.error.phase === "parse" || c.error.phase === "check") && (shown.stdout.length > 0 || shown.calls > 0))
        found.push("something ran before the error")
    }
  } else if (error) found.push(`error: expected none, got ${error.kind} at ${error.line}:${error.column}: ${error.message}`)
  const number = (name: string, expected: number | undefined, got: number) => {
    if (expected !== undefined && expected !== got) found.push(`${name}: expected ${expected}, got ${got}`)
  }
  number("virtualMs", c.timing?.virtualMs, shown.virtualMs)
  number("maxInFlight", c.timing?.maxInFlight, shown.maxInFlight)
  number("calls", c.timing?.calls, shown.calls)
  number("tokens in", c.tokens?.in, shown.tokens.in)
  number("tokens out", c.tokens?.out, shown.tokens.out)
  return found
}

/** The most characters of output that a difference shows whole. */
const SHOWN_WHOLE = 400

/** Both outputs where they are short, else the first line in which they differ. */
function outputDifference(expected: readonly string[], got: readonly string[]): string {
  const [whole, other] = [JSON.stringify(expected), JSON.stringify(got)]
  if (whole.length + other.length <= SHOWN_WHOLE) return `stdout: expected ${whole}, got ${other}`
  const longest = Math.max(expected.length, got.length)
  let at = 0
  while (at < longest && expected[at] === got[at]) at++
  return `stdout: line ${at + 1}: expected ${showLine(expected[at])}, got ${showLine(got[at])}; ${expected.length} lines expected, ${got.length} got`
}

function showLines(lines: readonly string[]): string {
  return cut(JSON.stringify(lines))
}

function showLine(line: string | undefined): string {
  return line === undefined ? "no more lines" : cut(JSON.stringify(line))
}

function cut(text: string): string {
  return text.length > SHOWN_WHOLE ? `${text.slice(0, SHOWN_WHOLE)}…` : text
}
