// Blocks of TypeScript: what is compiled, which names they see, what they may touch, and that they end.
import { describe, expect, it } from "vitest"
import { RandomStream } from "../../../kernel/random.ts"
import { testKernel } from "../../../kernel/testing.ts"
import { Recorder } from "../../../trace/recorder.ts"
import { uuidFrom } from "../library/uuid.ts"
import { arithmetic, power } from "./arithmetic.ts"
import { compileBlock, loadStripper, whyRefused } from "./compile.ts"
import { ProgramErrors } from "./host-errors.ts"
import { namesIn } from "./names.ts"
import { rewritten } from "./rewrite.ts"
import { helpersOf } from "./rewrite-helpers.ts"
import { surroundings } from "./surroundings.ts"

function around(kernel = kernelOf()) {
  const errors = new ProgramErrors()
  const { names, values } = surroundings({
    kernel,
    random: new RandomStream("program", 1),
    startMs: 1_767_225_600_000,
    errors,
    arithmetic,
    power,
  })
  return Object.fromEntries(names.map((name, i) => [name, values[i]]))
}

const kernelOf = () => testKernel(new Recorder(1000, () => {}))

describe("names in a block", () => {
  it("are identifiers outside texts, comments, and not behind a dot", () => {
    const names = namesIn("const a = b.c + `${d} e` // f\nreturn g('h') + i?.j + { ...k }")
    expect([...names].sort()).toEqual(["a", "b", "d", "g", "i", "k"])
  })
})

describe("compiling a block", () => {
  const spec = {
    params: ["a"],
    frozen: [false],
    scope: ["b"],
    scopeFrozen: [false],
    body: " const x: number = a as number; return x + b ",
    file: "m.vibe",
    line: 7,
    column: 12,
    site: 0,
  }
  it("strips types and wraps the body", async () => {
    const compiled = await compileBlock(spec, ["Date"], await loadStripper())
    expect("text" in compiled && compiled.text).toContain("(console, b) => (async (a) => {\n const x = a ; return x + b \n})")
  })
  it("says where a block is no TypeScript, in lines of the program", async () => {
    expect(await compileBlock({ ...spec, body: "\n  let = ;" }, [], await loadStripper())).toEqual({
      problem: "Unexpected token at line 8, column 7",
    })
    expect(await compileBlock({ ...spec, body: " let = ;" }, [], await loadStripper())).toEqual({
      problem: "Unexpected token at line 7, column 17",
    })
    expect(await compileBlock({ ...spec, body: " return import('x' + y) " }, [], await loadStripper())).toEqual({
      problem: expect.stringMatching(/^import\(\) loads code while the program runs.*at the top of the Vibe program instead$/),
    })
    const onlyNamed = await compileBlock(
      { ...spec, body: " // import(x)\n return 'import(x)' + import.meta.url " },
      [],
      await loadStripper(),
    )
    expect(onlyNamed).toHaveProperty("text")
    expect(await compileBlock({ ...spec, params: ["class"] }, [], await loadStripper())).toEqual({
      problem: "'class' is a word of JavaScript and cannot be a parameter of a block",
    })
  })
})

