// The critical path beside a search by brute force, on random runs: one unbroken chain, as long as the longest way,
// and slack is what the longest way from a task to the end leaves.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "./builder.ts"
import { criticalPath, oneAfterAnotherUs, shareByTask, slackOf } from "./critical-path.ts"
import { Kind } from "./event.ts"
import { foldOf } from "./fold.ts"
import { randomTrace } from "./random-trace.ts"
import type { Trace } from "./trace.ts"

/** The run as a graph straight from its events, with nothing of the folds: nodes are events, edges carry how long the later
 * one had to wait for the earlier one whatever else happened. */
function graphOf(trace: Trace) {
  const edges: { to: number; us: number }[][] = []
  const backwards: { from: number; us: number }[][] = []
  const events = [...trace.events()].length
  for (let i = 0; i < events; i++) {
    edges.push([])
    backwards.push([])
  }
  const edge = (from: number, to: number, us: number) => {
    edges[from]?.push({ to, us })
    backwards[to]?.push({ from, us })
  }
  const times: number[] = []
  const lastOf = new Map<number, number>()
  const suspendedAt = new Map<number, number>()
  const endOf = new Map<number, number>()
  let step = 0
  for (const event of trace.events()) {
    times.push(event.atUs)
    const before = lastOf.get(event.task)
    const belongs = event.task >= 0 && event.kind !== Kind.TaskReady && !(event.kind >= Kind.CallQueued && event.kind <= Kind.CallRequest)
    if (event.kind === Kind.TaskSpawn) {
      if (before !== undefined) edge(before, step, 0)
      lastOf.set(event.a, step)
    } else if (event.kind === Kind.TaskReady) {
      const since = suspendedAt.get(event.task) ?? 0
      if (event.a < 0) edge(since, step, event.atUs - (times[since] ?? 0))
      else {
        edge(since, step, 0)
        edge(lastOf.get(event.a) ?? 0, step, 0)
      }
    } else if (before !== undefined && belongs) edge(before, step, 0)
    if (event.kind === Kind.TaskSuspend) suspendedAt.set(event.task, step)
    if (event.kind === Kind.TaskEnd) endOf.set(event.task, step)
    if (event.kind === Kind.Collected) edge(endOf.get(event.a) ?? 0, step, 0)
    if (belongs || event.kind === Kind.TaskReady) lastOf.set(event.task, step)
    step++
  }
  return { edges, backwards, times, endOf }
}

/** Longest way from a node to another over all ways there are; -1 where there is none. */
function longest(edges: { to: number; us: number }[][], from: number, to: number, known = new Map<number, number>()): number {
  if (from === to) return 0
  const before = known.get(from)
  if (before !== undefined) return before
  let most = -1
  for (const edge of edges[from] ?? []) {
    const rest = longest(edges, edge.to, to, known)
    if (rest >= 0) most = Math.max(most, rest + edge.us)
  }
  known.set(from, most)
  return most
}

const seeds = Array.from({ length: 150 }, (_, i) => i + 1)
const random = (seed: number) => randomTrace({ seed, tasks: 3 + (seed % 12), deeds: 4 + (seed % 5), longestUs: 100, chunks: seed % 3 })

describe("the critical path of random runs", () => {
  test("is one unbroken chain from the begin of the run to the end of main", () => {
    for (const seed of seeds) {
      const { spans } = foldOf(random(seed).trace())
      const path = criticalPath(spans)
      expect(path[0]?.fromUs).toBe(0)
      expect(path[0]?.task).toBe(0)
      expect(path.at(-1)?.toUs).toBe(spans.lanes[0]?.endUs)
      for (let i = 1; i < path.length; i++) expect([path[i]?.fromUs, path[i]?.fromStep]).toEqual([path[i - 1]?.toUs, path[i - 1]?.toStep])
    }
  })

  test("time passes on it only where time itself ended the wait", () => {
    for (const seed of seeds) {
      for (const piece of criticalPath(foldOf(random(seed).trace()).spans)) {
        if (piece.toUs > piece.fromUs) expect(["sleep", "call"]).toContain(piece.doing)
      }
    }
  })

  test("is as long as the longest way through the graph of the run's events", () => {
    for (const seed of seeds) {
      const trace = random(seed).trace()
      const { edges, endOf } = graphOf(trace)
      const path = criticalPath(foldOf(trace).spans)
      const sum = [...shareByTask(path).values()].reduce((all, us) => all + us, 0)
      expect(sum).toBe(longest(edges, 1, endOf.get(0) ?? 0))
    }
  })

  test("slack is what the longest way from a task's end to the run's end leaves", () => {
    for (const seed of seeds) {
      const trace = random(seed).trace()
      const fold = foldOf(trace)
      const slack = slackOf(fold)
      const { edges, times, endOf } = graphOf(trace)
      const mainEnd = endOf.get(0) ?? 0
      for (const lane of fold.lanes) {
        if (lane.end !== "ok") continue
        const end = endOf.get(lane.task) ?? 0
        const way = longest(edges, end, mainEnd)
        expect(slack[lane.task]).toBe((times[mainEnd] ?? 0) - (times[end] ?? 0) - Math.max(0, way))
      }
    }
  })
})

describe("a run people know", () => {
  function twoBranches() {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const short = b.run(main, "short")
    const long = b.run(main, "long")
    b.suspend(short, "sleep").suspend(long, "sleep").suspend(main, "await", short)
    b.at(100).wake(short).end(short).wake(main, short).suspend(main, "await", long)
    b.at(250).wake(long).end(long).wake(main, long).end(main).endRun()
    return foldOf(b.trace())
  }

  test("the longer of two branches decides, the other has the difference as slack", () => {
    const fold = twoBranches()
    expect([...shareByTask(criticalPath(fold.spans))]).toEqual([[2, 250]])
    expect([...slackOf(fold)]).toEqual([0, 150, 0])
  })

  test("one after another is the sum of both", () => {
    expect(oneAfterAnotherUs(twoBranches().spans)).toBe(350)
    expect(oneAfterAnotherUs(twoBranches().spans, 50)).toBe(100)
  })

  test("a run that nothing ended still has a path, to the last thing that happened", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const a = b.run(main, "a")
    b.suspend(main, "await", a).sleep(a, 70).suspend(a, "receive", 5).end(main, "abandoned").end(a, "abandoned").endRun("deadlock", "stuck")
    const path = criticalPath(foldOf(b.trace()).spans)
    expect(path.at(-1)?.task).toBe(a)
    expect(path.find((piece) => piece.toUs > piece.fromUs)).toMatchObject({ task: a, doing: "sleep", toUs: 70 })
  })

  test("an empty trace has none", () => {
    const fold = foldOf(new TraceBuilder().trace())
    expect(criticalPath(fold.spans)).toEqual([])
    expect([...slackOf(fold)]).toEqual([])
    expect(oneAfterAnotherUs(fold.spans)).toBe(0)
  })
})
