// Whole Vibe programs through the session: faults while running with their places, what models see, how waits are told in
// the trace, the same bytes twice, limits and bad input. Needs the session, so it runs programs as the command line does.
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { drive } from "../../cli/drive.ts"
import { nodePorts } from "../../cli/node-ports.ts"
import { type ModelRule, PLAIN_DIALS } from "../../models/script.ts"
import { inputsOf } from "../../session/defaults.ts"
import type { RunInputs } from "../../session/inputs.ts"
import { prepareRun } from "../../session/run.ts"
import { Kind } from "../../trace/event.ts"
import { foldOf } from "../../trace/fold.ts"
import { writeTrace } from "../../trace/format.ts"
import { totalsOf } from "../../trace/totals.ts"
import { Trace } from "../../trace/trace.ts"

const MODEL = 'model m = { name: "sim" }\n'

async function run(text: string, rest: Partial<RunInputs> & { rules?: readonly ModelRule[] } = {}) {
  const { rules = [], ...options } = rest
  const model = { rules, otherwise: "error" as const, dials: PLAIN_DIALS, live: false }
  const {
    run: made,
    diagnostics,
    sites,
  } = await prepareRun(inputsOf("vibe", "main.vibe", text, { model, ...options }), nodePorts(options.allowTs ?? true))
  const trace = new Trace(sites)
  if (!made) return { trace, report: null, stdout: [] as string[], rejected: diagnostics[0]?.message ?? "", bytes: writeTrace(trace) }
  await drive(made, trace)
  return { trace, report: made.report(), stdout: totalsOf(trace).stdoutLines(), rejected: "", bytes: writeTrace(trace) }
}

async function faultOf(text: string, rest: Parameters<typeof run>[1] = {}): Promise<string> {
  const { report, rejected } = await run(text, rest)
  if (!report) return `rejected: ${rejected}`
  const { fault } = report
  return fault ? `${fault.kind} ${fault.line}:${fault.column} ${fault.message}` : report.outcome
}

/** Requests as they were sent, in order. */
function requests(trace: Trace): { context: string; system: string; turns: { text: string }[] }[] {
  return eventsOf(trace, Kind.CallQueued).map(
    (event) => JSON.parse(trace.text(event.b)) as { context: string; system: string; turns: { text: string }[] },
  )
}

function eventsOf(trace: Trace, kind: number) {
  return [...trace.events()].filter((event) => event.kind === kind)
}

const rule = (match: string, reply: string, rest: Partial<ModelRule> = {}): ModelRule => ({ match, reply, latencyMs: 100, ...rest })

describe("a result that goes into an array", () => {
  it("counts as read, whichever call is done first", async () => {
    const text = `${MODEL}let all: text[] = []
for name in ["a", "b", "c"] {
  async let one = do "ask !{name}"
  all.push(one)
}
print(all)
`
    const rules = [rule("ask a", "A", { latencyMs: 300 }), rule("ask b", "B"), rule("ask c", "C")]
    const { trace, stdout } = await run(text, { rules })
    expect(stdout).toEqual(['[ "A", "B", "C" ]'])
    expect(foldOf(trace).lanes.map(({ label, neverRead }) => [label, neverRead])).toEqual([
      ["main", false],
      ["one", false],
      ["one #2", false],
      ["one #3", false],
    ])
  })
})

describe("the name of a stored key", () => {
  it("gives a mark that only apiKey accepts and nothing shows", async () => {
    const text = `let k: text = env("OPENAI_API_KEY")
model m = { name: "sim", apiKey: k }
print(k)
print(k == env("OPENAI_API_KEY"))
print(k == "")
print(ts(k) { return k })
print(env("OTHER", "none"))
let r = do "say !{k}" m`
    const rest = { keyNames: ["OPENAI_API_KEY"], rules: [rule("say", "done")] }
    const { trace, stdout, report } = await run(text, rest)
    expect(report?.outcome).toBe("done")
    expect(stdout).toEqual(["<key>", "true", "false", "<key>", "none"])
    const [request] = requests(trace)
    expect(request?.turns[0]?.text).toBe("say <key>")
    expect(request?.context).toBe("")
    expect(await faultOf('let k = env("K")\nprint(k.len())', { keyNames: ["K"] })).toContain("Cannot access property 'len' on key")
    expect((await run('print(env("K"))', { keyNames: ["K"], variables: { K: "typed" } })).stdout).toEqual(["typed"])
  })
})

