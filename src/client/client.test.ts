// The client with a sandbox and a clock of the test's own: what it says to the worker, and what of the worker's words counts.
import { describe, expect, it } from "vitest"
import { inputsOf } from "../../interpreter/session/defaults.ts"
import { Kind } from "../../interpreter/trace/event.ts"
import { Recorder } from "../../interpreter/trace/recorder.ts"
import type { RunId, ToWorker } from "../../interpreter/worker/protocol.ts"
import { NO_RUNS, type Runs, runChanged, runStarted } from "../store/runs.ts"
import { Client, STOP_WITHIN_MS } from "./client.ts"
import { BURST_MESSAGES } from "./meter.ts"
import type { SandboxPort } from "./port.ts"

class FakeSandbox implements SandboxPort {
  said: ToWorker[] = []
  disposed = false
  private handler: (message: unknown) => void = () => {}
  private closer: (reason: string) => void = () => {}
  post(message: ToWorker) {
    this.said.push(message)
  }
  onMessage(handler: (message: unknown) => void) {
    this.handler = handler
  }
  onClose(handler: (reason: string) => void) {
    this.closer = handler
  }
  dispose() {
    this.disposed = true
  }
  says(message: unknown) {
    this.handler(message)
  }
  dies(reason: string) {
    this.closer(reason)
  }
  types() {
    return this.said.map((message) => message.type)
  }
}

function page() {
  const sandboxes: FakeSandbox[] = []
  const timers: { ms: number; then: () => void; live: boolean }[] = []
  const frames: (() => void)[] = []
  const seen = { runs: NO_RUNS as Runs }
  const clock = { ms: 0 }
  const client = new Client({
    open: async () => {
      const sandbox = new FakeSandbox()
      sandboxes.push(sandbox)
      return sandbox
    },
    news: {
      started: (id, inputs, version) => (seen.runs = runStarted(seen.runs, id, inputs, version)),
      changed: (id, change) => (seen.runs = runChanged(seen.runs, id, change)),
      sandbox: (sandbox) => (seen.runs = { ...seen.runs, sandbox }),
    },
    after: (ms, then) => {
      const timer = { ms, then, live: true }
      timers.push(timer)
      return () => {
        timer.live = false
      }
    },
    nowMs: () => clock.ms,
    onFrame: (then) => frames.push(then),
  })
  const draw = () => {
    for (const then of frames.splice(0)) then()
  }
  const pass = () => {
    for (const timer of timers.splice(0)) if (timer.live) timer.then()
  }
  return { client, sandboxes, seen, draw, pass, timers, clock }
}

const INPUTS = inputsOf("vibe", "main.vibe", "print(1)")
const settle = () => Promise.resolve().then(() => Promise.resolve())
const report = { outcome: "done", message: "", fault: null, deadlock: null, virtualUs: 5, steps: 1, schedule: "", value: null }

function chunksOf(text: string) {
  const recorder = new Recorder()
  recorder.event(Kind.Print, 3, 0, -1, recorder.text(text), 0)
  return recorder.flush()
}

