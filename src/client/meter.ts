// How much the sandbox may say. A program that has taken its worker over can send messages without end, each of them valid; the
// page reads no more than an honest worker could have to say. Used by `client.ts`, which replaces a sandbox that says more.
//
// Messages have a rate: a bucket that an honest burst (every call of a run asked, left and recorded in one instant) does not
// empty. What the page keeps of a run has a size: events and characters of its trace.
import type { FromWorker } from "../../interpreter/worker/protocol.ts"

/** Messages that may come in one instant. */
export const BURST_MESSAGES = 100_000
/** Messages a second for as long as it likes: a worker sends a handful for each slice of 10 ms. */
export const MESSAGES_PER_SECOND = 2_000
/** Characters of a run's texts that the page keeps. */
export const MAX_RUN_UNITS = 300_000_000
/** Characters of requests and recorded answers that may come in one instant, and a second. */
export const BURST_UNITS = 200_000_000
export const UNITS_PER_SECOND = 20_000_000
/** Beyond the limit of events a run may still say how its tasks ended. */
const LAST_EVENTS = 200_000

export class MessageMeter {
  private messages = BURST_MESSAGES
  private units = BURST_UNITS
  private lastMs: number
  private runEvents = 0
  private runUnits = 0
  private mostEvents = 0
  private runUs = 0

  constructor(private readonly nowMs: () => number) {
    this.lastMs = nowMs()
  }

  /** A run with these limits begins: what the page keeps is counted anew, the rates go on. */
  begin(limits: { readonly events: number }): void {
    this.runEvents = 0
    this.runUnits = 0
    this.runUs = 0
    this.mostEvents = limits.events + LAST_EVENTS
  }

  /** A message has come, of whatever kind. Gives what is wrong, as the end of a sentence; null if nothing is. */
  arrived(): string | null {
    const nowMs = this.nowMs()
    const seconds = Math.max(0, nowMs - this.lastMs) / 1000
    this.lastMs = nowMs
    this.messages = Math.min(BURST_MESSAGES, this.messages + seconds * MESSAGES_PER_SECOND)
    this.units = Math.min(BURST_UNITS, this.units + seconds * UNITS_PER_SECOND)
    if (--this.messages >= 0) return null
    return `it sent more than ${MESSAGES_PER_SECOND} messages a second`
  }

  /** The message is one of the protocol and of the run that goes on. Gives what is wrong, as `arrived` does. */
  read(message: FromWorker): string | null {
    switch (message.type) {
      case "events":
        for (const { count, times, strings } of message.chunks) {
          if ((times[0] ?? this.runUs) < this.runUs) return "its trace goes back in time"
          this.runUs = times[count - 1] ?? this.runUs
          this.runEvents += count
          for (const text of strings) this.runUnits += text.length
        }
        if (this.runEvents > this.mostEvents) return `it sent more than ${this.mostEvents} trace events`
        return this.runUnits > MAX_RUN_UNITS ? `its trace has more than ${MAX_RUN_UNITS} characters` : null
      case "ask":
        return this.spend(message.request.turns.reduce((sum, turn) => sum + turn.text.length, message.request.context.length))
      case "recorded":
        return this.spend(message.attempt.recording.chunks.reduce((sum, chunk) => sum + chunk.text.length, 0))
      default:
        return null
    }
  }

  private spend(units: number): string | null {
    this.units -= units
    return this.units >= 0 ? null : `it sent more than ${UNITS_PER_SECOND} characters of requests and answers a second`
  }
}
