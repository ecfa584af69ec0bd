// The door to one provider: how many requests are in flight, how many leave in a minute, and the wait that the provider asked
// for. Who has to wait is let through in the order of asking. The languages' own limits stand before it (design: models).

const MINUTE_MS = 60_000

export interface GateLimits {
  readonly maxInFlight: number
  /** 0: no limit. */
  readonly requestsPerMinute: number
}

export class ProviderGate {
  private inFlight = 0
  private readonly left: number[] = []
  private readonly queue: (() => void)[] = []
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

  /** Resolves when the request may leave, with what must be called when it is over; null if it was given up before. */
  enter(signal: AbortSignal): Promise<(() => void) | null> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(null)
      let over = false
      const pass = () => {
        this.inFlight++
        this.left.push(this.nowMs())
        signal.removeEventListener("abort", giveUp)
        resolve(() => {
          if (over) return
          over = true
          this.inFlight--
          this.serve()
        })
      }
      const giveUp = () => {
        const at = this.queue.indexOf(pass)
        if (at < 0) return
        this.queue.splice(at, 1)
        resolve(null)
      }
      signal.addEventListener("abort", giveUp, { once: true })
      this.queue.push(pass)
      this.serve()
    })
  }

  private serve(): void {
    while (this.queue.length > 0 && this.inFlight < this.limits.maxInFlight) {
      const waitMs = this.waitMs()
      if (waitMs > 0) {
        if (this.timer === null)
          this.timer = setTimeout(() => {
            this.timer = null
            this.serve()
          }, waitMs)
        return
      }
      this.queue.shift()?.()
    }
  }

  private waitMs(): number {
    const nowMs = this.nowMs()
    while (this.left.length > 0 && (this.left[0] as number) <= nowMs - MINUTE_MS) this.left.shift()
    const { requestsPerMinute } = this.limits
    const full = requestsPerMinute > 0 && this.left.length >= requestsPerMinute
    const byRate = full ? (this.left[this.left.length - requestsPerMinute] as number) + MINUTE_MS - nowMs : 0
    return Math.ceil(Math.max(byRate, this.closedUntilMs - nowMs, 0))
  }
}
