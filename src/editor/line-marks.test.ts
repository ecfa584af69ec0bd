// The marks beside lines that started tasks: how many, how many go on, and only what the playhead has passed.
import { describe, expect, it } from "vitest"
import { SourceFile } from "../../interpreter/source/text.ts"
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import { foldOf } from "../../interpreter/trace/fold.ts"
import { lineMarks } from "./line-marks.ts"

const file = new SourceFile("main.vibe", "first\nasync let a\nasync let b\nprint\n")
const S = 1_000_000

function twoTasks() {
  const t = new TraceBuilder()
  const lineA = t.site("main.vibe", 6, 17)
  const lineB = t.site("main.vibe", 18, 29)
  const elsewhere = t.site("other.vibe", 0, 3)
  const main = t.run(-1, "main")
  const a = t.run(main, "a", lineA)
  t.suspend(a, "sleep", -1, lineA)
  const b = t.run(main, "b", lineB)
  t.suspend(b, "sleep", -1, lineB)
  const c = t.run(main, "c", elsewhere)
  t.suspend(c, "sleep", -1, elsewhere).suspend(main, "await", a)
  t.at(S).wake(a).end(a).wake(main, a).suspend(main, "await", b)
  t.at(2 * S)
    .wake(b)
    .fault(b, "Boom", "no")
    .end(b, "failed", "no")
    .wake(main, b)
    .end(main)
    .endRun()
  return foldOf(t.trace())
}

describe("line marks", () => {
  it("count the tasks that each line started and those that go on", () => {
    const { started, here } = lineMarks(twoTasks(), file, 0, 2 * S)
    expect([...started]).toEqual([
      [2, { tasks: [1], active: 1 }],
      [3, { tasks: [2], active: 1 }],
    ])
    expect([...here].sort()).toEqual([2, 3])
  })

  it("follow the playhead", () => {
    const { started, here } = lineMarks(twoTasks(), file, S, 2 * S)
    expect(started.get(2)).toEqual({ tasks: [1], active: 0 })
    expect([...here]).toEqual([3])
  })

  it("show nothing that has not happened for the reader", () => {
    const t = new TraceBuilder()
    const line = t.site("main.vibe", 6, 17)
    const main = t.run(-1, "main")
    t.at(S)
    t.run(main, "late", line)
    expect(lineMarks(foldOf(t.trace()), file, 0, 0.5 * S).started.size).toBe(0)
  })

  it("are those of the event that stepping stands at, within an instant", () => {
    const fold = twoTasks()
    const spawned = fold.lanes[1]?.spawnStep ?? -1
    expect([...lineMarks(fold, file, 0, 2 * S, spawned - 1).here]).toEqual([])
    expect(lineMarks(fold, file, 0, 2 * S, spawned - 1).started.get(2)).toEqual({ tasks: [1], active: 0 })
    expect(lineMarks(fold, file, 0, 2 * S, spawned).started.get(2)).toEqual({ tasks: [1], active: 1 })
    expect([...lineMarks(fold, file, 0, 2 * S).here]).toEqual([2, 3])
  })
})
