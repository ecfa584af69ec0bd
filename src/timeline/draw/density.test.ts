// Many tasks in one row are drawn by their number over time; the counts agree with the tasks one by one.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf, TraceFold } from "../../../interpreter/trace/fold.ts"
import { randomTrace } from "../../../interpreter/trace/random-trace.ts"
import { badTrace } from "../bad-traces.ts"
import { CrowdCount } from "./density.ts"
import { counterpartOf } from "./ghost.ts"

describe("many tasks in one row", () => {
  test("are counted as they live", () => {
    const fold = foldOf(badTrace("crowd"))
    const { alive } = new CrowdCount({ parent: 0, site: fold.lanes[1]?.site ?? null }).update(fold.spans)
    expect(alive.peak()).toBe(2000)
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
    const { inFlight } = new CrowdCount({ parent: main, site: null }).update(foldOf(b.trace()).spans)
    expect([0, 10, 30, 40].map((us) => inFlight.atUs(us))).toEqual([1, 2, 1, 1])
  })
})

describe("a count that goes on where it stopped", () => {
  const trace = randomTrace({ seed: 11, tasks: 120, deeds: 8, longestUs: 900, chunks: 4 }).trace()
  const whole = foldOf(trace)

  /** Counted the slow way: each task of the crowd by itself. */
  function alivePeak(tasks: ReadonlySet<number>): number {
    const steps = whole.lanes.flatMap((lane) =>
      tasks.has(lane.task)
        ? [{ step: lane.spawnStep, us: lane.spawnUs, by: 1 }, ...(lane.end ? [{ step: lane.endStep, us: lane.endUs, by: -1 }] : [])]
        : [],
    )
    steps.sort((a, b) => a.step - b.step)
    let now = 0
    let most = 0
    for (const [i, { us, by }] of steps.entries()) {
      now += by
      if (us !== steps[i + 1]?.us) most = Math.max(most, now)
    }
    return most
  }

  function below(parent: number): Set<number> {
    const found = new Set<number>()
    for (const lane of whole.lanes) if (lane.parent === parent || found.has(lane.parent)) found.add(lane.task)
    return found
  }

  test.each([0, 1, 2, 5])("is the count of the whole trace, for everything below task %i", (parent) => {
    const fold = new TraceFold(trace)
    const growing = new CrowdCount({ parent, site: null })
    while (fold.update(37)) growing.update(fold.spans)
    growing.update(fold.spans)
    const fresh = new CrowdCount({ parent, site: null }).update(whole.spans)
    expect(growing.alive).toEqual(fresh.alive)
    expect(growing.inFlight).toEqual(fresh.inFlight)
    expect(fresh.alive.peak()).toBe(alivePeak(below(parent)))
    expect(fresh.inFlight.values.every((value) => value >= 0)).toBe(true)
    expect(fresh.inFlight.last).toBe(0)
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
