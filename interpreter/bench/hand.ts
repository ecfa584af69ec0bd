// The same work in hand-written JavaScript, for `npm run bench`: what a programmer of the host would write, with native
// promises for tasks. Sleeping needs a clock that jumps when nobody can run, as ours does: a heap of timers, of which the
// earliest fires when the promises have had their turn.

export function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

export function loopSum(turns: number): number {
  let s = 0
  for (let i = 0; i < turns; i++) s = s + ((i * 3) % 7)
  return s
}

export function sieve(n: number): number {
  const prime: boolean[] = []
  for (let i = 0; i <= n; i++) prime.push(true)
  let count = 0
  for (let i = 2; i <= n; i++) {
    if (!prime[i]) continue
    count++
    for (let j = i * i; j <= n; j += i) prime[j] = false
  }
  return count
}

export function sortedEnds(size: number): string {
  const xs: number[] = []
  let x = 17
  for (let i = 0; i < size; i++) {
    x = (x * 1103 + 12345) % 65536
    xs.push(x)
  }
  xs.sort((a, b) => a - b)
  return `${xs[0]} ${xs[size - 1]}`
}

export function words(count: number): number {
  const counts = new Map<string, number>()
  const list = "red green blue".split(" ")
  for (let i = 0; i < count; i++) {
    const word = list[i % 3] as string
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts.get("red") ?? 0
}

class Point {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {}
  dot(other: Point): number {
    return this.x * other.x + this.y * other.y
  }
}

export function methods(calls: number): number {
  const p = new Point(3, 4)
  const q = new Point(1, 2)
  let s = 0
  for (let i = 0; i < calls; i++) s = (s + p.dot(q)) % 1_000_003
  return s
}

export function closures(calls: number): number {
  const more = 3
  const step = (x: number) => x + more
  let s = 0
  for (let i = 0; i < calls; i++) s = step(s) - 1
  return s
}

export async function tasks(count: number): Promise<number> {
  const clock = new Clock()
  const work = async () => {
    await clock.sleep(1)
    return 1
  }
  const started: Promise<number>[] = []
  for (let i = 0; i < count; i++) started.push(work())
  return clock.until(
    (async () => {
      let sum = 0
      for (const one of started) sum += await one
      return sum
    })(),
  )
}

/** A queue without room: every message is handed over by promises. */
export async function messages(count: number): Promise<number> {
  let offered: { readonly value: number; readonly taken: () => void } | null = null
  let asking: ((value: number) => void) | null = null
  const send = (value: number): Promise<void> | undefined => {
    if (asking) {
      const answer = asking
      asking = null
      answer(value)
      return undefined
    }
    return new Promise((taken) => {
      offered = { value, taken }
    })
  }
  const receive = (): number | Promise<number> => {
    if (!offered) {
      return new Promise((resolve) => {
        asking = resolve
      })
    }
    const { value, taken } = offered
    offered = null
    taken()
    return value
  }
  const produce = async () => {
    for (let i = 1; i <= count; i++) await send(i)
  }
  const producing = produce()
  let sum = 0
  for (let i = 0; i < count; i++) sum += await receive()
  await producing
  return sum
}

/** Time that passes when nobody can run. */
class Clock {
  private readonly heap: { readonly at: number; readonly order: number; readonly fire: () => void }[] = []
  private now = 0
  private order = 0

  sleep(duration: number): Promise<void> {
    return new Promise((fire) => {
      const { heap } = this
      heap.push({ at: this.now + duration, order: this.order++, fire })
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (!this.before(i, parent)) break
        this.swap(i, parent)
        i = parent
      }
    })
  }

  async until<T>(result: Promise<T>): Promise<T> {
    let over = false
    const ended = result.finally(() => {
      over = true
    })
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve))
      const first = this.heap[0]
      if (!first) continue
      this.now = first.at
      while (this.heap[0]?.at === this.now) this.takeFirst()()
    }
    return ended
  }

  private takeFirst(): () => void {
    const { heap } = this
    const first = heap[0] as (typeof heap)[number]
    const last = heap.pop() as (typeof heap)[number]
    if (heap.length > 0) heap[0] = last
    for (let i = 0; ; ) {
      let least = i
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && this.before(child, least)) least = child
      if (least === i) return first.fire
      this.swap(i, least)
      i = least
    }
  }

  private before(i: number, j: number): boolean {
    const a = this.heap[i] as (typeof this.heap)[number]
    const b = this.heap[j] as (typeof this.heap)[number]
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  private swap(i: number, j: number): void {
    const kept = this.heap[i] as (typeof this.heap)[number]
    this.heap[i] = this.heap[j] as (typeof this.heap)[number]
    this.heap[j] = kept
  }
}
