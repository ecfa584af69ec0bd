// A cassette: what real models answered in a run, so that anyone can run it again without a key. Calls are matched by
// canonical request, first in, first out among equals; a request that is not there is asked afresh where that is allowed,
// else it fails loudly and names the nearest one (cassette-miss.ts). Times are integer microseconds after the request left,
// as the run stamped them, so a replay gives the trace of the run that was recorded, byte for byte.
// The file is cassette-file.ts; who wires it into a run is session/answerer.ts.
import { hash32 } from "../kernel/random.ts"
import { type Answerer, canonicalRequest } from "./calls.ts"
import { missMessage } from "./cassette-miss.ts"
import type { AnswerPlan } from "./plan.ts"
import type { Attempt, FailureKind, ModelFailure, ModelRequest, Reply, Usage } from "./request.ts"

/** How an attempt ended: with a reply, with a failure, or the run left it before it had ended. */
export type AttemptEnd =
  | { readonly kind: "reply"; readonly afterUs: number; readonly usage: Usage; readonly finish: Reply["finish"] }
  | {
      readonly kind: "failed"
      readonly afterUs: number
      readonly status: number
      readonly message: string
      /** -1 where the provider did not say. */
      readonly retryAfterMs: number
      readonly what?: FailureKind | undefined
    }
  | { readonly kind: "left"; readonly afterUs: number }

/** One attempt: what was asked and what came back when. Never a key, never a header. */
export interface RecordedCall {
  readonly request: ModelRequest
  /** Who really answered, for costs; null where nobody said. */
  readonly by: { readonly provider: string; readonly model: string } | null
  /** In ascending order; the pieces make up the reply's text. */
  readonly chunks: readonly { readonly afterUs: number; readonly text: string }[]
  readonly tools: readonly { readonly name: string; readonly args: unknown }[]
  readonly end: AttemptEnd
}

/** An attempt of a run that a real model answered, now (`fresh`) or in the recording that the run was given. */
export interface RecordedAttempt {
  readonly call: number
  /** Its place among all attempts of the run. */
  readonly order: number
  readonly fresh: boolean
  readonly recording: RecordedCall
}

/** The program that was recorded: enough to tell that a cassette belongs to another one. */
export interface RecordedProgram {
  readonly language: string
  readonly path: string
  /** `programMark` of its texts. */
  readonly mark: string
}

/** What else decided the run that was recorded, so that its replay needs no more than the program and the cassette. */
export interface RecordedOptions {
  readonly seed: number
  readonly schedule: "fifo" | "shuffle" | readonly number[]
  readonly maxParallel: number
  /** How often a reply that did not fit was asked for again, where that was said. */
  readonly maxRetries?: number
  /** What the program was told the model is called; undefined in recordings that were made before names were kept. */
  readonly modelName?: string
  readonly startMs: number
  /**
   * Names of stored keys, never keys, that the program could ask for: `env` of one gave a mark, and does so for whoever replays
   * it, with a key or without. undefined in recordings that were made before names were kept.
   */
  readonly keyNames?: readonly string[]
}

export interface Cassette {
  readonly program: RecordedProgram
  readonly options: RecordedOptions
  /** YYYY-MM-DD, or "" where nobody said. */
  readonly recordedOn: string
  /** Lines of input that the run was given, and those that were typed while it waited. */
  readonly inputLines: readonly string[]
  readonly typedLines: readonly string[]
  readonly calls: readonly RecordedCall[]
}

/** A cassette as an input of a run. */
export interface CassetteInput {
  readonly program: RecordedProgram
  readonly calls: readonly RecordedCall[]
  /** 1: times as recorded; 10: ten times as fast, and so on. */
  readonly squeeze: number
}

/** Sixteen hexadecimal digits that differ for different programs. */
export function programMark(path: string, text: string, files: Readonly<Record<string, string>>): string {
  const names = Object.keys(files).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const all = JSON.stringify([path, text, ...names.map((name) => [name, files[name]])])
  return [hash32(all), hash32(all, 0x9e3779b9)].map((half) => half.toString(16).padStart(8, "0")).join("")
}

/** The attempts of a run in the order in which they were sent. Feed it with `Outside.recorded`; attempts come as they end. */
export class CassetteRecorder {
  private readonly attempts: RecordedAttempt[] = []

