// Laws of the kernel that no order of tasks may break: small programs under every schedule there is. Told apart from
// `kernel.test.ts`, which says what happens in the default order.
import { describe, expect, it } from "vitest"
import { Kind, TASK_ENDS } from "../trace/event.ts"
import { Recorder } from "../trace/recorder.ts"
import { Trace } from "../trace/trace.ts"
import { Channel, CLOSED } from "./channel.ts"
import { type Chooser, FifoChooser, ReplayChooser } from "./chooser.ts"
import { Future } from "./future.ts"
import { Gate } from "./gate.ts"
import type { Kernel } from "./kernel.ts"
import type { Limits } from "./limits.ts"
import { Cancelled, type Task } from "./task.ts"
import { type Body, coroutine, testKernel } from "./testing.ts"

/** What a program is made with: it says what it sees, and starts tasks. */
class Stage {
  readonly recorder = new Recorder()
  readonly said: string[] = []
  readonly kernel: Kernel

  constructor(chooser: Chooser, limits: Partial<Limits>) {
    this.kernel = testKernel(this.recorder, { chooser, limits })
  }

  say(text: string): void {
    this.said.push(`${this.kernel.nowUs} ${text}`)
  }

  task(name: string, make: Body): Task {
    return this.kernel.spawn(name, coroutine(make), -1)
  }

  *await(task: Task): Generator<unknown, unknown, unknown> {
    return yield this.kernel.wait(task.future, "await", task.id, -1)
  }

  *sleep(us: number): Generator<unknown, void, unknown> {
    yield this.kernel.sleep(us, -1)
  }
}

interface Ended {
  readonly stage: Stage
  readonly said: readonly string[]
  readonly kernel: Kernel
  readonly events: ReturnType<Trace["events"]> extends Iterable<infer E> ? readonly E[] : never
}

/** Runs a program under every schedule, and checks what each has shown. */
function underEverySchedule(program: (stage: Stage) => Body, check: (ended: Ended) => void, limits: Partial<Limits> = {}): number {
  let runs = 0
  let choices: number[] | null = []
  while (choices) {
    const counts: number[] = []
    const replayed: Chooser = new ReplayChooser(choices)
    const counting: Chooser = {
      explores: true,
      choose(count) {
        counts.push(count)
        return replayed.choose(count)
      },
    }
    const stage = new Stage(counting, limits)
    stage.kernel.start("main", coroutine(program(stage)))
    expect(stage.kernel.run()).toBe("ended")
    const trace = new Trace()
    for (const chunk of stage.recorder.flush()) trace.append(chunk)
    const ended = { stage, said: stage.said, kernel: stage.kernel, events: [...trace.events()] }
    checkAlways(ended)
    check(ended)
    choices = following(stage.kernel.choices, counts)
    expect(++runs).toBeLessThan(10_000)
  }
  return runs
}

/** The next schedule after this one, deepest choice first; null after the last. */
function following(choices: readonly number[], counts: readonly number[]): number[] | null {
  for (let at = choices.length - 1; at >= 0; at--) {
    const choice = choices[at] ?? 0
    if (choice + 1 < (counts[at] ?? 0)) return [...choices.slice(0, at), choice + 1]
  }
  return null
}

/** What holds of every run whatever it does. */
function checkAlways({ kernel, events }: Ended): void {
  expect(events.every((event, i) => event.atUs >= (events[i - 1]?.atUs ?? 0))).toBe(true)
  const ends = events.filter((event) => event.kind === Kind.TaskEnd).map((event) => event.task)
  expect(ends.slice().sort((a, b) => a - b)).toEqual(kernel.tasks.map((task) => task.id))
  expect(events.filter((event) => event.kind === Kind.RunEnd)).toHaveLength(1)
  expect(events[events.length - 1]?.kind).toBe(Kind.RunEnd)
}

const howEnded = ({ kernel, events }: Ended, name: string) => {
  const id = kernel.tasks.find((task) => task.name === name)?.id
  return events.filter((event) => event.kind === Kind.TaskEnd && event.task === id).map((event) => TASK_ENDS[event.a])
}

