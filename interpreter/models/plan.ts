// How one attempt will go in virtual time, decided when it is sent: when the first token comes, when more, when it ends
// and with what. The simulated model and a cassette answer with plans; `calls.ts` plays them on the kernel's timers.
import type { RandomStream } from "../kernel/random.ts"
import type { AnswerSource } from "../trace/event.ts"
import type { RecordedCall } from "./cassette.ts"
import type { Attempt, ModelRequest } from "./request.ts"

export interface AnswerPlan {
  readonly source: AnswerSource
  /** Microseconds after the request; null for an attempt that fails without a token. */
  readonly firstTokenUs: number | null
  /** When more text is there (ascending microseconds after the request) and how much then (UTF-16 units so far). */
  readonly chunks: readonly { readonly afterUs: number; readonly units: number }[]
  readonly endUs: number
  readonly attempt: Attempt
  /** What a cassette answered with. */
  readonly recorded?: RecordedCall
}

/** Writes the text of an answer: the built-in responder. */
export type Responder = (request: ModelRequest, random: RandomStream) => string

/** A plan that is made once the responder is there, in the instant in which the attempt was sent. */
export interface LaterPlan {
  readonly source: AnswerSource
  readonly later: (respond: Responder) => AnswerPlan
}

/** Events that one attempt may add to the trace for its stream; longer streams report several tokens at once. */
const MAX_CHUNKS = 400

/**
 * The stream of a text of `tokens` tokens: the first after `firstTokenUs`, the last at `endUs`, evenly between, each time
 * rounded down to whole microseconds (design: models).
 */
export function evenChunks(text: string, tokens: number, firstTokenUs: number, endUs: number): AnswerPlan["chunks"] {
  const count = Math.max(1, Math.min(tokens, text.length, MAX_CHUNKS))
  const chunks: { afterUs: number; units: number }[] = []
  for (let i = 1; i <= count; i++) {
    const afterUs = count === 1 ? firstTokenUs : Math.floor(firstTokenUs + ((endUs - firstTokenUs) * (i - 1)) / (count - 1))
    chunks.push({ afterUs, units: wholeCharacters(text, Math.floor((text.length * i) / count)) })
  }
  return chunks
}

/** Not more units than `units`, and never half of a surrogate pair. */
function wholeCharacters(text: string, units: number): number {
  const unit = text.charCodeAt(units - 1)
  return unit >= 0xd800 && unit < 0xdc00 && units < text.length ? units - 1 : units
}
