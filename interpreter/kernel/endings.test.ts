// How runs end: deadlock, what is cut off, limits, and the time in which others settle before main is over.
import { describe, expect, it } from "vitest"
import { Kind } from "../trace/event.ts"
import { Trace } from "../trace/trace.ts"
import { Channel } from "./channel.ts"
import { coroutine, setUp } from "./testing.ts"

describe("the end", () => {
  it("names the cycle of a deadlock", () => {
    const { kernel, start, spawn } = setUp()
    start(function* () {
      const a = spawn("a", function* () {
        yield kernel.sleep(1, -1)
        yield kernel.wait(b.future, "await", b.id, -1)
      })
      const b = spawn("b", function* () {
        yield kernel.wait(a.future, "await", a.id, -1)
      })
      yield kernel.wait(a.future, "await", a.id, -1)
    })
    kernel.run()
    expect(kernel.outcome?.name).toBe("deadlock")
    expect(kernel.outcome?.message).toBe("nobody can continue: main waits for a, a waits for b, b waits for a")
    expect(kernel.outcome?.deadlock?.cycleFrom).toBe(1)
  })

  it("abandons what still runs when main ends, and says so for each task", () => {
    const { kernel, recorder, start, spawn } = setUp()
    start(function* () {
      spawn("left", function* () {
        yield kernel.sleep(1_000_000, -1)
      })
      yield kernel.sleep(1, -1)
    })
    kernel.run()
    const trace = new Trace()
    for (const chunk of recorder.flush()) trace.append(chunk)
    const ends = [...trace.events()].filter((event) => event.kind === Kind.TaskEnd).map((event) => ({ task: event.task, how: event.a }))
    expect(ends).toEqual([
      { task: 0, how: 0 },
      { task: 1, how: 3 },
    ])
  })

  it("stops a run at its limits with a sentence that says what to do", () => {
    const { kernel, start, spawn } = setUp({ limits: { tasks: 3 } })
    start(function* () {
      for (;;) spawn("x", function* () {})
    })
    kernel.run()
    expect(kernel.outcome?.name).toBe("limit")
    expect(kernel.outcome?.message).toMatch(/3 tasks.*raise the task limit/)
  })

  it("ends by virtual time when a program never does", () => {
    const { kernel, start } = setUp({ limits: { virtualUs: 10_000_000 } })
    start(function* () {
      for (;;) yield kernel.sleep(3_000_000, -1)
    })
    kernel.run()
    expect(kernel.outcome?.name).toBe("limit")
    expect(kernel.nowUs).toBe(9_000_000)
  })

  it("lets others settle before main's end without letting time pass", () => {
    const { kernel, printed, print, start, spawn } = setUp({ preemptive: true })
    start(function* () {
      spawn("quick", function* () {
        print("quick")
      })
      spawn("spinner", function* () {
        for (;;) yield "slice"
      })
      spawn("sleeper", function* () {
        yield kernel.sleep(1000, -1)
        print("never")
      })
      yield kernel.settleOthers(-1)
      print("main ends")
    })
    kernel.run()
    expect(printed).toEqual(["0 quick", "0 main ends"])
    expect(kernel.nowUs).toBe(0)
  })
})

describe("settling", () => {
  it("ends although two tasks wake each other for ever", () => {
    const { kernel, start } = setUp({ preemptive: true })
    const pass = [new Channel(kernel, 0, "there", String, -1), new Channel(kernel, 0, "back", String, -1)] as const
    let rounds = 0
    const player = (first: Channel, second: Channel, sends: boolean) =>
      coroutine(function* () {
        for (;;) {
          yield sends ? first.send(1, -1) : first.receive(-1)
          yield sends ? second.receive(-1) : second.send(2, -1)
          rounds++
        }
      })
    start(function* () {
      kernel.spawn("a", player(pass[0], pass[1], true), -1)
      kernel.spawn("b", player(pass[0], pass[1], false), -1)
      yield kernel.settleOthers(-1)
    })
    kernel.run()
    expect(kernel.outcome?.name).toBe("done")
    expect(rounds).toBeGreaterThan(100)
    expect(rounds).toBeLessThan(3000)
  })
})
