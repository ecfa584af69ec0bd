// Ard's colours and layout: the part of its editing that the page shows at once (languages/editing.ts).
import type { LanguageColours } from "../../editing.ts"
import { parser } from "../ard.parser.ts"
import { guarded } from "./guarded.ts"
import { fold, indent } from "./layout.ts"

export const colours: LanguageColours = {
  parser,
  lineComment: "//",
  indentOnInput: /^\s*(?:[}\])]|else\b|\.|\|)$/,
  indent: (tree, text, lineStart, unit) => guarded(() => indent(tree, text, lineStart, unit), null),
  fold: (tree, text, from, to) => guarded(() => fold(tree, text, from, to), null),
}
