// The dials of the simulated model as values: those of every day, which values a dial may have, and what of them a draft or a
// link keeps. Ready settings of them, and how dials are written as text, are in presets.ts.
import { type ModelDials, PLAIN_DIALS } from "./script.ts"

/** What a page begins with: about 0.8 s a call, different for each. */
export const EVERYDAY_DIALS: ModelDials = { ...PLAIN_DIALS, latencyMs: 800, jitter: 0.4 }

const SHARES: readonly (keyof ModelDials)[] = [
  "jitter",
  "firstTokenShare",
  "failureShare",
  "cutShare",
  "timeoutShare",
  "refusalShare",
  "wrongTypeShare",
]

/** What is wrong with the value of a dial, as the end of a sentence; null if nothing is. */
export function dialProblem(name: string, value: unknown): string | null {
  if (!Object.hasOwn(PLAIN_DIALS, name)) return `there is no dial "${name}"; the dials are ${Object.keys(PLAIN_DIALS).join(", ")}`
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) return `${name} should be a number from 0`
  if (SHARES.some((share) => share === name) && value > 1) return `${name} is a share from 0 to 1, got ${value}`
  if (value > 86_400_000) return `${name} is at most 86400000`
  return null
}

/** What of these dials is not as every day: what a link or a draft keeps. Empty where nothing is. */
export function changedDials(dials: ModelDials): Partial<ModelDials> {
  return Object.fromEntries(Object.entries(dials).filter(([name, value]) => EVERYDAY_DIALS[name as keyof ModelDials] !== value))
}

/** Dials out of whatever a link or a draft holds; undefined where it changes none. Wrong values are left out. */
export function dialsFrom(value: unknown): ModelDials | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
  const good = Object.entries(value).filter(([name, dial]) => dialProblem(name, dial) === null)
  return good.length === 0 ? undefined : { ...EVERYDAY_DIALS, ...Object.fromEntries(good) }
}
