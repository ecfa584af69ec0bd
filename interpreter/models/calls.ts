// A run's door to models. A language's runtime opens a call (one operation as the program sees it), sends it once or more
// (attempts: retries, rounds of tools, corrections), and closes it; limits in flight and back-off are the language's.
// Every step is in the trace, told to the task that opened the call.

import { Future } from "../kernel/future.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { LimitReached } from "../kernel/limits.ts"
import type { Task } from "../kernel/task.ts"
import type { Timer } from "../kernel/timers.ts"
import { ANSWER_SOURCES, FINISHES, Kind } from "../trace/event.ts"
import type { AttemptEnd, RecordedAttempt, RecordedCall } from "./cassette.ts"
import type { AnswerPlan, LaterPlan, Responder } from "./plan.ts"
import type { Attempt, LiveEvent, ModelRequest, Usage } from "./request.ts"

/**
 * Who answers: at once with a plan for virtual time, with one that waits for the responder to be loaded, or "outside", where
 * news arrives through `Calls.live…`.
 */
export interface Answerer {
  answer(request: ModelRequest, nowUs: number): AnswerPlan | LaterPlan | "outside"
}

/** Where calls go that are answered outside: the page, or the command line's provider. */
export interface Outside {
  /** `atUs`: the virtual time at which the attempt left; stamps of its news count from there. */
  ask(call: number, request: ModelRequest, atUs: number): void
  cancel(call: number): void
  /** An attempt that a real model answered, now or in a recording, is over: what a cassette keeps of it. */
  recorded?(attempt: RecordedAttempt): void
  /** The place of the next attempt among all of the run, where several programs are one run; else they are counted here. */
  nextOrder?(): number
}

interface OpenCall {
  readonly id: number
  readonly task: Task | null
  readonly site: number
  request: ModelRequest
  attempts: number
  /** The attempt in flight. */
  flight: {
    future: Future<Attempt>
    timers: Timer[]
    finish: (() => void) | null
    text: string
    tools: { name: string; args: unknown }[]
    readonly sentUs: number
    /** Which attempt of the run this is, from 0: the order of a cassette. */
    readonly order: number
    /** The stream of a live answer so far; null where the answer is not live. */
    chunks: { afterUs: number; text: string }[] | null
    /** What a cassette answered with; null elsewhere. */
    replayed: RecordedCall | null
  } | null
}

/** Canonical JSON of a request: keys in the order of `requestOf`, equal for equal requests. */
export function canonicalRequest(request: ModelRequest): string {
  return JSON.stringify(request)
}

export class Calls {
  /** Attempts sent so far. */
  sent = 0
  private opened = 0
  /** Characters of all requests so far. */
  private requestUnits = 0
  private readonly open_ = new Map<number, OpenCall>()
  /** Attempts whose plan waits for the responder, with their places among the timers. */
  private undecided: { call: OpenCall; flight: OpenCall["flight"]; later: LaterPlan["later"]; orders: readonly number[] }[] = []

  constructor(
    private readonly kernel: Kernel,
    private readonly answerer: Answerer,
    private readonly outside: Outside,
  ) {}

  /** A new call of the running task; recorded as queued until its first attempt is sent. */
  open(request: ModelRequest, site: number): number {
    const most = this.kernel.limits.calls
    if (++this.opened > most) throw new LimitReached("calls", most, site)
    const text = this.requestText(request, site)
    const id = this.kernel.newId()
    this.open_.set(id, { id, task: this.kernel.current, site, request, attempts: 0, flight: null })
    this.kernel.record(Kind.CallQueued, site, id, text)
    return id
  }

  /** Sends an attempt, of another request than the last one if given. The future never fails: failures are attempts. */
  send(id: number, request?: ModelRequest): Future<Attempt> {
    const call = this.callOf(id)
    if (call.flight) throw new RangeError("an attempt of this call is in flight")
    if (request && request !== call.request) {
      const text = this.requestText(request, call.site)
      call.request = request
      this.record(call, Kind.CallRequest, text)
    }
    call.attempts++
    this.sent++
    this.record(call, Kind.CallSent, call.attempts)
    const future = new Future<Attempt>()
    const flight: NonNullable<OpenCall["flight"]> = {
      future,
      timers: [],
      finish: null,
      text: "",
      tools: [],
      sentUs: this.kernel.nowUs,
      order: this.outside.nextOrder?.() ?? this.sent - 1,
      chunks: null,
      replayed: null,
    }
    call.flight = flight
    const plan = this.answerer.answer(call.request, this.kernel.nowUs)
    if (plan === "outside") {
      this.record(call, Kind.CallSource, ANSWER_SOURCES.indexOf("live"))
      flight.finish = this.kernel.openOperation()
      flight.chunks = []
      this.outside.ask(id, call.request, this.kernel.nowUs)
    } else {
      this.record(call, Kind.CallSource, ANSWER_SOURCES.indexOf(plan.source))
      if ("later" in plan) {
        const orders = [this.kernel.reserveTimer(), this.kernel.reserveTimer(), this.kernel.reserveTimer()]
        this.undecided.push({ call, flight, later: plan.later, orders })
        // No time passes before the responder is there, so that nobody can tell when it was loaded.
        this.kernel.wantDrain()
      } else {
        flight.replayed = plan.recorded ?? null
        this.play(call, plan)
      }
    }
    return future
  }

