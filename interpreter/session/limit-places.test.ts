// Every limit says where it struck: line and column, in all three languages. A program's `¦` stands where it must point. And the
// limit of nested calls is exact, the same number in all three.
import { describe, expect, it } from "vitest"
import { show } from "../conformance/runner.ts"
import { DEFAULT_LIMITS, type Limits } from "../kernel/limits.ts"
import { inputsOf } from "./defaults.ts"

async function shown(language: string, text: string, limits: Partial<Limits> = {}, hooks = false) {
  const inputs = inputsOf(language, `main.${language}`, text)
  return show({ ...inputs, hooks, limits: { ...inputs.limits, ...limits } })
}

/** What a program with a marked place shows, beside that place. */
async function ended(language: string, marked: string, limits: Partial<Limits>, hooks = false) {
  const before = marked.slice(0, marked.indexOf("¦")).split("\n")
  const { outcome, error } = await shown(language, marked.replace("¦", ""), limits, hooks)
  return {
    got: { outcome, line: error?.line, column: error?.column },
    wanted: { outcome: "limit", line: before.length, column: (before[before.length - 1]?.length ?? 0) + 1 },
    message: error?.message,
  }
}

const ard = (body: string, before = "") => `use ard/io\nuse ard/async\nuse ard/duration\n${before}fn main() {\n${body}}\n`

const CASES: readonly [limit: string, language: string, limits: Partial<Limits>, marked: string][] = [
  ["steps in a loop", "vibe", { steps: 50_000 }, "let n = 0\n¦while true {\n  n = n + 1\n}\n"],
  ["steps in a loop", "jade", { steps: 50_000 }, "let n = 0\n¦while true {\n    n = n + 1\n}\n"],
  ["steps in a loop", "ard", { steps: 50_000 }, ard("  mut n = 0\n  ¦while true {\n    n =+ 1\n  }\n")],
  ["steps of a counted loop", "vibe", { steps: 500 }, "let n = 0\n¦for i in 1..1000000 {\n  n = n + i\n}\n"],
  ["steps of a counted loop", "jade", { steps: 2 }, "let xs = [1, 2, 3]\nlet n = 0\n¦for x in xs {\n    n = n + x\n}\n"],
  ["steps of a counted loop", "ard", { steps: 500 }, ard("  mut n = 0\n  ¦for i in 1..1000000 {\n    n =+ i\n  }\n")],
  [
    "steps of the inner of two loops",
    "ard",
    { steps: 900 },
    ard("  for i in 1..10 {\n    ¦for j in 1..1000 {\n      let k = j\n    }\n  }\n"),
  ],
  // The call that leads to the entry which is one too many.
  [
    "steps of a recursion",
    "vibe",
    { steps: 5_000 },
    "function f(n: number): number {\n  if n < 1 { return 0 }\n  f(n - 1)\n  return ¦f(n - 1)\n}\nprint(f(40))\n",
  ],
  [
    "steps of a recursion",
    "jade",
    { steps: 5_000 },
    "fn f(n) {\n    if n < 1 { return 0 }\n    f(n - 1)\n    return ¦f(n - 1)\n}\nprint(f(40))\n",
  ],
  ["tasks", "vibe", { tasks: 3 }, "function f(): number { return 1 }\nfor i in 1..10 {\n  async let x = ¦f()\n}\n"],
  ["tasks", "jade", { tasks: 3 }, "async fn f() { return 1 }\nlet all = []\nwhile true {\n    all.push(¦f())\n}\n"],
  ["tasks", "ard", { tasks: 3 }, ard("  for i in 1..10 {\n    ¦async::start(fn() { io::print(1) })\n  }\n")],
  ["values in a text", "jade", { valueBytes: 1_000_000 }, 'let s = "ab"\nwhile true {\n    s = ¦s + s\n}\n'],
  ["values in a text", "ard", { valueBytes: 1_000_000 }, ard('  mut s = "ab"\n  while true {\n    s = ¦s + s\n  }\n')],
  ["values in a list", "jade", { valueBytes: 1_000_000 }, "let xs = []\nwhile true {\n    ¦xs.push(1)\n}\n"],
  ["values in a list", "ard", { valueBytes: 1_000_000 }, ard("  mut xs: [Int] = []\n  while true {\n    ¦xs.push(1)\n  }\n")],
  ["values made by a builtin", "jade", { valueBytes: 100_000 }, 'let s = "ab"\nprint(len(¦s.repeat(1000000)))\n'],
  ["values in a text", "vibe", {}, 'let s = "ab"\nwhile true {\n  s = ¦s + s\n}\n'],
  ["model calls", "vibe", { calls: 2 }, 'for i in 1..5 {\n  let x = ¦do "hello"\n}\n'],
  ["model calls", "jade", { calls: 2 }, 'prompt p = "hello"\nwhile true {\n    let x = ¦?p\n}\n'],
  ["model calls", "ard", { calls: 2 }, `use ard/llm\n${ard('  while true {\n    let x = ¦llm::ask("hello")\n  }\n')}`],
  ["output", "vibe", { outputBytes: 10 }, 'print("12345")\n¦print("1234567")\n'],
  ["output", "jade", { outputBytes: 10 }, 'print("12345")\n¦print("1234567")\n'],
  ["output", "ard", { outputBytes: 10 }, ard('  io::print("12345")\n  ¦io::print("1234567")\n')],
  ["time", "ard", { virtualUs: 5_000_000 }, ard("  while true {\n    ¦async::sleep(duration::from_seconds(1))\n  }\n")],
]

