// The brackets that show which cell of a notebook a stretch of the run belongs to.
import { expect, test } from "vitest"
import { TraceBuilder } from "../../../interpreter/trace/builder.ts"
import { foldOf } from "../../../interpreter/trace/fold.ts"
import { type SceneOptions, sceneOf } from "../testing.ts"
import { bracketsOf } from "./sections.ts"

const b = new TraceBuilder()
const main = b.run(-1, "main")
b.section("0", true).sleep(main, 1000).section("0", false)
b.section("1", true).section("1", false)
b.section("2", true).sleep(main, 1000).section("2", false)
const fold = foldOf(b.end(main).endRun().trace())
/** Brackets as times: where they begin and end on the ruler. */
const brackets = (options: SceneOptions = {}) => {
  const scene = sceneOf(fold, { from: 0, to: 2000, widthPx: 1000, ...options })
  const usAt = (x: number) => Math.round(scene.scale.unit(x))
  return bracketsOf(scene, fold.spans.sections).map(({ text, left, right }) => [text, usAt(left), usAt(right)])
}

test("a cell is a bracket over its time, with its number from one", () => {
  expect(brackets()).toEqual([
    ["cell 1", 0, 1000],
    ["cell 3", 1000, 2000],
  ])
})

test("a cell that took no time has its place where events are counted", () => {
  const scene = sceneOf(fold, { steps: true })
  expect(bracketsOf(scene, fold.spans.sections).map(({ text }) => text)).toEqual(["cell 1", "cell 2", "cell 3"])
})

test("a cell that goes on reaches to the edge, one that has not begun is not there", () => {
  expect(brackets({ edgeUs: 500 })).toEqual([["cell 1", 0, 500]])
})

test("where there is little room the number stands alone, then nothing", () => {
  expect(brackets({ widthPx: 40 }).map(([text]) => text)).toEqual(["1", "3"])
  expect(brackets({ widthPx: 12 }).map(([text]) => text)).toEqual(["", ""])
})

test("zoomed out of sight it is left out", () => {
  expect(brackets({ from: 1100, to: 1900 }).map(([text]) => text)).toEqual(["cell 3"])
})

test("cells of several languages have a row each, and are called as the document numbers them", () => {
  const two = new TraceBuilder()
  const root = two.run(-1, "Vibe")
  two.section("0.0", true).section("1.0", true).sleep(root, 1000).section("0.0", false).section("1.0", false)
  const both = foldOf(two.end(root).endRun().trace())
  const scene = sceneOf(both, { from: 0, to: 2000, widthPx: 1000 })
  const found = bracketsOf(scene, both.spans.sections, [["2"], ["4"]])
  expect(found.map(({ text, row }) => [text, row])).toEqual([
    ["cell 2", 0],
    ["cell 4", 1],
  ])
})