describe("powers in a block", () => {
  const own = helpersOf(power, new ProgramErrors())
  /** What the rewritten expression gives, and the one that was written. */
  async function both(code: string): Promise<readonly [unknown, unknown]> {
    const load = async (body: string) => {
      const text = `export default async (p) => { const o = { x: 3, n: 0, get next() { this.n++; return 2 }, set next(v) { this.x = v } }; let a = 2; return ${body} }`
      const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { default: (p: unknown) => Promise<unknown> }
      return module.default(own)
    }
    return [await load(rewritten(code, "p")), await load(code)]
  }
  it.each([
    "2 ** 10",
    "2 ** 3 ** 2",
    "(2 ** 3) ** 2",
    "(-2) ** 3 + 1 ** 5",
    "a ** -a",
    "`${a ** 2}**${'**'}` + /**/ '' // ** \n",
    "(a /* ** */) ** /* x */ (3)",
    "[1, 2, 3].map((x) => x ** a ** 2).join()",
    "(a **= 3, a)",
    "(o.x **= 2, o.x)",
    "(o['x'] **= a ** 2, o.x)",
    "(o.next **= 3, [o.n, o.x].join())",
    "((o).x **= await 2)",
    "String(2n ** 70n)",
    "'3' ** [2]",
    "null ** 0",
    "a++ ** 2 + a",
    "1 ** Infinity",
    "(-8) ** (1 / 3)",
    "(function f(x = 2 ** 4) { return x })()",
    "/\\*\\*/.test('**') && 3 ** 2",
  ])("%s gives what it would", async (code) => {
    const [ours, hosts] = await both(code)
    expect(ours).toBe(hosts)
  })
  it("are rounded once: the same bits in every host", () => {
    expect([power(10, -5), power(3, 35), power(0.1, 3), power(2, 0.5)]).toEqual([
      0.00001, 50031545098999704, 0.0010000000000000002, 1.4142135623730951,
    ])
    expect([power(2, 1023), power(2, -1074), power(10, 400), power(-2, 3), power(-0, -1), power(0, 0)]).toEqual([
      2 ** 1023,
      5e-324,
      Number.POSITIVE_INFINITY,
      -8,
      Number.NEGATIVE_INFINITY,
      1,
    ])
  })
  it("do not mix with bigints, nor stand where they cannot be rewritten", async () => {
    expect(() => own.of(2n, 2)).toThrow("a bigint and a number cannot be mixed in '**'")
    const spec = { params: [], frozen: [], scope: [], scopeFrozen: [], file: "m.vibe", line: 3, column: 1, site: 0 }
    const body = "\n class A { #x = 1; f() { this.#x **= 2 } }"
    expect(await compileBlock({ ...spec, body }, [], await loadStripper())).toEqual({
      problem: "'**=' cannot be used with super and private fields: write out the assignment at line 4, column 34",
    })
  })
})

describe("errors that a block catches", () => {
  const errors = new ProgramErrors()
  const helpers = helpersOf(power, errors)
  async function given(body: string): Promise<unknown> {
    const text = `export default async (p, Error) => { const none = null; ${rewritten(`(async () => { ${body} })`, "p")}; return ${rewritten(`(async () => { ${body} })`, "p")}() }`
    const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
      default: (helpers: unknown, error: unknown) => Promise<unknown>
    }
    return module.default(helpers, errors.classes.Error)
  }
  it.each([
    ["try { none.x } catch (e) { return e.message }", "cannot read 'x' of null"],
    ["try { none.x } catch (e) {return e.stack}", "TypeError: cannot read 'x' of null"],
    ["try { none.x } catch ({ message, name }) { return name + ': ' + message }", "TypeError: cannot read 'x' of null"],
    ["try { none.x } catch { return 'caught' }", "caught"],
    ["try { throw new Error('my words') } catch (e) { return e.message }", "my words"],
    ["try { throw 'a text' } catch (e) { return e }", "a text"],
    ["try { none.x } catch (e) { return e instanceof TypeError }", true],
    ["return Promise.reject(1).catch((e) => e + 1)", 2],
    ["return (async () => none.x)().catch((e) => e.message)", "cannot read 'x' of null"],
    ["return (async () => none.x)().then(null, (e) => e.message)", "cannot read 'x' of null"],
    ["return Promise.resolve(3).then((x) => x ** 2).catch(undefined)", 9],
    ["try { try { none.x } catch (e) { throw e } } catch (e) { return e.message }", "cannot read 'x' of null"],
    [
      "try { Object.freeze(none.x) } catch (e) { try { e.y.z } catch (f) { return e.message + '; ' + f.message } }",
      "cannot read 'x' of null; cannot read 'z' of undefined",
    ],
    ["return (await Promise.allSettled([(async () => none.x)(), 7]))[0].reason.message", "cannot read 'x' of null"],
    [
      "return Promise.any([(async () => none.x)()]).catch((e) => e.message + ': ' + e.errors[0].message)",
      "all promises were rejected: cannot read 'x' of null",
    ],
    ["const o = { n: null }; return o.n?.localeCompare('a') ?? o.n?.x.toLocaleString() ?? 'skipped'", "skipped"],
    ["return ['b', 'A'].sort((a, b) => a.toLocaleLowerCase().localeCompare((b).toLocaleLowerCase())).join()", "A,b"],
    ["return (2 ** 10).toLocaleString() + { toLocaleString: () => '!' }.toLocaleString()", "1,024!"],
    ["try { none.localeCompare('x') } catch (e) { return e.message }", "cannot read 'localeCompare' of null"],
    ["const o = { allSettled: (a) => a }; return o.allSettled(4) + 1", 5],
    ["const o = { catch: (a) => a, then: (a, b) => b }; return o.catch(4) + o.then(1, 5)", 9],
  ])("%s", async (body, wanted) => {
    expect(await given(body)).toBe(wanted)
  })
})

