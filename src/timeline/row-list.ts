// The rows of the shown run, laid out anew when tasks appeared or the reader folded or filtered something. While thousands of
// tasks arrive that costs more than a frame has, so it then happens as often as it may.
import type { TraceFold } from "../../interpreter/trace/fold.ts"
import { type ExpectedTasks, endedBy, withExpected } from "./expected.ts"
import { type Row, rowOfTask, rowsOf } from "./layout.ts"
import { sameList } from "./same.ts"

/** A layout that takes longer than this is put off: */
const FREE_MS = 1
/** for so many times what it took, */
const REST = 12
/** and for as long as a reader needs to see that there is more. */
const LEAST_REST_MS = 150

export class RowList {
  rows: readonly Row[] = []
  /** Where a task is among the rows; undefined for one that is folded away. */
  byTask: ReadonlyMap<number, number> = new Map()
  private byKey: ReadonlyMap<string, number> = new Map()
  private key: readonly unknown[] = []
  private doneMs = 0
  private restMs = 0
  private timer = 0

  /** `again`: called when a layout that was put off is due. */
  constructor(private readonly again: () => void) {}

  /** Rows of the first `count` lanes, and of the tasks still expected at `edgeUs`; null once nothing more will come. */
  update(
    fold: TraceFold,
    count: number,
    opened: ReadonlyMap<string, boolean>,
    filter: string,
    expected: ExpectedTasks | null,
    edgeUs: number,
  ): void {
    const ended = expected ? endedBy(fold.lanes, count, edgeUs) : 0
    const key = [fold, opened, filter, expected, count, ended]
    if (sameList(key, this.key)) return
    const startMs = performance.now()
    const onlyMore = sameList(key.slice(0, 4), this.key.slice(0, 4))
    if (onlyMore && startMs - this.doneMs < this.restMs) {
      window.clearTimeout(this.timer)
      this.timer = window.setTimeout(this.again, this.restMs)
      return
    }
    this.key = key
    const rows = rowsOf(fold.lanes, { count, opened, filter })
    this.rows = expected ? withExpected(rows, fold.lanes, count, expected, filter, edgeUs) : rows
    const byTask = new Map<number, number>()
    const byKey = new Map<string, number>()
    for (const [i, row] of this.rows.entries()) {
      byKey.set(row.key, i)
      if (row.kind === "lane") byTask.set(row.task, i)
    }
    this.byTask = byTask
    this.byKey = byKey
    this.doneMs = performance.now()
    const costMs = this.doneMs - startMs
    this.restMs = costMs < FREE_MS ? 0 : Math.max(LEAST_REST_MS, costMs * REST)
  }

  /** Where the row with a key is; -1 where there is none. */
  indexOf(key: string): number {
    return this.byKey.get(key) ?? -1
  }

  /** The row that shows a task, be it folded away in another; -1 where there is none. */
  rowFor(fold: TraceFold, task: number): number {
    return this.byTask.get(task) ?? rowOfTask(this.rows, fold.lanes, task)
  }

  clear(): void {
    this.key = []
  }

  stop(): void {
    window.clearTimeout(this.timer)
  }
}