describe("faults while running", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["let o = { v: 5 }\nlet x: text = o.v", "RuntimeError 2:1 Variable 'x': expected text (string), got number"],
    ["let o = { v: [1] }\nlet x: json = o.v", "RuntimeError 2:1 Variable 'x': expected json (object), got array"],
    ["let o = { v: 5 }\nlet x: text[] = o.v", "RuntimeError 2:1 Variable 'x': expected text[] (array), got number"],
    ['let o = { v: [1, 2] }\no.v.push("z")\nlet x: number[] = o.v', "RuntimeError 3:1 Variable 'x[2]': expected number, got string"],
    [
      "let o = { v: 5 }\nfunction f(): text { return o.v }\nf()",
      "RuntimeError 2:22 Variable 'return value of f': expected text (string), got number",
    ],
    ["function f(n: number) { }\nlet o = { v: true }\nf(o.v)", "RuntimeError 3:1 Variable 'n': expected number, got boolean"],
    ['let o = { v: "oops" }\nlet x: json = o.v', "RuntimeError 2:1 Variable 'x': invalid JSON string"],
    ['let o = { v: "oops" }\nlet x: number[] = o.v', "RuntimeError 2:1 Variable 'x': invalid JSON array string"],
    ["let x: number = 0 / 0", "RuntimeError 1:1 Variable 'x': number must be finite, got NaN"],
    ["let a = 1\nif true { let a = 2 }", "RuntimeError 2:11 Variable 'a' is already declared"],
    ["let a = [1]\nprint(a[5])", "RuntimeError 2:7 Array index out of bounds: 5 (length: 1)"],
    ['let a = [1]\nlet i = { v: "x" }\nprint(a[i.v])', "RuntimeError 3:7 Array index must be an integer, got string"],
    ['let s = "abc"\nprint(s[0])', "RuntimeError 2:7 Cannot index non-array: string"],
    ['let s = "abc"\nprint(s[0:1])', "RuntimeError 2:7 Cannot slice non-array: string"],
    ["let a = [1]\nprint(a[0.5:])", "RuntimeError 2:7 Slice start must be an integer, got number"],
    ["let a = [1]\nprint(a.length)", "RuntimeError 2:7 Unknown array property: length. Write len()"],
    ["let a = [1]\nprint(a.pop)", "RuntimeError 2:7 Unknown array property: pop. It is a method: write pop()"],
    ['print("x".upper())', "RuntimeError 1:7 Unknown string property: upper. The methods are len, toString"],
    ["model k = { name: 5 }", "RuntimeError 1:1 name of a model must be a text, got number"],
    [
      'let p = "acme"\nmodel k = { name: "x", provider: p }',
      "RuntimeError 2:1 Invalid provider 'acme'. Must be: anthropic, openai, google",
    ],
    ['model k = { name: "x", maxRetriesOnError: "3" }', "RuntimeError 1:1 maxRetriesOnError must be a non-negative integer, got string"],
    [
      'import { readFile } from "system/tools"\nlet g = readFile\nprint(g("none"))',
      "TsBlockError 3:7 Error in imported function 'readFile': file 'none' not found",
    ],
    ["let n = 5\nprint(n.size)", "RuntimeError 2:7 Cannot access property 'size' on number"],
    ["let n: json = null\nprint(n.size)", "RuntimeError 2:7 Cannot access property 'size' on object"],
    ["let a = [1]\na.push()", "RuntimeError 2:1 push() requires an argument"],
    ["let a: text[] = []\na.pop()", "RuntimeError 2:1 Cannot pop from empty array"],
    ['for x in "abc" { }', "RuntimeError 1:10 for-in requires array or range"],
    ["for x in -1 { }", "RuntimeError 1:10 for-in range must be non-negative, got -1"],
    ["for x in 2.5 { }", "RuntimeError 1:10 for-in range must be an integer, got 2.5"],
    ["for x in 1..1.5 { }", "RuntimeError 1:10 Range bounds must be integers, got 1 and 1.5"],
    ["let n: number = null\nfor x in n { }", "RuntimeError 2:10 Cannot iterate over VibeValue: value is null, not an array."],
    ["let o = { v: 5 }\nif o.v { }", "TypeError 2:4 TypeError: if condition must be a boolean, got number"],
    ["let o = { v: 5 }\nwhile o.v { }", "TypeError 2:7 TypeError: while condition must be a boolean, got number"],
    ["if null { }", "TypeError 1:4 TypeError: if condition must be a boolean, got null"],
    ["let n = 5\nn()", "TypeError 2:1 TypeError: Cannot call non-function"],
    ["let o = { v: 5 }\nlet j = o.v\nlet { a: text } = j", "RuntimeError 3:1 Destructuring requires an object, got number"],
    ["let o = { v: 5 }\nlet { n: text } = o", "RuntimeError 2:1 Missing field 'n' in destructuring result"],
    ['model k = { name: "x", apiKey: "" }\nlet a = do "q"', "RuntimeError 2:9 API key is required"],
    ["let x = ts() { throw new Error('bad') }", "TsBlockError 1:9 ts block runtime error: bad"],
    ["let x = ts() { return nothing.here }", "TsBlockError 1:9 ts block runtime error: nothing is not defined"],
    ["let x = ts() { null.x }", "TsBlockError 1:9 ts block runtime error: cannot read 'x' of null"],
    ["let x = ts() {\n  let y = ;\n}", "TsBlockError 1:9 ts block compilation error: Unexpected token at line 2, column 11"],
    [
      "let x = ts() { return fetch('https://example.org') }",
      "TsBlockError 1:9 ts block runtime error: fetch is not available in the playground",
    ],
    [
      "let y = ts() { return 1 }\nlet x = ts() { await new Promise(() => {}) }",
      "RuntimeError 2:9 nobody can continue: main waits for a promise that nothing will settle",
    ],
    [
      "async let y = ts() { throw 1 }\nlet z = y\nasync ts() { await new Promise(() => {}) }",
      "RuntimeError 3:7 nobody can continue: main waits for ts, ts waits for a promise that nothing will settle",
    ],
    ["tool t() { let x = 1 }", "RuntimeError 1:1 Tool 't' must have a ts block as its body"],
    ['function f(): boolean { throw "no" }\nif f() { }', "Error 2:4 Error: no"],
    ['function f(): json { throw "no" }\nfor x in f() { }', "Error 2:10 Error: no"],
  ]
  it.each(rows)("%j", async (text, wanted) => expect(await faultOf(text)).toContain(wanted))

  it("of models: refused requests and answers of the wrong type", async () => {
    expect(await faultOf(`${MODEL}let a = do "q"`, { rules: [rule("q", "", { error: { status: 400, times: 9 } })] })).toContain(
      "AIError 2:9 OpenAI API error (400)",
    )
    const claude = 'model c = { name: "x", url: "https://api.anthropic.com" }\nlet a = do "q"'
    expect(await faultOf(claude, { rules: [rule("q", "", { error: { status: 401, times: 9 } })] })).toContain(
      "AIError 2:9 Anthropic API error (401)",
    )
    expect(await faultOf(`${MODEL}let a: number = do "q"`, { rules: [rule("q", "many")] })).toBe(
      "RuntimeError 2:17 Field 'value' expected number, got string",
    )
    expect(await faultOf(`${MODEL}let { z: text } = do "q"`, { rules: [rule("q", "prose")] })).toContain(
      "RuntimeError 2:19 Destructuring requires an object, got string",
    )
  })

  it("of the command line without permission for ts blocks", async () => {
    expect(await faultOf("let x = ts() { return 1 }", { allowTs: false })).toContain(
      "TsBlockError 1:9 ts blocks run on the command line only with --allow-ts",
    )
  })
})

