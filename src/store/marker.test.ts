// Notes of markers: what is kept of a text, whoever wrote it.
import { describe, expect, it } from "vitest"
import { MOST_NOTE_LENGTH, noteFrom } from "./marker.ts"

describe("a note", () => {
  it("is one line: breaks and tabs are spaces, and none stand at its ends", () => {
    expect(noteFrom("  here b\n\tfails \r\n")).toBe("here b fails")
  })

  it("keeps every script and every emoji, those of several parts too", () => {
    for (const text of ["שלום", "مرحبا", "a 👩‍👩‍👧 b", "é ü ß", "第二"]) expect(noteFrom(text)).toBe(text)
  })

  it("loses what is no text, and what would turn the words around it", () => {
    expect(noteFrom("a\u0000\u001bb \u202eevil\u202c \ud800c")).toBe("a b evil c")
  })

  it("ends at the limit, and never in the middle of a character", () => {
    expect([...noteFrom("👍".repeat(500))]).toEqual(Array.from({ length: MOST_NOTE_LENGTH }, () => "👍"))
    expect(noteFrom("x".repeat(1_000_000))).toHaveLength(MOST_NOTE_LENGTH)
  })

  it("is empty where there is no text", () => {
    for (const value of [undefined, null, 3, ["a"], { note: "a" }, " \n "]) expect(noteFrom(value)).toBe("")
  })
})
