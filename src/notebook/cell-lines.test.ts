// Marks of a composed program stand at the lines of the cells it was put together from.
import { expect, it } from "vitest"
import { SourceFile } from "../../interpreter/source/text.ts"
import { cellLinesOf, marksInCell } from "./cell-lines.ts"

const text = "one\ntwo\nthree\nfour\n"
const composition = {
  text,
  cellStarts: [0, 8],
  cells: [
    { id: "a", from: 0, to: 7, diagnostics: [] },
    { id: "bad", from: -1, to: -1, diagnostics: [] },
    { id: "b", from: 8, to: 18, diagnostics: [] },
  ],
}
const cells = cellLinesOf(composition, new SourceFile("notebook.vibe", text))

it("cells that were left out have no lines in the program", () => {
  expect(cells).toEqual([
    { id: "a", first: 1, last: 2, code: "one\ntwo" },
    { id: "b", first: 3, last: 4, code: "three\nfour" },
  ])
})

it("each mark stands in one cell, at its own line there", () => {
  const shown = {
    marks: {
      started: new Map([
        [2, { tasks: [1], active: 1 }],
        [3, { tasks: [2, 3], active: 0 }],
      ]),
      here: new Set([1, 4]),
      faults: new Map([[4, "failed"]]),
    },
    picked: new Set([3]),
    pointed: new Set([2]),
    stepLine: 4,
  }
  const [a, b] = cells.map((cell) => marksInCell(shown, cell))
  expect(a).toEqual({
    marks: { started: new Map([[2, { tasks: [1], active: 1 }]]), here: new Set([1]), faults: new Map() },
    picked: new Set(),
    pointed: new Set([2]),
    stepLine: 0,
  })
  expect(b).toEqual({
    marks: { started: new Map([[1, { tasks: [2, 3], active: 0 }]]), here: new Set([2]), faults: new Map([[2, "failed"]]) },
    picked: new Set([1]),
    pointed: new Set(),
    stepLine: 2,
  })
})
