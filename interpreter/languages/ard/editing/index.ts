// What Ard offers an editor (`languages/editing.ts`). Every function is pure and copes with broken programs; should one fail
// on a text all the same, it gives nothing instead of throwing.
import type { LanguageEditing } from "../../editing.ts"
import { parser } from "../ard.parser.ts"
import { complete } from "./complete.ts"
import { format } from "./format.ts"
import { fold, indent } from "./layout.ts"
import { definition, hover, references, rename } from "./navigate.ts"
import { signatureHelp } from "./signature.ts"

/** The answer, or `otherwise` where the text is too much for the host (nesting beyond its stack). */
function guarded<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}

export const editing: LanguageEditing = {
  parser,
  lineComment: "//",
  indentOnInput: /^\s*(?:[}\])]|else\b|\.|\|)$/,
  indent: (tree, text, lineStart, unit) => guarded(() => indent(tree, text, lineStart, unit), null),
  fold: (tree, text, from, to) => guarded(() => fold(tree, text, from, to), null),
  complete: (program, offset, explicit) => guarded(() => complete(program, offset, explicit), null),
  hover: (program, offset) => guarded(() => hover(program, offset), null),
  definition: (program, offset) => guarded(() => definition(program, offset), null),
  references: (program, offset) => guarded(() => references(program, offset), []),
  rename: (program, offset, name) =>
    guarded(() => rename(program, offset, name), { refusal: "This program is nested too deeply to be renamed in." }),
  signatureHelp: (program, offset) => guarded(() => signatureHelp(program, offset), null),
  format: (text) => guarded(() => format(text), text),
}
