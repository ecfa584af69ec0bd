// Layout: indents, folds, and formatting that keeps the meaning.
import { describe, expect, it } from "vitest"
import { programOf } from "../../../source/text.ts"
import { parseModule } from "../syntax/parse.ts"
import { editing } from "./index.ts"

describe("layout", () => {
  const messy = "fn   main( ){\nlet x=[1,2 , 3]\n   if x.size( )>2{\nx\n}\n\n\n\nelse{ 1 }\n}"

  it("formats once and for all", () => {
    const once = editing.format(messy)
    expect(once).toBe("fn main() {\n  let x = [1, 2, 3]\n  if x.size() > 2 {\n    x\n  }\n  else { 1 }\n}\n")
    expect(editing.format(once)).toBe(once)
  })

  it("leaves a text alone that does not parse, and what strings and comments say", () => {
    expect(editing.format("let x = ")).toBe("let x = ")
    expect(editing.format('let s = "a   {  1  }  b" //   c\n')).toBe('let s = "a   {  1  }  b" //   c\n')
  })

  it("indents the line after an opened block, a closing brace and a chain", () => {
    const text = "fn main() {\n  f(fn() {\nx\n  })\n.g()\n}\n"
    const { tree } = parseModule(programOf("ard", "a.ard", text).entry)
    const columns = (needle: string) => editing.indent(tree, text, text.lastIndexOf("\n", text.indexOf(needle)) + 1, 2)
    expect(columns("x\n")).toBe(4)
    expect(columns("})")).toBe(2)
    expect(columns(".g")).toBe(4)
  })

  it("folds the inside of a block", () => {
    const text = "fn main() {\n  x\n}\n"
    const { tree } = parseModule(programOf("ard", "a.ard", text).entry)
    expect(editing.fold(tree, text, 0, 11)).toEqual({ from: 11, to: 16 })
    expect(editing.fold(tree, text, 12, 15)).toBeNull()
  })
})
