import { describe, expect, test } from "vitest"
import { isolated, terminalWidth } from "./terminal-width.ts"

describe("columns of a terminal", () => {
  test.each([
    ["main", 4],
    ["", 0],
    ["日本", 4],
    ["🪐👩‍🚀🧵", 6],
    ["e\u0301", 1],
    ["שלום", 4],
    ["\u202eevil", 4],
  ])("%s takes %i", (text, columns) => {
    expect(terminalWidth(text)).toBe(columns)
  })

  test("a text from right to left turns nothing round but itself", () => {
    expect(isolated("שלום")).toBe("\u2068שלום\u2069")
    expect(isolated("\u202eevil")).toBe("\u2068\u202eevil\u2069")
    expect(isolated("main")).toBe("main")
  })
})
