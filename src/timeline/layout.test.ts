// Rows: order, nesting, folding and filtering, and no task that has not happened for the reader yet.
import { describe, expect, test } from "vitest"
import { TraceBuilder } from "../../interpreter/trace/builder.ts"
import { foldOf } from "../../interpreter/trace/fold.ts"
import { GROUP_FROM, groupKey, laneKey, lanesBy, READABLE_ROWS, rowOfTask, rowsOf } from "./layout.ts"

const NONE: ReadonlyMap<string, boolean> = new Map()

function family() {
  const b = new TraceBuilder()
  const main = b.run(-1, "main")
  const a = b.run(main, "a")
  b.run(a, "a1")
  b.at(10)
  b.run(a, "a2")
  b.run(main, "b")
  return foldOf(b.trace()).lanes
}

const labels = (lanes: ReturnType<typeof family>, options: Partial<Parameters<typeof rowsOf>[1]> = {}) =>
  rowsOf(lanes, { count: lanes.length, opened: NONE, filter: "", ...options }).map((row) => `${"  ".repeat(row.depth)}${row.label}`)

describe("rows", () => {
  test("stand under the task that started them, in the order of their start", () => {
    expect(labels(family())).toEqual(["main", "  a", "    a1", "    a2", "  b"])
  })

  test("below a folded task are hidden and counted", () => {
    const lanes = family()
    const rows = rowsOf(lanes, { count: lanes.length, opened: new Map([[laneKey(1), false]]), filter: "" })
    expect(rows.map((row) => [row.label, row.hidden])).toEqual([
      ["main", 0],
      ["a", 2],
      ["b", 0],
    ])
  })

  test("of tasks that have not happened yet are not there", () => {
    const lanes = family()
    expect(lanesBy(lanes, 9)).toBe(3)
    expect(labels(lanes, { count: lanesBy(lanes, 9) })).toEqual(["main", "  a", "    a1"])
  })

  test("a filter keeps what matches and what is above it", () => {
    expect(labels(family(), { filter: "A2" })).toEqual(["main", "  a", "    a2"])
    expect(labels(family(), { filter: "nothing" })).toEqual([])
  })

  test("know their place among their siblings", () => {
    const rows = rowsOf(family(), { count: 5, opened: NONE, filter: "" })
    expect(rows.map((row) => `${row.posInSet}/${row.setSize}`)).toEqual(["1/1", "1/2", "1/2", "2/2", "2/2"])
  })
})

describe("many tasks", () => {
  function crowd(count: number) {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const here = b.site("main.vibe", 1, 2)
    for (let i = 0; i < count; i++) b.run(main, `worker${i}`, here)
    b.run(main, "other")
    return foldOf(b.trace()).lanes
  }

  test("from one place are one row until it is opened", () => {
    const lanes = crowd(10_000)
    const rows = rowsOf(lanes, { count: lanes.length, opened: NONE, filter: "" })
    expect(rows.map((row) => `${row.kind} ${row.label} ${row.hidden}`)).toEqual(["lane main 0", "group worker 10000", "lane other 0"])
    expect(rowOfTask(rows, lanes, 777)).toBe(1)
    const opened = rowsOf(lanes, { count: lanes.length, opened: new Map([[groupKey(0, 0), true]]), filter: "" })
    expect(opened).toHaveLength(10_003)
    expect(rowOfTask(opened, lanes, 777)).toBe(778)
  })

  test("that can be read are left alone", () => {
    expect(labels(crowd(GROUP_FROM - 1))).toHaveLength(GROUP_FROM + 1)
  })

  function chain(length: number) {
    const b = new TraceBuilder()
    let task = b.run(-1, "main")
    for (let i = 0; i < length; i++) task = b.run(task, `t${i}`)
    return foldOf(b.trace()).lanes
  }

  test("nested ten thousand deep fold themselves where nobody would read on", () => {
    const lanes = chain(10_000)
    const rows = rowsOf(lanes, { count: lanes.length, opened: NONE, filter: "" })
    expect(rows).toHaveLength(READABLE_ROWS)
    expect(rows.at(-1)).toMatchObject({ expanded: false, hidden: 10_001 - READABLE_ROWS })
    expect(rowOfTask(rows, lanes, 9000)).toBe(READABLE_ROWS - 1)
  })

  test("nested ten thousand deep are all laid out where the reader opened them", () => {
    const lanes = chain(10_000)
    const opened = new Map(lanes.map(({ task }) => [laneKey(task), true]))
    expect(rowsOf(lanes, { count: lanes.length, opened, filter: "" })).toHaveLength(10_001)
    opened.set(laneKey(5), false)
    expect(rowOfTask(rowsOf(lanes, { count: lanes.length, opened, filter: "" }), lanes, 9000)).toBe(5)
  })

  test("on one level more than can be read are folded a level above, and what the reader opened stays open", () => {
    const b = new TraceBuilder()
    const main = b.run(-1, "main")
    const parents = Array.from({ length: 20 }, (_, i) => b.run(main, `p${i}`, i))
    for (const parent of parents) for (let i = 0; i < GROUP_FROM - 1; i++) b.run(parent, `c${i}`)
    const { lanes } = foldOf(b.trace())
    const rows = rowsOf(lanes, { count: lanes.length, opened: NONE, filter: "" })
    expect(rows.map((row) => row.hidden)).toEqual([0, ...parents.map(() => GROUP_FROM - 1)])
    const one = rowsOf(lanes, { count: lanes.length, opened: new Map([[laneKey(parents[3] ?? -1), true]]), filter: "" })
    expect(one).toHaveLength(21 + GROUP_FROM - 1)
  })
})
