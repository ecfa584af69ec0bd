// Fast mode shows nothing of itself: a program whose functions are called plainly where they can be gives the same output,
// outcome, steps and trace as the same program with every function a generator, whatever limit or other task comes between.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Limits } from "../kernel/limits.ts"
import { testKernel } from "../kernel/testing.ts"
import { Kind } from "../trace/event.ts"
import { Recorder } from "../trace/recorder.ts"
import { emitProgram } from "./emit.ts"
import { foreignWords } from "./free-identifiers.ts"
import {
  arith,
  statement as begins,
  call,
  callValue,
  closure,
  declare,
  type Expr,
  expr,
  giveBack,
  IrBuilder,
  type IrFunction,
  js,
  lit,
  op,
  opMay,
  read,
  type Stmt,
  set,
  when,
} from "./ir.ts"
import { type Factory, link } from "./link.ts"
import { Machine } from "./machine.ts"
import { plainFunctions } from "./plain.ts"

const EFFECT_FREE = new Set(["add", "sub", "mul", "div", "rem", "fail", "grow"])
const load = (text: string) => new Function(`return (${text})`)() as Factory

interface Setting {
  readonly limits: Partial<Limits>
  readonly tasks: number
}

/** `generators`: nothing is called plainly, as where every statement is noted. `watched`: hooks that stop nowhere. */
type Mode = "plain" | "generators" | "watched"

const NEVER = 1_000_000_000

/** Runs `main` in each of some tasks, and gives everything that could differ. */
function seen(build: (b: IrBuilder) => IrFunction, mode: Mode, setting: Setting) {
  const { kernel, recorder, machine, program } = begun(build, mode, setting)
  if (mode === "watched") machine.watch(NEVER)
  kernel.run()
  const trace = recorder.flush().map((chunk) => ({ words: [...chunk.words], times: [...chunk.times], strings: chunk.strings }))
  const { outcome, steps, valueBytes, choices } = kernel
  return { seen: { outcome, steps, valueBytes, choices, trace, at: machine.at }, kinds: new Set(plainFunctions(program).kinds.values()) }
}

/** Runs up to the statement of that step, and gives what is seen there. In `generators`, it is the log that stops there. */
function stopped(build: (b: IrBuilder) => IrFunction, mode: "generators" | "watched", setting: Setting, step: number) {
  const { kernel, recorder, machine } = begun(build, mode, setting)
  if (mode === "watched") machine.watch(step)
  else {
    const note = machine.stops.bind(machine)
    machine.stops = (site) => note(site) || machine.steps.length === step
  }
  kernel.run({ untilUs: Number.POSITIVE_INFINITY, expired: () => machine.scope !== null })
  const { scope, last, stoppedTask, depth } = machine
  return {
    ...{
      scope: scope?.map(([name, value]) => [name, typeof value === "function" ? "a function" : value]),
      globals: { ...machine.globals },
      last: scope && last,
      stoppedTask,
      depth,
      step: machine.step,
    },
    ...{ nowUs: kernel.nowUs, steps: kernel.steps, valueBytes: kernel.valueBytes, events: recorder.count, outcome: kernel.outcome },
  }
}

