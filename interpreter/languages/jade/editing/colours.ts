// Jade's colours and layout: the part of its editing that the page shows at once (languages/editing.ts).
import type { LanguageColours } from "../../editing.ts"
import { parser } from "../jade.parser.ts"
import { fold, indent } from "./layout.ts"

export const colours: LanguageColours = {
  parser,
  lineComment: "//",
  indentOnInput: /^\s*[})\]]$/,
  indent,
  fold,
}
