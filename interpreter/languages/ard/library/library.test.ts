// Pure parts of the standard library: JSON both ways, texts, deep copies, dates, paths, what decoders find.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Fault } from "../../../engine/fault.ts"
import { DecodeError, decodeErrorText, foundText, intOf } from "./decode.ts"
import { normalPath } from "./fs.ts"
import { libraryModules } from "./index.ts"
import { type Dynamic, JsonError, quoted, readJson, writeJson } from "./json-text.ts"
import { codePointAt, replaceEvery, splitText, trimSpaces, utf8Prefix, utf8Size } from "./text.ts"
import { deepCopy, equalMaybes, err, Handle, Member, ok, Some, some, unwrapped } from "./values.ts"

describe("JSON", () => {
  it("writes what the host reads as the same, and reads it back", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        // The host writes -0 as 0.
        const value: unknown = JSON.parse(JSON.stringify(given))
        const ours = writeJson(asDynamic(value), -1)
        expect(JSON.parse(ours)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(writeJson(readJson(JSON.stringify(value)), -1)).toBe(ours)
      }),
    )
  })

  it("keeps 64-bit integers, and makes doubles of larger ones", () => {
    expect(readJson("9223372036854775807")).toBe(9223372036854775807n)
    expect(readJson("-9223372036854775808")).toBe(-9223372036854775808n)
    expect(readJson("9223372036854775808")).toBe(Number(2n ** 63n))
    expect(writeJson(readJson("[9007199254740993]"), -1)).toBe("[9007199254740993]")
  })

  it("never throws anything but its own error, and refuses what the host refuses", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => text.slice(1)),
          fc.json().map((text) => `${text}]`),
        ),
        (text) => {
          let hostTakes = true
          try {
            JSON.parse(text)
          } catch {
            hostTakes = false
          }
          let weTake = true
          try {
            readJson(text)
          } catch (problem) {
            expect(problem).toBeInstanceOf(JsonError)
            weTake = false
          }
          expect(weTake).toBe(hostTakes)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ["", "unexpected end of JSON input"],
    ["[1,", "unexpected end of JSON input"],
    ["{a: 1}", "invalid character 'a' looking for beginning of object key string (character 2)"],
    ["[1 2]", "invalid character '2' after array element (character 4)"],
    ["tru", "unexpected end of JSON input"],
    ["01", "invalid character '1' in numeric literal (character 2)"],
    ['"\u0001"', "invalid character '\u0001' in string literal (character 2)"],
  ])("%s: %s", (text, message) => {
    expect(() => readJson(text)).toThrow(expect.objectContaining({ message }))
  })

  it("refuses what has no JSON and what contains itself", () => {
    expect(() => writeJson(Number.NaN, -1)).toThrow(JsonError)
    expect(() => writeJson(() => {}, -1)).toThrow(JsonError)
    const loop: unknown[] = []
    loop.push(loop)
    expect(() => writeJson(loop, 3)).toThrow(Fault)
    expect(() => readJson("[".repeat(5000))).toThrow(JsonError)
  })

  it("escapes lone halves of a character", () => {
    expect(quoted("a\ud800b\udc00😀\n")).toBe('"a\\ud800b\\udc00😀\\n"')
  })
})

function asDynamic(value: unknown): Dynamic {
  if (Array.isArray(value)) return value.map(asDynamic)
  if (typeof value !== "object" || value === null) return value as Dynamic
  return new Map(Object.entries(value).map(([key, item]) => [key, asDynamic(item)]))
}

describe("texts", () => {
  it("are measured in bytes of UTF-8, as the host's encoder has it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => utf8Size(text) === new TextEncoder().encode(text).length))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units)
        return utf8Size(text) === new TextEncoder().encode(text).length
      }),
    )
  })

  it("are taken apart at separators and put together again", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, separator) => splitText(text, separator).join(separator) === text),
    )
  })

  it("replace, trim and index by characters", () => {
    expect(replaceEvery("ab", "", "-")).toBe("-a-b-")
    expect(replaceEvery("aaa", "aa", "b")).toBe("ba")
    expect(trimSpaces("  \tx \n ")).toBe("\tx \n")
    expect(codePointAt("a😀b", 2)).toBe("b")
    expect(utf8Prefix("é".repeat(30), 47)).toBe("é".repeat(23))
  })
})

