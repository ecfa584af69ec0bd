// What the checker says beyond the catalogue's words: what was found, and what to do. Readers of the command line and of a
// screen reader have no quick fix to press; the message alone must be enough.
import { expect, it } from "vitest"
import { programOf } from "../../../source/text.ts"
import { checkProgram } from "./index.ts"

const MESSAGES: readonly [body: string, message: string][] = [
  ["let n = 1\n  n = 2", "Immutable variable: n: declare 'n' with mut"],
  ["let list = [1]\n  list.push(2)", "Cannot mutate immutable 'list' with '.push()': declare 'list' with mut"],
  ["let count = 1\n  let twice = cont * 2", "Undefined variable: cont: did you mean 'count'?"],
  ["grete()", "Undefined function: grete: did you mean 'greet'?"],
  ["json::encode(1)", "Undefined module: json: import ard/json"],
  ["let p = Point{x: 1, yy: 2}", "Unknown field: yy: did you mean 'y'?"],
  ["let p: Pont = 1", "Unrecognized type: Pont: did you mean 'Point'?"],
  ["let n: Int? = 1", "Type mismatch: Expected Int?, got Int: wrap it with maybe::some"],
  ["let x: Float = 1", "Type mismatch: Expected Float, got Int: convert it with Float::from_int"],
  ["let p = Point{x: 1, y: 2}\n  move(p)", "Type mismatch: Expected a mutable Point: put mut before it to pass a copy of its own"],
  ["let x = 1 + 1.5", "Cannot add different types: Int and Float"],
  ["let x = true + false", "The '-' operator can only be used for Int or Float, '+' for Str too, got Bool"],
  ['let x = "a" < "b"', "The '<' operator can only be used for Int or Float, got Str"],
  ["let x = 1 < 1.5", "Cannot compare different types: Int and Float"],
  ["let x = 1 and true", "The 'and' operator can only be used between Bools, got Int and Bool"],
  ["let x = not 1", "Only booleans can be negated with 'not', got Int"],
  ['let x = -"a"', "Only numbers can be negated with '-', got Str"],
  ["if 1 {\n  }", "If conditions must be boolean expressions, got Int"],
  ["while 1 {\n  }", "While loop condition must be a boolean expression, got Int"],
]

it.each(MESSAGES)("of %j is said what is wrong and what to do", (body, message) => {
  const declarations = "struct Point { x: Int, y: Int }\nfn greet() {}\nfn move(mut p: Point) {\n  p.x =+ 1\n}\n"
  const { diagnostics } = checkProgram(programOf("ard", "main.ard", `${declarations}fn main() {\n  ${body}\n}\n`))
  expect(diagnostics[0]?.message).toBe(message)
})
