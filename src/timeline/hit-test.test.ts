// What lies under the pointer is what was drawn there, also in random runs.
import { describe, expect, test } from "vitest"
import { foldOf } from "../../interpreter/trace/fold.ts"
import { randomTrace } from "../../interpreter/trace/random-trace.ts"
import { galleryTrace } from "./gallery.ts"
import { hitAt, onPlayhead, selectionOf } from "./hit-test.ts"
import { laneEvents } from "./lane-events.ts"
import { rowMiddle, xOf } from "./scene.ts"
import { sceneOf } from "./testing.ts"

const fold = foldOf(galleryTrace())
const scene = sceneOf(fold)
const at = (label: string, us: number) => {
  const row = scene.rows.findIndex((candidate) => candidate.label === label)
  return hitAt(scene, scene.scale.x(us), rowMiddle(scene, row))
}

describe("what is under the pointer", () => {
  test("is the call and its phase where a call is", () => {
    expect(at("answer", 100_000)).toMatchObject({ phase: "waiting", state: "call" })
    expect(at("answer", 600_000)).toMatchObject({ phase: "tokens" })
    expect(at("retried after 429", 500_000)).toMatchObject({ phase: "backoff" })
    expect(selectionOf(at("answer", 600_000))).toMatchObject({ kind: "call" })
  })

  test("is the task where it waits, and nothing before and after its life", () => {
    expect(at("receives", 100_000)).toMatchObject({ state: "receive", call: undefined })
    expect(selectionOf(at("receives", 100_000))).toMatchObject({ kind: "task" })
    expect(selectionOf(at("answer", 2_000_000))).toEqual({ kind: "none" })
    expect(hitAt(scene, 100, 5000)).toBeUndefined()
  })

  test("is found wherever a call was drawn, in any run", () => {
    const random = foldOf(randomTrace({ seed: 11, tasks: 40, deeds: 9, longestUs: 9000, chunks: 8 }).trace())
    const picture = sceneOf(random)
    for (const call of random.spans.calls.values()) {
      const row = picture.rowByTask.get(call.task)
      if (row === undefined || call.endUs < 0) continue
      const middle = (xOf(picture, call.queuedUs, call.queuedStep) + xOf(picture, call.endUs, call.endStep)) / 2
      expect(hitAt(picture, middle, rowMiddle(picture, row))?.lane?.task).toBe(call.task)
    }
  })

  test("is the playhead within five pixels of it", () => {
    const half = sceneOf(fold, { atUs: 1_000_000 })
    expect(onPlayhead(half, half.scale.x(1_000_000) + 4)).toBe(true)
    expect(onPlayhead(half, half.scale.x(1_000_000) + 8)).toBe(false)
  })
})

describe("the events of a lane", () => {
  test("are what a reader would call one, in order, with their times", () => {
    const lane = fold.lanes.find((candidate) => candidate.label === "retried after 429")
    if (!lane) throw new Error("no lane")
    expect(laneEvents(fold, lane, fold.folded, 0).map((event) => event.text)).toEqual([
      "started by main, at 0 s",
      "asks the model, at 0 s",
      "fails with 429, at 250 ms",
      "backs off for 700 ms, at 250 ms",
      "try 2, at 950 ms",
      "first token, at 1.31 s",
      "has its answer, 72 tokens, at 1.85 s",
      "finishes, at 1.85 s",
    ])
  })

  test("end at the edge of what has happened, and long histories are cut around the playhead", () => {
    const lane = fold.lanes[0]
    if (!lane) throw new Error("no lane")
    const edge = fold.eventsAtUs(500_000) - 1
    for (const event of laneEvents(fold, lane, edge, 0)) expect(event.us).toBeLessThanOrEqual(500_000)
    const late = laneEvents(fold, lane, fold.folded, fold.folded, 3)
    expect(late).toHaveLength(3)
    expect(late.at(-1)?.text).toMatch(/^finishes/)
  })
})
