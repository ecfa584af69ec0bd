// Texts made to break tools: each must be checked, and answered in the editor, in seconds. Times are generous; what is
// guarded against took hours.
import { describe, expect, it } from "vitest"
import { programOf } from "../../source/text.ts"
import { outlineOf } from "./check/ts-exports.ts"
import { editing } from "./editing/index.ts"
import { vibe } from "./index.ts"
import { answerOf } from "./library/conversions.ts"

const TEXTS: Readonly<Record<string, string>> = {
  "brackets that close nothing": `${"(".repeat(20_000)}${"]".repeat(20_000)}`,
  "brackets and a sign that is none": `${"(".repeat(50_000)};`,
  "closers only": ")]}".repeat(5_000),
  "brackets of all kinds": "([{".repeat(10_000),
  "an opened string of every kind": `"${"{a".repeat(50_000)}`,
  "comments behind ts": `let x = ts ${"/* a */ ".repeat(1_000)} y`,
  "a ts block in a ts block": "ts() { ".repeat(1_000),
  "names nobody declared": Array.from({ length: 2_000 }, (_, i) => `let name${i} = nome${i}`).join("\n"),
  "templates in templates": `let x = ts() { return ${"`${".repeat(2_000)}1${"}`".repeat(2_000)} }`,
  "braces in a text": `let s = "${"{a.b[1]".repeat(20_000)}"`,
  "one long line of dots": `x${".a".repeat(4_000)}`,
  "signs before signs": `print(${"- ".repeat(50_000)}1)`,
  "words before words": `let a = ${"do not ".repeat(20_000)}"x"`,
  "names behind names": "foo bar ".repeat(20_000),
  "an assignment in an assignment": `let a = 1\n${"a = ".repeat(5_000)}2`,
  "many else ifs": `if true { }${" else if true { }".repeat(400)}`,
}

describe("bad input", () => {
  it.each(Object.keys(TEXTS))("%s", (name) => {
    const text = TEXTS[name] ?? ""
    const program = programOf("vibe", "main.vibe", text)
    expect(() => vibe.compile(program, { wantValue: false })).not.toThrow()
    const at = Math.floor(text.length / 2)
    editing.complete(program, at, true)
    editing.hover(program, at)
    editing.signatureHelp(program, at)
    const tree = editing.parser.parse("")
    editing.indent(tree, text, text.length, 2)
    editing.fold(tree, text, 0, 10)
    expect(typeof editing.format(text)).toBe("string")
  })

  it.each([
    [`let x = ${Array(1_002).fill("1").join(" + ")}`, "this expression is too long: split it with a variable"],
    [`let x = true${" or true and false".repeat(20_000)}`, "this expression is too long: split it with a variable"],
    [`let a = [1]\nprint(a${".push(1)".repeat(400)}.len())`, "this expression is too long: split it with a variable"],
    [`let a = 1\n${"a = ".repeat(101)}2`, "this is nested too deeply: put the inner part into a variable or a function"],
    [`print(${"do (".repeat(101)}"x"${")".repeat(101)})`, "this is nested too deeply: put the inner part into a variable or a function"],
    [`let a = ${"[".repeat(501)}${"]".repeat(501)}`, "this is nested too deeply: put the inner part into a variable or a function"],
    [`print(${"not ".repeat(2_000)}true)`, "this is nested too deeply: put the inner part into a variable or a function"],
    // A mistake behind a long chain is told as what it is.
    [`print(${Array(120).fill('"abcdefgh"').join(" + ")})\nlet = 5`, "found '=', expected a name, '{' or 'private' (in a let declaration)"],
  ])("%.30s… is told as what it is", (text, message) => {
    const { diagnostics } = vibe.compile(programOf("vibe", "main.vibe", text), { wantValue: false })
    expect(diagnostics[0]?.message).toBe(message)
  })

  it("is told at most a thousand times", () => {
    const { diagnostics } = vibe.compile(programOf("vibe", "main.vibe", "foo bar ".repeat(5_000)), { wantValue: false })
    expect(diagnostics.filter((it) => it.severity === "error")).toHaveLength(1_000)
  })

  it("of TypeScript files", () => {
    expect(outlineOf("import ".repeat(8_000)).imports).toEqual([])
    expect(outlineOf("export { ".repeat(4_000)).exports.size).toBe(0)
    expect(outlineOf(`${"`${".repeat(20_000)}`).exports.size).toBe(0)
  })

  it("of models: a fence without end", () => {
    expect(() => answerOf(`\`\`\`\n${"\n".repeat(500_000)}x`, "json", -1)).toThrow()
    expect(answerOf('```json\n{ "a": 1 }\n```', "json", -1)).toEqual({ a: 1 })
  })
})
