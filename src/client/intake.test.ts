// The intake with a clock of the test's own: long news comes in portions and in order, and nothing of a run that was left.
import { describe, expect, it } from "vitest"
import { sharedFold } from "../../interpreter/trace/fold.ts"
import { randomTrace } from "../../interpreter/trace/random-trace.ts"
import { Trace } from "../../interpreter/trace/trace.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { Intake, type RunMessage } from "./intake.ts"

const run = 1 as RunId
const long = randomTrace({ seed: 3, tasks: 400, deeds: 8, longestUs: 5000, chunks: 20 }).trace()
const END_US = 10_000_000
const events: RunMessage = { type: "events", run, chunks: long.chunks, nowUs: END_US }
const waiting: RunMessage = { type: "waiting", run, for: "time", nowUs: END_US }

function page() {
  const seen = { trace: new Trace(), applied: [] as string[], grew: [] as number[], ms: 0, hidden: false }
  const soon: (() => void)[] = []
  const intake = new Intake({
    // Every look at the clock costs two milliseconds.
    nowMs: () => (seen.ms += 2),
    soon: (then) => soon.push(then),
    hidden: () => seen.hidden,
    trace: () => seen.trace,
    grew: (nowUs) => seen.grew.push(nowUs),
    apply: (message) => seen.applied.push(message.type),
  })
  const turn = () => {
    for (const then of soon.splice(0)) then()
    return soon.length > 0
  }
  return { intake, seen, turn, soon }
}

describe("intake", () => {
  it("takes a long batch in portions, and what was said after it only when all of it is there", () => {
    expect(long.length).toBeGreaterThan(8000)
    const { intake, seen, turn } = page()
    intake.take(events)
    intake.take(waiting)
    expect(seen.trace.length).toBeGreaterThan(0)
    expect(seen.trace.length).toBeLessThan(long.length)
    expect(seen.applied).toEqual([])
    let turns = 0
    while (turn()) turns++
    expect(turns).toBeGreaterThan(1)
    expect(seen.trace.length).toBe(long.length)
    expect(seen.applied).toEqual(["waiting"])
    expect(seen.grew.at(-1)).toBe(END_US)
    expect(seen.grew).toEqual(seen.grew.toSorted((a, b) => a - b))
  })

  it("gives the same trace as taking it whole, already folded", () => {
    const { intake, seen, turn } = page()
    intake.take(events)
    while (turn()) expect(sharedFold(seen.trace).folded).toBe(seen.trace.length)
    expect([...seen.trace.events()]).toEqual([...long.events()])
    expect(seen.trace.strings).toEqual(long.strings)
  })

  it("takes everything at once when it is asked to finish", () => {
    const { intake, seen } = page()
    intake.take(events)
    intake.take({ type: "ended", run, report: {} as Extract<RunMessage, { type: "ended" }>["report"] })
    expect(intake.over).toBe(true)
    intake.finish()
    expect(seen.trace.length).toBe(long.length)
    expect(seen.applied).toEqual(["ended"])
    expect(intake.over).toBe(false)
  })

  it("does what there is to do about the end in a turn of its own", () => {
    const { intake, seen, turn } = page()
    intake.take(events)
    intake.take({ type: "ended", run, report: {} as Extract<RunMessage, { type: "ended" }>["report"] })
    let before = -1
    while (seen.applied.length === 0) {
      before = seen.trace.length
      turn()
    }
    expect(before).toBe(long.length)
    expect(seen.applied).toEqual(["ended"])
  })

  it("forgets what waits when another run begins", () => {
    const { intake, seen, turn } = page()
    intake.take(events)
    const before = seen.trace
    intake.clear()
    seen.trace = new Trace()
    intake.take(waiting)
    while (turn());
    expect(before.length).toBeLessThan(long.length)
    expect(seen.trace.length).toBe(0)
    expect(seen.applied).toEqual(["waiting"])
  })

  it("takes more at a time while nobody sees the page", () => {
    const portionsOf = (hidden: boolean) => {
      const { intake, seen, turn } = page()
      seen.hidden = hidden
      intake.take(events)
      let turns = 1
      while (turn()) turns++
      return turns
    }
    expect(portionsOf(true)).toBeLessThan(portionsOf(false))
  })
})
