// What a run has cost up to a moment: known, estimated, of a recording, or unknown; never a guess that looks exact.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "./builder.ts"
import { foldOf } from "./fold.ts"
import { type AnsweredCall, moneyOf } from "./money.ts"

const answer = (usd: number, fresh = true, more: Partial<AnsweredCall["cost"]> = {}): AnsweredCall => ({
  fresh,
  cost: { usd, estimated: false, unpriced: 0, ...more },
})

/** Two calls, one after the other: answered at 100 and at 300 microseconds. */
function twoCalls(source: "live" | "simulated") {
  const b = new TraceBuilder()
  b.source = source
  const main = b.run(-1, "main")
  const calls = [100, 200].map((us) => b.call(main, "Why?", "Because.", us))
  const { spans } = foldOf(b.end(main).endRun().trace())
  return { spans: spans.calls.values(), first: calls[0] as number, second: calls[1] as number }
}

describe("money so far", () => {
  test("rises when an answer has arrived, by what its call cost", () => {
    const { spans, first, second } = twoCalls("live")
    const money = moneyOf(
      spans,
      new Map([
        [second, answer(0.002)],
        [first, answer(0.001)],
      ]),
    )
    expect([99, 100, 299, 300].map((us) => money.soFar.atUs(us))).toEqual([0, 0.001, 0.001, 0.003])
    expect(money).toMatchObject({ estimated: false, unknown: false, recorded: false })
  })

  test("a simulated run costs nothing, whatever is known of other calls with the same numbers", () => {
    const { spans, first } = twoCalls("simulated")
    expect(moneyOf(spans, new Map([[first, answer(5)]])).soFar.length).toBe(0)
  })

  test("answers of a recording count only where nothing was asked now", () => {
    const mixed = twoCalls("live")
    const reused = new Map([
      [mixed.first, answer(0.001, false)],
      [mixed.second, answer(0.002)],
    ])
    expect(moneyOf(mixed.spans, reused)).toMatchObject({ recorded: false })
    expect(moneyOf(twoCalls("live").spans, reused).soFar.last).toBe(0.002)
    const replayed = new Map([
      [mixed.first, answer(0.001, false)],
      [mixed.second, answer(0.002, false)],
    ])
    const replay = moneyOf(twoCalls("live").spans, replayed)
    expect(replay.recorded).toBe(true)
    expect(replay.soFar.last).toBe(0.003)
  })

  test("says where it is an estimate and where it is not the whole", () => {
    const { spans, first, second } = twoCalls("live")
    const estimated = new Map([
      [first, answer(0.001, true, { estimated: true })],
      [second, answer(0, true, { unpriced: 1 })],
    ])
    expect(moneyOf(spans, estimated)).toMatchObject({ estimated: true, unknown: true })
    expect(moneyOf(twoCalls("live").spans, new Map())).toMatchObject({ unknown: true })
  })
})