describe("copies", () => {
  class Point {
    constructor(
      readonly $x: unknown,
      readonly $y: unknown,
    ) {}
  }
  class Door extends Handle {
    describe(): string {
      return "door"
    }
  }

  it("are equal and share nothing but functions and handles", () => {
    const door = new Door()
    const fn = () => {}
    const value = [
      new Point([1], new Map([["k", new Point(1, 2)]])),
      ok([3]),
      err("e"),
      new Member(1, [4]),
      new Some(null),
      door,
      fn,
      5n,
      "t",
    ]
    const copy = deepCopy(value, -1) as typeof value
    expect(copy).toEqual(value)
    expect(copy[0]).toBeInstanceOf(Point)
    expect(copy[0]).not.toBe(value[0])
    expect((copy[0] as Point).$x).not.toBe((value[0] as Point).$x)
    expect((copy[1] as { $value: unknown }).$value).not.toBe((value[1] as { $value: unknown }).$value)
    expect(copy[5]).toBe(door)
    expect(copy[6]).toBe(fn)
  })

  it("work at any depth without the host's stack, and a value in itself is a fault", () => {
    let deep: unknown = new Point(1, null)
    for (let i = 0; i < 200_000; i++) deep = new Point(i, deep)
    let copy = deepCopy(deep, -1) as Point | null
    let length = 0
    for (; copy; copy = copy.$y as Point | null) length++
    expect(length).toBe(200_001)
    const loop: unknown[] = [1]
    loop.push(loop)
    expect(() => deepCopy(loop, 9)).toThrow(expect.objectContaining({ kind: "StackOverflow", site: 9 }))
  })
})

describe("Maybes", () => {
  it("hold anything, Maybes too", () => {
    for (const value of [1, "", undefined, null, some(null), some(some(null)), [null]]) expect(unwrapped(some(value))).toBe(value)
    expect(some(null)).not.toBe(null)
    expect(equalMaybes(some(null), some(null))).toBe(true)
    expect(equalMaybes(some(null), null)).toBe(false)
    expect(equalMaybes(some(5n), some(5n))).toBe(true)
  })
})

describe("outside data", () => {
  it.each([
    [null, "null"],
    ["x", '"x"'],
    ["a".repeat(60), `"${"a".repeat(47)}..."`],
    [1.5, "1.5"],
    [[], "[]"],
    [[1, "a", null], '[1, "a", null]'],
    [[1, 2, 3, 4], "[array with 4 elements]"],
    [new Map([["a", 1]]), "{a: 1}"],
    [
      new Map([
        ["a", 1],
        ["b", 2],
        ["c", 3],
        ["d", 4],
      ]),
      "{object with keys: a, b, c, d}",
    ],
  ] as [Dynamic, string][])("%j is told as %s", (data, text) => expect(foundText(data)).toBe(text))

  it("errors tell the path, with indexes joined without a dot", () => {
    expect(decodeErrorText(new DecodeError("Int", '"x"', ["a", "[2]", "b"]))).toBe('Decode error: expected Int, found "x" at a[2].b')
    expect(decodeErrorText(new DecodeError("Int", '"x"', []))).toBe('Decode error: expected Int, found "x"')
  })

  it("numbers without a fraction are Ints, up to 64 bits", () => {
    expect(intOf(1e18)).toBe(1000000000000000000n)
    expect(intOf(1.5)).toBeUndefined()
    expect(intOf(1e19)).toBeUndefined()
    expect(intOf(-0)).toBe(0)
  })
})

describe("paths", () => {
  it.each([
    ["./a.txt", "a.txt"],
    ["/a//b/./c", "a/b/c"],
    ["a/../b", "b"],
    ["../../etc/passwd", "etc/passwd"],
    [".", ""],
  ])("%s is %s", (path, normal) => expect(normalPath(path)).toBe(normal))
})

describe("the library as data", () => {
  it("says of every entry what it is, and names none twice", () => {
    for (const module of libraryModules) {
      const names = module.entries.map((entry) => `${entry.owner ?? ""}.${entry.name}`)
      expect(new Set(names).size).toBe(names.length)
      for (const entry of module.entries) {
        expect(entry.doc).toMatch(/[.`]$/)
        expect(entry.example).not.toBe("")
        expect(entry.signature).toContain(entry.name)
      }
    }
  })
})
