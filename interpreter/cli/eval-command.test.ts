// Claims about `counterpoint eval --batch`: one result line for each line, whatever is wrong with it.
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { evalCommand } from "./eval-command.ts"
import { Stage } from "./testing.ts"
import { Usage } from "./usage.ts"

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

const KEYS = ["name", "value", "printed", "stdout", "diagnostics", "fault"]

/** The results of a batch, and the sentence with which it ended if some lines were none. */
async function batch(lines: readonly unknown[], { end = "\n", before = "" } = {}) {
  const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)))
  const path = stage.file("batch.jsonl", before + texts.join(end) + end)
  const refusal = await evalCommand(["--batch", path]).then(
    () => null,
    (problem: unknown) => {
      if (problem instanceof Usage) return problem.message
      throw problem
    },
  )
  const results = stage.out
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown> & { fault: { kind: string; message: string; line: number } | null })
  return { results, refusal }
}

const SUM = { name: "sum", language: "jade", input: "print(1)\n1 + 2" }

describe("a batch", () => {
  it("answers every line in order with the same keys, whatever became of it", async () => {
    const { results, refusal } = await batch([
      SUM,
      "{not json",
      { name: "rejected", language: "ard", input: 'let a: Int = "x"' },
      { name: "failed", language: "jade", input: "1 / 0" },
      { name: "nobody", input: "1" },
      { name: "empty", language: "vibe", input: "" },
    ])
    for (const result of results) expect(Object.keys(result)).toEqual(KEYS)
    expect(results.map(({ name, fault }) => [name, fault?.kind ?? null])).toEqual([
      ["sum", null],
      [null, "BadLine"],
      ["rejected", "TypeMismatch"],
      ["failed", "DivisionByZero"],
      ["nobody", "BadLine"],
      ["empty", null],
    ])
    expect(results[0]).toMatchObject({ value: 3, printed: "3", stdout: ["1"], diagnostics: [] })
    expect(refusal).toMatch(/batch\.jsonl" has lines that are no program to evaluate: line 2, 5$/)
  })

  it.each([
    ["[1]", 'line 1 should be an object with "name", "language" and "input"'],
    ["null", 'line 1 should be an object with "name", "language" and "input"'],
    [{ language: "jade", input: "1" }, 'line 1 needs "name"'],
    [{ ...SUM, input: 7 }, 'line 1 needs a text as "input", got 7'],
    [{ ...SUM, language: "constructor" }, 'line 1 names the unknown language "constructor": the languages are vibe, jade, ard'],
    [{ ...SUM, files: ["a"] }, 'line 1 needs an object of texts by path as "files"'],
    [{ ...SUM, files: { a: null } }, 'line 1 needs a text as file "a", got null'],
    [{ ...SUM, files: { "./a.jde": "", "a.jde": "" } }, 'line 1 has two files "a.jde"'],
  ])("says what is wrong with %j", async (line, message) => {
    const { results } = await batch([line, SUM])
    expect(results[0]?.fault).toEqual({ kind: "BadLine", message, line: 0 })
    expect(results[1]).toMatchObject({ name: "sum", value: 3, fault: null })
  })

  it("takes the line ends and the byte order mark of Windows, and passes over empty lines", async () => {
    const windows = { name: "w", language: "vibe", input: "let a = 4\r\nprint(a)\r\na * 2\r\n" }
    const { results, refusal } = await batch([windows, "", SUM, "  "], { end: "\r\n", before: "\ufeff" })
    expect(results.map(({ value, stdout }) => [value, stdout])).toEqual([
      [8, ["4"]],
      [3, ["1"]],
    ])
    expect(refusal).toBeNull()
  })

  it("gives a program files of any name, be it one it might have had itself", async () => {
    const five = "export function five(): number { return 5 }"
    const importing = (path: string) => ({
      name: path,
      language: "vibe",
      input: `import { five } from "./program.vibe"\nfive()`,
      files: { [path]: five },
    })
    const { results } = await batch([importing("program.vibe"), importing("./program.vibe")])
    expect(results.map(({ value }) => value)).toEqual([5, 5])
  })

  it("answers an empty file with nothing", async () => {
    expect(await evalCommand(["--batch", stage.file("none.jsonl", "")])).toBe(0)
    expect(stage.out).toBe("")
  })
})
