// Looking into runs: what a step shows in each language, and that any step can be looked at in any order.
import { describe, expect, it } from "vitest"
import { nodePorts } from "../cli/node-ports.ts"
import { Kind } from "../trace/event.ts"
import { Trace } from "../trace/trace.ts"
import { inputsOf } from "./defaults.ts"
import { prepareGroup } from "./group.ts"
import type { RunInputs } from "./inputs.ts"
import { Inspector } from "./inspection.ts"

const inspector = () =>
  new Inspector(
    nodePorts(true),
    async () => false,
    () => () => false,
  )

const PROGRAMS = {
  vibe: "let total = 0\nfunction add(n: number): number {\n  let more = total + n\n  return more\n}\nfor i in 1..3 {\n  total = add(i)\n}\nprint(total)\n",
  jade: "let total = 0\nfn add(n) {\n    let more = total + n\n    return more\n}\nfor i in [1, 2, 3] {\n    total = add(i)\n}\nprint(total)\n",
  ard: "use ard/io\nmut total = 0\nfn add(n: Int) Int {\n  let more = total + n\n  more\n}\nfn main() {\n  for i in 1..3 {\n    total = add(i)\n  }\n  io::print(total)\n}\n",
} as const

describe.each(Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])("a run of %s", (language) => {
  const inputs = inputsOf(language, `main.${language}`, PROGRAMS[language])

  it("can be looked at at every step, in any order, with the values of that moment", async () => {
    const index = await inspector().index(inputs)
    expect(index?.count).toBeGreaterThan(8)
    const totals: string[] = []
    for (let step = index?.count ?? 0; step >= 1; step--) {
      const found = await inspector().at(inputs, step)
      expect(found).toMatchObject({ step, site: index?.sites[step - 1], task: 0 })
      const total = found?.variables.find((variable) => variable.name === "total")?.text
      if (total !== undefined && totals[0] !== total) totals.unshift(total)
    }
    expect(totals).toEqual(["0", "1", "3", "6"])
  })

  it("shows the locals of the function that runs before the globals", async () => {
    const index = await inspector().index(inputs)
    const deep = index ? index.depths.lastIndexOf(Math.max(...index.depths)) : -1
    const found = await inspector().at(inputs, deep + 1)
    const names = found?.variables.map((variable) => variable.name) ?? []
    expect(names.slice(0, 2)).toEqual(["n", "more"])
    expect(names).toContain("total")
  })
})

it("a step past the end shows the end", async () => {
  const found = await inspector().at(inputsOf("vibe", "main.vibe", "let a = 1\n"), 99)
  expect(found).toMatchObject({ step: 1, site: -1 })
})

describe("a run of several languages", () => {
  const [vibe, jade] = (["vibe", "jade"] as const).map((language) => inputsOf(language, `notebook.${language}`, PROGRAMS[language]))
  const waits = 'use std::time\nprint("one")\ntime.sleep(1)\nprint("two")\n'
  const beside = ({ language, entry, files }: RunInputs) => ({ language, entry, files })

  it("is one list of steps, with the lanes, places and events that its merged trace has", async () => {
    if (!vibe || !jade) throw new Error("no inputs")
    const inputs: RunInputs = { ...inputsOf("jade", "notebook.jde", waits), beside: [beside(vibe)] }
    const index = await inspector().index(inputs)
    const { run, sites } = await prepareGroup({ ...inputs, inputOpen: false }, nodePorts(false))
    if (!run || !index) throw new Error("rejected")
    const trace = new Trace(sites)
    run.advance({ untilUs: Number.POSITIVE_INFINITY, expired: () => false })
    for (const chunk of run.flush()) trace.append(chunk)
    const rows = Array.from({ length: index.count }, (_, row) => ({
      task: index.tasks[row] ?? -1,
      file: sites[index.sites[row] ?? -1]?.file,
      atUs: index.times[row] ?? -1,
      printed: [...trace.events()].slice(0, index.events[row]).flatMap((event) => (event.kind === Kind.Print ? [trace.text(event.a)] : [])),
    }))
    // Jade prints and sleeps, Vibe does all it has to do, and Jade prints again.
    expect(rows[0]).toEqual({ task: 0, file: "notebook.jde", atUs: 0, printed: [] })
    const others = rows.filter(({ file }) => file === "notebook.vibe")
    expect(others.length).toBeGreaterThan(8)
    expect(others.every(({ task, atUs }) => task === 1 && atUs === 0)).toBe(true)
    expect(others[0]?.printed).toEqual(["one\n"])
    expect(rows.at(-1)).toEqual({ task: 0, file: "notebook.jde", atUs: 1_000_000, printed: ["one\n", "6\n"] })
    expect(rows.findIndex(({ file }) => file === "notebook.vibe")).toBe(rows.length - others.length - 1)
  })

  it("can be looked at at every step, in any order, with the variables of the language that it is of", async () => {
    if (!vibe || !jade) throw new Error("no inputs")
    const inputs: RunInputs = { ...vibe, beside: [beside(jade)] }
    const index = await inspector().index(inputs)
    if (!index) throw new Error("rejected")
    const one = inspector()
    const totals: string[][] = [[], []]
    for (let step = index.count; step >= 1; step--) {
      const found = await one.at(inputs, step)
      expect(found).toMatchObject({ step, site: index.sites[step - 1], task: index.tasks[step - 1] })
      const own = totals[index.tasks[step - 1] ?? -1]
      const total = found?.variables.find((variable) => variable.name === "total")?.text
      if (own && total !== undefined && own[0] !== total) own.unshift(total)
    }
    expect(totals).toEqual([
      ["0", "1", "3", "6"],
      ["0", "1", "3", "6"],
    ])
    expect(await one.at(inputs, 999)).toMatchObject({ step: index.count, task: -1, variables: [] })
  })
})

it("a function of a thousand variables can be looked at: the nearest are shown", async () => {
  const lets = Array.from({ length: 1_000 }, (_, i) => `  let x${i} = ${i}\n`).join("")
  const found = await inspector().at(inputsOf("ard", "main.ard", `fn main() {\n${lets}}\n`), 1_000)
  expect(found?.variables.at(-1)).toEqual({ name: "x998", text: "998" })
  expect(found?.variables).toHaveLength(200)
})
