// What Ard offers an editor (`languages/editing.ts`). Every function is pure and copes with broken programs; should one fail
// on a text all the same, it gives nothing instead of throwing.
import type { LanguageEditing } from "../../editing.ts"
import { colours } from "./colours.ts"
import { complete } from "./complete.ts"
import { format } from "./format.ts"
import { guarded } from "./guarded.ts"
import { definition, hover, references } from "./navigate.ts"
import { rename } from "./rename.ts"
import { signatureHelp } from "./signature.ts"

export const editing: LanguageEditing = {
  ...colours,
  complete: (program, offset, explicit) => guarded(() => complete(program, offset, explicit), null),
  hover: (program, offset) => guarded(() => hover(program, offset), null),
  definition: (program, offset) => guarded(() => definition(program, offset), null),
  references: (program, offset) => guarded(() => references(program, offset), []),
  rename: (program, offset, name) =>
    guarded(() => rename(program, offset, name), { refusal: "This program is nested too deeply to be renamed in." }),
  signatureHelp: (program, offset) => guarded(() => signatureHelp(program, offset), null),
  format: (text) => guarded(() => format(text), text),
}
