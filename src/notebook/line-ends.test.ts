// Prose that is edited keeps the line ends of what nobody touched.
import { expect, it } from "vitest"
import { fromField, inField } from "./line-ends.ts"

it("what was not edited comes back byte for byte, whatever ends its lines", () => {
  for (const raw of ["", "a", "a\n", "a\r\nb\r\n", "a\nb\r\nc\rd", "\r\n\r\n", "\r"]) expect(fromField(raw, inField(raw))).toBe(raw)
})

it("a line that is changed or new ends as the first line does; the others keep their ends", () => {
  expect(fromField("one\r\ntwo\r\nthree\r\n", "one\n2\nthree\n")).toBe("one\r\n2\r\nthree\r\n")
  expect(fromField("one\r\ntwo\nthree", "one\nnew\ntwo\nthree")).toBe("one\r\nnew\r\ntwo\nthree")
  expect(fromField("one\r\ntwo\nthree\r\n", "one\nthree\n")).toBe("one\r\nthree\r\n")
  expect(fromField("one\ntwo\n", "one\n2\n")).toBe("one\n2\n")
})

it("white space inside of lines is no line end", () => {
  expect(fromField("a\t\r\n b \r\n", "a\t\n b \nc")).toBe("a\t\r\n b \r\nc")
})
