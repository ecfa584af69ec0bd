// What Output shows at a moment: nothing from after it, calls as they stood then, and a bounded number of entries.
import { describe, expect, it } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { Kind } from "../../../interpreter/trace/event.ts"
import { foldOf } from "../../../interpreter/trace/fold.ts"
import { Recorder } from "../../../interpreter/trace/recorder.ts"
import { Trace } from "../../../interpreter/trace/trace.ts"
import { nextEventUs, previousEventUs } from "../event-times.ts"
import { type CallEntry, feedAt, sameEntry, tailOf } from "./feed.ts"

const MS = 1000

/** main prints, asks, is turned away once, asks again and prints the answer. */
function oneCall() {
  const t = new TraceBuilder()
  const main = t.run(-1, "main")
  t.print(main, "before\n")
  const call = t.queued(main, "Say hello")
  t.sent(main, call, 1).suspend(main, "call", call)
  t.at(200 * MS)
    .failed(main, call, 429, "too many requests")
    .wake(main)
  t.retry(main, call, "429").suspend(main, "backoff")
  t.at(700 * MS)
    .wake(main)
    .sent(main, call, 2)
    .suspend(main, "call", call)
  t.at(800 * MS).firstToken(main, call)
  t.at(850 * MS).chunk(main, call, 4)
  t.at(900 * MS).chunk(main, call, 8)
  t.replied(main, call, "hi there", 3, 2).wake(main).closed(main, call, "hi there")
  t.print(main, "hi ").print(main, "there\n")
  t.end(main).endRun()
  return foldOf(t.trace())
}

const textAt = (us: number, printedOnly = false) =>
  feedAt(oneCall(), us, printedOnly).entries.map((entry) => (entry.kind === "call" ? `${entry.status}:${entry.text}` : entry.text))

describe("the output's feed", () => {
  it("shows what was printed up to the playhead, and a call as it stands", () => {
    expect(textAt(0)).toEqual(["before\n", "waiting:"])
    expect(textAt(300 * MS)).toEqual(["before\n", "backing off:"])
    expect(textAt(860 * MS)).toEqual(["before\n", "streaming:hi t"])
    expect(textAt(900 * MS)).toEqual(["before\n", "done:hi there", "hi there\n"])
  })

  it("shows what of an instant has happened at the event that stepping stands at", () => {
    const fold = oneCall()
    const call = [...fold.spans.calls.values()][0]
    const printed = fold.totals.output[0]?.step ?? -1
    const at = (step: number) =>
      feedAt(fold, 0, false, 300, step).entries.map((entry) => (entry.kind === "call" ? entry.status : entry.text))
    expect(at(printed - 1)).toEqual([])
    expect(at(printed)).toEqual(["before\n"])
    expect(at(call?.queuedStep ?? -1)).toEqual(["before\n", "queued"])
    expect(at(call?.attempts[0]?.sentStep ?? -1)).toEqual(["before\n", "waiting"])
  })

  it("shows only what was printed when asked to", () => {
    expect(textAt(900 * MS, true)).toEqual(["before\n", "hi there\n"])
  })

  it("says how often a call was tried again and why, and counts tokens as they come", () => {
    const call = feedAt(oneCall(), 860 * MS, false).entries.find((entry): entry is CallEntry => entry.kind === "call")
    expect(call).toMatchObject({ retries: 1, failure: "429 too many requests", tokens: 1, tokensOf: 2, prompt: "Say hello", by: "main" })
  })

  it("keeps pieces of other tasks and of the error stream apart", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    const b = t.run(main, "b")
    t.print(main, "one ").print(b, "two\n").print(main, "three\n")
    expect(feedAt(foldOf(t.trace()), 0, true).entries.map((entry) => entry.kind === "print" && `${entry.by} ${entry.text}`)).toEqual([
      "main one ",
      "b two\n",
      "main three\n",
    ])
  })

  it("leaves out the oldest of a flood and says how many", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    for (let i = 0; i < 5000; i++) t.print(main, `${i}\n`)
    const feed = feedAt(foldOf(t.trace()), 0, true)
    expect(feed.entries.length + feed.omitted).toBe(5000)
    expect(feed.entries.at(-1)).toMatchObject({ text: "4999\n" })
  })

  it("shows a typed line between what was printed before and after it", () => {
    const recorder = new Recorder()
    const text = (value: string) => recorder.text(value)
    recorder.event(Kind.TaskSpawn, 0, -1, -1, 0, text("main"))
    recorder.event(Kind.TaskStart, 0, 0, -1, 0, 0)
    recorder.event(Kind.Print, 0, 0, -1, text("who? "), 0)
    recorder.event(Kind.Input, 0, 0, -1, text("Ada"), 0)
    recorder.event(Kind.Print, 0, 0, -1, text("hello Ada\n"), 0)
    const trace = new Trace()
    for (const chunk of recorder.flush()) trace.append(chunk)
    expect(feedAt(foldOf(trace), 0, true).entries.map((entry) => `${entry.kind} ${"text" in entry && entry.text}`)).toEqual([
      "print who? ",
      "input Ada",
      "print hello Ada\n",
    ])
  })

  it("shows faults with their kind", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    t.fault(main, "TypeMismatch", "expected a number").end(main, "failed", "expected a number").endRun("failed")
    expect(feedAt(foldOf(t.trace()), 0, false).entries).toMatchObject([{ kind: "fault", text: "TypeMismatch: expected a number" }])
  })

  it("shows a fault that goes from task to task once, with its way", () => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    const part = t.spawn(main, "part")
    t.fault(part, "", "no")
      .end(part, "failed", "no")
      .fault(main, "", "no")
      .fault(main, "", "another")
      .end(main, "failed", "no")
      .endRun("failed")
    expect(feedAt(foldOf(t.trace()), 0, false).entries).toMatchObject([
      { kind: "fault", text: "no", by: "part → main" },
      { kind: "fault", text: "another", by: "main" },
    ])
  })
})

