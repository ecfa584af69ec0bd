// The kernel's laws, told by small coroutines: order, time, futures, gates, channels, cancelling, limits, deadlock.
import { describe, expect, it } from "vitest"
import { Kind, SUSPEND_REASONS } from "../trace/event.ts"
import { Recorder } from "../trace/recorder.ts"
import { Trace } from "../trace/trace.ts"
import { Channel, CLOSED } from "./channel.ts"
import { type Chooser, parseSchedule, printSchedule, ReplayChooser, ShuffleChooser } from "./chooser.ts"
import { Gate } from "./gate.ts"
import { Cancelled, SUSPENDED } from "./task.ts"
import { type Body, coroutine, type TestOptions, testKernel } from "./testing.ts"

function setUp(options: TestOptions = {}) {
  const recorder = new Recorder()
  const kernel = testKernel(recorder, options)
  const printed: string[] = []
  const print = (text: string) => printed.push(`${kernel.nowUs / 1000} ${text}`)
  const start = (main: Body) => kernel.start("main", coroutine(main))
  const spawn = (name: string, make: Body) => kernel.spawn(name, coroutine(make), -1)
  return { kernel, recorder, printed, print, start, spawn }
}

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

describe("schedules", () => {
  const program = (chooser: Chooser) => {
    const { kernel, recorder, printed, print, start, spawn } = setUp({ chooser })
    start(function* () {
      for (const name of ["a", "b", "c"])
        spawn(name, function* () {
          print(name)
        })
      yield kernel.sleep(1, -1)
    })
    kernel.run()
    return { printed: printed.map((line) => line.slice(-1)).join(""), choices: kernel.choices, chunks: recorder.flush() }
  }

  it("find other orders by seed, and replay any of them exactly", () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < 40; seed++) {
      const first = program(new ShuffleChooser(seed))
      orders.add(first.printed)
      const again = program(new ReplayChooser(first.choices))
      expect(again.printed).toBe(first.printed)
      expect(again.chunks).toEqual(first.chunks)
    }
    expect([...orders].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"])
  })

  it("print as short text and are read back", () => {
    expect(printSchedule([0, 0, 0, 0, 1, 2, 2])).toBe("0*4 1 2 2")
    expect(parseSchedule("0*4 1 2 2")).toEqual([0, 0, 0, 0, 1, 2, 2])
    expect(parseSchedule("zero")).toBeNull()
    expect(parseSchedule("1*99999999")).toBeNull()
  })

  it("the same inputs give the same bytes", () => {
    expect(program(new ShuffleChooser(7)).chunks).toEqual(program(new ShuffleChooser(7)).chunks)
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
