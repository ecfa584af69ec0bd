// Type constructors (SPEC 3.4): they convert, and fail with a message that begins with their name.
import { Fault } from "../../../engine/fault.ts"
import { printForm, quoted } from "../runtime/print.ts"
import { trim } from "../runtime/text.ts"
import { Arr, Char, Dict, Float, intOf, isInt, kindOf, Stream } from "../runtime/values.ts"
import { entriesOf } from "./entry.ts"

function cannot(type: string, value: unknown, site: number): Fault {
  const shown = typeof value === "string" ? quoted(value) : value instanceof Float || isInt(value) ? printForm(value) : kindOf(value)
  return new Fault("TypeError", `${type}(): cannot convert ${shown} to ${type}`, site)
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : value instanceof Char ? value.text : undefined)

export const types = entriesOf({ k: "global" }, [
  {
    signature: "int(value: any) -> int",
    doc: "An int from an int, a float (truncated), a bool (1 or 0), or a str that holds a decimal integer.",
    example: { code: 'print(int("42") + int(3.9))\nprint(int(true))', prints: ["45", "1"] },
    run(_jade, [value], site) {
      if (isInt(value)) return value
      if (typeof value === "boolean") return value ? 1 : 0
      const text = trim(textOf(value) ?? "")
      if (value instanceof Float && Number.isFinite(value.value)) {
        const int = intOf(BigInt(Math.trunc(value.value)))
        if (int !== undefined) return int
      } else if (/^[+-]?0*\d{1,19}$/.test(text)) {
        const int = intOf(BigInt(text.replace(/^\+/, "")))
        if (int !== undefined) return int
      }
      throw cannot("int", value, site)
    },
  },
  {
    signature: "float(value: any) -> float",
    doc: "A float from a number, a bool, or a str such as `2.5`, `1e10`, `inf` or `nan`.",
    example: { code: 'print(float(3))\nprint(float("2.5"))', prints: ["3.0", "2.5"] },
    run(_jade, [value], site) {
      if (value instanceof Float) return value
      if (isInt(value)) return new Float(Number(value))
      if (typeof value === "boolean") return new Float(value ? 1 : 0)
      const number = numberIn(trim(textOf(value) ?? ""))
      if (number === undefined) throw cannot("float", value, site)
      return new Float(number)
    },
  },
  {
    signature: "bool(value: any) -> bool",
    doc: 'False for 0, 0.0, nil, "" and "false" in any case; true for everything else.',
    example: { code: 'print(bool("False"))\nprint(bool(2))', prints: ["false", "true"] },
    run(_jade, [value]) {
      if (isInt(value)) return value !== 0
      if (value instanceof Float) return value.value !== 0
      if (value === null) return false
      if (typeof value === "boolean") return value
      const text = textOf(value)
      return text === undefined || (text !== "" && text.toLowerCase() !== "false")
    },
  },
  {
    signature: "str(value: any) -> str",
    doc: "The print form of a value.",
    example: { code: 'print(str(4.0) + "!")', prints: ["4.0!"] },
    run: (_jade, [value]) => printForm(value),
  },
  {
    signature: "char(value: any) -> char",
    doc: "A char, or the char of a str of exactly one character.",
    example: { code: 'print(char("k") == "kiwi"[0])', prints: ["true"] },
    run(_jade, [value], site) {
      if (value instanceof Char) return value
      if (typeof value === "string" && [...value].length === 1) return Char.of(value)
      throw cannot("char", value, site)
    },
  },
])

/** What `x |> array` and `x |> dict` do to anything but a reply: there are no such functions, only these stages (SPEC 8.1). */
export function containerOf(name: string, value: unknown, site: number): unknown {
  if (name === "array" && (value instanceof Arr || value instanceof Stream)) return new Arr([...value.items])
  if (name === "dict" && value instanceof Dict) return value.copy()
  throw cannot(name, value, site)
}

function numberIn(text: string): number | undefined {
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(text)
  if (word) {
    if (word[2]?.toLowerCase() === "nan") return Number.NaN
    return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}
