// What Vibe offers an editor (languages/editing.ts), put together from the files of this folder.
import { parseMixed } from "@lezer/common"
import type { LanguageEditing } from "../../editing.ts"
import { parser } from "../vibe.parser.ts"
import { parser as tsParser } from "../vibe-ts.parser.ts"
import { complete, signatureHelp } from "./complete.ts"
import { format } from "./format.ts"
import { hover } from "./hover.ts"
import { foldOf, indentOf } from "./layout.ts"
import { definition, references, rename } from "./rename.ts"

export const editing: LanguageEditing = {
  parser: parser.configure({ wrap: parseMixed((node) => (node.name === "TsBody" ? { parser: tsParser } : null)) }),
  lineComment: "//",
  blockComment: { open: "/*", close: "*/" },
  indentOnInput: /^\s*(?:[)\]}]|else)$/,
  indent: (_tree, text, lineStart, unit) => indentOf(text, lineStart, unit),
  fold: (_tree, text, from, to) => foldOf(text, from, to),
  complete,
  hover,
  definition,
  references,
  rename,
  signatureHelp,
  format,
}
