// Long prose in pieces that are drawn as they come into sight: a page of megabytes opens as fast as a short one. Cut at blank
// lines outside of fences, so that each piece reads as it does in the whole. What nothing divides, and what is nested beyond
// reading, is shown as plain text in pieces: the time Markdown takes to read grows with the square of a block. Pure.

export interface Piece {
  readonly text: string
  /** Shown as it is written, not as Markdown. */
  readonly plain: boolean
  /** The first plain piece of a block says why. */
  readonly first: boolean
}

/** Pieces are about this long; most prose is one piece. */
export const PIECE_LENGTH = 12_000
/** The longest block, from one blank line to the next, that is read as Markdown. */
export const LONGEST_BLOCK = 2 * PIECE_LENGTH
/** Quotes and lists inside each other; more is no text that anybody wrote. */
const DEEPEST_NESTING = 40
const TOO_DEEP = new RegExp(`^(?:[ \\t]*(?:[>*+-]|\\d{1,9}[.)])){${DEEPEST_NESTING}}`, "m")

/** The prose in pieces; joined they are the prose. */
export function piecesOf(markdown: string): Piece[] {
  const pieces: Piece[] = []
  let gathered = ""
  const flush = () => {
    if (gathered !== "") pieces.push({ text: gathered, plain: false, first: false })
    gathered = ""
  }
  for (const block of blocksOf(markdown)) {
    if (block.length > LONGEST_BLOCK || isTooDeep(block)) {
      flush()
      for (const [i, text] of slicesOf(block).entries()) pieces.push({ text, plain: true, first: i === 0 })
      continue
    }
    if (gathered.length + block.length > LONGEST_BLOCK) flush()
    gathered += block
    if (gathered.length >= PIECE_LENGTH) flush()
  }
  flush()
  return pieces
}

/** A rule of many dashes is nested in nothing. */
function isTooDeep(block: string): boolean {
  return TOO_DEEP.test(block.replace(/^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/gm, ""))
}

/** Stretches up to and with the blank lines that end them; a fence is not divided. */
function blocksOf(markdown: string): string[] {
  const blocks: string[] = []
  let from = 0
  let at = 0
  let fence = ""
  let ended = false
  while (at < markdown.length) {
    const next = markdown.indexOf("\n", at)
    const end = next < 0 ? markdown.length : next + 1
    // Of a line that is longer than a block only the beginning matters.
    const line = markdown.slice(at, Math.min(end, at + LONGEST_BLOCK))
    const blank = line.trim() === "" && end - at <= LONGEST_BLOCK
    if (ended && !blank) {
      blocks.push(markdown.slice(from, at))
      from = at
    }
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? ""
    if (fence === "") fence = mark
    else if (mark.startsWith(fence) && line.trim() === mark) fence = ""
    ended = blank && fence === ""
    at = end
  }
  if (from < markdown.length) blocks.push(markdown.slice(from))
  return blocks
}

/** A block cut where a line ends if one does, else in the line; never inside a character. */
function slicesOf(block: string): string[] {
  const slices: string[] = []
  let from = 0
  while (from < block.length) {
    let to = Math.min(block.length, from + PIECE_LENGTH)
    if (to < block.length) {
      // Looked for in this slice only: the whole before it would be searched again with each.
      const line = block.slice(from, to).lastIndexOf("\n")
      if (line >= 0) to = from + line + 1
      else if (/[\uD800-\uDBFF]/.test(block.charAt(to - 1))) to--
    }
    slices.push(block.slice(from, to))
    from = to
  }
  return slices
}
