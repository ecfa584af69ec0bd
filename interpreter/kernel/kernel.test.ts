// The kernel's laws, told by small coroutines: order, time, futures, gates, channels, cancelling, and what the trace says
// of waiting. How runs end is in endings.test.ts, what holds under every schedule in laws.test.ts.
import { describe, expect, it } from "vitest"
import { Kind, SUSPEND_REASONS } from "../trace/event.ts"
import { Trace } from "../trace/trace.ts"
import { Channel, CLOSED } from "./channel.ts"
import { Gate } from "./gate.ts"
import { Cancelled, SUSPENDED } from "./task.ts"
import { coroutine, setUp } from "./testing.ts"

describe("order and time", () => {
  it("runs ready tasks first in, first out, and spawning does not interrupt the spawner", () => {
    const { kernel, printed, print, start, spawn } = setUp()
    start(function* () {
      spawn("a", function* () {
        print("a")
      })
      spawn("b", function* () {
        print("b")
      })
      print("main")
      yield kernel.sleep(1, -1)
    })
    kernel.run()
    expect(printed).toEqual(["0 main", "0 a", "0 b"])
  })

  it("lets a task started at once run to its first wait before the starter goes on", () => {
    const { kernel, printed, print, start } = setUp()
    start(function* () {
      yield kernel.spawnAndRun(
        "a",
        coroutine(function* () {
          print("a begins")
          yield kernel.sleep(5000, -1)
          print("a ends")
        }),
        -1,
      ).suspended
      print("main")
      yield kernel.sleep(10_000, -1)
    })
    kernel.run()
    expect(printed).toEqual(["0 a begins", "0 main", "5 a ends"])
  })

  it("moves the clock only when nobody can run, and fires timers of one instant in the order of their creation", () => {
    const { kernel, printed, print, start, spawn } = setUp()
    start(function* () {
      for (const [name, ms] of [
        ["c", 2],
        ["a", 1],
        ["b", 1],
      ] as const) {
        spawn(name, function* () {
          yield kernel.sleep(ms * 1000, -1)
          print(name)
        })
      }
      yield kernel.sleep(3000, -1)
    })
    kernel.run()
    expect(printed).toEqual(["1 a", "1 b", "2 c"])
    expect(kernel.nowUs).toBe(3000)
  })

  it("does not pass the horizon it was given", () => {
    const { kernel, start } = setUp()
    start(function* () {
      yield kernel.sleep(5000, -1)
    })
    expect(kernel.run({ untilUs: 4999, expired: () => false })).toBe("wait")
    expect(kernel.nowUs).toBe(0)
    expect(kernel.run({ untilUs: 5000, expired: () => false })).toBe("ended")
  })

  it("stands still while a task waits for input", () => {
    const { kernel, printed, print, start } = setUp()
    start(function* () {
      kernel.wantInput()
      const task = kernel.current
      const line = yield kernel.suspend({ reason: "input", on: -1, future: null }, -1)
      print(String(line))
      expect(task).not.toBeNull()
    })
    const main = kernel.tasks[0]
    expect(kernel.run()).toBe("input")
    kernel.inputArrived(() => main && kernel.wake(main, "Ada"))
    expect(kernel.run()).toBe("ended")
    expect(printed).toEqual(["0 Ada"])
  })

  it("lets promises of the host have their turn before the next timer of the same instant", () => {
    const { kernel, printed, print, start } = setUp()
    start(function* () {
      kernel.after(1000, () => {
        print("code of the host")
        kernel.wantDrain()
      })
      kernel.after(1000, () => print("the next timer"))
      yield kernel.sleep(2000, -1)
    })
    expect(kernel.run()).toBe("drain")
    expect(printed).toEqual(["1 code of the host"])
    kernel.drained()
    expect(kernel.run()).toBe("ended")
    expect(printed).toEqual(["1 code of the host", "1 the next timer"])
  })

  it("stamps news from outside strictly after the clock", () => {
    const { kernel, start } = setUp()
    start(function* () {
      yield kernel.suspend({ reason: "call", on: 0, future: null }, -1)
    })
    const finish = kernel.openOperation()
    expect(kernel.run()).toBe("wait")
    kernel.enter(0, () => {})
    expect(kernel.nowUs).toBe(1)
    kernel.enter(700, () => {
      finish()
      const main = kernel.tasks[0]
      if (main) kernel.wake(main, 1)
    })
    expect(kernel.run()).toBe("ended")
    expect(kernel.nowUs).toBe(700)
  })
})

