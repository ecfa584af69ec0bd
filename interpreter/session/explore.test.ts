// Exploration, shown by programs whose schedules can be counted by hand, by races whose outcomes are known, and by the cases
// that list every legal output. Ard's, since only Ard leaves the order of effects open.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { nodePorts } from "../cli/node-ports.ts"
import { inputsOfCase, parseCase } from "../conformance/case.ts"
import { parseSchedule } from "../kernel/chooser.ts"
import { Kind } from "../trace/event.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { inputsOf } from "./defaults.ts"
import { type Exploration, type ExploredOutcome, explore } from "./explore.ts"
import type { RunInputs } from "./inputs.ts"
import { prepareRun, type Run } from "./run.ts"

const ports = nodePorts(false)
const folder = fileURLToPath(new URL("../conformance/ard/", import.meta.url))

const ard = (text: string): RunInputs => inputsOf("ard", "main.ard", text)

async function explored(inputs: RunInputs, maxRuns: number): Promise<Exploration> {
  const found = await explore(inputs, ports, { maxRuns })
  if ("rejected" in found) throw new Error(found.rejected.diagnostics.map((d) => d.message).join("; "))
  return found
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Lines of output joined by blanks, with how often they came. */
const counts = (found: Exploration): Record<string, number> =>
  Object.fromEntries(found.outcomes.map((o) => [[...o.stdout, ...(o.outcome === "done" ? [] : [o.outcome])].join(" "), o.count]))

/** The bytes of a run's trace under a schedule, and what it printed. */
async function replayed(inputs: RunInputs, schedule: string) {
  const choices = parseSchedule(schedule)
  if (!choices) throw new Error(`not a schedule: ${schedule}`)
  const { run } = await prepareRun({ ...inputs, schedule: { choices } }, ports)
  if (!run) throw new Error("rejected")
  while (run.advance() !== "ended") run.input(null)
  return shownBy(run)
}

/** A run that has ended: the bytes of its trace, its events but for the choices themselves, its output and schedule. */
function shownBy(run: Run) {
  const chunks = run.flush()
  const trace = new Trace()
  for (const chunk of chunks) trace.append(chunk)
  const bytes = JSON.stringify(chunks.map((c) => [[...c.times.subarray(0, c.count)], [...c.words], c.strings]))
  const events = [...trace.events()].filter((event) => event.kind !== Kind.Choice)
  return { bytes, events, stdout: totalsOf(trace).stdoutLines(), schedule: run.report().schedule }
}

const START_WITHOUT_JOIN = `
use ard/async
use ard/io
fn main() {
  io::print("1")
  async::start(fn() { io::print("2") })
  io::print("3")
}
`

/** Two fibers add one to a number in a channel, reading and writing it in two steps. */
const LOST_UPDATE = `
use ard/async
use ard/async/channel
use ard/io

let CELL = channel::new<Int>(size: 1)

fn read() Int {
  let n = CELL.recv().or(0)
  CELL.send(n)
  n
}

fn write(n: Int) {
  CELL.recv()
  CELL.send(n)
}

fn add() {
  write(read() + 1)
}

fn main() {
  CELL.send(0)
  let a = async::start(add)
  let b = async::start(add)
  a.join()
  b.join()
  io::print(read())
}
`

describe("all schedules of a small program", () => {
  it("a program that does one thing at a time has one schedule, without a choice", async () => {
    const found = await explored(ard('use ard/io\nfn main() { io::print("a") io::print("b") }'), 100)
    expect(found).toMatchObject({ runs: 1, exhaustive: true, sampledSeeds: 0 })
    expect(found.outcomes).toEqual([{ outcome: "done", message: "", stdout: ["a", "b"], count: 1, schedule: "" }])
  })

  it("a start without a join has ten, counted by hand, and two outputs", async () => {
    // Before "3": f or main goes first. Main first (4): before its end f may come in, then f may print before or after main
    // main settles (1 + 1 + 2, its end being a choice too). F first (6): f prints at once (3) or lets main print before (3).
    const found = await explored(ard(START_WITHOUT_JOIN), 1000)
    expect(found).toMatchObject({ runs: 10, exhaustive: true })
    expect(counts(found)).toEqual({ "1 3 2": 7, "1 2 3": 3 })
  })

  it("a join leaves no choice where the fiber has nobody beside it", async () => {
    const text = START_WITHOUT_JOIN.replace("async::start(", "let f = async::start(").replace(
      'io::print("3")',
      'f.join()\n  io::print("3")',
    )
    expect(counts(await explored(ard(text), 1000))).toEqual({ "1 2 3": 1 })
  })

  it("a panic of main is an end: a fiber beside it may come first, or be cut off at each of its steps", async () => {
    // Before the panic: main goes first (nothing printed), or f. Before its print f may still be cut off; after it the line stays,
    // whether f or main goes first at the end of f.
    const text = START_WITHOUT_JOIN.replace('  io::print("1")\n', "").replace('io::print("3")', 'panic("now")')
    const found = await explored(ard(text), 1000)
    expect(found).toMatchObject({ runs: 4, exhaustive: true })
    expect(counts(found)).toEqual({ failed: 2, "2 failed": 2 })
  })

  it("has as many schedules as an independent count of the choice points finds", async () => {
    for (const tasks of MODELS) {
      const found = await explored(ard(programOf(tasks)), 100_000)
      expect(found.exhaustive).toBe(true)
      expect(counts(found)).toEqual(countedOutcomes(tasks))
    }
  })

  it("a lost update over a channel: exactly the two outcomes there are", async () => {
    const found = await explored(ard(LOST_UPDATE), 100_000)
    expect(found.exhaustive).toBe(true)
    expect(Object.keys(counts(found)).sort(byCodePoint)).toEqual(["1", "2"])
  })

  it("a deadlock that only some orders reach is found", async () => {
    // Two locks, taken in opposite orders.
    const text = `
use ard/async
use ard/async/channel
use ard/io

let LEFT = channel::new<Void>(size: 1)
let RIGHT = channel::new<Void>(size: 1)

fn left_first() {
  LEFT.recv()
  RIGHT.recv()
  RIGHT.send(())
  LEFT.send(())
}

fn right_first() {
  RIGHT.recv()
  LEFT.recv()
  LEFT.send(())
  RIGHT.send(())
}

fn main() {
  LEFT.send(())
  RIGHT.send(())
  let a = async::start(left_first)
  let b = async::start(right_first)
  a.join()
  b.join()
  io::print("both")
}
`
    const found = await explored(ard(text), 100_000)
    expect(found.exhaustive).toBe(true)
    expect(new Set(found.outcomes.map((o) => o.outcome))).toEqual(new Set(["done", "deadlock"]))
    const deadlock = found.outcomes.find((o) => o.outcome === "deadlock")
    expect(deadlock?.message).toContain("a waits for a sender on RIGHT, b waits for a sender on LEFT")
  })
})

describe("a large program", () => {
  const LARGE = `
use ard/async
use ard/io
fn main() {
  mut all: [async::Fiber<Void>] = []
  for i in 1..6 {
    all.push(async::start(fn() { io::print("x") io::print("y") }))
  }
  async::join(all)
}
`
  it("is sampled: the first schedules depth first, as many shuffled ones, and it says which", async () => {
    const found = await explored(ard(LARGE), 200)
    expect(found).toMatchObject({ runs: 200, exhaustive: false, sampledSeeds: 100 })
    expect(found.outcomes.reduce((sum, o) => sum + o.count, 0)).toBe(200)
    expect(found.outcomes.length).toBeGreaterThan(10)
    for (const { stdout } of found.outcomes) expect([...stdout].sort(byCodePoint).join("")).toBe("xxxxxxyyyyyy")
  })

  it("gives the same answer every time", async () => {
    expect(await explored(ard(LARGE), 50)).toEqual(await explored(ard(LARGE), 50))
  })
})

describe("replaying a listed schedule", () => {
  it.each([
    ["a start without a join", START_WITHOUT_JOIN],
    ["a lost update", LOST_UPDATE],
  ])("shows its outcome again, with the identical trace: %s", async (_name, text) => {
    const found = await explored(ard(text), 5000)
    for (const outcome of found.outcomes) await expectReplay(ard(text), outcome)
  })
})

describe("a run in its own order", () => {
  const names = readdirSync(folder).filter((name) => /^(async|later|channel|ext-llm).*\.json$/.test(name))

  it.each(names)("has a schedule that replays it: %s", async (name) => {
    const c = parseCase(readFileSync(join(folder, name), "utf8"))
    const inputs = inputsOfCase("ard", "main.ard", readFileSync(join(folder, name.replace(/json$/, "ard")), "utf8"), c)
    const { run } = await prepareRun(inputs, ports)
    if (!run) return
    while (run.advance() !== "ended") run.input(null)
    const own = shownBy(run)
    const again = await replayed(inputs, own.schedule)
    expect(again.stdout).toEqual(own.stdout)
    expect(again.schedule).toBe(own.schedule)
    expect(again.events).toEqual(own.events)
  })
})

describe("cases with several legal outputs", () => {
  const names = readdirSync(folder).filter(
    (name) => name.endsWith(".json") && readFileSync(join(folder, name), "utf8").includes('"stdoutOneOf"'),
  )

  it("there are such cases", () => {
    expect(names.length).toBeGreaterThan(2)
  })

  it.each(names)("%s prints nothing else under any schedule", async (name) => {
    const c = parseCase(readFileSync(join(folder, name), "utf8"))
    const program = readFileSync(join(folder, name.replace(/json$/, "ard")), "utf8")
    const inputs = inputsOfCase("ard", "main.ard", program, c)
    const found = await explored(inputs, 3000)
    const legal = new Set(c.stdoutOneOf?.map((lines) => JSON.stringify(lines)))
    for (const outcome of found.outcomes) {
      expect(legal).toContain(JSON.stringify(outcome.stdout))
      await expectReplay(inputs, outcome)
    }
  })
})

async function expectReplay(inputs: RunInputs, outcome: ExploredOutcome): Promise<void> {
  const first = await replayed(inputs, outcome.schedule)
  expect(first.stdout).toEqual(outcome.stdout)
  expect(first.schedule).toBe(outcome.schedule)
  expect((await replayed(inputs, outcome.schedule)).bytes).toBe(first.bytes)
}

// ---- an independent count ---------------------------------------------------------------------------------------------

/** What a task does, one step after another. The first task is main; others are started by their number. */
type Step = { readonly print: string } | { readonly start: number } | { readonly join: number }

const MODELS: readonly (readonly (readonly Step[])[])[] = [
  [[{ start: 1 }, { start: 2 }, { join: 1 }, { join: 2 }], [{ print: "a" }], [{ print: "b" }]],
  [[{ start: 1 }, { start: 2 }, { print: "m" }], [{ print: "a" }], [{ print: "b" }]],
  [[{ start: 1 }, { join: 1 }, { start: 3 }, { print: "m" }], [{ start: 2 }, { print: "a" }], [{ print: "b" }], [{ print: "c" }]],
  [[{ start: 1 }, { start: 2 }, { join: 2 }, { join: 1 }], [{ print: "a" }, { print: "b" }], [{ print: "c" }]],
]

function programOf(tasks: readonly (readonly Step[])[]): string {
  const body = (steps: readonly Step[]): string =>
    steps
      .map((step) =>
        "print" in step
          ? `io::print("${step.print}")`
          : "join" in step
            ? `f${step.join}.join()`
            : `let f${step.start} = async::start(fn() {\n${body(tasks[step.start] ?? [])}\n})`,
      )
      .join("\n")
  return `use ard/async\nuse ard/io\nfn main() {\n${body(tasks[0] ?? [])}\n}\n`
}

interface State {
  readonly ready: readonly number[]
  /** The next step of each task; a choice point before it may be behind the task already. */
  readonly at: readonly { readonly step: number; readonly passed: boolean }[]
  readonly ended: readonly boolean[]
  /** Task: whom it waits for. */
  readonly waits: readonly (number | null)[]
  readonly settling: boolean
  readonly printed: readonly string[]
}

/** Outputs and how many schedules lead to each, by the rules of section 14 and of the choice points alone. */
function countedOutcomes(tasks: readonly (readonly Step[])[]): Record<string, number> {
  const found: Record<string, number> = {}
  const pick = (s: State): void => {
    if (s.ready.length === 0) {
      const key = s.printed.join(" ")
      found[key] = (found[key] ?? 0) + 1
      return
    }
    for (const task of s.ready) go({ ...s, ready: s.ready.filter((other) => other !== task) }, task)
  }
  const go = (s: State, task: number): void => {
    const { step: n, passed } = s.at[task] as { step: number; passed: boolean }
    const step = tasks[task]?.[n]
    const moveTo = (next: number, behind: boolean) => s.at.map((one, i) => (i === task ? { step: next, passed: behind } : one))
    if (step && "join" in step) {
      const moved = { ...s, at: moveTo(n + 1, false) }
      if (s.ended[step.join]) go(moved, task)
      else pick({ ...moved, waits: s.waits.map((on, i) => (i === task ? step.join : on)) })
      return
    }
    // Everything else is seen by others: they may come first.
    if (!passed && s.ready.length > 0) {
      pick({ ...s, ready: [...s.ready, task], at: moveTo(n, true) })
      return
    }
    const at = moveTo(n + 1, false)
    if (!step) end({ ...s, at }, task)
    else if ("print" in step) go({ ...s, at, printed: [...s.printed, step.print] }, task)
    else go({ ...s, at, ready: [...s.ready, step.start] }, task)
  }
  const end = (s: State, task: number): void => {
    if (task === 0) {
      pick({ ...s, settling: true })
      return
    }
    const woken = s.waits.flatMap((on, i) => (on === task ? [i] : []))
    pick({
      ...s,
      ended: s.ended.map((was, i) => was || i === task),
      waits: s.waits.map((on) => (on === task ? null : on)),
      ready: [...s.ready, ...woken],
    })
  }
  pick({
    ready: [0],
    at: tasks.map(() => ({ step: 0, passed: false })),
    ended: tasks.map(() => false),
    waits: tasks.map(() => null),
    settling: false,
    printed: [],
  })
  return found
}
