// Values as text: what `print` shows (SPEC 5.3), compact JSON as interpolation and `toString` use it, and JSON read. Walks
// are bounded: values nested deeper than people look, or into themselves, are an error of the program, and a value that holds
// one other many times over, level by level, ends at the longest text there may be.
import { Fault } from "../../../engine/fault.ts"
import { LimitReached } from "../../../kernel/limits.ts"
import { limitedItems, MAX_TEXT_UNITS } from "./sizes.ts"
import { ErrorValue, FunctionValue, isObject, isOwn, KEY_TEXT, KeyMark, ModelValue, newObject, PendingValue, ToolValue } from "./values.ts"

const MAX_DEPTH = 1_000

function tooDeep(site: number): never {
  throw new Fault("RuntimeError", `a value is nested more than ${MAX_DEPTH} levels deep (or contains itself)`, site)
}

/** What a piece counts besides its length: its share of brackets, separators and our work. */
const PIECE_UNITS = 8

/** How much of a text there is so far. */
class Measure {
  private units = 0

  constructor(private readonly site: number) {}

  /** Adds a piece and gives it back. */
  add(piece: string): string {
    this.units += piece.length + PIECE_UNITS
    if (this.units > MAX_TEXT_UNITS) throw new LimitReached("valueBytes", MAX_TEXT_UNITS, this.site)
    return piece
  }
}

/** The printed form of a value. */
export function printed(value: unknown, site = -1): string {
  return typeof value === "string" ? value : shown(value, "", 0, site, new Measure(site))
}

function shown(value: unknown, indent: string, depth: number, site: number, measure: Measure): string {
  if (depth > MAX_DEPTH) tooDeep(site)
  if (Array.isArray(value)) return shownArray(value, indent, depth, site, measure)
  if (!isObject(value)) return measure.add(typeof value === "string" ? JSON.stringify(value) : scalar(value))
  const keys = Object.keys(value)
  if (keys.length === 0) return "{}"
  const inner = `${indent}  `
  const lines = keys.map(
    (key) =>
      `${measure.add(inner)}${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${shown(value[key], inner, depth + 1, site, measure)},\n`,
  )
  return `{\n${lines.join("")}${indent}}`
}

function shownArray(list: readonly unknown[], indent: string, depth: number, site: number, measure: Measure): string {
  if (list.length === 0) return measure.add("[]")
  limitedItems(list.length, site)
  const inner = `${indent}  `
  const nested = list.some((it) => typeof it === "object" && it !== null && (Array.isArray(it) || isObject(it)))
  const items: string[] = []
  for (const item of list) items.push(shown(item, nested ? inner : indent, depth + 1, site, measure))
  return nested ? `[\n${measure.add(inner)}${items.join(", ")}\n${indent}]` : `[ ${items.join(", ")} ]`
}

/** Anything that is no text, array or object. */
export function scalar(value: unknown): string {
  if (value instanceof ErrorValue) return "null"
  if (value instanceof FunctionValue) return `[function ${value.name}]`
  if (value instanceof ModelValue) return `[model ${value.name}]`
  if (value instanceof ToolValue) return `[tool ${value.name}]`
  if (value instanceof KeyMark) return KEY_TEXT
  // Only the code of a ts block can have put these into an array or object of the program's.
  if (typeof value === "function" || typeof value === "symbol") return `[${typeof value}]`
  return String(value)
}

/** Compact JSON as `JSON.stringify` writes it; with `step`, over lines. undefined for what has no JSON. */
export function jsonText(value: unknown, site = -1, step = ""): string | undefined {
  return json(value, step, "", 0, site, new Measure(site))
}

function json(value: unknown, step: string, indent: string, depth: number, site: number, measure: Measure): string | undefined {
  if (depth > MAX_DEPTH) tooDeep(site)
  if (value === null || value instanceof ErrorValue) return measure.add("null")
  if (typeof value === "string") return measure.add(JSON.stringify(value))
  if (typeof value === "number") return measure.add(Number.isFinite(value) ? String(value === 0 ? 0 : value) : "null")
  if (typeof value === "boolean") return measure.add(String(value))
  const inner = indent + step
  const wrap = (open: string, items: string[], close: string) => {
    if (items.length === 0) return open + close
    return step ? `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}` : `${open}${items.join(",")}${close}`
  }
  if (Array.isArray(value)) {
    // By index: an array with placeholders has no iterator; the model's context may show one, pending elements left out.
    const items: string[] = []
    limitedItems(value.length, site)
    for (let i = 0; i < value.length; i++) {
      if (!(value[i] instanceof PendingValue)) items.push(json(value[i], step, inner, depth + 1, site, measure) ?? "null")
    }
    return wrap("[", items, "]")
  }
  if (typeof value === "bigint") return measure.add(String(value))
  if (!isObject(value)) {
    const isNone = value === undefined || value instanceof FunctionValue || typeof value === "function" || typeof value === "symbol"
    return isNone ? undefined : measure.add(JSON.stringify(scalar(value)))
  }
  const items: string[] = []
  for (const key of Object.keys(value)) {
    const text = json(value[key], step, inner, depth + 1, site, measure)
    if (text !== undefined) items.push(`${measure.add(JSON.stringify(key))}:${step ? " " : ""}${text}`)
  }
  return wrap("{", items, "}")
}

