// From a model's reply to a value of the asked type (SPEC 15.4): which replies fit, the JSON region of a reply, and what is
// said in a correction. Pure; ask.ts sends and retries.
import { parseJson } from "./json.ts"
import { trim } from "./text.ts"
import { Arr, Char, Dict, Float, intOf, Prompt, Struct, type StructType } from "./values.ts"

/** What a typed dereference asks for. */
export type Target = { readonly k: "type"; readonly name: string } | { readonly k: "struct"; readonly type: StructType }

/** A fitting reply, or why it does not fit. Fields of a struct that take their default are undefined. */
export type Coerced = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string }

const no = (why: string): Coerced => ({ ok: false, why })
const yes = (value: unknown): Coerced => ({ ok: true, value })

export function coerce(reply: string, target: Target): Coerced {
  const text = trim(reply)
  if (target.k === "struct") return structOf(text, target.type)
  switch (target.name) {
    case "int": {
      const int = /^[+-]?\d+$/.test(text) ? intOf(BigInt(text.replace(/^\+/, ""))) : undefined
      return int === undefined ? no("it is no integer") : yes(int)
    }
    case "float":
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? yes(new Float(Number(text))) : no("it is no decimal number")
    case "bool": {
      const lower = text.toLowerCase()
      return lower === "true" ? yes(true) : lower === "false" ? yes(false) : no("it is neither true nor false")
    }
    case "char":
      return [...text].length === 1 ? yes(Char.of(text)) : no("it is not exactly one character")
    case "array":
    case "dict": {
      const value = jsonIn(text)
      const wanted = target.name === "array" ? value instanceof Arr : value instanceof Dict
      if (!wanted) return no(`there is no JSON ${target.name === "array" ? "array" : "object"} in it`)
      return holdsNull(value) ? no("it holds null") : yes(value)
    }
    default:
      return yes(text)
  }
}

/** The fields of an instance in order of declaration; undefined where the default must be evaluated. */
function structOf(text: string, type: StructType): Coerced {
  const json = jsonIn(text)
  if (!(json instanceof Dict)) return no("there is no JSON object in it")
  const values: unknown[] = []
  for (const field of type.fields) {
    if (!json.map.has(field.name)) {
      if (!field.initial) return no(`the field ${field.name} is missing`)
      values.push(undefined)
      continue
    }
    const value = json.map.get(field.name)
    if (holdsNull(value)) return no(`the field ${field.name} holds null`)
    if (!field.prompt) values.push(value)
    else if (typeof value === "string") values.push(new Prompt(value))
    else return no(`the field ${field.name} must be a string`)
  }
  return yes(new Struct(type, values))
}

function holdsNull(value: unknown): boolean {
  if (value === null) return true
  if (value instanceof Arr) return value.items.some(holdsNull)
  return value instanceof Dict && [...value.map.values()].some(holdsNull)
}

/** The first JSON object or array in a text; undefined if there is none. Repairs bare keys and commas between digits. */
export function jsonIn(reply: string): unknown {
  const fence = /```(?:json|JSON)?\s*\n?([\s\S]*?)```/.exec(reply)
  const texts = fence?.[1] === undefined ? [reply] : [fence[1], reply]
  for (const text of texts) {
    for (const region of regions(text)) {
      for (const repaired of [region, quoteBareKeys(region), dropDigitCommas(quoteBareKeys(region))]) {
        const value = tryJson(repaired)
        if (value !== undefined) return value
      }
    }
  }
  return undefined
}

function tryJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

const MAX_REGIONS = 50

/** Stretches from an opening bracket to the closing one that balances it. */
function* regions(text: string): Generator<string> {
  let count = 0
  for (let from = 0; from < text.length && count < MAX_REGIONS; from++) {
    const opener = text.charAt(from)
    if (opener !== "{" && opener !== "[") continue
    count++
    const to = closingOf(text, from)
    if (to > from) yield text.slice(from, to)
  }
}

function closingOf(text: string, from: number): number {
  let depth = 0
  let inString = false
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at)
    if (inString) {
      if (char === "\\") at++
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === "{" || char === "[") depth++
    else if ((char === "}" || char === "]") && --depth === 0) return at + 1
  }
  return -1
}

function quoteBareKeys(text: string): string {
  return text.replace(/([{,]\s*)([A-Za-z_][A-Za-z0-9_]*)(\s*:)/g, '$1"$2"$3')
}

function dropDigitCommas(text: string): string {
  return text.replace(/(\d),(?=\d{3}(?:\D|$))/g, "$1")
}

/** What the expected form is called in a correction, with an example. */
export function expectation(target: Target): { readonly form: string; readonly example: string } {
  if (target.k === "struct") {
    const fields = target.type.fields.map((field) => `"${field.name}": ${field.prompt ? '"text"' : "…"}`)
    const required = target.type.fields.filter((field) => !field.initial).map((field) => field.name)
    const needs = required.length > 0 ? ` with the fields ${required.join(", ")}` : ""
    return { form: `one JSON object${needs}`, example: `{${fields.join(", ")}}` }
  }
  return EXPECTATIONS[target.name] ?? { form: "plain text", example: "hello" }
}

const EXPECTATIONS: Readonly<Record<string, { readonly form: string; readonly example: string }>> = {
  int: { form: "a decimal integer and nothing else", example: "42" },
  float: { form: "a decimal number and nothing else", example: "3.14" },
  bool: { form: "true or false and nothing else", example: "true" },
  char: { form: "exactly one character", example: "a" },
  array: { form: "one JSON array without null", example: "[1, 2, 3]" },
  dict: { form: "one JSON object without null", example: '{"key": 1}' },
}

/** The name of the target as messages say it. */
export function targetName(target: Target): string {
  return target.k === "struct" ? target.type.name : target.name
}
