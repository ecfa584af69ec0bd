// Fibers as the trace shows them: their names, their own module state, what becomes of those that fail or are cut off, waits and
// channels; and many of them at once.
import { describe, expect, it } from "vitest"
import { drive } from "../../../cli/drive.ts"
import { nodePorts } from "../../../cli/node-ports.ts"
import { inputsOf } from "../../../session/defaults.ts"
import type { RunInputs } from "../../../session/inputs.ts"
import { prepareRun } from "../../../session/run.ts"
import { Kind, SUSPEND_REASONS, TASK_ENDS } from "../../../trace/event.ts"
import { totalsOf } from "../../../trace/totals.ts"
import { Trace } from "../../../trace/trace.ts"

async function ran(text: string, rest: Partial<RunInputs> = {}) {
  const prepared = await prepareRun(inputsOf("ard", "main.ard", text, rest), nodePorts(false))
  const { run } = prepared
  if (!run) throw new Error(prepared.diagnostics.map((d) => d.message).join("; "))
  const trace = new Trace(prepared.sites)
  await drive(run, trace)
  const events = [...trace.events()]
  const of = (kind: Kind) => events.filter((event) => event.kind === kind)
  return {
    report: run.report(),
    stdout: totalsOf(trace).stdoutLines(),
    names: of(Kind.TaskSpawn).map((event) => trace.text(event.b)),
    notices: of(Kind.Notice).map((event) => trace.text(event.a)),
    faults: of(Kind.Fault).map((event) => ({ task: event.task, ...(JSON.parse(trace.text(event.a)) as object) })),
    copies: of(Kind.PrivateCopy).map((event) => [event.task, trace.text(event.a), trace.text(event.b)]),
    ends: of(Kind.TaskEnd).map((event) => [event.task, TASK_ENDS[event.a], trace.text(event.b)]),
    waits: of(Kind.TaskSuspend).map((event) => [event.task, SUSPEND_REASONS[event.a], event.b]),
    collected: of(Kind.Collected).map((event) => [event.task, event.a]),
    sent: of(Kind.ChannelSend).map((event) => [event.task, trace.text(event.b)]),
    received: of(Kind.ChannelReceive).map((event) => [event.task, trace.text(event.b)]),
    channels: of(Kind.ChannelOpen).map((event) => trace.text(event.b)),
  }
}

const program = (body: string, before = ""): string =>
  `use ard/async\nuse ard/async/channel\nuse ard/io\nuse ard/maybe\n${before}\nfn main() {\n${body}\n}\n`

describe("lanes", () => {
  it("are called after the variable that holds the handle, else after the function, else by number", async () => {
    const { names } = await ran(
      program(
        `let first = async::start(fn() { io::print("1") })
        async::start(work)
        async::start(fn() { io::print("3") })
        let list = [async::eval(fn() Int { 4 })]
        first.join()`,
        'fn work() { io::print("2") }',
      ),
    )
    expect(names).toEqual(["main", "first", "work", "fiber#3", "fiber#4"])
  })

  it("show what their fiber gave, by its type", async () => {
    const { ends } = await ran(
      program(
        `let a = async::eval(fn() Float { 2.0 })
        let b = async::eval(fn() Side { Side::right })
        let c = async::eval(fn() Int? { maybe::none() })
        let d = async::eval(fn() [Str] { ["x", "y"] })
        async::join([a])`,
        "enum Side { left, right }",
      ),
    )
    expect(Object.fromEntries(ends.map(([task, , shown]) => [task, shown]))).toEqual({
      0: "",
      1: "2.00",
      2: "Side::right",
      3: "none",
      4: '["x", "y"]',
    })
  })
})

describe("module state", () => {
  const files = {
    "ard.toml": 'name = "demo"\n',
    "store.ard": "mut items = [1, 2]\nlet LIMIT = 5\nfn add(n: Int) Int {\n  items.push(n)\n  items.size()\n}\n",
  }

  it("is listed in each fiber's lane: the `mut` variables it has for itself, with their first values", async () => {
    const text = `use ard/async\nuse demo/store\nmut mine = 0.5\nmut unused = 1\nfn go() {\n  mine =+ 1.0\n  store::add(3)\n}\nfn main() {\n  store::add(9)\n  go()\n  let f = async::start(go)\n  f.join()\n}\n`
    const { copies } = await ran(text, { files })
    expect(copies).toEqual([
      [1, "demo/store::items", "[1, 2]"],
      [1, "mine", "0.50"],
    ])
  })

  it("costs nothing where there is none", async () => {
    const { copies } = await ran(program('let f = async::start(fn() { io::print("x") })\n  f.join()', "let LIMIT = 5"))
    expect(copies).toEqual([])
  })
})

