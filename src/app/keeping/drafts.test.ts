// @vitest-environment happy-dom
import { describe, expect, it } from "vitest"
import { draftFrom } from "./drafts.ts"

const document = {
  id: "example:x",
  title: "x",
  language: "jade",
  path: "main.jde",
  text: "print(1)",
  files: {},
  rules: [],
  seed: 3,
  maxParallel: 0,
  exampleId: "x",
}

describe("a stored draft", () => {
  it("comes back as an edited document", () => {
    expect(draftFrom({ key: "example:x", savedAtMs: 1, document })).toMatchObject({
      document: { text: "print(1)", language: "jade", edited: true, seed: 3 },
    })
  })

  it("is left out where it is none", () => {
    for (const broken of [
      null,
      "text",
      {},
      { key: 1, savedAtMs: 1, document },
      { key: "x", savedAtMs: "1", document },
      { key: "x", savedAtMs: 1, document: null },
      { key: "x", savedAtMs: 1, document: { ...document, text: 7 } },
      { key: "x", savedAtMs: 1, document: { ...document, language: "cobol" } },
    ])
      expect(draftFrom(broken)).toBe(null)
  })

  it("keeps the variables that were typed", () => {
    const variables = { TOWN: "Bern", broken: 5 }
    expect(draftFrom({ key: "x", savedAtMs: 1, document: { ...document, variables } })?.document.variables).toEqual({ TOWN: "Bern" })
    expect(draftFrom({ key: "x", savedAtMs: 1, document })?.document).not.toHaveProperty("variables")
  })

  it("loses only what of it is damaged", () => {
    expect(
      draftFrom({ key: "x", savedAtMs: 1, document: { ...document, seed: "many", files: { a: 1, b: "two" }, rules: 5 } })?.document,
    ).toMatchObject({
      text: "print(1)",
      seed: 7,
      files: { b: "two" },
      rules: [],
    })
  })
})
