// Changes with which a program does two things at once: what is told, that the changed program gives what it gave, and sooner.
import { describe, expect, it } from "vitest"
import { drive } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { type ModelRule, PLAIN_DIALS } from "../models/script.ts"
import { inputsOf } from "../session/defaults.ts"
import { prepareRun } from "../session/run.ts"
import { totalsOf } from "../trace/totals.ts"
import { Trace } from "../trace/trace.ts"
import { languageEntry } from "./index.ts"

type Id = "vibe" | "jade"

async function overlapOf(language: Id, text: string) {
  const suggest = await languageEntry(language)?.loadOverlap?.()
  if (!suggest) throw new Error(`${language} suggests nothing`)
  const overlap = suggest(text)
  if (!overlap) return null
  const changed = overlap.edits.reduceRight((so, { from, to, insert }) => so.slice(0, from) + insert + so.slice(to), text)
  return { word: overlap.word, line: overlap.line, changed }
}

/** A model that gives the same answer whenever it is asked. */
const RULES: readonly ModelRule[] = [
  { match: "plan", reply: "first this", latencyMs: 300 },
  { match: "one", reply: "yes", latencyMs: 500 },
  { match: "two", reply: "no", latencyMs: 400 },
  { match: "as a", reply: "yes", latencyMs: 500 },
  { match: "as b", reply: "no", latencyMs: 400 },
]

async function ran(language: Id, text: string) {
  const inputs = inputsOf(language, `main.${language}`, text, {
    model: { rules: RULES, otherwise: "error", dials: PLAIN_DIALS, live: false },
  })
  const { run, diagnostics, sites } = await prepareRun(inputs, nodePorts(false))
  if (!run) throw new Error(`rejected: ${diagnostics[0]?.message}`)
  const trace = new Trace(sites)
  await drive(run, trace)
  const totals = totalsOf(trace)
  return { outcome: run.report().outcome, stdout: totals.stdout(), tasks: totals.tasks, virtualUs: run.report().virtualUs }
}

const SOUND: readonly (readonly [what: string, language: Id, text: string, line: number, changed: string])[] = [
  [
    "two questions",
    "vibe",
    `let a = do "one"\nlet b = do "two"\nprint("{a} {b}")`,
    1,
    `async let a = do "one"\nlet b = do "two"\nprint("{a} {b}")`,
  ],
  [
    "after a first one that the others need",
    "vibe",
    `let plan = do "plan"\nlet a: text = do "as a !{plan}"\nconst b: text = do "as b !{plan}"\nprint("{a} {b}")`,
    2,
    `let plan = do "plan"\nasync let a: text = do "as a !{plan}"\nconst b: text = do "as b !{plan}"\nprint("{a} {b}")`,
  ],
  [
    "in a block",
    "vibe",
    `for x in [1, 2] {\n  let a = do "one {x}"\n  let b = do "two {x}"\n  print("{a} {b}")\n}`,
    2,
    `for x in [1, 2] {\n  async let a = do "one {x}"\n  let b = do "two {x}"\n  print("{a} {b}")\n}`,
  ],
  [
    "two calls of a function that asks",
    "jade",
    `fn ask(q) {\n    prompt p = q\n    return ?p\n}\nlet a = ask("one")\nlet b = ask("two")\nprint(f"{a}", b)\n`,
    1,
    `async fn ask(q) {\n    prompt p = q\n    return await ?p\n}\nlet a = ask("one")\nlet b = ask("two")\nprint(f"{await a}", await b)\n`,
  ],
]

const NONE: readonly (readonly [what: string, language: Id, text: string])[] = [
  ["one question", "vibe", `let a = do "one"\nprint(a)`],
  ["each answer read before the next question", "vibe", `let a = do "one"\nprint(a)\nlet b = do "two"\nprint(b)`],
  ["the next question is about the answer", "vibe", `let a = do "one"\nlet b = do "more of !{a}"\nprint(b)`],
  ["nothing slow", "vibe", `let a = 1\nlet b = 2\nprint(a + b)`],
  ["tools may be called", "vibe", `let a = vibe "one"\nlet b = vibe "two"\nprint("{a} {b}")`],
  [
    "a function in which nobody is",
    "vibe",
    `function f(): text {\n  let a = do "x"\n  let b = do "y"\n  return "{a}{b}"\n}\nprint("none")`,
  ],
  ["only computes", "jade", `fn f(x) { return x }\nlet a = f(1)\nlet b = f(2)\nprint(a + b)\n`],
  [
    "prints while it asks",
    "jade",
    `fn f(q) {\n    prompt p = q\n    print(q)\n    return ?p\n}\nlet a = f("x")\nlet b = f("y")\nprint(a + b)\n`,
  ],
  [
    "the first answer goes into the second question",
    "jade",
    `fn f(q) {\n    prompt p = q\n    return ?p\n}\nlet a = f("x")\nlet b = f(a)\nprint(a + b)\n`,
  ],
  [
    "called inside something else too",
    "jade",
    `fn f(q) {\n    prompt p = q\n    return ?p\n}\nlet a = f("x")\nlet b = f("y")\nprint(a + b + f("z"))\n`,
  ],
  [
    "a variable that is read twice",
    "jade",
    `fn f(q) {\n    prompt p = q\n    return ?p\n}\nlet a = f("x")\nlet b = f("y")\nprint(a + a + b)\n`,
  ],
  ["a variable that changes", "jade", `fn f(q) {\n    prompt p = q\n    return ?p\n}\nlet a = f("x")\nlet b = f("y")\na = b\nprint(a)\n`],
]

describe("a change with which a program does two things at once", () => {
  it.each(SOUND)("%s (%s)", async (_what, language, text, line, changed) => {
    const overlap = await overlapOf(language, text)
    expect(overlap).toEqual({ word: language === "vibe" ? "async let" : "async fn", line, changed })
    const [before, after] = [await ran(language, text), await ran(language, changed)]
    expect(before.tasks).toBe(1)
    expect(after.tasks).toBeGreaterThan(1)
    expect([after.outcome, after.stdout]).toEqual([before.outcome, before.stdout])
    expect(after.virtualUs).toBeLessThan(before.virtualUs)
  })

  it.each(NONE)("none where it would not be sound or would change nothing: %s (%s)", async (_what, language, text) => {
    expect(await overlapOf(language, text)).toBeNull()
  })

  it("broken at any place, a text has some or none", async () => {
    for (const [, language, text] of SOUND) {
      for (let at = 0; at < text.length; at += 3) {
        for (const broken of [text.slice(0, at), text.slice(at)]) expect((await overlapOf(language, broken))?.line).not.toBe(0)
      }
    }
  })
})
