// What is read from an imported TypeScript file without running it.
import { describe, expect, it } from "vitest"
import { outlineOf, withoutCommentsAndStrings } from "./ts-exports.ts"

describe("the outline of a TypeScript file", () => {
  it("names what is exported, and which of it are functions", () => {
    const { exports, open } = outlineOf(`
      // export const commented = 1
      export const unit: string = "export const inText = 1"
      export const twice = (n: number): number => n * 2
      export async function later(): Promise<void> {}
      function inner() {}
      export { inner as outer, unit as other }
      export class Box {}
      export default function () {}
      export type Shape = { x: number }
      interface Dot { x: number }
      export { type Dot }
    `)
    expect([...exports].map(([name, { isFunction }]) => `${name}${isFunction ? "()" : ""}`).sort()).toEqual([
      // Types may be imported: tools name them (SPEC 7.1).
      "Box",
      "Dot",
      "Shape",
      "default()",
      "later()",
      "other",
      "outer()",
      "twice()",
      "unit",
    ])
    expect(open).toBe(false)
    expect(outlineOf('export * from "./more"').open).toBe(true)
  })

  it("names the modules it needs, types left out", () => {
    const { imports } = outlineOf(
      'import { a } from "./a"\nimport type { T } from "./types"\nimport "./effects"\nexport { b } from "../b"\nconst s = "import x from y"',
    )
    expect(imports.map((it) => it.path)).toEqual(["./a", "./effects", "../b"])
  })

  it("blanks comments and texts and keeps every offset", () => {
    const source = 'a /* b */ + "c\\"d" + `e${f("g")}h` // i\nj'
    const blanked = withoutCommentsAndStrings(source)
    expect(blanked.length).toBe(source.length)
    expect(blanked.replace(/\s+/g, " ")).toBe('a + " " + ` f(" ") ` j')
  })
})
