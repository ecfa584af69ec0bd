// `counterpoint trace`: what `run --trace` wrote is told as text; a file that is cut, newer, foreign, missing or a folder is
// answered in one sentence that names it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { TRACE_VERSION } from "../trace/event.ts"
import { writeTrace } from "../trace/format.ts"
import { Trace } from "../trace/trace.ts"
import { main } from "./main.ts"

const PROGRAM = `async let left = do "Say left"
async let right = do "Say right"
print("{left} {right}")
`

let folder: string
let printed: string
let complained: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "counterpoint-"))
  printed = ""
  complained = ""
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text)
    return true
  })
  vi.spyOn(process.stderr, "write").mockImplementation(() => true)
  vi.spyOn(console, "log").mockImplementation((text) => {
    printed += `${text}\n`
  })
  vi.spyOn(console, "error").mockImplementation((text) => {
    complained += `${text}\n`
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** The file of a run's trace, as `run --trace` writes it. */
async function savedTrace(): Promise<string> {
  const program = join(folder, "two.vibe")
  const saved = join(folder, "two.trace")
  writeFileSync(program, PROGRAM)
  expect(await main(["run", program, "--trace", saved], "")).toBe(0)
  printed = ""
  return saved
}

/** What `trace` says of a file that it cannot show. */
async function refusal(bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, "bad.trace")
  writeFileSync(path, bytes)
  expect(await main(["trace", path], "")).toBe(2)
  expect(printed).toBe("")
  expect(complained).toContain("bad.trace")
  expect(complained.trimEnd()).not.toContain("\n")
  return complained
}

describe("counterpoint trace", () => {
  it("shows a lane and a line of the table for each task of a saved run, the same every time", async () => {
    const saved = await savedTrace()
    expect(await main(["trace", saved], "")).toBe(0)
    for (const task of ["main", "left", "right"]) expect(printed.match(new RegExp(`^ *${task}\\b`, "gm"))).toHaveLength(2)
    const first = printed
    printed = ""
    expect(await main(["trace", saved], "")).toBe(0)
    expect(printed).toBe(first)
  })

  it("tells that nothing happened in an empty trace", async () => {
    const path = join(folder, "empty.trace")
    writeFileSync(path, writeTrace(new Trace()))
    expect(await main(["trace", path], "")).toBe(0)
    expect(printed).toContain("Nothing has happened")
  })

  it("refuses a file that is cut, at any place", async () => {
    const bytes = readFileSync(await savedTrace())
    for (const length of [4, 20, 40, bytes.length - 1]) {
      complained = ""
      expect(await refusal(bytes.subarray(0, length))).toMatch(/cut|incomplete|ends/i)
    }
  })

  it("refuses a file of a newer version and says so", async () => {
    const bytes = readFileSync(await savedTrace())
    bytes.writeUInt32LE(TRACE_VERSION + 1, 8)
    expect(await refusal(bytes)).toMatch(/newer/)
  })

  it.each([
    ["a text", "print(1)"],
    ["an empty file", ""],
  ])("refuses %s", async (_, text) => {
    expect(await refusal(text)).toMatch(/not a trace|cut|ends/i)
  })

  it("refuses a missing file, a folder and no file at all", async () => {
    expect(await main(["trace", join(folder, "none.trace")], "")).toBe(2)
    expect(complained).toMatch(/no file ".*none\.trace"/)
    expect(await main(["trace", folder], "")).toBe(2)
    expect(complained).toContain("is a folder, not a file")
    expect(await main(["trace"], "")).toBe(2)
    expect(complained).toContain("trace needs a file")
  })

  it("is in the help", async () => {
    expect(await main(["help"], "")).toBe(0)
    expect(printed).toContain("counterpoint trace FILE")
  })
})
