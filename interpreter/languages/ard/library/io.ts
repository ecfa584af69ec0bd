// ard/io: printing and reading lines (section 17.1).
import { SUSPENDED } from "../../../kernel/task.ts"
import { type LibraryContext, visible } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { type Behind, ok } from "./values.ts"

/** Prints a text that is already made. */
export function printLine(rt: LibraryContext, text: string, site: number): unknown {
  return visible(rt, () => rt.kernel.print(`${text}\n`, site))
}

function* printValue(rt: LibraryContext, [value]: readonly [Behind], site: number): Generator<unknown, unknown, unknown> {
  const toText = value.methods.to_str
  const text = toText ? yield rt.call(toText, value.$value) : ""
  const printed = printLine(rt, String(text), site)
  return rt.kernel.explores ? yield printed : printed
}

function* readLine(rt: LibraryContext, _args: readonly [], site: number): Generator<unknown, unknown, unknown> {
  if (rt.kernel.choicePoint() !== undefined) yield SUSPENDED
  let line: unknown = rt.host.readLine(site)
  if (line === SUSPENDED) line = yield SUSPENDED
  return ok(line ?? "")
}

export const io: LibraryModule = {
  path: "ard/io",
  doc: "Printing, and reading lines that somebody types.",
  uses: ["Str"],
  entries: [
    {
      name: "print",
      signature: "fn print(value: Str::ToString)",
      doc: "Prints the text of a value and a newline.",
      example: 'io::print("hello")',
      mode: "gen",
      run: printValue,
    },
    {
      name: "read_line",
      signature: "fn read_line() Str!Str",
      doc: 'The next line of the input without its newline; `ok("")` at the end of the input. Waits for the line.',
      example: 'let name = io::read_line().expect("no input")',
      mode: "gen",
      run: readLine,
    },
  ],
}
