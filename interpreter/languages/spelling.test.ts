// How many letters two names are apart, by which the nearest known name to a mistyped one is found.
import { expect, it } from "vitest"
import { editDistance } from "./spelling.ts"

it.each([
  ["", "", 0],
  ["print", "print", 0],
  ["prnt", "print", 1],
  ["printt", "print", 1],
  ["pront", "print", 1],
  ["pirnt", "print", 2],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
])("%o and %o are %i letters apart, in either order", (a, b, letters) => {
  expect(editDistance(a, b)).toBe(letters)
  expect(editDistance(b, a)).toBe(letters)
})
