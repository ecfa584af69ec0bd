// Claims about `counterpoint check` of a program: its exit code says whether the program would run.
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { checkCommand } from "./check-command.ts"
import { Stage } from "./testing.ts"

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

describe("check of a program", () => {
  it.each([
    ["a.jde", "fn adder(n) {\n    return |x| x + n\n}\n", 0, "warning UndefinedVariable"],
    ["a.ard", 'use ard/io\nuse ard/io\n\nfn main() {\n  io::print("x")\n}\n', 1, "a.ard:2:1: warning DuplicateImport"],
    ["a.vibe", 'let a: number = "b"\n', 1, "a.vibe:1:1: error SemanticError"],
    ["b.vibe", "let a = 1\n", 0, ""],
  ])("passes %s exactly when it would run", async (name, text, code, line) => {
    expect(await checkCommand([stage.file(name, text)])).toBe(code)
    expect(stage.err).toContain(line)
    expect(stage.out).toBe("")
  })

  it("prints its findings as JSON, an empty list where there are none", async () => {
    expect(await checkCommand([stage.file("a.jde", "let a = 1\n"), "--json"])).toBe(0)
    expect(JSON.parse(stage.out)).toEqual([])
  })
})