describe("what models see", () => {
  it("is the context: values, answers, calls, loops; no models, prompts and private variables", async () => {
    const text = `${MODEL}let city = "Bern"
let hidden: prompt = "secret"
let private pin = 1234
let n = do "Count"
for i in 2 { let half = i }
let o = { a: [1, 2] }
do "Last"`
    const { trace } = await run(text, { rules: [rule("", "7")] })
    expect(requests(trace)[1]?.context).toBe(
      [
        "Program:",
        "- city (text): Bern",
        '--> do: "Count"',
        "<-- n (text): 7",
        "==> for i",
        "- i (number): 1",
        "- half (number): 1",
        "- i (number): 2",
        "- half (number): 2",
        "<== for i",
        '- o (json): {"a":[1,2]}',
      ].join("\n"),
    )
  })

  it("is the variable of a loop in each turn, except where it goes through what is private", async () => {
    const text = `${MODEL}let private pins = [1234]
for city in ["Bern"] { do "Capital? {city}" }
for pin in pins { do "Safe?" }`
    const { trace } = await run(text, { rules: [rule("", "ok")] })
    expect(requests(trace)[0]?.context).toBe("Program:\n==> for city\n- city (text): Bern")
    expect(requests(trace)[1]?.context).not.toContain("1234")
  })

  it("is the frames of the functions running, whose entries end with them; with `local` only the innermost", async () => {
    const text = `${MODEL}let top = 1
function f(p: text): text {
  let inner = "x"
  do "All"
  return do "Own" m local
}
f("arg")
do "After"`
    const { trace } = await run(text, { rules: [rule("", "ok")] })
    const [all, own, after] = requests(trace)
    expect(all?.context).toBe("Program:\n- top (number): 1\n\nFunction f:\n- p (text): arg\n- inner (text): x")
    expect(own?.context).toBe('Function f:\n- p (text): arg\n- inner (text): x\n--> do: "All"')
    expect(after?.context).toBe("Program:\n- top (number): 1")
  })

  it("leaves pending variables out until they have come, and what a forgetting loop did", async () => {
    const text = `${MODEL}async let slow = do "Slow"
for i in 2 { let x = i } forget
do "Early"
print(slow)
do "Late"`
    const { trace } = await run(text, { rules: [rule("Slow", "snail", { latencyMs: 500 }), rule("", "ok")] })
    expect(requests(trace)[1]?.context).toBe('Program:\n--> do: "Slow"')
    expect(requests(trace)[2]?.context).toBe('Program:\n--> do: "Slow"\n<-- slow (text): snail\n--> do: "Early"')
  })

  it("stays bounded in loops of many turns", async () => {
    const { trace, report } = await run(`${MODEL}let n = 0\nwhile n < 50000 { n = n + 1 }\ndo "End"`, { rules: [rule("", "ok")] })
    expect(report?.outcome).toBe("done")
    expect(requests(trace)[0]?.context.length).toBeLessThan(30_000)
    expect(requests(trace)[0]?.context).toContain("- n (number): 50000")
  })
})

