// The law's scanner sees what it is there to see, and nothing else.
import { describe, expect, test } from "vitest"
import { breaches } from "./law.mjs"
import { importsOf, parsed } from "./sources.mjs"

const found = (text, path = "interpreter/kernel/x.ts") => breaches(parsed(path, text)).map((sentence) => sentence.replace(/^\S+ /, ""))

describe("the law's scanner", () => {
  test.each([
    ["const t = Date.now()", "uses Date"],
    ["const t = new Date()", "uses Date"],
    ["const f = { now: performance.now }", "uses performance"],
    ["setTimeout(() => {}, 1)", "uses setTimeout"],
    ["const p = Promise.resolve(1)", "uses Promise"],
    ["const p: Promise<number> = new Promise(() => {})", "uses Promise"],
    ["const n = Math.random()", "uses Math.random, which differs between hosts"],
    ["const n = Math.pow(2, 0.5)", "uses Math.pow, which differs between hosts"],
    ["const m = Math", "uses Math as a value: name the function"],
    ['const m = Math["exp"](1)', "uses Math as a value: name the function"],
    ["const n = 2 ** 0.5", "uses **, which differs between hosts"],
    ["const s = [2, 1].sort()", "sorts without a comparator"],
    ['const s = "a".localeCompare("b")', "uses localeCompare, which depends on the locale"],
    ["const s = (1).toLocaleString()", "uses toLocaleString, which depends on the locale"],
    ["async function f() {}", "is async: the order of a run is the kernel's"],
    ["const now = globals[performance as never]", "uses performance"],
  ])("%s", (text, sentence) => {
    expect(found(text)).toContain(sentence)
  })

  test.each([
    "type P = Promise<Date>",
    "interface Clock { performance: number; fetch(): Date }",
    "const o = { Date: 1, fetch: 2 }; const n = o.Date + o.fetch",
    "function f(document: string) { return document.length }",
    "const n = Math.floor(Math.sqrt(2)) + Math.max(1, 2)",
    "const b = 2n ** 64n",
    "const s = [2, 1].sort((a, b) => a - b)",
    '// Date.now()\nconst text = "Promise"',
  ])("leaves alone: %s", (text) => {
    expect(found(text)).toEqual([])
  })

  test("what waits for a ts block is the one exception", () => {
    const text = "export const prepare = async () => {}"
    expect(found(text, "interpreter/languages/vibe/tsblocks/run.ts")).toEqual([])
    expect(found(text, "interpreter/languages/vibe/library/run.ts")).toEqual(["is async: the order of a run is the kernel's"])
  })
})

test("imports are told apart: types, values, lazy ones, packages", () => {
  const text = `import type { A } from "./a.ts"
import { type B, c } from "../b/b.ts"
export { d } from "./d.ts"
import "@codemirror/view/x"
const e = import("./e.ts")`
  expect(importsOf(parsed("src/app/x.ts", text)).map(({ target, kind }) => `${target} ${kind}`)).toEqual([
    "src/app/a.ts type",
    "src/b/b.ts value",
    "@codemirror/view value",
    "src/app/d.ts value",
    "src/app/e.ts lazy",
  ])
})
