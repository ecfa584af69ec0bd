// A run's messages on their way into the page: they are taken in order, and events as many at a time as fit into a moment, so
// that a worker that is far faster than the page never holds up a frame. Events are folded here as they come in, within the
// same moment; who reads the run finds them done. Used by the client, and by the benchmark in its place.
import { sharedFold } from "../../interpreter/trace/fold.ts"
import { splitChunk, type Trace } from "../../interpreter/trace/trace.ts"
import type { FromWorker, RunId } from "../../interpreter/worker/protocol.ts"

export type RunMessage = Extract<FromWorker, { readonly run: RunId }>
type Events = Extract<RunMessage, { readonly type: "events" }>

/** The page's thread is kept for so long at a time; frames and the reader's keys come in between. */
const MOMENT_MS = 6
/** A page that nobody sees has no frames to hold up, and its timers are rare. */
const HIDDEN_MOMENT_MS = 200
/** Events between two looks at the clock. */
const PORTION = 1024

export interface IntakeSurroundings {
  /** Milliseconds of any clock that runs. */
  readonly nowMs: () => number
  /** Calls back soon, after the browser had its turn. */
  readonly soon: (then: () => void) => void
  readonly hidden: () => boolean
  /** The trace that events belong to now. */
  readonly trace: () => Trace
  /** Events were taken in, up to this time of the run. */
  readonly grew: (nowUs: number) => void
  /** Any other message, in its turn. */
  readonly apply: (message: Exclude<RunMessage, Events>) => void
}

export class Intake {
  private queue: RunMessage[] = []
  private asked = false
  /** Work that was begun for another run is not gone on with. */
  private generation = 0

  constructor(private readonly around: IntakeSurroundings) {}

  /** The end of the run is among what waits. */
  get over(): boolean {
    return this.queue.some((message) => message.type === "ended")
  }

  take(message: RunMessage): void {
    this.queue.push(message)
    if (this.queue.length === 1) this.work(this.moment())
  }

  /** Takes everything that waits at once. */
  finish(): void {
    this.work(Number.POSITIVE_INFINITY)
  }

  /** Forgets what waits: another run begins. */
  clear(): void {
    this.queue = []
    this.generation++
    this.asked = false
  }

  private moment(): number {
    return this.around.hidden() ? HIDDEN_MOMENT_MS : MOMENT_MS
  }

  private work(momentMs: number): void {
    const { generation } = this
    const untilMs = this.around.nowMs() + momentMs
    let took = false
    while (this.queue.length > 0) {
      const message = this.queue[0] as RunMessage
      if (message.type === "events") {
        const rest = this.takeEvents(message, untilMs)
        if (generation !== this.generation) return
        if (rest) {
          this.queue[0] = rest
          this.later()
          return
        }
        this.queue.shift()
        took = true
        continue
      }
      // Much is done about the end of a run: it gets a task of its own.
      if (message.type === "ended" && took && momentMs !== Number.POSITIVE_INFINITY) {
        this.later()
        return
      }
      this.queue.shift()
      this.around.apply(message)
      if (generation !== this.generation) return
    }
  }

  /** Takes events until the moment is over; what is left of the message, null if nothing. */
  private takeEvents(message: Events, untilMs: number): Events | null {
    const trace = this.around.trace()
    const chunks = [...message.chunks]
    for (let at = 0; at < chunks.length; ) {
      let chunk = chunks[at] as Events["chunks"][number]
      if (chunk.count > PORTION) {
        const [first, rest] = splitChunk(chunk, PORTION)
        chunk = first
        chunks[at] = rest
      } else at++
      trace.append(chunk)
      sharedFold(trace)
      if (at < chunks.length && this.around.nowMs() >= untilMs) {
        this.around.grew(chunk.times[chunk.count - 1] ?? 0)
        return { ...message, chunks: chunks.slice(at) }
      }
    }
    this.around.grew(message.nowUs)
    return null
  }

  private later(): void {
    if (this.asked) return
    this.asked = true
    const { generation } = this
    this.around.soon(() => {
      if (generation !== this.generation) return
      this.asked = false
      this.work(this.moment())
    })
  }
}
