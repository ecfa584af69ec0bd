// Documents: splitting Markdown and putting it together again, cells and files, front matter and what is wrong with it.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readFrontMatter } from "./front-matter.ts"
import { newCell, parseDocument, printDocument, withCode } from "./markdown.ts"

const shape = (text: string) =>
  parseDocument(text).map((segment) =>
    segment.kind === "cell" ? `${segment.language}:${segment.code}` : segment.kind === "file" ? `file ${segment.path}` : segment.kind,
  )

describe("a document", () => {
  it("is prose, cells and files in their order", () => {
    const text =
      "---\ntitle: T\n---\n# Hi\n\n```vibe\nprint(1)\n```\n\n~~~ard\nfn main() {}\n~~~\n```vibe lib/util.vibe\nlet x = 1\n```\n```python\nno cell\n```\nend"
    expect(shape(text)).toEqual(["frontMatter", "prose", "vibe:print(1)", "prose", "ard:fn main() {}", "file lib/util.vibe", "prose"])
  })

  it("takes a fence that is never closed to the end, and leaves fences in lists alone", () => {
    expect(shape("```jade\nprint(1)\nmore")).toEqual(["jade:print(1)\nmore"])
    expect(shape("- item\n\n      ```vibe\n      x\n      ```\n")).toEqual(["prose"])
  })

  it("takes inner fences for code where the outer one is longer", () => {
    expect(shape("````vibe\n```\nx\n```\n````\n")).toEqual(["vibe:```\nx\n```"])
  })

  it("comes back byte for byte, whatever it is", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("```vibe\n", "```\n", "~~~~\n", "---\n", "\r\n", "\n", "   ```jade x.jde\r\n", "````\n", "<script>\n", "> ```ard\n"),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("")
        expect(printDocument(parseDocument(text))).toBe(text)
      }),
    )
  })

  it("keeps all other bytes when a cell is edited, and its line ends", () => {
    const text = "a\r\n```vibe\r\nold\r\n```\r\nb"
    const edited = parseDocument(text).map((segment) => (segment.kind === "cell" ? withCode(segment, "new\nlines") : segment))
    expect(printDocument(edited)).toBe("a\r\n```vibe\r\nnew\r\nlines\r\n```\r\nb")
  })

  it("keeps a cell's own fence, indent and info, and closes one that was left open", () => {
    const edit = (text: string, code: string) =>
      printDocument(parseDocument(text).map((segment) => (segment.kind === "cell" ? withCode(segment, code) : segment)))
    expect(edit("~~~~ vibe  {x=`1`}\na\n~~~~ \nend", "b")).toBe("~~~~ vibe  {x=`1`}\nb\n~~~~ \nend")
    expect(edit("  ```vibe\n  a\n    b\n  ```\n", "a\n\n  c")).toBe("  ```vibe\n  a\n\n    c\n  ```\n")
    expect(edit("```ard\na\n```\n", "```")).toBe("````ard\n```\n````\n")
    expect(edit("~~~ard\na\n~~~\n", "```\n~~~")).toBe("~~~~ard\n```\n~~~\n~~~~\n")
    expect(edit("```jade\na", "b")).toBe("```jade\nb\n```")
  })

  it("finds its first fence and its front matter behind a mark of the byte order, and keeps the mark", () => {
    expect(shape("\uFEFF```vibe\na\n```\n")).toEqual(["vibe:a"])
    expect(shape("\uFEFF---\nseed: 1\n---\nHi\n")).toEqual(["frontMatter", "prose"])
    const [cell] = parseDocument("\uFEFF```vibe\na\n```\n")
    expect(cell?.kind === "cell" && withCode(cell, "b").raw).toBe("\uFEFF```vibe\nb\n```\n")
  })

  it("reads back any code that is put into a cell", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("```", "````", "  ```", "~~~")), { maxLength: 8 }),
        (lines) => {
          const code = lines.map((line) => line.replace(/[\r\n]/g, "")).join("\n")
          const [cell] = parseDocument(printDocument([newCell("jade", code)]))
          expect(cell).toMatchObject({ kind: "cell", language: "jade", code })
          for (const around of ["~~~jade\nx\n~~~\n", "  ```jade\n  x\n  ```", "```jade\nx"]) {
            const [old] = parseDocument(around)
            if (old?.kind !== "cell") throw new Error(around)
            const [again] = parseDocument(withCode(old, code).raw)
            expect(again).toMatchObject({ kind: "cell", language: "jade", code })
          }
        },
      ),
    )
  })

  it("of 5 MB is split in linear time", () => {
    const text = "Some prose with `code` in it.\n\n```vibe\nprint(1)\n```\n\n".repeat(95_000)
    expect(text.length).toBeGreaterThan(5_000_000)
    expect(parseDocument(text).length).toBe(190_001)
  })
})

