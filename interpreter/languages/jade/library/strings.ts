// Methods of strings (SPEC 17.3); every one is also a function of the package `string`, with the text first. Indices and
// widths count code points.

import type { Jade } from "../runtime/jade.ts"
import { encodeUtf8, indexOfUnit, lengthOf, occurrences, slice, trim, trimEnd, trimStart, utf8Length } from "../runtime/text.ts"
import { Arr, Bytes } from "../runtime/values.ts"
import { type Declaration, entriesOf } from "./entry.ts"

const MAX_INDEX = 4294967295

/** An int as an index: what is past any text is far away, not wrong. */
function indexOf(value: unknown): number {
  return Math.min(Math.max(Number(value), -MAX_INDEX), MAX_INDEX)
}

function padding(jade: Jade, text: string, width: unknown, fill: string): string {
  const missing = indexOf(width) - lengthOf(text)
  if (missing <= 0 || fill === "") return ""
  jade.allowLength(missing)
  const points = [...fill]
  const whole = Math.floor(missing / points.length)
  return fill.repeat(whole) + points.slice(0, missing - whole * points.length).join("")
}

/** The pieces between the separators; the characters for an empty one. What they take is counted before they are made. */
function pieces(jade: Jade, text: string, separator: string): string[] {
  jade.countList(separator === "" ? text.length : occurrences(text, separator))
  return separator === "" ? [...text] : text.split(separator)
}

