// What a run of Jade leaves behind besides its output: the phases of futures, tokens, retries, queueing in the trace; the
// sequential run of the console; cells of a notebook; values for `eval`.
import { describe, expect, it } from "vitest"
import { drive } from "../../cli/drive.ts"
import { nodePorts } from "../../cli/node-ports.ts"
import { type ModelRule, PLAIN_DIALS } from "../../models/script.ts"
import { ConsoleSession } from "../../session/console.ts"
import { inputsOf } from "../../session/defaults.ts"
import type { RunInputs } from "../../session/inputs.ts"
import { prepareRun, rejectedReport } from "../../session/run.ts"
import { Kind } from "../../trace/event.ts"
import { Trace } from "../../trace/trace.ts"

interface Row {
  readonly kind: number
  readonly atUs: number
  readonly task: number
  readonly a: number
  readonly b: number
}

async function run(code: string, rules: readonly ModelRule[] = [], rest: Partial<RunInputs> = {}) {
  const inputs = inputsOf("jade", "main.jde", code, { model: { rules, otherwise: "error", dials: PLAIN_DIALS, live: false }, ...rest })
  const prepared = await prepareRun(inputs, nodePorts(false))
  const trace = new Trace(prepared.sites)
  if (prepared.run) await drive(prepared.run, trace)
  const report = prepared.run ? prepared.run.report() : rejectedReport(prepared.program, prepared.diagnostics)
  const rows: Row[] = []
  trace.visit(0, (event) => rows.push({ kind: event.kind, atUs: event.atUs, task: event.task, a: event.a, b: event.b }))
  const texts = (kind: number) => rows.filter((row) => row.kind === kind).map((row) => trace.text(row.a))
  return { report, trace, rows, texts, diagnostics: prepared.diagnostics, of: (kind: number) => rows.filter((row) => row.kind === kind) }
}

const ASK = "async fn ask(q) {\n    prompt p = q\n    return await ?p\n}\n"
const CAPITALS: readonly ModelRule[] = [
  { match: "France", reply: "Paris", latencyMs: 300, usage: { in: 5, out: 2 } },
  { match: "Italy", reply: "Rome", latencyMs: 200, usage: { in: 6, out: 1 } },
]

describe("a future", () => {
  it("is called, runs and is collected, each at its own time", async () => {
    const { of, texts } = await run(`${ASK}let a = ask("France")\nlet b = ask("Italy")\nprint(await a)\nprint(await b)\n`, CAPITALS)
    expect(texts(Kind.Print)).toEqual(["Paris\n", "Rome\n"])
    expect(of(Kind.TaskSpawn).map((row) => [row.atUs, row.a])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ])
    expect(of(Kind.Collected).map((row) => [row.atUs, row.task, row.a])).toEqual([
      [300_000, 0, 1],
      [300_000, 0, 2],
    ])
  })

  it("that nobody awaits is told at the end, and is never collected", async () => {
    const { of, texts, report } = await run(`${ASK}let a = ask("France")\nlet b = ask("Italy")\nprint(await b)\n`, CAPITALS)
    expect(report.outcome).toBe("done")
    expect(of(Kind.Collected).map((row) => row.a)).toEqual([2])
    expect(texts(Kind.Notice)).toEqual(["1 task was never awaited: ask"])
  })

  it("waits for a place of the limit between its call and its start", async () => {
    const { of } = await run(`${ASK}set_max_tasks(1)\nlet a = ask("France")\nlet b = ask("Italy")\njoin(a, b)\n`, CAPITALS)
    const starts = of(Kind.TaskStart).map((row) => [row.task, row.atUs])
    expect(starts).toEqual([
      [0, 0],
      [1, 0],
      [2, 300_000],
    ])
  })
})

describe("a fault", () => {
  it("marks its task where it happened, also if nobody awaits it", async () => {
    const { rows, trace } = await run(
      'async fn bad(n) {\n    return 1 / n\n}\nlet f = bad(0)\nlet g = bad(0)\ntry { await f } catch e { print("caught") }\nlet h = [1][2]\n',
    )
    const faults = rows.filter((row) => row.kind === Kind.Fault)
    expect(faults.map((row) => [row.task, (JSON.parse(trace.text(row.a)) as { kind: string }).kind])).toEqual([
      [1, "DivisionByZero"],
      [2, "DivisionByZero"],
      [0, "IndexOutOfBounds"],
    ])
  })
})

