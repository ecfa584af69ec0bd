// What is said of texts that are no JSON.
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { jsonProblem } from "./json-problem.ts"

describe("a text that is no JSON", () => {
  it.each([
    ["", "the JSON text is empty"],
    [" \n", "the JSON text is empty"],
    ['{"a": [1, 2', "the JSON text ends too early"],
    ["{x}", "unexpected 'x' at line 1, column 2 of the JSON text"],
    ['{"a": 1,}', "unexpected '}' at line 1, column 9 of the JSON text"],
    ["[1,\n 2,\n x]", "unexpected 'x' at line 3, column 2 of the JSON text"],
    ["[1 2]", "unexpected '2' at line 1, column 4 of the JSON text"],
    ["[1}", "unexpected '}' at line 1, column 3 of the JSON text"],
    ["Sure! {}", "unexpected 'S' at line 1, column 1 of the JSON text"],
    ["{} and more", "unexpected 'a' at line 1, column 4 of the JSON text"],
    ["{'a': 1}", "unexpected ''' at line 1, column 2 of the JSON text"],
    ["01", "unexpected '1' at line 1, column 2 of the JSON text"],
    ["😀", "unexpected '😀' at line 1, column 1 of the JSON text"],
    ['["a\nb"]', "a text that is not closed, or holds what JSON does not allow in texts, begins at line 1, column 2 of the JSON text"],
    ["[".repeat(100_000), "the JSON text ends too early"],
  ])("%j", (text, wanted) => expect(jsonProblem(text)).toBe(wanted))

  it("gets a sentence, whatever it is", () => {
    const words = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", "0.5", "true", "null", " ", "\n", "x", "\\")
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        // Behind an open bracket at its end no text is JSON.
        expect(jsonProblem(`${parts.join("")}{`)).toMatch(
          /^(?:the JSON text (?:is empty|ends too early)|.+ at line \d+, column \d+ of the JSON text)$/s,
        )
      }),
    )
  })
})
