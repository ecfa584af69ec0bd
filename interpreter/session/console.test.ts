// What a reader of a console notices: entries see each other, a failed one leaves nothing behind, each shows only what it
// added, Jade's async functions do not overlap there, and no entry runs for ever.
import { describe, expect, it } from "vitest"
import { NODE_PACE } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { ConsoleSession, consoleInputs, entryGoesOn } from "./console.ts"
import { inputsOf } from "./defaults.ts"
import { evaluate } from "./evaluation.ts"
import type { RunInputs } from "./inputs.ts"

const EXTENSIONS: Readonly<Record<string, string>> = { vibe: "vibe", jade: "jde", ard: "ard" }

function consoleOf(language: string, rest: Partial<RunInputs> = {}): ConsoleSession {
  const base = consoleInputs(inputsOf(language, `console.${EXTENSIONS[language]}`, "", rest))
  return new ConsoleSession(base, (inputs) => evaluate(inputs, nodePorts(false), NODE_PACE))
}

describe("a console", () => {
  it.each([
    ["vibe", "let x = 20", "x + 22", "42"],
    ["jade", "let x = 20", "x + 22", "42"],
    ["ard", "let x = 20", "x + 22", "42"],
  ])("of %s sees what earlier entries declared and echoes values", async (language, first, second, echo) => {
    const session = consoleOf(language)
    expect((await session.submit(first)).problems).toEqual([])
    expect((await session.submit(second)).echo).toBe(echo)
  })

  it("shows what the new entry wrote and nothing that was shown before", async () => {
    const session = consoleOf("jade")
    expect((await session.submit('print("one")')).output).toBe("one\n")
    expect((await session.submit('print("two")')).output).toBe("two\n")
  })

  it("forgets an entry that failed, with its place in the entry", async () => {
    const session = consoleOf("jade")
    await session.submit("let a = 1\nlet b = 2")
    const refused = await session.submit("let c = 3\nprint(nobody)")
    expect(refused.problems.map(({ line, column }) => [line, column])).toEqual([[2, 7]])
    const failed = await session.submit('let c = 3\nraise "no"')
    expect(failed.problems.map(({ message, line }) => [message, line])).toEqual([["unhandled exception: no", 2]])
    expect((await session.submit("let c = 4")).problems).toEqual([])
    expect((await session.submit("a + b + c")).echo).toBe("7")
  })

  it.each([
    ["vibe", "let x = 1", 'let x = "again"', "x", '"again"'],
    ["jade", "let x = 1", 'let x = "again"', "x", '"again"'],
    ["ard", "use ard/io\nlet x = 1", 'use ard/async\nlet x = "again"', "x", '"again"'],
  ])("of %s lets a later entry declare a name again and bring imports of its own", async (language, first, second, third, echo) => {
    const session = consoleOf(language)
    expect((await session.submit(first)).problems).toEqual([])
    expect((await session.submit(second)).problems).toEqual([])
    expect((await session.submit(third)).echo?.replaceAll('"', "")).toBe(echo.replaceAll('"', ""))
  })

  it.each([
    ["vibe", "let list: number[] = []", 'print("a")\nlist.pop()', 'print("b")', "b\n"],
    ["ard", "use ard/io\nlet z = 0", 'io::print("a")\n1 / z', 'io::print("b")', "b\n"],
  ])("of %s goes on after an entry that failed (%#)", async (language, first, failing, next, output) => {
    const session = consoleOf(language)
    await session.submit(first)
    const failed = await session.submit(failing)
    expect({ ...failed, problems: failed.problems.map(({ line }) => line) }).toEqual({
      output: "a\n",
      errors: "",
      echo: null,
      problems: [2],
      warnings: [],
    })
    expect(await session.submit(next)).toEqual({ output, errors: "", echo: null, problems: [], warnings: [] })
  })

  it("of vibe shows what an entry threw and goes on", async () => {
    const session = consoleOf("vibe")
    expect(await session.submit('print("a")\nthrow "oops"')).toMatchObject({ output: "a\n", echo: "Error: oops", problems: [] })
    expect(await session.submit('print("b")')).toEqual({ output: "b\n", errors: "", echo: null, problems: [], warnings: [] })
  })

  it("echoes nothing for an entry that only declares a function", async () => {
    const session = consoleOf("vibe")
    expect((await session.submit("1 + 1")).echo).toBe("2")
    expect((await session.submit("function f(n: number): number {\n  return n\n}")).echo).toBeNull()
  })

  it("warns once that Jade's async functions run one at a time", async () => {
    const session = consoleOf("jade")
    await session.submit("use std::time\nasync fn nap() {\n    time.sleep(0.2)\n}")
    const first = await session.submit("let a = nap()\nlet b = nap()\nawait a\nawait b\ntime.monotonic()")
    expect([first.errors, first.echo]).toEqual(["warning: async functions run one at a time here, at the call: nothing overlaps\n", "0.4"])
    expect((await session.submit("await nap()")).errors).toBe("")
  })

  it("tells the warnings of the new entry, and of no other", async () => {
    const session = consoleOf("jade")
    const first = await session.submit("let a = 1\nfn adder(n) {\n    return |x| x + n\n}")
    expect(first.problems).toEqual([])
    expect(first.warnings.map(({ kind, line, column }) => [kind, line, column])).toEqual([["UndefinedVariable", 3, 20]])
    expect((await session.submit("a")).warnings).toEqual([])
    const failed = await session.submit("await a")
    expect([failed.problems.map((it) => it.kind), failed.warnings]).toEqual([["NotAFuture"], []])
  })

  it("shows a reply once, also when later entries stand behind the one that asked", async () => {
    const session = consoleOf("jade")
    const asked = await session.submit('?prompt "hello"')
    expect([asked.output.length > 5, asked.echo]).toEqual([true, null])
    expect(await session.submit("let reply = 2\nreply")).toMatchObject({ output: "", echo: "2" })
    expect((await session.submit('print("on")')).output).toBe("on\n")
  })

  it("ends an entry that would run for ever and goes on with the next", async () => {
    const session = consoleOf("jade")
    const { problems } = await session.submit("while true {\n}")
    expect(problems[0]?.message).toMatch(/^stopped after 20\u202f000\u202f000 steps/)
    expect((await session.submit("1 + 1")).echo).toBe("2")
  })

  it("says so where an entry was given up, and keeps the session", async () => {
    let patience = true
    const base = consoleInputs(inputsOf("jade", "console.jde", ""))
    const session = new ConsoleSession(base, (inputs) =>
      evaluate(inputs, nodePorts(false), { slice: () => () => true, turn: async () => !patience }),
    )
    await session.submit("let x = 1")
    patience = false
    expect((await session.submit("while true {\n}")).problems[0]?.kind).toBe("Stopped")
    patience = true
    expect((await session.submit("x")).echo).toBe("1")
  })

  it("asks no real model and no reader for a line", async () => {
    const inputs = inputsOf("jade", "main.jde", "")
    const base = consoleInputs({ ...inputs, inputOpen: true, model: { ...inputs.model, live: true } })
    expect([base.inputOpen, base.model.live]).toEqual([false, false])
  })

  it("begins anew when cleared", async () => {
    const session = consoleOf("jade")
    await session.submit("let x = 1")
    session.clear()
    expect(session.text).toBe("")
    expect((await session.submit("x")).problems).toHaveLength(1)
  })
})

