// A document as runs: one part a language, cells with their place in the document, files beside them.
import { describe, expect, it } from "vitest"
import { partsOf } from "./parts.ts"

const DOCUMENT = [
  "---",
  "seed: 3",
  "---",
  "# Title",
  "```vibe",
  "print(1)",
  "```",
  "```python",
  "print(2)",
  "```",
  "```jade",
  "print(3)",
  "",
  "print(4)",
  "```",
  "```vibe lib/util.vibe",
  "export function f() { }",
  "```",
  "```vibe",
  "print(5)",
]

describe("the parts of a document", () => {
  it.each([
    ["\n", "lines"],
    ["\r\n", "lines of another system"],
  ])("are its cells by language, with the line of the document each begins on (%#)", (end) => {
    const { frontMatter, parts } = partsOf(DOCUMENT.join(end))
    expect(frontMatter).toBe("seed: 3")
    expect(parts).toEqual([
      {
        language: "vibe",
        cells: [
          { id: "1", number: 1, line: 6, code: "print(1)" },
          { id: "3", number: 3, line: 20, code: "print(5)" },
        ],
        files: { "lib/util.vibe": "export function f() { }" },
      },
      { language: "jade", cells: [{ id: "2", number: 2, line: 12, code: "print(3)\n\nprint(4)" }], files: {} },
    ])
  })

  it("of plain prose are none, and a file named like a property of objects is a file", () => {
    expect(partsOf("# Only prose\n").parts).toEqual([])
    expect(partsOf("```vibe\n```\n```vibe __proto__.vibe\nlet x = 1\n```\n").parts[0]?.files).toEqual({ "__proto__.vibe": "let x = 1" })
  })
})