describe("under every schedule", () => {
  it("a gate lets no more through than it has places, and in the order of asking", () => {
    const runs = underEverySchedule(
      (stage) =>
        function* () {
          const gate = new Gate(stage.kernel, 2)
          let inside = 0
          const asked: string[] = []
          const entered: string[] = []
          const tasks = ["a", "b", "c"].map((name) =>
            stage.task(name, function* () {
              asked.push(name)
              const wait = gate.acquire(-1)
              if (wait) yield wait
              entered.push(name)
              inside++
              expect(inside).toBeLessThanOrEqual(2)
              yield* stage.sleep(1000)
              inside--
              gate.release()
            }),
          )
          for (const task of tasks) yield* stage.await(task)
          // Two that are let in at one instant may go on in either order.
          const pairs = (names: readonly string[]) => [names.slice(0, 2).sort(), names.slice(2).sort()]
          stage.say(`${JSON.stringify(pairs(asked)) === JSON.stringify(pairs(entered))}`)
        },
      ({ said }) => expect(said).toEqual(["2000 true"]),
    )
    expect(runs).toBeGreaterThan(10)
  })

  it.each([0, 1, 2])("every value sent is received once, in the order of sending, with room for %i", (capacity) => {
    underEverySchedule(
      (stage) =>
        function* () {
          const channel = new Channel(stage.kernel, capacity, "ch", String, -1)
          const sent: number[] = []
          const got: number[] = []
          const senders = [1, 2, 3].map((n) =>
            stage.task(`sender ${n}`, function* () {
              sent.push(n)
              expect(yield channel.send(n, -1)).toBe(true)
            }),
          )
          const receiver = stage.task("receiver", function* () {
            for (;;) {
              const value = yield channel.receive(-1)
              if (value === CLOSED) return
              got.push(value as number)
            }
          })
          for (const sender of senders) yield* stage.await(sender)
          channel.close(-1)
          yield* stage.await(receiver)
          stage.say(`${got.length} ${got.join() === sent.join()}`)
        },
      ({ said }) => expect(said).toEqual(["0 3 true"]),
    )
  })

  it("timers of one instant wake in the order of their creation, whoever goes on first", () => {
    underEverySchedule(
      (stage) =>
        function* () {
          const order: string[] = []
          for (const name of ["a", "b", "c"]) stage.kernel.after(1000, () => order.push(name))
          const tasks = ["x", "y"].map((name) => stage.task(name, () => stage.sleep(1000)))
          for (const task of tasks) yield* stage.await(task)
          stage.say(order.join(""))
        },
      ({ said, events, kernel }) => {
        expect(said).toEqual(["1000 abc"])
        const asleep = events.filter((event) => event.kind === Kind.TaskSuspend && kernel.tasks[event.task]?.name !== "main")
        const awake = events.filter(
          (event) => event.kind === Kind.TaskReady && event.atUs === 1000 && kernel.tasks[event.task]?.name !== "main",
        )
        expect(awake.map((event) => event.task)).toEqual(asleep.map((event) => event.task))
      },
    )
  })

  it("a task that fails while nobody waits ends as failed, once, and whoever asks later gets the failure, each time", () => {
    underEverySchedule(
      (stage) =>
        function* () {
          const bad = stage.task("bad", function* () {
            yield* stage.sleep(10)
            throw new Error("broken")
          })
          const good = stage.task("good", () => stage.sleep(20))
          yield* stage.await(good)
          for (let i = 0; i < 2; i++) {
            try {
              yield* stage.await(bad)
            } catch (failure) {
              stage.say((failure as Error).message)
            }
          }
        },
      (ended) => {
        expect(ended.said).toEqual(["20 broken", "20 broken"])
        expect(howEnded(ended, "bad")).toEqual(["failed"])
        expect(ended.kernel.outcome?.name).toBe("done")
      },
    )
  })

  it("main's failure is the run's, and takes the others with it", () => {
    underEverySchedule(
      (stage) =>
        function* () {
          stage.task("other", () => stage.sleep(50))
          yield* stage.sleep(10)
          throw new Error("over")
        },
      (ended) => {
        expect(ended.kernel.outcome).toMatchObject({ name: "failed", message: "over" })
        expect(howEnded(ended, "other")).toEqual(["abandoned"])
        expect(ended.kernel.nowUs).toBe(10)
      },
    )
  })

  it("a future keeps what it was settled with first", () => {
    underEverySchedule(
      (stage) =>
        function* () {
          const future = new Future<string>()
          const settlers = ["a", "b"].map((name) =>
            stage.task(name, function* () {
              if (!future.settled) stage.say(name)
              stage.kernel.settle(future, name)
              stage.kernel.fail(future, "late")
            }),
          )
          const value = yield stage.kernel.wait(future, "await", -1, -1)
          for (const task of settlers) yield* stage.await(task)
          stage.say(String(value))
          stage.say(String(yield stage.kernel.wait(future, "await", -1, -1)))
        },
      ({ said }) => expect(said.slice(1)).toEqual([said[0], said[0]]),
    )
  })

  it("two that wait for each other are a deadlock at the same instant, told by name", () => {
    underEverySchedule(
      (stage) =>
        function* () {
          const tasks: Task[] = []
          for (const other of [1, 0])
            tasks.push(
              stage.task(`t${1 - other}`, function* () {
                yield* stage.sleep(5)
                yield* stage.await(tasks[other] as Task)
              }),
            )
          yield* stage.await(tasks[0] as Task)
        },
      ({ kernel }) => {
        expect(kernel.outcome?.message).toBe("nobody can continue: main waits for t0, t0 waits for t1, t1 waits for t0")
        expect(kernel.nowUs).toBe(5)
      },
    )
  })

  it("a schedule that is replayed gives the same bytes", () => {
    underEverySchedule(
      (stage) => many(stage),
      ({ kernel, events, said }) => {
        const again = new Stage(new ReplayChooser(kernel.choices), {})
        again.kernel.start("main", coroutine(many(again)))
        again.kernel.run()
        const trace = new Trace()
        for (const chunk of again.recorder.flush()) trace.append(chunk)
        expect([...trace.events()]).toEqual(events)
        expect(again.said).toEqual(said)
      },
    )
  })
})

