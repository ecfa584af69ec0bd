// What is wrong with a text before anything runs. Made by `syntax/` and `check/` of the languages, shown by the editor
// and the command line. A fault of a running program is something else: `engine/fault.ts`.
import { fileOf, type Position, type Program } from "./text.ts"

export type Severity = "error" | "warning"

/** A change of the text that mends a diagnostic; applied by the editor when the user asks for it. */
export interface Fix {
  /** What the button says: an imperative, such as "Add the missing arms". */
  readonly title: string
  readonly edits: readonly { readonly from: number; readonly to: number; readonly insert: string }[]
}

export interface Diagnostic {
  readonly phase: "parse" | "check"
  readonly severity: Severity
  /** The error's name in its language's catalogue, e.g. `TypeMismatch`. */
  readonly kind: string
  /** What was found, what was expected, what to do. */
  readonly message: string
  readonly file: string
  /** Offsets in that file. */
  readonly from: number
  readonly to: number
  /** Another place worth a mark, such as the opener of an unclosed bracket. */
  readonly related?: { readonly file: string; readonly from: number; readonly to: number; readonly message: string }
  readonly fixes?: readonly Fix[]
}

/** 1-based line and column of a diagnostic; line 1, column 1 if its file is not part of the program. */
export function positionOf(program: Program, diagnostic: { file: string; from: number }): Position {
  return fileOf(program, diagnostic.file)?.positionAt(diagnostic.from) ?? { line: 1, column: 1 }
}
