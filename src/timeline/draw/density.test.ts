import { describe, expect, test } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf } from "../../../interpreter/trace/fold.ts"
import { badTrace } from "../bad-traces.ts"
import { sceneOf } from "../testing.ts"
import { densityOf } from "./density.ts"
import { counterpartOf } from "./ghost.ts"

describe("many tasks in one row", () => {
  test("are counted as they live", () => {
    const fold = foldOf(badTrace("crowd"))
    const tasks = fold.lanes.slice(1).map((lane) => lane.task)
    const { alive, peak } = densityOf(sceneOf(fold), tasks)
    expect(peak).toBe(2000)
    expect([0, 500_000, 1_000_000, 2_000_000].map((us) => alive.atUs(us))).toEqual([2000, 1500, 1000, 0])
  })

  test("have their calls counted by attempt, also those that go on", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const [one, two] = [b.run(main, "one"), b.run(main, "two")]
    const first = b.queued(one, "1")
    b.sent(one, first).suspend(one, "call", first)
    const second = b.queued(two, "2")
    b.at(10).sent(two, second).at(30).failed(two, second, 500, "no")
    const { inFlight } = densityOf(sceneOf(foldOf(b.trace())), [one, two])
    expect([0, 10, 30, 40].map((us) => inFlight.atUs(us))).toEqual([1, 2, 1, 1])
  })
})

describe("the run before", () => {
  const run = (names: readonly string[]) => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    for (const name of names) b.run(main, name)
    return foldOf(b.trace())
  }

  test("has the same tasks by their names from the first one down", () => {
    const before = run(["a", "b", "a"])
    const now = run(["b", "a", "c", "a"])
    const partnerOf = (task: number) => {
      const lane = now.lanes[task]
      return lane ? (counterpartOf(now, lane, before)?.task ?? null) : null
    }
    expect([0, 1, 2, 3, 4].map(partnerOf)).toEqual([0, 2, 1, null, 3])
  })
})
