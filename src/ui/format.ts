// How numbers look, everywhere on the page: times, tokens, money, with their units. Thin spaces (no-break) mark thousands.
const THIN = "\u202f"

/** Digits after the point by size, so that three figures tell. */
function threeFigures(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

/** 1234567 → "1 234 567". */
export function formatCount(value: number): string {
  const text = String(Math.round(Math.abs(value)))
  const grouped = text.replace(/\B(?=(\d{3})+$)/g, THIN)
  return value < 0 ? `-${grouped}` : grouped
}

/** Microseconds as people read them: "0.4 ms", "340 ms", "2.62 s", "1 m 42 s", "3 h 05 m". */
export function formatTime(us: number): string {
  if (!Number.isFinite(us)) return "–"
  if (us < 0) return `-${formatTime(-us)}`
  if (us === 0) return "0 s"
  if (us < 1000) return us < 100 ? `${Math.round(us)} µs` : `${(us / 1000).toFixed(1)} ms`
  if (us < 999_500) return `${Math.round(us / 1000)} ms`
  if (us < 99_995_000) return `${(us / 1_000_000).toFixed(2)} s`
  const seconds = Math.round(us / 1_000_000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, "0")} s`
  return `${formatCount(Math.floor(seconds / 3600))} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, "0")} m`
}

/** For screen readers: "2.62 seconds". */
export function speakTime(us: number): string {
  if (us === 0) return "0 seconds"
  if (us < 999_500) return `${us < 1000 ? (us / 1000).toFixed(1) : Math.round(us / 1000)} milliseconds`
  if (us < 99_995_000) return `${(us / 1_000_000).toFixed(2)} seconds`
  const seconds = Math.round(us / 1_000_000)
  return `${Math.floor(seconds / 60)} minutes ${seconds % 60} seconds`
}

/** Playhead and end in one unit: "2.62 / 3.68 s". */
export function formatTimeOf(atUs: number, endUs: number): string {
  if (endUs >= 999_500 && endUs < 99_995_000) return `${(atUs / 1_000_000).toFixed(2)} / ${formatTime(endUs)}`
  return `${formatTime(atUs)} / ${formatTime(endUs)}`
}

export function formatTokens(count: number, estimated = false): string {
  return `${estimated ? "~" : ""}${formatCount(count)} tok`
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
