// Which rows the timeline has, from lanes: tasks nested under the task that started them, folded where the reader folded
// them, grouped where there are more than anybody can read. Pure; computed anew when tasks appear or something is folded.
import type { Lane } from "../../interpreter/trace/lane.ts"

export interface LaneRow {
  readonly kind: "lane"
  /** What is folded and focused by; never changes for a task. */
  readonly key: string
  readonly task: number
  readonly depth: number
  readonly label: string
  /** Has rows of its own below it, shown or not. */
  readonly expandable: boolean
  readonly expanded: boolean
  /** Tasks below it, when it is folded. */
  readonly hidden: number
  readonly posInSet: number
  readonly setSize: number
}

export interface GroupRow {
  readonly kind: "group"
  readonly key: string
  /** The task that started them. */
  readonly task: number
  readonly depth: number
  readonly label: string
  readonly expandable: true
  readonly expanded: boolean
  readonly members: readonly number[]
  readonly hidden: number
  readonly posInSet: number
  readonly setSize: number
}

/** A task that is not there yet (`expected.ts`). */
export interface ExpectedRow {
  readonly kind: "expected"
  readonly key: string
  /** No lane: -1. */
  readonly task: -1
  /** What will start it: "line 3", "cell 2, line 1"; "" for a first task. */
  readonly from: string
  readonly depth: number
  readonly label: string
  readonly expandable: false
  readonly expanded: false
  readonly hidden: 0
  readonly posInSet: number
  readonly setSize: number
}

export type Row = LaneRow | GroupRow | ExpectedRow

export interface LayoutOptions {
  /** Lanes that exist for the reader: the first `count` (tasks are numbered in order of their spawn). */
  readonly count: number
  /** Rows that the reader opened (true) or folded (false); the others are as they are by themselves. */
  readonly opened: ReadonlyMap<string, boolean>
  /** Only tasks whose name contains this, and those above them; "" for all. */
  readonly filter: string
}

/** Children of one task, started at one place, of which there are at least this many, are one row until it is opened. */
export const GROUP_FROM = 24
/** More rows than this nobody reads: lanes are folded by themselves, the deepest first, until there are no more. */
export const READABLE_ROWS = 300
/** Rows, ever: a picture with more is opened by filtering. */
const MOST_ROWS = 200_000

export const laneKey = (task: number): string => `t${task}`
export const groupKey = (parent: number, site: number): string => `g${parent}:${site}`

/** What is the same for all rows of one layout. */
interface Plan {
  readonly lanes: readonly Lane[]
  readonly count: number
  readonly opened: ReadonlyMap<string, boolean>
  /** The tasks that a filter lets through; null without one. */
  readonly wanted: ReadonlySet<number> | null
  /** Lanes of this depth and below are folded by themselves. */
  readonly foldedFrom: number
}

export function rowsOf(lanes: readonly Lane[], { count, opened, filter }: LayoutOptions): Row[] {
  const wanted = filter === "" ? null : wantedBy(lanes, count, filter.toLowerCase())
  const roots: number[] = []
  for (let task = 0; task < count; task++) if (lanes[task]?.parent === -1) roots.push(task)
  const plan: Plan = { lanes, count, opened, wanted, foldedFrom: foldedFrom(lanes, roots, count) }
  const rows: Row[] = []
  /** What is still to be laid out, the next on top; an explicit stack, for tasks may be nested ten thousand deep. */
  const stack: Row[] = []
  const pushChildren = (entries: readonly Row[]) => {
    for (let i = entries.length - 1; i >= 0; i--) stack.push(entries[i] as Row)
  }
  pushChildren(entriesOf(plan, roots, -1, 0))
  while (stack.length > 0 && rows.length < MOST_ROWS) {
    const row = stack.pop() as Row
    rows.push(row)
    if (!row.expanded) continue
    if (row.kind === "group") pushChildren(row.members.map((task, i) => laneRow(plan, task, row.depth + 1, i + 1, row.members.length)))
    else pushChildren(entriesOf(plan, lanes[row.task]?.children ?? [], row.task, row.depth + 1))
  }
  return rows
}

/** Tasks that stand side by side, those of one place gathered where they are many. */
function unitsOf(lanes: readonly Lane[], tasks: readonly number[]): (number | number[])[] {
  if (tasks.length < GROUP_FROM) return [...tasks]
  const bySite = new Map<number, number[]>()
  for (const task of tasks) {
    const site = lanes[task]?.site ?? -1
    const members = bySite.get(site)
    if (members) members.push(task)
    else bySite.set(site, [task])
  }
  const units: (number | number[])[] = []
  for (const task of tasks) {
    const members = bySite.get(lanes[task]?.site ?? -1)
    if (!members || members.length < GROUP_FROM) units.push(task)
    else if (members[0] === task) units.push(members)
  }
  return units
}

