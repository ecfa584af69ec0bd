// The programs that are measured: each in the languages that have its kind of thing, beside the same work by hand (hand.ts).
// `units` says how many units of work one run does, so that figures are per unit. Sizes are chosen so that a run takes some
// tens of milliseconds: long enough for the host's compilers to have had their say, as in a program that anybody waits for. Each
// of our runs loads its text anew, so they have it in every run, while what is written by hand stays compiled from the second on.
import { closures, fib, loopSum, messages, methods, sieve, sortedEnds, tasks, words } from "./hand.ts"

export interface Workload {
  readonly name: string
  readonly unit: string
  readonly units: number
  readonly programs: Readonly<Record<string, string>>
  /** What a program prints, so that a wrong answer is not taken for a fast one. */
  readonly prints: string
  /** The same by hand; gives what is printed. Absent where the host's stack would overflow. */
  readonly hand: (() => Promise<string | number> | string | number) | null
}

const FIB = 30
const LOOP = 10_000_000
const SIEVE = 500_000
const SORT = 50_000
const WORDS = 200_000
const CALLS = 1_000_000
const TASKS = 100_000
const MESSAGES = 50_000
const DEEP = 9_900
const DIVES = 20

export const WORKLOADS: readonly Workload[] = [
  {
    name: "fib",
    unit: "call",
    units: 2 * fib(FIB + 1) - 1,
    prints: String(fib(FIB)),
    programs: {
      jade: `fn fib(n) {\n  if n < 2 { return n }\n  return fib(n - 1) + fib(n - 2)\n}\nprint(fib(${FIB}))\n`,
      ard: `use ard/io\nfn fib(n: Int) Int {\n  match n < 2 {\n    true => n,\n    false => fib(n - 1) + fib(n - 2),\n  }\n}\nfn main() {\n  io::print(fib(${FIB}))\n}\n`,
      vibe: `function fib(n: number): number {\n  if n < 2 { return n }\n  return fib(n - 1) + fib(n - 2)\n}\nprint(fib(${FIB}))\n`,
    },
    hand: () => fib(FIB),
  },
  {
    name: "loop",
    unit: "turn",
    units: LOOP,
    prints: String(loopSum(LOOP)),
    programs: {
      jade: `let s = 0\nlet i = 0\nwhile i < ${LOOP} {\n  s = s + i * 3 % 7\n  i = i + 1\n}\nprint(s)\n`,
      ard: `use ard/io\nfn main() {\n  mut s = 0\n  for mut i = 0; i < ${LOOP}; i =+ 1 {\n    s =+ ((i * 3) % 7)\n  }\n  io::print(s)\n}\n`,
      vibe: `let s = 0\nlet i = 0\nwhile i < ${LOOP} {\n  s = s + i * 3 % 7\n  i = i + 1\n}\nprint(s)\n`,
    },
    hand: () => loopSum(LOOP),
  },
  {
    name: "sieve",
    unit: "number",
    units: SIEVE,
    prints: String(sieve(SIEVE)),
    programs: {
      jade: `let n = ${SIEVE}\nlet sieve = []\nlet i = 0\nwhile i <= n {\n  sieve.push(true)\n  i = i + 1\n}\nlet count = 0\ni = 2\nwhile i <= n {\n  if sieve[i] {\n    count = count + 1\n    let j = i * i\n    while j <= n {\n      sieve[j] = false\n      j = j + i\n    }\n  }\n  i = i + 1\n}\nprint(count)\n`,
      ard: `use ard/io\nfn main() {\n  let n = ${SIEVE}\n  mut sieve: [Bool] = []\n  for mut i = 0; i <= n; i =+ 1 { sieve.push(true) }\n  mut count = 0\n  for mut i = 2; i <= n; i =+ 1 {\n    if sieve.at(i) {\n      count =+ 1\n      for mut j = i * i; j <= n; j =+ i { sieve.set(j, false) }\n    }\n  }\n  io::print(count)\n}\n`,
    },
    hand: () => sieve(SIEVE),
  },
  {
    name: "sort",
    unit: "n log n",
    units: Math.round(SORT * Math.log2(SORT)),
    prints: sortedEnds(SORT),
    programs: {
      jade: `let xs = []\nlet x = 17\nlet i = 0\nwhile i < ${SORT} {\n  x = (x * 1103 + 12345) % 65536\n  xs.push(x)\n  i = i + 1\n}\nxs.sort()\nprint(f"{xs[0]} {xs[${SORT - 1}]}")\n`,
      ard: `use ard/io\nfn main() {\n  mut xs: [Int] = []\n  mut x = 17\n  for mut i = 0; i < ${SORT}; i =+ 1 {\n    x = (x * 1103 + 12345) % 65536\n    xs.push(x)\n  }\n  xs.sort(fn(a: Int, b: Int) Bool { a < b })\n  io::print("{xs.at(0)} {xs.at(${SORT - 1})}")\n}\n`,
    },
    hand: () => sortedEnds(SORT),
  },
  {
    name: "words",
    unit: "word",
    units: WORDS,
    prints: String(words(WORDS)),
    programs: {
      jade: `let counts = {"red": 0, "green": 0, "blue": 0}\nlet words = "red green blue".split(" ")\nlet i = 0\nwhile i < ${WORDS} {\n  let w = words[i % 3]\n  counts[w] = counts[w] + 1\n  i = i + 1\n}\nprint(counts["red"])\n`,
      ard: `use ard/io\nfn main() {\n  mut counts: [Str:Int] = [:]\n  let words = "red green blue".split(" ")\n  for mut i = 0; i < ${WORDS}; i =+ 1 {\n    let w = words.at(i % 3)\n    counts.set(w, counts.get(w).or(0) + 1)\n  }\n  io::print(counts.get("red").or(0))\n}\n`,
    },
    hand: () => words(WORDS),
  },
  {
    name: "methods",
    unit: "call",
    units: CALLS,
    prints: String(methods(CALLS)),
    programs: {
      jade: `struct Point {\n  x,\n  y\n}\nextend Point {\n  fn dot(self, other) {\n    return self.x * other.x + self.y * other.y\n  }\n}\nlet p = Point { x: 3, y: 4 }\nlet q = Point { x: 1, y: 2 }\nlet s = 0\nlet i = 0\nwhile i < ${CALLS} {\n  s = (s + p.dot(q)) % 1000003\n  i = i + 1\n}\nprint(s)\n`,
      ard: `use ard/io\nstruct Point { x: Int, y: Int }\nimpl Point {\n  fn dot(other: Point) Int { @x * other.x + @y * other.y }\n}\nfn main() {\n  let p = Point{x: 3, y: 4}\n  let q = Point{x: 1, y: 2}\n  mut s = 0\n  for mut i = 0; i < ${CALLS}; i =+ 1 { s = (s + p.dot(q)) % 1000003 }\n  io::print(s)\n}\n`,
    },
    hand: () => methods(CALLS),
  },
  {
    name: "closures",
    unit: "call",
    units: CALLS,
    prints: String(closures(CALLS)),
    programs: {
      jade: `let more = 3\nlet step = |x| x + more\nlet s = 0\nlet i = 0\nwhile i < ${CALLS} {\n  s = step(s) - 1\n  i = i + 1\n}\nprint(s)\n`,
      ard: `use ard/io\nfn main() {\n  let more = 3\n  let step = fn(x: Int) Int { x + more }\n  mut s = 0\n  for mut i = 0; i < ${CALLS}; i =+ 1 { s = step(s) - 1 }\n  io::print(s)\n}\n`,
      vibe: `function plus(x: number): number {\n  return x + 3\n}\nlet s = 0\nfor i in 1..${CALLS} {\n  s = plus(s) - 1\n}\nprint(s)\n`,
    },
    hand: () => closures(CALLS),
  },
  {
    name: "tasks",
    unit: "task",
    units: TASKS,
    prints: String(TASKS),
    programs: {
      jade: `use std::time\nasync fn work(n) {\n  time.sleep(1)\n  return 1\n}\nset_max_tasks(512)\nlet fs = []\nlet i = 0\nwhile i < ${TASKS} {\n  fs.push(work(i))\n  i = i + 1\n}\nlet s = 0\nfor f in fs { s = s + await f }\nprint(s)\n`,
      ard: `use ard/io\nuse ard/async\nfn main() {\n  mut fs: [async::Fiber] = []\n  for i in 1..${TASKS} {\n    fs.push(async::start(fn() { async::sleep(1000) }))\n  }\n  mut s = 0\n  for f in fs {\n    f.join()\n    s =+ 1\n  }\n  io::print(s)\n}\n`,
      vibe: `function work(n: number): number {\n  return 1\n}\nlet s = 0\nlet i = 0\nwhile i < ${TASKS} {\n  async let one = work(i)\n  s = s + one\n  i = i + 1\n}\nprint(s)\n`,
    },
    hand: () => tasks(TASKS),
  },
  {
    name: "messages",
    unit: "message",
    units: MESSAGES,
    prints: String((MESSAGES * (MESSAGES + 1)) / 2),
    programs: {
      ard: `use ard/io\nuse ard/async\nuse ard/async/channel\nfn main() {\n  let ch = channel::new<Int>()\n  async::start(fn() {\n    for i in 1..${MESSAGES} {\n      ch.send(i)\n    }\n    ch.close()\n  })\n  mut sum = 0\n  mut open = true\n  while open {\n    match ch.recv() {\n      n => { sum =+ n }\n      _ => { open = false }\n    }\n  }\n  io::print(sum)\n}\n`,
    },
    hand: () => messages(MESSAGES),
  },
  {
    name: "deep",
    unit: "frame",
    units: DEEP * DIVES,
    prints: String(DEEP * DIVES),
    programs: {
      jade: `fn down(n) {\n  if n == 0 { return 0 }\n  return 1 + down(n - 1)\n}\nlet s = 0\nlet i = 0\nwhile i < ${DIVES} {\n  s = s + down(${DEEP})\n  i = i + 1\n}\nprint(s)\n`,
      ard: `use ard/io\nfn down(n: Int) Int {\n  match n == 0 {\n    true => 0,\n    false => 1 + down(n - 1),\n  }\n}\nfn main() {\n  mut s = 0\n  for mut i = 0; i < ${DIVES}; i =+ 1 { s = s + down(${DEEP}) }\n  io::print(s)\n}\n`,
      vibe: `function down(n: number): number {\n  if n == 0 { return 0 }\n  return 1 + down(n - 1)\n}\nlet s = 0\nlet i = 0\nwhile i < ${DIVES} {\n  s = s + down(${DEEP})\n  i = i + 1\n}\nprint(s)\n`,
    },
    hand: null,
  },
]
