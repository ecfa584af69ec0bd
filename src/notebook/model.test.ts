// Notebooks as data: every operation, what it does to the Markdown, and that all of it can be undone.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import * as model from "./model.ts"

const DOC =
  "# Title\n\n```vibe\nlet a = 1\n```\n\nText.\n\n```vibe\nprint(a)\n```\n\n```jade util.jde\nlet x = 1\n```\n\n```jade\nprint(2)\n```\n"
const open = () => model.notebookOf(DOC)
const idOf = (notebook: model.Notebook, code: string) =>
  notebook.blocks.find((block) => "code" in block.segment && block.segment.code === code)?.id ?? ""

describe("a notebook", () => {
  it("is the document, byte for byte, as long as nobody edits it", () => {
    expect(model.markdownOf(open())).toBe(DOC)
  })

  it("knows its languages, their cells and their files", () => {
    expect(model.languagesOf(open())).toEqual(["vibe", "jade"])
    expect(model.cellsOf(open(), "vibe").map((cell) => cell.segment.code)).toEqual(["let a = 1", "print(a)"])
    expect(model.filesOf(open(), "jade")).toEqual({ "util.jde": "let x = 1" })
  })
})

describe("an edit", () => {
  it("of a cell changes its lines and nothing else", () => {
    const notebook = open()
    expect(model.markdownOf(model.codeEdited(notebook, idOf(notebook, "print(a)"), "print(a + 1)"))).toBe(
      DOC.replace("print(a)", "print(a + 1)"),
    )
  })

  it("of prose may hold a fence, which becomes a cell", () => {
    const notebook = open()
    const prose = notebook.blocks[0]?.id ?? ""
    const edited = model.proseEdited(notebook, prose, "# New\n\n```ard\nfn main() {}\n```\n")
    expect(model.languagesOf(edited)).toEqual(["ard", "vibe", "jade"])
  })

  it("typed letter by letter is undone in one go, another cell's apart", () => {
    let notebook = open()
    const [first, second] = [idOf(notebook, "let a = 1"), idOf(notebook, "print(a)")]
    for (const code of ["let a = 12", "let a = 123"]) notebook = model.codeEdited(notebook, first, code)
    notebook = model.codeEdited(notebook, second, "print(9)")
    notebook = model.undone(notebook)
    expect(model.cellsOf(notebook, "vibe").map((cell) => cell.segment.code)).toEqual(["let a = 123", "print(a)"])
    notebook = model.undone(notebook)
    expect(model.markdownOf(notebook)).toBe(DOC)
    expect(model.cellsOf(model.redone(model.redone(notebook)), "vibe")[1]?.segment.code).toBe("print(9)")
  })

  it("of several cells and a file at once is one change", () => {
    const notebook = open()
    const codes = new Map([
      [idOf(notebook, "let a = 1"), "let b = 1"],
      [idOf(notebook, "print(a)"), "print(b)"],
    ])
    const edited = model.codesEdited(notebook, codes, new Map([["util.jde", "let y = 1"]]))
    expect(model.cellsOf(edited, "vibe").map((cell) => cell.segment.code)).toEqual(["let b = 1", "print(b)"])
    expect(model.filesOf(edited, "jade")).toEqual({ "util.jde": "let y = 1" })
    expect(model.markdownOf(model.undone(edited))).toBe(DOC)
  })
})

describe("cells", () => {
  it("are added behind a block, on lines of their own", () => {
    const { notebook } = model.cellAdded(model.notebookOf("no line end"), "b0", "jade", "print(1)")
    expect(model.markdownOf(notebook)).toBe("no line end\n```jade\nprint(1)\n```\n\n")
  })

  it("are split at the cursor and merged again", () => {
    const notebook = model.notebookOf("```vibe\nlet a = 1\nprint(a)\n```\n")
    const split = model.splitAt(notebook, "b0", 9)
    expect(model.cellsOf(split, "vibe").map((cell) => cell.segment.code)).toEqual(["let a = 1", "print(a)"])
    expect(model.cellsOf(model.mergedWithNext(split, "b0"), "vibe").map((cell) => cell.segment.code)).toEqual(["let a = 1\nprint(a)"])
  })

  it("of two languages are not merged", () => {
    const notebook = model.notebookOf("```vibe\na\n```\n```jade\nb\n```\n")
    expect(model.mergedWithNext(notebook, "b0")).toBe(notebook)
  })

  it("move and go", () => {
    const notebook = model.notebookOf("```vibe\na\n```\n```vibe\nb\n```\n")
    expect(model.cellsOf(model.movedBy(notebook, "b1", -1), "vibe").map((cell) => cell.segment.code)).toEqual(["b", "a"])
    expect(model.markdownOf(model.removed(notebook, "b0"))).toBe("```vibe\nb\n```\n")
  })
})

