// Composing a notebook's cells: order, what is left out, and the way back from an offset to its cell.
import { describe, expect, it } from "vitest"
import type { Diagnostic } from "../../source/diagnostic.ts"
import { cellAt, composeCells } from "./notebook.ts"

/** A language of lines in which `use NAME` needs an earlier `let NAME`, `?` is a syntax error, and `hm` gets a warning. */
const language = {
  warningsReject: false,
  id: "vibe" as const,
  check(program: { entry: { path: string; text: string } }): Diagnostic[] {
    const known = new Set<string>()
    const found: Diagnostic[] = []
    let at = 0
    for (const line of program.entry.text.split("\n")) {
      const [word = "", name = ""] = line.split(" ")
      const problem = (message: string, severity: "error" | "warning" = "error") =>
        found.push({ phase: "check", severity, kind: "K", message, file: program.entry.path, from: at, to: at + line.length })
      if (word === "let") known.add(name)
      if (word === "use" && !known.has(name)) problem(`${name} is missing`)
      if (word === "?") problem("syntax")
      if (word === "hm") problem("doubtful", "warning")
      at += line.length + 1
    }
    return found
  },
}

const compose = (...codes: string[]) =>
  composeCells(
    language,
    "notebook.vibe",
    codes.map((code, i) => ({ id: `c${i}`, code })),
    {},
  )

describe("a notebook", () => {
  it("is its cells in order, as one program", () => {
    const { text, cellStarts } = compose("let a", "use a")
    expect(text).toBe("let a\nuse a\n")
    expect(cellStarts).toEqual([0, 6])
  })

  it("runs a cell that has a warning, and says it", () => {
    const { text, cells } = compose("let a\nhm", "use a")
    expect(text).toBe("let a\nhm\nuse a\n")
    expect(cells.map(({ from, diagnostics }) => [from, diagnostics.map((d) => `${d.message} at ${d.from}`)])).toEqual([
      [0, ["doubtful at 6"]],
      [9, []],
    ])
  })

  it("leaves out a cell with errors, says them in the cell's own offsets, and goes on without it", () => {
    const { text, cells } = compose("let a", "let b\nuse nothing", "use a", "use b")
    expect(text).toBe("let a\nuse a\n")
    expect(cells.map((cell) => cell.diagnostics.map((d) => `${d.message} at ${d.from}`))).toEqual([
      [],
      ["nothing is missing at 6"],
      [],
      ["b is missing at 0"],
    ])
  })

  it("gives fixes and second marks in the cell's own offsets, and none that would change another cell", () => {
    const edit = (from: number) => ({ title: `at ${from}`, edits: [{ from, to: from, insert: "x" }] })
    const check = (program: { entry: { path: string; text: string } }): Diagnostic[] => {
      const from = program.entry.text.indexOf("bad")
      if (from < 0) return []
      const base = { phase: "check", severity: "error", kind: "K", message: "", file: program.entry.path, from, to: from + 3 } as const
      const related = { file: program.entry.path, from: 2, to: 3, message: "there" }
      return [{ ...base, related, fixes: [edit(from), edit(0)] }]
    }
    const cells = ["first", "so bad"].map((code, i) => ({ id: `c${i}`, code }))
    const [own] = composeCells({ id: "vibe", check, warningsReject: false }, "notebook.vibe", cells, {}).cells[1]?.diagnostics ?? []
    expect(own).toMatchObject({ from: 3, to: 6, fixes: [{ edits: [{ from: 3, to: 3 }] }] })
    expect(own?.fixes).toHaveLength(1)
    expect(own?.related).toBeUndefined()
  })

  it("keeps a cell with nothing but warnings, unless to its language a warning is enough to refuse", () => {
    const check = (program: { entry: { path: string; text: string } }): Diagnostic[] =>
      program.entry.text.includes("odd")
        ? [{ phase: "check", severity: "warning", kind: "W", message: "odd", file: program.entry.path, from: 0, to: 3 }]
        : []
    const composed = (warningsReject: boolean) =>
      composeCells({ id: "vibe", check, warningsReject }, "notebook.vibe", [{ id: "c0", code: "odd" }], {})
    expect(composed(false)).toMatchObject({ text: "odd\n", cells: [{ from: 0, diagnostics: [{ kind: "W" }] }] })
    expect(composed(true)).toMatchObject({ text: "", cells: [{ from: -1, diagnostics: [{ kind: "W" }] }] })
  })

  it("knows which cell an offset belongs to", () => {
    const composition = compose("let a", "?", "use a")
    expect(cellAt(composition, 2)).toEqual({ id: "c0", offset: 2 })
    expect(cellAt(composition, 7)).toEqual({ id: "c2", offset: 1 })
    expect(cellAt(composition, 999)).toBeNull()
  })
})