/** What stands in a text for `{name}`: texts as they are, objects and arrays as JSON, null as `null`. */
export function slotText(value: unknown, site: number): string {
  if (typeof value === "string") return value
  if (Array.isArray(value) || isObject(value)) return jsonText(value, site) ?? ""
  return scalar(value)
}

/** JavaScript's `String` for values of Vibe: what `+` and prompts make of them. */
export function plainText(value: unknown, site: number, depth = 0, measure = new Measure(site)): string {
  if (depth > MAX_DEPTH) tooDeep(site)
  if (typeof value === "string") return measure.add(value)
  measure.add("")
  if (Array.isArray(value))
    return (
      limitedItems(value.length, site) &&
      value.map((it) => (it === null || it === undefined ? "" : plainText(it, site, depth + 1, measure))).join(",")
    )
  return isObject(value) ? "[object Object]" : scalar(value)
}

/** A JSON text's value with objects of ours; undefined where the text is no JSON. */
export function readJson(source: string): { readonly value: unknown } | undefined {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    return undefined
  }
  return adopted(value)
}

interface DateLike {
  toISOString(): unknown
  getTime(): unknown
}

function isDateLike(it: object): it is DateLike {
  const { toISOString, getTime } = it as { toISOString?: unknown; getTime?: unknown }
  return typeof toISOString === "function" && typeof getTime === "function"
}

/**
 * The value as one of Vibe: objects get no prototype, whatever has no counterpart becomes text or null. Arrays and objects
 * of ours are kept as they are, so that references stay. undefined where it nests too deeply.
 */
export function adopted(value: unknown): { readonly value: unknown } | undefined {
  return taken(value, null)
}

/**
 * The same for a value that is only shown and goes on being the code's: nothing in it is touched, an error is told by
 * `errorText`, maps and sets show what they hold.
 */
export function shownCopy(value: unknown, errorText: (error: Error) => string): { readonly value: unknown } | undefined {
  return taken(value, errorText)
}

function taken(value: unknown, errorText: ((error: Error) => string) | null): { readonly value: unknown } | undefined {
  const seen = new Map<object, unknown>()
  let fits = true
  const walk = (it: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH) {
      fits = false
      return null
    }
    if (typeof it === "bigint") return Number(it)
    if (typeof it === "function" || typeof it === "symbol") return errorText ? it : null
    if (typeof it !== "object" || it === null) return it
    const known = seen.get(it)
    if (known !== undefined) return known
    if (Array.isArray(it)) {
      limitedItems(it.length)
      if (errorText || Object.isFrozen(it)) return copied(it, depth, it)
      seen.set(it, it)
      for (let i = 0; i < it.length; i++) it[i] = walk(it[i], depth + 1)
      return it
    }
    if (isOwn(it)) return it
    // An invalid date has no text.
    if (isDateLike(it)) return Number.isNaN(it.getTime()) ? null : String(it.toISOString())
    if (errorText && it instanceof Error) return errorText(it)
    if (errorText && (it instanceof Map || it instanceof Set)) return copied([...it], depth, it)
    const bare = !errorText && Object.getPrototypeOf(it) === null && !Object.isFrozen(it)
    const target = bare ? (it as Record<string, unknown>) : newObject()
    seen.set(it, target)
    for (const key of Object.keys(it)) target[key] = walk((it as Record<string, unknown>)[key], depth + 1)
    return target
  }
  const copied = (list: readonly unknown[], depth: number, of: object): unknown[] => {
    const copy: unknown[] = []
    seen.set(of, copy)
    for (const item of list) copy.push(walk(item, depth + 1))
    return copy
  }
  const result = walk(value, 0)
  return fits ? { value: result } : undefined
}