describe("client", () => {
  it("opens the sandbox, starts the run there and grants it time", async () => {
    const { client, sandboxes, seen } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    expect(sandboxes[0]?.types()).toEqual(["start", "advance"])
    expect(seen.runs.current?.state).toBe("starting")
  })

  it("shows what the run says and ends with its report", async () => {
    const { client, sandboxes, seen, draw } = page()
    const run = client.start(INPUTS, 1, 100)
    await settle()
    sandboxes[0]?.says({ type: "checked", run, accepted: true, diagnostics: [], sites: [] })
    sandboxes[0]?.says({ type: "events", run, chunks: chunksOf("hello"), nowUs: 3 })
    expect(seen.runs.current?.nowUs).toBe(0)
    draw()
    expect(seen.runs.current?.nowUs).toBe(3)
    expect(seen.runs.current?.trace.strings).toEqual(["hello"])
    sandboxes[0]?.says({ type: "ended", run, report })
    expect(seen.runs.current?.state).toBe("ended")
    expect(seen.runs.current?.report?.outcome).toBe("done")
  })

  it("drops messages of a run that is no longer asked for", async () => {
    const { client, sandboxes, seen } = page()
    const first = client.start(INPUTS, 1, 100)
    await settle()
    const second = client.start(INPUTS, 2, 100)
    sandboxes[0]?.says({ type: "checked", run: first, accepted: true, diagnostics: [], sites: [] })
    sandboxes[0]?.says({ type: "ended", run: first, report })
    expect(seen.runs.current?.id).toBe(second)
    expect(seen.runs.current?.state).toBe("starting")
  })

  it("starts the next run only after the worker has let go of the previous one", async () => {
    const { client, sandboxes } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    const second = client.start(INPUTS, 2, 100)
    expect(sandboxes[0]?.types()).toEqual(["start", "advance", "stop", "ping"])
    sandboxes[0]?.says({ type: "pong", id: second })
    expect(sandboxes[0]?.types()).toEqual(["start", "advance", "stop", "ping", "start", "advance"])
  })

  it("replaces a sandbox that does not answer a stop within 300 ms", async () => {
    const { client, sandboxes, seen, pass, timers } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    client.stop()
    expect(timers[0]?.ms).toBe(STOP_WITHIN_MS)
    pass()
    await settle()
    expect(sandboxes[0]?.disposed).toBe(true)
    expect(sandboxes).toHaveLength(2)
    expect(seen.runs.current?.report?.outcome).toBe("stopped")
    expect(seen.runs.sandbox).toBe("ready")
  })

  it("keeps the sandbox of a run that stops in time", async () => {
    const { client, sandboxes, seen, pass } = page()
    const run = client.start(INPUTS, 1, 100)
    await settle()
    client.stop()
    expect(seen.runs.current?.state).toBe("stopping")
    sandboxes[0]?.says({ type: "ended", run, report: { ...report, outcome: "stopped" } })
    pass()
    expect(sandboxes[0]?.disposed).toBe(false)
  })

  it("runs the next program in a new sandbox when the previous one hangs", async () => {
    const { client, sandboxes, seen, pass } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    const second = client.start(INPUTS, 2, 100)
    pass()
    await settle()
    expect(sandboxes[0]?.disposed).toBe(true)
    expect(sandboxes[1]?.types()).toEqual(["start", "advance"])
    expect(seen.runs.current?.id).toBe(second)
    expect(seen.runs.current?.report).toBe(null)
  })

  it("ignores what is no message of the protocol", async () => {
    const { client, sandboxes, seen, draw } = page()
    const run = client.start(INPUTS, 1, 100)
    await settle()
    const before = seen.runs
    const chunk = chunksOf("x")[0]
    for (const hostile of [
      null,
      "ended",
      { type: "ended", run, report: { ...report, outcome: "hacked" } },
      { type: "ended", run, report: { ...report, virtualUs: Number.NaN } },
      { type: "ended", run: `${run}`, report },
      { type: "events", run, chunks: [{ ...chunk, times: [1] }], nowUs: 1 },
      { type: "events", run, chunks: [{ ...chunk, count: 99 }], nowUs: 1 },
      { type: "events", run, chunks: [{ ...chunk, times: new Float64Array([Number.NaN]) }], nowUs: 1 },
      { type: "events", run, chunks: [], nowUs: -1 },
      { type: "events", run, chunks: [{ ...chunk, times: new Float64Array(99) }], nowUs: 1 },
      { type: "events", run, chunks: Array.from({ length: 10_001 }, () => chunk), nowUs: 1 },
      { type: "events", run, chunks: [{ ...chunk, strings: ["x".repeat(128_000_001)] }], nowUs: 1 },
      { type: "checked", run, accepted: true, diagnostics: [{ message: "x" }], sites: [] },
      { type: "eval", run, text: "alert(1)" },
    ])
      sandboxes[0]?.says(hostile)
    draw()
    expect(seen.runs).toBe(before)
  })

  it("stops reading a sandbox that floods it, says so, keeps what was shown, and opens another", async () => {
    const { client, sandboxes, seen } = page()
    const run = client.start(INPUTS, 1, 100)
    await settle()
    sandboxes[0]?.says({ type: "checked", run, accepted: true, diagnostics: [], sites: [] })
    sandboxes[0]?.says({ type: "events", run, chunks: chunksOf("hello"), nowUs: 3 })
    for (let i = 0; i <= BURST_MESSAGES && !sandboxes[0]?.disposed; i++) sandboxes[0]?.says({ type: "waiting", run, for: "time", nowUs: 3 })
    await settle()
    expect(sandboxes[0]?.disposed).toBe(true)
    expect(sandboxes).toHaveLength(2)
    expect(seen.runs.current?.report).toMatchObject({
      outcome: "stopped",
      message: "stopped: the program's sandbox was replaced, for it sent more than 2000 messages a second",
    })
    expect(seen.runs.current?.trace.strings).toEqual(["hello"])
  })

  it("reads on where messages come at a rate that an honest worker has, also nonsense counted", async () => {
    const { client, sandboxes, clock } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    for (let i = 0; i < 3 * BURST_MESSAGES; i++) {
      clock.ms += 0.5
      sandboxes[0]?.says("nonsense")
    }
    expect(sandboxes[0]?.disposed).toBe(false)
    for (let i = 0; i <= BURST_MESSAGES; i++) sandboxes[0]?.says("nonsense")
    expect(sandboxes[0]?.disposed).toBe(true)
  })

  it("believes no trace that goes back in time, has more events than the run may, or more text than the page keeps", async () => {
    const of = (count: number, atUs: number, strings: readonly string[] = []) => ({
      count,
      times: new Float64Array(count).fill(atUs),
      words: new Int32Array(count * 5),
      strings,
    })
    const long = "x".repeat(60_000_000)
    const cases = [
      [[of(1, 7), of(1, 6)], "its trace goes back in time"],
      [[of(200_005, 7)], "it sent more than 200004 trace events"],
      [[of(1, 7, [long, long, long, long, long, long])], "its trace has more than 300000000 characters"],
    ] as const
    for (const [chunks, reason] of cases) {
      const { client, sandboxes, seen } = page()
      const run = client.start({ ...INPUTS, limits: { events: 4 } }, 1, 100)
      await settle()
      sandboxes[0]?.says({ type: "events", run, chunks, nowUs: 7 })
      expect(seen.runs.current?.report?.message).toBe(`stopped: the program's sandbox was replaced, for ${reason}`)
      expect(seen.runs.current?.trace.length).toBe(0)
    }
  })

  it("reports a crash of ours, ends the run and goes on in a new sandbox", async () => {
    const { client, sandboxes, seen } = page()
    const run = client.start(INPUTS, 1, 100)
    await settle()
    sandboxes[0]?.says({ type: "crashed", run, message: "assertion failed" })
    await settle()
    expect(seen.runs.current?.crash).toBe("assertion failed")
    expect(seen.runs.current?.state).toBe("ended")
    expect(sandboxes).toHaveLength(2)
  })

  it("says so when the sandbox dies by itself", async () => {
    const { client, sandboxes, seen } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    sandboxes[0]?.dies("out of memory")
    await settle()
    expect(seen.runs.current?.crash).toBe("out of memory")
    expect(seen.runs.sandbox).toBe("ready")
  })

  it("ends a rejected run with its diagnostics", async () => {
    const { client, sandboxes, seen } = page()
    const run = client.start(INPUTS, 1, 100)
    await settle()
    const diagnostic = { phase: "parse", severity: "error", kind: "SyntaxError", message: "no", file: "main.vibe", from: 0, to: 1 }
    sandboxes[0]?.says({ type: "checked", run, accepted: false, diagnostics: [diagnostic], sites: [] })
    sandboxes[0]?.says({ type: "ended", run, report: { ...report, outcome: "rejected" } })
    expect(seen.runs.current?.report?.outcome).toBe("rejected")
    expect(seen.runs.current?.diagnostics).toHaveLength(1)
  })

  it("grants more time only forwards, and to the run that is current", async () => {
    const { client, sandboxes } = page()
    const run: RunId = client.start(INPUTS, 1, 100)
    await settle()
    client.advance(50)
    client.advance(200)
    expect(sandboxes[0]?.said.at(-1)).toEqual({ type: "advance", run, untilUs: 200 })
    expect(sandboxes[0]?.types()).toEqual(["start", "advance", "advance"])
  })

  it("answers the newest question about a text and gives up the older ones", async () => {
    const { client, sandboxes } = page()
    client.warm()
    await settle()
    const program = { language: "vibe", path: "main.vibe", text: "let", files: {}, cellStarts: [] }
    const old = client.diagnose(program)
    const newest = client.diagnose(program)
    expect(await old).toBe(null)
    sandboxes[0]?.says({ type: "diagnosed", id: 1, diagnostics: [] })
    sandboxes[0]?.says({ type: "diagnosed", id: 2, diagnostics: [] })
    expect(await newest).toEqual([])
  })

  it("leaves no question open when the sandbox is lost", async () => {
    const { client, sandboxes } = page()
    client.warm()
    await settle()
    const asked = client.diagnose({ language: "vibe", path: "main.vibe", text: "let", files: {}, cellStarts: [] })
    sandboxes[0]?.dies("gone")
    expect(await asked).toBe(null)
  })
})

