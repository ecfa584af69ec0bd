// Layout over a real grammar (Vibe's): indentation by brackets, folding, formatting that is idempotent and keeps meaning.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { bracketFold, bracketSteps, type LayoutRules, layOut, tokensOf } from "./layout.ts"
import { parser } from "./vibe/vibe.parser.ts"

const rules: LayoutRules = {
  atomic: new Set(["String", "LineComment", "BlockComment", "TsBlock"]),
  unit: 2,
  between(previous, next) {
    if (next.text === "," || next.text === ")" || next.text === ":") return ""
    if (previous.text === "(") return ""
    if (next.text === "(" || next.text === "." || previous.text === ".") return null
    return " "
  },
}

describe("tokens", () => {
  it("are all of the text but its white space", () => {
    const text = 'let x = [1, 2] // two\nprint("a {x} b")\n'
    const tokens = tokensOf(parser.parse(text), text, rules.atomic)
    expect(tokens.map((token) => token.text)).toEqual(["let", "x", "=", "[", "1", ",", "2", "]", "// two", "print", "(", '"a {x} b"', ")"])
  })
})

describe("indentation", () => {
  const steps = (text: string) =>
    text
      .split("\n")
      .map((_line, i, all) => bracketSteps(parser.parse(text), text, all.slice(0, i).join("\n").length + (i > 0 ? 1 : 0), rules.atomic))
  it("follows the brackets that are open, a closing one going back", () => {
    expect(steps("if true {\nprint(1)\nfor i in 3 {\nprint(i)\n}\n}\nprint(2)")).toEqual([0, 1, 1, 2, 1, 0, 0])
  })
  it("counts brackets opened on one line once", () => {
    expect(steps("print([\n1,\n])")).toEqual([0, 1, 0])
  })
  it("leaves lines inside a text alone", () => {
    expect(steps('let s = "a\nb"')).toEqual([0, null])
  })
})

describe("folding", () => {
  it("hides what stands between the brackets that a line opens", () => {
    const text = "function f() {\n  print(1)\n}\nf()\n"
    expect(bracketFold(parser.parse(text), text, 0, 14, rules.atomic)).toEqual({ from: 14, to: 26 })
    expect(bracketFold(parser.parse(text), text, 17, 25, rules.atomic)).toBeNull()
  })
})

describe("formatting", () => {
  it("lays out lines, blanks and empty lines", () => {
    expect(layOut(parser, "let   x=[1,2]\n\n\n\nif true{\nprint( x )\n      }", rules)).toBe(
      "let x = [ 1, 2 ]\n\nif true {\n  print(x)\n}\n",
    )
  })
  it("leaves a text that does not parse as it is", () => {
    expect(layOut(parser, "let = (", rules)).toBe("let = (")
  })
  it("is idempotent", () => {
    const piece = fc.constantFrom(
      "let a = 1",
      "print( a)",
      "if true {",
      "}",
      "// note",
      'let s = "x\n  y"',
      "",
      "  ",
      "for i in 3 { print(i) }",
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = layOut(parser, pieces.join("\n"), rules)
        expect(layOut(parser, once, rules)).toBe(once)
      }),
    )
  })
})
