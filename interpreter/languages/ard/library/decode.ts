// ard/decode: typed values from outside data (section 17.11). A decoder is a function from Dynamic to the value or a list of
// errors, each with the path to the place it is about.
import type { LibraryContext } from "./context.ts"
import type { LibraryModule } from "./entry.ts"
import { shortestText } from "./floats.ts"
import { fitsInt, type Int, indexOf, wrapped } from "./integers.ts"
import { type Dynamic, JsonError, readJson } from "./json-text.ts"
import { utf8Prefix, utf8Size } from "./text.ts"
import { type ArdFunction, err, NONE, type Outcome, ok, some } from "./values.ts"

type Rt = LibraryContext
type Steps = Generator<unknown, unknown, unknown>

/** decode::Error; the fields' names are those of emitted code. */
export class DecodeError {
  static readonly structName = "Error"
  constructor(
    readonly $expected: string,
    readonly $found: string,
    readonly $path: string[],
  ) {}
}

const MAX_FOUND_BYTES = 50
const SHOWN_PARTS = 3

/** Outside data in an error message. */
export function foundText(data: Dynamic): string {
  if (data === null) return "null"
  if (typeof data === "string") return utf8Size(data) > MAX_FOUND_BYTES ? `"${utf8Prefix(data, 47)}..."` : `"${data}"`
  if (typeof data === "number") return shortestText(data)
  if (typeof data !== "object") return String(data)
  if (Array.isArray(data)) {
    return data.length > SHOWN_PARTS ? `[array with ${data.length} elements]` : `[${data.map(foundText).join(", ")}]`
  }
  if (data.size > SHOWN_PARTS) return `{object with keys: ${[...data.keys()].join(", ")}}`
  return `{${[...data].map(([key, value]) => `${key}: ${foundText(value)}`).join(", ")}}`
}

/** `Decode error: expected Int, found "x" at a.b` */
export function decodeErrorText(error: DecodeError): string {
  let path = ""
  for (const part of error.$path) path += path === "" || part.startsWith("[") ? part : `.${part}`
  return `Decode error: expected ${error.$expected}, found ${error.$found}${path === "" ? "" : ` at ${path}`}`
}

function failed(expected: string, data: Dynamic): Outcome {
  return err([new DecodeError(expected, foundText(data), [])])
}

/** The same errors with parts of a path in front. */
function under(result: Outcome, ...parts: string[]): Outcome {
  const errors = result.$value as DecodeError[]
  return err(errors.map((error) => new DecodeError(error.$expected, error.$found, [...parts, ...error.$path])))
}

/** The same errors with a part at the end of the path. */
function endingIn(result: Outcome, part: string): DecodeError[] {
  const errors = result.$value as DecodeError[]
  return errors.map((error) => new DecodeError(error.$expected, error.$found, [...error.$path, part]))
}

/** The Int that outside data stands for; undefined if it has a fraction or is too large. */
export function intOf(data: Dynamic): Int | undefined {
  if (typeof data === "bigint") return data
  if (typeof data !== "number" || !Number.isInteger(data)) return undefined
  if (Number.isSafeInteger(data)) return data + 0
  const exact = BigInt(data)
  return fitsInt(exact) ? wrapped(exact) : undefined
}

function* nullable(rt: Rt, of: ArdFunction, data: Dynamic): Steps {
  if (data === null) return ok(NONE)
  const result = (yield rt.call(of, data)) as Outcome
  return result.$ok ? ok(some(result.$value)) : result
}

function* list(rt: Rt, of: ArdFunction, data: Dynamic): Steps {
  if (!Array.isArray(data)) return failed("List", data)
  const items: unknown[] = []
  const errors: DecodeError[] = []
  for (const [i, item] of data.entries()) {
    const result = (yield rt.call(of, item)) as Outcome
    if (result.$ok) items.push(result.$value)
    else errors.push(...(under(result, `[${i}]`).$value as DecodeError[]))
  }
  return errors.length > 0 ? err(errors) : ok(items)
}

function* map(rt: Rt, toKey: ArdFunction, toValue: ArdFunction, data: Dynamic): Steps {
  if (!(data instanceof Map)) return failed("Map", data)
  const out = new Map<unknown, unknown>()
  const errors: DecodeError[] = []
  for (const [name, item] of data) {
    const key = (yield rt.call(toKey, name)) as Outcome
    const value = (yield rt.call(toValue, item)) as Outcome
    if (!key.$ok) errors.push(...endingIn(key, "keys"))
    if (!value.$ok) errors.push(...endingIn(value, "values"))
    if (key.$ok && value.$ok) out.set(key.$value, value.$value)
  }
  return errors.length > 0 ? err(errors) : ok(out)
}

