// The run before as a ghost: outlines behind the bars of the same tasks, and where it ended. Tasks are the same if their names
// from the first task down are; what has no counterpart has no ghost.
import type { TraceFold } from "../../../interpreter/trace/fold.ts"
import type { Lane } from "../../../interpreter/trace/lane.ts"
import { formatUs } from "../../../interpreter/trace/units.ts"
import { barTop, rowMiddle, type Scene, visibleRows, xOfKey } from "../scene.ts"
import { CHARACTER_PX, type Ink } from "./ink.ts"

/** Shapes of one lane; a ghost is a hint, not a second picture. */
const MOST_SHAPES = 400
const DEEPEST = 60

const paths = new WeakMap<TraceFold, { count: number; lanes: Map<string, Lane> }>()

function pathOf(fold: TraceFold, lane: Lane): string {
  let path = lane.label
  let at: Lane | undefined = fold.lanes[lane.parent]
  for (let deep = 0; at && deep < DEEPEST; deep++, at = fold.lanes[at.parent]) path = `${at.label}\n${path}`
  return path
}

/** The lane of another run that stands for the same task. */
export function counterpartOf(fold: TraceFold, lane: Lane, other: TraceFold): Lane | undefined {
  let known = paths.get(other)
  if (known?.count !== other.lanes.length) {
    known = { count: other.lanes.length, lanes: new Map(other.lanes.map((candidate) => [pathOf(other, candidate), candidate])) }
    paths.set(other, known)
  }
  return known.lanes.get(pathOf(fold, lane))
}

export function drawGhost(ctx: CanvasRenderingContext2D, scene: Scene, ghost: TraceFold, ink: Ink): void {
  const { colours } = scene.palette
  const { first, last } = visibleRows(scene)
  const place = (us: number, step: number) => xOfKey(scene, scene.axis.key(us, step))
  const outline = (x0: number, x1: number, y: number, height: number) => {
    if (x1 < 0 || x0 > scene.widthPx || x1 - x0 < 1) return
    ink.outline(colours.text2, 1.2, Math.max(-4, x0), y, Math.min(scene.widthPx + 4, x1) - Math.max(-4, x0), height)
  }
  for (let row = first; row <= last; row++) {
    const entry = scene.rows[row]
    const lane = entry?.kind === "lane" ? scene.fold.lanes[entry.task] : undefined
    const other = lane ? counterpartOf(scene.fold, lane, ghost) : undefined
    if (!other) continue
    for (const call of other.calls.slice(0, MOST_SHAPES)) {
      const endUs = call.endUs < 0 ? ghost.spans.nowUs : call.endUs
      outline(place(call.queuedUs, call.queuedStep), place(endUs, call.endStep), barTop(scene, row) - 2, scene.metrics.barPx + 4)
    }
    const { states } = other
    for (let i = 0, shapes = 0; i < states.length && shapes < MOST_SHAPES; i++) {
      if (states.states[i] !== "sleep") continue
      shapes++
      outline(
        place(states.us[i] as number, states.steps[i] as number),
        place(other.stateEndUs(i, ghost.spans.nowUs), other.stateEndStep(i, 0)),
        rowMiddle(scene, row) - 9,
        18,
      )
    }
  }
  const endUs = ghost.totals.virtualUs
  const x = place(endUs, ghost.folded)
  if (x >= 0 && x <= scene.widthPx) {
    ink.line(colours.text2, 1.2, x, 0, x, scene.heightPx, [3, 4])
    const text = `before: ${formatUs(endUs)}`
    const width = text.length * CHARACTER_PX + 8
    const left = x + width + 4 > scene.widthPx ? x - width - 2 : x + 2
    ink.rect(colours.bg, left, scene.heightPx - 20, width, 16)
    ink.text(text, left + 4, scene.heightPx - 12, colours.text2)
  }
  ctx.globalAlpha = 0.6
  ink.flush(ctx)
  ctx.globalAlpha = 1
}
