// JSON of our own: reading keeps 64-bit integers and has our messages, writing knows Ard's values (section 17.9). The host's
// JSON is not used, since its numbers are doubles and its messages differ between hosts (design: the law).
import { Fault } from "../../../engine/fault.ts"
import { shortestText } from "./floats.ts"
import { fitsInt, wrapped } from "./integers.ts"
import { Behind, Handle, Member, Outcome, Some, type StructValue } from "./values.ts"

/** Outside data as `Dynamic` holds it. Integers are Ints; a number with fraction or exponent is a double. */
export type Dynamic = null | boolean | number | bigint | string | Dynamic[] | Map<string, Dynamic>

export class JsonError {
  constructor(readonly message: string) {}
}

const MAX_DEPTH = 1000

/** The data in a JSON text; throws a JsonError that says what was found where (offset in characters, from 1). */
export function readJson(text: string): Dynamic {
  const reader = new JsonReader(text)
  return reader.document()
}

class JsonReader {
  private at = 0
  private depth = 0
  constructor(private readonly text: string) {}

  document(): Dynamic {
    const value = this.value()
    this.blanks()
    if (this.at < this.text.length) this.fail("after top-level value")
    return value
  }

  private fail(where: string): never {
    if (this.at >= this.text.length) throw new JsonError("unexpected end of JSON input")
    const found = String.fromCodePoint(this.text.codePointAt(this.at) as number)
    throw new JsonError(`invalid character '${found}' ${where} (character ${this.at + 1})`)
  }

  private blanks(): void {
    for (;;) {
      const c = this.text.charCodeAt(this.at)
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return
      this.at++
    }
  }

  private value(): Dynamic {
    this.blanks()
    const c = this.text[this.at]
    if (c === "{") return this.object()
    if (c === "[") return this.array()
    if (c === '"') return this.string()
    if (c === "t") return this.word("true", true)
    if (c === "f") return this.word("false", false)
    if (c === "n") return this.word("null", null)
    if (c === "-" || (c !== undefined && c >= "0" && c <= "9")) return this.number()
    return this.fail("looking for beginning of value")
  }

  private word<T extends Dynamic>(word: string, value: T): T {
    for (const letter of word) {
      if (this.text[this.at] !== letter) this.fail(`in literal ${word}`)
      this.at++
    }
    return value
  }

  private number(): Dynamic {
    const match = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y
    match.lastIndex = this.at
    const found = match.exec(this.text)
    if (!found) {
      this.at++
      return this.fail("in numeric literal")
    }
    this.at += found[0].length
    if (/[0-9.eE]/.test(this.text[this.at] ?? "")) this.fail("in numeric literal")
    if (found[1] === undefined && found[2] === undefined && found[0].length <= 20) {
      const exact = BigInt(found[0])
      if (fitsInt(exact)) return wrapped(exact)
    }
    const value = Number(found[0])
    if (!Number.isFinite(value)) throw new JsonError(`number ${found[0].slice(0, 40)} is out of range`)
    return value
  }

  private string(): string {
    const parts: string[] = []
    let start = ++this.at
    for (;;) {
      const c = this.text.charCodeAt(this.at)
      if (c === 0x22) {
        parts.push(this.text.slice(start, this.at++))
        return parts.join("")
      }
      if (Number.isNaN(c) || c < 0x20) this.fail("in string literal")
      if (c !== 0x5c) {
        this.at++
        continue
      }
      parts.push(this.text.slice(start, this.at++))
      parts.push(this.escape())
      start = this.at
    }
  }

