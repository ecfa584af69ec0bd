// Claims about `counterpoint run --json`: whatever became of a program, one JSON value with the same names.
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { runCommand } from "./run-command.ts"
import { Stage } from "./testing.ts"

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

const KEYS = ["outcome", "stdout", "virtualMs", "maxInFlight", "calls", "tokens", "costUsd", "diagnostics", "fault"]

const STUCK = `use ard/async/channel

fn main() {
  let box = channel::new<Int>()
  box.recv()
}
`

describe("run --json", () => {
  it.each([
    ["done", "a.jde", "print(1)\n", 0, null],
    ["rejected", "a.jde", "print(1\n", 1, { kind: "UnexpectedToken", line: 1, column: 6 }],
    ["failed", "a.jde", "print(1)\n1 / 0\n", 1, { kind: "DivisionByZero", line: 2, column: 1 }],
    ["limit", "a.jde", "while true { let a = 1 }\n", 1, { kind: "Limit" }],
    ["deadlock", "a.ard", STUCK, 1, { kind: "Deadlock", line: 5 }],
  ])("tells a program that is %s under the same names", async (outcome, name, text, code, fault) => {
    expect(await runCommand([stage.file(name, text), "--json"])).toBe(code)
    const report = JSON.parse(stage.out)
    expect(Object.keys(report)).toEqual(KEYS)
    expect(report).toMatchObject({ outcome, tokens: { in: 0, out: 0 }, calls: 0, maxInFlight: 0, virtualMs: 0 })
    if (fault === null) expect(report.fault).toBeNull()
    else {
      expect(Object.keys(report.fault)).toEqual(["kind", "message", "line", "column"])
      expect(report.fault).toMatchObject(fault)
    }
    expect(report.diagnostics).toHaveLength(outcome === "rejected" ? 1 : 0)
    expect(stage.err).toBe("")
  })
})

describe("run --max-retries", () => {
  const program = 'prompt p = "How many?"\ntry { print(?p |> int) } catch e { print(e.message) }\nprint(__max_retries__)\n'

  it.each([
    [[], 4, 3],
    [["--max-retries", "1"], 2, 1],
    [["--max-retries", "0"], 1, 0],
  ])("says how often a reply that does not fit is asked for again: %j", async (options, attempts, shown) => {
    const model = stage.file("model.json", '[{ "match": "How many", "reply": "a lot" }]')
    expect(await runCommand([stage.file("a.jde", program), "--model", model, "--json", ...options])).toBe(0)
    const { stdout, calls } = JSON.parse(stage.out)
    expect(calls).toBe(attempts)
    expect(stdout[0]).toContain(`after ${attempts} attempt(s)`)
    expect(stdout[1]).toBe(String(shown))
  })

  it("is refused for languages that never ask again", async () => {
    await expect(runCommand([stage.file("a.vibe", "print(1)\n"), "--max-retries", "1"])).rejects.toThrow("this is no Jade program")
  })
})