/** The depth from which on lanes fold themselves: that of the first level with which there would be more rows than can be
 * read. What the first tasks started is always shown. */
function foldedFrom(lanes: readonly Lane[], roots: readonly number[], count: number): number {
  if (count <= READABLE_ROWS) return Number.POSITIVE_INFINITY
  let level: number[] = unitsOf(lanes, roots).filter((unit) => typeof unit === "number")
  let rows = level.length
  for (let depth = 0; level.length > 0; depth++) {
    const below: number[] = []
    for (const task of level) {
      const children = lanes[task]?.children ?? []
      const units = unitsOf(lanes, (children.at(-1) ?? -1) < count ? children : children.filter((child) => child < count))
      rows += units.length
      for (const unit of units) if (typeof unit === "number") below.push(unit)
    }
    if (rows > READABLE_ROWS) return Math.max(1, depth)
    level = below
  }
  return Number.POSITIVE_INFINITY
}

/** The rows directly below a task: its children in order. */
function entriesOf(plan: Plan, tasks: readonly number[], parent: number, depth: number): Row[] {
  const { lanes, count, opened, wanted } = plan
  const units = unitsOf(
    lanes,
    tasks.filter((task) => task < count && (!wanted || wanted.has(task))),
  )
  return units.map((unit, i) => {
    if (typeof unit === "number") return laneRow(plan, unit, depth, i + 1, units.length)
    const first = lanes[unit[0] as number] as Lane
    const key = groupKey(parent, first.site)
    return {
      kind: "group",
      key,
      task: parent,
      depth,
      label: groupLabel(lanes, unit),
      expandable: true,
      expanded: wanted !== null || (opened.get(key) ?? false),
      members: unit,
      hidden: unit.length,
      posInSet: i + 1,
      setSize: units.length,
    }
  })
}

/** The name they share, or what their names begin with. */
function groupLabel(lanes: readonly Lane[], members: readonly number[]): string {
  let common = lanes[members[0] as number]?.name ?? ""
  for (const task of members) {
    const name = lanes[task]?.name ?? ""
    while (common !== "" && !name.startsWith(common)) common = common.slice(0, -1)
  }
  return common === "" ? "tasks" : common
}

function laneRow(
  { lanes, count, opened, wanted, foldedFrom }: Plan,
  task: number,
  depth: number,
  posInSet: number,
  setSize: number,
): LaneRow {
  const lane = lanes[task] as Lane
  const key = laneKey(task)
  const first = lane.children.find((child) => !wanted || wanted.has(child))
  const expandable = first !== undefined && first < count
  const expanded = expandable && (wanted !== null || (opened.get(key) ?? lane.depth < foldedFrom))
  const hidden = expandable && !expanded ? descendants(lanes, lane, count) : 0
  return { kind: "lane", key, task, depth, label: lane.label, expandable, expanded, hidden, posInSet, setSize }
}

function descendants(lanes: readonly Lane[], lane: Lane, count: number): number {
  let found = 0
  const stack = [lane]
  for (let next = stack.pop(); next; next = stack.pop()) {
    for (const child of next.children) {
      if (child >= count) break
      found++
      const below = lanes[child]
      if (below) stack.push(below)
    }
  }
  return found
}

function wantedBy(lanes: readonly Lane[], count: number, filter: string): Set<number> {
  const wanted = new Set<number>()
  for (let task = 0; task < count; task++) {
    const lane = lanes[task]
    if (!lane?.label.toLowerCase().includes(filter)) continue
    for (let up: Lane | undefined = lane; up && !wanted.has(up.task); up = lanes[up.parent]) wanted.add(up.task)
  }
  return wanted
}

/** How many lanes exist for the reader by a time: spawned at or before it. */
export function lanesBy(lanes: readonly Lane[], us: number): number {
  let low = 0
  let high = lanes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lanes[middle]?.spawnUs ?? 0) <= us) low = middle + 1
    else high = middle
  }
  return low
}

/** The row that shows a task: its own, or the folded or grouped one it is hidden in; -1 if it is not among the rows. */
export function rowOfTask(rows: readonly Row[], lanes: readonly Lane[], task: number): number {
  const byTask = new Map<number, number>()
  for (const [i, row] of rows.entries()) if (row.kind === "lane") byTask.set(row.task, i)
  for (let lane: Lane | undefined = lanes[task]; lane; lane = lanes[lane.parent]) {
    const own = byTask.get(lane.task)
    if (own !== undefined) return own
    const { task: inside } = lane
    const group = rows.findIndex((row) => row.kind === "group" && row.task === lane?.parent && row.members.includes(inside))
    if (group >= 0) return group
  }
  return -1
}