  /** The attempt was not good enough; another follows. */
  retry(id: number, reason: string): void {
    this.record(this.callOf(id), Kind.CallRetry, this.kernel.text(reason))
  }

  /** A tool the model asked for has run. */
  toolResult(id: number, name: string, result: { text: string; failed: boolean }): void {
    const note = result.failed ? { name, error: result.text } : { name, result: result.text }
    this.record(this.callOf(id), Kind.CallToolResult, this.kernel.text(JSON.stringify(note)))
  }

  /** The call is over; `shown` is the value it became, as the language prints it. */
  close(id: number, shown: string): void {
    this.record(this.callOf(id), Kind.CallEnd, this.kernel.text(shown))
    this.open_.delete(id)
  }

  /** The call is over without a value. */
  giveUp(id: number, message: string): void {
    this.record(this.callOf(id), Kind.CallGivenUp, this.kernel.text(message))
    this.open_.delete(id)
  }

  /** Leaves the attempt in flight, if there is one: its answer is not wanted any more. */
  abort(id: number): void {
    const call = this.open_.get(id)
    const flight = call?.flight
    if (!call || !flight) return
    call.flight = null
    for (const timer of flight.timers) this.kernel.cancelTimer(timer)
    this.tellRecorded(call, flight, { kind: "left", afterUs: this.kernel.nowUs - flight.sentUs })
    if (flight.finish) {
      flight.finish()
      this.outside.cancel(id)
    }
  }

  /** Leaves all attempts in flight (the run is over or stopped). */
  abortAll(): void {
    for (const id of [...this.open_.keys()]) this.abort(id)
  }

  /** Attempts wait for the responder: `decide` is to be called before time passes. */
  get wantsResponder(): boolean {
    return this.undecided.length > 0
  }

  /** The responder is there: attempts that waited for it go as if it had been there when they were sent. */
  decide(respond: Responder): void {
    const waiting = this.undecided
    this.undecided = []
    for (const { call, flight, later, orders } of waiting) if (call.flight === flight) this.play(call, later(respond), orders)
  }

  // ---- answered in virtual time ---------------------------------------------------------------------------------------

  /** `orders`: places among the timers of an instant that were reserved for the end, the first token and the first piece. */
  private play(call: OpenCall, plan: AnswerPlan, orders: readonly number[] = []): void {
    const flight = call.flight as NonNullable<OpenCall["flight"]>
    // The end is set first: of timers of one instant the one set first fires first, and answers that come together are
    // handled in the order of their requests.
    flight.timers.push(this.kernel.after(plan.endUs, () => this.landed(call, plan.attempt, plan), orders[0]))
    if (plan.firstTokenUs !== null && plan.firstTokenUs < plan.endUs) {
      flight.timers.push(this.kernel.after(plan.firstTokenUs, () => this.record(call, Kind.CallFirstToken, 0), orders[1]))
    }
    this.playChunk(call, plan, 0, this.kernel.nowUs, orders[2])
  }

  private playChunk(call: OpenCall, plan: AnswerPlan, next: number, sentUs: number, order?: number): void {
    const chunk = plan.chunks[next]
    if (!chunk || chunk.afterUs >= plan.endUs) return
    const timer = this.kernel.after(
      sentUs + chunk.afterUs - this.kernel.nowUs,
      () => {
        this.record(call, Kind.CallChunk, chunk.units)
        this.playChunk(call, plan, next + 1, sentUs)
      },
      order,
    )
    const flight = call.flight
    if (flight) flight.timers[2] = timer
  }