describe("an entry", () => {
  it.each([
    ["fn f() {", true],
    ["fn f() {\n}", false],
    ['print("(")', false],
    ["let a = [1, // ]", true],
    ["1 + 1", false],
    ['let t = """one', true],
    ['let t = """one\ntwo"""', false],
    ["let t = \"'''\"", false],
  ])("%j goes on in every language: %s", (text, goesOn) => {
    for (const language of ["vibe", "jade", "ard"]) expect([language, entryGoesOn(language, text)]).toEqual([language, goesOn])
  })

  it.each([
    ["jade", "let a = 1 +", true],
    ["jade", "let a = 1 + // more", true],
    ["jade", "let a =", true],
    ["jade", "3 |>", true],
    ["jade", "true and", true],
    ["jade", "let band", false],
    ["jade", "a.", true],
    ["jade", 'let a = "="', false],
    ["jade", "let a = 1 // +", false],
    ["jade", "let a = 1;", false],
    ["jade", "@twice", true],
    ["jade", '@tag("a", n = 1)', true],
    ["jade", '@tag("a") let x = 1', false],
    ["jade", 'let s = "one', true],
    ["jade", 'let s = "one\ntwo"', false],
    ["jade", "let s = 'one\ntwo'", false],
    ["jade", "1 // don't", false],
    ["jade", "1 +)", false],
    ["vibe", "let a = 1 +", true],
    ["vibe", "let a = not", true],
    ["vibe", "let a = 1 <", true],
    ["vibe", 'let a = "one', false],
    ["ard", "let a = 1 +", false],
  ])("of %s, %j goes on: %s", (language, text, goesOn) => {
    expect(entryGoesOn(language, text)).toBe(goesOn)
  })
})
