// From events to lanes and spans: states that follow each other without gaps, and who waited for whom.
// The timeline, Details and the exporters draw nothing else.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "./builder.ts"
import { flowsOf } from "./flows.ts"
import { foldOf } from "./fold.ts"
import type { Lane } from "./lane.ts"

const statesOf = (lane: Lane | undefined) => lane?.states.states.map((state, i) => `${state}@${lane.states.us[i]}`)

describe("lanes", () => {
  test("the states of a task follow each other from spawn to end", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const child = b.spawn(main, "child")
    b.suspend(main, "await", child, -1, "child").start(child).sleep(child, 250).end(child, "ok", "7").wake(main, child).end(main).endRun()
    const { lanes } = foldOf(b.trace())
    expect(statesOf(lanes[child])).toEqual(["ready@0", "running@0", "sleep@0", "ready@250", "running@250"])
    expect(lanes[child]).toMatchObject({
      parent: main,
      depth: 1,
      spawnUs: 0,
      startUs: 0,
      endUs: 250,
      end: "ok",
      read: true,
      neverRead: false,
    })
    expect(lanes[child]?.times).toEqual({ modelUs: 0, ioUs: 250, waitingUs: 0, backoffUs: 0 })
    expect(lanes[main]?.times.waitingUs).toBe(250)
    expect(lanes[main]?.children).toEqual([child])
  })

  test("the name that was read is kept with the wait", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const child = b.run(main, "x")
    b.suspend(main, "await", child, -1, "x")
    const fold = foldOf(b.trace())
    const states = fold.lanes[main]?.states
    expect(fold.trace.text(states?.by[2] ?? -1)).toBe("x")
    expect(states?.on[2]).toBe(child)
  })

  test("a task whose end nobody waits for is never read; a collected one is", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const lost = b.run(main, "lost")
    const kept = b.run(main, "kept")
    b.end(lost).end(kept).collected(main, kept).end(main).endRun()
    const { lanes } = foldOf(b.trace())
    expect([lanes[main]?.neverRead, lanes[lost]?.neverRead, lanes[kept]?.neverRead]).toEqual([false, true, false])
  })

  test("events of tasks and calls that do not exist change nothing", () => {
    const b = new TraceBuilder()
    b.start(99).end(-5).sent(3, 1000).replied(3, 1000, "x", 1, 1).suspend(7, "await", 8).ready(2, 70)
    expect(foldOf(b.trace()).lanes).toEqual([])
  })
})

describe("calls", () => {
  test("a call with a failed attempt goes through waiting, back-off, waiting, tokens", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const id = b.queued(main, "hello", -1, "small")
    b.suspend(main, "gate", 5).at(10).wake(main)
    b.sent(main, id, 1).suspend(main, "call", id)
    b.at(110).failed(main, id, 429, "slow down").wake(main).retry(main, id, "429").suspend(main, "backoff")
    b.at(610).wake(main).sent(main, id, 2).suspend(main, "call", id)
    b.at(650).firstToken(main, id).chunk(main, id, 4).at(700).chunk(main, id, 8)
    b.replied(main, id, "12345678", 5, 2).wake(main).closed(main, id, "12345678").end(main).endRun()
    const fold = foldOf(b.trace())
    const call = fold.spans.calls.get(id)
    expect(call?.phases.map((phase, i) => `${phase}@${call.phaseUs[i]}`)).toEqual([
      "queued@0",
      "waiting@10",
      "between@110",
      "backoff@110",
      "waiting@610",
      "tokens@650",
      "between@700",
    ])
    expect(call?.attempts.map((a) => [a.number, a.sentUs, a.endUs, a.failure?.status ?? 0, a.retryReason])).toEqual([
      [1, 10, 110, 429, "429"],
      [2, 610, 700, 0, ""],
    ])
    expect(call?.state).toBe("done")
    expect(call?.firstTokenAfterUs).toBe(640)
    expect(call?.modelOf((i) => fold.trace.text(i))).toBe("small")
    expect(fold.lanes[main]?.times).toEqual({ modelUs: 190, ioUs: 0, waitingUs: 10, backoffUs: 500 })
  })

  test("tools the model asks for have a phase of their own", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const id = b.queued(main, "hello")
    b.sent(main, id).suspend(main, "call", id).at(100).tool(main, id, "add", { a: 1 }).replied(main, id, "", 5, 2).wake(main)
    b.sleep(main, 50).toolResult(main, id, "add", "1").sent(main, id, 2).suspend(main, "call", id)
    b.at(200).replied(main, id, "1", 6, 1).wake(main).closed(main, id, "1")
    const call = foldOf(b.trace()).spans.calls.get(id)
    expect(call?.phases).toEqual(["queued", "waiting", "tools", "waiting", "between"])
    expect(call?.tokensIn).toBe(11)
    expect(call?.marks.map((mark) => mark.what)).toEqual(["tool", "tool-result"])
  })

  test("calls of one task that overlap take tracks of their own", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const [first, second] = [b.queued(main, "1"), b.queued(main, "2")]
    b.closed(main, first, "")
    const third = b.queued(main, "3")
    const { spans, lanes } = foldOf(b.trace())
    expect([first, second, third].map((id) => spans.calls.get(id)?.track)).toEqual([0, 1, 0])
    expect(lanes[main]?.tracks).toBe(2)
  })

  test("what is open when its task ends is cut there", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const other = b.run(main, "other")
    const id = b.queued(other, "1")
    b.sent(other, id).suspend(other, "call", id).at(40).end(other, "abandoned").end(main).endRun()
    expect(foldOf(b.trace()).spans.calls.get(id)).toMatchObject({ state: "cut", endUs: 40 })
  })
})

describe("arrows", () => {
  test("waking, spawning and channel values are arrows between tasks", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const worker = b.run(main, "worker")
    const channel = b.channel(main, "jobs")
    b.suspend(worker, "receive", channel)
    b.at(5).send(main, channel, "1").receive(worker, channel, "1").ready(worker, main).resume(worker)
    b.at(9).end(worker).end(main).endRun()
    const fold = foldOf(b.trace())
    expect(flowsOf(fold.spans, fold.flows, worker).map((flow) => `${flow.what} ${flow.fromTask}->${flow.toTask} ${flow.toUs}`)).toEqual([
      "spawn 0->1 0",
      "wake 0->1 5",
      "channel 0->1 5",
    ])
    expect(flowsOf(fold.spans, fold.flows, main).map((flow) => flow.what)).toEqual(["wake", "channel"])
  })

  test("a value that was never handed over has no arrow, and the next one is not taken for it", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const channel = b.channel(main, "jobs")
    b.send(main, channel, "lost").at(1).send(main, channel, "kept").at(2).receive(main, channel, "kept")
    const { flows } = foldOf(b.trace())
    expect(flows.channels.map((flow) => flow.fromUs)).toEqual([1])
  })
})
