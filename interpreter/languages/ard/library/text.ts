// Str functions (section 17.5): texts are UTF-16 inside, sizes and offsets are those of UTF-8, characters are code points.

/** Bytes of a text in UTF-8; a lone surrogate counts as its replacement character. */
export function utf8Size(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (unit < 0xd800 || unit > 0xdbff || !isLow(text.charCodeAt(i + 1))) bytes += 2
    else {
      bytes += 2
      i++
    }
  }
  return bytes
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

export function codePoints(text: string): string[] {
  return [...text]
}

export function replaceFirst(text: string, old: string, by: string): string {
  const at = text.indexOf(old)
  return at < 0 ? text : text.slice(0, at) + by + text.slice(at + old.length)
}

/** An empty `old` is found before every code point and at the end, as in Go. */
export function replaceEvery(text: string, old: string, by: string): string {
  if (old === "")
    return (
      by +
      codePoints(text)
        .map((c) => c + by)
        .join("")
    )
  return text.split(old).join(by)
}

/** Empty parts are kept; an empty separator gives the code points. */
export function splitText(text: string, separator: string): string[] {
  return separator === "" ? codePoints(text) : text.split(separator)
}

/** Without the spaces (only those) at both ends. */
export function trimSpaces(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && text[from] === " ") from++
  while (to > from && text[to - 1] === " ") to--
  return text.slice(from, to)
}

/** The code point at an index counted in code points; undefined outside. */
export function codePointAt(text: string, index: number): string | undefined {
  if (index < 0 || index >= text.length) return undefined
  let at = 0
  for (const c of text) {
    if (at === index) return c
    at++
  }
  return undefined
}

/** At most `maxBytes` bytes of UTF-8 from the front, never half a code point. */
export function utf8Prefix(text: string, maxBytes: number): string {
  let bytes = 0
  let units = 0
  for (const c of text) {
    bytes += utf8Size(c)
    if (bytes > maxBytes) break
    units += c.length
  }
  return text.slice(0, units)
}
