// A conformance case: a program and what running it must show. Read by the runner and by tests; the format is told in
// README.md beside the cases.
import type { ModelRule } from "../models/script.ts"
import { PLAIN_DIALS } from "../models/script.ts"
import { inputsOf } from "../session/defaults.ts"
import type { RunInputs } from "../session/inputs.ts"

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
  readonly options?: { readonly maxParallel?: number }
}

const KEYS = new Set(["title", "basis", "model", "stdin", "files", "stdout", "stdoutOneOf", "error", "timing", "tokens", "options"])

/** Reads a case; throws a sentence for a text that is none. */
export function parseCase(text: string): Case {
  const value: unknown = JSON.parse(text)
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("a case is a JSON object")
  for (const key of Object.keys(value)) if (!KEYS.has(key)) throw new Error(`a case has no key "${key}"`)
  return value as Case
}

/** The inputs with which a case runs: no responder, plain dials, its own input and files. */
export function inputsOfCase(language: string, path: string, program: string, c: Case): RunInputs {
  return inputsOf(language, path, program, {
    files: c.files ?? {},
    model: { rules: c.model ?? [], otherwise: "error", dials: PLAIN_DIALS, live: false },
    maxParallel: c.options?.maxParallel ?? 0,
    inputLines: c.stdin ?? [],
  })
}

/** What a run showed, as far as cases speak of it. */
export interface Shown {
  readonly outcome: string
  readonly stdout: readonly string[]
  readonly virtualMs: number
  readonly maxInFlight: number
  readonly calls: number
  readonly tokens: { readonly in: number; readonly out: number }
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
  const show = (lines: readonly string[]) => JSON.stringify(lines)
  if (c.stdout && show(c.stdout) !== show(shown.stdout)) found.push(`stdout: expected ${show(c.stdout)}, got ${show(shown.stdout)}`)
  if (c.stdoutOneOf && !c.stdoutOneOf.some((lines) => show(lines) === show(shown.stdout))) {
    found.push(`stdout: expected one of ${c.stdoutOneOf.map(show).join(" ")}, got ${show(shown.stdout)}`)
  }
  const error = shown.error
  if (c.error) {
    if (!error) found.push(`error: expected ${c.error.kind ?? "an error"} (${c.error.phase ?? "any phase"}), but the run ended normally`)
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
