// The print form of values (SPEC 3.5): one function for print, str, f-strings and join. Deterministic and finite: floats
// are written without exponents by our own code, dict keys are sorted by code point, and what is deeper than the limit
// (a value that contains itself) becomes `...`.
import { LimitReached } from "../../../kernel/limits.ts"
import type { Jade } from "./jade.ts"
import {
  Arr,
  Builtin,
  Bytes,
  Char,
  Closure,
  Dict,
  Float,
  Fn,
  FutureValue,
  Grammar,
  Method,
  Module,
  Prompt,
  Stream,
  Struct,
  StructType,
  TypeValue,
} from "./values.ts"

const MAX_DEPTH = 64
/** A self-containing value of several branches would double at each level: printing ends here. */
const MAX_PRINTED_NODES = 200_000

export function printForm(value: unknown): string {
  return render(value, 0, { nodes: 0, units: 0, enough: Number.POSITIVE_INFINITY })
}

/** Print forms one behind the other, with a separator between them; ends the run where they grow past the limit of values. */
export function joinedForms(jade: Jade, values: readonly unknown[], separator: string, site = -1): string {
  const forms: string[] = []
  let units = 0
  for (const value of values) {
    const form = printForm(value)
    units += form.length + separator.length
    if (units > LONG_TEXT) jade.allowLength(units, site)
    forms.push(form)
  }
  return forms.join(separator)
}

/** Up to this length nothing is asked. */
const LONG_TEXT = 65_536

/** The beginning of the print form, at most so many characters: long values are not rendered whole. */
export function previewForm(value: unknown, characters: number): string {
  const points = [...render(value, 0, { nodes: 0, units: 0, enough: 2 * characters }).slice(0, 4 * characters)]
  return points.length > characters ? `${points.slice(0, characters).join("")} …` : points.join("")
}

interface Count {
  nodes: number
  units: number
  /** Elements beyond so many units are left out. */
  readonly enough: number
}

/** Longer texts than this are not put together; the run ends as for any other use of too many bytes. */
const MAX_UNITS = 100_000_000

function render(value: unknown, depth: number, count: Count): string {
  switch (typeof value) {
    case "string":
      count.units += value.length
      if (count.units > MAX_UNITS) throw new LimitReached("valueBytes", 2 * MAX_UNITS)
      return value
    case "number":
    case "bigint":
    case "boolean":
      count.units += 4
      return String(value)
  }
  if (value === null || value === undefined) return "nil"
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof Char) return value.text
  if (value instanceof Arr || value instanceof Stream || value instanceof Dict) {
    if (depth >= MAX_DEPTH || ++count.nodes > MAX_PRINTED_NODES) return "..."
    return value instanceof Dict ? renderDict(value, depth + 1, count) : renderItems(value.items, depth + 1, count)
  }
  if (value instanceof Struct) return "<struct>"
  if (value instanceof Fn || value instanceof Closure) return "<fn>"
  if (value instanceof Method) return "<bound method>"
  if (value instanceof Builtin) return value.entry.native ? "<native fn>" : `<builtin ${value.entry.shortName}>`
  if (value instanceof TypeValue || value instanceof StructType) return `<type ${value.name}>`
  if (value instanceof Prompt) return "<prompt>"
  if (value instanceof Grammar) return "<grammar>"
  if (value instanceof FutureValue) return "<future>"
  if (value instanceof Bytes) return bytesText(value.data)
  return value instanceof Module ? `<module ${value.name}>` : "<internal>"
}

function renderItems(items: readonly unknown[], depth: number, count: Count): string {
  const parts: string[] = []
  for (const item of items) {
    if (count.units > count.enough) return `[${parts.join(", ")}, …`
    count.units += 2
    parts.push(render(item, depth, count))
  }
  return `[${parts.join(", ")}]`
}

function renderDict(dict: Dict, depth: number, count: Count): string {
  const parts: string[] = []
  for (const key of sortedKeys(dict.map)) {
    if (count.units > count.enough) return `{${parts.join(", ")}, …`
    count.units += key.length + 4
    parts.push(`${quoted(key)}: ${render(dict.map.get(key), depth, count)}`)
  }
  return `{${parts.join(", ")}}`
}

/** What the REPL echoes: as printed, a str in quotes. */
export function echoForm(value: unknown): string {
  return typeof value === "string" ? quoted(value) : value instanceof Char ? quoted(value.text) : printForm(value)
}

/** Keys by code point. */
export function sortedKeys(map: ReadonlyMap<string, unknown>): string[] {
  return [...map.keys()].sort(compareText)
}

/** Order of two texts by code point (not by UTF-16 unit). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const xSurrogate = x >= 0xd800 && x <= 0xdfff
    const ySurrogate = y >= 0xd800 && y <= 0xdfff
    if (xSurrogate !== ySurrogate) return (xSurrogate ? x + 0x10000 : x) < (ySurrogate ? y + 0x10000 : y) ? -1 : 1
    return x < y ? -1 : 1
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1
}

export function quoted(text: string): string {
  let out = '"'
  for (const char of text) {
    if (char === "\\" || char === '"') out += `\\${char}`
    else if (char === "\n") out += "\\n"
    else if (char === "\t") out += "\\t"
    else if (char === "\r") out += "\\r"
    else out += char
  }
  return `${out}"`
}

/** The shortest decimal that reads back as the same double, never with an exponent; integral values end in `.0`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "NaN"
  if (value === Number.POSITIVE_INFINITY) return "inf"
  if (value === Number.NEGATIVE_INFINITY) return "-inf"
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0"
  const text = withoutExponent(String(value))
  return text.includes(".") ? text : `${text}.0`
}

function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!match) return text
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponentText)
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

const NAMED_BYTES: Record<number, string> = { 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\" }

function bytesText(data: Uint8Array): string {
  let out = 'b"'
  for (const byte of data) {
    const named = NAMED_BYTES[byte]
    if (named) out += named
    else out += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`
  }
  return `${out}"`
}
