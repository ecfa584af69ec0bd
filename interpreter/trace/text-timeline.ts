// The timeline as text, for terminals, mails and people who do not see pictures: a line a task, time from left to right,
// a letter for each thing a task can do; and the figures of each task in a line of words. `counterpoint run --timeline`,
// `counterpoint trace` and the page's "Timeline as text" show it.
import { isolated, terminalWidth } from "../source/terminal-width.ts"
import type { CallSpan } from "./call-spans.ts"
import type { TraceFold } from "./fold.ts"
import type { Lane, LaneState } from "./lane.ts"
import { summaryOf } from "./summary.ts"
import { counted, formatCount, formatUs, shortened } from "./units.ts"

export interface TextTimelineOptions {
  /** Characters of a whole line. */
  readonly width: number
  /** Tasks shown at most; the rest is counted. */
  readonly rows: number
}

const DEFAULTS: TextTimelineOptions = { width: 100, rows: 60 }
const NAME_MOST = 24

export const LEGEND =
  "#: runs   -: ready   .: waits for the first token   =: tokens arrive   t: tools   q: queued   ~: backs off   s: sleeps   :: waits   x: failed"

/** Lines with a line end each; ends with the run's sentence. */
export function textTimeline(fold: TraceFold, options: Partial<TextTimelineOptions> = {}): string {
  const { width, rows } = { ...DEFAULTS, ...options }
  const { lanes, totals } = fold
  if (lanes.length === 0) return `${summaryOf(fold)}\n`
  const order = depthFirst(lanes, rows)
  const labels = order.map(
    (lane) => `${"  ".repeat(Math.min(6, lane.depth))}${isolated(shortened(lane.label, NAME_MOST - Math.min(6, lane.depth) * 2))}`,
  )
  const nameWidth = Math.max(4, ...labels.map(terminalWidth))
  const columns = Math.max(10, width - nameWidth - 3)
  const steps = totals.virtualUs === 0
  const end = steps ? Math.max(1, fold.folded - 1) : totals.virtualUs
  const lines = [`${" ".repeat(nameWidth)} ${axisLine(steps, end, columns)}`]
  for (const [i, lane] of order.entries()) {
    lines.push(`${padded(labels[i] as string, nameWidth)} |${cells(lane, steps, end, columns)}|`)
  }
  if (lanes.length > order.length) lines.push(`${" ".repeat(nameWidth)} and ${formatCount(lanes.length - order.length)} more tasks`)
  lines.push(LEGEND, summaryOf(fold))
  return lines.map((line) => `${line.trimEnd()}\n`).join("")
}

function depthFirst(lanes: readonly Lane[], most: number): Lane[] {
  const found: Lane[] = []
  const stack = lanes.filter((lane) => lane.parent < 0).toReversed()
  for (let lane = stack.pop(); lane && found.length < most; lane = stack.pop()) {
    found.push(lane)
    for (const child of lane.children.toReversed()) {
      const below = lanes[child]
      if (below) stack.push(below)
    }
  }
  return found
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - terminalWidth(text)))
}

/** Times at the quarters: `0 s`, then those that fit. */
function axisLine(steps: boolean, end: number, columns: number): string {
  let line = ""
  for (const quarter of [0, 1, 2, 3, 4]) {
    const at = Math.round((columns * quarter) / 4)
    const text = steps ? `event ${Math.round((end * quarter) / 4)}` : formatUs(Math.round((end * quarter) / 4))
    const from = Math.min(at + 1, columns + 2 - text.length)
    if (from > line.length || quarter === 0) line = line.padEnd(from) + text
  }
  return line
}

function cells(lane: Lane, steps: boolean, end: number, columns: number): string {
  const keys = steps ? lane.states.steps : lane.states.us
  const from = (steps ? lane.spawnStep : lane.spawnUs) / end
  const to = (lane.end === null ? end : steps ? lane.endStep : lane.endUs) / end
  let line = ""
  for (let column = 0; column < columns; column++) {
    const [left, right] = [column / columns, (column + 1) / columns]
    if (right <= from || left > to || (left === to && to > from && to < 1)) {
      line += " "
      continue
    }
    // The middle of the cell decides, except that what happens at the very end of a task is seen in its last cell.
    const key = Math.min(Math.max(((left + right) / 2) * end, from * end), Math.max(0, to * end - (steps ? 0 : 1)))
    const failed = lane.end === "failed" && right > to
    line += failed ? "x" : letterAt(lane, keys, key, steps)
  }
  return line
}

const LETTERS: Partial<Record<LaneState, string>> = { running: "#", ready: "-", sleep: "s", input: "s", backoff: "~", host: "s" }
const PHASE_LETTERS = { queued: "q", waiting: ".", tokens: "=", tools: "t", backoff: "~", between: "-" } as const

function letterAt(lane: Lane, keys: readonly number[], key: number, steps: boolean): string {
  let row = 0
  while (row + 1 < keys.length && (keys[row + 1] as number) <= key) row++
  const state = lane.states.states[row] as LaneState
  const call = state === "call" || state === "gate" || state === "backoff" ? callAt(lane, key, steps) : undefined
  if (call) {
    const begins = steps ? call.phaseSteps : call.phaseUs
    let phase = 0
    while (phase + 1 < begins.length && (begins[phase + 1] as number) <= key) phase++
    return PHASE_LETTERS[call.phases[phase] as keyof typeof PHASE_LETTERS]
  }
  return LETTERS[state] ?? ":"
}

function callAt(lane: Lane, key: number, steps: boolean): CallSpan | undefined {
  return lane.calls.findLast((call) => {
    const from = steps ? call.queuedStep : call.queuedUs
    const to = steps ? call.endStep : call.endUs
    return from <= key && (to < 0 || key <= to)
  })
}

const MOST_LINES = 200

/** One line a task with its figures, beside the picture; tasks past the first 200 are counted. */
export function taskTable(fold: TraceFold): string {
  const lines = fold.lanes.slice(0, MOST_LINES).map((lane) => {
    const { modelUs, ioUs, waitingUs, backoffUs } = lane.times
    const parts = [`${"  ".repeat(Math.min(6, lane.depth))}${isolated(shortened(lane.label, 60) || "(no name)")}`, lane.end ?? "going on"]
    parts.push(`${formatUs(lane.spawnUs)} to ${lane.endUs >= 0 ? formatUs(lane.endUs) : "now"}`)
    for (const [us, word] of [
      [modelUs, "model"],
      [ioUs, "io"],
      [backoffUs, "back-off"],
      [waitingUs, "waiting"],
    ] as const) {
      if (us > 0) parts.push(`${formatUs(us)} ${word}`)
    }
    if (lane.calls.length > 0) parts.push(counted(lane.calls.length, "call"))
    if (lane.tokensOut > 0) parts.push(`${formatCount(lane.tokensIn)} tokens in, ${formatCount(lane.tokensOut)} out`)
    return parts.join("; ")
  })
  if (fold.lanes.length > MOST_LINES) lines.push(`and ${formatCount(fold.lanes.length - MOST_LINES)} more tasks`)
  return lines.map((line) => `${line}\n`).join("")
}
