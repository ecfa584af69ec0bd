// A trace as its readers hold it: the chunks that arrived so far, the strings, and the sites (ranges of the source).
// It only grows; reading never copies the chunks. The page, the exporters and the tests read it; the file form is
// `format.ts`, the text form `print.ts`.
import type { Range } from "../source/text.ts"
import { type Kind, type TraceChunk, type TraceEvent, WORDS_PER_EVENT } from "./event.ts"

export class Trace {
  readonly chunks: TraceChunk[] = []
  /** For each chunk, how many events stand before it. */
  readonly starts: number[] = []
  readonly strings: string[] = []
  /** How many events there are. */
  length = 0

  constructor(
    /** The ranges of the source that events point at, by site. */
    readonly sites: readonly Range[] = [],
  ) {}

  append(chunk: TraceChunk): void {
    this.starts.push(this.length)
    this.chunks.push(chunk)
    for (const text of chunk.strings) this.strings.push(text)
    this.length += chunk.count
  }

  /** The text behind an argument; "" for an index that is not there. */
  text(index: number): string {
    return this.strings[index] ?? ""
  }

  /** Whether there is an event of a kind. */
  has(kind: Kind): boolean {
    return this.chunks.some(({ count, words }) => {
      const end = count * WORDS_PER_EVENT
      for (let at = 0; at < end; at += WORDS_PER_EVENT) if (words[at] === kind) return true
      return false
    })
  }

  /** Events from the nth on, in order, each an object of its own. Readers of millions use `visit`. */
  *events(from = 0): Generator<TraceEvent> {
    let start = 0
    for (const chunk of this.chunks) {
      if (start + chunk.count > from) {
        for (let i = Math.max(0, from - start); i < chunk.count; i++) {
          yield readEvent(chunk, i, { kind: 0 as Kind, atUs: 0, task: 0, site: 0, a: 0, b: 0 })
        }
      }
      start += chunk.count
    }
  }

  /** Calls `see` for every event from the nth on, in order, always with the same object: copy what you keep. */
  visit(from: number, see: (event: TraceEvent) => void): void {
    const event = { kind: 0 as Kind, atUs: 0, task: 0, site: 0, a: 0, b: 0 }
    let start = 0
    for (const chunk of this.chunks) {
      if (start + chunk.count > from) {
        for (let i = Math.max(0, from - start); i < chunk.count; i++) see(readEvent(chunk, i, event))
      }
      start += chunk.count
    }
  }
}

/** The first `count` events of a chunk with its texts, and the rest of it without; views of the same numbers, not copies. */
export function splitChunk(chunk: TraceChunk, count: number): readonly [TraceChunk, TraceChunk] {
  const { times, words, strings } = chunk
  const at = count * WORDS_PER_EVENT
  return [
    { count, times: times.subarray(0, count), words: words.subarray(0, at), strings },
    { count: chunk.count - count, times: times.subarray(count), words: words.subarray(at), strings: [] },
  ]
}

/** Reads the ith event of a chunk into `event` and returns it. */
export function readEvent(
  chunk: TraceChunk,
  i: number,
  event: { kind: Kind; atUs: number; task: number; site: number; a: number; b: number },
): TraceEvent {
  const at = i * WORDS_PER_EVENT
  const words = chunk.words
  event.kind = (words[at] ?? 0) as Kind
  event.atUs = chunk.times[i] ?? 0
  event.task = words[at + 1] ?? 0
  event.site = words[at + 2] ?? 0
  event.a = words[at + 3] ?? 0
  event.b = words[at + 4] ?? 0
  return event
}
