// Long prose in pieces that are drawn as they come into sight: a page of megabytes opens as fast as a short one. Cut at blank
// lines outside of fences, so that each piece reads as it does in the whole. Pure.

/** Pieces are about this long; most prose is one piece. */
const PIECE_LENGTH = 12_000

/** The prose in pieces; joined they are the prose. */
export function piecesOf(markdown: string): string[] {
  if (markdown.length <= 2 * PIECE_LENGTH) return [markdown]
  const pieces: string[] = []
  let from = 0
  let at = 0
  let fence = ""
  while (at < markdown.length) {
    const next = markdown.indexOf("\n", at)
    const end = next < 0 ? markdown.length : next + 1
    const line = markdown.slice(at, end)
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? ""
    if (fence === "") fence = mark
    else if (mark.startsWith(fence) && line.trim() === mark) fence = ""
    const blank = line.trim() === ""
    // A single line without end is cut too: nobody reads it.
    if ((fence === "" && blank && end - from >= PIECE_LENGTH) || end - from >= 8 * PIECE_LENGTH) {
      const cut = Math.min(end, from + 8 * PIECE_LENGTH)
      pieces.push(markdown.slice(from, cut))
      from = cut
      at = cut
      continue
    }
    at = end
  }
  if (from < markdown.length) pieces.push(markdown.slice(from))
  return pieces
}
