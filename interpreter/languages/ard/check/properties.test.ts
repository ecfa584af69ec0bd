// What must hold for every text: the parser and the checker answer, whatever they are given; formatting changes nothing
// but the layout, and a second time nothing at all. Texts are mutated and mixed conformance programs.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { mutated } from "../../../conformance/mutated.ts"
import { programOf, SourceFile } from "../../../source/text.ts"
import { complete } from "../editing/complete.ts"
import { format, sameMeaning } from "../editing/format.ts"
import { hover, references } from "../editing/navigate.ts"
import { rename } from "../editing/rename.ts"
import { signatureHelp } from "../editing/signature.ts"
import { moduleOf, parseModule } from "../syntax/parse.ts"
import { checkProgram } from "./index.ts"

const folder = fileURLToPath(new URL("../../../conformance/ard/", import.meta.url))
const programs = readdirSync(folder)
  .filter((name) => name.endsWith(".ard"))
  .map((name) => readFileSync(join(folder, name), "utf8"))

const program = fc.constantFrom(...programs)
const PIECES =
  '{ } ( ) [ ] " , : :: . .. = => -> =+ < > ? ?. ! | @ $T \n fn let mut match if else for in while try struct impl trait enum type use x 1 2.5 Int Str'.split(
    " ",
  )

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...PIECES, "")), { maxLength: 6 })
const broken = fc.tuple(program, program, changes, fc.boolean()).map((given) => mutated(...given))

const noise = fc.array(fc.constantFrom(...PIECES, " ", "\n"), { maxLength: 60 }).map((it) => it.join(" "))

