// Stepping as pure moves over a step index: over and into calls, out of them, backwards, and between tasks.
import { describe, expect, it } from "vitest"
import type { StepIndex } from "../../interpreter/session/step-index.ts"
import type { RunId } from "../../interpreter/worker/protocol.ts"
import { eventsBefore, indexed, type Move, moved, nextBreak, rowAt, rowOf, rowOfTask, steppedTo, steppingBegun } from "./stepping.ts"

/** Rows as `task.depth@time:site`. */
function indexOf(...rows: string[]): StepIndex {
  const parsed = rows.map((row) => /^(\d+)\.(\d+)@(\d+):(\d+)$/.exec(row)?.slice(1).map(Number) ?? [])
  const column = (i: number) => Int32Array.from(parsed.map((row) => row[i] ?? 0))
  return {
    count: rows.length,
    tasks: column(0),
    depths: column(1),
    times: Float64Array.from(parsed.map((row) => row[2] ?? 0)),
    sites: column(3),
    events: column(2),
    cut: false,
  }
}

// main calls f (two statements) and goes on, another task runs in between.
const index = indexOf("0.0@0:1", "0.1@0:10", "0.1@0:11", "1.0@0:20", "0.0@5:2", "0.0@5:3")
const go = (row: number, move: Move) => moved(index, row, move)

describe("a step", () => {
  it("over a call stays in its function and its task", () => expect(go(0, "over")).toBe(4))
  it("into a call goes to its first statement", () => expect(go(0, "into")).toBe(1))
  it("out of a call goes to the caller's next statement", () => expect(go(1, "out")).toBe(4))
  it("back over a call goes to the statement that made it", () => expect(go(4, "back")).toBe(0))
  it("back into a call goes to its last statement", () => expect(go(4, "backInto")).toBe(2))
  it("goes on with another task where its own has nothing further", () => expect(go(3, "over")).toBe(4))
  it("leads nowhere past the ends", () => {
    expect(go(5, "over")).toBeNull()
    expect(go(0, "back")).toBeNull()
  })
  it("forwards and back again is where one was", () => {
    for (const row of [0, 4]) expect(moved(index, go(row, "over") ?? -1, "back")).toBe(row)
  })
})

describe("the row of a time", () => {
  it("is the last statement by then, of the task that is asked for", () => {
    expect(rowAt(index, 4, null)).toBe(3)
    expect(rowAt(index, 4, 0)).toBe(2)
    expect(rowAt(index, 5, null)).toBe(5)
    expect(rowAt(index, -1, null)).toBe(0)
  })
})

describe("where the playhead or another task leads", () => {
  it("a time is the last statement that the task had begun by then", () => {
    expect(rowOf(index, 4, 0)).toBe(2)
    expect(rowOf(index, 9, 1)).toBe(3)
  })
  it("a time at which the task had begun nothing is the last statement of any", () => {
    expect(rowOf(index, 4, 7)).toBe(3)
    expect(rowOf(index, 4, null)).toBe(3)
  })
  it("another task is at its last statement before, and changes nothing if it had begun none", () => {
    expect(rowOfTask(index, 5, 1)).toBe(3)
    expect(rowOfTask(index, 3, 0)).toBe(2)
    expect(rowOfTask(index, 2, 1)).toBe(2)
  })
})

describe("within an instant", () => {
  const run = 4 as RunId
  const at = (row: number) => steppedTo(indexed(steppingBegun(run), run, index, 0), row)
  it("as many events have happened as before the statement that is next", () => {
    expect(eventsBefore(at(5), run, 5)).toBe(5)
    expect(eventsBefore(at(0), run, 0)).toBe(0)
  })
  it("everything has, where the playhead went on or another run is shown", () => {
    expect(eventsBefore(at(0), run, 5)).toBeNull()
    expect(eventsBefore(at(5), 9 as RunId, 5)).toBeNull()
    expect(eventsBefore(steppingBegun(run), run, 0)).toBeNull()
  })
})

describe("breakpoints", () => {
  it("stop at the next and the previous statement on their lines", () => {
    expect(nextBreak(index, 0, 1, (site) => [11, 3].includes(site))).toBe(2)
    expect(nextBreak(index, 5, -1, (site) => site === 11)).toBe(2)
    expect(nextBreak(index, 2, 1, (site) => site === 11)).toBeNull()
  })
})
