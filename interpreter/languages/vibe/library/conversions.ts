// Validation and conversion: of values for declared types (SPEC 4.1), for the type a variable took from its first value,
// and of what a model answered (SPEC 8.5). Error values and null pass everywhere.
import { Fault } from "../../../engine/fault.ts"
import type { AnswerShape } from "../../../models/request.ts"
import { limitedItems } from "./sizes.ts"
import { readJson } from "./texts.ts"
import { Answered, ErrorValue, isObject, KeyMark, kindWord, newObject, PendingValue, property, type VibeObject } from "./values.ts"

const EXPECTED: Readonly<Record<string, string>> = { text: "text (string)", json: "json (object)" }

/** The value as one of `type`; faults name what `what` is ("Variable 'x'"). */
export function convert(value: unknown, type: string, name: string, site: number): unknown {
  if (value instanceof Answered) return new Answered(convert(value.value, type, name, site), value.toolCalls)
  if (value === undefined || value === null) return null
  if (value instanceof ErrorValue) return value
  const refuse = (problem: string): never => {
    throw new Fault("RuntimeError", `Variable '${name}': ${problem}`, site)
  }
  const wrong = () => refuse(`expected ${EXPECTED[type] ?? (type.endsWith("[]") ? `${type} (array)` : type)}, got ${kindWord(value)}`)
  switch (type) {
    case "text":
      return typeof value === "string" || value instanceof KeyMark ? value : wrong()
    case "number":
      if (typeof value !== "number") return wrong()
      return Number.isFinite(value) ? value : refuse(`number must be finite, got ${value}`)
    case "boolean":
      return typeof value === "boolean" ? value : wrong()
    case "json": {
      if (typeof value === "string") {
        const read = readJson(value)
        if (!read) return refuse("invalid JSON string")
        return convertRead(read.value, type, name, site)
      }
      return isObject(value) ? value : wrong()
    }
    case "text[]":
    case "number[]":
    case "boolean[]":
    case "json[]":
    case "prompt[]": {
      let list: unknown = value
      if (typeof value === "string") {
        const read = readJson(value)
        if (!read || !Array.isArray(read.value)) return refuse("invalid JSON array string")
        list = read.value
      }
      if (!Array.isArray(list)) return wrong()
      limitedItems(list.length, site)
      const element = type === "prompt[]" ? "text" : type.slice(0, -2)
      return list.map((item, i) => convert(item, element, `${name}[${i}]`, site))
    }
    default:
      return value
  }
}

function convertRead(value: unknown, type: string, name: string, site: number): unknown {
  if (typeof value === "string") throw new Fault("RuntimeError", `Variable '${name}': expected json (object), got string`, site)
  return convert(value, type, name, site)
}

/** The type that an untyped variable takes from a value; "" where it takes none. */
export function typeTag(value: unknown): string {
  if (value instanceof Answered) return typeTag(value.value)
  if (value instanceof PendingValue) return value.settled ? typeTag(value.value) : ""
  if (typeof value === "string" || value instanceof KeyMark) return "text"
  if (typeof value === "number") return "number"
  if (typeof value === "boolean") return "boolean"
  return Array.isArray(value) || isObject(value) ? "json" : ""
}

/** A later value of an untyped variable: of the type it began with (numbers need not be finite, json may be an array). */
export function retype(value: unknown, tag: string, name: string, site: number): unknown {
  if (value instanceof Answered) return new Answered(retype(value.value, tag, name, site), value.toolCalls)
  if (tag === "" || value === null || value === undefined || value instanceof ErrorValue) return value
  if (tag === "number" && typeof value === "number") return value
  if (tag === "json" && Array.isArray(value)) return value
  return convert(value, tag, name, site)
}

// ---- answers --------------------------------------------------------------------------------------------------------

export interface Field {
  readonly name: string
  readonly type: string
}

/** A reply's text as a value of `type`. */
export function answerOf(reply: string, type: string, site: number): unknown {
  return type === "text" || type === "prompt" ? reply : fieldOf(reply, { name: "value", type }, site)
}

/** A reply's text as an object with exactly these fields. */
export function answerFields(reply: string, fields: readonly Field[], site: number): VibeObject {
  const fail = (message: string): never => {
    throw new Fault("RuntimeError", message, site)
  }
  const read = readJson(unfenced(reply))
  if (!read || !isObject(read.value)) return fail(`Destructuring requires an object, got ${read ? kindWord(read.value) : "string"}`)
  const source = read.value
  for (const key of Object.keys(source)) {
    if (!fields.some((field) => field.name === key)) fail(`Unexpected field '${key}'. Expected: ${fields.map((it) => it.name).join(", ")}`)
  }
  const result = newObject()
  for (const field of fields) {
    const value = property(source, field.name)
    if (value === undefined) fail(`Missing field '${field.name}' (${field.type})`)
    result[field.name] = fieldOf(value, field, site)
  }
  return result
}

/** 0.2.11's conversions of what a model gives: numbers and booleans from text, JSON from text, then every element checked. */
function fieldOf(value: unknown, field: Field, site: number): unknown {
  const { name, type } = field
  const wrong = (got: unknown): never => {
    throw new Fault("RuntimeError", `Field '${name}' expected ${type}, got ${kindWord(got)}`, site)
  }
  switch (type) {
    case "text":
    case "prompt":
      return typeof value === "string" ? value : wrong(value)
    case "number": {
      const number = typeof value === "string" ? leadingNumber(value) : value
      return typeof number === "number" && Number.isFinite(number) ? number : wrong(value)
    }
    case "boolean": {
      const word = typeof value === "string" ? value.trim() : value
      return word === "true" || word === true ? true : word === "false" || word === false ? false : wrong(value)
    }
  }
  let read = value
  if (typeof value === "string") {
    const parsed = readJson(unfenced(value))
    if (!parsed) return wrong(value)
    read = parsed.value
  }
  if (type === "json") return isObject(read) ? read : wrong(read)
  if (!Array.isArray(read)) return wrong(read)
  const element = type.slice(0, -2)
  read.forEach((item, i) => {
    if (!fits(item, element)) {
      throw new Fault("RuntimeError", `Field '${name}' expected ${type} but element ${i} is ${kindWord(item)}`, site)
    }
  })
  return read
}

function fits(item: unknown, type: string): boolean {
  if (type.endsWith("[]")) return Array.isArray(item) && item.every((it) => fits(it, type.slice(0, -2)))
  if (type === "text" || type === "prompt") return typeof item === "string"
  if (type === "number") return typeof item === "number" && Number.isFinite(item)
  if (type === "boolean") return typeof item === "boolean"
  return isObject(item)
}

/** The number a text begins with, as `parseFloat` reads it. */
function leadingNumber(text: string): number {
  return Number.parseFloat(text)
}

/** The inside of a Markdown code fence, if a model put its JSON into one. */
function unfenced(text: string): string {
  const whole = text.trim()
  const firstLine = whole.indexOf("\n")
  if (firstLine < 0 || whole.length < 7 || !whole.endsWith("```") || !/^```[\w-]*\s*$/.test(whole.slice(0, Math.min(firstLine, 40))))
    return text
  return whole.slice(firstLine + 1, -3)
}

/** What a model should answer, for providers with structured answers. */
export function shapeOf(type: string): AnswerShape {
  if (type.endsWith("[]")) return { kind: "list", of: shapeOf(type.slice(0, -2)) }
  return type === "number" || type === "boolean" || type === "json" ? { kind: type } : { kind: "text" }
}
