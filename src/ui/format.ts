// How numbers look on the page: times, tokens, money, with their units. Times and counts are those of the trace's figures
// (interpreter/trace/units.ts), so that one number never reads in two ways.
import { formatCount as countOf, formatUs } from "../../interpreter/trace/units.ts"

export { formatTokens } from "../../interpreter/trace/units.ts"

/** Digits after the point by size, so that three figures tell. */
function threeFigures(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

/** 1234567 → "1 234 567". */
export function formatCount(value: number): string {
  return countOf(Math.round(value))
}

/** Microseconds as people read them: "0.4 ms", "340 ms", "2.62 s", "1 m 42 s", "3 h 05 m"; "–" where there is no time. */
export function formatTime(us: number): string {
  return Number.isFinite(us) ? formatUs(us) : "–"
}

/** Playhead and end in one unit: "2.62 / 3.68 s". */
export function formatTimeOf(atUs: number, endUs: number): string {
  if (endUs >= 999_500 && endUs < 99_995_000) return `${(atUs / 1_000_000).toFixed(2)} / ${formatTime(endUs)}`
  return `${formatTime(atUs)} / ${formatTime(endUs)}`
}

export function formatRate(tokensPerSecond: number): string {
  return `${threeFigures(tokensPerSecond)} tok/s`
}

/** Speed of the show: "1×", "0.25×", "instant". */
export function formatSpeed(speed: number): string {
  return speed === Number.POSITIVE_INFINITY ? "instant" : `${speed}×`
}

/** "1 task", "3 tasks". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
