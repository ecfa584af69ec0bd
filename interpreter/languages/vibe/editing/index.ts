// What Vibe offers an editor (languages/editing.ts), put together from the files of this folder.
import type { LanguageEditing } from "../../editing.ts"
import { colours } from "./colours.ts"
import { complete } from "./complete.ts"
import { format } from "./format.ts"
import { hover } from "./hover.ts"
import { definition, references, rename } from "./rename.ts"
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
