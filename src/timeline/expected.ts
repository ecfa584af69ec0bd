// Rows of tasks that are not there yet: before the first run all of them, while a run unfolds those still to come, each under
// the task that will start it. What there will be is the page's guess from the text (`View.predicted`). Pure.
import type { Lane } from "../../interpreter/trace/lane.ts"
import { laneKey, READABLE_ROWS, type Row } from "./layout.ts"

/** A task as the text promises it. */
export interface ExpectedTask {
  readonly name: string
  /** The place of the task that starts it in the list; -1 for the first task of the program, -1 - n for that of program n. */
  readonly parent: number
  /** The 1-based line that starts it, */
  readonly line: number
  /** and the cell of a notebook that this line is of. */
  readonly cell?: string
}

export interface ExpectedTasks {
  /** What the first tasks of the programs are called, where they are several (a notebook's languages) or not called as everywhere. */
  readonly firsts?: readonly string[]
  readonly tasks: readonly ExpectedTask[]
}

/** The first task of a program, as every language names it. */
const MAIN: readonly string[] = ["main"]

/**
 * `rows`, which are of the first `count` lanes, and among them the tasks of the list that none of these lanes is but that may
 * still begin: who would start them goes on at `edgeUs`, and has not started one that comes after them.
 */
export function withExpected(
  rows: readonly Row[],
  lanes: readonly Lane[],
  count: number,
  { firsts = MAIN, tasks }: ExpectedTasks,
  filter: string,
  edgeUs: number,
): readonly Row[] {
  if (count > READABLE_ROWS) return rows
  const { under, unborn } = openTasks(lanes, count, firsts.length, tasks, edgeUs)
  if (count > 0 && under.size === 0) return rows
  const named = new Map<string, number>()
  for (let task = 0; task < count; task++) {
    const name = lanes[task]?.name ?? ""
    named.set(name, (named.get(name) ?? 0) + 1)
  }
  const found: Row[] = []
  let next = count
  const add = (name: string, from: string, depth: number): void => {
    const times = (named.get(name) ?? 0) + 1
    named.set(name, times)
    const label = times === 1 ? name : `${name} #${times}`
    // The key of the lane that comes next: a row keeps the focus when its task begins.
    const key = laneKey(next++)
    if (!label.toLowerCase().includes(filter.toLowerCase())) return
    found.push({
      kind: "expected",
      key,
      task: -1,
      from,
      depth,
      label,
      expandable: false,
      expanded: false,
      hidden: 0,
      posInSet: 1,
      setSize: 1,
    })
  }
  const addAll = (list: readonly number[] | undefined, depth: number): void => {
    for (const i of list ?? []) {
      const task = tasks[i] as ExpectedTask
      add(task.name, task.cell ? `cell ${task.cell}, line ${task.line}` : `line ${task.line}`, depth)
      addAll(unborn.get(i), depth + 1)
    }
  }
  if (count === 0) {
    for (const [program, name] of firsts.entries()) {
      add(name, "", 0)
      addAll(unborn.get(-1 - program), 1)
    }
    return placed(found)
  }
  /** Rows whose children are being gone through. */
  const open: Row[] = []
  const close = (depth: number): void => {
    for (let last = open.at(-1); last && last.depth >= depth; last = open.at(-1)) {
      open.pop()
      const folded = last.expandable && !last.expanded
      if (last.kind === "lane" && !folded) addAll(under.get(last.task), last.depth + 1)
    }
  }
  for (const row of rows) {
    close(row.depth)
    found.push(row)
    open.push(row)
  }
  close(0)
  return placed(found)
}

/** Tasks of the list that are no lane yet: by the lane that will start them, by the task of the list that will. */
function openTasks(lanes: readonly Lane[], count: number, programs: number, tasks: readonly ExpectedTask[], edgeUs: number) {
  const under = new Map<number, number[]>()
  const unborn = new Map<number, number[]>()
  // The first lanes are those of the programs' first tasks, in order.
  const laneOf = new Map<number, number>()
  for (let program = 0; program < Math.min(programs, count); program++) laneOf.set(-1 - program, program)
  const taken = new Set<number>()
  /** By lane, the last task of the list that it has started. */
  const begun = new Map<number, number>()
  for (const [i, { name, parent }] of tasks.entries()) {
    const starter = laneOf.get(parent)
    const lane =
      starter === undefined
        ? undefined
        : lanes[starter]?.children.find((child) => child < count && lanes[child]?.name === name && !taken.has(child))
    if (starter !== undefined && lane !== undefined) {
      taken.add(lane)
      laneOf.set(i, lane)
      begun.set(starter, i)
      continue
    }
    const over = starter !== undefined && hasEndedBy(lanes[starter], edgeUs)
    if (over) continue
    const [lists, key] = starter === undefined ? [unborn, parent] : [under, starter]
    const list = lists.get(key)
    if (list) list.push(i)
    else lists.set(key, [i])
  }
  for (const [starter, list] of under) {
    const open = list.filter((i) => i > (begun.get(starter) ?? -1))
    if (open.length > 0) under.set(starter, open)
    else under.delete(starter)
  }
  return { under, unborn }
}

const hasEndedBy = (lane: Lane | undefined, us: number): boolean => lane !== undefined && lane.end !== null && lane.endUs <= us

/** How many lanes that may start expected tasks have ended: where this is the same, so are the rows. */
export function endedBy(lanes: readonly Lane[], count: number, us: number): number {
  let ended = 0
  for (let task = 0; task < Math.min(count, READABLE_ROWS); task++) if (hasEndedBy(lanes[task], us)) ended++
  return ended
}

/** Says of each row which of how many it is among those beside it. */
function placed(rows: readonly Row[]): readonly Row[] {
  const beside = new Map<number, number[]>()
  const path: number[] = []
  for (const [i, { depth }] of rows.entries()) {
    path.length = depth
    const parent = path.at(-1) ?? -1
    path.push(i)
    const list = beside.get(parent)
    if (list) list.push(i)
    else beside.set(parent, [i])
  }
  const found = [...rows]
  for (const list of beside.values()) {
    if (!list.some((i) => rows[i]?.kind === "expected")) continue
    for (const [at, i] of list.entries()) found[i] = { ...(rows[i] as Row), posInSet: at + 1, setSize: list.length }
  }
  return found
}
