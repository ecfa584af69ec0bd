// The engine's claims, on hand-made programs: what emitted text computes, how calls suspend and nest, that depth and fuel
// are ours, that names are safe.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Limits } from "../kernel/limits.ts"
import { testKernel } from "../kernel/testing.ts"
import { Recorder } from "../trace/recorder.ts"
import { emitProgram } from "./emit.ts"
import { foreignWords } from "./free-identifiers.ts"
import {
  arith,
  array,
  block,
  call,
  callValue,
  closure,
  cond,
  declare,
  type Expr,
  expr,
  giveBack,
  IrBuilder,
  type IrFunction,
  js,
  lit,
  op,
  opGen,
  opMay,
  or,
  raise,
  read,
  type Stmt,
  set,
  statement,
  when,
} from "./ir.ts"
import { type Factory, link } from "./link.ts"
import { type Frame, Machine } from "./machine.ts"

const load = (text: string) => new Function(`return (${text})`)() as Factory

function run(
  build: (b: IrBuilder, main: IrFunction) => void,
  options: { limits?: Partial<Limits>; hooks?: boolean; stopAt?: number } = {},
) {
  const b = new IrBuilder()
  const main = b.fn("main", [])
  build(b, main)
  const text = emitProgram(b.program(main), { hooks: options.hooks ?? false })
  expect(foreignWords(text)).toEqual([])
  const kernel = testKernel(new Recorder(), { limits: options.limits ?? {} })
  const machine = new Machine(kernel)
  if (options.stopAt !== undefined) machine.watch(options.stopAt)
  else if (options.hooks) machine.log()
  machine.depthFailure = (site) => `too deep at ${site}`
  const printed: unknown[] = []
  const R: Record<string, unknown> = Object.assign(Object.create(null), {
    print: (value: unknown) => {
      printed.push(value)
    },
    sleep: (us: number) => kernel.sleep(us, -1),
    now: () => kernel.nowUs,
    caught: (thrown: unknown) => thrown,
    add: (a: number | bigint, c: number | bigint) => BigInt.asIntN(64, BigInt(a) + BigInt(c)),
    sub: (a: number | bigint, c: number | bigint) => BigInt.asIntN(64, BigInt(a) - BigInt(c)),
    mul: (a: number | bigint, c: number | bigint) => BigInt.asIntN(64, BigInt(a) * BigInt(c)),
    div: (a: number | bigint, c: number | bigint) => BigInt(a) / BigInt(c),
    rem: (a: number | bigint, c: number | bigint) => BigInt(a) % BigInt(c),
    twice: function* (f: (globals: object) => Frame, globals: object): Frame {
      return [yield f(globals), yield f(globals)]
    },
    push: (items: unknown[], item: unknown) => {
      items.push(item)
    },
  })
  const linked = link(load(text), R, machine)
  kernel.start("main", machine.coroutine(linked.fn(main.id)(linked.newGlobals())))
  kernel.run()
  return { outcome: kernel.outcome, printed, kernel, text, machine }
}

const print = (e: Expr): Stmt => expr(op("print", [e]))

