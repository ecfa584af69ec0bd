// Model calls in virtual time: the script's rules, streams, failures, limits; that a call's bar depends on nothing but
// seed, request and how many equal requests came before.
import { describe, expect, it } from "vitest"
import type { Limits } from "../kernel/limits.ts"
import { type Coroutine, type Signal, SUSPENDED } from "../kernel/task.ts"
import { testKernel } from "../kernel/testing.ts"
import { Kind } from "../trace/event.ts"
import { foldOf } from "../trace/fold.ts"
import { Recorder } from "../trace/recorder.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { type Answerer, Calls } from "./calls.ts"
import { type AnswerPlan, evenChunks } from "./plan.ts"
import { type Attempt, requestOf } from "./request.ts"
import { respond } from "./responder/index.ts"
import { type ModelDials, type ModelRule, PLAIN_DIALS } from "./script.ts"
import { SimulatedModel } from "./simulated.ts"

const model = (rules: readonly ModelRule[], dials: Partial<ModelDials> = {}, seed = 1) =>
  new SimulatedModel({ rules, otherwise: "error", dials: { ...PLAIN_DIALS, ...dials }, seed, responder: () => respond })

const ask = (prompt: string) => requestOf("vibe", prompt)
/** The plan for a request whose answer needs nothing to be loaded. */
const planned = (answerer: SimulatedModel, prompt: string, atUs = 0) => answerer.answer(ask(prompt), atUs) as AnswerPlan

/** Plays calls of one task after another request and gives the attempts with the times at which they landed. */
function play(answerer: Answerer, prompts: readonly string[], limits: Partial<Limits> = {}) {
  const recorder = new Recorder()
  const kernel = testKernel(recorder, { limits })
  const calls = new Calls(kernel, answerer, { ask() {}, cancel() {} })
  const landed: { prompt: string; ms: number; attempt: Attempt }[] = []
  const body = (make: () => Generator<unknown, unknown, unknown>): Coroutine => {
    const generator = make()
    return {
      result: undefined,
      resume(value): Signal {
        let next = generator.next(value)
        while (!next.done && next.value !== SUSPENDED) next = generator.next(next.value)
        return next.done ? "done" : "suspended"
      },
    }
  }
  kernel.start(
    "main",
    body(function* () {
      for (const prompt of prompts) {
        kernel.spawn(
          prompt,
          body(function* () {
            const call = calls.open(ask(prompt), -1)
            const attempt = (yield kernel.wait(calls.send(call), "call", call, -1)) as Attempt
            calls.close(call, "")
            landed.push({ prompt, ms: kernel.nowUs / 1000, attempt })
          }),
          -1,
        )
      }
      yield kernel.sleep(3_600_000_000, -1)
    }),
  )
  kernel.run()
  const trace = new Trace()
  for (const chunk of recorder.flush()) trace.append(chunk)
  return { landed, trace, outcome: kernel.outcome }
}

describe("rules", () => {
  it("are tried in order, and match a part of the prompt", () => {
    const { landed } = play(model([{ match: "sea", reply: "blue" }, { reply: "other" }]), ["the sea", "the sky"])
    expect(landed.map(({ attempt }) => attempt.ok && attempt.reply.text)).toEqual(["blue", "other"])
  })

  it("give their replies one after the other, the last for ever, and fail as often as they say first", () => {
    const answerer = model([{ replies: ["x", "7"], error: { status: 429, times: 1 } }])
    const shown = [1, 2, 3, 4].map(() => {
      const plan = planned(answerer, "q")
      return plan.attempt.ok ? plan.attempt.reply.text : plan.attempt.failure.status
    })
    expect(shown).toEqual([429, "x", "7", "7"])
  })

  it("that do not match are an error naming the prompt, where nobody else answers", () => {
    const { landed } = play(model([{ match: "a" }]), ["zzz"])
    expect(landed[0]?.attempt).toMatchObject({ ok: false, failure: { status: 400, message: expect.stringContaining('"zzz"') } })
  })
})

