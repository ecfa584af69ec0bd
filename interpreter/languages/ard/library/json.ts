// ard/json: encoding values, and decoding by the type that is wanted (section 17.9). `parse<T>` is told its type by the
// lowering (json-decode.ts does the work); the entry here declares it.
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { JsonError, writeJson } from "./json-text.ts"
import { checkTextSize } from "./sizes.ts"
import { err, type Outcome, ok } from "./values.ts"

type Rt = LibraryContext

function encode(rt: Rt, [value]: readonly [unknown], site: number): Outcome {
  try {
    const text = writeJson(value, site)
    checkTextSize(rt, text.length)
    return ok(text)
  } catch (problem) {
    if (problem instanceof JsonError) return err(problem.message)
    throw problem
  }
}

export const json: LibraryModule = {
  path: "ard/json",
  doc: "JSON texts from values and values from JSON texts.",
  entries: [
    {
      name: "encode",
      signature: "fn encode(value: $T) Str!Str",
      doc: "The value as JSON without blanks: structs and maps are objects, none is null, an enum is its number.",
      example: "json::encode([1, 2])",
      mode: "pure",
      run: encode,
    },
    {
      name: "parse",
      signature: "fn parse(text: Str) $T!Str",
      doc: "The value of the given type in a JSON text.",
      example: 'json::parse<[Int]>("[1, 2]")',
      since: "2026-05-18",
      mode: "pure",
      run: () => err("json::parse needs a type"),
    },
  ],
}