describe("ends", () => {
  it("a failed fiber leaves a fault and a notice; who joins goes on", async () => {
    const { notices, faults, ends, stdout, report } = await ran(
      program('let bad = async::start(fn() { panic("boom") })\n  bad.join()\n  io::print("on")'),
    )
    expect(report.outcome).toBe("done")
    expect(stdout).toEqual(["on"])
    expect(notices).toEqual(["Panic in fiber bad: boom"])
    expect(faults).toEqual([{ task: 1, kind: "Panic", message: "boom" }])
    expect(ends).toEqual([
      [1, "failed", "boom"],
      [0, "ok", ""],
    ])
  })

  it("those cut off by the end of main are told and marked", async () => {
    const forever = "async::start(fn() {\n while {\n async::sleep(10)\n }\n })"
    const { notices, ends } = await ran(program(`${forever}\n  ${forever}\n  async::sleep(25)`))
    expect(notices).toEqual(["2 fibers were still running when main ended"])
    expect(ends.map(([task, how]) => [task, how])).toEqual([
      [0, "ok"],
      [1, "abandoned"],
      [2, "abandoned"],
    ])
  })

  it("a fiber that only waits for a line does not keep main from ending", async () => {
    const text = program('async::start(fn() { io::print(io::read_line().or("")) })\n  io::print("main")')
    const prepared = await prepareRun(inputsOf("ard", "main.ard", text, { inputOpen: true }), nodePorts(false))
    expect(prepared.run?.advance()).toBe("ended")
    expect(prepared.run?.report().outcome).toBe("done")
  })
})

describe("waits", () => {
  it("a join waits for its fiber and collects it; a second one returns at once", async () => {
    const { waits, collected } = await ran(program("let f = async::start(fn() { async::sleep(3) })\n  f.join()\n  f.join()"))
    expect(waits).toEqual([
      [0, "await", 1],
      [1, "sleep", -1],
    ])
    expect(collected).toEqual([
      [0, 1],
      [0, 1],
    ])
  })

  it("channels are named, and carry values that show by their type", async () => {
    const { channels, sent, received, waits } = await ran(
      program(
        "let doors = channel::new<Side>()\n  let f = async::start(fn() { doors.send(Side::right) })\n  io::print(doors.recv().is_some())",
        "enum Side { left, right }",
      ),
    )
    expect(channels).toEqual(["doors"])
    expect(sent).toEqual([[1, "Side::right"]])
    expect(received).toEqual([[0, "Side::right"]])
    expect(waits.map(([task, reason]) => [task, reason])).toEqual([[0, "receive"]])
  })
})

describe("many fibers", () => {
  it("100,000 start, sleep and are joined", async () => {
    const { report, stdout } = await ran(
      program(
        `mut all: [async::Fiber<Int>] = []
        for i in 1..100000 {
          all.push(async::eval(one))
        }
        mut sum = 0
        for fiber in all { sum =+ fiber.get() }
        io::print(sum)`,
        "fn one() Int {\n async::sleep(5)\n 1\n}",
      ),
    )
    expect(stdout).toEqual(["100000"])
    expect(report.virtualUs).toBe(5000)
  })

  it("one that never sleeps beside one that does: the sleeper wakes all the same", async () => {
    const text = program(
      `async::start(fn() {
        mut n = 0
        while {
          n =+ 1
        }
      })
      async::sleep(100)
      io::print("awake")`,
    )
    const { stdout, report, notices } = await ran(text)
    expect(stdout).toEqual(["awake"])
    expect(report).toMatchObject({ outcome: "done", virtualUs: 100_000 })
    expect(notices).toEqual(["1 fiber was still running when main ended"])
  })

  it("the same program gives the same trace whatever its size", async () => {
    const text = program('for i in 1..300 {\n async::start(fn() {\n async::sleep(1)\n io::print("x")\n })\n }\n  async::sleep(2)')
    expect(await ran(text)).toEqual(await ran(text))
  })
})
