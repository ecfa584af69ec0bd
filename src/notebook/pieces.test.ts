// Long prose is drawn in pieces that are the prose again.
import { expect, it } from "vitest"
import { piecesOf } from "./pieces.ts"

it("short prose is one piece", () => {
  expect(piecesOf("# Title\n\nText.\n")).toEqual(["# Title\n\nText.\n"])
})

it("long prose is cut between paragraphs and never inside a fence, and nothing is lost", () => {
  const text = `${"A line of prose.\n\n".repeat(3000)}\`\`\`python\n${"code\n\n".repeat(3000)}\`\`\`\n\n${"More.\n\n".repeat(4000)}`
  const pieces = piecesOf(text)
  expect(pieces.join("")).toBe(text)
  expect(pieces.length).toBeGreaterThan(3)
  for (const piece of pieces) expect((piece.match(/^```/gm) ?? []).length % 2).toBe(0)
})

it("a line without end is cut all the same", () => {
  const text = "x".repeat(1_000_000)
  expect(piecesOf(text).join("")).toBe(text)
  expect(Math.max(...piecesOf(text).map((piece) => piece.length))).toBeLessThan(100_000)
})
