// Strings that are never closed (SPEC 1.5, 1.6, 18.1). Strings may go over several lines, so one missing quote makes code and
// text change places up to the end of the file; the grammar then stumbles over some word on the way. Jade reads its tokens
// first and reports the string that is open at the end, so parse.ts asks here when a text has errors.

const ESCAPED = 2

/** The quote of the string that is open at the end of a text; for an f-string its `f`. -1 if there is none. */
export function openString(text: string): number {
  return openStringIn(text, 0, text.length)
}

function openStringIn(text: string, from: number, to: number): number {
  for (let at = from; at < to; ) {
    const char = text.charAt(at)
    if (char === "/" && text.charAt(at + 1) === "/") {
      const end = text.indexOf("\n", at)
      at = end < 0 ? to : end
    } else if (char === '"' || char === "'") {
      const prefixed = text.charAt(at - 1) === "f" && !/[\p{L}\p{N}_]/u.test(text.charAt(at - 2))
      const start = prefixed ? at - 1 : at
      const end = stringEnd(text, at, to, prefixed)
      if (end.open >= 0) return end.open
      if (end.at < 0) return start
      at = end.at
    } else at++
  }
  return -1
}

/** Behind the closing quote (-1: there is none before `to`), or where a string in one of its slots is open. */
function stringEnd(text: string, from: number, to: number, slots: boolean): { readonly at: number; readonly open: number } {
  const quote = text.charAt(from)
  const delimiter = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote
  for (let at = from + delimiter.length; at < to; ) {
    if (text.startsWith(delimiter, at) && at + delimiter.length <= to) return { at: at + delimiter.length, open: -1 }
    if (text.charAt(at) === "\\") at += ESCAPED
    else if (slots && text.charAt(at) === "{") {
      const end = slotEnd(text, at, to)
      if (end < 0) return { at: -1, open: -1 }
      const open = openStringIn(text, at + 1, end - 1)
      if (open >= 0) return { at: -1, open }
      at = end
    } else at++
  }
  return { at: -1, open: -1 }
}

/** Behind the brace that matches the one at `from`, whatever quotes are between them; -1 if there is none. */
function slotEnd(text: string, from: number, to: number): number {
  let depth = 0
  for (let at = from; at < to; at++) {
    const char = text.charAt(at)
    if (char === "{") depth++
    else if (char === "}" && --depth === 0) return at + 1
  }
  return -1
}
