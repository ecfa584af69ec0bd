// ard/maybe: values that may be absent (section 17.3).
import { Fault } from "../../../engine/fault.ts"
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { type ArdFunction, NONE, some, unwrapped } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>

function* mapMaybe(rt: Rt, [maybe, change]: readonly [unknown, ArdFunction]): Steps {
  return maybe === NONE ? NONE : some(yield rt.call(change, unwrapped(maybe)))
}

function* chainMaybe(rt: Rt, [maybe, next]: readonly [unknown, ArdFunction]): Steps {
  return maybe === NONE ? NONE : yield rt.call(next, unwrapped(maybe))
}

function expectMaybe(maybe: unknown, message: string, site: number): unknown {
  if (maybe === NONE) throw new Fault("Panic", message, site)
  return unwrapped(maybe)
}

export const maybe: LibraryModule = {
  path: "ard/maybe",
  doc: "Values that may be absent, written `T?`.",
  entries: [
    {
      name: "some",
      signature: "fn some(value: $T) $T?",
      doc: "A Maybe with a value in it.",
      example: "maybe::some(5)",
      mode: "pure",
      run: (_rt: Rt, [value]: readonly [unknown]) => some(value),
    },
    {
      name: "none",
      signature: "fn none() $T?",
      doc: "A Maybe without a value.",
      example: "let name: Str? = maybe::none()",
      mode: "pure",
      run: () => NONE,
    },
    {
      name: "or",
      owner: "Maybe",
      signature: "fn or(default: $T) $T",
      doc: "The value, or the default where there is none; the default is evaluated only then.",
      example: "maybe::some(5).or(0)",
      mode: "pure",
      run: (_rt: Rt, [maybe, otherwise]: readonly [unknown, unknown]) => (maybe === NONE ? otherwise : unwrapped(maybe)),
    },
    {
      name: "expect",
      owner: "Maybe",
      signature: "fn expect(message: Str) $T",
      doc: "The value; panics with the message where there is none.",
      example: 'maybe::some(5).expect("a number")',
      mode: "pure",
      run: (_rt: Rt, [maybe, message]: readonly [unknown, string], site: number) => expectMaybe(maybe, message, site),
    },
    {
      name: "is_some",
      owner: "Maybe",
      signature: "fn is_some() Bool",
      doc: "Whether there is a value.",
      example: "maybe::some(5).is_some()",
      mode: "pure",
      run: (_rt: Rt, [maybe]: readonly [unknown]) => maybe !== NONE,
    },
    {
      name: "is_none",
      owner: "Maybe",
      signature: "fn is_none() Bool",
      doc: "Whether there is no value.",
      example: "maybe::some(5).is_none()",
      mode: "pure",
      run: (_rt: Rt, [maybe]: readonly [unknown]) => maybe === NONE,
    },
    {
      name: "map",
      owner: "Maybe",
      signature: "fn map(with: fn($T) $U) $U?",
      doc: "The value changed by a function; none stays none.",
      example: "maybe::some(5).map(fn(n: Int) Int { n + 1 })",
      since: "2026-03-27",
      mode: "gen",
      run: mapMaybe,
    },
    {
      name: "and_then",
      owner: "Maybe",
      signature: "fn and_then(with: fn($T) $U?) $U?",
      doc: "What a function makes of the value, which may be none; none stays none.",
      example: 'maybe::some("12").and_then(fn(s: Str) Int? { Int::from_str(s) })',
      since: "2026-03-27",
      mode: "gen",
      run: chainMaybe,
    },
  ],
}
