// One trace that shows every form of the timeline's grammar, a row or two for each: the legend of the manual, the subject of
// the screenshots, and what the drawing is looked at with. Written by hand, not by a program: some of its forms come from
// different languages, and some (a slow last attempt, a cancelled twin) would take a program longer than its legend.
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import type { AnswerSource } from "../../interpreter/trace/event.ts"
import type { AnsweredCall } from "../../interpreter/trace/money.ts"
import type { Spans } from "../../interpreter/trace/spans.ts"
import type { Trace } from "../../interpreter/trace/trace.ts"

const MS = 1000

/** Things to happen at times, in any order; recorded in order. */
class Plan {
  private readonly deeds: { readonly us: number; readonly order: number; readonly deed: () => void }[] = []
  constructor(private readonly b: TraceBuilder) {}

  at(ms: number, deed: () => void): void {
    this.deeds.push({ us: Math.round(ms * MS), order: this.deeds.length, deed })
  }

  /** A model call of a task, from `ms` on; `queuedMs` before it is sent; `then` when its answer is there. */
  call(
    task: number,
    ms: number,
    durationMs: number,
    prompt: string,
    reply: string,
    tokens: number,
    then: () => void,
    queuedMs = 0,
    source: AnswerSource = "simulated",
  ): void {
    const { b } = this
    let call = -1
    const sent = () => {
      b.source = source
      b.sent(task, call)
      b.source = "simulated"
      return b
    }
    this.at(ms, () => {
      call = b.queued(task, prompt)
      if (queuedMs > 0) b.suspend(task, "gate", 900)
      else sent().suspend(task, "call", call)
    })
    const sentMs = ms + queuedMs
    if (queuedMs > 0)
      this.at(sentMs, () => {
        b.wake(task)
        sent().suspend(task, "call", call)
      })
    this.stream(task, () => call, sentMs, durationMs, reply, tokens)
    this.at(sentMs + durationMs, () => {
      b.replied(task, call, reply, 24, tokens).wake(task).closed(task, call, reply)
      then()
    })
  }

  /** First token after 40 %, the rest evenly. */
  stream(task: number, call: () => number, sentMs: number, durationMs: number, reply: string, tokens: number): void {
    const firstMs = sentMs + durationMs * 0.4
    this.at(firstMs, () => this.b.firstToken(task, call()))
    const count = Math.min(tokens, 60)
    for (let i = 1; i <= count; i++) {
      this.at(firstMs + (durationMs * 0.6 * (i - 1)) / count, () => this.b.chunk(task, call(), Math.floor((reply.length * i) / count)))
    }
  }

  write(): void {
    this.deeds.sort((x, y) => x.us - y.us || x.order - y.order)
    for (const { us, deed } of this.deeds) {
      this.b.at(us)
      deed()
    }
  }
}

const REPLY = "A fiber is a thread of control that a program starts, waits for, and shares nothing with unless it says so. ".repeat(3)

const TASKS = [
  ["answer", "answer"],
  ["queued", "queued at a limit"],
  ["retried", "retried after 429"],
  ["tools", "uses a tool"],
  ["failing", "gives up"],
  ["corrected", "asked again"],
  ["timer", "timer"],
  ["sender", "sends"],
  ["receiver", "receives"],
  ["cancelled", "cancelled"],
  ["unread", "result never read"],
  ["detached", "fire and forget"],
  ["ready", "could run"],
  ["parent", "has children"],
  ["fresh", "asked now"],
  ["replayed", "from a recording"],
] as const

