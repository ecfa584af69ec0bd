// Programs as long as a machine writes them: a statement for every few bytes of a megabyte, and a mistake in every line.
// A long program may take its time; it must neither break the compiler nor lose its last line.
import { describe, expect, it } from "vitest"
import { show } from "../conformance/runner.ts"
import { languageEntry } from "../languages/index.ts"
import { programOf } from "../source/text.ts"
import { inputsOf } from "./defaults.ts"

const LINES = 70_000

/** `let x0 = 0` and so on, and the last of them printed. */
const program: Readonly<Record<string, (lines: string) => string>> = {
  vibe: (lines) => `${lines}print(x${LINES - 1})\n`,
  jade: (lines) => `${lines}print(x${LINES - 1})\n`,
  ard: (lines) => `use ard/io\n${lines}fn main() {\n  io::print(x${LINES - 1}.to_str())\n}\n`,
}

describe.each(Object.entries(program))("in %s", (language, text) => {
  it("a program of a megabyte runs to its last line", { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: LINES }, (_, i) => `let x${i} = ${i}\n`).join("")
    const shown = await show(inputsOf(language, "long", text(lines)))
    expect({ outcome: shown.outcome, stdout: shown.stdout }).toEqual({ outcome: "done", stdout: [String(LINES - 1)] })
  })

  it("a mistake in every line of a long program is a diagnostic, not a crash", { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `let x${i} = y${i}\n`).join("")
    const entry = await languageEntry(language)?.load()
    expect(entry?.check(programOf(language, "long", lines)).length).toBeGreaterThan(0)
  })
})

it("a statement with more alternatives than can be nested is refused with a sentence", { timeout: 60_000 }, async () => {
  const arms = Array.from({ length: 5_000 }, (_, i) => `    ${i} => io::print("${i}")\n`).join("")
  const text = `use ard/io\nfn main() {\n  match 5 {\n${arms}    _ => io::print("no")\n  }\n}\n`
  const shown = await show(inputsOf("ard", "main.ard", text))
  expect(shown).toMatchObject({ outcome: "rejected", error: { kind: "Limit", line: 1 } })
})
