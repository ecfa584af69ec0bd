// Answers the live calls of one run: sends each to the provider that the reader chose for it, stamps what comes, keeps to the
// provider's limits and to the run's budget, and collects the cassette. The page and the command line each wrap one around a
// run; keys are asked for at the moment of sending and held nowhere.
import { CassetteRecorder, type RecordedAttempt } from "../cassette.ts"
import { type Cost, costWith, mostUsd, NO_COST, type Price, type PriceEntry, priceOf, usd } from "../prices.ts"
import type { LiveEvent, ModelRequest, Usage } from "../request.ts"
import { tokensOf, tokensOfRequest, utf8Length } from "../tokens.ts"
import { askProvider } from "./connection.ts"
import { failed, failedBy } from "./failures.ts"
import { type GateLimits, ProviderGate } from "./gate.ts"
import { providerPreset } from "./presets.ts"
import { answererFor, type LiveSettings } from "./routes.ts"

/** The clock that stamps answers; session/live-clock.ts is one. */
export interface StampClock {
  readonly resting: boolean
  readonly nowUs: number
  asked(call: number, atUs: number): void
  answered(call: number): void
}

export interface LiveHostOptions {
  readonly settings: LiveSettings
  /** The key of a provider; "" where there is none. */
  readonly keyOf: (provider: string) => string
  /** The most this run may cost; null: no limit. */
  readonly budgetUsd: number | null
  readonly prices: readonly PriceEntry[]
  readonly clock: StampClock
  readonly nowMs: () => number
  /** Hands news to the run. */
  readonly tell: (call: number, stampUs: number, event: LiveEvent) => void
  /** Virtual time may pass up to here while something is asked. */
  readonly passTime: (liveUs: number) => void
  /** Ends the run, with our sentence. */
  readonly stop: (reason: string) => void
  /** Costs or calls changed. */
  readonly changed?: () => void
  readonly ask?: typeof askProvider
}

interface OpenAsk {
  readonly call: number
  readonly by: { readonly provider: string; readonly model: string }
  readonly request: ModelRequest
  readonly control: AbortController
  /** What it can cost at most; counted until it is known. */
  readonly reservedUsd: number
  text: string
  /** Of the text so far. */
  bytes: number
  over: boolean
  /** Text that waits to be told together. */
  pending: string
  toldMs: number
  flush: ReturnType<typeof setTimeout> | null
}

/** What is known of a live call, for the page's figures. */
export interface LiveCall {
  readonly by: { readonly provider: string; readonly model: string }
  readonly usd: number | null
  readonly estimated: boolean
}

const MAX_OPEN = 2000
/** Attempts that a recording keeps; a worker that sends more is not listened to. */
const MAX_RECORDED = 100_000
const MAX_REQUEST_CHARACTERS = 2_000_000
/** Text is told at most this often; a fast provider sends hundreds of pieces a second. */
const TELL_EVERY_MS = 15
const PASS_EVERY_MS = 40
/** Tokens of an answer that nobody has seen yet, for limits a minute. */
const USUAL_TOKENS_OUT = 256

export class LiveHost {
  readonly recorder = new CassetteRecorder()
  readonly calls = new Map<number, LiveCall>()
  /** Of fresh calls only: what was replayed was paid before. */
  cost: Cost = NO_COST
  private readonly open = new Map<number, OpenAsk>()
  private readonly byOf = new Map<number, { provider: string; model: string }>()
  /** Spent for sure or possibly: what the budget counts. */
  private boundUsd = 0
  private stopped = false
  private timer: ReturnType<typeof setInterval> | null = null

  constructor(private readonly options: LiveHostOptions) {}

  /** The cost so far with what is still streaming, which is an estimate until the provider has counted. */
  get runningCost(): Cost {
    let cost = this.cost
    for (const { by, request, bytes } of this.open.values()) {
      if (bytes === 0) continue
      const usage = { tokensIn: tokensOfRequest(request), tokensOut: Math.ceil(bytes / 4), estimated: true }
      cost = costWith(cost, by, usage, this.options.prices)
    }
    return cost
  }

