// The sentences that explain a moment of a run, for those who read the timeline without seeing it.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "./builder.ts"
import { explainMoment } from "./explain.ts"
import { foldOf } from "./fold.ts"
import { laneAtStep, phraseOf, rowText, timesBy, waitPill } from "./moment.ts"
import { gainOf, summaryOf } from "./summary.ts"

/** An outline, then three critics at once; the second fails with 429 first. */
function critics() {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  b.call(main, "outline", "an outline of things", 1_000_000, { in: 5, out: 4 })
  const names = ["a", "b", "c"]
  const tasks = names.map((name) => b.run(main, name))
  const calls = tasks.map((task, i) => {
    const call = b.queued(task, `as ${names[i]}`)
    b.sent(task, call).suspend(task, "call", call)
    return call
  })
  const [ta, tb, tc] = tasks as [number, number, number]
  const [ca, cb, cc] = calls as [number, number, number]
  b.suspend(main, "await", ta, -1, "a")
  b.at(1_100_000).failed(tb, cb, 429, "rate limit reached").wake(tb).retry(tb, cb, "429").suspend(tb, "backoff")
  b.at(1_400_000).firstToken(ta, ca).chunk(ta, ca, 40)
  b.at(1_600_000).wake(tb).sent(tb, cb, 2).suspend(tb, "call", cb)
  b.at(2_000_000)
    .replied(ta, ca, "A", 10, 20)
    .wake(ta)
    .closed(ta, ca, "A")
    .end(ta, "ok", "A")
    .wake(main, ta)
    .suspend(main, "await", tb, -1, "b")
  b.replied(tc, cc, "C", 10, 5).wake(tc).closed(tc, cc, "C").end(tc, "ok", "C")
  b.at(3_000_000)
    .replied(tb, cb, "B", 10, 8)
    .wake(tb)
    .closed(tb, cb, "B")
    .end(tb, "ok", "B")
    .wake(main, tb)
    .print(main, "ABC\n")
    .end(main)
    .endRun()
  return foldOf(b.trace())
}

const at = (us: number) => explainMoment(critics(), us)

describe("a moment in words", () => {
  test("says who is going, what each does, and what comes next", () => {
    expect(at(1_500_000)).toBe(
      "At 1.50 s, four tasks are going, with two calls in flight. a is receiving tokens (10 of 20); b is backing off before try 2; " +
        "c is waiting for the first token. main is waiting for a. Next, 100 ms later, b goes on.",
    )
  })

  test("at the end sums up", () => {
    expect(at(3_000_000)).toBe("The run is over after 3.00 s: four tasks and five calls, all done.")
  })

  test("before anything happened says so", () => {
    expect(explainMoment(foldOf(new TraceBuilder().trace()), 0)).toBe("Nothing has happened yet.")
  })

  test("the state of a lane follows the moment", () => {
    const fold = critics()
    const phrases = [0, 1_000_000, 1_200_000, 2_500_000, 3_000_000].map((us) => {
      const lane = fold.lanes[2]
      const moment = lane && laneAtStep(fold, lane, fold.eventsAtUs(us) - 1)
      return moment ? phraseOf(moment) : "-"
    })
    expect(phrases).toEqual(["-", "waiting for the first token", "backing off before try 2", "waiting for the first token", "done"])
  })

  test("a waiting bar says on what", () => {
    const fold = critics()
    const main = fold.lanes[0]
    if (!main) throw new Error("no main")
    const pills = main.states.us.map((_, row) => waitPill(fold, main, row)).filter((pill) => pill !== "")
    expect(pills).toEqual(["await a", "await b"])
  })

  test("a row reads as one sentence", () => {
    const fold = critics()
    const lane = fold.lanes[2]
    if (!lane) throw new Error("no lane")
    expect(rowText(fold, lane, 3_000_000, fold.folded - 1, true)).toBe(
      "b, level 2, model call, one try failed, done, started at 1.00 s, took 2.00 s, 8 tokens, on the critical path",
    )
  })
})

describe("nothing of the future is told", () => {
  test("a row at a moment knows no tokens, no first token and no times that have not come", () => {
    const fold = critics()
    const lane = fold.lanes[1]
    if (!lane) throw new Error("no lane")
    const text = (us: number) => rowText(fold, lane, us, fold.eventsAtUs(us) - 1, false)
    expect(text(1_200_000)).toBe("a, level 2, model call, waiting for the first token, started at 1.00 s, going for 200 ms")
    expect(text(1_500_000)).toContain("first token after 400 ms")
    expect(text(1_500_000)).not.toContain("20 tokens")
    expect(text(2_000_000)).toContain("20 tokens")
    expect(text(900_000)).not.toContain("model call")
    expect(timesBy(lane, 1_500_000).modelUs).toBe(500_000)
    expect(timesBy(lane, 2_500_000)).toEqual(lane.times)
  })
})

describe("the sentence of a run", () => {
  test("says how long, what overlapped and who decided the end", () => {
    expect(summaryOf(critics())).toBe("3.00 s; five calls, up to 3 at once; b decided the end (429, 600 ms lost).")
  })

  test("knows what overlapping gained", () => {
    expect(gainOf(critics())).toEqual({
      oneAfterAnotherUs: 1_000_000 + 1_000_000 + 100_000 + 500_000 + 1_400_000 + 1_000_000,
      factor: 5 / 3,
    })
  })

  test("of a run without time says that computing takes none", () => {
    const b = new TraceBuilder()
    b.end(b.run(-1, "main")).endRun()
    expect(summaryOf(foldOf(b.trace()))).toBe("no virtual time passed: computing takes none (5 events in the trace).")
  })

  test("of a run that failed gives the message", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    b.at(1).fault(main, "TypeMismatch", "x is no number").end(main, "failed", "x is no number").endRun("failed", "x is no number")
    expect(summaryOf(foldOf(b.trace()))).toBe("1 µs; it failed: x is no number.")
  })

  test("of a deadlock gives who waits for whom", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    b.suspend(main, "receive", 4).end(main, "abandoned").endRun("deadlock", "Nobody can continue: main waits for jobs.")
    expect(summaryOf(foldOf(b.trace()))).toBe("Nobody can continue: main waits for jobs.")
  })
})
