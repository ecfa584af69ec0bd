// How long a text is as UTF-8: output is limited by it, and tokens are estimated from it where nobody counted them.

/** Bytes of a text in UTF-8; each half of a surrogate pair counts two, alone or not. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1
  }
  return bytes
}
