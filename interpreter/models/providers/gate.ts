// The door to one provider: how many requests are in flight, how many and how many tokens leave in a minute, and the wait that
// the provider asked for. Tokens are an estimate until the answer is there. Who has to wait is let through in the order of asking. The languages' own limits stand before it (design: models).

const MINUTE_MS = 60_000

export interface GateLimits {
  readonly maxInFlight: number
  /** 0: no limit. */
  readonly requestsPerMinute: number
  /** In and out together; 0: no limit. */
  readonly tokensPerMinute: number
}

/** Ends what was let through. `tokens`: what it took in the end; the estimate stays where nobody knows. */
export type Leave = (tokens?: number) => void

export class ProviderGate {
  private inFlight = 0
  /** What left within the last minute, the oldest first. */
  private readonly left: { readonly atMs: number; tokens: number }[] = []
  private readonly queue: { readonly tokens: number; readonly pass: () => void }[] = []
  private closedUntilMs = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    private limits: GateLimits,
    private readonly nowMs: () => number,
  ) {}

  /** How many wait to be let through. */
  get waiting(): number {
    return this.queue.length
  }

  change(limits: GateLimits): void {
    this.limits = limits
    this.serve()
  }

  /** The provider asked to wait that long before the next request. */
  closeFor(ms: number): void {
    if (ms > 0) this.closedUntilMs = Math.max(this.closedUntilMs, this.nowMs() + ms)
  }

  /**
   * Resolves when the request may leave, with what must be called when it is over; null if it was given up before.
   * `tokens`: an estimate of what it takes, in and out.
   */
  enter(signal: AbortSignal, tokens = 0): Promise<Leave | null> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(null)
      let over = false
      const pass = () => {
        this.inFlight++
        const mine = { atMs: this.nowMs(), tokens }
        this.left.push(mine)
        signal.removeEventListener("abort", giveUp)
        resolve((taken) => {
          if (over) return
          over = true
          this.inFlight--
          if (taken !== undefined) mine.tokens = taken
          this.serve()
        })
      }
      const giveUp = () => {
        const at = this.queue.indexOf(entry)
        if (at < 0) return
        this.queue.splice(at, 1)
        resolve(null)
        this.serve()
      }
      signal.addEventListener("abort", giveUp, { once: true })
      const entry = { tokens, pass }
      this.queue.push(entry)
      this.serve()
    })
  }

  private serve(): void {
    // Whatever it waited for may have changed: another first in the queue, a limit, an estimate that was too high.
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    for (let next = this.queue[0]; next && this.inFlight < this.limits.maxInFlight; next = this.queue[0]) {
      const waitMs = this.waitMs(next.tokens)
      if (waitMs > 0) {
        this.timer = setTimeout(() => {
          this.timer = null
          this.serve()
        }, waitMs)
        return
      }
      this.queue.shift()
      next.pass()
    }
  }

  /** Milliseconds until a request of so many tokens may leave. */
  private waitMs(tokens: number): number {
    const nowMs = this.nowMs()
    while (this.left[0] && this.left[0].atMs <= nowMs - MINUTE_MS) this.left.shift()
    const { requestsPerMinute } = this.limits
    const last = requestsPerMinute > 0 ? this.left[this.left.length - requestsPerMinute] : undefined
    const freeAtMs = Math.max(last ? last.atMs + MINUTE_MS : 0, this.tokensFreeAtMs(tokens), this.closedUntilMs)
    return Math.ceil(Math.max(freeAtMs - nowMs, 0))
  }

  /** When enough of the last minute's tokens are a minute old. A request that alone is over the limit leaves when none are left. */
  private tokensFreeAtMs(tokens: number): number {
    const { tokensPerMinute } = this.limits
    if (tokensPerMinute <= 0) return 0
    let used = tokens
    for (const one of this.left) used += one.tokens
    let freeAtMs = 0
    for (const one of this.left) {
      if (used <= tokensPerMinute) break
      used -= one.tokens
      freeAtMs = one.atMs + MINUTE_MS
    }
    return freeAtMs
  }
}
