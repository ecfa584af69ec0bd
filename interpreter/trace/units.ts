// Figures as people read them: times, counts, tokens. One place, so that a time looks the same on the ruler, in the
// transport bar, in a sentence and in an exported picture. No locale: the same text everywhere.

const THIN_SPACE = "\u202f"

/** Microseconds as a time: `40 µs`, `0.4 ms` below 1 ms, `340 ms` below 1 s, `2.62 s` below 100 s, else `1 m 42 s`, `1 h 02 m`. */
export function formatUs(us: number): string {
  if (us < 0) return `-${formatUs(-us)}`
  if (us === 0) return "0 s"
  if (us < 1000) return us < 100 ? `${Math.round(us)} µs` : `${(us / 1000).toFixed(1)} ms`
  if (us < 999_500) return `${Math.round(us / 1000)} ms`
  if (us < 99_995_000) return `${(us / 1_000_000).toFixed(2)} s`
  const seconds = Math.round(us / 1_000_000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${`${seconds % 60}`.padStart(2, "0")} s`
  return `${formatCount(Math.floor(seconds / 3600))} h ${`${Math.floor((seconds % 3600) / 60)}`.padStart(2, "0")} m`
}

/** A count with a thin space at the thousands. */
export function formatCount(count: number): string {
  const digits = `${Math.abs(Math.trunc(count))}`
  let text = ""
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % 3 === 0) text += THIN_SPACE
    text += digits[i]
  }
  return count < 0 ? `-${text}` : text
}

/** Bytes in millions where they are whole ones: `20 MB`, `3 000 bytes`. */
export function formatBytes(bytes: number): string {
  return bytes >= 1_000_000 && bytes % 1_000_000 === 0 ? `${formatCount(bytes / 1_000_000)} MB` : `${formatCount(bytes)} bytes`
}

export function formatTokens(tokens: number, estimated = false): string {
  return `${formatCount(tokens)} tok${estimated ? " est." : ""}`
}

/** An amount of US dollars: `$0.0042`, `$1.25`; "est." is put before it by who shows it. */
export function formatUsd(amount: number): string {
  if (amount === 0) return "$0"
  if (amount >= 1) return `$${amount.toFixed(2)}`
  if (amount >= 0.01) return `$${amount.toFixed(3)}`
  return amount >= 0.0001 ? `$${amount.toFixed(4)}` : "< $0.0001"
}

const SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

/** `one call`, `three calls`, `14 calls`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${SMALL[count] ?? formatCount(count)} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c`; past `most` names, `a, b and 5 more`. */
export function listed(names: readonly string[], most = 4): string {
  if (names.length <= 1) return names[0] ?? ""
  if (names.length > most) return `${names.slice(0, most - 1).join(", ")} and ${formatCount(names.length - most + 1)} more`
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`
}

/** A text cut to `most` characters, on one line, never through half a character. */
export function shortened(text: string, most: number): string {
  const flat = text.replace(/\s+/g, " ")
  if (flat.length <= most) return flat
  const cut = flat.charCodeAt(most - 2)
  return `${flat.slice(0, cut >= 0xd800 && cut < 0xdc00 ? most - 2 : most - 1)}…`
}
