// Texts by code point (SPEC 9). Most texts have no surrogates, and then UTF-16 units are code points: the last text
// asked about is remembered, so that a loop over one text stays linear.
let lastText = ""
/** Code points of the last text, or null if its units are code points. */
let lastPoints: string[] | null = null

function pointsOf(text: string): string[] | null {
  if (text !== lastText) {
    lastText = text
    lastPoints = /[\ud800-\udfff]/.test(text) ? [...text] : null
  }
  return lastPoints
}

export function lengthOf(text: string): number {
  return pointsOf(text)?.length ?? text.length
}

/** The character at a code point index within the text. */
export function characterAt(text: string, index: number): string {
  return pointsOf(text)?.[index] ?? text.charAt(index)
}

/** Code points from `from` (inclusive) to `to` (exclusive), clamped. */
export function slice(text: string, from: number, to: number): string {
  const points = pointsOf(text)
  const length = points?.length ?? text.length
  const start = Math.min(Math.max(from, 0), length)
  const end = Math.min(Math.max(to, 0), length)
  if (start >= end) return ""
  return points ? points.slice(start, end).join("") : text.slice(start, end)
}

/** The code point index of a UTF-16 offset; -1 stays -1. */
export function indexOfUnit(text: string, unit: number): number {
  return unit < 0 || !pointsOf(text) ? unit : [...text.slice(0, unit)].length
}

/** All characters, in order. */
export function characters(text: string): readonly string[] {
  return pointsOf(text) ?? text.split("")
}

/** Bytes of a text in UTF-8; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const char of text) {
    let point = char.codePointAt(0) ?? 0
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
  }
  return Uint8Array.from(bytes)
}

/** The text of bytes in UTF-8; the index of the first bad byte if they are not. */
export function decodeUtf8(data: Uint8Array): { readonly text: string } | { readonly badAt: number } {
  let text = ""
  let pending: number[] = []
  for (let i = 0; i < data.length; ) {
    const first = data[i] ?? 0
    const size =
      first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
    if (size === 0 || i + size > data.length) return { badAt: i }
    let point = size === 1 ? first : first & (0xff >> (size + 1))
    for (let k = 1; k < size; k++) {
      const next = data[i + k] ?? 0
      if ((next & 0xc0) !== 0x80) return { badAt: i }
      point = (point << 6) | (next & 63)
    }
    const overlong = (size === 3 && point < 0x800) || (size === 4 && point < 0x10000)
    if (overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return { badAt: i }
    pending.push(point)
    if (pending.length === 1024) {
      text += String.fromCodePoint(...pending)
      pending = []
    }
    i += size
  }
  return { text: text + String.fromCodePoint(...pending) }
}
