// Keeps values from outgrowing the host: long texts are measured when they are made, lists and maps are counted when they
// double (design: limits are counted by us). Small values cost nothing; a program that keeps too much ends at the limit of
// value bytes and not with the host's memory.
import type { Kernel } from "../../../kernel/kernel.ts"
import { LimitReached } from "../../../kernel/limits.ts"

/** UTF-16 units that the host can hold in one text, with room to spare. */
const MAX_TEXT_UNITS = 400_000_000
const COUNTED_FROM = 1024
const BYTES_PER_ITEM = 16

/** To be called before a text of that many UTF-16 units is made. */
export function checkTextSize(rt: { readonly kernel: Kernel }, units: number, site = -1): void {
  const max = rt.kernel.limits.valueBytes
  if (units * 2 > max || units > MAX_TEXT_UNITS) throw new LimitReached("valueBytes", max, site)
}

const LARGE_TEXT_UNITS = 65_536

/**
 * Two texts as one. The host keeps a text that grows by pieces as a tree of them, 32 bytes a piece; a large one is made flat
 * eight times while it doubles, so that what it takes stays in proportion to its length.
 */
export function joined(rt: { readonly kernel: Kernel }, a: string, b: string, site: number): string {
  const units = a.length + b.length
  if (units < LARGE_TEXT_UNITS) return a + b
  checkTextSize(rt, units, site)
  const text = a + b
  const step = 28 - Math.clz32(units)
  if (Math.max(a.length, b.length) >>> step !== units >>> step) text.charCodeAt(0)
  return text
}

/** To be called when a list or map has got its nth item. */
export function countGrowth(rt: { readonly kernel: Kernel }, size: number, site = -1): void {
  if (size >= COUNTED_FROM && (size & (size - 1)) === 0) rt.kernel.countValueBytes(size * BYTES_PER_ITEM, site)
}

/** To be called when a list or map of that size is made at once. */
export function countWhole(rt: { readonly kernel: Kernel }, size: number): void {
  if (size >= COUNTED_FROM) rt.kernel.countValueBytes(size * BYTES_PER_ITEM)
}