function begun(build: (b: IrBuilder) => IrFunction, mode: Mode, { limits, tasks }: Setting) {
  const b = new IrBuilder()
  const main = build(b)
  const program = b.program(main, EFFECT_FREE)
  const text = emitProgram(program, { hooks: mode !== "plain" })
  expect(foreignWords(text)).toEqual([])
  const recorder = new Recorder()
  const kernel = testKernel(recorder, { limits, preemptive: true })
  const machine = new Machine(kernel)
  if (mode === "generators") machine.log()
  machine.depthFailure = (site) => `too deep at ${site}`
  const number = (value: number | bigint) => Number(BigInt.asIntN(32, BigInt(value)))
  const R: Record<string, unknown> = Object.assign(Object.create(null), {
    print: (value: unknown) => kernel.record(Kind.Print, -1, kernel.text(String(value)), 0),
    sleep: (us: number) => kernel.sleep(us, -1),
    fail: (value: unknown, site: number) => {
      throw `failed with ${value} at ${site}, called at ${machine.at}`
    },
    grow: (value: number) => {
      kernel.countValueBytes(1000)
      return value
    },
    add: (a: number, c: number) => number(BigInt(a) + BigInt(c)),
    sub: (a: number, c: number) => number(BigInt(a) - BigInt(c)),
    mul: (a: number, c: number) => number(BigInt(a) * BigInt(c)),
    div: (a: number, c: number) => (c === 0 ? 0 : number(BigInt(a) / BigInt(c))),
    rem: (a: number, c: number) => (c === 0 ? 0 : number(BigInt(a) % BigInt(c))),
  })
  const linked = link(load(text), R, machine)
  const globals = linked.newGlobals()
  kernel.start("main", machine.coroutine(linked.fn(main.id)(globals)))
  for (let i = 1; i < tasks; i++) kernel.spawn(`task ${i}`, machine.coroutine(linked.fn(main.id)(globals)), -1)
  return { kernel, recorder, machine, program }
}

// ---- random programs ------------------------------------------------------------------------------------------------

type Shape =
  | { readonly k: "number"; readonly value: number }
  | { readonly k: "param" }
  | { readonly k: "global" }
  | { readonly k: "arith"; readonly op: "add" | "sub" | "mul" | "div" | "rem"; readonly left: Shape; readonly right: Shape }
  | { readonly k: "call"; readonly fn: number; readonly less: number }
  | { readonly k: "grow"; readonly of: Shape }

type Line =
  | { readonly k: "keep"; readonly value: Shape }
  | { readonly k: "if"; readonly test: Shape; readonly body: readonly Line[] }
  | { readonly k: "loop"; readonly turns: number; readonly body: readonly Line[] }
  | { readonly k: "print" | "setGlobal" | "apply"; readonly value: Shape }
  | { readonly k: "failIf"; readonly test: Shape }
  | { readonly k: "sleep" }

const shape: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ k: fc.constant("param" as const) }),
    fc.record({ k: fc.constant("number" as const), value: fc.integer({ min: -3, max: 2 ** 31 }) }),
    fc.record({ k: fc.constant("global" as const) }),
    fc.record({ k: fc.constant("call" as const), fn: fc.nat(3), less: fc.integer({ min: 1, max: 2 }) }),
    fc.record({
      k: fc.constant("arith" as const),
      op: fc.constantFrom("add" as const, "sub" as const, "mul" as const, "div" as const, "rem" as const),
      left: tie("shape"),
      right: tie("shape"),
    }),
    fc.record({ k: fc.constant("grow" as const), of: tie("shape") }),
  ),
})).shape

/** Effects are rare, so that many functions have none. */
const lines: fc.Arbitrary<readonly Line[]> = fc.letrec<{ lines: readonly Line[]; line: Line }>((tie) => ({
  lines: fc.array(tie("line"), { maxLength: 3 }),
  line: fc.oneof(
    { depthSize: "small" },
    { weight: 6, arbitrary: fc.record({ k: fc.constant("keep" as const), value: shape }) },
    { weight: 2, arbitrary: fc.record({ k: fc.constant("if" as const), test: shape, body: tie("lines") }) },
    {
      weight: 2,
      arbitrary: fc.record({ k: fc.constant("loop" as const), turns: fc.constantFrom(1, 3, 4000), body: tie("lines") }),
    },
    { weight: 1, arbitrary: fc.record({ k: fc.constantFrom("print" as const, "setGlobal" as const, "apply" as const), value: shape }) },
    { weight: 1, arbitrary: fc.record({ k: fc.constant("failIf" as const), test: shape }) },
    { weight: 1, arbitrary: fc.record({ k: fc.constant("sleep" as const) }) },
  ),
})).lines