export function galleryTrace(): Trace {
  const b = new TraceBuilder()
  const plan = new Plan(b)
  const main = b.run(-1, "main")
  let joined = 0
  const names: Record<string, number> = {}
  const done = (task: number, text = '"…"') => {
    b.end(task, "ok", text)
    joined++
    b.collected(main, task)
  }

  for (const [key, name] of TASKS) names[key] = b.run(main, name)
  b.suspend(main, "await", names["answer"] as number, -1, "answer")
  const task = (name: string) => names[name] as number

  plan.call(task("answer"), 0, 900, "What is a fiber?", REPLY, 84, () => {
    done(task("answer"))
    b.ready(main, task("answer")).resume(main).suspend(main, "await", task("retried"), -1, "all")
  })
  plan.call(task("queued"), 0, 700, "What is a semaphore?", REPLY, 60, () => done(task("queued")), 900)
  // One attempt fails, the next one answers.
  let retried = -1
  plan.at(0, () => {
    retried = b.queued(task("retried"), "What is back-off?")
    b.sent(task("retried"), retried, 1).suspend(task("retried"), "call", retried)
  })
  plan.at(250, () => {
    b.failed(task("retried"), retried, 429, "rate limit reached").wake(task("retried")).retry(task("retried"), retried, "429")
    b.suspend(task("retried"), "backoff")
  })
  plan.at(950, () => b.wake(task("retried")).sent(task("retried"), retried, 2).suspend(task("retried"), "call", retried))
  plan.stream(task("retried"), () => retried, 950, 900, REPLY, 72)
  plan.at(1850, () => {
    b.replied(task("retried"), retried, REPLY, 24, 72).wake(task("retried")).closed(task("retried"), retried, REPLY)
    done(task("retried"))
    b.ready(main, task("retried")).resume(main).print(main, "both answered\n").suspend(main, "await", task("parent"), -1, "has children")
  })
  // A round of tools inside one call.
  let tools = -1
  plan.at(0, () => {
    tools = b.queued(task("tools"), "How warm is it in Oslo?")
    b.sent(task("tools"), tools).suspend(task("tools"), "call", tools)
  })
  plan.at(400, () => {
    b.tool(task("tools"), tools, "weather", { city: "Oslo" }).replied(task("tools"), tools, "", 30, 12)
    b.wake(task("tools")).suspend(task("tools"), "sleep")
  })
  plan.at(700, () => {
    b.wake(task("tools")).toolResult(task("tools"), tools, "weather", "4 degrees").sent(task("tools"), tools, 2)
    b.suspend(task("tools"), "call", tools)
  })
  plan.stream(task("tools"), () => tools, 700, 600, "It is four degrees in Oslo.", 18)
  plan.at(1300, () => {
    b.replied(task("tools"), tools, "It is four degrees in Oslo.", 50, 18)
      .wake(task("tools"))
      .closed(task("tools"), tools, "It is four degrees in Oslo.")
    done(task("tools"))
  })
  // Fails for good.
  let failing = -1
  plan.at(0, () => {
    failing = b.queued(task("failing"), "Who is there?")
    b.sent(task("failing"), failing).suspend(task("failing"), "call", failing)
  })
  plan.at(500, () => {
    b.failed(task("failing"), failing, 503, "overloaded").wake(task("failing")).gaveUp(task("failing"), failing, "overloaded")
    b.fault(task("failing"), "ModelError", "overloaded").end(task("failing"), "failed", "overloaded")
    b.collected(main, task("failing"))
  })
  // The answer was no number: the same call asks again at once.
  let corrected = -1
  plan.at(0, () => {
    corrected = b.queued(task("corrected"), "How many people live in Lima?")
    b.sent(task("corrected"), corrected).suspend(task("corrected"), "call", corrected)
  })
  plan.stream(task("corrected"), () => corrected, 0, 600, "That is hard to say.", 6)
  plan.at(600, () => {
    b.replied(task("corrected"), corrected, "That is hard to say.", 20, 6).wake(task("corrected"))
    b.retry(task("corrected"), corrected, "not a number").sent(task("corrected"), corrected, 2)
    b.suspend(task("corrected"), "call", corrected)
  })
  plan.stream(task("corrected"), () => corrected, 600, 500, "10092000", 3)
  plan.at(1100, () => {
    b.replied(task("corrected"), corrected, "10092000", 34, 3).wake(task("corrected")).closed(task("corrected"), corrected, "10092000")
    done(task("corrected"), "10092000")
  })
  // It could run for a while before it does: a limit of tasks holds it back.
  plan.at(0, () => b.suspend(task("ready"), "sleep"))
  plan.at(400, () => b.ready(task("ready")))
  plan.at(1000, () => b.resume(task("ready")).suspend(task("ready"), "sleep"))
  plan.at(1200, () => {
    b.wake(task("ready"))
    done(task("ready"), "")
  })
  // Timers and channels.
  plan.at(0, () => b.suspend(task("timer"), "sleep"))
  plan.at(1100, () => {
    b.wake(task("timer"))
    done(task("timer"), "")
  })
  let channel = -1
  plan.at(0, () => {
    channel = b.channel(task("sender"), "jobs")
    b.suspend(task("receiver"), "receive", channel).suspend(task("sender"), "sleep")
  })
  for (const [i, ms] of [350, 800, 1250].entries()) {
    plan.at(ms, () => {
      b.wake(task("sender"))
        .send(task("sender"), channel, `job ${i + 1}`)
        .receive(task("receiver"), channel, `job ${i + 1}`)
      b.ready(task("receiver"), task("sender"))
      if (i < 2) b.suspend(task("sender"), "sleep").resume(task("receiver")).suspend(task("receiver"), "receive", channel)
      else {
        b.closeChannel(task("sender"), channel)
        done(task("sender"), "3")
        b.resume(task("receiver"))
        done(task("receiver"), "3")
      }
    })
  }
  // Cancelled in the middle of an answer.
  let cut = -1
  plan.at(0, () => {
    cut = b.queued(task("cancelled"), "Tell a long story.")
    b.sent(task("cancelled"), cut).suspend(task("cancelled"), "call", cut)
  })
  plan.at(360, () => b.firstToken(task("cancelled"), cut).chunk(task("cancelled"), cut, 20))
  plan.at(650, () =>
    b.chunk(task("cancelled"), cut, 80).ready(task("cancelled")).resume(task("cancelled")).end(task("cancelled"), "cancelled"),
  )
  // Real models, now and when it was recorded.
  for (const name of ["fresh", "replayed"]) plan.call(task(name), 0, 800, "What is a task?", REPLY, 48, () => done(task(name)), 0, "live")
  // Nobody reads what it returns.
  plan.call(task("unread"), 0, 600, "A number, please.", "42", 1, () => b.end(task("unread"), "ok", "42"))
  // Children, and one that nobody waits for and that lives on.
  plan.at(0, () => {
    const parent = task("parent")
    const first = b.run(parent, "child")
    const second = b.run(parent, "child")
    names["first"] = first
    names["second"] = second
    b.suspend(first, "sleep").suspend(second, "sleep").suspend(parent, "await", first, -1, "child")
    names["log"] = b.run(parent, "log")
    b.suspend(task("log"), "sleep")
  })
  plan.at(0, () => b.suspend(task("detached"), "sleep"))
  plan.at(1500, () => b.wake(task("detached")).end(task("detached"), "ok", ""))
  plan.at(900, () => {
    b.wake(task("first")).end(task("first"), "ok", "1").ready(task("parent"), task("first")).resume(task("parent"))
    b.suspend(task("parent"), "await", task("second"), -1, "child #2")
  })
  plan.at(1950, () => {
    b.wake(task("second"))
      .end(task("second"), "ok", "2")
      .ready(task("parent"), task("second"))
      .resume(task("parent"))
      .end(task("parent"), "ok", "3")
    b.ready(main, task("parent")).resume(main).notice(main, "2 tasks were never awaited").suspend(main, "sleep")
  })
  plan.at(2300, () => {
    b.wake(main).print(main, `done, ${joined} joined\n`).end(main, "ok", "")
    b.end(task("log"), "abandoned").endRun()
  })
  plan.write()
  return b.trace()
}

