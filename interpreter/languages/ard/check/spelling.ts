// The nearest name to one that is nowhere, for a quick fix. A fix and not part of the message, whose text is fixed.
import type { Fix } from "../../../source/diagnostic.ts"
import { editDistance } from "../../spelling.ts"
import type { Context } from "./context.ts"
import { visibleLocals } from "./scope.ts"

interface Name {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Changes the name to the one in scope that is nearest to it, if one is near. */
export function spellingFix(cx: Context, name: Name): Fix[] {
  return nearestFix(cx, name, [...visibleLocals(cx.scope).map((it) => it.name), ...cx.valueNames()])
}

/** Changes the name to the nearest of those that could stand in its place, if one is near. */
export function nearestFix(cx: Context, name: Name, names: Iterable<string>): Fix[] {
  if (name.name === "" || !cx.mayStillSuggest()) return []
  cx.suggestions++
  let best = ""
  let least = Math.min(3, (name.name.length >> 1) + 1)
  for (const it of names) {
    if (Math.abs(name.name.length - it.length) >= least) continue
    const steps = editDistance(name.name, it)
    if (steps > 0 && steps < least) {
      least = steps
      best = it
    }
  }
  return best ? [{ title: `Change it to '${best}'`, edits: [{ from: name.from, to: name.to, insert: best }] }] : []
}