describe("for every text", () => {
  it("parser and checker answer", () => {
    fc.assert(
      fc.property(fc.oneof(broken, noise, fc.string()), (text) => {
        const checked = programOf("ard", "main.ard", text)
        const { diagnostics } = checkProgram(checked)
        for (const it of diagnostics) {
          expect(it.from).toBeGreaterThanOrEqual(0)
          expect(it.to).toBeLessThanOrEqual(text.length + 1)
        }
        checkProgram(checked, { forEditing: true })
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  it("every error node has a message", () => {
    fc.assert(
      fc.property(broken, (text) => {
        const { tree, diagnostics } = parseModule(new SourceFile("a.ard", text))
        let errors = 0
        tree.iterate({
          enter(ref) {
            if (ref.type.isError) errors++
          },
        })
        if (errors) expect(diagnostics.length).toBeGreaterThan(0)
      }),
      { numRuns: 300, seed: 11 },
    )
  })

  it("completion, hover and signature help answer at every place", () => {
    fc.assert(
      fc.property(broken, fc.nat(), (text, place) => {
        const offset = place % (text.length + 1)
        const edited = programOf("ard", "main.ard", text)
        complete(edited, offset, true)
        hover(edited, offset)
        signatureHelp(edited, offset)
        references(edited, offset)
      }),
      { numRuns: 150, seed: 5 },
    )
  })
})

describe("renaming", () => {
  it("leaves every conformance program that runs without a diagnostic", () => {
    let renamed = 0
    let definitions = 0
    for (const text of programs) {
      const before = programOf("ard", "main.ard", text)
      if (checkProgram(before).diagnostics.length) continue
      const { contexts, program: checked } = checkProgram(before, { forEditing: true })
      for (const it of contexts.get(checked.entry)?.occurrences ?? []) {
        // A third of them is enough to find what goes wrong, and keeps this from taking half a minute.
        if (!it.isDefinition || definitions++ % 3 !== 0) continue
        const result = rename(before, it.from, "renamed_here")
        if (!("edits" in result)) continue
        let after = text
        for (const edit of [...(result.edits["main.ard"] ?? [])].reverse())
          after = after.slice(0, edit.from) + edit.insert + after.slice(edit.to)
        const found = checkProgram(programOf("ard", "main.ard", after)).diagnostics
        expect(found.map((found) => `${found.message}\n${after}`)).toEqual([])
        renamed++
      }
    }
    expect(renamed).toBeGreaterThan(300)
  })
})

describe("formatting", () => {
  it("keeps the meaning of every conformance program and is done after one time", () => {
    for (const text of programs) {
      const once = format(text)
      expect(format(once)).toBe(once)
    }
  })

  it("brings programs with blanks in odd places to one layout", () => {
    const valid = programs.filter((text) => !parseModule(new SourceFile("a.ard", text)).diagnostics.length && !/"[^"\n]*\n/.test(text))
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), (text, places) => {
        let odd = text
        for (const place of places) {
          const blanks = [...odd.matchAll(/ +/g)].map((it) => it.index)
          const at = blanks[place % Math.max(1, blanks.length)] ?? 0
          odd = `${odd.slice(0, at)}   ${odd.slice(at)}`
        }
        const before = new SourceFile("a.ard", odd)
        fc.pre(!parseModule(before).diagnostics.length)
        const once = format(odd)
        expect(sameMeaning(moduleOf(before), moduleOf(new SourceFile("a.ard", once)))).toBe(true)
        expect(format(once)).toBe(once)
      }),
      { numRuns: 120, seed: 3 },
    )
  })
})

describe("large and deep programs", () => {
  it("takes 5,000 lines", () => {
    const body = Array.from({ length: 1250 }, (_, n) => `fn f${n}(a: Int) Int {\n  let b = a + ${n}\n  b * 2\n}`).join("\n")
    expect(checkProgram(programOf("ard", "main.ard", `${body}\nfn main() {}\n`)).diagnostics).toEqual([])
  })

  it("takes types nested 100 deep", () => {
    const type = `${"[".repeat(100)}Int${"]".repeat(100)}`
    const text = `fn f(x: ${type}) ${type} { x }\nfn main() {}\n`
    expect(checkProgram(programOf("ard", "main.ard", text)).diagnostics).toEqual([])
    const maybe = `fn f(x: ${"fn(".repeat(100)}Int${")".repeat(100)}) {}\nfn main() {}\n`
    expect(checkProgram(programOf("ard", "main.ard", maybe)).diagnostics).toEqual([])
  })

  it("refuses nesting beyond its bound with a sentence", () => {
    const { diagnostics } = checkProgram(programOf("ard", "main.ard", `let x = ${"(".repeat(2000)}1${")".repeat(2000)}\n`))
    expect(diagnostics[0]?.message).toMatch(/^this is nested too deeply: /)
  })

  it("tells a chain of operators or calls that is too long from what is nested", () => {
    const sum = Array.from({ length: 900 }, () => "1").join(" + ")
    const product = Array.from({ length: 1_500 }, () => "1").join(" * ")
    const names = Array.from({ length: 1_100 }, () => "n").join("*")
    const calls = `n${".me()".repeat(700)}`
    const inArms = `match n {\n    1 => ${"(".repeat(40)}${product}${")".repeat(40)}\n    _ => 0\n  }`
    for (const value of [sum, product, names, calls, inArms]) {
      const { diagnostics } = checkProgram(programOf("ard", "main.ard", `use ard/io\nfn f(n: Int) {\n  let s = ${value}\n}\n`))
      expect(diagnostics.map((it) => it.message)).toEqual(["this expression is too long: split it with a variable"])
    }
  })

  it("looks through unions of unions once each", () => {
    const unions = Array.from({ length: 60 }, (_, n) => `type U${n} = U${n + 1} | U${n + 2}`).join("\n")
    const text = `${unions}\ntype U60 = Int | Str\ntype U61 = Bool | U0\nlet yes: U0 = true\nlet no: U0 = 1.5\nfn main() {}\n`
    const { diagnostics } = checkProgram(programOf("ard", "main.ard", text))
    expect(diagnostics.map((it) => it.message)).toEqual(["Type mismatch: Expected U0, got Float"])
  })

  it("types that stand for themselves end in a diagnostic", () => {
    const { diagnostics } = checkProgram(programOf("ard", "main.ard", "type A = B\ntype B = A\nfn main() {}\n"))
    expect(diagnostics[0]?.kind).toBe("UnrecognizedType")
  })
})
