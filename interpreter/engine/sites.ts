// The table of places in the source that a compiled program can point at. A site is an index into it; the emitted text,
// the trace and faults carry sites only, and readers look the range up here.
import type { Range } from "../source/text.ts"

export class Sites {
  readonly ranges: Range[] = []
  private readonly known = new Map<string, number>()

  /** The site of a range; the same range always has the same site. */
  add(file: string, from: number, to: number): number {
    const key = `${from}:${to}:${file}`
    let site = this.known.get(key)
    if (site === undefined) {
      site = this.ranges.length
      this.ranges.push({ file, from, to })
      this.known.set(key, site)
    }
    return site
  }
}
