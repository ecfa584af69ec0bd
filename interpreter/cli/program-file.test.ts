// Model scripts as the command line reads them: those of all cases are accepted, and one that cannot be right is refused with
// the rule and the reason, instead of being left unused.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { findCases } from "../conformance/runner.ts"
import { readModelScript, scriptBeside } from "./program-file.ts"
import { Usage } from "./usage.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe("a model script", () => {
  it("of any conformance case is accepted", () => {
    const scripts = findCases("interpreter/conformance").map((file) => scriptBeside(file.path))
    expect(scripts.filter((rules) => rules !== null).length).toBeGreaterThan(100)
  })

  it.each([
    ['{"model":[{"match":"x","reply":5}]}'],
    ['{"model":[{"match":"x","error":{"status":500}}]}'],
    ["[null]"],
    ['{"model":{}}'],
    ["[1"],
  ])("that cannot be right is refused: %s", (text) => {
    const path = join(folder, "main.json")
    writeFileSync(path, text)
    expect(() => readModelScript(path)).toThrow(Usage)
    const message = (() => {
      try {
        readModelScript(path)
      } catch (problem) {
        return (problem as Usage).message
      }
      return ""
    })()
    expect(message).toContain("main.json")
    expect(message).not.toContain("\n")
  })

  it("beside a program is used where it is one, refused where it is a wrong one, and left alone where it is something else", () => {
    const program = join(folder, "main.vibe")
    writeFileSync(join(folder, "main.json"), '{"name":"package"}')
    expect(scriptBeside(program)).toBeNull()
    writeFileSync(join(folder, "main.json"), '{"model":[{"match":"x","reply":5}]}')
    expect(() => scriptBeside(program)).toThrow(Usage)
    writeFileSync(join(folder, "main.json"), '{"model":[{"match":"x","reply":"5"}]}')
    expect(scriptBeside(program)).toEqual([{ match: "x", reply: "5" }])
  })
})
