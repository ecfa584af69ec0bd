// Lanes before the run, held against the run: for each program the predicted tasks are the ones its trace has, with their
// names and the tasks that start them.
import { describe, expect, it } from "vitest"
import { drive } from "../cli/drive.ts"
import { nodePorts } from "../cli/node-ports.ts"
import { inputsOf } from "../session/defaults.ts"
import { prepareRun } from "../session/run.ts"
import { foldOf } from "../trace/fold.ts"
import { Trace } from "../trace/trace.ts"
import { languageEntry } from "./index.ts"

type Id = "vibe" | "jade" | "ard"

/** Names as paths from the first task, in the order of their start. */
async function predicted(language: Id, text: string): Promise<string[]> {
  const predict = await (languageEntry(language) as NonNullable<ReturnType<typeof languageEntry>>).loadPrediction()
  const tasks = predict(text)
  const path = (at: number): string => {
    const task = tasks[at]
    return task ? `${path(task.parent)}${task.parent < 0 ? "" : " > "}${task.name}` : ""
  }
  return tasks.map((_, i) => path(i))
}

async function started(language: Id, text: string): Promise<string[]> {
  const { run, diagnostics, sites } = await prepareRun(inputsOf(language, `main.${language}`, text), nodePorts(false))
  if (!run) throw new Error(`rejected: ${diagnostics[0]?.message}`)
  const trace = new Trace(sites)
  await drive(run, trace)
  const { lanes } = foldOf(trace)
  const path = (at: number): string => {
    const lane = lanes[at]
    return !lane || lane.parent < 0 ? "" : `${path(lane.parent)}${lane.parent === 0 ? "" : " > "}${lane.name}`
  }
  return lanes.slice(1).map((lane) => path(lane.task))
}

const PROGRAMS: Readonly<Record<Id, readonly (readonly [what: string, text: string, tasks: readonly string[]])[]>> = {
  vibe: [
    ["nothing async", `let a = do "one"\nprint(a)`, []],
    ["an empty text", "", []],
    ["variables", `async let a = do "one"\nasync const b: number = do "two"\nprint(a)`, ["a", "b"]],
    ["the same name in two blocks", `if true { async let a = do "x" }\nif true { async let a = do "y" }`, ["a", "a"]],
    ["no variable", `async do "log"\nasync vibe "act"`, ["do", "vibe"]],
    ["a pattern", `async let {title: text, year: number} = do "a film"\nprint(title)`, ["title, year"]],
    ["a call of a function", `function f(x: number): number { return x }\nasync let a = f(1)\nasync f(2)\nprint(a)`, ["a", "f"]],
    [
      "what a function starts that is called as usual",
      `function f(): text { async let inner = do "x"\n return inner }\nlet a = f()\nprint(a)`,
      ["inner"],
    ],
    [
      "what a task starts, under it",
      `function f(): text { async let one = do "x"\n async let two = do "y"\n return "{one}{two}" }\nasync let a = f()\nasync let b = do "z"\nprint(a)`,
      ["a", "a > one", "a > two", "b"],
    ],
    ["a built-in function that waits for nothing", `async print("x")`, []],
    ["a function that nobody calls", `function f(): text { async let a = do "x"\n return a }\nprint("none")`, []],
    ["words in strings and comments", `// async let a = do "x"\nprint("async let b = do")`, []],
  ],
  jade: [
    ["nothing async", `fn f(x) { return x }\nprint(f(1))`, []],
    ["an async function that nobody calls", `async fn f() { return 1 }\nprint(1)`, []],
    ["two calls", `async fn f(x) { return x }\nlet a = f(1)\nlet b = f(2)\nprint(await a + await b)`, ["f", "f"]],
    ["awaited where it is called", `async fn f(x) { return x }\nprint(await f(1))`, ["f"]],
    [
      "tasks of tasks, the ones of main first",
      `async fn leaf(x) { return x }\nasync fn branch(x) { return await leaf(x) }\nlet a = branch(1)\nlet b = branch(2)\nprint(await a + await b)`,
      ["branch", "branch", "branch > leaf", "branch > leaf"],
    ],
    ["through a plain function", `async fn f(x) { return x }\nfn g(x) { return await f(x) }\nprint(g(1))`, ["f"]],
    ["through a pipe", `async fn f(x) { return x }\nlet a = 1 |> f\nprint(await a)`, ["f"]],
    [
      "as an argument, before the one it goes to",
      `async fn f(x) { return x }\nasync fn g(x) { return x }\nprint(await g(await f(1)))`,
      ["f", "g"],
    ],
  ],
  ard: [
    ["nothing async", `use ard/io\nfn main() { io::print("x") }`, []],
    [
      "bound names",
      `use ard/async\nfn main() {\n  let tea = async::start(fn() { async::sleep(1) })\n  let toast = async::start(fn() { async::sleep(2) })\n  tea.join()\n  toast.join()\n}`,
      ["tea", "toast"],
    ],
    ["a function's own name", `use ard/async\nfn work() { async::sleep(1) }\nfn main() {\n  async::start(work).join()\n}`, ["work"]],
    ["a number where there is no name", `use ard/async\nfn main() {\n  async::start(fn() { async::sleep(1) }).join()\n}`, ["fiber#1"]],
    ["eval", `use ard/async\nuse ard/io\nfn main() {\n  let sum = async::eval(fn() Int { 1 + 2 })\n  io::print("{sum.get()}")\n}`, ["sum"]],
    [
      "fibers of fibers",
      `use ard/async\nfn leaf() { async::sleep(1) }\nfn work() {\n  let inner = async::start(leaf)\n  inner.join()\n}\nfn main() {\n  let a = async::start(work)\n  let b = async::start(fn() { work() })\n  a.join()\n  b.join()\n}`,
      ["a", "b", "a > inner", "b > inner"],
    ],
    [
      "the module under another name",
      `use ard/async as fibers\nfn main() {\n  let a = fibers::start(fn() { fibers::sleep(1) })\n  a.join()\n}`,
      ["a"],
    ],
    [
      "a function that nobody calls",
      `use ard/async\nfn f() { async::start(fn() { async::sleep(1) }).join() }\nfn main() { async::sleep(1) }`,
      [],
    ],
  ],
}