describe("calls", () => {
  it("go through the trampoline: 10,000 deep is fine, one more fails with our own error, never the host's", () => {
    const program = (depth: number) => (b: IrBuilder, main: IrFunction) => {
      const n = b.local("n")
      const down = b.fn("down", [n])
      down.body = [
        when(js("===", read(n), lit(0)), [giveBack(lit(0))]),
        giveBack(arith("add", lit(1), call(down, [arith("sub", read(n), lit(1), 1)], 7), 2)),
      ]
      main.body = [giveBack(call(down, [lit(depth)]))]
    }
    expect(run(program(9_998)).outcome).toMatchObject({ name: "done", value: 9_998 })
    expect(run(program(20_000)).outcome).toMatchObject({ name: "failed", failure: "too deep at 7" })
    expect(run(program(100_000), { limits: { depth: 200_000 } }).outcome).toMatchObject({ name: "done", value: 100_000 })
  })

  it("suspend anywhere, at any depth, and go on where they were", () => {
    const { printed, kernel } = run((b, main) => {
      const n = b.local("n")
      const deep = b.fn("deep", [n])
      deep.body = [
        when(js("===", read(n), lit(0)), [expr(opMay("sleep", [lit(5000)])), giveBack(lit("bottom"))]),
        giveBack(call(deep, [arith("sub", read(n), lit(1), -1)])),
      ]
      main.body = [print(call(deep, [lit(1000)])), print(op("now", []))]
    })
    expect(printed).toEqual(["bottom", 5000])
    expect(kernel.nowUs).toBe(5000)
  })

  it("let the runtime call back into the program", () => {
    const { printed } = run((b, main) => {
      const total = b.global("total")
      const count = b.fn("count", [])
      count.body = [expr(set(total, arith("add", read(total), lit(1), -1))), giveBack(read(total))]
      main.body = [expr(set(total, lit(0))), print(opGen("twice", [{ k: "ref", fn: count }, { k: "globals" }]))]
    })
    expect(printed).toEqual([[1, 2]])
  })

  it("closures see the variables around them, one of its own in each turn of a loop", () => {
    const { printed } = run((b, main) => {
      const list = b.local("list")
      const i = b.local("i")
      const copy = b.local("copy")
      const each = b.local("each")
      const inner = b.lambda("inner", [])
      inner.body = [giveBack(read(copy))]
      const count = [expr(set(i, arith("add", read(i), lit(1), -1)))]
      main.body = [
        declare(list, array([])),
        declare(i, lit(0)),
        {
          k: "loop",
          loop: b.loop(-1),
          test: js("<", read(i), lit(3)),
          update: count,
          body: [declare(copy, read(i)), expr(op("push", [read(list), closure(inner)]))],
        },
        { k: "each", loop: b.loop(-1), variable: each, iterable: read(list), body: [print(callValue(read(each), []))] },
      ]
    })
    expect(printed).toEqual([0, 1, 2])
  })

  it("continue runs a loop's update, break does not", () => {
    const { printed } = run((b, main) => {
      const i = b.local("i")
      const loop = b.loop(-1)
      main.body = [
        declare(i, lit(0)),
        {
          k: "loop",
          loop,
          test: null,
          update: [print(lit("update")), expr(set(i, arith("add", read(i), lit(1), -1)))],
          body: [
            when(js("===", read(i), lit(2)), [{ k: "break", loop }]),
            when(js("===", read(i), lit(0)), [{ k: "continue", loop }]),
            print(read(i)),
          ],
        },
      ]
    })
    expect(printed).toEqual(["update", 1, "update"])
  })
})

describe("blocks inside expressions", () => {
  it("keep the order of evaluation", () => {
    const { printed } = run((_, main) => {
      const note = (value: string): Expr => block([print(lit(value))], lit(value))
      main.body = [
        expr(
          op("print", [array([note("1"), op("now", []), note("2"), cond(lit(true), note("3"), note("never")), or(lit(false), note("4"))])]),
        ),
      ]
    })
    expect(printed).toEqual(["1", "2", "3", "4", ["1", 0, "2", "3", "4"]])
  })

  it("save what was read before them", () => {
    const { printed } = run((b, main) => {
      const x = b.local("x")
      main.body = [declare(x, lit(1)), print(array([read(x), block([expr(set(x, lit(2)))], read(x)), read(x)]))]
    })
    expect(printed).toEqual([[1, 2, 2]])
  })

  it("may return from the function in the middle of an expression", () => {
    const { printed } = run((b, main) => {
      const f = b.fn("f", [])
      f.body = [giveBack(array([lit(1), block([giveBack(lit("left early"))], lit(2))]))]
      main.body = [print(call(f, []))]
    })
    expect(printed).toEqual(["left early"])
  })

  it("are evaluated anew in every test of a loop", () => {
    const { printed } = run((b, main) => {
      const i = b.local("i")
      main.body = [
        declare(i, lit(0)),
        {
          k: "loop",
          loop: b.loop(-1),
          test: block([print(read(i))], js("<", read(i), lit(2))),
          update: null,
          body: [expr(set(i, arith("add", read(i), lit(1), -1)))],
        },
      ]
    })
    expect(printed).toEqual([0, 1, 2])
  })
})

