// Inputs of a run that the command line takes as text besides files: limits, variables, the start date. A wrong one is a Usage
// that says what was found and what is taken.
import { DEFAULT_LIMITS, type LimitName, type Limits, limitAmount } from "../kernel/limits.ts"
import { limitsOf, type RunInputs } from "../session/inputs.ts"
import { Usage } from "./usage.ts"

const MOST = 2 ** 53 - 1
/** Frames are the machine's own, but each takes memory. */
const MOST_DEPTH = 1_000_000

const NAMES = Object.keys(DEFAULT_LIMITS) as (keyof Limits)[]

/** The limits and what they are by default, for the help. */
export const LIMITS_HELP = NAMES.map(
  (name) =>
    `  ${`${name}=${DEFAULT_LIMITS[name]}`.padEnd(26)}${name === "depth" ? "nested calls of one task" : limitAmount(name, DEFAULT_LIMITS[name])}`,
).join("\n")

/** `steps=400000000,tasks=1000` as limits. */
export function limitsFrom(text: string | undefined): Partial<Limits> {
  const limits: Partial<Record<keyof Limits, number>> = {}
  for (const pair of text === undefined ? [] : text.split(",")) {
    const [name = "", value, ...rest] = pair.trim().split("=")
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new Usage(`--limit: there is no limit "${name}"; the limits are ${NAMES.join(", ")}`)
    const most = name === "depth" ? MOST_DEPTH : MOST
    const number = Number(value)
    if (value === undefined || rest.length > 0 || !/^\d+$/.test(value) || number < 1 || number > most)
      throw new Usage(`--limit: ${name} takes a whole number from 1 to ${most}, got "${pair.trim().slice(name.length + 1)}"`)
    limits[name as keyof Limits] = number
  }
  return limits
}

/** What to type to go on after a limit: twice as much, as the page's button offers. */
export function raisedLimitHint(limit: LimitName, inputs: Pick<RunInputs, "limits">): string {
  const max = Math.min(MOST, limitsOf(inputs)[limit] * 2)
  return `counterpoint: to continue up to ${limitAmount(limit, max)}, run it with --limit ${limit}=${max}`
}

/** `NAME=VALUE` texts as variables; a later one counts. */
export function variablesFrom(texts: readonly string[]): Record<string, string> {
  const variables: [string, string][] = texts.map((text) => {
    const at = text.indexOf("=")
    if (at < 1 || !/^[A-Za-z_]\w*$/.test(text.slice(0, at))) throw new Usage(`--var takes NAME=VALUE, got "${text}"`)
    return [text.slice(0, at), text.slice(at + 1)]
  })
  return Object.fromEntries(variables)
}

/** A date as milliseconds since 1970; without a time midnight, always in UTC. */
export function startFrom(text: string | undefined): number | null {
  if (text === undefined) return null
  const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z)?$/
  const ms = shape.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw new Usage(`--start takes a date such as 2026-01-01 or 2026-01-01T09:30:00Z, got "${text}"`)
  return ms
}
