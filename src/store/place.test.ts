// Places as they are said: lines of a program, of the cells of a notebook in any of its languages, of other files.
import { expect, it } from "vitest"
import { inputsOf } from "../../interpreter/session/defaults.ts"
import { placeOf } from "./place.ts"

const at = (file: string, from: number, to = from) => ({ file, from, to })

it("a program's lines are counted from its first", () => {
  const inputs = { ...inputsOf("vibe", "main.vibe", "a\nb\n"), files: { "util.vibe": "x\ny\n" } }
  expect(placeOf(inputs, at("main.vibe", 2))).toEqual({ text: "line 2", cell: null })
  expect(placeOf(inputs, at("util.vibe", 2))).toEqual({ text: "util.vibe:2", cell: null, elsewhere: true })
  expect(placeOf(inputs, at("other.vibe", 0))).toBeNull()
})

it("a cell's lines are counted from the cell's first, and cells are called as the document numbers them", () => {
  const inputs = {
    ...inputsOf("vibe", "notebook.vibe", "a\nb\nc\n"),
    entry: { path: "notebook.vibe", text: "a\nb\nc\n", cellStarts: [0, 2], cellNames: ["1", "4"] },
    beside: [{ language: "jade", entry: { path: "notebook.jde", text: "x\ny\n", cellStarts: [0], cellNames: ["3"] }, files: {} }],
  }
  expect(placeOf(inputs, at("notebook.vibe", 4, 5))).toEqual({ text: "cell 4, line 2", cell: { name: "4", from: 2, to: 3 } })
  expect(placeOf(inputs, at("notebook.jde", 2, 3))).toEqual({ text: "cell 3, line 2", cell: { name: "3", from: 2, to: 3 } })
})