  asked(call: number, request: ModelRequest, atUs: number): void {
    const { clock, settings, prices, budgetUsd } = this.options
    if (this.stopped || this.open.has(call)) return
    clock.asked(call, atUs)
    const fail = (status: number, message: string) => {
      const stampUs = clock.nowUs
      clock.answered(call)
      this.options.tell(call, stampUs, { kind: "failed", failure: failed(status, message) })
    }
    const answerer = answererFor(request, settings)
    if (!answerer) {
      fail(400, "no model is set up: choose a provider in the models dialog")
      return
    }
    const by = { provider: answerer.config.id, model: answerer.model }
    this.byOf.set(call, by)
    if (this.open.size >= MAX_OPEN) {
      fail(429, `more than ${MAX_OPEN} calls are waiting for an answer: limit how many run at once`)
      return
    }
    if (JSON.stringify(request).length > MAX_REQUEST_CHARACTERS) {
      fail(413, `the request is longer than ${MAX_REQUEST_CHARACTERS} characters and was not sent`)
      return
    }

    const { maxTokensOut } = answerer.config
    const most = request.maxTokens > 0 ? Math.min(request.maxTokens, 200_000) : maxTokensOut
    const price = priceOf(by.provider, by.model, prices)
    const reservedUsd = mostUsd(request, price, most) ?? 0
    const problem = this.budgetProblem(by, price, reservedUsd, budgetUsd)
    if (problem) {
      clock.answered(call)
      this.stopped = true
      this.abortAll()
      this.options.stop(problem)
      return
    }
    this.boundUsd += reservedUsd
    const ask: OpenAsk = {
      call,
      by,
      request,
      control: new AbortController(),
      reservedUsd,
      text: "",
      bytes: 0,
      over: false,
      pending: "",
      toldMs: -TELL_EVERY_MS,
      flush: null,
    }
    this.open.set(call, ask)
    this.calls.set(call, { by, usd: null, estimated: true })
    this.keepTime()
    void this.send(ask, answerer.config, most)
    this.options.changed?.()
  }

  cancelled(call: number): void {
    const ask = this.open.get(call)
    if (!ask) return
    this.close(ask)
    ask.control.abort()
    // Nobody says what an abandoned answer costs: our estimate is shown, the budget counts the most.
    if (ask.text !== "") this.charge(ask, { tokensIn: tokensOfRequest(ask.request), tokensOut: tokensOf(ask.text), estimated: true }, true)
  }

  recorded(attempt: RecordedAttempt): void {
    if (this.recorder.length >= MAX_RECORDED) return
    if (!attempt.fresh) this.recorder.add(attempt)
    else {
      const by = this.byOf.get(attempt.call) ?? null
      this.recorder.add({ ...attempt, recording: { ...attempt.recording, by } })
    }
  }

  /** The run is over: whatever is still asked is given up. */
  finish(): void {
    this.stopped = true
    this.abortAll()
  }

  private abortAll(): void {
    for (const ask of [...this.open.values()]) this.cancelled(ask.call)
    if (this.timer) clearInterval(this.timer)
    this.timer = null
  }

  private budgetProblem(by: OpenAsk["by"], price: Price | null, mostOfCall: number, budgetUsd: number | null): string | null {
    if (budgetUsd === null) return null
    if (!price)
      return `stopped: no price is known for ${by.model} of ${titleOf(by.provider)}, so the budget of ${usd(budgetUsd)} cannot be kept. Enter a price, or switch the budget off`
    if (this.boundUsd + mostOfCall <= budgetUsd) return null
    return `stopped before the budget of ${usd(budgetUsd)} could be passed: this run may have cost ${usd(this.boundUsd)} already, and the next call up to ${usd(mostOfCall)}`
  }