  add(attempt: RecordedAttempt): void {
    this.attempts.push(attempt)
  }

  get length(): number {
    return this.attempts.length
  }

  /** How many of them were asked of a provider in this run. */
  get fresh(): number {
    return this.attempts.filter((attempt) => attempt.fresh).length
  }

  inOrder(): RecordedAttempt[] {
    return [...this.attempts].sort((a, b) => a.order - b.order)
  }

  /** What the run asked and was answered, and nothing else: of a recording it was given only what it used. */
  recordings(): RecordedCall[] {
    return this.inOrder().map((attempt) => attempt.recording)
  }
}

/** What is known after another run: its calls first, then those of before that it had no use for, up to `max` in all. */
export function merged(before: readonly RecordedCall[], used: readonly RecordedCall[], max = 5000): RecordedCall[] {
  const taken = new Set(used.map((call) => JSON.stringify(call)))
  return [...used, ...before.filter((call) => !taken.has(JSON.stringify(call)))].slice(0, max)
}

export interface CassettePlayerOptions {
  readonly cassette: CassetteInput
  /** The program that runs now. */
  readonly program: RecordedProgram
  /** True: what is not recorded is asked outside, and only replies count as recorded; false: a miss fails. */
  readonly asksAfresh: boolean
  readonly onMiss?: (message: string) => void
}

export class CassettePlayer implements Answerer {
  /** Calls by canonical request; the first of each list is the next to be given. */
  private readonly waiting = new Map<string, RecordedCall[]>()
  private given = 0

  constructor(private readonly options: CassettePlayerOptions) {
    for (const call of options.cassette.calls) {
      // A failure or a call that was left is part of the run that was, but no answer for a run that may ask again.
      if (options.asksAfresh && call.end.kind !== "reply") continue
      const key = canonicalRequest(call.request)
      const equal = this.waiting.get(key)
      if (equal) equal.push(call)
      else this.waiting.set(key, [call])
    }
  }

  answer(request: ModelRequest): AnswerPlan | "outside" {
    const call = this.waiting.get(canonicalRequest(request))?.shift()
    if (call) {
      this.given++
      return planOf(call, this.options.cassette.squeeze)
    }
    if (this.options.asksAfresh) return "outside"
    const { cassette, program, onMiss } = this.options
    const message = missMessage(request, cassette, program, this.given)
    onMiss?.(message)
    const failure: ModelFailure = { status: 400, message, retryAfterMs: -1, partial: "", what: "notRecorded" }
    return { source: "replayed", firstTokenUs: null, chunks: [], endUs: 0, attempt: { ok: false, failure } }
  }
}

/** How a recorded attempt goes again. */
function planOf(call: RecordedCall, squeeze: number): AnswerPlan {
  const at = (afterUs: number) => (squeeze === 1 ? afterUs : Math.floor(afterUs / squeeze))
  let text = ""
  const chunks = call.chunks.map((chunk) => {
    text += chunk.text
    return { afterUs: at(chunk.afterUs), units: text.length }
  })
  const { end } = call
  return {
    // At recorded times the trace is the trace of the run that was recorded; whether a call was asked afresh is told beside it.
    source: squeeze === 1 ? "live" : "replayed",
    firstTokenUs: chunks[0]?.afterUs ?? null,
    chunks,
    // The run left the call at that time itself; the answer's end lies just behind, for a program that waits longer.
    endUs: at(end.afterUs) + (end.kind === "left" ? 1 : 0),
    attempt: attemptOf(call, text),
    recorded: call,
  }
}

function attemptOf(call: RecordedCall, text: string): Attempt {
  const { end } = call
  switch (end.kind) {
    case "reply":
      return { ok: true, reply: { text, toolCalls: call.tools, usage: end.usage, finish: end.finish } }
    case "failed":
      return {
        ok: false,
        failure: { status: end.status, message: end.message, retryAfterMs: end.retryAfterMs, partial: text, what: end.what },
      }
    case "left": {
      const message = `the recording ends here: the recorded run left this call after ${(end.afterUs / 1_000_000).toFixed(2)} s`
      return { ok: false, failure: { status: 400, message, retryAfterMs: -1, partial: text, what: "notRecorded" } }
    }
  }
}
