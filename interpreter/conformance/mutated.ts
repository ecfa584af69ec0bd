// Programs broken on purpose, for the tests that hold of every text. The cases are the programs.

/** A piece is put in the place of some characters. */
export type Change = readonly [place: number, length: number, piece: string]

/** The first text, or its first half before the second half of the other, with pieces taken out, put in or doubled. */
export function mutated(first: string, second: string, changes: readonly Change[], glue: boolean): string {
  let text = glue ? first.slice(0, first.length >> 1) + second.slice(second.length >> 1) : first
  for (const [place, length, piece] of changes) {
    const at = place % (text.length + 1)
    text = text.slice(0, at) + piece + text.slice(at + length)
  }
  return text
}
