// Looking into runs: what a step shows in each language, and that any step can be looked at in any order.
import { describe, expect, it } from "vitest"
import { nodePorts } from "../cli/node-ports.ts"
import { inputsOf } from "./defaults.ts"
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
  expect(found).toMatchObject({ step: 1 })
})