describe("tokens", () => {
  it("of a task enter the counter when it ends, those outside tasks at once", async () => {
    const { of, texts } = await run(
      `${ASK}let a = ask("France")\nprompt p = "Italy"\nprint(?p)\nprint(__tokens__)\nprint(await a)\nprint(__tokens__)\n`,
      CAPITALS,
    )
    expect(texts(Kind.Print)).toEqual(["Rome\n", "7\n", "Paris\n", "14\n"])
    expect(of(Kind.TokensCounted).map((row) => [row.atUs, row.task, row.a, row.b])).toEqual([
      [200_000, 0, 7, 7],
      [300_000, 1, 7, 14],
    ])
  })
})

describe("a typed dereference", () => {
  it("shows the reply that did not fit, and sends it back in a conversation of its own", async () => {
    const { trace, of } = await run('prompt p = "how many"\nprint(?p |> int)\n', [{ match: "how many", replies: ["lots", "3"] }])
    expect(of(Kind.CallRetry).map((row) => trace.text(row.b))).toEqual(["this reply is no int: it is no integer: lots"])
    const requests = of(Kind.CallRequest).map(
      (row) => JSON.parse(trace.text(row.b)) as { turns: { role: string; text: string }[]; maxTokens: number },
    )
    expect(requests).toHaveLength(1)
    expect(requests[0]?.turns.map((turn) => turn.role)).toEqual(["user", "assistant", "user"])
    expect(requests[0]?.turns[2]?.text).toContain('"lots"')
    expect(requests[0]?.maxTokens).toBe(64)
  })

  it("tells the model what shape it wants", async () => {
    const { trace, of } = await run(
      'struct City { name, let people = 0, prompt ask = "x" }\nprompt p = "city"\nprint((?p |> City).name)\n',
      [{ match: "city", reply: '{"name": "Bern"}' }],
    )
    const request = JSON.parse(trace.text(of(Kind.CallQueued)[0]?.b ?? -1)) as { shape: unknown }
    expect(request.shape).toEqual({
      kind: "record",
      fields: [
        { name: "name", shape: { kind: "text" } },
        { name: "people", shape: { kind: "integer" } },
        { name: "ask", shape: { kind: "text" } },
      ],
    })
  })
})

describe("the sequential run", () => {
  const code = `${ASK}let a = ask("France")\nlet b = ask("Italy")\nprint(await a)\nprint(await b)\n`
  it("prints the same, one task after the other, and warns once", async () => {
    const real = await run(code, CAPITALS)
    const { report, texts } = await run(code, CAPITALS, { sequential: true })
    expect(texts(Kind.Print)).toEqual(real.texts(Kind.Print))
    expect([real.report.virtualUs, report.virtualUs]).toEqual([300_000, 500_000])
    expect(texts(Kind.PrintError)).toEqual(["warning: async functions run one at a time here, at the call: nothing overlaps\n"])
  })

  it("keeps failures for the await", async () => {
    const { texts } = await run(
      'async fn bad() { raise "no" }\nlet f = bad()\nprint("called")\ntry { await f } catch e { print(e) }\n',
      [],
      { sequential: true },
    )
    expect(texts(Kind.Print)).toEqual(["called\n", "no\n"])
  })

  it("echoes a console's expressions: texts in quotes, nil not at all, a reply once", async () => {
    const session = new ConsoleSession(
      inputsOf("jade", "console.jde", "", {
        sequential: true,
        model: { rules: CAPITALS, otherwise: "error", dials: PLAIN_DIALS, live: false },
      }),
      async (inputs) => {
        const { texts, report, diagnostics } = await run(inputs.entry.text, CAPITALS, inputs)
        return { output: texts(Kind.Print).join(""), errors: texts(Kind.PrintError).join(""), report, diagnostics }
      },
    )
    const entries = ['"a" + "b"', "[1, 2.0]", "nil", 'prompt p = "Italy"', "?p", "let x = ?p", "x"]
    const shown: (string | null)[][] = []
    for (const entry of entries) {
      const { output, echo } = await session.submit(entry)
      shown.push([output, echo])
    }
    expect(shown).toEqual([
      ["", '"ab"'],
      ["", "[1, 2.0]"],
      ["", null],
      ["", null],
      ["Rome\n", null],
      ["", null],
      ["", '"Rome"'],
    ])
  })
})

