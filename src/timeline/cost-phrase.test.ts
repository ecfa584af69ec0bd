// What a call cost, in the words of the hover card: known, estimated, recorded or unknown; and what a task's calls cost.
import { describe, expect, it } from "vitest"
import type { CallSpan } from "../../interpreter/trace/call-spans.ts"
import { costOfCalls, costPhrase } from "./cost-phrase.ts"

const live = { id: 3, source: "live" } as const
const answered = (usd: number, fresh = true, estimated = false, unpriced = 0) =>
  new Map([[3, { fresh, cost: { usd, estimated, unpriced } }]])

describe("the cost of a call", () => {
  it("is nothing where no real model was asked", () => {
    expect(costPhrase({ id: 3, source: "simulated" }, answered(1))).toMatch(/^nothing/)
  })

  it("is the money that it took, marked where it is an estimate or a recording's", () => {
    expect(costPhrase(live, answered(0.5))).toMatch(/^\$0\.5/)
    expect(costPhrase(live, answered(0.5, true, true))).toMatch(/^est\. \$0\.5/)
    expect(costPhrase(live, answered(0.5, false))).toMatch(/then$/)
  })

  it("is unknown without a price, or before anybody knows who answered", () => {
    expect(costPhrase(live, answered(0, true, false, 1))).toBe("unknown")
    expect(costPhrase(live, new Map())).toBe("unknown")
  })
})

describe("the cost of a task", () => {
  const call = (id: number, endStep: number, source = "live") => ({ id, endStep, source }) as CallSpan
  const answers = new Map([
    [1, { fresh: true, cost: { usd: 0.25, estimated: false, unpriced: 0 } }],
    [2, { fresh: true, cost: { usd: 0.5, estimated: true, unpriced: 0 } }],
    [3, { fresh: true, cost: { usd: 0, estimated: false, unpriced: 1 } }],
  ])

  it("is the sum of the calls that were over by then, and no more", () => {
    const calls = [call(1, 10), call(2, 20), call(3, 30)]
    expect(costOfCalls(calls, 5, answers)).toBe("")
    expect(costOfCalls(calls, 10, answers)).toBe("$0.250")
    expect(costOfCalls(calls, 20, answers)).toBe("est. $0.750")
    expect(costOfCalls(calls, 30, answers)).toBe("unknown")
  })

  it("is nothing to tell where no real model answered, and leaves out what still goes on", () => {
    expect(costOfCalls([call(1, 10, "simulated")], 99, answers)).toBe("")
    expect(costOfCalls([call(1, -1)], 99, answers)).toBe("")
  })
})
