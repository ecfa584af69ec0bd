// Model calls as spans: each call with the phases it went through, one after the other, and when how much of its reply
// was there. Folded from the call events of a trace by `spans.ts`; drawn by the timeline, told by the details panel.
import { ANSWER_SOURCES, type AnswerSource, FINISHES, type Finish } from "./event.ts"
import { jsonObject, numberField, textField } from "./kinds.ts"
import { lastAtOrBefore } from "./series.ts"

/**
 * What a call does at a time. `queued`: wants a place. `waiting`: sent, no token yet. `tokens`: the reply arrives.
 * `tools`: tools the model asked for run. `backoff`: an attempt failed, the next one waits. `between`: an attempt is over
 * and the program has not said what follows (mostly no time at all).
 */
export const PHASES = ["queued", "waiting", "tokens", "tools", "backoff", "between"] as const
export type Phase = (typeof PHASES)[number]

/** `cut`: the task or the run ended before the call did. */
export type CallState = "open" | "done" | "failed" | "cut"

/** `what`: what went wrong, where the status does not say (models/request.ts); "" where it does. */
export interface CallFailure {
  readonly status: number
  readonly message: string
  readonly what: string
}

const FAILURE_WORDS: Readonly<Record<string, string>> = {
  silent: "no answer",
  cut: "cut off",
  offline: "offline",
  unreached: "not reached",
  empty: "empty",
  unreadable: "unreadable",
  tooLong: "too long",
  notRecorded: "not recorded",
}

/** A failure in a word or two, for marks and lists: `429`, `cut off`. */
export function failureWord({ status, what }: Pick<CallFailure, "status" | "what">): string {
  return Object.hasOwn(FAILURE_WORDS, what) ? (FAILURE_WORDS[what] as string) : status > 0 ? `${status}` : "no answer"
}

/** A failure as a sentence begins it: the status before a message, which says by itself what no status tells. */
export function failureText(failure: CallFailure): string {
  if (failure.message === "") return failureWord(failure)
  return failure.what === "" ? `${failureWord(failure)} ${failure.message}` : failure.message
}

/** How a reply that did not simply end did end, in a word or two for marks and lists; "" where it did. */
export function finishWord(finish: Finish): string {
  return finish === "length" ? "token limit" : finish === "refused" ? "refused" : ""
}

/** The same as a sentence that says what to do. */
export function finishText(finish: Finish): string {
  if (finish === "length") return "The answer was cut off at the token limit: raise the limit or ask for less."
  return finish === "refused" ? "The model refused to answer: what it says is its refusal, or the part before a filter stopped it." : ""
}

export interface CallAttempt {
  /** From 1. */
  readonly number: number
  readonly sentUs: number
  readonly sentStep: number
  /** -1 while there is no token. */
  firstTokenUs: number
  /** -1 while it is in flight. */
  endUs: number
  endStep: number
  /** The failure, if it failed. */
  failure: CallFailure | null
  /** How its reply ended; "stop" while there is none. */
  finish: Finish
  /** Why another attempt follows; "" where none does. */
  retryReason: string
}

/** Something that happened inside a call: a tool was asked for, a tool answered, another try was wanted. */
export interface CallMark {
  readonly what: "tool" | "tool-result" | "retry"
  readonly text: string
  readonly atUs: number
  readonly step: number
}

export class CallSpan {
  readonly attempts: CallAttempt[] = []
  readonly marks: CallMark[] = []
  /** Phases one after the other: each ends where the next begins, the last one with the call. */
  readonly phases: Phase[] = []
  readonly phaseUs: number[] = []
  readonly phaseSteps: number[] = []
  /** When how much of the reply of the attempt in flight was there (UTF-16 units). */
  readonly chunkUs: number[] = []
  readonly chunkSteps: number[] = []
  readonly chunkUnits: number[] = []
  tokensIn = 0
  tokensOut = 0
  estimated = false
  source: AnswerSource | null = null
  state: CallState = "open"
  /** -1 while it is open. */
  endUs = -1
  endStep = -1
  /** The last complete reply: index into the strings, -1 while there is none. */
  replyText = -1
  /** What became of the call: the value as printed, or the message; index into the strings, -1 while open. */
  endText = -1
  private modelName: string | null = null

  constructor(
    readonly id: number,
    readonly task: number,
    readonly site: number,
    /** The request as JSON: index into the strings. */
    readonly requestText: number,
    readonly queuedUs: number,
    readonly queuedStep: number,
    /** Which track of its lane it takes: 0 unless another call of the same task is open at the same time. */
    readonly track: number,
  ) {
    this.enter("queued", queuedUs, queuedStep)
  }

