// Code without fences: found where it stands, and put into a fence without touching anything else.
import { describe, expect, it } from "vitest"
import { parseDocument } from "../../interpreter/session/document/markdown.ts"
import { fenced, stretchesOf } from "./unfenced.ts"

const PAGE = `Calling starts the work. The call gives a future.
async fn look(where) {
prompt p = "look " + where
return await ?p
}
// both are under way
let a = look("left")
let b = look("right")
print(await a) // first
Await any other value and it is an error.
let result = await <expr>
- a list item
`

describe("code in prose", () => {
  it("is found in the stretches that hang together, prose left out", () => {
    const [first, second] = stretchesOf(PAGE)
    expect(first?.code.split("\n")).toHaveLength(8)
    expect(first?.code.startsWith("async fn look")).toBe(true)
    expect(second?.code).toBe("let result = await <expr>")
  })

  it("becomes a cell and leaves all other lines as they are", () => {
    const [first] = stretchesOf(PAGE)
    if (!first) throw new Error("nothing found")
    const text = fenced(PAGE, first, "jade")
    const cells = parseDocument(text).filter((segment) => segment.kind === "cell")
    expect(cells.map((cell) => "code" in cell && cell.code)).toEqual([first.code])
    expect(text.replace("\n```jade\n", "").replace("```\n", "")).toBe(PAGE)
  })

  it("in a fence of another language is left alone, and so is plain prose", () => {
    expect(stretchesOf("```python\nlet x = 1\n```\n")).toEqual([])
    expect(stretchesOf("Use the form below. If it fails, try again (later).\nFor example, this is prose.\n")).toEqual([])
  })
})
