// ard/result, always there as `Result`: success or failure as a value (section 17.4).
import { Fault } from "../../../engine/fault.ts"
import { shown } from "../lower/show.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { type ArdFunction, err, Member, type Outcome, ok } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>

function* mapOk(rt: Rt, [result, change]: readonly [Outcome, ArdFunction]): Steps {
  return result.$ok ? ok(yield rt.call(change, result.$value)) : result
}

function* mapErr(rt: Rt, [result, change]: readonly [Outcome, ArdFunction]): Steps {
  return result.$ok ? result : err(yield rt.call(change, result.$value))
}

function* chainOk(rt: Rt, [result, next]: readonly [Outcome, ArdFunction]): Steps {
  return result.$ok ? yield rt.call(next, result.$value) : result
}

/** The value; panics with `message` and the error behind it. */
function expectResult(result: Outcome, message: string, site: number): unknown {
  if (result.$ok) return result.$value
  const error = result.$value instanceof Member ? result.$value.$value : result.$value
  throw new Fault("Panic", `${message}: ${typeof error === "string" ? error : shown(error, null)}`, site)
}

export const result: LibraryModule = {
  path: "ard/result",
  doc: "Success or failure as a value, written `Val!Err`; always there as `Result`.",
  entries: [
    {
      name: "ok",
      signature: "fn ok(value: $Val) $Val!$Err",
      doc: "Success with its value.",
      example: "Result::ok(1)",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [unknown]) => ok(value),
    },
    {
      name: "err",
      signature: "fn err(error: $Err) $Val!$Err",
      doc: "Failure with its error.",
      example: 'Result::err("not found")',
      mode: "pure",
      run: (_rt: Rt, [error]: readonly [unknown]) => err(error),
    },
    {
      name: "or",
      owner: "Result",
      signature: "fn or(default: $Val) $Val",
      doc: "The value, or the default where it failed; the default is evaluated only then.",
      example: 'fs::read("note.txt").or("")',
      mode: "pure",
      run: (_rt: Rt, [result, otherwise]: readonly [Outcome, unknown]) => (result.$ok ? result.$value : otherwise),
    },
    {
      name: "expect",
      owner: "Result",
      signature: "fn expect(message: Str) $Val",
      doc: "The value; panics with the message and the error where it failed.",
      example: 'fs::read("note.txt").expect("no note")',
      mode: "pure",
      run: (_rt: Rt, [result, message]: readonly [Outcome, string], site: number) => expectResult(result, message, site),
    },
    {
      name: "is_ok",
      owner: "Result",
      signature: "fn is_ok() Bool",
      doc: "Whether it succeeded.",
      example: "Result::ok(1).is_ok()",
      mode: "pure",
      run: (_rt: Rt, [result]: readonly [Outcome]) => result.$ok,
    },
    {
      name: "is_err",
      owner: "Result",
      signature: "fn is_err() Bool",
      doc: "Whether it failed.",
      example: 'Result::err("no").is_err()',
      mode: "pure",
      run: (_rt: Rt, [result]: readonly [Outcome]) => !result.$ok,
    },
    {
      name: "map",
      owner: "Result",
      signature: "fn map(with: fn($Val) $W) $W!$Err",
      doc: "The value changed by a function; an error stays as it is.",
      example: "Result::ok(1).map(fn(n: Int) Int { n + 1 })",
      since: "2026-03-27",
      mode: "gen",
      run: mapOk,
    },
    {
      name: "map_err",
      owner: "Result",
      signature: "fn map_err(with: fn($Err) $F) $Val!$F",
      doc: "The error changed by a function; a value stays as it is.",
      example: 'fs::read("note.txt").map_err(fn(e: Str) Str { "cannot start: {e}" })',
      since: "2026-03-27",
      mode: "gen",
      run: mapErr,
    },
    {
      name: "and_then",
      owner: "Result",
      signature: "fn and_then(with: fn($Val) $W!$Err) $W!$Err",
      doc: "What a function makes of the value, which may fail too; an error stays as it is.",
      example: "load().and_then(fn(n: Int) Int!Str { check(n) })",
      since: "2026-03-27",
      mode: "gen",
      run: chainOk,
    },
  ],
}
