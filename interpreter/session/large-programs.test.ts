// Programs as long as a machine writes them: a statement for every few bytes of a megabyte, and a mistake in every line.
// A long program may take its time; it must neither break the compiler nor lose its last line.
import { describe, expect, it } from "vitest"
import { show } from "../conformance/runner.ts"
import { languageEntry } from "../languages/index.ts"
import { programOf } from "../source/text.ts"
import { inputsOf } from "./defaults.ts"

const LINES = 70_000

/** `let x0 = 0` and so on, and the last of them printed. */
const program: Readonly<Record<string, (lines: string) => string>> = {
  vibe: (lines) => `${lines}print(x${LINES - 1})\n`,
  jade: (lines) => `${lines}print(x${LINES - 1})\n`,
  ard: (lines) => `use ard/io\n${lines}fn main() {\n  io::print(x${LINES - 1}.to_str())\n}\n`,
}

describe.each(Object.entries(program))("in %s", (language, text) => {
  it("a program of a megabyte runs to its last line", { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: LINES }, (_, i) => `let x${i} = ${i}\n`).join("")
    const shown = await show(inputsOf(language, "long", text(lines)))
    expect({ outcome: shown.outcome, stdout: shown.stdout }).toEqual({ outcome: "done", stdout: [String(LINES - 1)] })
  })

  it("a mistake in every line of a long program is a diagnostic, not a crash", { timeout: 120_000 }, async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `let x${i} = y${i}\n`).join("")
    const entry = await languageEntry(language)?.load()
    expect(entry?.check(programOf(language, "long", lines)).length).toBeGreaterThan(0)
  })
})

const times = (count: number, write: (i: number) => string, between = "") => Array.from({ length: count }, (_, i) => write(i)).join(between)

/** Programs that print the last of their many parts, and what that is. */
const MANY: readonly [what: string, language: string, text: string, printed: string][] = [
  [
    "a match of 5,000 arms",
    "ard",
    `use ard/io\nfn main() {\n  let y = match 4999 {\n${times(5_000, (i) => `    ${i} => ${2 * i},\n`)}    _ => 0\n  }\n  io::print(y)\n}\n`,
    "9998",
  ],
  [
    "a match of 2,000 conditions",
    "ard",
    `use ard/io\nfn main() {\n  let x = 1999\n  let y = match {\n${times(2_000, (i) => `    x == ${i} => ${2 * i},\n`)}    _ => 0\n  }\n  io::print(y)\n}\n`,
    "3998",
  ],
  [
    "an enum of 2,000 variants, matched",
    "ard",
    `use ard/io\nenum E { ${times(2_000, (i) => `v${i}`, ", ")} }\nfn main() {\n  let x = E::v1999\n  let y = match x {\n${times(2_000, (i) => `    E::v${i} => ${i},\n`)}  }\n  io::print(y)\n}\n`,
    "1999",
  ],
  [
    "a text with 5,000 places",
    "ard",
    `use ard/io\nfn main() {\n  let s = 1\n  let t = "${"{s}".repeat(5_000)}"\n  io::print(t.size())\n}\n`,
    "5000",
  ],
  ["10,000 alternatives", "vibe", `let x = 9999\n${times(10_000, (i) => `if x == ${i} {\n  print(${i})\n}`, " else ")}\n`, "9999"],
  ["1,000 texts put together", "vibe", `let t = ""${times(1_000, (i) => `\n  + "line ${i}"`)}\nprint(t.len())\n`, "7890"],
  ["1,000 conditions joined", "vibe", `let x = 1\nprint(false${times(1_000, (i) => `\n  or x == ${1000 - i}`)})\n`, "true"],
  ["10,000 alternatives", "jade", `let x = 9999\n${times(10_000, (i) => `if x == ${i} {\n    print(${i})\n}`, " el")}\n`, "9999"],
  [
    "2,000 functions that call one another in a row",
    "jade",
    `fn f0() { return 0 }\n${times(2_000, (i) => `fn f${i + 1}() { return f${i}() + 1 }\n`)}print(f2000())\n`,
    "2000",
  ],
  ["500 alternatives", "vibe", `let x = 499\n${times(500, (i) => `if x == ${i} {\n  print(${i})\n}`, " else ")}\n`, "499"],
  [
    "10,000 alternatives",
    "ard",
    `use ard/io\nfn main() {\nlet x = 9999\n${times(10_000, (i) => `if x == ${i} {\n  io::print(${i})\n}`, " else ")}\n}\n`,
    "9999",
  ],
  [
    "10,000 alternatives that give a value",
    "ard",
    `use ard/io\nfn f(n: Int) Str {\n${times(10_000, (i) => `if n == ${i} {\n  "${i}"\n}`, " else ")} else {\n  panic("none")\n}\n}\nfn main() {\n  let y = if f(9998) == "x" { 1 } else if f(9999) == "9999" { 2 } else { 3 }\n  io::print("{f(9999)}{y}")\n}\n`,
    "99992",
  ],
]

it.each(MANY)("%s, in %s", { timeout: 60_000 }, async (_, language, text, printed) => {
  const shown = await show(inputsOf(language, "many", text))
  expect({ error: shown.error, stdout: shown.stdout }).toEqual({ error: null, stdout: [printed] })
})

/** What is nested deeper, or strung together longer, than the host's stack can follow is refused in words, never by a crash. */
const TOO_DEEP: readonly [what: string, texts: Readonly<Record<string, string>>][] = [
  [
    "brackets",
    Object.fromEntries(
      ["vibe", "jade", "ard"].map((language) => [language, printing(language, `${"(".repeat(10_000)}1${")".repeat(10_000)}`)]),
    ),
  ],
  [
    "a chain of operators",
    Object.fromEntries(
      ["vibe", "jade", "ard"].map((language) => [
        language,
        printing(
          language,
          times(20_000, () => "1", " + "),
        ),
      ]),
    ),
  ],
  [
    "blocks",
    Object.fromEntries(
      ["vibe", "jade", "ard"].map((language) => [language, inMain(language, `${"if true {\n".repeat(5_000)}${"}\n".repeat(5_000)}`)]),
    ),
  ],
]

function inMain(language: string, body: string): string {
  return language === "ard" ? `use ard/io\nfn main() {\n${body}}\n` : body
}

function printing(language: string, value: string): string {
  return inMain(language, language === "ard" ? `io::print(${value})\n` : `print(${value})\n`)
}

describe.each(TOO_DEEP)("%s without end", (_, texts) => {
  it.each(Object.entries(texts))("are refused with a sentence, in %s", { timeout: 60_000 }, async (language, text) => {
    const shown = await show(inputsOf(language, "deep", text))
    expect(shown.outcome).toBe("rejected")
    expect(shown.error?.message).toMatch(/nested too deeply|too long/)
  })
})
