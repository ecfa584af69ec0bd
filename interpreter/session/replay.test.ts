// The law for live runs: a run that was answered from outside is a value by the time it ends. Whatever the program does
// (calls side by side, retries, sleeps that race with answers, calls that are left) and however the news comes in (early,
// late, in pieces), running it again with what was recorded gives the same trace, byte for byte.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Fault } from "../engine/fault.ts"
import type { IrProgram } from "../engine/ir.ts"
import type { Factory } from "../engine/link.ts"
import { Sites } from "../engine/sites.ts"
import { type Coroutine, SUSPENDED, type Task } from "../kernel/task.ts"
import type { Host } from "../languages/host.ts"
import type { Language } from "../languages/language.ts"
import { type Cassette, CassetteRecorder, type RecordedCall } from "../models/cassette.ts"
import { readCassette, writeCassette } from "../models/cassette-file.ts"
import { type Attempt, type LiveEvent, type ModelRequest, requestOf } from "../models/request.ts"
import { programOf } from "../source/text.ts"
import { Kind } from "../trace/event.ts"
import { writeTrace } from "../trace/format.ts"
import { Trace } from "../trace/trace.ts"
import { inputsOf } from "./defaults.ts"
import type { RunInputs } from "./inputs.ts"
import { recordedProgramOf, replayInputs, cassetteOf as sessionCassette, typedLinesIn } from "./recording.ts"
import { Run } from "./run.ts"

/** What one task of the test's own language does, one step after another. */
type Step = { do: "ask"; prompt: string; retries: number } | { do: "sleep"; us: number } | { do: "askAtMost"; prompt: string; us: number }

type Body = (host: Host) => Generator<unknown, unknown, unknown>

const coroutine = (make: () => Generator<unknown, unknown, unknown>): Coroutine => {
  const generator = make()
  return {
    result: undefined,
    resume(value, threw) {
      let next = threw ? generator.throw(value) : generator.next(value)
      while (!next.done && next.value !== SUSPENDED) next = generator.next(next.value)
      return next.done ? "done" : "suspended"
    },
  }
}

function languageOf(main: Body): Language {
  return {
    id: "vibe",
    title: "Test",
    extension: "test",
    preemptive: false,
    warningsReject: false,
    check: () => [],
    compile: () => ({ diagnostics: [], unit: null }),
    createRuntime: (host) => ({
      operations: {},
      main: () => coroutine(() => main(host)),
      preview: String,
      faultOf: (failure) => (failure instanceof Fault ? failure : new Fault("Error", String(failure), -1)),
      valueOf: () => null,
    }),
  }
}

const FACTORY: Factory = () => ({ functions: {}, newGlobals: () => ({}), shapes: {} })
const unit = { ir: {} as IrProgram, sites: new Sites(), extra: null }
const PROGRAM = programOf("vibe", "main.vibe", "the test's own", {})
const INPUTS = inputsOf("vibe", "main.vibe", "the test's own")

/** Tasks side by side; main waits until all have ended. */
const sideBySide = (tasks: readonly (readonly Step[])[]): Body =>
  function* (host) {
    const { kernel, calls } = host
    const spawned: Task[] = []
    for (const [i, steps] of tasks.entries())
      spawned.push(
        kernel.spawn(
          `t${i}`,
          coroutine(function* () {
            for (const step of steps) {
              if (step.do === "sleep") yield kernel.sleep(step.us, -1)
              else if (step.do === "ask") {
                const call = calls.open(requestOf("vibe", step.prompt), -1)
                for (let left = step.retries; ; left--) {
                  const attempt = (yield kernel.wait(calls.send(call), "call", call, -1)) as Attempt
                  if (attempt.ok || left === 0) {
                    if (attempt.ok) {
                      kernel.print(`${attempt.reply.text}\n`, -1)
                      calls.close(call, attempt.reply.text)
                    } else calls.giveUp(call, attempt.failure.message)
                    break
                  }
                  calls.retry(call, attempt.failure.message)
                  yield kernel.sleep(1000, -1, "backoff")
                }
              } else {
                // A call with a time limit: who comes first, the answer or the timer, decides what is printed.
                const call = calls.open(requestOf("vibe", step.prompt), -1)
                const future = calls.send(call)
                const timer = kernel.after(step.us, () => {
                  if (future.settled) return
                  calls.abort(call)
                  kernel.settle(future, { ok: false, failure: { status: 0, message: "too late", retryAfterMs: -1, partial: "" } })
                })
                const attempt = (yield kernel.wait(future, "call", call, -1)) as Attempt
                kernel.cancelTimer(timer)
                kernel.print(attempt.ok ? "in time\n" : `${attempt.failure.message}\n`, -1)
                calls.close(call, "")
              }
            }
          }),
          -1,
        ),
      )
    for (const task of spawned) yield kernel.wait(task.future, "await", task.id, -1)
  }

