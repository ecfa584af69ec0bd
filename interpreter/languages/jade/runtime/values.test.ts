// Texts, numbers and data formats that we read and write ourselves, against the host's own where it has one.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { show } from "../../../conformance/runner.ts"
import { inputsOf } from "../../../session/defaults.ts"
import { order } from "./arith.ts"
import { coerce, jsonIn } from "./coerce.ts"
import { BadJson, parseJson, plainJson, stringifyJson } from "./json.ts"
import { muted } from "./muted.ts"
import { compareText, floatText, previewForm, printForm } from "./print.ts"
import { Characters, characterAt, decodeUtf8, encodeUtf8, lengthOf, occurrences, slice, trim, utf8Length } from "./text.ts"
import { Arr, Dict, Float, Grammar, Struct, StructType } from "./values.ts"

const noLimit = () => {}
const field = (name: string) => ({ name, prompt: false, initial: null })
const text = fc.string({ unit: "binary", maxLength: 40 })

describe("texts", () => {
  it("are counted, cut and indexed by code point", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: -3, max: 45 }), fc.integer({ min: -3, max: 45 }), (whole, from, to) => {
        const points = [...whole]
        expect(lengthOf(whole)).toBe(points.length)
        expect(slice(whole, from, to)).toBe(from < to ? points.slice(Math.max(0, from), Math.max(0, to)).join("") : "")
        if (points.length > 0) expect(characterAt(whole, points.length - 1)).toBe(points.at(-1))
      }),
    )
  })

  it("are gone through character by character", () => {
    fc.assert(
      fc.property(text, (whole) => {
        const characters = new Characters(whole)
        expect(Array.from({ length: characters.length }, () => characters.next())).toEqual([...whole])
      }),
    )
  })

  it("have as many bytes as their encoding", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (whole) => {
        expect(utf8Length(whole)).toBe(encodeUtf8(whole).length)
        expect(encodeUtf8(whole)).toEqual(new TextEncoder().encode(whole))
      }),
    )
    expect([...encodeUtf8("a\ud800b\udc00")]).toEqual([97, 0xef, 0xbf, 0xbd, 98, 0xef, 0xbf, 0xbd])
  })

  it("are trimmed by the white space of Unicode, which is not the host's", () => {
    expect(trim("\u0085 \u3000a b\t\n\u2029")).toBe("a b")
    expect(trim("\ufeffa")).toBe("\ufeffa")
    expect([trim(" \n "), trim("")]).toEqual(["", ""])
  })

  it("are searched without overlaps", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 20 }), fc.constantFrom("a", "aa", "aba"), (whole, part) => {
        expect(occurrences(whole, part)).toBe(whole.split(part).length - 1)
      }),
    )
  })

  it("are ordered by code point", () => {
    const byPoints = (a: string, b: string) => {
      const [x, y] = [[...a], [...b]].map((it) => it.map((char) => char.codePointAt(0) ?? 0)) as [number[], number[]]
      for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return Math.sign((x[i] ?? 0) - (y[i] ?? 0))
      return Math.sign(x.length - y.length)
    }
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(compareText(a, b) + 0).toBe(byPoints(a, b) + 0)
      }),
    )
  })

  it("become UTF-8 and come back; bad bytes are refused where the host refuses them", () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect([...encodeUtf8(whole)]).toEqual([...new TextEncoder().encode(whole)])
        expect(decodeUtf8(encodeUtf8(whole))).toEqual({ text: whole })
      }),
    )
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        let expected: string | null = null
        try {
          expected = strict.decode(bytes)
        } catch {
          expected = null
        }
        const decoded = decodeUtf8(bytes)
        expect("text" in decoded ? decoded.text : null).toBe(expected)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe("floats", () => {
  it("are written without exponents and read back as the same", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const written = floatText(value)
        expect(written).toMatch(/^-?\d+\.\d+$/)
        expect(Number(written)).toBe(value)
      }),
      { numRuns: 1_000 },
    )
  })

  it("are ordered with ints as mathematics has it", () => {
    expect(order(9007199254740993n, new Float(9007199254740992))).toBe(1)
    expect(order(1, new Float(1))).toBe(0)
    expect(order(new Float(Number.NaN), 1)).toBeNaN()
    expect(order("1", 1)).toBeUndefined()
  })
})