describe("streams", () => {
  it("bring the first token after 40 % of the latency and the last at its end, in whole microseconds", () => {
    const chunks = evenChunks("abcdefgh", 4, 40_000, 100_001)
    expect(chunks).toEqual([
      { afterUs: 40_000, units: 2 },
      { afterUs: 60_000, units: 4 },
      { afterUs: 80_000, units: 6 },
      { afterUs: 100_001, units: 8 },
    ])
  })

  it("never cut a character in two", () => {
    const text = "😀😀😀"
    for (const { units } of evenChunks(text, 6, 0, 100))
      expect([...text.slice(0, units)].every((character) => character === "😀")).toBe(true)
  })

  it("are in the trace, from the request to the last token", () => {
    const { trace } = play(model([{ reply: "a reply of some length", latencyMs: 200 }]), ["q"])
    const times = (kind: number) => [...trace.events()].filter((event) => event.kind === kind).map((event) => event.atUs / 1000)
    expect(times(Kind.CallSent)).toEqual([0])
    expect(times(Kind.CallFirstToken)).toEqual([80])
    expect(times(Kind.CallReply)).toEqual([200])
    expect(times(Kind.CallChunk).at(0)).toBe(80)
    expect(times(Kind.CallChunk).at(-1)).toBe(200)
  })

  it("that end together are handled in the order of their requests", () => {
    const rules = [
      { match: "short", reply: "x", latencyMs: 300 },
      { match: "long", reply: "word ".repeat(80), latencyMs: 300 },
    ]
    expect(play(model(rules), ["long", "short"]).landed.map(({ prompt }) => prompt)).toEqual(["long", "short"])
    expect(play(model(rules), ["short", "long"]).landed.map(({ prompt }) => prompt)).toEqual(["short", "long"])
  })
})

describe("how a reply ended", () => {
  const finishes = (answerer: SimulatedModel) => {
    const { trace } = play(answerer, ["q"])
    return [foldOf(trace).lanes[1]?.calls[0]?.attempt?.finish, [...trace.events()].filter(({ kind }) => kind === Kind.CallFinish).length]
  }

  it("is in the trace where it was cut off at the token limit or refused, and leaves no mark where it simply ended", () => {
    expect(finishes(model([{ reply: "as far as", finish: "length" }]))).toEqual(["length", 1])
    expect(finishes(model([{ reply: "no", finish: "refused" }]))).toEqual(["refused", 1])
    expect(finishes(model([{ reply: "yes" }], { refusalShare: 1 }))).toEqual(["refused", 1])
    expect(finishes(model([{ reply: "yes" }]))).toEqual(["stop", 0])
  })
})

describe("figures", () => {
  it("count calls, the most in flight, and tokens as ceil(bytes / 4) where the rule says nothing", () => {
    const totals = totalsOf(play(model([{ reply: "12345" }]), ["a", "bb", "ccccc"]).trace)
    expect({ calls: totals.calls, maxInFlight: totals.maxInFlight, in: totals.tokensIn, out: totals.tokensOut }).toEqual({
      calls: 3,
      maxInFlight: 3,
      in: 4,
      out: 6,
    })
    expect(totals.tokensEstimated).toBe(true)
  })
})

describe("limits of a run", () => {
  const prompts = ["one", "two", "three"]

  it("end it with a sentence at the call that is one too many, whatever went before stays", () => {
    const { trace, outcome } = play(model([{}]), prompts, { calls: 2 })
    expect(outcome).toMatchObject({ name: "limit", message: expect.stringContaining("stopped at 2 model calls") })
    expect(totalsOf(trace).calls).toBe(2)
    expect(play(model([{}]), prompts, { calls: 3 }).landed).toHaveLength(3)
  })

  it("count the characters of all requests, which the trace keeps", () => {
    const long = "x".repeat(1000)
    const { outcome } = play(model([{}]), [long, long, long], { requestUnits: 3000 })
    expect(outcome).toMatchObject({ name: "limit", message: expect.stringContaining("stopped after 3\u202f000 characters sent to models") })
  })
})

describe("dials", () => {
  const jittery = { jitter: 0.5, latencyMs: 1000 }
  const endOf = (prompts: string[], wanted: string, seed = 1) => {
    const answerer = model([{ reply: "ok" }], jittery, seed)
    let end = 0
    for (const prompt of prompts) {
      const plan = planned(answerer, prompt)
      if (prompt === wanted) end = plan.endUs
    }
    return end
  }

  it("draw a call's latency from nothing but seed, request and its number among equals", () => {
    expect(endOf(["a", "b"], "b")).toBe(endOf(["b", "a", "c"], "b"))
    expect(endOf(["b", "b"], "b")).not.toBe(endOf(["b"], "b"))
    expect(endOf(["b"], "b")).not.toBe(endOf(["b"], "b", 2))
  })

  it("refuse what is over the requests a minute, with the time to wait", () => {
    const answerer = model([{ reply: "ok" }], { requestsPerMinute: 2 })
    const status = (atUs: number) => {
      const { attempt } = planned(answerer, "q", atUs)
      return attempt.ok ? 200 : [attempt.failure.status, attempt.failure.retryAfterMs]
    }
    expect([status(0), status(1_000_000), status(2_000_000), status(60_000_001)]).toEqual([200, 200, [429, 58_000], 200])
  })

  it("cut streams half-way and keep what had come", () => {
    const { attempt, chunks } = planned(model([{ reply: "one two three four" }], { cutShare: 1 }), "q")
    expect(attempt).toMatchObject({ ok: false, failure: { status: 0, partial: "one two" } })
    expect(chunks.length).toBeGreaterThan(0)
  })
})
