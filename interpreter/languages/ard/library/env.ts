// ard/env: the variables that the reader typed for this document, and nothing else of the surroundings (section 17.12).
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { NONE } from "./values.ts"

export const env: LibraryModule = {
  path: "ard/env",
  doc: "Variables typed for this document.",
  entries: [
    {
      name: "get",
      signature: "fn get(name: Str) Str?",
      doc: "The variable of that name; none where nobody typed one. Keys of models are never among them.",
      example: 'env::get("CITY").or("Oslo")',
      mode: "pure",
      run: (rt: LibraryContext, [name]: readonly [string]) => {
        const { variables } = rt.host.options
        return Object.hasOwn(variables, name) ? variables[name] : NONE
      },
    },
  ],
}