  private async send(ask: OpenAsk, config: Parameters<typeof askProvider>[0]["config"], maxTokensOut: number): Promise<void> {
    const gate = gateOf(config.id, config, this.options.nowMs)
    // Most answers end long before their limit: this counts until the provider has.
    const leave = await gate.enter(ask.control.signal, tokensOfRequest(ask.request) + Math.min(maxTokensOut, USUAL_TOKENS_OUT))
    if (!leave) return
    let taken: number | undefined
    try {
      await (this.options.ask ?? askProvider)({
        config,
        key: this.options.keyOf(config.id),
        model: ask.by.model,
        request: ask.request,
        maxTokensOut,
        signal: ask.control.signal,
        tell: (event) => {
          if (event.kind === "end") taken = event.usage.tokensIn + event.usage.tokensOut
          if (event.kind === "failed" && event.failure.retryAfterMs > 0) gate.closeFor(event.failure.retryAfterMs)
          this.news(ask, event)
        },
      })
    } finally {
      leave(taken)
    }
    if (!ask.over)
      this.news(ask, { kind: "failed", failure: failedBy("empty", 0, `${titleOf(config.id)} ended the answer without a word`) })
  }

  private news(ask: OpenAsk, event: LiveEvent): void {
    if (ask.over) return
    const { tell, clock, nowMs } = this.options
    if (event.kind === "text") {
      ask.text += event.text
      ask.bytes += utf8Length(event.text)
      ask.pending += event.text
      const waitMs = ask.toldMs + TELL_EVERY_MS - nowMs()
      if (waitMs <= 0) this.flush(ask)
      else ask.flush ??= setTimeout(() => this.flush(ask), waitMs)
      return
    }
    this.flush(ask)
    tell(ask.call, clock.nowUs, event)
    if (event.kind === "tool") return
    this.close(ask)
    if (event.kind === "end") this.charge(ask, event.usage, false)
    else if (ask.text !== "")
      this.charge(ask, { tokensIn: tokensOfRequest(ask.request), tokensOut: tokensOf(ask.text), estimated: true }, true)
    else {
      // Refused before a word: nobody charges for that.
      this.boundUsd -= ask.reservedUsd
      this.options.changed?.()
    }
  }

  private flush(ask: OpenAsk): void {
    if (ask.flush) clearTimeout(ask.flush)
    ask.flush = null
    if (ask.pending === "" || ask.over) return
    const text = ask.pending
    ask.pending = ""
    ask.toldMs = this.options.nowMs()
    this.options.tell(ask.call, this.options.clock.nowUs, { kind: "text", text })
    this.options.changed?.()
  }

  private close(ask: OpenAsk): void {
    ask.over = true
    if (ask.flush) clearTimeout(ask.flush)
    this.open.delete(ask.call)
    this.options.clock.answered(ask.call)
    if (this.open.size === 0 && this.timer) {
      clearInterval(this.timer)
      this.timer = null
    }
  }

  /** `bound`: the budget goes on counting the most that it can have been. */
  private charge(ask: OpenAsk, usage: Usage, bound: boolean): void {
    const { prices } = this.options
    this.cost = costWith(this.cost, ask.by, usage, prices)
    const one = costWith(NO_COST, ask.by, usage, prices)
    this.calls.set(ask.call, { by: ask.by, usd: one.unpriced > 0 ? null : one.usd, estimated: usage.estimated })
    if (!bound) this.boundUsd += one.usd - ask.reservedUsd
    this.options.changed?.()
  }

  private keepTime(): void {
    this.timer ??= setInterval(() => this.options.passTime(this.options.clock.nowUs), PASS_EVERY_MS)
  }
}

function titleOf(provider: string): string {
  return providerPreset(provider)?.title ?? provider
}

/** Gates live as long as the page: limits a minute do not begin anew with every run. */
const gates = new Map<string, ProviderGate>()

function gateOf(id: string, limits: GateLimits, nowMs: () => number): ProviderGate {
  let gate = gates.get(id)
  if (!gate) {
    gate = new ProviderGate(limits, nowMs)
    gates.set(id, gate)
  } else gate.change(limits)
  return gate
}
