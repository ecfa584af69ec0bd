// Breakpoints of cells as lines of the programs that ran.
import { expect, it } from "vitest"
import { type PlacedProgram, placedBreakpoints } from "./cell-breakpoints.ts"
import { codeEdited, notebookOf } from "./model.ts"

const fence = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\`\n`
const notebook = notebookOf(
  fence("vibe", "one\ntwo") + fence("vibe", "three\nfour") + fence("jade", "five") + fence("vibe util.vibe", "six"),
)
const [first, second, jade, file] = notebook.blocks.map(({ id }) => id) as [string, string, string, string]
const programs: readonly PlacedProgram[] = [
  {
    path: "notebook.vibe",
    files: { "util.vibe": "six" },
    cells: [
      { id: first, first: 1, last: 2, code: "one\ntwo" },
      { id: second, first: 3, last: 4, code: "three\nfour" },
    ],
  },
  { path: "notebook.jde", files: {}, cells: [{ id: jade, first: 1, last: 1, code: "five" }] },
]
const byBlock = { [first]: [2], [second]: [1, 2], [jade]: [1], [file]: [1] }

it("each stands at its line in the program of its language", () => {
  expect(placedBreakpoints(notebook.blocks, programs, byBlock)).toEqual([
    { file: "notebook.vibe", line: 2 },
    { file: "notebook.vibe", line: 3 },
    { file: "notebook.vibe", line: 4 },
    { file: "notebook.jde", line: 1 },
    { file: "util.vibe", line: 1 },
  ])
})

it("those of what was edited since it ran wait", () => {
  const edited = codeEdited(codeEdited(notebook, second, "other"), file, "seven")
  expect(placedBreakpoints(edited.blocks, programs, byBlock)).toEqual([
    { file: "notebook.vibe", line: 2 },
    { file: "notebook.jde", line: 1 },
  ])
})

it("those of cells that did not run are none yet", () => {
  expect(placedBreakpoints(notebook.blocks, [], byBlock)).toEqual([])
})