describe("JSON", () => {
  it("is read as the host reads it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (source) => {
        expect(JSON.parse(stringifyJson(parseJson(source), false, noLimit))).toEqual(sortedDeep(JSON.parse(source)))
        expect(JSON.parse(stringifyJson(parseJson(source), true, noLimit))).toEqual(sortedDeep(JSON.parse(source)))
      }),
    )
  })

  it("is refused where the host refuses it", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "-",
      "01",
      "1.",
      "1e5",
      "true",
      "nul",
      "null",
      " ",
      "\\u12",
      "\u0001",
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const source = pieces.join("")
        const reads = (read: () => unknown) => {
          try {
            read()
            return true
          } catch {
            return false
          }
        }
        expect(reads(() => parseJson(source))).toBe(reads(() => JSON.parse(source)))
      }),
      { numRuns: 2_000 },
    )
  })

  it("keeps integers of 63 bits, and ends at a depth of its own", () => {
    expect(parseJson("4611686018427387903")).toBe(4611686018427387903n)
    expect(parseJson("4611686018427387904")).toEqual(new Float(Number(4611686018427387904n)))
    expect(() => parseJson("[".repeat(10_000))).toThrow(BadJson)
    expect(plainJson(parseJson('{"__proto__": [4611686018427387903]}'))).toEqual(JSON.parse('{"__proto__": ["4611686018427387903"]}'))
  })

  it("is told of a struct by its fields, and of a value that holds another many times over up to a limit", async () => {
    const type = new StructType("P", [field("x"), field("__proto__")], new Map(), new Map(), new Set(), null, null)
    expect(JSON.stringify(plainJson(new Struct(type, [1, new Arr([new Float(2)])])))).toBe('{"x":1,"__proto__":[2]}')
    let many = new Arr([1])
    for (let i = 0; i < 60; i++) many = new Arr([many, many])
    expect(JSON.stringify(plainJson(many)).length).toBeLessThan(10_000_000)
    let asked = 0
    const stop = (units: number) => {
      asked = units
      if (units > 1_000_000) throw new RangeError("enough")
    }
    expect(() => stringifyJson(many, false, stop)).toThrow("enough")
    expect(asked).toBeLessThan(2_000_000)
  })
})

function sortedDeep(value: unknown): unknown {
  return Object.is(value, -0) ? 0 : Array.isArray(value) ? value.map(sortedDeep) : value
}

describe("a reply", () => {
  it("holds JSON in a fence, in a sentence, with bare keys or grouped digits", () => {
    const found = (reply: string) => printForm(jsonIn(reply))
    expect(found('Here:\n```json\n{"a": 1}\n```\nDone {"b": 2}')).toBe('{"a": 1}')
    expect(found('The pair [1, 2] is {"a": 1}')).toBe("[1, 2]")
    expect(found('{name: "x", size: 1,234}')).toBe('{"name": x, "size": 1234}')
    expect(found('Use {braces} and then {"ok": true}')).toBe('{"ok": true}')
    expect(jsonIn("nothing here")).toBeUndefined()
  })

  it("is coerced strictly", () => {
    const int = (reply: string) => coerce(reply, { k: "type", name: "int" })
    expect([int(" 42\n"), int("+7"), int("-0")].map((it) => it.ok && it.value)).toEqual([42, 7, 0])
    for (const reply of ["4.0", "four", "4 apples", "", "4611686018427387904", "0x10"]) expect(int(reply).ok, reply).toBe(false)
    const bool = (reply: string) => coerce(reply, { k: "type", name: "bool" })
    expect([bool("TRUE"), bool(" false ")].map((it) => it.ok && it.value)).toEqual([true, false])
    for (const reply of ["yes", "1", "true."]) expect(bool(reply).ok, reply).toBe(false)
  })

  it("is shown without its muted region", () => {
    const reply = "a <t>b</t> c <t>d</t> e"
    expect(muted(reply, new Grammar("x", "<t>", "</t>"))).toBe("a  c  e")
    expect(muted(reply, new Grammar("x", "<t>", null))).toBe("a ")
    expect(muted(reply, new Grammar("x", null, "</t>"))).toBe(" c <t>d</t> e")
    expect(muted(reply, new Grammar("x", null, null))).toBe("")
  })
})

describe("a preview", () => {
  it("is short, whatever the value", () => {
    const long = new Arr(Array.from({ length: 100_000 }, (_, i) => i))
    expect(previewForm(long, 40).length).toBeLessThan(60)
    const nested = Dict.of(new Map([["k", new Arr([long, long])]]))
    expect(previewForm(nested, 40).length).toBeLessThan(60)
    expect(previewForm("x".repeat(1000), 10)).toBe(`${"x".repeat(10)} …`)
  })
})

describe("the calendar", () => {
  it("is the host's, in UTC", async () => {
    const moments = fc.sample(fc.integer({ min: -60_000_000_000, max: 200_000_000_000 }), { numRuns: 150, seed: 5 })
    const code = moments.map((at) => `print(time.utc(0 + (${at})))`).join("\n")
    const { stdout } = await show(inputsOf("jade", "main.jde", `use std::time\n${code}\n`))
    expect(stdout).toEqual(moments.map((at) => new Date(at * 1000).toISOString().replace(".000Z", "Z").replace(/^\+0*/, "")))
  })
})
