// A program with a cursor (‸) in it, for the tests of editing, and declarations that most of them look into.
import { type Program, programOf } from "../../../source/text.ts"

const CURSOR = "‸"

/** The program without its cursor, and where the cursor was. */
export function at(text: string, files: Record<string, string> = {}): [Program, number] {
  const offset = text.indexOf(CURSOR)
  return [programOf("ard", "main.ard", text.replace(CURSOR, ""), files), offset]
}

export const PERSON = `use ard/io
struct Person {
  name: Str,
  age: Int?,
}
impl Person {
  fn greet(loud: Bool) Str { "hi {@name}" }
}
enum Side { left, right }
type Shape = Int | Str
`