describe("front matter", () => {
  it("gives the options of the document and ignores keys of others", () => {
    const { options, problems } = readFrontMatter(
      'title: Three critics\nlayout: post\nseed: 7\nmaxRetries: 1\nmodel:\n  - match: Outline\n    reply: "1. one"\n    latencyMs: 300\ninput: [Ada]',
    )
    expect(problems).toEqual([])
    expect(options).toMatchObject({
      title: "Three critics",
      seed: 7,
      maxRetries: 1,
      input: ["Ada"],
      rules: [{ match: "Outline", reply: "1. one", latencyMs: 300 }],
    })
  })

  it("says the line and the reason of what is wrong, and keeps the rest", () => {
    const { options, problems } = readFrontMatter("title: T\nseed: -1\nmodel:\n  - reply: 5\ndials: { speed: 2 }")
    expect(options.title).toBe("T")
    expect(problems).toEqual([
      { line: 3, message: "seed: a seed is a whole number from 0" },
      { line: 4, message: "model: rule 1: reply should be a text, or { tools: [{ name, args }] }" },
      { line: 6, message: expect.stringContaining('there is no dial "speed"') },
    ])
  })

  it("tells what YAML cannot be read in words of its own: what was found, what was expected, at which line", () => {
    const CASES: readonly (readonly [yaml: string, line: number, words: string])[] = [
      ["title: One: two", 2, "found a second colon in one line; expected `key: value`"],
      ["seed: 7\n title: x", 2, "found a next line that is indented as if it belonged to this value"],
      ["model:\n  - match: a\n   reply: b", 4, "found a line in a list that is no item of it"],
      ["model:\n\t- match: a", 3, "found a tab before the first letter; expected spaces"],
      ["seed: 7\nseed: 8", 3, "found the key seed a second time"],
      ['title: "One\nseed: 7', 2, 'found a text without its closing quote; expected " at its end'],
      ["title: a\nmodel: [{ match: a }", 3, "found no ] for a bracket that is opened here or before"],
      ["input: [a, b: c", 2, "found no ] for a bracket"],
      ["title: T\njust words\nseed: 7", 3, "found a line that is no key with a value; expected `key: value`"],
      ["title: T\njust words", 3, "found a key without a value; expected `key: value`"],
      ["title: @me", 2, "found a value that begins with @"],
      ['title: "a\\q"', 2, "found \\q in a text"],
      ["title: *one", 2, "title: found a repetition (*name) of a value that is not marked before it"],
      ["- one\n- two", 2, "found a front matter without keys; expected keys and values"],
    ]
    expect(CASES.map(([yaml]) => [yaml, readFrontMatter(yaml).problems[0]])).toEqual(
      CASES.map(([yaml, line, words]) => [yaml, { line, message: expect.stringContaining(words) }]),
    )
  })

  it("tells one problem a line, not what follows from it", () => {
    const lines = readFrontMatter("seed: 7\n title: x\nmodel: [a, {b: ]").problems.map(({ line }) => line)
    expect(lines).toEqual([...new Set(lines)])
  })

  it("never throws, bad YAML and alias bombs included", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\ninput: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`
    expect(readFrontMatter(bomb).problems[0]?.line).toBe(5)
    fc.assert(fc.property(fc.string(), (yaml) => void readFrontMatter(yaml)))
  })
})
