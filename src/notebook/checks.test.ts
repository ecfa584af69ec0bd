// Which cells are looked at after an edit: the edited one first, later ones if the program before them is another.
import { expect, it } from "vitest"
import { LANGUAGES } from "../../interpreter/languages/index.ts"
import type { CellSource } from "../../interpreter/session/document/notebook.ts"
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"
import { CellChecks } from "./checks.ts"

const cells = (...codes: string[]): CellSource[] => codes.map((code, i) => ({ id: `c${i}`, code }))
const problem = (severity: "error" | "warning"): Diagnostic => ({
  phase: "check",
  severity,
  kind: "K",
  message: "m",
  file: "notebook.vibe",
  from: 0,
  to: 1,
})

/** Looks at all that is to be looked at; code with "bad" in it has an error. Gives the programs that were asked about. */
function lookAt(checks: CellChecks, sources: readonly CellSource[], files: Record<string, string> = {}): string[] {
  const asked: string[] = []
  for (;;) {
    const question = checks.next(sources, files)
    if (!question) return asked
    asked.push(question.text)
    checks.answered(question, question.cell.code.includes("bad") ? [problem("error")] : [])
  }
}

it("each cell is looked at once, behind those before it that pass", () => {
  const checks = new CellChecks("jade")
  expect(lookAt(checks, cells("a", "bad", "c"))).toEqual(["a\n", "a\nbad\n", "a\nc\n"])
  expect(checks.next(cells("a", "bad", "c"), {})).toBeNull()
})

it("knows where cells begin, so that a later one may declare a name again", () => {
  const checks = new CellChecks("jade")
  lookAt(checks, cells("a", "bad"))
  expect(checks.next(cells("a", "bad", "ccc"), {})).toMatchObject({ place: 2, cellStarts: [0, 2], from: 2 })
})

it("an edit asks about its cell first, then about those behind it, not about those before", () => {
  const checks = new CellChecks("jade")
  lookAt(checks, cells("a", "b", "c"))
  expect(lookAt(checks, cells("a", "b2", "c"))).toEqual(["a\nb2\n", "a\nb2\nc\n"])
})

it("an edit of a cell that adds nothing before and after concerns no other", () => {
  const checks = new CellChecks("jade")
  lookAt(checks, cells("a", "bad", "c"))
  expect(lookAt(checks, cells("a", "bad still", "c"))).toEqual(["a\nbad still\n"])
  expect(lookAt(checks, cells("a", "good", "c"))).toEqual(["a\ngood\n", "a\ngood\nc\n"])
})

it("a pass that is broken off by another edit leaves nothing doubtful known", () => {
  const checks = new CellChecks("jade")
  lookAt(checks, cells("a", "b", "c"))
  const question = checks.next(cells("a2", "b", "c"), {})
  if (question) checks.answered(question, [])
  expect(lookAt(checks, cells("a2", "b", "c"))).toEqual(["a2\nb\n", "a2\nb\nc\n"])
})

it("in a language whose warnings refuse a program a cell with one adds nothing", () => {
  const checks = new CellChecks("ard")
  const question = checks.next(cells("a", "b"), {})
  if (question) checks.answered(question, [problem("warning")])
  expect(lookAt(checks, cells("a", "b"))).toEqual(["b\n"])
})

it("the registry says of warnings what the languages say", async () => {
  for (const entry of LANGUAGES) expect(entry.warningsReject).toBe((await entry.load()).warningsReject)
})

it("elsewhere a warning stops nothing; other files concern all cells", () => {
  const checks = new CellChecks("jade")
  const question = checks.next(cells("a", "b"), {})
  if (question) checks.answered(question, [problem("warning")])
  expect(lookAt(checks, cells("a", "b"))).toEqual(["a\nb\n"])
  expect(lookAt(checks, cells("a", "b"), { "x.vibe": "x" })).toHaveLength(2)
})

it("the hundredth cell costs one question when it is edited", () => {
  const checks = new CellChecks("jade")
  const codes = Array.from({ length: 100 }, (_, i) => `cell ${i}`)
  lookAt(checks, cells(...codes))
  expect(lookAt(checks, cells(...codes.slice(0, 99), "edited"))).toHaveLength(1)
})

it("cells behind too much code wait for a run", () => {
  expect(lookAt(new CellChecks("jade"), cells("x".repeat(300_000), "b", "c"))).toHaveLength(1)
})
