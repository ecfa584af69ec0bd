// When what a cell shows is stale: whatever it was made of has changed, and nothing else has.
import { describe, expect, it } from "vitest"
import * as model from "./model.ts"
import { ranCellsOf, staleCells } from "./stale.ts"

const DOC =
  "---\nseed: 1\n---\n# T\n\n```vibe\nlet a = 1\n```\n\n```jade\nprint(2)\n```\n\n```vibe\nprint(a)\n```\n\n```jade util.jde\nlet x = 1\n```\n"
const notebook = model.notebookOf(DOC)
const idOf = (code: string) => notebook.blocks.find(({ segment }) => "code" in segment && segment.code === code)?.id ?? ""
const [first, second, jade] = [idOf("let a = 1"), idOf("print(a)"), idOf("print(2)")]
const programs = [ranCellsOf(notebook, "vibe", null), ranCellsOf(notebook, "jade", null)] as const

/** Which of the three cells are stale in another state of the notebook. */
function stale(after: model.Notebook): string[] {
  const isStale = staleCells(after, programs)
  const [vibe, other] = programs
  return [
    ...(isStale(vibe, first) ? ["first"] : []),
    ...(isStale(vibe, second) ? ["second"] : []),
    ...(isStale(other, jade) ? ["jade"] : []),
  ]
}

describe("what a cell shows is stale", () => {
  it("after an edit of the cell or of an earlier one of its language", () => {
    expect(stale(notebook)).toEqual([])
    expect(stale(model.codeEdited(notebook, second, "print(a + 1)"))).toEqual(["second"])
    expect(stale(model.codeEdited(notebook, first, "let a = 2"))).toEqual(["first", "second"])
    expect(stale(model.codeEdited(notebook, jade, "print(3)"))).toEqual(["jade"])
  })

  it("after cells were moved, added before it, split or removed", () => {
    expect(stale(model.removed(notebook, first))).toEqual(["first", "second"])
    expect(stale(model.cellAdded(notebook, first, "vibe", "let b = 1").notebook)).toEqual(["second"])
    expect(stale(model.cellAdded(notebook, first, "ard").notebook)).toEqual([])
    expect(stale(model.splitAt(notebook, first, 3))).toEqual(["first", "second"])
  })

  it("after an edit of a file of its language, or of the front matter", () => {
    expect(stale(model.codeEdited(notebook, idOf("let x = 1"), "let x = 2"))).toEqual(["jade"])
    expect(stale(model.proseEdited(notebook, notebook.blocks[0]?.id ?? "", "---\nseed: 2\n---\n"))).toEqual(["first", "second", "jade"])
  })

  it("not after prose was edited, nor once the edit was taken back", () => {
    const edited = model.codeEdited(notebook, first, "let a = 2")
    expect(stale(model.undone(edited))).toEqual([])
    expect(stale(model.codeEdited(edited, first, "let a = 1"))).toEqual([])
    expect(stale(model.proseEdited(notebook, notebook.blocks[1]?.id ?? "", "# Other\n"))).toEqual([])
  })

  it("says it of cells that ran only to somewhere by what they ran with", () => {
    const part = ranCellsOf(notebook, "vibe", first)
    const after = model.codeEdited(notebook, second, "print(9)")
    expect(staleCells(after, [part])(part, first)).toBe(false)
  })
})
