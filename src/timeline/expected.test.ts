// Rows of tasks that are not there yet, before a run and among the lanes of one.
import { describe, expect, it } from "vitest"
import { Lane } from "../../interpreter/trace/lane.ts"
import { type ExpectedTask, type ExpectedTasks, withExpected } from "./expected.ts"
import { type Row, rowsOf } from "./layout.ts"

const task = (name: string, parent = -1): ExpectedTask => ({ name, parent, line: 1 })

/** Lanes by name and parent, in the order of their start; the first is main. */
function lanesOf(...named: (readonly [name: string, parent: number])[]): Lane[] {
  const lanes = [new Lane(0, "main", "main", -1, 0, -1, 0, 0)]
  for (const [name, parent] of named) {
    const starter = lanes[parent] as Lane
    const lane = new Lane(lanes.length, name, name, parent, starter.depth + 1, -1, 0, lanes.length)
    starter.children.push(lane.task)
    lanes.push(lane)
  }
  return lanes
}

function rows(
  lanes: readonly Lane[],
  expected: readonly ExpectedTask[] | ExpectedTasks,
  { filter = "", opened = new Map<string, boolean>(), edgeUs = 0 } = {},
) {
  const tasks = "tasks" in expected ? expected : { tasks: expected }
  return withExpected(rowsOf(lanes, { count: lanes.length, opened, filter }), lanes, lanes.length, tasks, filter, edgeUs)
}

const told = (found: readonly Row[]) => found.map((row) => `${"  ".repeat(row.depth)}${row.label}${row.kind === "expected" ? "?" : ""}`)

describe("tasks that are expected", () => {
  it("stand under the first task before a run, nested as they will be", () => {
    expect(told(rows([], [task("a"), task("inner", 0), task("b")]))).toEqual(["main?", "  a?", "    inner?", "  b?"])
  })

  it("are none of those that began, and stay where they were", () => {
    const tasks = [task("a"), task("inner", 0), task("b")]
    expect(told(rows(lanesOf(), tasks))).toEqual(["main", "  a?", "    inner?", "  b?"])
    expect(told(rows(lanesOf(["a", 0]), tasks))).toEqual(["main", "  a", "    inner?", "  b?"])
    expect(told(rows(lanesOf(["a", 0], ["b", 0]), tasks))).toEqual(["main", "  a", "    inner?", "  b"])
    expect(told(rows(lanesOf(["a", 0], ["b", 0], ["inner", 1]), tasks))).toEqual(["main", "  a", "    inner", "  b"])
  })

  it("of several programs stand under the first task of each, before the run and among its lanes", () => {
    const expected = { firsts: ["Vibe", "Jade"], tasks: [task("a", -1), task("b", -2), task("inner", 1)] }
    expect(told(rows([], expected))).toEqual(["Vibe?", "  a?", "Jade?", "  b?", "    inner?"])
    const lanes = [new Lane(0, "Vibe", "Vibe", -1, 0, -1, 0, 0), new Lane(1, "Jade", "Jade", -1, 0, -1, 0, 1)]
    expect(told(rows(lanes, expected))).toEqual(["Vibe", "  a?", "Jade", "  b?", "    inner?"])
  })

  it("say what starts them: a line, of a cell where there are cells", () => {
    const tasks = [
      { name: "a", parent: -1, line: 2 },
      { name: "b", parent: -1, line: 1, cell: "3" },
    ]
    expect(rows([], tasks).map((row) => row.kind === "expected" && row.from)).toEqual(["", "line 2", "cell 3, line 1"])
  })

  it("are expected no more once their starter has started one that comes after them", () => {
    const tasks = [task("either"), task("or"), task("last")]
    expect(told(rows(lanesOf(["or", 0]), tasks))).toEqual(["main", "  or", "  last?"])
    expect(told(rows(lanesOf(["last", 0]), tasks))).toEqual(["main", "  last"])
  })

  it("are expected no more once their starter is over, with all that they would start", () => {
    const tasks = [task("a"), task("inner", 0), task("deep", 1), task("b")]
    const lanes = lanesOf(["a", 0])
    const a = lanes[1] as Lane
    a.end = "ok"
    a.endUs = 500
    expect(told(rows(lanes, tasks, { edgeUs: 499 }))).toEqual(["main", "  a", "    inner?", "      deep?", "  b?"])
    expect(told(rows(lanes, tasks, { edgeUs: 500 }))).toEqual(["main", "  a", "  b?"])
  })

  it("of one name are told apart as lanes are, by the order of their start", () => {
    const tasks = [task("ask"), task("ask")]
    expect(told(rows([], tasks))).toEqual(["main?", "  ask?", "  ask #2?"])
    expect(told(rows(lanesOf(["ask", 0]), tasks))).toEqual(["main", "  ask", "  ask #2?"])
  })

  it("have the key of the lane they become, so that the focus stays", () => {
    const tasks = [task("a"), task("b")]
    const before = rows([], tasks).map((row) => row.key)
    expect(rows(lanesOf(["a", 0]), tasks).map((row) => row.key)).toEqual(before)
    expect(rows(lanesOf(["a", 0], ["b", 0]), tasks).map((row) => row.key)).toEqual(before)
  })

  it("count among the rows beside them", () => {
    const found = rows(lanesOf(["a", 0]), [task("a"), task("b"), task("c")])
    expect(found.map((row) => [row.posInSet, row.setSize])).toEqual([
      [1, 1],
      [1, 3],
      [2, 3],
      [3, 3],
    ])
  })

  it("are hidden in a folded row, and by a filter that their name does not match", () => {
    const lanes = lanesOf(["a", 0])
    expect(told(rows(lanes, [task("a"), task("b")], { opened: new Map([["t0", false]]) }))).toEqual(["main"])
    expect(told(rows([], [task("apple"), task("pear")], { filter: "PEA" }))).toEqual(["  pear?"])
  })
})
