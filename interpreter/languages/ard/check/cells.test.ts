// The cells of a notebook are one program in which a later cell may declare a name again (source/text.ts, `cellStarts`).
import { expect, it } from "vitest"
import { programOf } from "../../../source/text.ts"
import { checkProgram } from "./index.ts"

function check(...cells: string[]) {
  const starts: number[] = []
  let text = ""
  for (const cell of cells) {
    starts.push(text.length)
    text += `${cell}\n`
  }
  return checkProgram(programOf("ard", "notebook.ard", text, {}, starts))
}

const messages = (...cells: string[]) => check(...cells).diagnostics.map((it) => `${it.kind}: ${it.message}`)

it("lets every cell begin with its own imports, also with one that an earlier cell has", () => {
  expect(messages("use ard/io\nio::print(1)", "use ard/io\nuse ard/async\nfn main() { async::sleep(1) }")).toEqual([])
})

it("still wants the imports of a cell before its statements", () => {
  expect(messages("let x = 1\nuse ard/io", "let y = 2")).toEqual(["ParseError: all imports come before the first other statement"])
})

it("gives each use the declaration that stands nearest above it", () => {
  expect(messages("let x = 1\nlet y = x + 1", 'let x = "a"\nlet z = x + "b"')).toEqual([])
  expect(messages("fn f() Int { 1 }\nlet a = f() + 1", 'fn f() Str { "s" }\nlet b = f() + "t"')).toEqual([])
  expect(messages("struct P { a: Int }\nlet p = P{a: 1}", 'struct P { b: Str }\nlet q = P{b: "x"}')).toEqual([])
})

it("keeps what a function meant when it was declared", () => {
  expect(messages("let x = 1\nfn f() Int { x }", 'let x = "a"', "let y = f() + 1")).toEqual([])
})

it("knows the main of every cell, the last one by name", () => {
  const { program } = check("fn main() {}", "let x = 1", 'fn main() { panic("second") }')
  expect(program.mains).toHaveLength(2)
  expect(program.main).toBe(program.mains[1])
})

it("imports a module in the cell that needs it, not in an earlier one", () => {
  const cells = ["use ard/io\nio::print(1)\n", "let x = 1\n", "async::sleep(x)\n"]
  const fix = check(...cells).diagnostics[0]?.fixes?.[0]
  const third = cells.slice(0, 2).reduce((sum, code) => sum + code.length + 1, 0)
  expect(fix).toEqual({ title: "Import ard/async", edits: [{ from: third, to: third, insert: "use ard/async\n\n" }] })
  const second = check("use ard/io\n", "use ard/json\nasync::sleep(1)\n").diagnostics[0]?.fixes?.[0]
  expect(second?.edits).toEqual([{ from: 24, to: 24, insert: "\nuse ard/async" }])
})
