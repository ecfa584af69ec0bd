// Thousands of programs nobody wrote: the cases with lines moved, numbers, operators and names exchanged. Whatever passes the
// check runs to an outcome of the language, never to an error inside the interpreter, under any chooser.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { expect, it } from "vitest"
import { drive } from "../../../cli/drive.ts"
import { nodePorts } from "../../../cli/node-ports.ts"
import { inputsOfCase, parseCase } from "../../../conformance/case.ts"
import { prepareRun } from "../../../session/run.ts"
import { Trace } from "../../../trace/trace.ts"

const folder = fileURLToPath(new URL("../../../conformance/ard/", import.meta.url))
const programs = readdirSync(folder)
  .filter((name) => name.endsWith(".ard"))
  .map((name) => ({
    text: readFileSync(join(folder, name), "utf8"),
    files: parseCase(readFileSync(join(folder, name.replace(/ard$/, "json")), "utf8")),
  }))

const EDGES = ["0", "1", "3", "9007199254740993", "9223372036854775807"]
const OPERATORS = [" + ", " - ", " * ", " / ", " % ", " < ", " > ", " <= "]

interface Change {
  readonly kind: "delete" | "repeat" | "swap" | "number" | "operator" | "name"
  readonly at: number
  readonly with: number
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("delete", "repeat", "swap", "number", "operator", "name"),
  at: fc.nat(10_000),
  with: fc.nat(10_000),
})

/** Replaces the nth of what a pattern finds, counted round. */
function exchanged(text: string, pattern: RegExp, at: number, by: (old: string) => string): string {
  const count = text.match(pattern)?.length ?? 0
  let n = 0
  return count === 0 ? text : text.replace(pattern, (old) => (n++ === at % count ? by(old) : old))
}

function changed(text: string, { kind, at, with: other }: Change): string {
  const pick = (list: readonly string[]): string => list[other % list.length] ?? ""
  if (kind === "number") return exchanged(text, /\b\d+\b/g, at, () => pick(EDGES))
  if (kind === "operator") return exchanged(text, / [-+*/%<>] /g, at, () => pick(OPERATORS))
  if (kind === "name") return exchanged(text, /\b[a-z]\w*\b/g, at, (old) => pick(text.match(/\b[a-z]\w*\b/g) ?? [old]))
  const lines = text.split("\n")
  const i = at % lines.length
  const j = other % lines.length
  if (kind === "delete") lines.splice(i, 1)
  else if (kind === "repeat") lines.splice(j, 0, lines[i] ?? "")
  else [lines[i], lines[j]] = [lines[j] ?? "", lines[i] ?? ""]
  return lines.join("\n")
}

it("mutants of the cases run to an outcome of the language", async () => {
  let ran = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...programs),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (program, changes, shuffled) => {
        const text = changes.reduce(changed, program.text)
        const inputs = inputsOfCase("ard", "main.ard", text, program.files)
        const schedule = shuffled ? ("shuffle" as const) : ("fifo" as const)
        const { run, sites } = await prepareRun({ ...inputs, schedule, wantValue: shuffled, limits: { steps: 200_000 } }, nodePorts(false))
        if (!run) return
        ran++
        await drive(run, new Trace(sites))
        expect(run.report().fault?.kind).not.toBe("Internal")
      },
    ),
    { numRuns: 1500, seed: 11 },
  )
  expect(ran).toBeGreaterThan(150)
}, 120_000)