const many = (stage: Stage): Body =>
  function* () {
    const channel = new Channel(stage.kernel, 0, "ch", String, -1)
    const tasks = [1, 2].map((n) =>
      stage.task(`t${n}`, function* () {
        yield channel.send(n, -1)
        stage.say(`sent ${n}`)
      }),
    )
    stage.say(`got ${yield channel.receive(-1)}`)
    stage.say(`got ${yield channel.receive(-1)}`)
    for (const task of tasks) yield* stage.await(task)
  }

// ---- cancelling -----------------------------------------------------------------------------------------------------

/** Every wait there is: what the task does, and what shows that it left the queue it stood in. */
const WAITS: Readonly<Record<string, (stage: Stage) => { readonly wait: () => unknown; readonly after: () => void }>> = {
  "a sleep": ({ kernel }) => ({
    wait: () => kernel.sleep(1_000_000, -1),
    after: () => expect(kernel.nextTimerUs).toBe(13),
  }),
  "a future": ({ kernel }) => {
    const future = new Future()
    return { wait: () => kernel.wait(future, "await", -1, -1), after: () => kernel.settle(future, 1) }
  },
  "a gate": ({ kernel }) => {
    const gate = new Gate(kernel, 1)
    gate.force()
    return {
      wait: () => gate.acquire(-1),
      after: () => {
        gate.release(null)
        // The place was not given to who had left.
        let free = false
        gate.whenFree(() => {
          free = true
        })
        expect(free).toBe(true)
      },
    }
  },
  "a send": ({ kernel }) => {
    const channel = new Channel(kernel, 0, "ch", String, -1)
    return { wait: () => channel.send("lost", -1), after: () => expect(channel.close(-1)).toBe(true) }
  },
  "a receive": ({ kernel }) => {
    const channel = new Channel(kernel, 1, "ch", String, -1)
    return {
      wait: () => channel.receive(-1),
      after: () => {
        expect(channel.send("kept", -1)).toBe(true)
        expect(channel.receive(-1)).toBe("kept")
      },
    }
  },
  "its turn": ({ kernel }) => ({ wait: () => kernel.suspend({ reason: "turn", on: -1, future: null }, -1), after: () => {} }),
}