const step = fc.record({
  what: fc.nat(8),
  where: fc.nat(9),
  text: fc.constantFrom("x", "```", "a\nb", "", "```vibe\nq", "text\n~~~ard\ny\n~~~", "---"),
})

it("whatever is done can be undone to the first byte, and what is saved is read as what was shown", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, left) => {
      let notebook = model.notebookOf(left ? `${DOC}\nend\n\`\`\`vibe\nopen` : DOC)
      for (const { what, where, text } of steps) {
        const id = notebook.blocks[where % Math.max(1, notebook.blocks.length)]?.id ?? ""
        if (what === 0) notebook = model.codeEdited(notebook, id, text)
        if (what === 1) notebook = model.removed(notebook, id)
        if (what === 2) notebook = model.movedBy(notebook, id, 1)
        if (what === 3) notebook = model.splitAt(notebook, id, 3)
        if (what === 4) notebook = model.mergedWithNext(notebook, id)
        if (what === 5) notebook = model.cellAdded(notebook, id, "ard", text).notebook
        if (what === 6) notebook = model.proseEdited(notebook, id, `${text}\n`)
        if (what === 7) notebook = model.proseAdded(notebook, id, text).notebook
        if (what === 8) {
          for (let length = 1; length <= text.length; length++) notebook = model.proseTyped(notebook, id, text.slice(0, length))
          notebook = model.proseRead(notebook, id)
        }
        // What is being typed as prose is read when it is done; so is everything a cell of prose was added with.
        for (const block of notebook.blocks) if (block.segment.kind === "prose") notebook = model.proseRead(notebook, block.id)
        const cells = (of: model.Notebook) =>
          of.blocks.flatMap(({ segment }) => ("code" in segment ? [[segment.kind, segment.language, segment.code]] : []))
        expect(cells(model.notebookOf(model.markdownOf(notebook)))).toEqual(cells(notebook))
      }
      while (notebook.past.length > 0) notebook = model.undone(notebook)
      expect(model.markdownOf(notebook)).toBe(left ? `${DOC}\nend\n\`\`\`vibe\nopen` : DOC)
    }),
  )
})

it("prose that is typed stays one block until it is read, and then its fences are cells", () => {
  let notebook = model.notebookOf("# Title\n\n```jade\nprint(1)\n```\n")
  const id = notebook.blocks[0]?.id ?? ""
  const typed = "Hi\n\n```vibe\nlet a = 1\n"
  for (let length = 1; length <= typed.length; length++) notebook = model.proseTyped(notebook, id, typed.slice(0, length))
  expect(notebook.blocks).toHaveLength(2)
  notebook = model.proseRead(notebook, id)
  expect(model.markdownOf(notebook)).toBe("Hi\n\n```vibe\nlet a = 1\n```\n```jade\nprint(1)\n```\n")
  expect(model.languagesOf(notebook)).toEqual(["vibe", "jade"])
  expect(model.markdownOf(model.undone(notebook))).toBe("# Title\n\n```jade\nprint(1)\n```\n")
})

it("of two files with one name and language the later one counts", () => {
  const twice = model.notebookOf("```vibe util.vibe\nold\n```\n```jade util.vibe\nother\n```\n```vibe util.vibe\nnew\n```\n")
  expect(model.filesOf(twice, "vibe")).toEqual({ "util.vibe": "new" })
  expect(twice.blocks.map(({ id }) => model.isOverruled(twice, id))).toEqual([true, false, false])
})
