// Everything Jade offers an editor (languages/editing.ts): the grammar for colours, layout, completion, hover, names,
// signatures, format. Pure functions over texts and offsets.
import type { LanguageEditing } from "../../editing.ts"
import { colours } from "./colours.ts"
import { complete } from "./complete.ts"
import { hover } from "./hover.ts"
import { format } from "./layout.ts"
import { definition, references, rename } from "./names.ts"
import { signatureHelp } from "./signature.ts"

export const editing: LanguageEditing = {
  ...colours,
  complete,
  hover,
  definition,
  references,
  rename,
  signatureHelp,
  format,
}
