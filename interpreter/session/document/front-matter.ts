// The options of a document: what its front matter may say, checked key by key. A wrong value is a problem with its line
// and a reason, and the option keeps its default; an unknown key is left alone (other tools have theirs).
import { isMap, isScalar, LineCounter, parseDocument as parseYaml } from "yaml"
import { dialProblem } from "../../models/dials.ts"
import { parseDials } from "../../models/presets.ts"
import { isRetries, MOST_RETRIES } from "../../models/retries.ts"
import type { ModelDials, ModelRule } from "../../models/script.ts"
import { rulesProblem } from "../../models/script-check.ts"
import { aliasProblem, yamlProblems } from "./yaml-errors.ts"

export { rulesProblem }

export interface DocumentOptions {
  readonly title: string | null
  readonly seed: number | null
  readonly maxParallel: number | null
  readonly maxRetries: number | null
  readonly rules: readonly ModelRule[]
  readonly dials: Partial<ModelDials>
  readonly files: Readonly<Record<string, string>>
  readonly input: readonly string[]
}

export interface FrontMatterProblem {
  /** 1-based, in the document. */
  readonly line: number
  readonly message: string
}

const NOTHING: DocumentOptions = {
  title: null,
  seed: null,
  maxParallel: null,
  maxRetries: null,
  rules: [],
  dials: {},
  files: {},
  input: [],
}
const MAX_ALIASES = 20

/** Reads the YAML of a front matter that begins on the document's first line. Never throws. */
export function readFrontMatter(yaml: string): { options: DocumentOptions; problems: FrontMatterProblem[] } {
  const lines = new LineCounter()
  const document = parseYaml(yaml, { lineCounter: lines, prettyErrors: false })
  const problems: FrontMatterProblem[] = yamlProblems(document, yaml, lines).map(({ line, message }) => ({ line: line + 1, message }))
  if (problems.length > 0) return { options: NOTHING, problems }
  if (document.contents === null) return { options: NOTHING, problems }
  if (!isMap(document.contents))
    return {
      options: NOTHING,
      problems: [{ line: 2, message: "found a front matter without keys; expected keys and values, such as `title: My page`" }],
    }

  let options = NOTHING
  for (const pair of document.contents.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : ""
    const reader = Object.hasOwn(READERS, key) ? READERS[key as keyof typeof READERS] : undefined
    if (!reader) continue
    const offset = isScalar(pair.key) && pair.key.range ? pair.key.range[0] : 0
    let value: unknown
    try {
      const node = pair.value as { toJS?: (doc: typeof document, options: { maxAliasCount: number }) => unknown } | null
      value = node?.toJS ? node.toJS(document, { maxAliasCount: MAX_ALIASES }) : null
    } catch (problem) {
      problems.push({ line: lines.linePos(offset).line + 1, message: `${key}: ${aliasProblem(problem, MAX_ALIASES)}` })
      continue
    }
    const read = reader(value)
    if (typeof read === "string") problems.push({ line: lines.linePos(offset).line + 1, message: `${key}: ${read}` })
    else options = { ...options, ...read }
  }
  return { options, problems }
}

/** A key of the front matter that is an option of ours. */
export type OptionName = keyof typeof READERS

/** Whether the reader takes this value for this option. */
export const isOptionValue = (name: OptionName, value: unknown): boolean => typeof READERS[name](value) !== "string"

/** Gives the option, or a sentence that says what is wrong with the value. */
type Reader = (value: unknown) => Partial<DocumentOptions> | string

const READERS: Readonly<Record<"title" | "seed" | "maxParallel" | "maxRetries" | "model" | "dials" | "files" | "input", Reader>> = {
  title: (value) => (typeof value === "string" ? { title: value } : "a title is a text"),
  seed: (value) => (isWhole(value, 0, Number.MAX_SAFE_INTEGER) ? { seed: value } : "a seed is a whole number from 0"),
  maxParallel: (value) => (isWhole(value, 1, 10_000) ? { maxParallel: value } : "a limit is a whole number from 1 to 10000"),
  maxRetries: (value) => (isRetries(value) ? { maxRetries: value } : `a number of retries is a whole number from 0 to ${MOST_RETRIES}`),
  model: (value) => {
    const problem = rulesProblem(value)
    return problem ?? { rules: value as ModelRule[] }
  },
  dials: (value) => {
    if (typeof value === "string") {
      const dials = parseDials(value)
      return typeof dials === "string" ? dials : { dials }
    }
    if (!isObject(value)) return "dials are keys and numbers, or the name of a preset"
    for (const [name, dial] of Object.entries(value)) {
      const problem = dialProblem(name, dial)
      if (problem) return problem
    }
    return { dials: value as Partial<ModelDials> }
  },
  files: (value) =>
    isObject(value) && Object.values(value).every((text) => typeof text === "string")
      ? { files: value as Record<string, string> }
      : "files are paths with their texts",
  input: (value) =>
    Array.isArray(value) && value.every((line) => typeof line === "string") ? { input: value } : "input is a list of lines",
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
}