describe("a limit says where it struck", () => {
  it.each(CASES)("%s, in %s", async (_, language, limits, marked) => {
    for (const hooks of [false, true]) {
      const { got, wanted, message } = await ended(language, marked, limits, hooks)
      expect({ ...got, message }).toEqual({ ...wanted, message })
    }
  })
})

describe("calls may nest 10,000 deep and no deeper", () => {
  // Jade counts calls (SPEC 6.1), the others the levels below the first (Ard, SPEC 16: at least 10,000).
  const levels: Readonly<Record<string, number>> = { vibe: DEFAULT_LIMITS.depth, jade: DEFAULT_LIMITS.depth - 1, ard: DEFAULT_LIMITS.depth }

  const down: Readonly<Record<string, (n: number) => string>> = {
    vibe: (n) => `function down(n: number): number {\n  if n == 0 { return 0 }\n  return down(n - 1) + 1\n}\nprint(down(${n}))\n`,
    jade: (n) => `fn down(n) {\n    if n == 0 { return 0 }\n    return down(n - 1) + 1\n}\nprint(down(${n}))\n`,
    ard: (n) => ard(`  io::print(down(${n}))\n`, "fn down(n: Int) Int {\n  if n == 0 { 0 } else { down(n - 1) + 1 }\n}\n"),
  }
  const inTask: Readonly<Record<string, (n: number) => string>> = {
    vibe: (n) => `${down.vibe?.(0)}async let x = down(${n})\nprint(x)\n`,
    jade: (n) => `${down.jade?.(0)}async fn dive(n) {\n    return down(n)\n}\nprint(await dive(${n}))\n`,
    ard: (n) =>
      ard(
        `  io::print(0)\n  async::start(fn() { io::print(down(${n})) }).join()\n`,
        "fn down(n: Int) Int {\n  if n == 0 { 0 } else { down(n - 1) + 1 }\n}\n",
      ),
  }
  const faults: Readonly<Record<string, string>> = { vibe: "RuntimeError", jade: "RecursionLimitExceeded", ard: "StackOverflow" }

  it.each(["vibe", "jade", "ard"])("in %s", async (language) => {
    const most = levels[language] ?? 0
    expect(await shown(language, down[language]?.(most) ?? "")).toMatchObject({ outcome: "done", stdout: [String(most)] })
    const { outcome, error } = await shown(language, down[language]?.(most + 1) ?? "")
    expect({ outcome, kind: error?.kind, line: error?.line }).toEqual({
      outcome: "failed",
      kind: faults[language],
      line: language === "ard" ? 5 : 3,
    })
    expect(error?.message).toContain("more than 10\u202f000 nested calls")
  })

  it.each(["vibe", "jade", "ard"])("in a task of its own, in %s", async (language) => {
    const most = levels[language] ?? 0
    expect(await shown(language, inTask[language]?.(most) ?? "")).toMatchObject({ stdout: ["0", String(most)] })
    expect((await shown(language, inTask[language]?.(most + 1) ?? "")).stdout).not.toContain(String(most + 1))
  })
})
