// Help with names that are not declared: words of other languages, and names that are nearly the same.

/** Words of other languages, and where Vibe has the thing. */
export const HINTS: ReadonlyMap<string, string> = new Map([
  ["await", "reading an async variable waits by itself"],
  ["continue", "there is no 'continue': put the rest of the body into an if"],
  ["undefined", "write null"],
  ["None", "write null"],
  ["nil", "write null"],
  ["True", "write true"],
  ["False", "write false"],
  ["var", "write let"],
  ["console", "print(value) writes to the output; console exists inside ts blocks"],
  ["Math", "use a ts block: ts(x) { return Math.round(x) }"],
  ["JSON", 'import { jsonParse } from "system/utils"'],
  ["length", "write .len()"],
])

/** One edit apart (also two letters swapped), in words of three letters or more. */
export function isNear(a: string, b: string): boolean {
  if (a.length < 3 || b.length < 3 || Math.abs(a.length - b.length) > 1) return a.toLowerCase() === b.toLowerCase()
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  let [endA, endB] = [a.length, b.length]
  while (endA > i && endB > i && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  if (endA - i <= 1 && endB - i <= 1) return true
  return endA - i === 2 && endB - i === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]
}
