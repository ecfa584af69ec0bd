// Everything Jade offers an editor (languages/editing.ts): the grammar for colours, layout, completion, hover, names,
// signatures, format. Pure functions over texts and offsets.
import type { LanguageEditing } from "../../editing.ts"
import { parser } from "../jade.parser.ts"
import { complete } from "./complete.ts"
import { hover } from "./hover.ts"
import { fold, format, indent } from "./layout.ts"
import { definition, references, rename } from "./names.ts"
import { signatureHelp } from "./signature.ts"

export const editing: LanguageEditing = {
  parser,
  lineComment: "//",
  indentOnInput: /^\s*[})\]]$/,
  indent,
  fold,
  complete,
  hover,
  definition,
  references,
  rename,
  signatureHelp,
  format,
}