  get attempt(): CallAttempt | undefined {
    return this.attempts[this.attempts.length - 1]
  }

  /** A request is on its way or being answered. */
  get inFlight(): boolean {
    const attempt = this.attempt
    return attempt !== undefined && attempt.endUs < 0
  }

  get phase(): Phase {
    return this.phases[this.phases.length - 1] as Phase
  }

  /** Microseconds from the first attempt's sending to the first token of the last; -1 while there is none. */
  get firstTokenAfterUs(): number {
    const first = this.attempts[0]
    const last = this.attempt
    return first && last && last.firstTokenUs >= 0 ? last.firstTokenUs - first.sentUs : -1
  }

  /** The model's name as the program gave it; "" for the default one. */
  modelOf(text: (index: number) => string): string {
    this.modelName ??= textField(jsonObject(text(this.requestText)), "model")
    return this.modelName
  }

  /** Begins a phase, unless the call is in it already. */
  enter(phase: Phase, atUs: number, step: number): void {
    if (this.phases.length > 0 && this.phase === phase) return
    this.phases.push(phase)
    this.phaseUs.push(atUs)
    this.phaseSteps.push(step)
  }

  /** The end of the ith phase in microseconds: the next one's begin, the call's end, or `nowUs` while it goes on. */
  phaseEndUs(i: number, nowUs: number): number {
    return this.phaseUs[i + 1] ?? (this.endUs >= 0 ? this.endUs : nowUs)
  }

  phaseEndStep(i: number, nowStep: number): number {
    return this.phaseSteps[i + 1] ?? (this.endStep >= 0 ? this.endStep : nowStep)
  }

  /** The phase after the event at `step`; undefined before and after the call. */
  phaseAtStep(step: number): Phase | undefined {
    if (this.endStep >= 0 && this.endStep <= step) return undefined
    return this.phases[lastAtOrBefore(this.phaseSteps, step)]
  }

  /** UTF-16 units of the reply that were there after the event at `step`. */
  unitsAtStep(step: number): number {
    return this.chunkUnits[lastAtOrBefore(this.chunkSteps, step)] ?? 0
  }

  sent(number: number, atUs: number, step: number): void {
    const last = this.attempt
    if (last && last.endUs < 0) this.attemptEnded(atUs, step)
    this.attempts.push({
      number,
      sentUs: atUs,
      sentStep: step,
      firstTokenUs: -1,
      endUs: -1,
      endStep: -1,
      failure: null,
      finish: "stop",
      retryReason: "",
    })
    this.enter("waiting", atUs, step)
  }

  firstToken(atUs: number, step: number): void {
    const attempt = this.attempt
    if (attempt && attempt.firstTokenUs < 0) attempt.firstTokenUs = atUs
    this.enter("tokens", atUs, step)
  }

  chunk(units: number, atUs: number, step: number): void {
    this.chunkUs.push(atUs)
    this.chunkSteps.push(step)
    this.chunkUnits.push(units)
  }

  /** How the reply that comes next ended. */
  finished(finish: number): void {
    const attempt = this.attempt
    if (attempt) attempt.finish = FINISHES[finish] ?? "stop"
  }

  replied(replyText: number, atUs: number, step: number): void {
    this.replyText = replyText
    this.attemptEnded(atUs, step)
    const last = this.marks[this.marks.length - 1]
    const askedTool = last?.what === "tool" && last.step >= (this.attempt?.sentStep ?? 0)
    if (askedTool && this.attempt?.finish === "stop") this.attempt.finish = "tools"
    this.enter(askedTool ? "tools" : "between", atUs, step)
  }

  attemptFailed(json: string, atUs: number, step: number): void {
    const failure = jsonObject(json)
    const attempt = this.attempt
    if (attempt)
      attempt.failure = { status: numberField(failure, "status"), message: textField(failure, "message"), what: textField(failure, "what") }
    this.attemptEnded(atUs, step)
    this.enter("between", atUs, step)
  }

  end(state: CallState, endText: number, atUs: number, step: number): void {
    const attempt = this.attempt
    if (attempt && attempt.endUs < 0) this.attemptEnded(atUs, step)
    this.state = state
    this.endText = endText
    this.endUs = atUs
    this.endStep = step
  }

  answeredBy(source: number): void {
    this.source = ANSWER_SOURCES[source] ?? null
  }

  private attemptEnded(atUs: number, step: number): void {
    const attempt = this.attempt
    if (!attempt) return
    attempt.endUs = atUs
    attempt.endStep = step
  }
}
