// JSON to Jade's values and back (SPEC 17.6), read by us: integers stay integers up to 63 bits, messages are ours, keys
// arrive sorted. Used by the json package and by typed dereferences.
import { floatText, printForm, sortedKeys } from "./print.ts"
import { Arr, Char, Dict, Float, intOf, isInt, Stream, Struct } from "./values.ts"

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
        out += this.codePoint()
      } else {
        const plain = ESCAPES.get(escaped)
        if (plain === undefined) throw this.bad(`an unknown escape \\${escaped}`)
        out += plain
      }
    }
  }

  /** What follows `\u`; two escapes where the first is half of a character, since a str holds whole ones (SPEC 3.1). */
  private codePoint(): string {
    const first = this.codeUnit()
    if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first)
    const half = "a \\u escape for half a character, without the other half"
    if (first > 0xdbff || !this.text.startsWith("\\u", this.at)) throw this.bad(half)
    this.at += 2
    const second = this.codeUnit()
    if (second < 0xdc00 || second > 0xdfff) throw this.bad(half)
    return String.fromCharCode(first, second)
  }

  private codeUnit(): number {
    const digits = this.text.slice(this.at, this.at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.bad("a malformed \\u escape")
    this.at += 4
    return Number.parseInt(digits, 16)
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

/**
 * Compact JSON, or with an indent of two; keys sorted; what JSON has no form for becomes null. `allowLength` hears of the
 * length so far and ends the run where it is too much: a value that holds another many times over has a text of any length.
 */
export function stringifyJson(value: unknown, pretty: boolean, allowLength: (units: number) => void): string {
  const writer = new Writer(pretty, allowLength)
  writer.write(value, pretty ? "\n" : "", 0)
  return writer.text()
}

/** Pieces that are handed on together. */
const PIECES = 4_096

class Writer {
  private pieces: string[] = []
  private done = ""
  private units = 0

  constructor(
    private readonly pretty: boolean,
    private readonly allowLength: (units: number) => void,
  ) {}

  text(): string {
    return this.done + this.pieces.join("")
  }

  private put(piece: string): void {
    this.units += piece.length
    if (this.pieces.push(piece) < PIECES && piece.length < PIECES) return
    this.allowLength(this.units)
    this.done = this.text()
    this.pieces = []
  }

  write(value: unknown, line: string, depth: number): void {
    const plain = plainText(value)
    if (plain !== undefined) this.put(plain)
    else if (depth > MAX_DEPTH) this.put("null")
    else if (value instanceof Arr || value instanceof Stream) this.list(value.items, line, depth)
    else if (value instanceof Dict) this.entries(value, line, depth)
    else this.put("null")
  }

  private list(items: readonly unknown[], line: string, depth: number): void {
    const inner = this.pretty ? `${line}  ` : ""
    items.forEach((item, i) => {
      this.put(i === 0 ? `[${inner}` : `,${inner}`)
      this.write(item, inner, depth + 1)
    })
    this.put(items.length === 0 ? "[]" : `${line}]`)
  }

  private entries(dict: Dict, line: string, depth: number): void {
    const inner = this.pretty ? `${line}  ` : ""
    sortedKeys(dict.map).forEach((key, i) => {
      this.put(`${i === 0 ? "{" : ","}${inner}${jsonString(key)}${this.pretty ? ": " : ":"}`)
      this.write(dict.map.get(key), inner, depth + 1)
    })
    this.put(dict.map.size === 0 ? "{}" : `${line}}`)
  }
}

function plainText(value: unknown): string | undefined {
  if (typeof value === "boolean" || isInt(value)) return String(value)
  if (typeof value === "string") return jsonString(value)
  if (value instanceof Char) return jsonString(value.text)
  if (value instanceof Float) return Number.isFinite(value.value) ? floatText(value.value) : "null"
  return undefined
}

function jsonString(text: string): string {
  // Most texts need no escapes, and a long one is not gone through character by character.
  if (/^[ !#-[\]-\ud7ff\ue000-\uffff]*$/.test(text)) return `"${text}"`
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

/** Elements that are shown of a value: one that holds another many times over has no end that matters. */
const MAX_NODES = 200_000

/** A value as plain JSON data for `eval`: a struct by its fields, integers past 2^53 and values without a form as their print form. */
export function plainJson(value: unknown, depth = 0, count = { nodes: 0 }): unknown {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "string" || typeof value === "number")
    return value ?? null
  if (typeof value === "bigint") return String(value)
  if (value instanceof Char) return value.text
  if (value instanceof Float) return Number.isFinite(value.value) ? value.value : printForm(value)
  if (depth > 100 || ++count.nodes > MAX_NODES) return "..."
  if (value instanceof Arr || value instanceof Stream) return value.items.map((item) => plainJson(item, depth + 1, count))
  if (value instanceof Dict) {
    // A null-prototype object: `__proto__` is an ordinary key.
    const object: Record<string, unknown> = Object.create(null)
    for (const key of sortedKeys(value.map)) object[key] = plainJson(value.map.get(key), depth + 1, count)
    return object
  }
  if (value instanceof Struct) {
    const object: Record<string, unknown> = Object.create(null)
    for (const [i, field] of value.type.fields.entries()) object[field.name] = plainJson(value.values[i], depth + 1, count)
    return object
  }
  return printForm(value)
}
