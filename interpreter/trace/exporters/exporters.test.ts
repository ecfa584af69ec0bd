// What leaves the house as a file: the timeline as text, and traces for other tools to open.
// Each says what it leaves out, and none holds more than the trace does.
import { describe, expect, test } from "vitest"
import { terminalWidth } from "../../source/terminal-width.ts"
import { TraceBuilder } from "../builder.ts"
import type { Finish } from "../event.ts"
import { foldOf, type TraceFold } from "../fold.ts"
import { randomTrace } from "../random-trace.ts"
import { LEGEND, taskTable, textTimeline } from "../text-timeline.ts"
import { chromeTrace } from "./chrome-trace.ts"
import { otlpTrace } from "./otlp.ts"

interface OtlpSpan {
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly traceId: string
  readonly attributes: { readonly key: string; readonly value: unknown }[]
  readonly events: { readonly name: string }[]
}

function twoCalls(finish?: Finish): TraceFold {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  const child = b.run(main, "child")
  b.suspend(main, "await", child, -1, "child")
  const call = b.queued(child, "hello")
  b.sent(child, call, 1).suspend(child, "call", call)
  b.at(1000).failed(child, call, 429, "slow down").wake(child).retry(child, call, "429").suspend(child, "backoff")
  b.at(3000).wake(child).sent(child, call, 2).suspend(child, "call", call)
  b.at(5000).firstToken(child, call).chunk(child, call, 4)
  b.at(8000).chunk(child, call, 8)
  if (finish) b.finish(child, call, finish)
  b.replied(child, call, "12345678", 5, 2).wake(child).closed(child, call, "12345678").end(child, "ok", "x")
  b.wake(main, child).print(main, "x\n").sleep(main, 2000).end(main).endRun()
  return foldOf(b.trace())
}

describe("the timeline as text", () => {
  test("has a line a task and a letter for what it does", () => {
    // 29 columns for 10 ms: the child's first try takes 1 ms, the back-off 2, the second try 5, of which 2 without a token.
    const [axis, ...lines] = textTimeline(twoCalls(), { width: 39 }).split("\n")
    expect(axis?.trim()).toMatch(/^0 s +3 ms +5 ms +8 ms$/)
    expect(lines).toEqual([
      `main    |${":".repeat(23)}${"s".repeat(6)}|`,
      `  child |...${"~".repeat(6)}${".".repeat(5)}${"=".repeat(10)}     |`,
      LEGEND,
      "10 ms; two calls, one after another.",
      "",
    ])
  })

  test("shows a run without time in steps", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    b.print(main, "a").print(main, "b").end(main).endRun()
    const text = textTimeline(foldOf(b.trace()), { width: 40 })
    expect(text).toMatch(/^ +event 0/)
    expect(text).toMatch(/\nmain \| *-*#+ *\|\n/)
  })

  test("counts what it leaves out, and says one sentence where there is nothing", () => {
    const many = foldOf(randomTrace({ seed: 3, tasks: 50, deeds: 9, longestUs: 1000, chunks: 2 }).trace())
    expect(textTimeline(many, { rows: 5 })).toContain(`and ${many.lanes.length - 5} more tasks`)
    expect(textTimeline(foldOf(new TraceBuilder().trace()))).toMatch(/^.+\.\n$/)
  })

  test("the table gives each task's figures", () => {
    expect(taskTable(twoCalls())).toBe(
      "main; ok; 0 s to 10 ms; 2 ms io; 8 ms waiting\n  child; ok; 0 s to 8 ms; 6 ms model; 2 ms back-off; one call; 5 tokens in, 2 out\n",
    )
  })
})

describe("names nobody would give", () => {
  test("stand in columns all the same, and turn nothing round", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    for (const name of ["🪐🧵", "שלום", "x".repeat(10_000), "line\nbreak"]) b.run(main, name)
    const lines = textTimeline(foldOf(b.at(10).end(main).endRun().trace()), { width: 60 }).split("\n")
    const widths = lines.slice(1, 6).map((line) => terminalWidth(line.slice(0, line.indexOf("|"))))
    expect(new Set(widths).size).toBe(1)
    expect(lines.some((line) => line.includes("\u2068שלום\u2069"))).toBe(true)
    expect(lines.some((line) => line.includes("line break"))).toBe(true)
  })

  test("tasks past those that are listed are counted", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    for (let i = 0; i < 300; i++) b.run(main, `task${i}`)
    expect(taskTable(foldOf(b.trace()))).toMatch(/\nand 101 more tasks\n$/)
  })
})

