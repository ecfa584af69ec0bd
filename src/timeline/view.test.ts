// The view's own state: markers belong to one run and stand in order of time.
import { expect, test } from "vitest"
import { markersOf, toggleMarker, view } from "./view.ts"

test("a marker is set, stands in order of time, and is taken away by the same key", () => {
  expect(toggleMarker("run 1", { us: 500, step: 9 })).toBe(true)
  expect(toggleMarker("run 1", { us: 200, step: 4 })).toBe(true)
  expect(toggleMarker("run 1", { us: 200, step: 3 })).toBe(true)
  expect(markersOf(view.getState(), "run 1").map(({ step }) => step)).toEqual([3, 4, 9])
  expect(toggleMarker("run 1", { us: 500, step: 9 })).toBe(false)
  expect(markersOf(view.getState(), "run 1").map(({ step }) => step)).toEqual([3, 4])
})

test("markers belong to their run: another one shows none and forgets them", () => {
  toggleMarker("run 1", { us: 500, step: 9 })
  expect(markersOf(view.getState(), "run 2")).toEqual([])
  toggleMarker("run 2", { us: 1, step: 1 })
  expect(markersOf(view.getState(), "run 1")).toEqual([])
})