for (const language of ["vibe", "jade", "ard"] as const) {
  describe(`the tasks of a ${language} program before it runs`, () => {
    it.each(PROGRAMS[language])("%s", async (_what, text, tasks) => {
      expect(await predicted(language, text)).toEqual(tasks)
      expect(await started(language, text === "" ? "\n" : text)).toEqual(tasks)
    })

    it("broken at any place, they are still a list", async () => {
      for (const [, text] of PROGRAMS[language]) {
        for (let at = 0; at < text.length; at += 3) {
          for (const broken of [text.slice(0, at), text.slice(at), `${text.slice(0, at)}}${text.slice(at + 1)}`]) {
            for (const name of await predicted(language, broken)) expect(name).not.toBe("")
          }
        }
      }
    })
  })
}

describe("bounds", () => {
  it("a loop's task is one, whatever it will be", async () => {
    expect(await predicted("vibe", `for x in [1, 2, 3] { async let a = do "{x}" }`)).toEqual(["a"])
  })

  it("both branches are told", async () => {
    expect(await predicted("vibe", `if 1 == 1 { async let a = do "x" } else { async let b = do "y" }`)).toEqual(["a", "b"])
  })

  it("functions that call themselves or each other end", async () => {
    expect(await predicted("jade", "async fn f(n) { return await f(n - 1) + await f(n - 2) }\nprint(await f(9))")).toEqual([
      "f",
      "f > f",
      "f > f",
    ])
    expect(await predicted("vibe", "function f() { g() }\nfunction g() { async f() }\nf()")).toEqual(["f"])
  })

  it("at most thirty, soon, of a text of any size", async () => {
    const text = `async let a = do "x"\n`.repeat(20_000)
    await predicted("vibe", "")
    expect(await predicted("vibe", text)).toHaveLength(30)
    const deep = `fn f0() { return 1 }\n${Array.from({ length: 40 }, (_, i) => `fn f${i + 1}() { f${i}()\n f${i}()\n f${i}() }`).join("\n")}\nf40()`
    expect(await predicted("jade", deep)).toEqual([])
  })

  it("says the line that starts each", async () => {
    const predict = await (languageEntry("vibe") as NonNullable<ReturnType<typeof languageEntry>>).loadPrediction()
    expect(predict(`function f() { async do "x" }\n\nasync let a = do "y"\nf()`)).toEqual([
      { name: "a", parent: -1, line: 3 },
      { name: "do", parent: -1, line: 1 },
    ])
  })
})