  private landed(call: OpenCall, attempt: Attempt, plan: AnswerPlan | null): void {
    const flight = call.flight
    if (!flight) return
    call.flight = null
    for (const timer of flight.timers) this.kernel.cancelTimer(timer)
    if (flight.replayed) this.tellRecorded(call, flight, flight.replayed.end)
    if (attempt.ok) {
      const { reply } = attempt
      if (plan && plan.firstTokenUs !== null && plan.firstTokenUs >= plan.endUs) this.record(call, Kind.CallFirstToken, 0)
      if (reply.text.length > 0) this.record(call, Kind.CallChunk, reply.text.length)
      for (const tool of reply.toolCalls) this.record(call, Kind.CallTool, this.kernel.text(JSON.stringify(tool)))
      this.recordUsage(call, reply.usage)
      if (reply.finish === "length" || reply.finish === "refused") this.record(call, Kind.CallFinish, FINISHES.indexOf(reply.finish))
      this.record(call, Kind.CallReply, this.kernel.text(reply.text))
    } else {
      const { status, message, partial, what } = attempt.failure
      this.record(
        call,
        Kind.CallFailed,
        this.kernel.text(JSON.stringify({ status, message, ...(what ? { what } : {}), ...(partial === "" ? {} : { partial }) })),
      )
    }
    this.kernel.settle(flight.future, attempt)
  }

  private recordUsage(call: OpenCall, usage: Usage): void {
    this.record(call, Kind.CallTokensIn, usage.tokensIn)
    this.record(call, Kind.CallTokensOut, usage.estimated ? -1 - usage.tokensOut : usage.tokensOut)
  }

  // ---- answered outside -----------------------------------------------------------------------------------------------

  /** An attempt of this call waits for the outside. News of any other is late and means nothing. */
  awaitsOutside(id: number): boolean {
    return this.open_.get(id)?.flight?.chunks != null
  }

  /**
   * News of a live answer, to be called inside `Kernel.enter` (all but a tool's, which leaves no mark of its own in time).
   * News of an attempt that is over is dropped.
   */
  live(id: number, event: LiveEvent): void {
    const call = this.open_.get(id)
    const flight = call?.flight
    if (!call || !flight?.chunks) return
    const afterUs = this.kernel.nowUs - flight.sentUs
    switch (event.kind) {
      case "text":
        if (event.text === "") return
        if (flight.text === "") this.record(call, Kind.CallFirstToken, 0)
        flight.text += event.text
        flight.chunks.push({ afterUs, text: event.text })
        this.record(call, Kind.CallChunk, flight.text.length)
        return
      case "tool":
        flight.tools.push({ name: event.name, args: event.args })
        return
      case "end": {
        const { usage, finish } = event
        flight.finish?.()
        this.tellRecorded(call, flight, { kind: "reply", afterUs, usage, finish })
        this.landed(call, { ok: true, reply: { text: flight.text, toolCalls: flight.tools, usage, finish } }, null)
        return
      }
      case "failed": {
        const { status, message, retryAfterMs, what } = event.failure
        flight.finish?.()
        this.tellRecorded(call, flight, { kind: "failed", afterUs, status, message, retryAfterMs, ...(what ? { what } : {}) })
        this.landed(call, { ok: false, failure: { ...event.failure, partial: flight.text } }, null)
      }
    }
  }

  private tellRecorded(call: OpenCall, flight: NonNullable<OpenCall["flight"]>, end: AttemptEnd): void {
    const { chunks, replayed, tools, order } = flight
    if (replayed) this.outside.recorded?.({ call: call.id, order, fresh: false, recording: replayed })
    else if (chunks)
      this.outside.recorded?.({ call: call.id, order, fresh: true, recording: { request: call.request, by: null, chunks, tools, end } })
  }

  private callOf(id: number): OpenCall {
    const call = this.open_.get(id)
    if (!call) throw new RangeError(`call ${id} is not open`)
    return call
  }

  /** The request as the trace keeps it, and counted, for the trace keeps it as long as the run is there. */
  private requestText(request: ModelRequest, site: number): number {
    const json = canonicalRequest(request)
    this.requestUnits += json.length
    const most = this.kernel.limits.requestUnits
    if (this.requestUnits > most) throw new LimitReached("requestUnits", most, site)
    return this.kernel.text(json)
  }

  private record(call: OpenCall, kind: Kind, argument: number): void {
    if (kind === Kind.CallFirstToken) this.kernel.recordFor(call.task, kind, call.site, call.id, 0)
    else this.kernel.recordFor(call.task, kind, call.site, call.id, argument)
  }
}
