// Texts compared and merged line by line: what a version differs in, and two tabs' changes of one document put together.
// Pure; the work is bounded (texts that differ in too many lines are said to differ as a whole).

export type LineChange = { readonly kind: "same" | "gone" | "new"; readonly text: string }

/** Most lines that may differ for the differences to be looked for one by one. */
const MOST_EDITS = 1500

const linesOf = (text: string): string[] => text.split("\n")

/** For each line of `a` the line of `b` that it is, or -1; growing, so that both can be read in one go. */
function matches(a: readonly string[], b: readonly string[]): Int32Array {
  const found = new Int32Array(a.length).fill(-1)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) found[start] = start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) found[--endA] = --endB
  middle(a.slice(start, endA), b.slice(start, endB)).forEach((at, i) => {
    if (at >= 0) found[start + i] = start + at
  })
  return found
}

/** The shortest way from `a` to `b` by lines that go and come (Myers 1986), read back from where it arrived. */
function middle(a: readonly string[], b: readonly string[]): Int32Array {
  const found = new Int32Array(a.length).fill(-1)
  const most = Math.min(a.length + b.length, MOST_EDITS)
  const reach = new Int32Array(2 * most + 3)
  const centre = most + 1
  const steps: Int32Array[] = []
  for (let edits = 0; edits <= most; edits++) {
    steps.push(reach.slice(centre - edits - 1, centre + edits + 2))
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reach, centre + k - 1) < at(reach, centre + k + 1))
      let x = down ? at(reach, centre + k + 1) : at(reach, centre + k - 1) + 1
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      reach[centre + k] = x
      if (x < a.length || x - k < b.length) continue
      readBack(steps, a.length, b.length, found)
      return found
    }
  }
  return found
}

const at = (numbers: Int32Array, i: number): number => numbers[i] ?? 0

function readBack(steps: readonly Int32Array[], lengthA: number, lengthB: number, found: Int32Array): void {
  let x = lengthA
  let y = lengthB
  for (let edits = steps.length - 1; edits >= 0; edits--) {
    const reach = steps[edits] as Int32Array
    const centre = edits + 1
    const k = x - y
    const down = k === -edits || (k !== edits && at(reach, centre + k - 1) < at(reach, centre + k + 1))
    const fromK = down ? k + 1 : k - 1
    const fromX = edits === 0 ? 0 : at(reach, centre + fromK)
    // The lines that both have come after the one that went or came.
    const startX = edits === 0 || down ? fromX : fromX + 1
    while (x > startX) found[--x] = --y
    x = fromX
    y = fromX - fromK
  }
}

/** Every line of both texts in reading order: kept, gone from `before`, new in `after`. */
export function lineChanges(before: string, after: string): LineChange[] {
  const a = linesOf(before)
  const b = linesOf(after)
  const changes: LineChange[] = []
  let y = 0
  const pairs = matches(a, b)
  a.forEach((text, x) => {
    const match = at(pairs, x)
    if (match < 0) {
      changes.push({ kind: "gone", text })
      return
    }
    while (y < match) changes.push({ kind: "new", text: b[y++] ?? "" })
    changes.push({ kind: "same", text })
    y++
  })
  while (y < b.length) changes.push({ kind: "new", text: b[y++] ?? "" })
  return changes
}

export interface Merged {
  readonly text: string
  /** Places that both changed in their own ways; both texts stand there, mine first. */
  readonly clashes: number
}

/** Both texts' changes of `base` in one. Nothing that either wrote is lost. */
export function merged(base: string, mine: string, theirs: string): Merged {
  const [o, a, b] = [linesOf(base), linesOf(mine), linesOf(theirs)]
  const inA = matches(o, a)
  const inB = matches(o, b)
  const out: string[] = []
  let clashes = 0
  let [fromO, fromA, fromB] = [0, 0, 0]
  const chunk = (toO: number, toA: number, toB: number) => {
    const [was, here, there] = [o.slice(fromO, toO), a.slice(fromA, toA), b.slice(fromB, toB)]
    if (same(here, was)) out.push(...there)
    else if (same(there, was) || same(here, there)) out.push(...here)
    else {
      clashes++
      out.push(...here, ...there)
    }
  }
  for (let i = 0; i < o.length; i++) {
    const [toA, toB] = [at(inA, i), at(inB, i)]
    if (toA < 0 || toB < 0) continue
    chunk(i, toA, toB)
    out.push(o[i] ?? "")
    ;[fromO, fromA, fromB] = [i + 1, toA + 1, toB + 1]
  }
  chunk(o.length, a.length, b.length)
  return { text: out.join("\n"), clashes }
}

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((line, i) => line === b[i])
