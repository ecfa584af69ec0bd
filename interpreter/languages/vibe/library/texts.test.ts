// Values as text are bounded: a small value that holds another twice, level by level, has a text as long as the universe.
import { describe, expect, it } from "vitest"
import { LimitReached } from "../../../kernel/limits.ts"
import { jsonText, plainText, printed } from "./texts.ts"
import { newObject } from "./values.ts"

function doubled(levels: number, pair: (it: unknown) => unknown): unknown {
  let value: unknown = "x"
  for (let i = 0; i < levels; i++) value = pair(value)
  return value
}

const OBJECTS = doubled(40, (it) => Object.assign(newObject(), { left: it, right: it }))
const LISTS = doubled(40, (it) => [it, it])

describe("a value that holds another many times over", () => {
  it.each([
    ["printed", () => printed(OBJECTS)],
    ["printed as a list", () => printed(LISTS)],
    ["as JSON", () => jsonText(OBJECTS)],
    ["as JSON of a list", () => jsonText(LISTS)],
    ["in a text", () => plainText(LISTS, -1)],
  ])("ends at the longest text there may be: %s", { timeout: 60_000 }, (_, write) => {
    expect(write).toThrow(LimitReached)
  })

  it("is written whole where it is short enough", () => {
    const value = doubled(3, (it) => [it, it])
    expect(plainText(value, -1)).toBe("x,x,x,x,x,x,x,x")
    expect(jsonText(value)).toBe('[[["x","x"],["x","x"]],[["x","x"],["x","x"]]]')
  })
})
