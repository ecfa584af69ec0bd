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

/** White space as Unicode has it: what hosts trim differs from it by U+0085 and U+FEFF. */
function isBlank(unit: number): boolean {
  if (unit < 0x85) return unit === 32 || (unit >= 9 && unit <= 13)
  return unit === 0x85 || unit === 0xa0 || (unit >= 0x1680 && OTHER_BLANKS.has(unit))
}

const OTHER_BLANKS = new Set([0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, ...Array.from({ length: 11 }, (_, i) => 0x2000 + i)])

/** Without white space at the start. */
export function trimStart(text: string): string {
  let from = 0
  while (from < text.length && isBlank(text.charCodeAt(from))) from++
  return text.slice(from)
}

/** Without white space at the end. */
export function trimEnd(text: string): string {
  let to = text.length
  while (to > 0 && isBlank(text.charCodeAt(to - 1))) to--
  return text.slice(0, to)
}

/** Without white space at both ends. */
export function trim(text: string): string {
  return trimEnd(trimStart(text))
}

/** How often a part occurs, without overlaps; the part is not empty. */
export function occurrences(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}

/** How many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) length++
    else if (unit < 0x800) length += 2
    else if (isPair(text, i, unit)) {
      length += 4
      i++
    } else length += 3
  }
  return length
}

function isPair(text: string, at: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false
  const next = text.charCodeAt(at + 1)
  return next >= 0xdc00 && next <= 0xdfff
}

/** Bytes of a text in UTF-8; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text))
  let at = 0
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i)
    if (point < 0x80) {
      bytes[at++] = point
      continue
    }
    if (isPair(text, i, point)) point = 0x10000 + ((point - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00)
    else if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd
    if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6)
    else {
      if (point < 0x10000) bytes[at++] = 0xe0 | (point >> 12)
      else {
        bytes[at++] = 0xf0 | (point >> 18)
        bytes[at++] = 0x80 | ((point >> 12) & 63)
      }
      bytes[at++] = 0x80 | ((point >> 6) & 63)
    }
    bytes[at++] = 0x80 | (point & 63)
  }
  return bytes
}

/** The characters of a text, one after the other: what a `for` goes through, without a list of all of them. */
export class Characters {
  readonly length: number
  /** Where the next character begins. */
  private unit = 0

  constructor(private readonly text: string) {
    this.length = lengthOf(text)
  }

  next(): string {
    const from = this.unit
    this.unit += isPair(this.text, from, this.text.charCodeAt(from)) ? 2 : 1
    return this.text.slice(from, this.unit)
  }
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
