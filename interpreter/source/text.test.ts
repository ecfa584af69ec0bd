// Places in a file: lines and columns in code points, from any offset and in any order of asking.
// Diagnostics, breakpoints and the editor's marks all rest on them.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { SourceFile } from "./text.ts"

/** Told from the definition: the line ends before the offset, and the code points of the line before it. */
function counted(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf("\n") + 1
  return { line: before.split("\n").length, column: [...before.slice(start)].length + 1 }
}

describe("places in a file", () => {
  it("count code points, whatever was asked before", () => {
    const texts = fc.string({ unit: fc.constantFrom("a", "é", "🐌", "\n", "\ud83d", "\udc0c", " ") })
    fc.assert(
      fc.property(texts, fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), (text, offsets) => {
        const file = new SourceFile("a.txt", text)
        for (const offset of offsets.map((it) => Math.min(it, text.length))) {
          expect(file.positionAt(offset)).toEqual(counted(text, offset))
        }
      }),
    )
  })
})