const declarations: readonly (Declaration & { readonly of: string })[] = [
  {
    signature: "len() -> int",
    of: '"né"',
    doc: "The number of characters.",
    example: { code: 'print("né".len())', prints: ["2"] },
    run: (_jade, [text]) => lengthOf(String(text)),
  },
  {
    signature: "split(separator: str) -> array of str",
    of: '"a,b"',
    doc: "The pieces between the separators; with an empty separator the characters.",
    example: { code: 'print("a,b,c".split(","))', prints: ["[a, b, c]"] },
    run: (jade, [text, separator]) => new Arr(pieces(jade, String(text), String(separator))),
  },
  {
    signature: "upper() -> str",
    of: '"a"',
    doc: "In upper case, by the full mapping of Unicode.",
    example: { code: 'print("straße".upper())', prints: ["STRASSE"] },
    run: (_jade, [text]) => String(text).toUpperCase(),
  },
  {
    signature: "lower() -> str",
    of: '"A"',
    doc: "In lower case.",
    example: { code: 'print("JaDe".lower())', prints: ["jade"] },
    run: (_jade, [text]) => String(text).toLowerCase(),
  },
  {
    signature: "trim() -> str",
    of: '" a "',
    doc: "Without white space at both ends.",
    example: { code: 'print("[" + "\\t x ".trim() + "]")', prints: ["[x]"] },
    run: (_jade, [text]) => trim(String(text)),
  },
  {
    signature: "trim_start() -> str",
    of: '" a"',
    doc: "Without white space at the start.",
    example: { code: 'print("[" + "  x ".trim_start() + "]")', prints: ["[x ]"] },
    run: (_jade, [text]) => trimStart(String(text)),
  },
  {
    signature: "trim_end() -> str",
    of: '"a "',
    doc: "Without white space at the end.",
    example: { code: 'print("[" + " x  ".trim_end() + "]")', prints: ["[ x]"] },
    run: (_jade, [text]) => trimEnd(String(text)),
  },
  {
    signature: "contains(part: str) -> bool",
    of: '"abc"',
    doc: "Whether the part occurs.",
    example: { code: 'print("window".contains("win"))', prints: ["true"] },
    run: (_jade, [text, part]) => String(text).includes(String(part)),
  },
  {
    signature: "starts_with(part: str) -> bool",
    of: '"abc"',
    doc: "Whether the text begins with the part.",
    example: { code: 'print("window".starts_with("win"))', prints: ["true"] },
    run: (_jade, [text, part]) => String(text).startsWith(String(part)),
  },
  {
    signature: "ends_with(part: str) -> bool",
    of: '"abc"',
    doc: "Whether the text ends with the part.",
    example: { code: 'print("window".ends_with("dow"))', prints: ["true"] },
    run: (_jade, [text, part]) => String(text).endsWith(String(part)),
  },
  {
    signature: "replace(old: str, new: str) -> str",
    of: '"abc"',
    doc: "With every occurrence of `old` replaced.",
    example: { code: 'print("1.2.3".replace(".", ","))', prints: ["1,2,3"] },
    run(jade, [text, old, fresh]) {
      const found = old === "" ? ["", ...pieces(jade, String(text), ""), ""] : pieces(jade, String(text), String(old))
      jade.allowLength(String(text).length + found.length * String(fresh).length)
      return found.join(String(fresh))
    },
  },
  {
    signature: "capitalize() -> str",
    of: '"abc"',
    doc: "The first character in upper case, the rest in lower case.",
    example: { code: 'print("jADE".capitalize())', prints: ["Jade"] },
    run(_jade, [text]) {
      const first = slice(String(text), 0, 1)
      return first.toUpperCase() + String(text).slice(first.length).toLowerCase()
    },
  },
  {
    signature: "is_empty() -> bool",
    of: '""',
    doc: "Whether there is no character.",
    example: { code: 'print("".is_empty())', prints: ["true"] },
    run: (_jade, [text]) => text === "",
  },
  {
    signature: "index_of(part: str) -> int",
    of: '"abc"',
    doc: "The index of the first occurrence, or -1.",
    example: { code: 'print("señor?".index_of("?"))\nprint("abc".index_of("z"))', prints: ["5", "-1"] },
    run: (_jade, [text, part]) => indexOfUnit(String(text), String(text).indexOf(String(part))),
  },
  {
    signature: "last_index_of(part: str) -> int",
    of: '"abca"',
    doc: "The index of the last occurrence, or -1.",
    example: { code: 'print("banana".last_index_of("an"))', prints: ["3"] },
    run: (_jade, [text, part]) => indexOfUnit(String(text), String(text).lastIndexOf(String(part))),
  },
  {
    signature: "count(part: str) -> int",
    of: '"abca"',
    doc: "How often the part occurs, without overlaps; 0 for an empty part.",
    example: { code: 'print("mississippi".count("ss"))', prints: ["2"] },
    run: (_jade, [text, part]) => (part === "" ? 0 : occurrences(String(text), String(part))),
  },
  {
    signature: "repeat(times: int) -> str",
    of: '"ab"',
    doc: "The text so many times; nothing for 0 and less.",
    example: { code: 'print("ha".repeat(3))', prints: ["hahaha"] },
    run(jade, [text, times]) {
      const count = indexOf(times)
      if (count <= 0 || text === "") return ""
      jade.allowLength(String(text).length * count)
      return String(text).repeat(count)
    },
  },
  {
    signature: "slice(from: int, to: int) -> str",
    of: '"abc"',
    doc: "The characters from `from` up to and without `to`; indices beyond the ends count as the ends.",
    example: { code: 'print("window".slice(2, 5))', prints: ["ndo"] },
    run: (_jade, [text, from, to]) => slice(String(text), indexOf(from), indexOf(to)),
  },
  {
    signature: "pad_start(width: int, fill: str) -> str",
    of: '"7"',
    doc: "Filled up at the start to a width; never cut.",
    example: { code: 'print("42".pad_start(5, "*"))', prints: ["***42"] },
    run: (jade, [text, width, fill]) => padding(jade, String(text), width, String(fill)) + String(text),
  },
  {
    signature: "pad_end(width: int, fill: str) -> str",
    of: '"7"',
    doc: "Filled up at the end to a width; never cut.",
    example: { code: 'print("42".pad_end(5, "-") + "|")', prints: ["42---|"] },
    run: (jade, [text, width, fill]) => String(text) + padding(jade, String(text), width, String(fill)),
  },
  {
    signature: "lines() -> array of str",
    of: '"a\\nb"',
    doc: "The lines, without an empty last one.",
    example: { code: 'print("one\\ntwo\\n".lines())', prints: ["[one, two]"] },
    run(jade, [text]) {
      jade.countList(occurrences(String(text), "\n"))
      const lines = String(text).split(/\r?\n/)
      if (lines[lines.length - 1] === "") lines.pop()
      return new Arr(lines)
    },
  },
  {
    signature: "encode() -> bytes",
    of: '"a"',
    doc: "The bytes of the text in UTF-8.",
    example: { code: 'print("né".encode())', prints: ['b"n\\xc3\\xa9"'] },
    run(jade, [text]) {
      jade.kernel.countValueBytes(utf8Length(String(text)))
      return new Bytes(encodeUtf8(String(text)))
    },
  },
]

export const stringMethods = entriesOf({ k: "method", of: "str" }, declarations)

export const stringPackage = entriesOf(
  { k: "package", name: "string" },
  declarations.map((declaration) => {
    const [, name = "", rest = ""] = /^(\w+)\((.*)$/.exec(declaration.signature) ?? []
    const [, written = ""] = /\.\w+\((.*?)\)/.exec(declaration.example.code) ?? []
    const call = `string.${name}(${declaration.of}${written === "" ? "" : `, ${written}`})`
    const { of: _, ...plain } = declaration
    return {
      ...plain,
      signature: `${name}(text: str${rest.startsWith(")") ? rest : `, ${rest}`}`,
      example: { code: `use std::string\nprint(str(${call}) == str(${declaration.of}.${name}(${written})))`, prints: ["true"] },
    }
  }),
)
