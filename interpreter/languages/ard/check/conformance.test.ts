// Every Ard case of the conformance folder through parser and checker: those that must fail there fail with the kind, line
// and text that the case fixes; all others have no diagnostic.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { positionOf } from "../../../source/diagnostic.ts"
import { programOf } from "../../../source/text.ts"
import { checkProgram } from "./index.ts"
import { libraryProblems } from "./library.ts"

interface Case {
  readonly files?: Record<string, string>
  readonly error?: { readonly phase: string; readonly kind?: string; readonly line?: number; readonly contains?: string }
}

const folder = fileURLToPath(new URL("../../../conformance/ard/", import.meta.url))
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -5))

describe("conformance cases, parsed and checked", () => {
  it("the library's own texts parse and name known types", () => {
    expect(libraryProblems()).toEqual([])
  })

  it.each(names)("%s", (name) => {
    const wanted = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Case
    const program = programOf("ard", "main.ard", readFileSync(join(folder, `${name}.ard`), "utf8"), wanted.files)
    const { diagnostics } = checkProgram(program)
    const first = diagnostics[0]
    const phase = wanted.error?.phase
    if (phase !== "parse" && phase !== "check") {
      expect(diagnostics.map((found) => `${positionOf(program, found).line}: ${found.kind}: ${found.message}`)).toEqual([])
      return
    }
    expect(first).toBeDefined()
    if (!first) return
    expect(first.phase).toBe(phase)
    if (wanted.error?.kind) expect(`${first.kind}: ${first.message}`).toContain(`${wanted.error.kind}:`)
    if (wanted.error?.line) expect(positionOf(program, first).line, first.message).toBe(wanted.error.line)
    if (wanted.error?.contains) expect(first.message).toContain(wanted.error.contains)
  })
})