function* field(rt: Rt, name: string, of: ArdFunction, data: Dynamic): Steps {
  if (!(data instanceof Map)) return under(failed("Field", data), name)
  const result = (yield rt.call(of, data.get(name) ?? null)) as Outcome
  return result.$ok ? result : under(result, name)
}

function* path(rt: Rt, names: readonly string[], of: ArdFunction, data: Dynamic): Steps {
  let at = data
  for (const [i, name] of names.entries()) {
    if (!(at instanceof Map)) return under(failed("Field", at), ...names.slice(0, i + 1))
    at = at.get(name) ?? null
  }
  const result = (yield rt.call(of, at)) as Outcome
  return result.$ok ? result : under(result, ...names)
}

function* at(rt: Rt, index: Int, of: ArdFunction, data: Dynamic): Steps {
  if (!Array.isArray(data)) return failed("List", data)
  if (data.length === 0) return err([new DecodeError("Dynamic", "Empty list", [])])
  const item = data[indexOf(index)]
  if (item === undefined) return under(err([new DecodeError("Dynamic", `List of length ${data.length}`, [])]), `[${index}]`)
  const result = (yield rt.call(of, item)) as Outcome
  return result.$ok ? result : under(result, `[${index}]`)
}

function* oneOf(rt: Rt, first: ArdFunction, others: readonly ArdFunction[], data: Dynamic): Steps {
  const result = (yield rt.call(first, data)) as Outcome
  if (result.$ok) return result
  for (const other of others) {
    const next = (yield rt.call(other, data)) as Outcome
    if (next.$ok) return next
  }
  return result
}

/** A function value of the program that goes on with `body` when it is called. */
function decoder(body: (data: Dynamic) => Steps): ArdFunction {
  return function* (_globals: object, data: unknown): Steps {
    return yield body(data as Dynamic)
  }
}

function* run(rt: Rt, [data, decode]: readonly [Dynamic, ArdFunction]): Steps {
  return yield rt.call(decode, data)
}

function extractField(_rt: Rt, [data, name]: readonly [Dynamic, string]): Outcome {
  if (!(data instanceof Map)) return err(new DecodeError("Field", foundText(data), [name]))
  return ok(data.get(name) ?? null)
}