describe("the trace", () => {
  it("tells the name that was read before a task waits, and who brought the value", async () => {
    const { trace } = await run(`${MODEL}async let fact = do "Fact"\nprint(fact)`, { rules: [rule("Fact", "x")] })
    const waits = eventsOf(trace, Kind.WaitName).map((it) => trace.text(it.a))
    expect(waits).toEqual(["fact"])
    const task = eventsOf(trace, Kind.TaskSpawn).find((it) => trace.text(it.b) === "fact")
    expect(eventsOf(trace, Kind.Collected).map((it) => it.a)).toEqual([task?.a])
  })

  it("names tasks after variables and functions", async () => {
    const text = `${MODEL}function job(): text { return "j" }\nasync let a = do "A"\nasync job()\nasync do "B"\nasync ts() { }`
    const { trace } = await run(text, { rules: [rule("", "x")] })
    expect(eventsOf(trace, Kind.TaskSpawn).map((it) => trace.text(it.b))).toEqual(["main", "a", "job", "do", "ts"])
  })

  it("notes an assignment to a private copy of a global", async () => {
    const { trace } = await run("let n = 1\nfunction f(): number {\n  n = n + 1\n  return n\n}\nasync let a = f()\nprint(a)")
    expect(eventsOf(trace, Kind.PrivateCopy).map((it) => `${trace.text(it.a)} ${trace.text(it.b)}`)).toEqual(["n 2"])
  })

  const folder = join(dirname(fileURLToPath(import.meta.url)), "../../conformance/vibe")
  const own = readdirSync(folder).filter((name) => /^own-(ts|async|hole|limit).*\.vibe$/.test(name))
  it("is the same bytes whenever the same inputs run, also with a shuffled schedule", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...own),
        fc.nat(1000),
        fc.constantFrom("fifo" as const, "shuffle" as const),
        async (name, seed, schedule) => {
          const text = readFileSync(join(folder, name), "utf8")
          const model = { rules: [], otherwise: "responder" as const, dials: { ...PLAIN_DIALS, jitter: 0.5 }, live: false }
          const [first, second] = [await run(text, { seed, schedule, model }), await run(text, { seed, schedule, model })]
          expect(Buffer.compare(first.bytes, second.bytes)).toBe(0)
        },
      ),
      { numRuns: 40, seed: 11 },
    )
  })
})

