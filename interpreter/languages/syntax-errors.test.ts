// From the tree of a broken text to findings, over a real grammar (Vibe's).
import { describe, expect, it } from "vitest"
import { firstError, lineOf, skipBlanks, syntaxErrors } from "./syntax-errors.ts"
import { words } from "./vibe/syntax/messages.ts"
import { parser } from "./vibe/vibe.parser.ts"

describe("syntax errors from a Lezer tree", () => {
  it("reads the position of the first error from Lezer's own message, whose wording this pins", () => {
    expect(() => parser.configure({ strict: true }).parse("let x = ")).toThrow(/^No parse at 8$/)
    expect(firstError(parser, "let x = 1 +* 2")).toBe(11)
    expect(firstError(parser, "let x = 1")).toBe(-1)
  })

  it("finds nothing in a text that fits, and says what was expected in one that does not", () => {
    const errors = (text: string) => syntaxErrors(parser, parser.parse(text), text, words).map((it) => `${it.from} ${it.message}`)
    expect(errors("let x = 1")).toEqual([])
    expect(errors("for i 1..3 { }")).toEqual(["6 found '1', expected 'in' (in a for)"])
  })

  it("gives at most one finding a line, and no more than were asked for", () => {
    const text = "let = = =\nlet = =\nlet = 1\n"
    expect(syntaxErrors(parser, parser.parse(text), text, words).length).toBe(3)
    expect(syntaxErrors(parser, parser.parse(text), text, words, 2).length).toBe(2)
  })

  it("counts lines and skips blanks from an offset", () => {
    expect([0, 1, 2, 3].map((at) => lineOf("a\nb\n", at))).toEqual([1, 1, 2, 2])
    expect(skipBlanks("a  // c\n b", 1, words.blanks)).toBe(9)
  })
})
