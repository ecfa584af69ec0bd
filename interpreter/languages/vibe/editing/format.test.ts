// The layout of Vibe programs: what it changes, and that it keeps their meaning.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parser } from "../vibe.parser.ts"
import { format } from "./format.ts"

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../conformance/vibe")
const programs = readdirSync(folder)
  .filter((name) => name.endsWith(".vibe"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
const shape = (text: string) => String(parser.parse(text))

describe("formatting", () => {
  it("lays out spaces, indentation and blank lines", () => {
    const untidy =
      'let a=1+2*-x\n\n\n\nfunction f( n :number ):text{\nif n>1{return "x"}\n  else { return  `y` }\n}\nlet o={a:1,b:[1,2 ,3],\nc:a[1:2]}\nfor i in 1 .. 3{print(i)}\n'
    expect(format(untidy)).toBe(
      'let a = 1 + 2 * -x\n\nfunction f(n: number): text {\n  if n > 1 { return "x" }\n  else { return `y` }\n}\nlet o = { a: 1, b: [1, 2, 3],\n  c: a[1:2] }\nfor i in 1..3 { print(i) }\n',
    )
  })

  it("keeps strings, comments and ts bodies as they are", () => {
    const text = 'let s = "two\n   lines {x}" // why\nlet x = ts(s) {\n      return s.length  +  1\n  }\n'
    expect(format(text)).toBe(text)
  })

  it("keeps a sign apart from the number behind it", () => {
    expect(format("for  i in - 1..1 { print( - i) }")).toBe("for i in - 1..1 { print(-i) }\n")
  })
  it("leaves a text that does not parse alone", () => {
    expect(format("let x = (1 +")).toBe("let x = (1 +")
  })

  it("is idempotent on every conformance program and keeps its meaning", () => {
    for (const text of programs) {
      const once = format(text)
      expect(format(once)).toBe(once)
      expect(shape(once)).toBe(shape(text))
    }
  })

  it("is idempotent and keeps the meaning of programs with their white space shaken", () => {
    fc.assert(
      fc.property(fc.constantFrom(...programs), fc.array(fc.nat(9), { minLength: 40, maxLength: 40 }), (text, noise) => {
        let i = 0
        const shaken = text.replace(/ /g, () => (noise[i++ % noise.length] === 0 ? "   " : noise[i % noise.length] === 1 ? "\t" : " "))
        const once = format(shaken)
        return format(once) === once && shape(once) === shape(shaken)
      }),
      { numRuns: 150, seed: 7 },
    )
  })
})
