// The strip of money: what was paid up to the playhead, and how sure that is.
import { expect, test } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf } from "../../../interpreter/trace/fold.ts"
import { moneyOf, NO_MONEY } from "../../../interpreter/trace/money.ts"
import { sceneOf } from "../testing.ts"
import { moneyText } from "./strips.ts"

const b = new TraceBuilder()
b.source = "live"
const main = b.run(-1, "main")
const call = b.call(main, "Why?", "Because.", 400)
const fold = foldOf(b.end(main).endRun().trace())
const moneyWith = (fresh: boolean, estimated = false, unpriced = 0) =>
  moneyOf(fold.spans.calls.values(), new Map([[call, { fresh, cost: { usd: 0.0042, estimated, unpriced } }]]))
const textAt = (atUs: number, money = moneyWith(true), steps = false) => moneyText(sceneOf(fold, { atUs, steps }), money)

test("the amount is what was paid up to the playhead, in time and in steps", () => {
  expect([textAt(100), textAt(400)]).toEqual(["$0", "$0.0042"])
  expect([textAt(100, moneyWith(true), true), textAt(400, moneyWith(true), true)]).toEqual(["$0", "$0.0042"])
})

test("an estimate, a recording and an unknown price say so", () => {
  expect(textAt(400, moneyWith(true, true))).toBe("est. $0.0042")
  expect(textAt(400, moneyWith(false))).toBe("$0.0042 then")
  expect(textAt(400, moneyWith(true, false, 1))).toBe("cost unknown")
})

test("a run that asked nobody real says $0", () => {
  expect(textAt(400, NO_MONEY)).toBe("$0")
})