export interface Form {
  readonly lane: string
  readonly fromMs: number
  readonly toMs: number
  readonly words: string
}

const ORIGINS: readonly { readonly lane: string; readonly fresh: boolean }[] = [
  { lane: "asked now", fresh: true },
  { lane: "from a recording", fresh: false },
]

/** Who answered the calls of the gallery that real models answered. */
export function galleryAnswers({ lanes }: Spans): ReadonlyMap<number, AnsweredCall> {
  const cost = { usd: 0.001, estimated: false, unpriced: 0 }
  return new Map(
    ORIGINS.flatMap(({ lane, fresh }) =>
      lanes.filter(({ label }) => label === lane).flatMap(({ calls }) => calls.map(({ id }) => [id, { fresh, cost }] as const)),
    ),
  )
}

/** Which stretch of which lane of the gallery shows a form, and what it means. */
export const FORMS: readonly Form[] = [
  { lane: "answer", fromMs: 0, toMs: 340, words: "A model call waits for its first token." },
  { lane: "answer", fromMs: 500, toMs: 890, words: "Tokens arrive; each tick is a piece of the answer." },
  { lane: "queued at a limit", fromMs: 500, toMs: 960, words: "A call is queued: as many are in flight as may be." },
  { lane: "retried after 429", fromMs: 100, toMs: 700, words: "A try failed; the task backs off before the next one." },
  { lane: "asked now", fromMs: -20, toMs: 300, words: "A real model was asked now." },
  { lane: "from a recording", fromMs: -20, toMs: 300, words: "The answer of a real model, from a recording." },
  { lane: "uses a tool", fromMs: 330, toMs: 760, words: "The model asked for a tool, and the tool runs." },
  { lane: "asked again", fromMs: 380, toMs: 840, words: "The answer had the wrong type: the same call asks again." },
  { lane: "could run", fromMs: 300, toMs: 1060, words: "The task could run, and another one runs." },
  { lane: "timer", fromMs: 500, toMs: 1090, words: "A timer, or other waiting for the world." },
  { lane: "receives", fromMs: 360, toMs: 790, words: "Waits for another task or a channel, and says for which." },
  {
    lane: "sends",
    fromMs: 700,
    toMs: 900,
    words: "The task runs: computing takes no time, so it is a mark. Squares are values through a channel.",
  },
  { lane: "answer", fromMs: 820, toMs: 960, words: "Done." },
  { lane: "result never read", fromMs: 520, toMs: 660, words: "Done, and nobody read the result." },
  { lane: "gives up", fromMs: 400, toMs: 560, words: "Failed." },
  { lane: "cancelled", fromMs: 560, toMs: 710, words: "Cancelled." },
  { lane: "fire and forget", fromMs: 1300, toMs: 1600, words: "Nobody waits for this task." },
  { lane: "log", fromMs: 1800, toMs: 2250, words: "It lives on after the task that started it." },
]
