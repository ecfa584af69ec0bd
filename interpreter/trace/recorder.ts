// Writes a run's trace: events into typed-array chunks, texts into a table of strings. One recorder a run; the kernel
// and the runtimes hold it. Chunks leave it as they fill up and are *transferred* to the page, so a full chunk is never
// touched again. The same calls give the same bytes.
import { type Kind, type TraceChunk, WORDS_PER_EVENT } from "./event.ts"

const FIRST_CAPACITY = 1024
const CHUNK_CAPACITY = 16_384

export class Recorder {
  /** Events recorded since the run began. */
  count = 0
  private readonly interned = new Map<string, number>()
  private newStrings: string[] = []
  private full: TraceChunk[] = []
  private times = new Float64Array(FIRST_CAPACITY)
  private words = new Int32Array(FIRST_CAPACITY * WORDS_PER_EVENT)
  private used = 0

  constructor(
    /** Called with its site when the event after this many is recorded; throws to end the run (kernel/limits.ts). */
    private readonly maxEvents: number = Number.POSITIVE_INFINITY,
    private readonly onLimit: (site: number) => void = () => {},
  ) {}

  /** The index of a text in the trace's strings; the same text always has the same index. */
  text(value: string): number {
    let index = this.interned.get(value)
    if (index === undefined) {
      index = this.interned.size
      this.interned.set(value, index)
      this.newStrings.push(value)
    }
    return index
  }

  event(kind: Kind, atUs: number, task: number, site: number, a: number, b: number): void {
    if (this.used === this.times.length) this.grow()
    const at = this.used * WORDS_PER_EVENT
    this.times[this.used] = atUs
    this.words[at] = kind
    this.words[at + 1] = task
    this.words[at + 2] = site
    this.words[at + 3] = a
    this.words[at + 4] = b
    this.used++
    this.count++
    if (this.count === this.maxEvents + 1) this.onLimit(site)
  }

  /** All that was recorded since the last flush, as chunks whose buffers are the caller's from now on. */
  flush(): TraceChunk[] {
    this.close()
    const chunks = this.full
    this.full = []
    return chunks
  }

  private grow(): void {
    if (this.used < CHUNK_CAPACITY) {
      const times = new Float64Array(this.used * 2)
      const words = new Int32Array(this.used * 2 * WORDS_PER_EVENT)
      times.set(this.times)
      words.set(this.words)
      this.times = times
      this.words = words
    } else {
      this.close()
      this.times = new Float64Array(CHUNK_CAPACITY)
      this.words = new Int32Array(CHUNK_CAPACITY * WORDS_PER_EVENT)
    }
  }

  private close(): void {
    if (this.used === 0 && this.newStrings.length === 0) return
    const exact = this.used === this.times.length
    this.full.push({
      count: this.used,
      times: exact ? this.times : this.times.slice(0, this.used),
      words: exact ? this.words : this.words.slice(0, this.used * WORDS_PER_EVENT),
      strings: this.newStrings,
    })
    this.newStrings = []
    this.used = 0
    if (exact) {
      this.times = new Float64Array(FIRST_CAPACITY)
      this.words = new Int32Array(FIRST_CAPACITY * WORDS_PER_EVENT)
    }
  }
}
