// The nearest name to one that is nowhere, for a quick fix. A fix and not part of the message, whose text is fixed.
import type { Fix } from "../../../source/diagnostic.ts"
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
    const steps = distance(name.name, it, least)
    if (steps > 0 && steps < least) {
      least = steps
      best = it
    }
  }
  return best ? [{ title: `Change it to '${best}'`, edits: [{ from: name.from, to: name.to, insert: best }] }] : []
}

/** Letters to change, add or take away; `limit` where it is not less than that. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return Math.min(limit, row[b.length] ?? limit)
}
