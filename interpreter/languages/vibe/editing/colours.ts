// Vibe's colours and layout: the part of its editing that the page shows at once (languages/editing.ts).
import { parseMixed } from "@lezer/common"
import type { LanguageColours } from "../../editing.ts"
import { parser } from "../vibe.parser.ts"
import { parser as tsParser } from "../vibe-ts.parser.ts"
import { foldOf, indentOf } from "./layout.ts"

export const colours: LanguageColours = {
  parser: parser.configure({ wrap: parseMixed((node) => (node.name === "TsBody" ? { parser: tsParser } : null)) }),
  lineComment: "//",
  blockComment: { open: "/*", close: "*/" },
  indentOnInput: /^\s*(?:[)\]}]|else)$/,
  indent: (_tree, text, lineStart, unit) => indentOf(text, lineStart, unit),
  fold: (_tree, text, from, to) => foldOf(text, from, to),
}
