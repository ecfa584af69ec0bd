// Tasks of cells before they run: named by cell and line, each language's under a first task of its own.
import { expect, it } from "vitest"
import { tasksOfCells } from "./predict-cells.ts"

const cell = (name: string, code: string) => ({ name, code })

it("of one language are those of one program, each with the cell and the line that start it", async () => {
  const found = await tasksOfCells([
    {
      language: "vibe",
      cells: [
        cell("1", 'function both(): text {\n  async let left = do "left"\n  return left\n}'),
        cell("2", "let kept = ("),
        cell("4", "// both\nasync let pair = both()\nprint(pair)"),
      ],
    },
  ])
  expect(found).toEqual({
    firsts: ["main"],
    tasks: [
      { name: "pair", parent: -1, line: 2, cell: "4" },
      { name: "left", parent: 0, line: 2, cell: "1" },
    ],
  })
})

it("of several languages stand under a first task a language", async () => {
  const found = await tasksOfCells([
    { language: "vibe", cells: [cell("1", 'async let sea = do "the sea"')] },
    { language: "jade", cells: [cell("2", "async fn ask() {\n    return 1\n}"), cell("3", "let a = ask()\nprint(await a)")] },
    {
      language: "ard",
      cells: [
        cell("4", "use ard/async\nfn main() {\n  let tea = async::start(fn() { async::sleep(1) })\n  tea.join()\n}"),
        cell("5", "fn main() {\n  let toast = async::start(fn() { async::sleep(1) })\n  toast.join()\n}"),
      ],
    },
  ])
  expect(found).toEqual({
    firsts: ["Vibe", "Jade", "Ard"],
    tasks: [
      { name: "sea", parent: -1, line: 1, cell: "1" },
      { name: "ask", parent: -2, line: 1, cell: "3" },
      { name: "tea", parent: -3, line: 3, cell: "4" },
      { name: "toast", parent: -3, line: 2, cell: "5" },
    ],
  })
})

it("are none where no cell parses, and not asked for where there is too much to read", async () => {
  expect(await tasksOfCells([{ language: "jade", cells: [cell("1", "fn (")] }])).toBeNull()
  expect(await tasksOfCells([{ language: "jade", cells: [cell("1", `// ${"x".repeat(100_000)}`)] }])).toBeNull()
})
