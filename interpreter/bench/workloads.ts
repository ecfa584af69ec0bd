// The programs that are measured: each in the languages that have its kind of thing, beside the same work in hand-written
// JavaScript. `units` says how many units of work one run does, so that figures are per unit. Sizes are chosen so that one
// run takes some tens of milliseconds.

export interface Workload {
  readonly name: string
  readonly unit: string
  readonly units: number
  readonly programs: Readonly<Record<string, string>>
  /** What a program prints, so that a wrong answer is not taken for a fast one. */
  readonly prints: string
  /** The same by hand; resolves to what is printed. */
  readonly hand: () => Promise<string>
}

function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

const FIB = 22
const LOOP = 300_000
const SORT = 20_000
const WORDS = 20_000
const TASKS = 10_000
const MESSAGES = 10_000

/** Timers of the hand-written versions: virtual too, a heap would not be fair to promises, so all sleeps end at once. */
function virtualSleep(): Promise<void> {
  return Promise.resolve()
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: "fib",
    unit: "call",
    units: 57_313,
    prints: "17711",
    programs: {
      jade: `fn fib(n) {\n  if n < 2 { return n }\n  return fib(n - 1) + fib(n - 2)\n}\nprint(fib(${FIB}))\n`,
      ard: `use ard/io\nfn fib(n: Int) Int {\n  match n < 2 {\n    true => n,\n    false => fib(n - 1) + fib(n - 2),\n  }\n}\nfn main() {\n  io::print(fib(${FIB}))\n}\n`,
      vibe: `function fib(n: number): number {\n  if n < 2 { return n }\n  return fib(n - 1) + fib(n - 2)\n}\nprint(fib(${FIB}))\n`,
    },
    hand: async () => String(fib(FIB)),
  },
  {
    name: "loop",
    unit: "iteration",
    units: LOOP,
    prints: String(loopSum()),
    programs: {
      jade: `let s = 0\nlet i = 0\nwhile i < ${LOOP} {\n  s = s + i * 3 % 7\n  i = i + 1\n}\nprint(s)\n`,
      ard: `use ard/io\nfn main() {\n  mut s = 0\n  for mut i = 0; i < ${LOOP}; i =+ 1 {\n    s =+ ((i * 3) % 7)\n  }\n  io::print(s)\n}\n`,
      vibe: `let s = 0\nlet i = 0\nwhile i < ${LOOP} {\n  s = s + i * 3 % 7\n  i = i + 1\n}\nprint(s)\n`,
    },
    hand: async () => String(loopSum()),
  },
  {
    name: "sort",
    unit: "n log n",
    units: Math.round(SORT * Math.log2(SORT)),
    prints: sortedEnds(),
    programs: {
      jade: `let xs = []\nlet x = 17\nlet i = 0\nwhile i < ${SORT} {\n  x = (x * 1103 + 12345) % 65536\n  xs.push(x)\n  i = i + 1\n}\nxs.sort()\nprint(f"{xs[0]} {xs[${SORT - 1}]}")\n`,
      ard: `use ard/io\nfn main() {\n  mut xs: [Int] = []\n  mut x = 17\n  for mut i = 0; i < ${SORT}; i =+ 1 {\n    x = (x * 1103 + 12345) % 65536\n    xs.push(x)\n  }\n  xs.sort(fn(a: Int, b: Int) Bool { a < b })\n  io::print("{xs.at(0)} {xs.at(${SORT - 1})}")\n}\n`,
    },
    hand: async () => sortedEnds(),
  },
  {
    name: "words",
    unit: "word",
    units: WORDS,
    prints: String(Math.ceil(WORDS / 3)),
    programs: {
      jade: `let counts = {"red": 0, "green": 0, "blue": 0}\nlet words = "red green blue".split(" ")\nlet i = 0\nwhile i < ${WORDS} {\n  let w = words[i % 3]\n  counts[w] = counts[w] + 1\n  i = i + 1\n}\nprint(counts["red"])\n`,
      ard: `use ard/io\nfn main() {\n  mut counts: [Str:Int] = [:]\n  let words = "red green blue".split(" ")\n  for mut i = 0; i < ${WORDS}; i =+ 1 {\n    let w = words.at(i % 3)\n    counts.set(w, counts.get(w).or(0) + 1)\n  }\n  io::print(counts.get("red").or(0))\n}\n`,
    },
    hand: async () => {
      const counts = new Map<string, number>()
      const words = "red green blue".split(" ")
      for (let i = 0; i < WORDS; i++) {
        const word = words[i % 3] as string
        counts.set(word, (counts.get(word) ?? 0) + 1)
      }
      return String(counts.get("red"))
    },
  },
  {
    name: "tasks",
    unit: "task",
    units: TASKS,
    prints: String(TASKS),
    programs: {
      jade: `use std::time\nasync fn work(n) {\n  time.sleep(1)\n  return 1\n}\nset_max_tasks(512)\nlet fs = []\nlet i = 0\nwhile i < ${TASKS} {\n  fs.push(work(i))\n  i = i + 1\n}\nlet s = 0\nfor f in fs { s = s + await f }\nprint(s)\n`,
      ard: `use ard/io\nuse ard/async\nfn main() {\n  mut fs: [async::Fiber] = []\n  for i in 1..${TASKS} {\n    fs.push(async::start(fn() { async::sleep(1000) }))\n  }\n  mut s = 0\n  for f in fs {\n    f.join()\n    s =+ 1\n  }\n  io::print(s)\n}\n`,
    },
    hand: async () => {
      const work = async () => {
        await virtualSleep()
        return 1
      }
      const started: Promise<number>[] = []
      for (let i = 0; i < TASKS; i++) started.push(work())
      let sum = 0
      for (const one of started) sum += await one
      return String(sum)
    },
  },
  {
    name: "messages",
    unit: "message",
    units: MESSAGES,
    prints: String((MESSAGES * (MESSAGES + 1)) / 2),
    programs: {
      ard: `use ard/io\nuse ard/async\nuse ard/async/channel\nfn main() {\n  let ch = channel::new<Int>()\n  async::start(fn() {\n    for i in 1..${MESSAGES} {\n      ch.send(i)\n    }\n    ch.close()\n  })\n  mut sum = 0\n  mut open = true\n  while open {\n    match ch.recv() {\n      n => { sum =+ n }\n      _ => { open = false }\n    }\n  }\n  io::print(sum)\n}\n`,
    },
    hand: async () => {
      const queue: number[] = []
      let wake: (() => void) | null = null
      const produce = async () => {
        for (let i = 1; i <= MESSAGES; i++) {
          queue.push(i)
          wake?.()
          await virtualSleep()
        }
      }
      const producing = produce()
      let sum = 0
      for (let taken = 0; taken < MESSAGES; ) {
        const value = queue.shift()
        if (value === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
          wake = null
          continue
        }
        sum += value
        taken++
      }
      await producing
      return String(sum)
    },
  },
]

function loopSum(): number {
  let s = 0
  for (let i = 0; i < LOOP; i++) s = s + ((i * 3) % 7)
  return s
}

function sortedEnds(): string {
  const xs: number[] = []
  let x = 17
  for (let i = 0; i < SORT; i++) {
    x = (x * 1103 + 12345) % 65536
    xs.push(x)
  }
  xs.sort((a, b) => a - b)
  return `${xs[0]} ${xs[SORT - 1]}`
}