  private escape(): string {
    const c = this.text[this.at]
    const simple = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" } as const
    if (c === "u") {
      const digits = this.text.slice(this.at + 1, this.at + 5)
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail("in \\u hexadecimal character escape")
      this.at += 5
      return String.fromCharCode(Number(`0x${digits}`))
    }
    if (c === undefined || !Object.hasOwn(simple, c)) this.fail("in string escape code")
    this.at++
    return simple[c as keyof typeof simple]
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) throw new JsonError(`nested deeper than ${MAX_DEPTH}`)
    this.at++
    const value = read()
    this.depth--
    return value
  }

  private array(): Dynamic {
    return this.nested(() => {
      const items: Dynamic[] = []
      this.blanks()
      if (this.text[this.at] === "]") {
        this.at++
        return items
      }
      for (;;) {
        items.push(this.value())
        this.blanks()
        const c = this.text[this.at]
        if (c !== "," && c !== "]") this.fail("after array element")
        this.at++
        if (c === "]") return items
      }
    })
  }

  private object(): Dynamic {
    return this.nested(() => {
      const fields = new Map<string, Dynamic>()
      this.blanks()
      if (this.text[this.at] === "}") {
        this.at++
        return fields
      }
      for (;;) {
        this.blanks()
        if (this.text[this.at] !== '"') this.fail("looking for beginning of object key string")
        const key = this.string()
        this.blanks()
        if (this.text[this.at] !== ":") this.fail("after object key")
        this.at++
        fields.set(key, this.value())
        this.blanks()
        const c = this.text[this.at]
        if (c !== "," && c !== "}") this.fail("after object key:value pair")
        this.at++
        if (c === "}") return fields
      }
    })
  }
}

/** A text as a JSON string. */
export function quoted(text: string): string {
  let out = '"'
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    const lone = c >= 0xd800 && c <= 0xdfff && !isPaired(text, i)
    if (c >= 0x20 && c !== 0x22 && c !== 0x5c && !lone) continue
    out += text.slice(start, i) + escapeOf(c)
    start = i + 1
  }
  return `${out}${text.slice(start)}"`
}

function isPaired(text: string, i: number): boolean {
  const c = text.charCodeAt(i)
  const other = c < 0xdc00 ? text.charCodeAt(i + 1) : text.charCodeAt(i - 1)
  return c < 0xdc00 ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other <= 0xdbff
}

function escapeOf(c: number): string {
  const known: Record<number, string> = { 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\" }
  return known[c] ?? `\\u${c.toString(16).padStart(4, "0")}`
}

/** A value of a program as JSON without blanks; throws a JsonError for what has no JSON (functions, fibers, not-a-number). */
export function writeJson(value: unknown, site: number): string {
  const out: string[] = []
  write(value, out, 0, site)
  return out.join("")
}

function write(value: unknown, out: string[], depth: number, site: number): void {
  if (depth > MAX_DEPTH) throw new Fault("StackOverflow", `nested deeper than ${MAX_DEPTH}: does this value contain itself?`, site)
  if (value === null || value === undefined) out.push("null")
  else if (typeof value === "string") out.push(quoted(value))
  else if (typeof value === "boolean" || typeof value === "bigint") out.push(String(value))
  else if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new JsonError(`unsupported value: ${Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf"}`)
    out.push(shortestText(value))
  } else if (Array.isArray(value)) {
    writeList(value, out, (item) => write(item, out, depth + 1, site))
  } else if (value instanceof Map) {
    writeFields(
      [...value].map(([key, item]) => [mapKeyText(key), item]),
      out,
      (item) => write(item, out, depth + 1, site),
    )
  } else if (value instanceof Some) write(value.value, out, depth, site)
  else if (value instanceof Outcome || value instanceof Member || value instanceof Behind) write(value.$value, out, depth, site)
  else if (typeof value === "function" || value instanceof Handle) {
    throw new JsonError(`unsupported type: ${value instanceof Handle ? value.describe() : "function"}`)
  } else {
    const fields = Object.entries(value as StructValue).map(([key, item]) => [key.slice(1), item] as const)
    writeFields(fields, out, (item) => write(item, out, depth + 1, site))
  }
}

function writeList(items: readonly unknown[], out: string[], item: (value: unknown) => void): void {
  out.push("[")
  items.forEach((value, i) => {
    if (i > 0) out.push(",")
    item(value)
  })
  out.push("]")
}

function writeFields(fields: readonly (readonly [string, unknown])[], out: string[], item: (value: unknown) => void): void {
  out.push("{")
  fields.forEach(([key, value], i) => {
    out.push(i > 0 ? "," : "", quoted(key), ":")
    item(value)
  })
  out.push("}")
}

/** A map's key as the name of a JSON field. */
export function mapKeyText(key: unknown): string {
  return typeof key === "number" ? shortestText(key) : String(key)
}
