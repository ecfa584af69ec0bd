// What is wrong with the text in the editor, as far as it is known: the answer to the newest question. Pure transitions.
import type { Diagnostic } from "../../interpreter/source/diagnostic.ts"

export interface Problems {
  /** Version of the document that these are about. */
  readonly documentVersion: number
  /** In the order in which the language reports them. */
  readonly diagnostics: readonly Diagnostic[]
}

export const NO_PROBLEMS: Problems = { documentVersion: -1, diagnostics: [] }

/** An answer about an older text than the one already known changes nothing. */
export function problemsFound(problems: Problems, documentVersion: number, diagnostics: readonly Diagnostic[]): Problems {
  if (documentVersion < problems.documentVersion) return problems
  if (diagnostics.length === 0 && problems.diagnostics.length === 0) return problems
  return { documentVersion, diagnostics }
}