describe("code that a host refuses", () => {
  it("is explained with its line, in words that are no host's", async () => {
    expect(await whyRefused("(async () => {\n let a = 1\n let a = 2\n})", (line, column) => ({ line: line + 10, column }))).toBe(
      "Identifier 'a' has already been declared at line 13, column 6",
    )
  })
  it("a body cannot leave its function", async () => {
    const spec = { params: [], frozen: [], scope: [], scopeFrozen: [], file: "m.vibe", line: 3, column: 1, site: 0 }
    const body = " /{/ })\n;globalThis.leaked = 1;(() => { /}/ "
    expect(await compileBlock({ ...spec, body }, [], await loadStripper())).toHaveProperty("problem")
  })
})

describe("what outlives a run", () => {
  it("takes nothing along: functions of Math are frozen, and a block forgets its address", async () => {
    for (const one of Object.values(arithmetic)) expect(Object.isFrozen(one)).toBe(true)
    const spec = {
      params: [],
      frozen: [],
      scope: [],
      scopeFrozen: [],
      body: "return import.meta.url",
      file: "m.vibe",
      line: 1,
      column: 1,
      site: 0,
    }
    const compiled = await compileBlock(spec, [], await loadStripper())
    if (!("text" in compiled)) throw new Error(compiled.problem)
    const module = (await import(`data:text/javascript,${encodeURIComponent(compiled.text)}`)) as {
      default: () => (console: unknown) => () => Promise<unknown>
    }
    expect(await module.default()(null)()).toBe(undefined)
  })
  it("an error that throws when it is read still has a message", () => {
    const bite = () => {
      throw new Error("trap")
    }
    const errors = new ProgramErrors()
    expect(errors.messageOf(Object.defineProperty({}, "message", { get: bite }))).toBe("an error whose message cannot be read")
    expect(errors.messageOf(new Proxy({}, { get: bite }))).toBe("an error whose message cannot be read")
  })
})

describe("errors of blocks", () => {
  const errors = new ProgramErrors()
  const { Error: OwnError, TypeError: OwnTypeError } = errors.classes as { Error: ErrorConstructor; TypeError: ErrorConstructor }
  const thrownBy = (work: () => unknown): unknown => {
    try {
      return work()
    } catch (problem) {
      return problem
    }
  }
  it("keep the message when the program made them, and are what they look like", () => {
    expect(errors.messageOf(new OwnTypeError("my words"))).toBe("my words")
    expect(errors.messageOf("just a text")).toBe("just a text")
    expect(new OwnTypeError("x")).toBeInstanceOf(TypeError)
    class Custom extends OwnError {}
    expect(errors.messageOf(new Custom("sub"))).toBe("sub")
    expect(new Custom("sub")).toBeInstanceOf(Custom)
  })
  it("are put into our words when the engine made them", () => {
    const none = undefined as unknown as { x: { y: number } }
    expect(errors.messageOf(thrownBy(() => none.x))).toBe("cannot read 'x' of undefined")
    expect(errors.messageOf(thrownBy(() => (none as unknown as () => void)()))).toBe("none is not a function")
    expect(errors.messageOf(thrownBy(() => [].reduce((a) => a)))).toBe("reduce of an empty array needs an initial value")
    expect(errors.messageOf(thrownBy(() => `${Symbol("x") as unknown as string}`))).toBe(
      "TypeError: the JavaScript engine refused what the code does",
    )
    expect(errors.messageOf(new ReferenceError("Can't find variable: q"))).toBe("q is not defined")
    expect(errors.messageOf(new EvalError("code from text is not available here"))).toBe("code from text is not available here")
  })
})