function programOf(bodies: readonly (readonly Line[])[], start: number) {
  return (b: IrBuilder): IrFunction => {
    const global = b.global("g")
    const functions = bodies.map((_, i) => b.fn(`f${i}`, [b.local("n")]))
    let site = 0
    bodies.forEach((body, i) => {
      const fn = functions[i] as IrFunction
      const n = fn.params[0] as (typeof fn.params)[number]
      const kept = b.local("kept")
      const value = (it: Shape): Expr => {
        switch (it.k) {
          case "number":
            return lit(it.value)
          case "param":
            return read(n)
          case "global":
            return read(global)
          case "arith":
            return arith(it.op, value(it.left), value(it.right), site++)
          case "grow":
            return op("grow", [value(it.of)])
          case "call":
            return call(functions[it.fn % functions.length] as IrFunction, [arith("sub", read(n), lit(it.less), site++)], site++)
        }
      }
      const statements = (list: readonly Line[]): Stmt[] => list.flatMap((it) => [begins(site++), ...statement(it)])
      const statement = (it: Line): Stmt[] => {
        switch (it.k) {
          case "keep":
            return [expr(set(kept, arith("add", read(kept), value(it.value), site++)))]
          case "if":
            return [when(js("<", read(kept), value(it.test)), statements(it.body))]
          case "loop": {
            const turn = b.local("turn")
            const update = [expr(set(turn, js("+", read(turn), lit(1))))]
            return [
              declare(turn, lit(0)),
              { k: "loop", loop: b.loop(-1), test: js("<", read(turn), lit(it.turns)), body: statements(it.body), update },
            ]
          }
          case "print":
            return [expr(op("print", [value(it.value)]))]
          case "setGlobal":
            return [expr(set(global, value(it.value)))]
          case "apply": {
            // A closure that changes a variable around it, called as a value.
            const m = b.local("m")
            const closed = b.lambda("closed", [m], site++)
            closed.body = [expr(set(kept, arith("add", read(kept), read(m), site++))), giveBack(value(it.value))]
            const f = b.local("f")
            return [declare(f, closure(closed)), expr(set(kept, callValue(read(f), [arith("sub", read(kept), lit(2), site++)], site++)))]
          }
          case "failIf":
            return [when(js(">", read(kept), value(it.test)), [expr(op("fail", [read(kept)], site++))])]
          case "sleep":
            return [expr(opMay("sleep", [lit(7)]))]
        }
      }
      fn.body = [declare(kept, lit(0)), when(js("<=", read(n), lit(0)), [giveBack(lit(1))]), ...statements(body), giveBack(read(kept))]
    })
    const main = b.fn("main", [])
    main.body = [
      expr(set(global, lit(1))),
      ...functions.map((fn) => expr(op("print", [call(fn, [lit(start)], site++)]))),
      giveBack(lit(null)),
    ]
    return main
  }
}

