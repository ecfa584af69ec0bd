// Random numbers of a run: independent streams from one seed (design: the law). A stream is named, so that drawing from
// one never moves another: the schedule's, the program's, and one for each simulated model call. The generator is
// sfc32, its state spread from a 64-bit FNV-like hash of name and seed; only 32-bit integer arithmetic, hence the same
// numbers everywhere.

export class RandomStream {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(name: string, seed: number) {
    const text = `${name}\u0000${seed}`
    this.a = hash32(text, 0x811c9dc5)
    this.b = hash32(text, 0x9e3779b9)
    this.c = hash32(text, 0x85ebca6b)
    for (let i = 0; i < 12; i++) this.next()
  }

  /** 32 random bits as an unsigned number. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    this.c |= 0
    return sum >>> 0
  }

  /** A double in [0, 1) with 53 random bits. */
  fraction(): number {
    const high = this.next() >>> 5
    const low = this.next() >>> 6
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  /** An integer in [0, count); `count` from 1 to 2^53. */
  below(count: number): number {
    return Math.floor(this.fraction() * count)
  }
}

/** A 32-bit hash of a text (FNV-1a over UTF-16 units with a final mix). */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let hash = basis | 0
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