describe("an evaluation beside the run", () => {
  const evaluation = { output: "2\n", errors: "", report, diagnostics: [] }
  const askedIds = (sandbox?: FakeSandbox) => sandbox?.said.flatMap((message) => (message.type === "evaluate" ? [message.id] : [])) ?? []
  const askedId = (sandbox?: FakeSandbox) => askedIds(sandbox)[0] ?? -1

  it("is answered with what came out, and leaves the run alone", async () => {
    const { client, sandboxes, seen } = page()
    client.start(INPUTS, 1, 100)
    await settle()
    const asked = client.evaluate(INPUTS)
    const id = askedId(sandboxes[0])
    sandboxes[0]?.says({ type: "evaluated", id, evaluation })
    expect(await asked).toEqual(evaluation)
    expect(seen.runs.current?.state).toBe("starting")
  })

  it("gives way to a newer one, whose answer alone counts", async () => {
    const { client, sandboxes } = page()
    client.warm()
    await settle()
    const first = client.evaluate(INPUTS)
    const second = client.evaluate(INPUTS)
    expect(await first).toBe(null)
    const ids = askedIds(sandboxes[0])
    sandboxes[0]?.says({ type: "evaluated", id: ids[0], evaluation: { ...evaluation, output: "late" } })
    sandboxes[0]?.says({ type: "evaluated", id: ids[1], evaluation })
    expect((await second)?.output).toBe("2\n")
  })

  it("that does not let go when given up loses its sandbox", async () => {
    const { client, sandboxes, pass, timers } = page()
    client.warm()
    await settle()
    const asked = client.evaluate(INPUTS)
    client.giveUpEvaluation()
    expect(sandboxes[0]?.types()).toEqual(["evaluate", "giveUp"])
    expect(timers.map((timer) => timer.ms)).toEqual([STOP_WITHIN_MS])
    pass()
    expect(await asked).toBe(null)
    expect(sandboxes[0]?.disposed).toBe(true)
  })

  it("waits for a sandbox that is being opened", async () => {
    const { client, sandboxes } = page()
    const asked = client.evaluate(INPUTS)
    await settle()
    await settle()
    expect(sandboxes[0]?.types()).toEqual(["evaluate"])
    sandboxes[0]?.says({ type: "evaluated", id: askedId(sandboxes[0]), evaluation })
    expect(await asked).toEqual(evaluation)
  })

  it("that lets go keeps its sandbox", async () => {
    const { client, sandboxes, pass } = page()
    client.warm()
    await settle()
    const asked = client.evaluate(INPUTS)
    const id = askedId(sandboxes[0])
    client.giveUpEvaluation()
    sandboxes[0]?.says({ type: "evaluated", id, evaluation: null })
    expect(await asked).toBe(null)
    pass()
    expect(sandboxes[0]?.disposed).toBe(false)
  })

  it("is not believed where its answer is malformed", async () => {
    const { client, sandboxes } = page()
    client.warm()
    await settle()
    let answered = false
    void client.evaluate(INPUTS).then(() => (answered = true))
    const id = askedId(sandboxes[0])
    sandboxes[0]?.says({ type: "evaluated", id, evaluation: { ...evaluation, output: 7 } })
    await settle()
    expect(answered).toBe(false)
  })
})