describe("a program called plainly where it can be", () => {
  it("shows the same as one of generators only, at every limit and among other tasks", () => {
    fc.assert(
      fc.property(
        fc.array(lines, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 60 }),
        fc.record({
          limits: fc.record({
            steps: fc.constantFrom(100, 9_999, 10_001, 25_000, 60_000),
            depth: fc.constantFrom(3, 20, 30, 10_000),
            valueBytes: fc.constantFrom(5_000, 100_000_000),
          }),
          tasks: fc.integer({ min: 1, max: 3 }),
        }),
        (bodies, start, setting) => {
          const build = programOf(bodies, start)
          const reference = seen(build, "generators", setting).seen
          expect(seen(build, "plain", setting).seen).toEqual(reference)
          expect(seen(build, "watched", setting).seen).toEqual(reference)
        },
      ),
      { numRuns: 300 },
    )
  })

  it("stops at any step in the state it has there, however it got there", () => {
    fc.assert(
      fc.property(
        fc.array(lines, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 40 }),
        fc.record({
          limits: fc.record({ steps: fc.constantFrom(10_001, 25_000), depth: fc.constantFrom(20, 10_000) }),
          tasks: fc.integer({ min: 1, max: 2 }),
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (bodies, start, setting, share) => {
          const build = programOf(bodies, start)
          const { machine, kernel } = begun(build, "generators", setting)
          kernel.run()
          const step = 1 + Math.floor(share * machine.steps.length)
          expect(stopped(build, "watched", setting, step)).toEqual(stopped(build, "generators", setting, step))
        },
      ),
      { numRuns: 200 },
    )
  })

  it("is called plainly: a leaf is bounded, a recursion without effects is free, one that prints is neither", () => {
    const kinds = (body: readonly Line[]) => [...seen(programOf([body], 3), "plain", { limits: {}, tasks: 1 }).kinds]
    const recursion: Line = { k: "keep", value: { k: "call", fn: 0, less: 1 } }
    expect(kinds([{ k: "print", value: { k: "param" } }])).toEqual(["bounded"])
    expect(kinds([recursion])).toEqual(["free"])
    expect(kinds([recursion, { k: "print", value: { k: "param" } }])).toEqual([])
    expect(kinds([{ k: "sleep" }])).toEqual([])
  })

  it("goes as deep as its own limit, never the host's, and fails at the same call", () => {
    const down: Line = { k: "keep", value: { k: "call", fn: 0, less: 1 } }
    const of = (start: number) => seen(programOf([[down]], start), "plain", { limits: {}, tasks: 1 }).seen
    expect(of(9_900).outcome?.name).toBe("done")
    expect(of(100_000)).toEqual(seen(programOf([[down]], 100_000), "generators", { limits: {}, tasks: 1 }).seen)
  })

  it("leaves room for bounded functions: the call that is one too deep is the same", () => {
    const chain = (fn: number): Line => ({ k: "keep", value: { k: "call", fn, less: 1 } })
    const bodies: Line[][] = [[{ k: "sleep" }, chain(1), chain(0)], [chain(2)], [chain(3)], [{ k: "print", value: { k: "param" } }]]
    for (let depth = 1; depth < 60; depth++) {
      const setting = { limits: { depth }, tasks: 1 }
      expect(seen(programOf(bodies, 70), "plain", setting).seen).toEqual(seen(programOf(bodies, 70), "generators", setting).seen)
    }
  })

  it("is never begun twice where it changed something", () => {
    const more: Shape = { k: "arith", op: "add", left: { k: "global" }, right: { k: "number", value: 1 } }
    const body: Line[] = [
      { k: "setGlobal", value: more },
      { k: "keep", value: { k: "call", fn: 0, less: 1 } },
      { k: "keep", value: { k: "global" } },
    ]
    const setting = { limits: {}, tasks: 1 }
    expect(seen(programOf([body], 1000), "plain", setting).seen).toEqual(seen(programOf([body], 1000), "generators", setting).seen)
  })

  it("gives the host its turn in a function without effects that never ends, and ends at the limit of steps", () => {
    const forever = (b: IrBuilder): IrFunction => {
      const spin = b.fn("spin", [])
      spin.body = [{ k: "loop", loop: b.loop(-1), test: null, body: [], update: null }]
      const main = b.fn("main", [])
      main.body = [expr(call(spin, []))]
      return main
    }
    const { kernel, program } = begun(forever, "plain", { limits: { steps: 2_000_000 }, tasks: 1 })
    expect(new Set(plainFunctions(program).kinds.values())).toEqual(new Set(["free"]))
    let turns = 0
    const budget = { untilUs: Number.POSITIVE_INFINITY, expired: () => true }
    while (kernel.run(budget) === "more") turns++
    // A tenth of a million steps may be lost to the call that was abandoned; then every slice asks.
    expect(turns).toBeGreaterThan(150)
    expect(kernel.outcome?.name).toBe("limit")
  })
})
