// The fetch through which a provider is asked: no cookies, no referrer, no cache, no redirects (a key must not follow one),
// an end to silence, an end to size. It watches what arrives, so that a failure can be told for what it is.

/** Bytes of one answer after which no more is read. */
export const MAX_ANSWER_BYTES = 4_000_000

export class WatchedFetch {
  /** Headers of an answer were there. */
  reached = false
  tooLarge = false
  timedOut = false
  /** The stream ended in the middle of a character of UTF-8. */
  brokenCharacter = false
  private readonly control = new AbortController()
  private timer: ReturnType<typeof setTimeout> | null = null
  private bytes = 0
  /** Bytes of the character begun that are still to come. */
  private missing = 0

  constructor(
    private readonly timeoutMs: number,
    outer: AbortSignal,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
  ) {
    if (outer.aborted) this.control.abort(outer.reason)
    else outer.addEventListener("abort", () => this.stop(), { once: true })
    this.signOfLife()
  }

  get signal(): AbortSignal {
    return this.control.signal
  }

  /**
   * The promise, or a rejection once nothing more is wanted: an abort does not always reach a stream that is being read
   * (Node forgets the link when it has collected the response).
   */
  orStopped<T>(promise: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stopped = () => reject(new DOMException("stopped", "AbortError"))
      if (this.signal.aborted) stopped()
      this.signal.addEventListener("abort", stopped, { once: true })
      const done = () => this.signal.removeEventListener("abort", stopped)
      promise.then(
        (value) => {
          done()
          resolve(value)
        },
        (reason: unknown) => {
          done()
          reject(reason)
        },
      )
    })
  }

  /** Nothing more is wanted. */
  stop(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    this.control.abort()
  }

  /** To be handed to a provider's package. */
  readonly fetch: typeof fetch = async (input, init) => {
    const address = typeof input === "string" ? input : input instanceof URL ? input.href : input.url
    const response = await this.send(input, {
      ...init,
      ...quietly(address),
      signal: this.control.signal,
    })
    this.reached = true
    this.signOfLife()
    const { body } = response
    if (!body) return response
    const watched = body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform: (piece, controller) => {
          this.signOfLife()
          this.bytes += piece.length
          this.follow(piece)
          if (this.bytes > MAX_ANSWER_BYTES) {
            this.tooLarge = true
            this.stop()
            controller.error(new TypeError("too large"))
          } else controller.enqueue(piece)
        },
        flush: () => {
          this.brokenCharacter = this.missing > 0
        },
      }),
    )
    return new Response(watched, { status: response.status, statusText: response.statusText, headers: response.headers })
  }

  private signOfLife(): void {
    if (this.timer) clearTimeout(this.timer)
    if (this.control.signal.aborted) return
    this.timer = setTimeout(() => {
      this.timedOut = true
      this.stop()
    }, this.timeoutMs)
  }

  private follow(piece: Uint8Array): void {
    for (const byte of piece) {
      if (byte < 0x80) this.missing = 0
      else if (byte < 0xc0) this.missing = Math.max(0, this.missing - 1)
      else this.missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
    }
  }
}

/** Options of a request that carries nothing but what it must. */
export function quietly(address: string): RequestInit & { targetAddressSpace?: string } {
  const quiet = { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", cache: "no-store" } as const
  const here = typeof location === "object" ? location.protocol : ""
  // An https page that asks this machine must say so, else Chrome refuses it as mixed content.
  return here === "https:" && address.startsWith("http://") ? { ...quiet, targetAddressSpace: "loopback" } : quiet
}
