// The console's log: entries wait for their answers, late answers of a cleared log change nothing, the history goes back.
import { describe, expect, it } from "vitest"
import { type Console, consoleCleared, EMPTY_CONSOLE, entryAnswered, entrySubmitted, isBusy, textBefore } from "./console.ts"

const NOTHING = { output: "", errors: "", echo: null, problems: [], warnings: [] }
const typed = (...texts: string[]) =>
  texts.reduce<Console>((log, text) => entryAnswered(entrySubmitted(log, text), log.lastId + 1, NOTHING), EMPTY_CONSOLE)

describe("the console's log", () => {
  it("is busy until the last entry has its answer", () => {
    const asked = entrySubmitted(typed("let x = 1"), "x")
    expect([isBusy(EMPTY_CONSOLE), isBusy(asked)]).toEqual([false, true])
    const answered = entryAnswered(asked, asked.lastId, { ...NOTHING, echo: "1" })
    expect(isBusy(answered)).toBe(false)
    expect(answered.log.map(({ text, result }) => [text, result?.echo])).toEqual([
      ["let x = 1", null],
      ["x", "1"],
    ])
  })

  it("takes no answer for an entry that was cleared meanwhile, not even in a later one", () => {
    const asked = entrySubmitted(EMPTY_CONSOLE, "slow")
    const next = entrySubmitted(consoleCleared(asked), "new")
    expect(entryAnswered(next, asked.lastId, NOTHING).log).toEqual(next.log)
  })

  it("says how much of a long output it leaves out", () => {
    const asked = entrySubmitted(EMPTY_CONSOLE, "flood")
    const { log } = entryAnswered(asked, asked.lastId, { ...NOTHING, output: "x".repeat(20_005) })
    expect(log[0]?.result?.output).toMatch(/x\n… 5 more characters$/)
  })

  it("goes back through what was typed, equal neighbours once, and ends there", () => {
    const log = consoleCleared(typed("a", "b", "b"))
    expect([0, 1, 2, 3].map((back) => textBefore(log, back))).toEqual(["", "b", "a", null])
  })
})