export const decode: LibraryModule = {
  path: "ard/decode",
  doc: "Reads typed values out of outside data such as JSON.",
  uses: ["Str"],
  declarations: ["struct Error {\n  expected: Str,\n  found: Str,\n  path: [Str],\n}", "type Decoder = fn(Dynamic) $Out![Error]", ""].join(
    "\n",
  ),
  traits: { Error: ["Str::ToString"] },
  entries: [
    {
      name: "to_str",
      owner: "Error",
      signature: "fn to_str() Str",
      doc: "The error as a sentence.",
      example: "errors.at(0).to_str()",
      mode: "pure",
      run: (_rt: Rt, [error]: readonly [DecodeError]) => decodeErrorText(error),
    },
    {
      name: "from_json",
      signature: "fn from_json(text: Str) Dynamic!Str",
      doc: "The outside data in a JSON text.",
      example: 'decode::from_json("[1, 2]")',
      mode: "pure",
      run: (_rt: Rt, [text]: readonly [string]) => {
        try {
          return ok(readJson(text))
        } catch (problem) {
          if (problem instanceof JsonError) return err(`Error parsing JSON: ${problem.message}`)
          throw problem
        }
      },
    },
    {
      name: "run",
      signature: "fn run(data: Dynamic, decoder: Decoder<$T>) $T![Error]",
      doc: "Runs a decoder over outside data.",
      example: "decode::run(data, decode::int)",
      mode: "gen",
      run,
    },
    {
      name: "string",
      signature: "fn string(data: Dynamic) Str![Error]",
      doc: "A decoder for texts.",
      example: "decode::run(data, decode::string)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) => (typeof data === "string" ? ok(data) : failed("Str", data)),
    },
    {
      name: "int",
      signature: "fn int(data: Dynamic) Int![Error]",
      doc: "A decoder for numbers without a fraction.",
      example: "decode::run(data, decode::int)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) => {
        const value = intOf(data)
        return value === undefined ? failed("Int", data) : ok(value)
      },
    },
    {
      name: "float",
      signature: "fn float(data: Dynamic) Float![Error]",
      doc: "A decoder for numbers.",
      example: "decode::run(data, decode::float)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) =>
        typeof data === "number" || typeof data === "bigint" ? ok(Number(data)) : failed("Float", data),
    },
    {
      name: "bool",
      signature: "fn bool(data: Dynamic) Bool![Error]",
      doc: "A decoder for truth values.",
      example: "decode::run(data, decode::bool)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) => (typeof data === "boolean" ? ok(data) : failed("Bool", data)),
    },
    {
      name: "nullable",
      signature: "fn nullable(of: Decoder<$T>) Decoder<$T?>",
      doc: "A decoder that takes null as none.",
      example: "decode::nullable(decode::string)",
      mode: "pure",
      run: (rt: Rt, [of]: readonly [ArdFunction]) => decoder((data) => nullable(rt, of, data)),
    },
    {
      name: "list",
      signature: "fn list(of: Decoder<$T>) Decoder<[$T]>",
      doc: "A decoder for lists; collects the errors of all elements.",
      example: "decode::list(decode::int)",
      mode: "pure",
      run: (rt: Rt, [of]: readonly [ArdFunction]) => decoder((data) => list(rt, of, data)),
    },
    {
      name: "map",
      signature: "fn map(key: Decoder<$K>, value: Decoder<$V>) Decoder<[$K:$V]>",
      doc: "A decoder for objects with any keys.",
      example: "decode::map(decode::string, decode::int)",
      mode: "pure",
      run: (rt: Rt, [key, value]: readonly [ArdFunction, ArdFunction]) => decoder((data) => map(rt, key, value, data)),
    },
    {
      name: "field",
      signature: "fn field(name: Str, of: Decoder<$T>) Decoder<$T>",
      doc: "A decoder for a field of an object; a missing field is decoded as null.",
      example: 'decode::field("name", decode::string)',
      mode: "pure",
      run: (rt: Rt, [name, of]: readonly [string, ArdFunction]) => decoder((data) => field(rt, name, of, data)),
    },
    {
      name: "path",
      signature: "fn path(names: [Str], of: Decoder<$T>) Decoder<$T>",
      doc: "A decoder for a field of a field of an object.",
      example: 'decode::path(["user", "name"], decode::string)',
      mode: "pure",
      run: (rt: Rt, [names, of]: readonly [string[], ArdFunction]) => {
        const fixed = names.slice()
        return decoder((data) => path(rt, fixed, of, data))
      },
    },
    {
      name: "at",
      signature: "fn at(index: Int, of: Decoder<$T>) Decoder<$T>",
      doc: "A decoder for one element of a list.",
      example: "decode::at(0, decode::int)",
      mode: "pure",
      run: (rt: Rt, [index, of]: readonly [Int, ArdFunction]) => decoder((data) => at(rt, index, of, data)),
    },
    {
      name: "one_of",
      signature: "fn one_of(first: Decoder<$T>, others: [Decoder<$T>]) Decoder<$T>",
      doc: "The first decoder that succeeds; else the errors of the first.",
      example: "decode::one_of(decode::int, [from_text])",
      mode: "pure",
      run: (rt: Rt, [first, others]: readonly [ArdFunction, ArdFunction[]]) => {
        const fixed = others.slice()
        return decoder((data) => oneOf(rt, first, fixed, data))
      },
    },
    {
      name: "is_void",
      signature: "fn is_void(data: Dynamic) Bool",
      doc: "Whether the data is the absent value (null).",
      example: "decode::is_void(data)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) => data === null,
    },
    {
      name: "to_list",
      signature: "fn to_list(data: Dynamic) [Dynamic]!Error",
      doc: "The elements of a list.",
      example: "decode::to_list(data)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) =>
        Array.isArray(data) ? ok(data.slice()) : err(new DecodeError("List", foundText(data), [])),
    },
    {
      name: "to_map",
      signature: "fn to_map(data: Dynamic) [Str:Dynamic]!Error",
      doc: "The fields of an object.",
      example: "decode::to_map(data)",
      mode: "pure",
      run: (_rt: Rt, [data]: readonly [Dynamic]) =>
        data instanceof Map ? ok(new Map(data)) : err(new DecodeError("Map", foundText(data), [])),
    },
    {
      name: "extract_field",
      signature: "fn extract_field(data: Dynamic, name: Str) Dynamic!Error",
      doc: "A field of an object as outside data; null where it is missing.",
      example: 'decode::extract_field(data, "name")',
      mode: "pure",
      run: extractField,
    },
    {
      name: "flatten",
      signature: "fn flatten(errors: [Error]) Str",
      doc: "All errors as one text, a line each.",
      example: "decode::flatten(errors)",
      since: "2026-01-22",
      mode: "pure",
      run: (_rt: Rt, [errors]: readonly [DecodeError[]]) => errors.map(decodeErrorText).join("\n"),
    },
  ],
}