describe("event times", () => {
  it("finds the instants before and after a moment", () => {
    const { trace } = oneCall()
    expect(nextEventUs(trace, 0)).toBe(200 * MS)
    expect(nextEventUs(trace, 201 * MS)).toBe(700 * MS)
    expect(nextEventUs(trace, 900 * MS)).toBe(null)
    expect(previousEventUs(trace, 900 * MS)).toBe(850 * MS)
    expect(previousEventUs(trace, 1)).toBe(0)
    expect(previousEventUs(trace, 0)).toBe(null)
  })
})

describe("making entries few at a time", () => {
  const lines = (count: number) => {
    const t = new TraceBuilder()
    const main = t.run(-1, "main")
    for (let i = 0; i < count; i++) t.print(main, `${i}\n`)
    return feedAt(foldOf(t.end(main).endRun().trace()), 0, false).entries
  }
  const entries = lines(50)
  const keys = (from: number, to: number) => new Set(entries.slice(from, to).map(({ key }) => key))

  it("begins with the last ones", () => {
    expect(tailOf(entries, new Set(), 20)).toEqual(entries.slice(30))
  })

  it("goes on before those that are there", () => {
    expect(tailOf(entries, keys(30, 50), 20)).toEqual(entries.slice(10))
    expect(tailOf(entries, keys(10, 50), 20)).toEqual(entries)
  })

  it("begins anew where too many came after those that were there", () => {
    expect(tailOf(entries, keys(0, 25), 20)).toEqual(entries.slice(30))
  })

  it("draws an entry anew only when something of it changed", () => {
    const [one, two] = [feedAt(oneCall(), 850 * MS, false).entries, feedAt(oneCall(), 900 * MS, false).entries]
    expect([one[0], one[1]].map((entry, i) => entry && two[i] && sameEntry(entry, two[i]))).toEqual([true, false])
  })
})

it("counts what is left out, whatever kind it is of", () => {
  const t = new TraceBuilder()
  const main = t.run(-1, "main")
  for (let i = 0; i < 6; i++) {
    t.call(main, `ask ${i}`, "yes", 10)
    t.print(main, `line ${i}\n`)
  }
  const { entries, omitted } = feedAt(foldOf(t.end(main).endRun().trace()), 1_000_000, false, 5)
  expect(entries.map((entry) => (entry.kind === "call" ? entry.prompt : entry.kind === "print" ? entry.text : entry.kind))).toEqual([
    "line 3\n",
    "ask 4",
    "line 4\n",
    "ask 5",
    "line 5\n",
  ])
  expect(omitted).toBe(7)
})
