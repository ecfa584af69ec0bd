// A notebook is called what it calls itself, also after edits.
import { expect, it } from "vitest"
import { codeEdited, notebookOf, proseEdited } from "./model.ts"
import { titleOf, titleOfNotebook } from "./title.ts"

it("the front matter's title comes before the first heading; without either there is none", () => {
  expect(titleOf("---\nseed: 1\ntitle: 'Three critics'\n---\n\n# Heading\n")).toBe("Three critics")
  expect(titleOf("\uFEFF---\r\ntitle: Odd  \r\n---\r\n")).toBe("Odd")
  expect(titleOf("Text.\n\n# A heading  \n# Another\n")).toBe("A heading")
  expect(titleOf("Text\n\n---\ntitle: no front matter\n---\n")).toBeNull()
  expect(titleOf("---\ntitle:\n---\n")).toBeNull()
  expect(titleOf("---\ntitle: [\n---\n\n# Heading\n")).toBe("Heading")
  expect(titleOf("---\ntitle: A\n---\n")).toBe("A")
  expect(titleOf(`# ${"long ".repeat(100)}`)).toHaveLength(120)
})

it("follows edits of the front matter and of the heading; code and other texts change nothing", () => {
  const notebook = notebookOf("---\ntitle: Before\n---\n\n# Heading\n\n```vibe\nlet a = 1\n```\n")
  const [front, prose, cell] = notebook.blocks
  expect(titleOfNotebook(notebook)).toBe("Before")
  expect(titleOfNotebook(proseEdited(notebook, front?.id ?? "", "---\ntitle: After\n---\n"))).toBe("After")
  expect(titleOfNotebook(proseEdited(notebook, front?.id ?? "", "---\nseed: 3\n---\n"))).toBe("Heading")
  expect(titleOfNotebook(proseEdited(notebook, prose?.id ?? "", "# Other\n"))).toBe("Before")
  expect(titleOfNotebook(codeEdited(notebook, cell?.id ?? "", "# let"))).toBe("Before")
})
