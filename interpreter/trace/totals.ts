// The figures of a run, folded from its events one by one: calls, calls in flight, tokens, time, output, faults. Page,
// command line, conformance runner and tests all take them from here, so that one number never has two values.
import { Kind, OUTCOMES, type OutcomeName, type TraceEvent } from "./event.ts"
import { jsonObject, textField, tokensOutOf } from "./kinds.ts"
import { Series } from "./series.ts"
import type { Trace } from "./trace.ts"

/** A piece of output: what was written by whom and when. `error`: it belongs on the error stream. */
export interface Piece {
  readonly text: string
  readonly atUs: number
  readonly step: number
  readonly task: number
  readonly site: number
  readonly error: boolean
}

export interface FaultNote {
  readonly kind: string
  readonly message: string
  readonly task: number
  readonly site: number
  readonly atUs: number
  readonly step: number
}

export interface Note {
  readonly text: string
  readonly atUs: number
  readonly step: number
  readonly task: number
  readonly site: number
}

export class Totals {
  language = ""
  /** Events folded so far. */
  events = 0
  /** The time of the last event. */
  virtualUs = 0
  /** Attempts sent: every retry counts. */
  calls = 0
  /** Attempts that failed. */
  failedCalls = 0
  retries = 0
  tokensIn = 0
  tokensOut = 0
  /** Some of the tokens are our estimate, not a provider's count. */
  tokensEstimated = false
  tasks = 0
  /** Tasks that were spawned and have not ended. */
  tasksAlive = 0
  outcome: OutcomeName | null = null
  outcomeMessage = ""
  readonly output: Piece[] = []
  readonly notices: Note[] = []
  readonly faults: FaultNote[] = []
  /** Model requests in flight over time: half-open intervals from sent to answered. */
  readonly inFlight = new Series()
  /** Tasks that were spawned and have not ended, over time. */
  readonly alive = new Series()
  /** Tokens that came out so far, over time; while a reply streams, an estimate of 4 characters a token. */
  readonly tokensSoFar = new Series()
  private readonly openAttempts = new Map<number, { readonly task: number; counted: number }>()
  /** How many of them belong to a task, for those that have any. */
  private readonly openOfTask = new Map<number, number>()
  private peak = 0
  private instantUs = -1

  /** Most requests open at the same moment. One that leaves in the microsecond in which another ends does not overlap it. */
  get maxInFlight(): number {
    const peak = Math.max(this.peak, this.inFlight.last)
    return peak === 0 && this.calls > 0 ? 1 : peak
  }

  /** The last fault: the one that decided the outcome of a run that failed. */
  get fault(): FaultNote | null {
    return this.faults[this.faults.length - 1] ?? null
  }

  apply(event: TraceEvent, trace: Trace): void {
    const step = this.events++
    const { atUs } = event
    this.virtualUs = atUs
    if (atUs !== this.instantUs) {
      this.peak = Math.max(this.peak, this.inFlight.last)
      this.instantUs = atUs
    }
    switch (event.kind) {
      case Kind.RunBegin:
        this.language = trace.text(event.a)
        break
      case Kind.RunEnd:
        this.outcome = OUTCOMES[event.a] ?? "failed"
        this.outcomeMessage = trace.text(event.b)
        this.closeAttempts(atUs, step, -1)
        break
      case Kind.TaskSpawn:
        this.tasks++
        this.alive.push(atUs, step, ++this.tasksAlive)
        break
      case Kind.TaskEnd:
        this.alive.push(atUs, step, --this.tasksAlive)
        this.closeAttempts(atUs, step, event.task)
        break
      case Kind.CallSent:
        this.closeAttempt(event.a, atUs, step)
        this.calls++
        this.openAttempts.set(event.a, { task: event.task, counted: 0 })
        this.openOfTask.set(event.task, (this.openOfTask.get(event.task) ?? 0) + 1)
        this.inFlight.push(atUs, step, this.openAttempts.size)
        break
      case Kind.CallChunk: {
        const attempt = this.openAttempts.get(event.a)
        if (attempt) this.count(attempt, Math.ceil(event.b / 4), atUs, step)
        break
      }
      case Kind.CallTokensIn:
        this.tokensIn += event.b
        break
      case Kind.CallTokensOut: {
        const { tokens, estimated } = tokensOutOf(event.b)
        this.tokensOut += tokens
        if (estimated) this.tokensEstimated = true
        const attempt = this.openAttempts.get(event.a)
        if (attempt) this.count(attempt, tokens, atUs, step)
        break
      }
      case Kind.CallReply:
        this.closeAttempt(event.a, atUs, step)
        break
      case Kind.CallFailed:
        this.failedCalls++
        this.closeAttempt(event.a, atUs, step)
        break
      case Kind.CallRetry:
        this.retries++
        break
      case Kind.CallEnd:
      case Kind.CallGivenUp:
        this.closeAttempt(event.a, atUs, step)
        break
      case Kind.Print:
      case Kind.PrintError:
        this.output.push({
          text: trace.text(event.a),
          atUs,
          step,
          task: event.task,
          site: event.site,
          error: event.kind === Kind.PrintError,
        })
        break
      case Kind.Notice:
        this.notices.push({ text: trace.text(event.a), atUs, step, task: event.task, site: event.site })
        break
      case Kind.Fault: {
        const note = jsonObject(trace.text(event.a))
        this.faults.push({
          kind: textField(note, "kind"),
          message: textField(note, "message"),
          task: event.task,
          site: event.site,
          atUs,
          step,
        })
        break
      }
    }
  }

  /** Standard output as text: all pieces, or those of the first `steps` events. */
  stdout(steps = Number.POSITIVE_INFINITY): string {
    let text = ""
    for (const piece of this.output) if (!piece.error && piece.step < steps) text += piece.text
    return text
  }

  /** Standard output as lines; a last line without a line end counts, an empty one after the last line end does not. */
  stdoutLines(): string[] {
    return linesOf(this.stdout())
  }

  private count(attempt: { counted: number }, tokens: number, atUs: number, step: number): void {
    this.tokensSoFar.push(atUs, step, this.tokensSoFar.last + tokens - attempt.counted)
    attempt.counted = tokens
  }

  private closeAttempt(call: number, atUs: number, step: number): void {
    const attempt = this.openAttempts.get(call)
    if (!attempt) return
    this.openAttempts.delete(call)
    const left = (this.openOfTask.get(attempt.task) ?? 1) - 1
    if (left > 0) this.openOfTask.set(attempt.task, left)
    else this.openOfTask.delete(attempt.task)
    this.inFlight.push(atUs, step, this.openAttempts.size)
  }

  /** A task that ends leaves its attempts, and so does the end of the run (task -1). */
  private closeAttempts(atUs: number, step: number, task: number): void {
    if (task !== -1 && !this.openOfTask.has(task)) return
    for (const [call, attempt] of this.openAttempts) if (task === -1 || attempt.task === task) this.closeAttempt(call, atUs, step)
  }
}

/** The lines of a text, without their line ends. */
export function linesOf(text: string): string[] {
  if (text === "") return []
  const lines = text.split("\n")
  if (lines[lines.length - 1] === "") lines.pop()
  return lines
}

/** The figures of a whole trace. */
export function totalsOf(trace: Trace): Totals {
  const totals = new Totals()
  for (const event of trace.events()) totals.apply(event, trace)
  return totals
}