describe("integers", () => {
  const evaluate = (e: Expr) =>
    run((_, main) => {
      main.body = [giveBack(e)]
    }).outcome?.value
  const edge = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, -0, 1, -1, 2 ** 53 - 1, -(2 ** 53 - 1)))
  const norm = (n: bigint) => (n <= 9007199254740991n && n >= -9007199254740991n ? Number(n) : n)

  it("agree with BigInt for every operator, and never give -0", () => {
    fc.assert(
      fc.property(edge, edge, fc.constantFrom("add", "sub", "mul", "div", "rem"), (x, y, name) => {
        const [a, c] = [x + 0, y + 0]
        if ((name === "div" || name === "rem") && c === 0) return
        const [p, q] = [BigInt(a), BigInt(c)]
        const wanted = name === "add" ? p + q : name === "sub" ? p - q : name === "mul" ? p * q : name === "div" ? p / q : p % q
        const got = evaluate(arith(name as "add", lit(a), lit(c), -1))
        expect(Object.is(got, -0)).toBe(false)
        expect(typeof got === "bigint" ? norm(got) : got).toBe(norm(BigInt.asIntN(64, wanted)))
      }),
      { numRuns: 300 },
    )
  })
})

describe("fuel", () => {
  it("ends an endless loop at the step limit", () => {
    const { outcome } = run(
      (b, main) => {
        main.body = [{ k: "loop", loop: b.loop(-1), test: null, update: null, body: [] }]
      },
      { limits: { steps: 100_000 } },
    )
    expect(outcome?.name).toBe("limit")
  })

  it("ends an endless recursion that never gets deep", () => {
    const { outcome } = run(
      (b, main) => {
        const n = b.local("n")
        const f = b.fn("f", [n])
        f.body = [
          when(js(">", read(n), lit(0)), [
            expr(call(f, [arith("sub", read(n), lit(1), -1)])),
            expr(call(f, [arith("sub", read(n), lit(1), -1)])),
          ]),
        ]
        main.body = [expr(call(f, [lit(60)]))]
      },
      { limits: { steps: 100_000 } },
    )
    expect(outcome?.name).toBe("limit")
  })
})

describe("exceptions", () => {
  it("unwind through calls to the nearest handler, and finally blocks run", () => {
    const { printed } = run((b, main) => {
      const f = b.fn("f", [])
      f.body = [{ k: "try", body: [raise(lit("oops"))], variable: null, handler: null, finally: [print(lit("finally"))] }]
      const caught = b.local("caught")
      main.body = [{ k: "try", body: [expr(call(f, []))], variable: caught, handler: [print(read(caught))], finally: null }]
    })
    expect(printed).toEqual(["finally", "oops"])
  })
})

describe("statement hooks", () => {
  const program = (b: IrBuilder, main: IrFunction) => {
    const x = b.local("answer")
    main.body = [statement(0), declare(x, lit(42)), statement(1), print(read(x))]
  }

  it("count statements and keep a log of them", () => {
    const { machine, printed } = run(program, { hooks: true })
    expect(printed).toEqual([42])
    expect(machine.step).toBe(2)
    expect([...machine.steps.sites.slice(0, 2)]).toEqual([0, 1])
  })

  it("offer the variables in scope at a stop", () => {
    const { machine } = run(program, { hooks: true, stopAt: 2 })
    expect(machine.scope).toEqual([["answer", 42]])
    expect(machine.last).toBe(1)
  })
})

describe("names", () => {
  it("of the user never reach the text bare, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            "constructor",
            "__proto__",
            "fetch",
            "eval",
            "arguments",
            "this",
            "R",
            "S",
            "globalThis",
            "\u2028",
            "*/alert(1)/*",
          ),
        ),
        (name) => {
          const { printed } = run((b, main) => {
            const local = b.local(name)
            const fn = b.fn(name, [b.local(name)])
            const global = b.global(name)
            fn.body = [giveBack(lit(name))]
            main.body = [declare(local, lit(name)), expr(set(global, read(local))), print(read(global)), print(call(fn, [lit(1)]))]
          })
          expect(printed).toEqual([name, name])
        },
      ),
      { numRuns: 200 },
    )
  })
})
