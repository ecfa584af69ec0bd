// Whether a value is a conformance case: every key known and of its type, so that a slip of the pen cannot claim nothing.
// Used by `parseCase`; the format is told in README.md beside the cases.
import { rulesProblem } from "../models/script-check.ts"

/** Says what is wrong with a value; null if nothing is. `at` is its path in the case, such as `error.line`. */
type Check = (value: unknown, at: string) => string | null

/** What is wrong with a value that should be a case, as a sentence that says what was found and what is expected; null if nothing is. */
export function caseProblem(value: unknown): string | null {
  if (!isObject(value)) return `a case is an object, found ${found(value)}`
  for (const [key, part] of Object.entries(value)) {
    const check = Object.hasOwn(CASE_KEYS, key) ? CASE_KEYS[key] : undefined
    if (!check) return `a case has no key "${key}"; the keys are ${Object.keys(CASE_KEYS).join(", ")}`
    const problem = check(part, key)
    if (problem) return problem
  }
  return null
}

/** Whether a JSON value looks as if a case was meant: any file of JSON may lie about in a folder. */
export function meansCase(value: unknown): boolean {
  return isObject(value) && SHOWN_KEYS.some((key) => Object.hasOwn(value, key))
}

/** The keys that only a case has, because they say what a run shows. */
const SHOWN_KEYS = ["stdout", "stdoutOneOf", "error", "timing", "tokens"]

const text: Check = (value, at) => (typeof value === "string" ? null : `"${at}" should be a text, found ${found(value)}`)

const line: Check = (value, at) =>
  typeof value === "string" && !value.includes("\n") ? null : `"${at}" should be a text of one line, found ${found(value)}`

const lines: Check = (value, at) =>
  Array.isArray(value) ? first(value.map((one, i) => line(one, `${at}[${i}]`))) : `"${at}" should be a list of lines, found ${found(value)}`

function whole(min: number): Check {
  return (value, at) =>
    Number.isSafeInteger(value) && (value as number) >= min
      ? null
      : `"${at}" should be a whole number from ${min} on, found ${found(value)}`
}

const milliseconds: Check = (value, at) =>
  typeof value === "number" && value >= 0 ? null : `"${at}" should be milliseconds, found ${found(value)}`

function oneOf(...words: string[]): Check {
  return (value, at) =>
    words.includes(value as string) ? null : `"${at}" should be ${words.slice(0, -1).join(", ")} or ${words.at(-1)}, found ${found(value)}`
}

/** An object with no other keys than these. */
function object(keys: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    const names = Object.keys(keys)
    if (!isObject(value)) return `"${at}" should be an object with ${names.join(", ")}, found ${found(value)}`
    for (const [key, part] of Object.entries(value)) {
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined
      if (!check) return `"${at}" has no key "${key}"; the keys are ${names.join(", ")}`
      const problem = check(part, `${at}.${key}`)
      if (problem) return problem
    }
    return null
  }
}

const CASE_KEYS: Readonly<Record<string, Check>> = {
  title: line,
  basis: text,
  model: (value) => {
    const problem = rulesProblem(value)
    return problem ? `"model": ${problem}` : null
  },
  stdin: lines,
  files: (value, at) =>
    isObject(value)
      ? first(Object.entries(value).map(([path, content]) => text(content, `${at}.${path}`)))
      : `"${at}" should be an object of texts by path, found ${found(value)}`,
  stdout: lines,
  stdoutOneOf: (value, at) =>
    Array.isArray(value) && value.length > 0
      ? first(value.map((one, i) => lines(one, `${at}[${i}]`)))
      : `"${at}" should be a list of outputs, each a list of lines, found ${found(value)}`,
  error: object({ phase: oneOf("parse", "check", "run"), kind: text, line: whole(1), column: whole(1), contains: text }),
  timing: object({ virtualMs: milliseconds, maxInFlight: whole(0), calls: whole(0) }),
  tokens: object({ in: whole(0), out: whole(0) }),
  options: object({ maxParallel: whole(1), maxRetries: whole(0) }),
}

function first(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function found(value: unknown): string {
  const shown = JSON.stringify(value)
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
}
