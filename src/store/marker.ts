// A moment of a run that the reader marked, and the few words written there. Set on the timeline, carried by links: what comes
// out of a link is somebody else's text, so notes are cleaned here, in one place for both.

/** A moment: its time in microseconds, and how many events had happened (-1: before the first). */
export interface Marker {
  readonly us: number
  readonly step: number
  /** One line, cleaned by `noteFrom`; absent where nothing was written. */
  readonly note?: string
}

/** A run has no more markers than this, and a link carries them all. */
export const MOST_MARKERS = 200
/** Characters as a reader counts them: an emoji of one code point is one. */
export const MOST_NOTE_LENGTH = 200

/** Control characters, halves of characters, and what turns the direction of the text around it. */
const NOT_IN_NOTES = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu

/** A note as it is kept: one line, without what is no text, cut at the limit; "" for whatever is none. */
export function noteFrom(value: unknown): string {
  if (typeof value !== "string") return ""
  const line = value.replace(NOT_IN_NOTES, " ").replace(/\s+/g, " ").trim()
  return line.length <= MOST_NOTE_LENGTH ? line : [...line].slice(0, MOST_NOTE_LENGTH).join("").trimEnd()
}

export const markerWith = ({ us, step }: Marker, note: string): Marker => ({ us, step, ...(note !== "" && { note }) })

export const sameMoment = (one: Marker, other: Marker): boolean => one.us === other.us && one.step === other.step

export const byMoment = (one: Marker, other: Marker): number => one.us - other.us || one.step - other.step
