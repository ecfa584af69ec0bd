// A run's door to models. A language's runtime opens a call (one operation as the program sees it), sends it once or more
// (attempts: retries, rounds of tools, corrections), and closes it; limits in flight and back-off are the language's.
// Every step is in the trace, told to the task that opened the call.

import { Future } from "../kernel/future.ts"
import type { Kernel } from "../kernel/kernel.ts"
import type { Task } from "../kernel/task.ts"
import type { Timer } from "../kernel/timers.ts"
import { ANSWER_SOURCES, Kind } from "../trace/event.ts"
import type { AnswerPlan } from "./plan.ts"
import type { Attempt, ModelFailure, ModelRequest, Usage } from "./request.ts"

/** Who answers: at once with a plan for virtual time, or "outside", where news arrives through `Calls.live…`. */
export interface Answerer {
  answer(request: ModelRequest, nowUs: number): AnswerPlan | "outside"
}

/** Where calls go that are answered outside: the page, or the command line's provider. */
export interface Outside {
  ask(call: number, request: ModelRequest): void
  cancel(call: number): void
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
  } | null
}

/** Canonical JSON of a request: keys in the order of `requestOf`, equal for equal requests. */
export function canonicalRequest(request: ModelRequest): string {
  return JSON.stringify(request)
}

export class Calls {
  /** Attempts sent so far. */
  sent = 0
  private readonly open_ = new Map<number, OpenCall>()

  constructor(
    private readonly kernel: Kernel,
    private readonly answerer: Answerer,
    private readonly outside: Outside,
  ) {}

  /** A new call of the running task; recorded as queued until its first attempt is sent. */
  open(request: ModelRequest, site: number): number {
    const id = this.kernel.newId()
    this.open_.set(id, { id, task: this.kernel.current, site, request, attempts: 0, flight: null })
    this.kernel.record(Kind.CallQueued, site, id, this.kernel.text(canonicalRequest(request)))
    return id
  }

  /** Sends an attempt, of another request than the last one if given. The future never fails: failures are attempts. */
  send(id: number, request?: ModelRequest): Future<Attempt> {
    const call = this.callOf(id)
    if (call.flight) throw new RangeError("an attempt of this call is in flight")
    if (request && request !== call.request) {
      call.request = request
      this.record(call, Kind.CallRequest, this.kernel.text(canonicalRequest(request)))
    }
    call.attempts++
    this.sent++
    this.record(call, Kind.CallSent, call.attempts)
    const future = new Future<Attempt>()
    const flight: NonNullable<OpenCall["flight"]> = { future, timers: [], finish: null, text: "", tools: [] }
    call.flight = flight
    const plan = this.answerer.answer(call.request, this.kernel.nowUs)
    if (plan === "outside") {
      this.record(call, Kind.CallSource, ANSWER_SOURCES.indexOf("live"))
      flight.finish = this.kernel.openOperation()
      this.outside.ask(id, call.request)
    } else {
      this.record(call, Kind.CallSource, ANSWER_SOURCES.indexOf(plan.source))
      this.play(call, plan)
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
    if (flight.finish) {
      flight.finish()
      this.outside.cancel(id)
    }
  }

  /** Leaves all attempts in flight (the run is over or stopped). */
  abortAll(): void {
    for (const id of [...this.open_.keys()]) this.abort(id)
  }

  // ---- answered in virtual time ---------------------------------------------------------------------------------------

  private play(call: OpenCall, plan: AnswerPlan): void {
    const flight = call.flight as NonNullable<OpenCall["flight"]>
    // The end is set first: of timers of one instant the one set first fires first, and answers that come together are
    // handled in the order of their requests.
    flight.timers.push(this.kernel.after(plan.endUs, () => this.landed(call, plan.attempt, plan)))
    if (plan.firstTokenUs !== null && plan.firstTokenUs < plan.endUs) {
      flight.timers.push(this.kernel.after(plan.firstTokenUs, () => this.record(call, Kind.CallFirstToken, 0)))
    }
    this.playChunk(call, plan, 0, this.kernel.nowUs)
  }

  private playChunk(call: OpenCall, plan: AnswerPlan, next: number, sentUs: number): void {
    const chunk = plan.chunks[next]
    if (!chunk || chunk.afterUs >= plan.endUs) return
    const timer = this.kernel.after(sentUs + chunk.afterUs - this.kernel.nowUs, () => {
      this.record(call, Kind.CallChunk, chunk.units)
      this.playChunk(call, plan, next + 1, sentUs)
    })
    const flight = call.flight
    if (flight) flight.timers[2] = timer
  }

  private landed(call: OpenCall, attempt: Attempt, plan: AnswerPlan | null): void {
    const flight = call.flight
    if (!flight) return
    call.flight = null
    for (const timer of flight.timers) this.kernel.cancelTimer(timer)
    if (attempt.ok) {
      const { reply } = attempt
      if (plan && plan.firstTokenUs !== null && plan.firstTokenUs >= plan.endUs) this.record(call, Kind.CallFirstToken, 0)
      if (reply.text.length > 0) this.record(call, Kind.CallChunk, reply.text.length)
      for (const tool of reply.toolCalls) this.record(call, Kind.CallTool, this.kernel.text(JSON.stringify(tool)))
      this.recordUsage(call, reply.usage)
      this.record(call, Kind.CallReply, this.kernel.text(reply.text))
    } else {
      const { status, message, partial } = attempt.failure
      this.record(
        call,
        Kind.CallFailed,
        this.kernel.text(JSON.stringify(partial === "" ? { status, message } : { status, message, partial })),
      )
    }
    this.kernel.settle(flight.future, attempt)
  }

  private recordUsage(call: OpenCall, usage: Usage): void {
    this.record(call, Kind.CallTokensIn, usage.tokensIn)
    this.record(call, Kind.CallTokensOut, usage.estimated ? -1 - usage.tokensOut : usage.tokensOut)
  }

  // ---- answered outside -----------------------------------------------------------------------------------------------

  /** More text of a live answer. To be called inside `Kernel.enter`; late news of a call that is over is dropped. */
  liveText(id: number, text: string): void {
    const call = this.open_.get(id)
    if (!call?.flight) return
    if (call.flight.text === "") this.record(call, Kind.CallFirstToken, 0)
    call.flight.text += text
    this.record(call, Kind.CallChunk, call.flight.text.length)
  }

  liveTool(id: number, name: string, args: unknown): void {
    const flight = this.open_.get(id)?.flight
    if (flight) flight.tools.push({ name, args })
  }

  liveEnd(id: number, usage: Usage, finish: "stop" | "length" | "tools" | "refused"): void {
    const call = this.open_.get(id)
    if (!call?.flight) return
    call.flight.finish?.()
    this.landed(call, { ok: true, reply: { text: call.flight.text, toolCalls: call.flight.tools, usage, finish } }, null)
  }

  liveFailed(id: number, failure: ModelFailure): void {
    const call = this.open_.get(id)
    if (!call?.flight) return
    call.flight.finish?.()
    this.landed(call, { ok: false, failure: { ...failure, partial: call.flight.text } }, null)
  }

  private callOf(id: number): OpenCall {
    const call = this.open_.get(id)
    if (!call) throw new RangeError(`call ${id} is not open`)
    return call
  }

  private record(call: OpenCall, kind: Kind, argument: number): void {
    if (kind === Kind.CallFirstToken) this.kernel.recordFor(call.task, kind, call.site, call.id, 0)
    else this.kernel.recordFor(call.task, kind, call.site, call.id, argument)
  }
}