describe("what blocks see", () => {
  it("is a clock of the run, whose local time is UTC", () => {
    const RunDate = around().Date as DateConstructor
    expect(RunDate.now()).toBe(1_767_225_600_000)
    expect(new RunDate().toISOString()).toBe("2026-01-01T00:00:00.000Z")
    expect(new RunDate("2026-03-01T10:00").getHours()).toBe(10)
    expect(new RunDate(2026, 2, 1, 10).toISOString()).toBe("2026-03-01T10:00:00.000Z")
    expect(String(new RunDate("March 1, 2026"))).toBe("Invalid Date")
    expect(new RunDate().getTimezoneOffset()).toBe(0)
    expect((RunDate as unknown as () => string)()).toBe("Thu, 01 Jan 2026 00:00:00 GMT")
    expect(new RunDate()).toBeInstanceOf(RunDate)
    class Later extends RunDate {}
    expect(new Later(5)).toBeInstanceOf(Later)
    expect(new Later(5).getTime()).toBe(5)
    expect(new RunDate(0).constructor).toBe(RunDate)
  })
  it("is arithmetic that is the same everywhere, and seeded random numbers", () => {
    const math = around().Math as Math
    expect(math.pow(2, 10)).toBe(1024)
    expect(math.cbrt(27)).toBe(3)
    expect(math.hypot(3, 4)).toBe(5)
    expect(math.sinh(0)).toBe(0)
    expect(math.floor(2.5)).toBe(2)
    expect(math.random()).toBe((around().Math as Math).random())
    for (const name of Object.getOwnPropertyNames(Math)) expect(math).toHaveProperty([name])
  })
  it("is nothing of the machine", () => {
    const seen = around()
    for (const name of ["process", "globalThis", "require", "indexedDB", "Function", "Intl"]) expect(seen[name]).toBeUndefined()
    expect(() => (seen.fetch as () => void)()).toThrow("programs have no network")
  })
  it("is timers on the virtual clock, that can be cleared", () => {
    const kernel = kernelOf()
    const { setTimeout, setInterval, clearTimeout, clearInterval } = around(kernel) as Record<string, (...given: unknown[]) => number>
    const fired: string[] = []
    setTimeout?.(() => fired.push(`late ${kernel.nowUs}`), 20)
    setTimeout?.((word: string) => fired.push(`${word} ${kernel.nowUs}`), 10, "early")
    clearTimeout?.(setTimeout?.(() => fired.push("never"), 5))
    const every = setInterval?.(() => {
      fired.push(`tick ${kernel.nowUs}`)
      if (kernel.nowUs >= 16_000) clearInterval?.(every)
    }, 8)
    while (kernel.nowUs < 30_000 && kernel.nextTimerUs !== Number.POSITIVE_INFINITY) {
      kernel.run({ untilUs: kernel.nextTimerUs, expired: () => true })
      kernel.drained()
    }
    expect(fired).toEqual(["tick 8000", "early 10000", "tick 16000", "late 20000"])
  })
  it("is ids of version 4 from the seed", () => {
    expect(uuidFrom(new RandomStream("a", 1))).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(uuidFrom(new RandomStream("a", 1))).toBe(uuidFrom(new RandomStream("a", 1)))
  })
})