describe("a notebook's cells", () => {
  it("are sections of one program; a fault ends its cell alone, and names may come again", async () => {
    const cells = ["let a = 1\nprint(a)\n", "print(a + 1)\nlet z = 1 / 0\nprint(z)\n", "let a = 10\nfn f() { return a }\nprint(f())\n"]
    const starts = cells.map((_, i) => cells.slice(0, i).join("").length)
    const text = cells.join("")
    const { texts, of, report } = await run(text, [], { entry: { path: "main.jde", text, cellStarts: starts } })
    expect(texts(Kind.Print)).toEqual(["1\n", "2\n", "10\n"])
    expect(report.outcome).toBe("done")
    expect(of(Kind.Section).map((row) => row.b)).toEqual([0, 1, 0, 1, 0, 1])
    expect(texts(Kind.PrintError)).toEqual(["[2:9] division by zero\n"])
  })
})

describe("the value of a program", () => {
  const valueFrom = async (code: string) => (await run(code, [], { wantValue: true })).report.value
  it("is that of its last expression", async () => {
    expect(await valueFrom("1\n2 + 3\n")).toEqual({ json: 5, printed: "5" })
    expect(await valueFrom("let x = 1\n")).toEqual({ json: null, printed: "nil" })
    expect(await valueFrom('{"b": [1.5, nil], "a": "x"}\n')).toEqual({
      json: { a: "x", b: [1.5, null] },
      printed: '{"a": x, "b": [1.5, nil]}',
    })
    expect(await valueFrom("9007199254740993\n")).toEqual({ json: "9007199254740993", printed: "9007199254740993" })
    expect(await valueFrom('{"__proto__": 1}\n')).toMatchObject({ printed: '{"__proto__": 1}' })
  })
})

describe("limits", () => {
  it("end a loop that never ends, a flood of output and a text without bounds, each with its sentence", async () => {
    const loop = await run("while true { }\n", [], { limits: { steps: 10_000 } })
    expect([loop.report.outcome, loop.report.message]).toEqual(["limit", expect.stringContaining("10\u202f000 steps")])
    const flood = await run('while true { print("x") }\n', [], { limits: { outputBytes: 1_000 } })
    expect(flood.report.message).toContain("1\u202f000 bytes of output")
    const text = await run('print(len("x".repeat(4000000000)))\n')
    expect([text.report.outcome, text.report.message]).toEqual(["limit", expect.stringMatching(/[\d\u202f]+ (MB|bytes) of values/)])
    const tasks = await run("async fn f() { return 1 }\nwhile true { f() }\n", [], { limits: { tasks: 100 } })
    expect(tasks.report.message).toContain("100 tasks")
    const doubling = await run('let s = "ab"\nwhile true { s = s + s }\n', [], { limits: { valueBytes: 1_000_000 } })
    expect(doubling.report.outcome).toBe("limit")
    const growing = await run("let xs = []\nwhile true { xs.push(1) }\n", [], { limits: { valueBytes: 1_000_000 } })
    expect(growing.report.outcome).toBe("limit")
  })

  it("cannot be caught by a program", async () => {
    const { report, texts } = await run('try { while true { } } catch e { print("caught") }\n', [], { limits: { steps: 1_000 } })
    expect([report.outcome, texts(Kind.Print)]).toEqual(["limit", []])
  })
})

describe("waiting for each other", () => {
  it("is a deadlock with the chain named", async () => {
    const { report } = await run(
      "use std::time\nlet box = []\nasync fn me() {\n    time.sleep(0.1)\n    return await box[0]\n}\nbox.push(me())\nprint(await box[0])\n",
    )
    expect(["deadlock", "failed"]).toContain(report.outcome)
  })
})
