// How large one value of Vibe may be: a single text or array must not take the tab down. Everything that builds or walks
// one asks here first; beyond the sizes the run meets its limit of value bytes (SPEC 16).
import { LimitReached } from "../../../kernel/limits.ts"

/** Longest text that one value may be, in UTF-16 units. */
export const MAX_TEXT_UNITS = 64_000_000

/** Longest array that one value may be. */
const MAX_ITEMS = 16_000_000

export function joined(a: string, b: string, site = -1): string {
  if (a.length + b.length > MAX_TEXT_UNITS) throw new LimitReached("valueBytes", MAX_TEXT_UNITS, site)
  return a + b
}

/** For an array that is to be built, or one that the code of a ts block may have given any length. */
export function limitedItems(count: number, site = -1): true {
  if (count > MAX_ITEMS) throw new LimitReached("valueBytes", MAX_ITEMS, site)
  return true
}