function begin(inputs: RunInputs, main: Body, outside: { ask: (call: number, request: ModelRequest, atUs: number) => void }) {
  const recorder = new CassetteRecorder()
  const cancelled: number[] = []
  const ports = {
    loadFactory: async () => FACTORY,
    loadModule: async () => ({}),
    outside: {
      ask: outside.ask,
      cancel: (call: number) => void cancelled.push(call),
      recorded: (attempt: Parameters<CassetteRecorder["add"]>[0]) => recorder.add(attempt),
    },
  }
  const run = new Run(inputs, PROGRAM, languageOf(main), unit, FACTORY, ports)
  return { run, recorder, cancelled }
}

function traceOf(run: Run): Trace {
  const trace = new Trace()
  for (const chunk of run.flush()) trace.append(chunk)
  return trace
}

/** A source of answers: how long each piece takes and when it is handed over, drawn from a list of numbers. */
function runLive(main: Body, draws: readonly number[], inputs: RunInputs = { ...INPUTS, model: { ...INPUTS.model, live: true } }) {
  let drawn = 0
  const draw = (below: number) => (draws.length === 0 ? 0 : (draws[drawn++ % draws.length] as number) % below)
  const news: { call: number; stampUs: number; event: LiveEvent }[] = []
  const { run, recorder, cancelled } = begin(inputs, main, {
    ask(call, request, atUs) {
      let stampUs = atUs
      const tell = (event: LiveEvent) => {
        stampUs += draw(1500)
        news.push({ call, stampUs, event })
      }
      const kind = draw(6)
      for (let i = draw(4); i > 0; i--) tell({ kind: "text", text: `${request.turns[0]?.text} ${"😀".repeat(draw(3))}${i};` })
      if (kind === 0) tell({ kind: "failed", failure: { status: 429, message: "slow down", retryAfterMs: 5, partial: "" } })
      else {
        if (kind === 1) tell({ kind: "tool", name: "area", args: { w: draw(9) } })
        tell({
          kind: "end",
          usage: { tokensIn: draw(50), tokensOut: draw(50), estimated: kind === 2 },
          finish: kind === 2 ? "length" : "stop",
        })
      }
    },
  })
  let nowUs = 0
  for (let turns = 0; turns < 100_000; turns++) {
    const state = run.advance({ untilUs: nowUs, expired: () => draw(5) === 0 })
    if (state === "ended") break
    // Some of the news is handed over ahead of its time, some behind, each call's in order.
    nowUs += 1 + draw(700)
    news.sort((a, b) => a.stampUs - b.stampUs)
    while (news[0] && news[0].stampUs <= nowUs + draw(400)) {
      const next = news.shift() as (typeof news)[number]
      run.tell(next.call, next.stampUs, next.event)
    }
  }
  return { run, recorder, cancelled, trace: traceOf(run) }
}

function replay(main: Body, calls: readonly RecordedCall[], more: Partial<RunInputs> = {}, squeeze = 1) {
  const cassette = { program: recordedProgramOf(INPUTS), calls, squeeze }
  const asked: string[] = []
  const { run, recorder } = begin({ ...INPUTS, cassette, ...more }, main, { ask: (_, request) => asked.push(request.turns[0]?.text ?? "") })
  const state = run.advance()
  return { run, recorder, state, asked, trace: traceOf(run) }
}

const cassetteOf = (recorder: CassetteRecorder): Cassette => sessionCassette(INPUTS, recorder.recordings(), [], "2026-11-20")

function written(cassette: Cassette): Cassette {
  const read = readCassette(writeCassette(cassette))
  if (!read.ok) throw new Error(read.sentence)
  return read.cassette
}

const prompts = fc.constantFrom("a", "b", "c")
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("ask" as const), prompt: prompts, retries: fc.nat(2) }),
  fc.record({ do: fc.constant("sleep" as const), us: fc.nat(2000) }),
  fc.record({ do: fc.constant("askAtMost" as const), prompt: prompts, us: fc.integer({ min: 1, max: 3000 }) }),
)
const programs = fc.array(fc.array(step, { maxLength: 4 }), { minLength: 1, maxLength: 4 })

