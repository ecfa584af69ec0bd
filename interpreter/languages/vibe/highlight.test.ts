// Which colours Vibe's grammar gives to what in a program.
import { highlightTree, tagHighlighter, tags } from "@lezer/highlight"
import { describe, expect, it } from "vitest"
import { parser } from "./vibe.parser.ts"

/** The stretches of a text that are coloured as prompts, and those coloured as names in one. */
function coloured(text: string): { prompts: string[]; names: string[] } {
  const found = { prompts: [] as string[], names: [] as string[] }
  const highlighter = tagHighlighter([
    { tag: tags.special(tags.string), class: "prompts" },
    { tag: tags.special(tags.variableName), class: "names" },
  ])
  highlightTree(parser.parse(text), highlighter, (from, to, classes) => {
    for (const one of classes.split(" ")) found[one as "prompts" | "names"]?.push(text.slice(from, to))
  })
  return found
}

describe("colours", () => {
  it("show prompts as prompts, wherever a model is asked, and the names in them as variables", () => {
    expect(coloured('let a = do "one {x}" m')).toEqual({ prompts: ['"one ', '"'], names: ["x", "m"] })
    expect(coloured('let a = do "one" + "two" + x').prompts).toEqual(['"one"', '"two"'])
    expect(coloured('print(vibe ("one" + "two"))').prompts).toEqual(['"one"', '"two"'])
    expect(coloured('for i in 3 { } compress("keep names")').prompts).toEqual(['"keep names"'])
    expect(coloured('let a = "plain {x}"').prompts).toEqual([])
  })
})
