// Parsing, checking and editing of whatever text: nothing throws, and every error has its place.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { programOf, SourceFile } from "../../../source/text.ts"
import { editing } from "../editing/index.ts"
import { vibe } from "../index.ts"
import { parseFile } from "./parse.ts"

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../conformance/vibe")
const programs = readdirSync(folder)
  .filter((name) => name.endsWith(".vibe"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
const tokens =
  "let const async do vibe model function tool if else for in while return throw break import export from private ts ( ) [ ] { } , : . .. = == + - * / % < > and or not null true \"a {x}\" 'b' `c` 1 2.5 x y m // /* */ \n @param ; é".split(
    " ",
  )

/** A program with a stretch cut out, or tokens strewn in. */
const broken = fc
  .tuple(fc.constantFrom(...programs), fc.nat(1000), fc.nat(60), fc.array(fc.constantFrom(...tokens), { maxLength: 4 }))
  .map(([text, at, length, strewn]) => {
    const from = Math.floor((at / 1000) * text.length)
    return text.slice(0, from) + strewn.join(" ") + text.slice(from + length)
  })
const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 80 }).map((list) => list.join(" "))
const anything = fc.oneof(broken, soup, fc.string({ unit: "binary", maxLength: 200 }))

describe("parsing", () => {
  it("never throws, and its diagnostics lie inside the text", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { diagnostics } = parseFile(new SourceFile("any.vibe", text))
        return diagnostics.every((it) => it.from >= 0 && it.to >= it.from && it.from <= text.length && it.message !== "")
      }),
      { numRuns: 400, seed: 3 },
    )
  })

  it("of every conformance program gives a tree that is its whole text", () => {
    for (const text of programs) {
      const { ast } = parseFile(new SourceFile("case.vibe", text))
      for (let i = 1; i < ast.body.length; i++)
        expect((ast.body[i] as { from: number }).from).toBeGreaterThanOrEqual((ast.body[i - 1] as { to: number }).to)
    }
  })

  it("finds errors in the order lexed, balanced, parsed", () => {
    const kinds = (text: string) => parseFile(new SourceFile("a.vibe", text)).diagnostics.map((it) => `${it.kind} ${it.from}`)
    expect(kinds("let = 1\nlet x = (1\nlet y = 2;")[0]).toBe("LexerError 28")
    expect(kinds("let = 1\nlet x = (1")[0]).toBe("ParserError 16")
  })
})

describe("checking and compiling", () => {
  it("never throw, whatever the text; a program without errors is lowered", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { diagnostics, unit } = vibe.compile(programOf("vibe", "main.vibe", text), { wantValue: true })
        return (unit !== null) === diagnostics.every((it) => it.severity !== "error")
      }),
      { numRuns: 300, seed: 5 },
    )
  })
})

describe("the editor's functions", () => {
  it("never throw on broken programs, at any place", () => {
    fc.assert(
      fc.property(anything, fc.nat(1000), (text, at) => {
        const program = programOf("vibe", "main.vibe", text, { "lib.vibe": "export const z = 1\n" })
        const offset = Math.floor((at / 1000) * text.length)
        const lineStart = text.lastIndexOf("\n", offset - 1) + 1
        const tree = editing.parser.parse(text)
        editing.complete(program, offset, true)
        editing.hover(program, offset)
        editing.definition(program, offset)
        editing.references(program, offset)
        editing.rename(program, offset, "fresh")
        editing.signatureHelp(program, offset)
        editing.indent(tree, text, lineStart, 2)
        editing.fold(tree, text, lineStart, text.length)
        return typeof editing.format(text) === "string"
      }),
      { numRuns: 300, seed: 9 },
    )
  })
})
