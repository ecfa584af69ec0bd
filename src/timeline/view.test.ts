// The view's own state: markers belong to one run and stand in order of time; their notes go with them.
import { expect, test } from "vitest"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import type { RunRecord } from "../store/runs.ts"
import { handOverMarkers, markersOf, toggleMarker, view, writeNote } from "./view.ts"

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

test("a note is written, changed and taken away, and comes back with its marker", () => {
  const [early, late] = [
    { us: 200, step: 3 },
    { us: 500, step: 9 },
  ]
  const markers = () => markersOf(view.getState(), "run 3")
  toggleMarker("run 3", early)
  toggleMarker("run 3", late)
  writeNote("run 3", late, "b fails")
  writeNote("run 3", late, "b fails here")
  writeNote("run 2", early, "of a run that is not shown")
  expect(markers()).toEqual([early, { ...late, note: "b fails here" }])
  toggleMarker("run 3", late)
  expect(markers()).toEqual([early])
  toggleMarker("run 3", late)
  expect(markers()).toEqual([early, { ...late, note: "b fails here" }])
  writeNote("run 3", late, "")
  expect(markers()).toEqual([early, late])
})

const runWith = (id: number, seed: number, live = false): Pick<RunRecord, "id" | "inputs"> => ({
  id: id as RunId,
  inputs: { seed, hooks: id % 2 === 0, model: { live } } as RunRecord["inputs"],
})

test("a new run of the same inputs has the markers of the one before, a run of others or of a real model has none", () => {
  const marker = { us: 5, step: 2, note: "here" }
  const mark = ({ id, inputs }: Pick<RunRecord, "id" | "inputs">) => toggleMarker(id, marker, inputs)
  mark(runWith(1, 7))
  handOverMarkers(runWith(2, 8))
  expect(markersOf(view.getState(), 2)).toEqual([])
  handOverMarkers(runWith(3, 7))
  handOverMarkers(runWith(4, 7))
  expect(markersOf(view.getState(), 4)).toEqual([marker])
  mark(runWith(5, 7, true))
  handOverMarkers(runWith(6, 7, true))
  expect(markersOf(view.getState(), 6)).toEqual([])
})
