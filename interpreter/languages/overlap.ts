// How a program that does one thing at a time could do two at once, as a change of its text: told by a language where the
// program would go on to give what it gives now (`editing/overlap.ts`), or not at all.
import type { Edit } from "./editing.ts"

export interface Overlap {
  /** What is put there, as the language writes it: "async let". */
  readonly word: string
  /** The 1-based line in which it is put first. */
  readonly line: number
  /** In order, apart from each other. */
  readonly edits: readonly Edit[]
}

/** null where no change is sure to be sound. Never throws. */
export type SuggestOverlap = (text: string) => Overlap | null
