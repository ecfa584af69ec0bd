// Sums over a run as it grows: calls in flight, tokens, output, faults. Checked at the edges where things happen
// in one microsecond.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "./builder.ts"
import { foldOf, TraceFold } from "./fold.ts"
import { linesOf, totalsOf } from "./totals.ts"

function threeCalls(): TraceBuilder {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  const tasks = ["a", "b", "c"].map((name) => b.run(main, name))
  const calls = tasks.map((task) => {
    const call = b.queued(task, "hi")
    b.sent(task, call).suspend(task, "call", call)
    return call
  })
  b.suspend(main, "await", tasks[0], -1, "a")
  b.at(300)
  for (const [i, task] of tasks.entries()) {
    const call = calls[i] as number
    b.replied(task, call, "yes", 10, 2).wake(task).closed(task, call, "yes").end(task)
  }
  return b.wake(main, tasks[0]).print(main, "done\n").end(main).endRun()
}

describe("totals of a run", () => {
  test("three calls that overlap are three in flight, and tokens add up", () => {
    const totals = totalsOf(threeCalls().trace())
    expect(totals.calls).toBe(3)
    expect(totals.maxInFlight).toBe(3)
    expect(totals.virtualUs).toBe(300)
    expect([totals.tokensIn, totals.tokensOut, totals.tokensEstimated]).toEqual([30, 6, false])
    expect(totals.tasks).toBe(4)
    expect(totals.outcome).toBe("done")
    expect(totals.stdoutLines()).toEqual(["done"])
  })

  test("a call that is sent in the microsecond in which another ends does not overlap it, in whatever order they are recorded", () => {
    for (const endsFirst of [true, false]) {
      const b = new TraceBuilder()
      const main = b.run(-1, "main")
      const first = b.queued(main, "1")
      const second = b.queued(main, "2")
      b.sent(main, first).at(100)
      if (endsFirst) b.replied(main, first, "x", 1, 1).sent(main, second)
      else b.sent(main, second).replied(main, first, "x", 1, 1)
      b.at(200).replied(main, second, "y", 1, 1).end(main).endRun()
      expect(totalsOf(b.trace()).maxInFlight).toBe(1)
    }
  })

  test("every retry is a call, and an answer of no duration is still one in flight", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const call = b.queued(main, "1")
    b.sent(main, call, 1).failed(main, call, 429, "slow down").retry(main, call, "429").sent(main, call, 2).replied(main, call, "x", 1, 1)
    const totals = totalsOf(b.end(main).endRun().trace())
    expect([totals.calls, totals.failedCalls, totals.retries, totals.maxInFlight]).toEqual([2, 1, 1, 1])
  })

  test("a task that ends leaves its requests", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const other = b.run(main, "other")
    const call = b.queued(other, "1")
    b.sent(other, call).at(50).end(other, "cancelled")
    b.at(80)
    const second = b.queued(main, "2")
    b.sent(main, second).at(90).replied(main, second, "", 0, 0).end(main).endRun()
    expect(totalsOf(b.trace()).maxInFlight).toBe(1)
  })

  test("an estimate among the tokens is known as one", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const call = b.queued(main, "1")
    b.sent(main, call).replied(main, call, "x", 3, 7, true)
    const totals = totalsOf(b.trace())
    expect([totals.tokensOut, totals.tokensEstimated]).toEqual([7, true])
  })

  test("pieces join to lines, a last line without a line end counts", () => {
    expect(linesOf("")).toEqual([])
    expect(linesOf("a\n")).toEqual(["a"])
    expect(linesOf("a\nb")).toEqual(["a", "b"])
    expect(linesOf("\n\n")).toEqual(["", ""])
  })
})

describe("folding while events arrive", () => {
  test("in any batches it gives what folding everything at once gives", () => {
    const whole = foldOf(threeCalls().trace())
    for (const size of [1, 2, 7]) {
      const fold = new TraceFold(threeCalls().trace())
      while (fold.update(size));
      expect(fold.lanes).toEqual(whole.lanes)
      expect(fold.totals).toEqual(whole.totals)
    }
  })

  test("only what is new is read", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const trace = b.trace()
    const fold = new TraceFold(trace)
    fold.update()
    expect(fold.folded).toBe(3)
    b.at(10).print(main, "x")
    b.trace(trace)
    fold.update()
    expect(fold.folded).toBe(4)
    expect(fold.totals.stdout()).toBe("x")
  })

  test("a moment is the number of events that had happened once its instant was over", () => {
    const fold = foldOf(threeCalls().trace())
    const { length } = fold.trace
    expect(fold.eventsAtUs(-1)).toBe(0)
    expect(fold.usAtStep(fold.eventsAtUs(0))).toBe(300)
    expect(fold.eventsAtUs(300)).toBe(length)
    expect(fold.totals.inFlight.atUs(0)).toBe(3)
    expect(fold.totals.inFlight.atUs(300)).toBe(0)
  })
})
