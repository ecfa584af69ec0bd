// Long prose is drawn in pieces that are the prose again, and none of which takes longer to read than a page does.
import { describe, expect, it } from "vitest"
import { LONGEST_BLOCK, PIECE_LENGTH, type Piece, piecesOf } from "./pieces.ts"

const joined = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join("")
const longest = (pieces: readonly Piece[]) => Math.max(...pieces.map(({ text }) => text.length))

it("short prose is one piece", () => {
  expect(piecesOf("# Title\n\nText.\n")).toEqual([{ text: "# Title\n\nText.\n", plain: false, first: false }])
})

it("long prose is cut between paragraphs and never inside a fence, and nothing is lost", () => {
  const text = `${"A line of prose.\n\n".repeat(3000)}\`\`\`python\n${"code\n\n".repeat(3000)}\`\`\`\n\n${"More.\n\n".repeat(4000)}`
  const pieces = piecesOf(text)
  expect(joined(pieces)).toBe(text)
  expect(pieces.length).toBeGreaterThan(3)
  for (const { text: piece } of pieces) expect((piece.match(/^```/gm) ?? []).length % 2).toBe(0)
  expect(pieces.some(({ plain }) => plain)).toBe(false)
})

describe("what nothing divides", () => {
  const KINDS: readonly (readonly [string, string])[] = [
    ["lines without a blank one between them", "A line of some words.\n".repeat(220_000)],
    ["one line of words", "some words and more ".repeat(240_000)],
    ["one word", "x".repeat(4_800_000)],
    ["one line of white space", `a${" ".repeat(4_800_000)}b`],
    ["a fence that is never closed", `\`\`\`python\n${"code\n\n".repeat(800_000)}`],
    ["one line of pictures", "🎼".repeat(2_400_000)],
  ]
  it.each(KINDS)("%s of 4.8 MB: plain pieces of bounded length, the first of which says so, and nothing is lost", (_name, text) => {
    const pieces = piecesOf(text)
    expect(joined(pieces)).toBe(text)
    expect(longest(pieces)).toBeLessThanOrEqual(PIECE_LENGTH)
    expect(pieces.every(({ plain }) => plain)).toBe(true)
    expect(pieces.map(({ first }) => first).indexOf(true)).toBe(0)
    expect(pieces.filter(({ first }) => first)).toHaveLength(1)
    // Linear: as many pieces as the length asks for, and not more.
    expect(pieces.length).toBeLessThanOrEqual(Math.ceil(text.length / PIECE_LENGTH) * 2)
  })

  it("is plain by itself: the paragraphs around it are Markdown", () => {
    const pieces = piecesOf(`# Before\n\n${"word ".repeat(20_000)}\n\n*After*\n`)
    expect(pieces[0]).toEqual({ text: "# Before\n\n", plain: false, first: false })
    expect(pieces.at(-1)).toEqual({ text: "*After*\n", plain: false, first: false })
    expect(pieces.slice(1, -1).every(({ plain }) => plain)).toBe(true)
  })

  it("is never cut inside a character", () => {
    for (const { text } of piecesOf(`x${"🎼".repeat(30_000)}`)) expect(text).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/)
  })
})

it("no piece that is read as Markdown is longer than the longest block", () => {
  const text = Array.from({ length: 500 }, (_, i) => `${"word ".repeat(i * 9)}\n\n`).join("")
  const pieces = piecesOf(text)
  expect(joined(pieces)).toBe(text)
  expect(longest(pieces.filter(({ plain }) => !plain))).toBeLessThanOrEqual(LONGEST_BLOCK)
})

it("quotes and lists nested beyond reading are plain, a rule and a deep outline are not", () => {
  expect(piecesOf(`${"> ".repeat(5000)}deep`).every(({ plain }) => plain)).toBe(true)
  expect(piecesOf(`Text\n${"- ".repeat(2000)}deep`).every(({ plain }) => plain)).toBe(true)
  expect(piecesOf(`${"- ".repeat(60)}\n\n${"-".repeat(200)}\n\n${"> ".repeat(8)}fine\n`).some(({ plain }) => plain)).toBe(false)
})
