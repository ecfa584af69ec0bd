// Two tabs of one document: who is behind, who differs, and what may come in on the channel. Seed, model script and the like
// count as much as the text.
import { describe, expect, it } from "vitest"
import { messageFrom, optionsFrom, optionsText, type Shown, standingOf } from "./tabs.ts"

const OPTIONS = { seed: 7, maxParallel: 0, rules: [{ match: "sea", reply: "wide" }], files: { "b.vibe": "b", "a.vibe": "a" } }
const shown = (text: string, seed = 7): Shown => ({ text, options: optionsText({ ...OPTIONS, seed }) })

describe("how two tabs stand to each other", () => {
  const base = shown("one")

  it("nothing is asked where they agree, or where only this one changed", () => {
    expect(standingOf(base, shown("two"), shown("two"))).toBeNull()
    expect(standingOf(base, shown("two"), base)).toBeNull()
  })

  it("behind where only the other changed, diverged where both did", () => {
    expect(standingOf(base, base, shown("two"))).toBe("behind")
    expect(standingOf(base, shown("two"), shown("three"))).toBe("diverged")
  })

  it("another seed is a change like another text", () => {
    expect(standingOf(base, base, shown("one", 8))).toBe("behind")
    expect(standingOf(base, shown("two"), shown("one", 8))).toBe("diverged")
    expect(standingOf(base, shown("one", 8), shown("one", 8))).toBeNull()
  })
})

describe("options", () => {
  it("are the same text whatever the order of the files, and come back", () => {
    const text = optionsText(OPTIONS)
    expect(optionsText({ ...OPTIONS, files: { "a.vibe": "a", "b.vibe": "b" } })).toBe(text)
    expect(optionsFrom(text)).toEqual(OPTIONS)
  })

  it.each(["", "{}", "[]", "[-1,0,[],[],null]", '[1,0,[{"match":5}],[],null]', '[1,0,[],[["a"]],null]', "null"])("%j are none", (text) => {
    expect(optionsFrom(text)).toBeNull()
  })
})

describe("a message of another tab", () => {
  it("is read field by field", () => {
    const here = { kind: "here", tab: "t", key: "k", ...shown("one") }
    expect(messageFrom({ ...here, extra: 1 })).toEqual(here)
    expect(messageFrom({ kind: "settled", tab: "t", key: "k", ...shown("two"), over: shown("one") })).toMatchObject({ over: shown("one") })
    expect(messageFrom({ kind: "gone", tab: "t" })).toEqual({ kind: "gone", tab: "t" })
  })

  it.each([
    null,
    5,
    "here",
    {},
    { kind: "here", tab: "t" },
    { kind: "here", tab: "t", key: "k", text: 5, options: "" },
    { kind: "settled", tab: "t", key: "k", text: "", options: "", over: "x" },
  ])("%j is none", (value) => {
    expect(messageFrom(value)).toBeNull()
  })
})
