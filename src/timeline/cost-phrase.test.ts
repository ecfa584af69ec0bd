// What a call cost, in the words of the hover card: known, estimated, recorded or unknown.
import { describe, expect, it } from "vitest"
import { costPhrase } from "./cost-phrase.ts"

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