describe("a replay", () => {
  it("gives the trace of the run that was recorded, byte for byte, through the file", () => {
    fc.assert(
      fc.property(programs, fc.array(fc.nat(100_000), { minLength: 1, maxLength: 60 }), (tasks, draws) => {
        const main = sideBySide(tasks)
        const live = runLive(main, draws)
        expect(live.run.kernel.outcome?.name).toBe("done")
        const again = replay(main, written(cassetteOf(live.recorder)).calls)
        expect(again.state).toBe("ended")
        expect(again.asked).toEqual([])
        expect(Buffer.from(writeTrace(again.trace)).equals(Buffer.from(writeTrace(live.trace)))).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it("records itself as what it was given: a recording stripped to its run stays the same", () => {
    const main = sideBySide([[{ do: "ask", prompt: "a", retries: 0 }], [{ do: "askAtMost", prompt: "b", us: 10 }]])
    const live = runLive(main, [3, 1, 4, 1, 5, 9, 2, 6])
    const calls = cassetteOf(live.recorder).calls
    const unused: RecordedCall = { ...(calls[0] as RecordedCall), request: requestOf("vibe", "never asked") }
    const again = replay(main, [unused, ...calls])
    expect(cassetteOf(again.recorder).calls).toEqual(calls)
    expect(again.recorder.fresh).toBe(0)
  })

  it("can be squeezed: the same text in a tenth of the time", () => {
    const main = sideBySide([[{ do: "ask", prompt: "a", retries: 3 }]])
    const live = runLive(main, [1499, 3, 5])
    const again = replay(main, cassetteOf(live.recorder).calls, {}, 10)
    const printed = (trace: Trace) => [...trace.events()].filter((e) => e.kind === Kind.Print).map((e) => trace.text(e.a))
    expect(printed(again.trace)).toEqual(printed(live.trace))
    expect(again.run.kernel.nowUs).toBe(Math.floor(live.run.kernel.nowUs / 10))
  })
})

describe("names of keys", () => {
  const inputs = { ...inputsOf("vibe", "talk.vibe", 'print(env("OPENAI_API_KEY"))'), keyNames: ["OPENAI_API_KEY", "GROQ_API_KEY"] }
  const cassette = sessionCassette(inputs, [], [], "")
  it("are kept where the program writes them, and no others", () => {
    expect(cassette.options.keyNames).toEqual(["OPENAI_API_KEY"])
  })
  it("come again for a reader who has no such key, or others", () => {
    expect(replayInputs({ ...inputs, keyNames: [] }, cassette).keyNames).toEqual(["OPENAI_API_KEY"])
    expect(replayInputs({ ...inputs, keyNames: ["GROQ_API_KEY"] }, cassette).keyNames).toEqual(["OPENAI_API_KEY"])
  })
  it("are the reader's own where the recording is from before they were kept", () => {
    const { keyNames: _, ...options } = cassette.options
    expect(replayInputs({ ...inputs, keyNames: ["GROQ_API_KEY"] }, { ...cassette, options }).keyNames).toEqual(["GROQ_API_KEY"])
  })
})

describe("input", () => {
  it("that was typed while the run waited comes again as it came, and ends where it ended", () => {
    const main: Body = function* (host) {
      const { kernel } = host
      kernel.spawn(
        "other",
        coroutine(function* () {
          kernel.print("other\n", -1)
          yield kernel.sleep(50, -1)
          kernel.print("later\n", -1)
        }),
        -1,
      )
      for (;;) {
        let line = host.readLine(-1)
        if (line === SUSPENDED) line = (yield SUSPENDED) as string | null
        if (line === null) break
        kernel.print(`${line as string}\n`, -1)
      }
      yield kernel.sleep(100, -1)
    }
    const inputs = { ...INPUTS, inputLines: ["given"], inputOpen: true }
    const { run } = begin(inputs, main, { ask: () => {} })
    for (const line of ["typed", "typed too", null]) {
      expect(run.advance()).toBe("input")
      run.input(line)
    }
    expect(run.advance()).toBe("ended")
    const trace = traceOf(run)
    const typedLines = typedLinesIn(trace, inputs)
    expect(typedLines).toEqual(["typed", "typed too"])
    const again = begin({ ...inputs, typedLines, inputOpen: false }, main, { ask: () => {} }).run
    expect(again.advance()).toBe("ended")
    expect(Buffer.from(writeTrace(traceOf(again))).equals(Buffer.from(writeTrace(trace)))).toBe(true)
  })
})

describe("after an edit", () => {
  const ask = (prompt: string): Step => ({ do: "ask", prompt, retries: 0 })
  const ok = [100, 2, 3, 200, 0, 300, 0, 5, 7]

  it("only the calls whose request changed are asked again", () => {
    const live = runLive(sideBySide([[ask("a")], [ask("b")]]), ok)
    const { calls } = cassetteOf(live.recorder)
    const edited = replay(sideBySide([[ask("a")], [ask("z")], [ask("b")]]), calls, { model: { ...INPUTS.model, live: true } })
    expect(edited.state).toBe("wait")
    expect(edited.asked).toEqual(["z"])
    expect(edited.recorder.inOrder().map((attempt) => attempt.fresh)).toEqual([false, false])
  })

  it("failures and calls that were left are asked again too", () => {
    const failed: RecordedCall = {
      request: requestOf("vibe", "a"),
      by: null,
      chunks: [],
      tools: [],
      end: { kind: "failed", afterUs: 5, status: 401, message: "wrong key", retryAfterMs: -1 },
    }
    const left: RecordedCall = { ...failed, request: requestOf("vibe", "b"), end: { kind: "left", afterUs: 7 } }
    const edited = replay(sideBySide([[ask("a")], [ask("b")]]), [failed, left], { model: { ...INPUTS.model, live: true } })
    expect(edited.asked).toEqual(["a", "b"])
  })

  it("a new recording of replayed and fresh calls replays exactly", () => {
    const first = runLive(sideBySide([[ask("a")], [ask("b")]]), ok)
    const main = sideBySide([[ask("a"), ask("c")], [ask("b")]])
    const cassette = { program: recordedProgramOf(INPUTS), calls: cassetteOf(first.recorder).calls, squeeze: 1 }
    const mixed = runLive(main, ok, { ...INPUTS, cassette, model: { ...INPUTS.model, live: true } })
    expect(mixed.recorder.inOrder().map((attempt) => attempt.fresh)).toEqual([false, false, true])
    const again = replay(main, written(cassetteOf(mixed.recorder)).calls)
    expect(Buffer.from(writeTrace(again.trace)).equals(Buffer.from(writeTrace(mixed.trace)))).toBe(true)
  })
})

describe("a miss", () => {
  const ask = (prompt: string): Step => ({ do: "ask", prompt, retries: 0 })
  const notices = (trace: Trace) => [...trace.events()].filter((e) => e.kind === Kind.Notice).map((e) => trace.text(e.a))
  const recording = (...asked: string[]) => cassetteOf(runLive(sideBySide(asked.map((prompt) => [ask(prompt)])), [50, 2, 3]).recorder).calls

  it("names the nearest request and the difference", () => {
    const calls = recording("Translate to French: hello", "Summarise the sea")
    const { trace } = replay(sideBySide([[ask("Translate to German: hello")]]), calls)
    expect(notices(trace)).toEqual([
      "the recording holds no answer to this request. The nearest one differs in the prompt: recorded “Translate to French: hello”, asked “Translate to German: hello”.",
    ])
  })

  it("says so when an answer was asked for once too often", () => {
    const { trace } = replay(sideBySide([[ask("a")], [ask("a")]]), recording("a"))
    expect(notices(trace)).toEqual(["the recording holds one answer to this request, and this run asks once more (call 2)"])
  })

  it("says when the recording belongs to another program", () => {
    const cassette = { program: { language: "vibe", path: "other.vibe", mark: "0000000000000000" }, calls: recording("a"), squeeze: 1 }
    const { run } = begin({ ...INPUTS, cassette }, sideBySide([[ask("z")]]), { ask: () => {} })
    run.advance()
    expect(notices(traceOf(run)).join()).toContain("It was made with another program (other.vibe).")
  })
})

describe("a live run", () => {
  it("keeps what had come when it is stopped", () => {
    const { run, recorder, cancelled } = begin(
      { ...INPUTS, model: { ...INPUTS.model, live: true } },
      sideBySide([[{ do: "ask", prompt: "a", retries: 0 }]]),
      { ask: () => {} },
    )
    run.advance()
    run.tell(0, 500, { kind: "text", text: "half an ans" })
    run.advance()
    run.stop("stopped: the budget of this run would have been passed")
    expect(cancelled).toEqual([0])
    expect(cassetteOf(recorder).calls).toMatchObject([
      { chunks: [{ afterUs: 500, text: "half an ans" }], end: { kind: "left", afterUs: 500 } },
    ])
    const trace = traceOf(run)
    expect(trace.strings).toContain("stopped: the budget of this run would have been passed")
  })

  it("ignores news of calls that are over or were never asked", () => {
    const main = sideBySide([
      [
        { do: "ask", prompt: "a", retries: 0 },
        { do: "sleep", us: 1000 },
      ],
    ])
    const { run } = begin({ ...INPUTS, model: { ...INPUTS.model, live: true } }, main, { ask: () => {} })
    run.advance({ untilUs: 0, expired: () => false })
    run.tell(0, 10, { kind: "end", usage: { tokensIn: 1, tokensOut: 1, estimated: false }, finish: "stop" })
    run.tell(0, 20, { kind: "text", text: "late" })
    run.tell(77, 20, { kind: "text", text: "forged" })
    expect(run.advance()).toBe("ended")
    expect(run.kernel.nowUs).toBe(1010)
  })
})
