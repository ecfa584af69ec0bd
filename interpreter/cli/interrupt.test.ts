// Claims about Ctrl+C on the command line: the run stops where it is, and its report is written all the same.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readTrace } from "../trace/format.ts"
import { runCommand } from "./run-command.ts"
import { Stage } from "./testing.ts"

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

/** Presses Ctrl+C as soon as a run listens to it. */
async function pressed(ended: Promise<number>): Promise<number> {
  const before = process.listenerCount("SIGINT")
  while (process.listenerCount("SIGINT") === before) await new Promise((resolve) => setImmediate(resolve))
  const [listener] = process.listeners("SIGINT").slice(-1)
  listener?.("SIGINT")
  return ended
}

// A minute for a virtual second: it would not end by itself while anybody waits.
const SLOW = ["--pace", "60000"]

describe("Ctrl+C", () => {
  it("stops a run that waits for a model, and the report and the trace are written", async () => {
    const program = stage.file("a.jde", 'prompt p = "a"\nprint(?p)\n')
    const trace = join(stage.folder, "a.trace")
    expect(await pressed(runCommand([program, "--json", "--trace", trace, ...SLOW]))).toBe(130)
    expect(JSON.parse(stage.out)).toMatchObject({ outcome: "stopped", stdout: [], fault: null })
    expect(readTrace(readFileSync(trace))).toMatchObject({ ok: true })
  })

  it("stops a loop without end", async () => {
    expect(await pressed(runCommand([stage.file("a.jde", "while true { let a = 1 }\n"), "--json"]))).toBe(130)
    expect(JSON.parse(stage.out)).toMatchObject({ outcome: "stopped" })
  })

  it("says so in one line where the output is not JSON", async () => {
    expect(await pressed(runCommand([stage.file("a.jde", "while true { let a = 1 }\n")]))).toBe(130)
    expect(stage.err).toBe("stopped by Ctrl+C\n")
  })

  it("keeps the languages of a document that come later from running", async () => {
    const page = "```jade\nwhile true { let a = 1 }\n```\n\n```vibe\nprint(1)\n```\n"
    expect(await pressed(runCommand([stage.file("page.md", page), "--json"]))).toBe(130)
    expect(JSON.parse(stage.out)).toMatchObject({ outcome: "stopped", stdout: [] })
  })
})