describe.each(Object.entries(WAITS))("cancelling a task that waits for %s", (_, make) => {
  it("unwinds it once, out of every queue, and lets what cleans up wait again", () => {
    underEverySchedule(
      (stage) =>
        function* () {
          const { wait, after } = make(stage)
          const waiter = stage.task("waiter", function* () {
            try {
              yield wait()
              stage.say("went on")
            } finally {
              stage.say("cleans up")
              yield* stage.sleep(3)
              stage.say("is clean")
            }
          })
          yield* stage.sleep(10)
          stage.kernel.cancel(waiter)
          stage.kernel.cancel(waiter)
          // While it cleans up: what it waited for before must not reach it in another wait.
          yield* stage.sleep(1)
          after()
          try {
            yield* stage.await(waiter)
          } catch (failure) {
            stage.say(failure instanceof Cancelled ? "told" : "?")
          }
          yield* stage.sleep(5)
        },
      (ended) => {
        expect(ended.said).toEqual(["10 cleans up", "13 is clean", "13 told"])
        expect(howEnded(ended, "waiter")).toEqual(["cancelled"])
        expect(ended.kernel.nowUs).toBe(18)
      },
    )
  })
})

describe("cancelling", () => {
  const runOnce = (program: (stage: Stage) => Body) => {
    const stage = new Stage(new FifoChooser(), {})
    stage.kernel.start("main", coroutine(program(stage)))
    stage.kernel.run()
    return stage
  }

  it("a task that has not begun ends without beginning, whether it is held or ready", () => {
    const { said, kernel } = runOnce(
      (stage) =>
        function* () {
          const body: Body = function* () {
            stage.say("began")
          }
          stage.task("other", () => stage.sleep(1))
          const held = stage.kernel.spawnHeld("held", coroutine(body), -1)
          const ready = stage.task("ready", body)
          stage.kernel.cancel(held)
          stage.kernel.cancel(ready)
          stage.kernel.release(held)
          yield* stage.sleep(2)
        },
    )
    expect(said).toEqual([])
    expect(kernel.tasks.map((task) => task.state)).toEqual(["ended", "ended", "ended", "ended"])
    expect(kernel.outcome?.name).toBe("done")
    // It stood in nobody's way: when only the other was ready, there was nothing to choose.
    expect(kernel.choices).toEqual([])
  })

  it("a task that was handed a place keeps it to its next wait, where it is told", () => {
    const { said } = runOnce(
      (stage) =>
        function* () {
          const gate = new Gate(stage.kernel, 1)
          gate.force()
          const next = stage.task("next", function* () {
            const wait = gate.acquire(-1)
            if (wait) yield wait
            try {
              stage.say("has the place")
              yield* stage.sleep(100)
              stage.say("never")
            } finally {
              gate.release()
            }
          })
          yield* stage.sleep(1)
          gate.release(null)
          stage.kernel.cancel(next)
          try {
            yield* stage.await(next)
          } catch {
            let free = false
            gate.whenFree(() => {
              free = true
            })
            stage.say(free ? "the place is free" : "the place is lost")
          }
        },
    )
    expect(said).toEqual(["1 has the place", "1 the place is free"])
  })

  it("a task that has ended stays as it ended", () => {
    const { said } = runOnce(
      (stage) =>
        function* () {
          const quick = stage.task("quick", function* () {
            return 7
          })
          yield* stage.sleep(1)
          stage.kernel.cancel(quick)
          stage.say(String(yield* stage.await(quick)))
        },
    )
    expect(said).toEqual(["1 7"])
  })
})