describe("futures", () => {
  it("give their value to everybody who waits, in order of waiting, and fail where they failed", () => {
    const { kernel, printed, print, start, spawn } = setUp()
    start(function* () {
      const worker = spawn("worker", function* () {
        yield kernel.sleep(1000, -1)
        throw new Error("broken")
      })
      for (const name of ["x", "y"]) {
        spawn(name, function* () {
          try {
            yield kernel.wait(worker.future, "await", worker.id, -1)
          } catch (failure) {
            print(`${name} saw ${(failure as Error).message}`)
          }
        })
      }
      yield kernel.sleep(2000, -1)
    })
    kernel.run()
    expect(printed).toEqual(["1 x saw broken", "1 y saw broken"])
    expect(kernel.outcome?.name).toBe("done")
  })
})

describe("a failure that was caught", () => {
  it("is not thrown again where the task goes on after a slice", () => {
    const { kernel, printed, print, start, spawn } = setUp({ preemptive: true })
    start(function* () {
      const worker = spawn("worker", function* () {
        yield kernel.sleep(1000, -1)
        throw new Error("broken")
      })
      try {
        yield kernel.wait(worker.future, "await", worker.id, -1)
      } catch {
        print("caught")
      }
      yield "slice"
      print("went on")
    })
    kernel.run()
    expect(printed).toEqual(["1 caught", "1 went on"])
    expect(kernel.outcome?.name).toBe("done")
  })
})

describe("gates", () => {
  it("let as many through as they have places, first come, first served, a freed place in the same instant", () => {
    const { kernel, printed, print, start, spawn } = setUp()
    start(function* () {
      const gate = new Gate(kernel, 2)
      for (const name of ["a", "b", "c", "d"]) {
        spawn(name, function* () {
          const wait = gate.acquire(-1)
          if (wait) yield wait
          print(name)
          yield kernel.sleep(1000, -1)
          gate.release()
        })
      }
      yield kernel.sleep(10_000, -1)
    })
    kernel.run()
    expect(printed).toEqual(["0 a", "0 b", "1 c", "1 d"])
  })
})

describe("channels", () => {
  it("hand values over in order, drain after closing, and refuse to be sent to when closed", () => {
    const { kernel, printed, print, start, spawn } = setUp()
    start(function* () {
      const channel = new Channel(kernel, 1, "ch", String, -1)
      spawn("producer", function* () {
        for (const n of [1, 2, 3]) {
          const sent = channel.send(n, -1)
          print(`sent ${sent === SUSPENDED ? yield sent : sent}`)
        }
        channel.close(-1)
        print(`late ${String(channel.send(4, -1))}`)
      })
      for (;;) {
        let value = channel.receive(-1)
        if (value === SUSPENDED) value = yield value
        if (value === CLOSED) break
        print(`got ${value}`)
      }
    })
    kernel.run()
    expect(printed.filter((line) => line.includes("got"))).toEqual(["0 got 1", "0 got 2", "0 got 3"])
    expect(printed).toContain("0 late false")
  })
})

describe("cancelling", () => {
  it("unwinds the frames of a waiting task and leaves the queues clean", () => {
    const { kernel, printed, print, start, spawn } = setUp()
    start(function* () {
      const sleeper = spawn("sleeper", function* () {
        try {
          yield kernel.sleep(60_000_000, -1)
        } finally {
          print("cleaned")
        }
      })
      yield kernel.sleep(1000, -1)
      kernel.cancel(sleeper)
      yield kernel.sleep(1000, -1)
      try {
        yield kernel.wait(sleeper.future, "await", sleeper.id, -1)
      } catch (failure) {
        print(failure instanceof Cancelled ? "cancelled" : "?")
      }
    })
    kernel.run()
    expect(printed).toEqual(["1 cleaned", "2 cancelled"])
    expect(kernel.nowUs).toBe(2000)
  })
})

describe("waiting is in the trace", () => {
  it("with its reason and who woke the task", () => {
    const { kernel, recorder, start, spawn } = setUp()
    start(function* () {
      const a = spawn("a", function* () {
        yield kernel.sleep(1000, -1)
      })
      yield kernel.wait(a.future, "await", a.id, 5)
    })
    kernel.run()
    const trace = new Trace()
    for (const chunk of recorder.flush()) trace.append(chunk)
    const lines = [...trace.events()]
      .filter((event) => event.task === 0 && (event.kind === Kind.TaskSuspend || event.kind === Kind.TaskReady))
      .map((event) =>
        event.kind === Kind.TaskSuspend ? `${SUSPEND_REASONS[event.a]} on ${event.b} at site ${event.site}` : `ready by ${event.a}`,
      )
    expect(lines).toEqual(["await on 1 at site 5", "ready by 1"])
  })
})
