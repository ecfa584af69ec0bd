// Whatever the catalogue lists has words for its readers, and the words speak of nothing else than what is listed.
import { describe, expect, it } from "vitest"
import { CORE, META, METHODS, MODEL_KEYS, SYSTEM_MODULES } from "../library/catalogue.ts"
import { docOf, exampleOf, META_WORDS, MODEL_KEY_WORDS, MODULE_DOCS, methodDoc } from "./catalogue-words.ts"

const functions = [...CORE, ...SYSTEM_MODULES.flatMap((module) => module.functions)]
const isSentence = /^.+\.$/s

describe("the words of the catalogue", () => {
  it.each(functions.map((it) => [it.name, it] as const))("%s is explained, with an example that calls it", (name, builtin) => {
    expect(docOf(builtin)).toMatch(isSentence)
    expect(exampleOf(builtin)).toMatch(new RegExp(`^${name}\\(.*\\)$`))
  })

  it.each(METHODS.map((it) => [`${it.on}.${it.name}`, it] as const))("the method %s is explained", (_, method) => {
    expect(methodDoc(method)).toMatch(isSentence)
  })

  it("every module has its sentence", () => {
    expect(Object.keys(MODULE_DOCS).sort()).toEqual(SYSTEM_MODULES.map((it) => it.path).sort())
  })

  it("members and the keys of a model have theirs, in the catalogue's order", () => {
    expect(Object.keys(META_WORDS)).toEqual([...META])
    expect(Object.keys(MODEL_KEY_WORDS)).toEqual([...MODEL_KEYS])
  })

  it("a function that models may be given brings its words along", () => {
    for (const module of SYSTEM_MODULES.filter((it) => it.tools)) for (const it of module.functions) expect(it.doc).toMatch(isSentence)
  })
})
