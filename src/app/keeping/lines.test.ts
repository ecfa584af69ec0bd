// Differences between two texts by lines, as the list of earlier versions shows them.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { lineChanges, merged } from "./lines.ts"

const texts = fc.array(fc.constantFrom("a", "b", "c", "d", ""), { maxLength: 30 }).map((lines) => lines.join("\n"))
const side = (changes: ReturnType<typeof lineChanges>, without: "gone" | "new") =>
  changes
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("\n")

describe("differences of lines", () => {
  it("give both texts back", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const changes = lineChanges(before, after)
        expect(side(changes, "new")).toBe(before)
        expect(side(changes, "gone")).toBe(after)
      }),
    )
  })

  it("name the lines that changed and no others", () => {
    expect(lineChanges("one\ntwo\nthree", "one\n2\nthree\nfour").map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "same one",
      "gone two",
      "new 2",
      "same three",
      "new four",
    ])
  })

  it("are as few as there can be", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const [a, b] = [before.split("\n"), after.split("\n")]
        const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
        for (let i = a.length - 1; i >= 0; i--)
          for (let j = b.length - 1; j >= 0; j--)
            (table[i] as number[])[j] =
              a[i] === b[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, table[i]?.[j + 1] ?? 0)
        expect(lineChanges(before, after).filter(({ kind }) => kind === "same").length).toBe(table[0]?.[0])
      }),
    )
  })

  it("of large unlike texts are found in bounded time", () => {
    const numbers = (from: number) => Array.from({ length: 20_000 }, (_, i) => `${from + i}`).join("\n")
    const changes = lineChanges(numbers(0), numbers(1_000_000))
    expect(changes.length).toBe(40_000)
  })
})

describe("two tabs' changes", () => {
  const base = "let a = 1\nlet b = 2\nlet c = 3\nprint(a)"

  it("of different lines are both kept", () => {
    expect(merged(base, base.replace("= 1", "= 10"), base.replace("print(a)", "print(c)"))).toEqual({
      text: "let a = 10\nlet b = 2\nlet c = 3\nprint(c)",
      clashes: 0,
    })
  })

  it("of the same line stand one after the other, mine first", () => {
    expect(merged(base, base.replace("= 2", "= 20"), base.replace("= 2", "= 200"))).toEqual({
      text: "let a = 1\nlet b = 20\nlet b = 200\nlet c = 3\nprint(a)",
      clashes: 1,
    })
  })

  it("of one tab alone are taken as they are", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        expect(merged(before, before, after)).toEqual({ text: after, clashes: 0 })
        expect(merged(before, after, before)).toEqual({ text: after, clashes: 0 })
        expect(merged(before, after, after)).toEqual({ text: after, clashes: 0 })
      }),
    )
  })

  it("lose no line that either tab wrote", () => {
    fc.assert(
      fc.property(texts, texts, (mine, theirs) => {
        const lines = merged("", `${mine}\nmine`, `${theirs}\ntheirs`).text.split("\n")
        for (const line of [...mine.split("\n"), "mine", ...theirs.split("\n"), "theirs"]) expect(lines).toContain(line)
      }),
    )
  })
})
