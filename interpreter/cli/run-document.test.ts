// `run` and `check` of a Markdown document: its cells run as one program a language, output is told cell by cell, lines are
// the document's, and what cannot run says so in one line.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { checkCommand } from "./check-command.ts"
import { runCommand } from "./run-command.ts"
import { Usage } from "./usage.ts"

const DOCUMENT = `---
seed: 3
model:
  - match: capital
    reply: Paris
    latencyMs: 500
---
# A page

\`\`\`vibe
async let a = do "the capital"
\`\`\`

\`\`\`jade
let x = 2
\`\`\`

\`\`\`vibe
print("it is {a}")
\`\`\`

\`\`\`jade
print(x)
let bad = [][3]
\`\`\`

\`\`\`jade
print(unheardOf)
\`\`\`

\`\`\`jade
print(x + 1)
\`\`\`

\`\`\`ard
use ard/io
io::print("fibers")
\`\`\`
`

let folder: string
let said: { out: string; err: string }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
  said = { out: "", err: "" }
  const into = (stream: "out" | "err") => (text: unknown) => {
    said[stream] += String(text)
    return true
  }
  vi.spyOn(process.stdout, "write").mockImplementation(into("out"))
  vi.spyOn(process.stderr, "write").mockImplementation(into("err"))
  vi.spyOn(console, "log").mockImplementation((text) => into("out")(`${text}\n`))
  vi.spyOn(console, "error").mockImplementation((text) => into("err")(`${text}\n`))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function file(text: string, name = "page.md"): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe("run of a document", () => {
  it("runs the cells of each language as one program and says whose output it is", async () => {
    expect(await runCommand([file(DOCUMENT)])).toBe(1)
    expect(said.out).toBe("it is Paris\n2\n3\nfibers\n")
    expect(said.err.split("\n")).toEqual([
      "-- cell 3 (vibe, line 19)",
      "page.md:28:7: error UndefinedVariable: undefined variable: unheardOf is not declared",
      "-- cell 4 (jade, line 23)",
      "[2:11] index 3 is out of bounds: the length is 0",
      "-- cell 6 (jade, line 32)",
      "-- cell 7 (ard, line 36)",
      "",
    ])
  })

  it("gives the same cell by cell as JSON", async () => {
    expect(await runCommand([file(DOCUMENT), "--json"])).toBe(1)
    const result = JSON.parse(said.out) as Record<string, unknown> & { cells: Record<string, unknown>[] }
    expect(result).toMatchObject({ outcome: "failed", virtualMs: 500, calls: 1, fault: { kind: "IndexOutOfBounds", line: 24 } })
    expect(result.cells.map((cell) => [cell.cell, cell.language, cell.outcome, cell.stdout])).toEqual([
      [1, "vibe", "done", []],
      [2, "jade", "done", []],
      [3, "vibe", "done", ["it is Paris"]],
      [4, "jade", "failed", ["2"]],
      [5, "jade", "rejected", []],
      [6, "jade", "done", ["3"]],
      [7, "ard", "done", ["fibers"]],
    ])
  })

  it("runs one language alone where it is asked to, and is done where all its cells are", async () => {
    expect(await runCommand([file(DOCUMENT), "--language", "vibe"])).toBe(0)
    expect(said.out).toBe("it is Paris\n")
  })

  it("blames a limit on the cell that reached it; later cells were not run", async () => {
    const path = file("```jade\nprint(1)\nwhile true { }\n```\n```jade\nprint(2)\n```\n")
    expect(await runCommand([path, "--json"])).toBe(1)
    const { cells } = JSON.parse(said.out) as { cells: { outcome: string; fault: unknown }[] }
    expect(cells).toMatchObject([
      { outcome: "failed", fault: { kind: "Limit" } },
      { outcome: "stopped", fault: null },
    ])
  })

  it.each([
    ["# Prose alone\n", [], "has no cells"],
    ["---\nseed: x\n---\n```vibe\n```\n", [], "page.md:2: front matter: seed: a seed is a whole number from 0"],
    [DOCUMENT, ["--trace", "t"], "choose with --language"],
    [DOCUMENT, ["--language", "cobol"], 'no cells in "cobol"'],
  ])("refuses what it cannot run in one line (%#)", async (text, options, message) => {
    const refusal = await runCommand([file(text), ...options]).catch((problem: unknown) => problem)
    expect(refusal).toBeInstanceOf(Usage)
    expect((refusal as Usage).message).toContain(message)
    expect((refusal as Usage).message).not.toContain("\n")
  })
})

describe("check of a document", () => {
  it("passes what has warnings alone", async () => {
    const path = file("```jade\nfn adder(n) {\n    return |x| x + n\n}\n```\n")
    expect(await checkCommand([path])).toBe(0)
    expect(said.err).toContain("warning UndefinedVariable")
  })

  it("names the document's own lines and runs nothing", async () => {
    expect(await checkCommand([file(DOCUMENT)])).toBe(1)
    expect(said).toEqual({ out: "", err: "page.md:28:7: error UndefinedVariable: undefined variable: unheardOf is not declared\n" })
  })
})
