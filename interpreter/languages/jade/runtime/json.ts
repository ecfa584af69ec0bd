// JSON to Jade's values and back (SPEC 17.6), read by us: integers stay integers up to 63 bits, messages are ours, keys
// arrive sorted. Used by the json package and by typed dereferences.
import { floatText, printForm, sortedKeys } from "./print.ts"
import { Arr, Char, Dict, Float, intOf, isInt, Stream } from "./values.ts"

const MAX_DEPTH = 500

/** Thrown for a text that is not JSON. */
export class BadJson {
  constructor(
    readonly message: string,
    /** UTF-16 offset. */
    readonly at: number,
  ) {}
}

export function parseJson(text: string): unknown {
  const reader = new Reader(text)
  return reader.whole()
}

class Reader {
  private at = 0

  constructor(private readonly text: string) {}

  whole(): unknown {
    const value = this.value(0)
    this.blanks()
    if (this.at < this.text.length) throw this.bad("something follows the value")
    return value
  }

  private bad(message: string): BadJson {
    return new BadJson(message, this.at)
  }

  private blanks(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++
  }

  private value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.bad("nested too deeply")
    this.blanks()
    const char = this.text.charAt(this.at)
    if (char === "{") return this.object(depth)
    if (char === "[") return this.array(depth)
    if (char === '"') return this.string()
    if (char === "-" || (char >= "0" && char <= "9")) return this.number()
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length
        return value
      }
    }
    throw this.bad(char === "" ? "it ends too early" : `unexpected '${char}'`)
  }

  private number(): unknown {
    const match = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 400))
    if (!match) throw this.bad("a malformed number")
    this.at += match[0].length
    if (match[1] === undefined && match[2] === undefined) {
      const int = intOf(BigInt(match[0]))
      if (int !== undefined) return int
    }
    return new Float(Number(match[0]))
  }

  private string(): string {
    let out = ""
    this.at++
    for (;;) {
      const char = this.text.charAt(this.at)
      if (char === "") throw this.bad("a string that never ends")
      if (char < " ") throw this.bad("a control character in a string")
      this.at++
      if (char === '"') return out
      if (char !== "\\") {
        out += char
        continue
      }
      const escaped = this.text.charAt(this.at++)
      if (escaped === "u") {
        const digits = this.text.slice(this.at, this.at + 4)
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.bad("a malformed \\u escape")
        out += String.fromCharCode(Number.parseInt(digits, 16))
        this.at += 4
      } else {
        const plain = ESCAPES.get(escaped)
        if (plain === undefined) throw this.bad(`an unknown escape \\${escaped}`)
        out += plain
      }
    }
  }

  private array(depth: number): Arr {
    const items: unknown[] = []
    this.at++
    this.blanks()
    if (this.text.charAt(this.at) === "]") {
      this.at++
      return new Arr(items)
    }
    for (;;) {
      items.push(this.value(depth + 1))
      this.blanks()
      const char = this.text.charAt(this.at++)
      if (char === "]") return new Arr(items)
      if (char !== ",") {
        this.at--
        throw this.bad("an array needs ',' or ']' here")
      }
    }
  }

  private object(depth: number): Dict {
    const map = new Map<string, unknown>()
    this.at++
    this.blanks()
    if (this.text.charAt(this.at) === "}") {
      this.at++
      return Dict.of()
    }
    for (;;) {
      this.blanks()
      if (this.text.charAt(this.at) !== '"') throw this.bad("a key must be a string")
      const key = this.string()
      this.blanks()
      if (this.text.charAt(this.at) !== ":") throw this.bad("a key needs ':' behind it")
      this.at++
      map.set(key, this.value(depth + 1))
      this.blanks()
      const char = this.text.charAt(this.at++)
      if (char === "}") return Dict.of(new Map(sortedKeys(map).map((name) => [name, map.get(name)])))
      if (char !== ",") {
        this.at--
        throw this.bad("an object needs ',' or '}' here")
      }
    }
  }
}

const WORDS: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
]

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
])

/** Compact JSON, or with an indent of two; keys sorted; what JSON has no form for becomes null. */
export function stringifyJson(value: unknown, pretty: boolean): string {
  return write(value, pretty ? "\n" : "", 0)
}

function write(value: unknown, line: string, depth: number): string {
  if (typeof value === "boolean" || isInt(value)) return String(value)
  if (typeof value === "string") return jsonString(value)
  if (value instanceof Char) return jsonString(value.text)
  if (value instanceof Float) return Number.isFinite(value.value) ? floatText(value.value) : "null"
  if (depth > MAX_DEPTH) return "null"
  const inner = line === "" ? "" : `${line}  `
  if (value instanceof Arr || value instanceof Stream) {
    if (value.items.length === 0) return "[]"
    return `[${inner}${value.items.map((item) => write(item, inner, depth + 1)).join(`,${inner}`)}${line}]`
  }
  if (value instanceof Dict) {
    if (value.map.size === 0) return "{}"
    const colon = line === "" ? ":" : ": "
    const entries = sortedKeys(value.map).map((key) => `${jsonString(key)}${colon}${write(value.map.get(key), inner, depth + 1)}`)
    return `{${inner}${entries.join(`,${inner}`)}${line}}`
  }
  return "null"
}

function jsonString(text: string): string {
  let out = '"'
  for (const char of text) {
    const short = SHORT.get(char)
    if (short) out += short
    else if (char < " " || (char.length === 1 && char >= "\ud800" && char <= "\udfff"))
      out += `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`
    else out += char
  }
  return `${out}"`
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
])

/** A value as plain JSON data for `eval`: integers past 2^53 and values without a form as their print form. */
export function plainJson(value: unknown, depth = 0): unknown {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "string" || typeof value === "number")
    return value ?? null
  if (typeof value === "bigint") return String(value)
  if (value instanceof Char) return value.text
  if (value instanceof Float) return Number.isFinite(value.value) ? value.value : printForm(value)
  if (depth > 100) return "..."
  if (value instanceof Arr || value instanceof Stream) return value.items.map((item) => plainJson(item, depth + 1))
  if (value instanceof Dict) {
    // A null-prototype object: `__proto__` is an ordinary key.
    const object: Record<string, unknown> = Object.create(null)
    for (const key of sortedKeys(value.map)) object[key] = plainJson(value.map.get(key), depth + 1)
    return object
  }
  return printForm(value)
}