describe("files for other tools", () => {
  test("every slice of the Chrome file lies within its task, and every arrow has two ends", () => {
    for (const fold of [twoCalls(), foldOf(randomTrace({ seed: 8, tasks: 40, deeds: 8, longestUs: 500, chunks: 5 }).trace())]) {
      const file = JSON.parse(chromeTrace(fold, "t")) as { traceEvents: { ph: string; tid: number; ts: number; dur: number; id: number }[] }
      for (const event of file.traceEvents) {
        const lane = fold.lanes[event.tid - 1]
        if (event.ph === "X") expect(event.ts >= (lane?.spawnUs ?? -1) && event.ts + event.dur <= (lane?.endUs ?? -1)).toBe(true)
      }
      const starts = file.traceEvents.filter((event) => event.ph === "s").map((event) => event.id)
      const ends = file.traceEvents.filter((event) => event.ph === "f").map((event) => event.id)
      expect(ends).toEqual(starts)
    }
  })

  test("slices of a thread do not overlap; waits and calls are asynchronous, each begin with its end; arrows say what they are", () => {
    const file = JSON.parse(chromeTrace(twoCalls(), "t")) as {
      traceEvents: { ph: string; tid: number; ts: number; id: string; cat: string; name: string }[]
    }
    const slices = file.traceEvents.filter((event) => event.ph === "X")
    expect(new Set(slices.map((slice) => slice.tid)).size).toBe(slices.length)
    const open = new Map<string, number>()
    for (const event of file.traceEvents) {
      if (event.ph !== "b" && event.ph !== "e") continue
      const key = `${event.cat} ${event.id} ${event.name}`
      const count = (open.get(key) ?? 0) + (event.ph === "b" ? 1 : -1)
      expect(count).toBeGreaterThanOrEqual(0)
      open.set(key, count)
    }
    expect([...open.values()].every((count) => count === 0)).toBe(true)
    const kinds = new Set(file.traceEvents.filter((event) => event.ph === "b").map((event) => event.cat))
    expect([...kinds].sort()).toEqual(["call", "phase", "wait"])
    expect(file.traceEvents.filter((event) => event.ph === "s").map((event) => event.cat)).toEqual(["spawn", "await"].sort())
    expect(file.traceEvents.some((event) => event.ph === "i" && event.name === "failed: 429")).toBe(true)
  })

  test("the OpenTelemetry file has a span a task and a call, each under its parent, with ids of its own", () => {
    const file = JSON.parse(otlpTrace(twoCalls(), "t", { startMs: 1_767_225_600_000 })) as {
      resourceSpans: {
        scopeSpans: { spans: OtlpSpan[] }[]
      }[]
    }
    const spans = file.resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    expect(spans.map((span) => span.name)).toEqual(["main", "child", "chat default"])
    expect(new Set(spans.map((span) => span.spanId)).size).toBe(3)
    for (const span of spans.slice(1)) expect(spans.some((other) => other.spanId === span.parentSpanId)).toBe(true)
    expect(spans[0]?.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(spans[2]?.startTimeUnixNano).toBe("1767225600000000000")
    expect(otlpTrace(twoCalls(), "t", { startMs: 0 })).toBe(otlpTrace(twoCalls(), "t", { startMs: 0 }))
  })

  test("the OpenTelemetry file says about a call what the conventions ask for, and what was said only on request", () => {
    const spansOf = (text: string) =>
      (JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] }).resourceSpans[0]?.scopeSpans[0]?.spans ?? []
    const callOf = (text: string) => spansOf(text).find((span) => span.name.startsWith("chat")) as OtlpSpan
    const by = () => ({ provider: "openai", model: "gpt-5-mini" })
    const plain = callOf(otlpTrace(twoCalls(), "t", { startMs: 0, answeredBy: by }))
    expect(plain.name).toBe("chat gpt-5-mini")
    const told = Object.fromEntries(plain.attributes.map(({ key, value }) => [key, value]))
    expect(told).toMatchObject({
      "gen_ai.operation.name": { stringValue: "chat" },
      "gen_ai.provider.name": { stringValue: "openai" },
      "gen_ai.request.model": { stringValue: "gpt-5-mini" },
      "gen_ai.usage.input_tokens": { intValue: "5" },
      "gen_ai.usage.output_tokens": { intValue: "2" },
      "gen_ai.response.finish_reasons": { arrayValue: { values: [{ stringValue: "stop" }] } },
    })
    expect(plain.events.map(({ name }) => name)).toContain("retry")
    expect(JSON.stringify(plain)).not.toContain("hello")
    expect(JSON.stringify(plain)).not.toContain("12345678")
    for (const [finish, word] of [
      ["length", "length"],
      ["refused", "content_filter"],
    ] as const) {
      const ended = callOf(otlpTrace(twoCalls(finish), "t", { startMs: 0 }))
      expect(ended.attributes.find(({ key }) => key === "gen_ai.response.finish_reasons")?.value).toEqual({
        arrayValue: { values: [{ stringValue: word }] },
      })
    }
    const whole = JSON.stringify(callOf(otlpTrace(twoCalls(), "t", { startMs: 0, contents: true })))
    expect(whole).toContain("hello")
    expect(whole).toContain("12345678")
  })
})
