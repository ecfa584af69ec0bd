// How much later a task could have ended without the run ending later, in words, for the card at the pointer. Counted once for a run.
import { slackOf } from "../../interpreter/trace/critical-path.ts"
import { formatUs } from "../../interpreter/trace/units.ts"
import type { Scene } from "./scene.ts"

const slacks = new WeakMap<object, { folded: number; slack: Float64Array }>()

/** How much later a task could have ended, as a phrase; "" while the run goes on. */
export function slackPhrase(scene: Scene, task: number): string {
  const { fold } = scene
  if (!fold.spans.ended || fold.totals.virtualUs === 0) return ""
  let known = slacks.get(fold)
  if (known?.folded !== fold.folded) {
    known = { folded: fold.folded, slack: slackOf(fold) }
    slacks.set(fold, known)
  }
  const slack = known.slack[task] ?? 0
  return slack <= 0 ? "decides the end of the run" : `could end ${formatUs(slack)} later`
}
