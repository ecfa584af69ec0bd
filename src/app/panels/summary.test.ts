// The one sentence about a run that has ended: what overlapped, what decided its end, what was lost.
import { describe, expect, it } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf } from "../../../interpreter/trace/fold.ts"
import { gainOf, summaryOf } from "./summary.ts"

const S = 1_000_000

/** Two calls that overlap; b is turned away first and decides the end. */
function overlapping() {
  const t = new TraceBuilder()
  const main = t.run(-1, "main")
  const a = t.run(main, "a")
  const callA = t.queued(a, "A")
  t.sent(a, callA).suspend(a, "call", callA)
  const b = t.run(main, "b")
  const callB = t.queued(b, "B")
  t.sent(b, callB).suspend(b, "call", callB)
  t.suspend(main, "await", a)
  t.at(0.5 * S)
    .failed(b, callB, 429, "slow down")
    .wake(b)
    .retry(b, callB, "429")
    .suspend(b, "backoff")
  t.at(1.5 * S)
    .wake(b)
    .sent(b, callB, 2)
    .suspend(b, "call", callB)
  t.at(2 * S)
    .firstToken(a, callA)
    .replied(a, callA, "aa", 1, 1)
    .wake(a)
    .closed(a, callA, "aa")
    .end(a)
  t.wake(main, a).suspend(main, "await", b)
  t.at(2.5 * S)
    .firstToken(b, callB)
    .replied(b, callB, "bb", 1, 1)
    .wake(b)
    .closed(b, callB, "bb")
    .end(b)
  t.wake(main, b).end(main).endRun()
  return foldOf(t.trace())
}

describe("the sentence that sums a run up", () => {
  it("tells what overlapped and what decided the end, with what it lost", () => {
    expect(summaryOf(overlapping(), "done", "", 2.5 * S)).toBe("2.50 s; two calls overlapped; b decided the end (429, 1.50 s lost).")
  })

  it("compares with one after another", () => {
    expect(gainOf(overlapping(), 2.5 * S)).toBe("one after another 4.50 s · 1.8× faster")
  })

  it("says so when nothing overlaps", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    t.call(main, "one", "1", S)
    t.call(main, "two", "2", S)
    t.end(main).endRun()
    const fold = foldOf(t.trace())
    expect(summaryOf(fold, "done", "", 2 * S)).toBe("2.00 s; two calls, one after another.")
    expect(gainOf(fold, 2 * S)).toBe("")
  })

  it("counts sleeping tasks that overlap", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    const a = t.run(main, "a")
    t.suspend(a, "sleep")
    const b = t.run(main, "b")
    t.suspend(b, "sleep").suspend(main, "await", a)
    t.at(S).wake(a).end(a).wake(b).end(b).wake(main, a).end(main).endRun()
    expect(summaryOf(foldOf(t.trace()), "done", "", S)).toBe("1.00 s; two tasks overlapped; a decided the end.")
  })

  it("has words for a run of no time, a failure, a deadlock, a stop", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    t.end(main).endRun()
    const fold = foldOf(t.trace())
    expect(summaryOf(fold, "done", "", 0)).toBe("No virtual time; it only computed.")
    expect(summaryOf(fold, "failed", "expected a number\nmore", S)).toBe("Failed at 1.00 s: expected a number")
    expect(summaryOf(fold, "deadlock", "main waits for a", 0)).toBe("Nobody can go on at 0 s: main waits for a")
    expect(summaryOf(fold, "stopped", "stopped by the user", S)).toBe("Stopped at 1.00 s.")
  })
})