describe("the program's result", () => {
  const rows: readonly (readonly [string, unknown, string])[] = [
    ["1 + 2", 3, "3"],
    ["let o = { a: [1] }\no", { a: [1] }, "{\n  a: [ 1 ],\n}"],
    ["if true { 5 } else { 6 }", 5, "5"],
    ['function f(): text { throw "bad" }\nf()', null, "Error: bad"],
    ['throw "stop"', null, "Error: stop"],
    ['let x = "v"', "v", "v"],
  ]
  it.each(rows)("%j", async (text, json, printed) => {
    const { report } = await run(text, { wantValue: true })
    expect(report?.value).toEqual({ json, printed })
  })
  it("is told in a notice where it is an error value", async () => {
    const { trace, report } = await run('print("a")\nthrow "stop"')
    expect(report?.outcome).toBe("done")
    expect(eventsOf(trace, Kind.Notice).map((it) => trace.text(it.a))).toEqual(["the program's result is an error value: Error: stop"])
  })
  it("is nothing for a program without statements", async () => expect((await run("", { wantValue: true })).report?.value).toBeNull())
})

describe("bad input", () => {
  it("a recursion without end is a fault", async () => {
    expect(await faultOf("function f(): number { return f() }\nf()")).toContain(
      "RuntimeError 1:31 Maximum call depth exceeded: more than 10\u202f000 nested calls",
    )
  })
  it("a loop without end meets the step limit", async () => {
    const { report } = await run("let n = 0\nwhile true { n = n + 1 }", { limits: { steps: 100_000 } })
    expect(report?.outcome).toBe("limit")
  })
  it("a print flood, a text and a list that double without end meet limits", async () => {
    expect((await run("while true { print(1) }", { limits: { outputBytes: 10_000 } })).report?.outcome).toBe("limit")
    expect((await run('let s = "ab"\nwhile true { s = s + s }')).report?.outcome).toBe("limit")
    expect((await run('let s = "ab"\nwhile true { s = "{s}{s}" }')).report?.outcome).toBe("limit")
    expect((await run("let l = [1]\nwhile true { l = l + l }")).report?.outcome).toBe("limit")
    expect((await run("print((1..999999999999).len())")).report?.outcome).toBe("limit")
  })
  it("a value that contains itself is a fault where it is shown", async () => {
    expect(await faultOf("let l = [[1]]\nl.push(l)\nprint(l)")).toContain("RuntimeError 3:1 a value is nested more than")
    expect(await faultOf('let l = [[1]]\nl.push(l)\nlet s = "{l}"')).toContain("RuntimeError 3:10 a value is nested more than")
  })
  it("a function in a JSON answer, an answer of 1 MB, and nothing at all", async () => {
    const big = "x".repeat(1_000_000)
    const { stdout } = await run(`${MODEL}let a = do "Big"\nprint(a.len())\nlet e = do "Empty"\nprint("[{e}]")`, {
      rules: [rule("Big", big), rule("Empty", "")],
    })
    expect(stdout).toEqual(["1000000", "[]"])
    expect(await faultOf(`${MODEL}let l: text[] = do "Deep"`, { rules: [rule("Deep", "[".repeat(100_000))] })).toContain(
      "expected text[], got string",
    )
    const deep = `${"[".repeat(5_000)}1${"]".repeat(5_000)}`
    expect(await faultOf(`${MODEL}let l: number[][] = do "Deep"`, { rules: [rule("Deep", deep)] })).toContain("expected number[][]")
  })
  it("a promise that never settles is a deadlock that says so", async () => {
    const { report } = await run("ts() { await new Promise(() => {}) }")
    expect(report?.outcome).toBe("deadlock")
  })
  it("an array and a text of a hundred thousand parts", async () => {
    const items = Array.from({ length: 100_000 }, (_, i) => i).join(", ")
    const { stdout } = await run(`let l = [${items}]\nprint(l[99999])\nlet x = 1\nprint("${"{x} ".repeat(20_000)}".len())`)
    expect(stdout).toEqual(["99999", "40000"])
  })
  it("a program of 1 MB runs", async () => {
    const { report, stdout } = await run(
      `${"let x = 1 + 2\n".replace("x", "x0")}${Array.from({ length: 40_000 }, (_, i) => `let v${i} = ${i} + 1\n`).join("")}print(v39999)`,
    )
    expect(report?.outcome).toBe("done")
    expect(stdout).toEqual(["40000"])
  })
  it("names of JavaScript's own machinery are ordinary keys", async () => {
    const { stdout } = await run(
      'let o = { __proto__: 1, constructor: 2, toString: 3 }\nprint(o.__proto__ + o.constructor)\nprint(o.hasOwnProperty)\nprint("{o}")',
    )
    expect(stdout).toEqual(["3", "undefined", '{"__proto__":1,"constructor":2,"toString":3}'])
  })
})
