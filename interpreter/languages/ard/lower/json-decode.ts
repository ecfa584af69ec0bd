// json::parse<T> (section 17.9): outside data as a value of a static type. Errors say what was expected, found and where, like
// those of ard/decode.

import type { StructSymbol } from "../check/checked.ts"
import { shallow, substitute, typeName } from "../check/relations.ts"
import { type Type, UNKNOWN } from "../check/types.ts"
import { DecodeError, decodeErrorText, foundText, intOf } from "../library/decode.ts"
import { parseFloat64 } from "../library/floats.ts"
import { parseInt64, wrapped } from "../library/integers.ts"
import { type Dynamic, JsonError, readJson } from "../library/json-text.ts"
import { err, Member, NONE, type Outcome, ok, some } from "../library/values.ts"

type Makers = (struct: StructSymbol, fields: readonly unknown[]) => unknown

class Mismatch {
  constructor(readonly error: DecodeError) {}
}

export function parseJson(text: string, type: Type, make: Makers): Outcome {
  try {
    return ok(decoded(readJson(text), type, [], make))
  } catch (problem) {
    if (problem instanceof JsonError) return err(`Error parsing JSON: ${problem.message}`)
    if (problem instanceof Mismatch) return err(decodeErrorText(problem.error))
    throw problem
  }
}

function decoded(data: Dynamic, type: Type, path: readonly string[], make: Makers): unknown {
  const t = shallow(type)
  const fail = (expected: string): never => {
    throw new Mismatch(new DecodeError(expected, foundText(data), [...path]))
  }
  switch (t.kind) {
    case "primitive":
      return primitive(data, t.name, fail)
    case "maybe":
      return data === null ? NONE : some(decoded(data, t.of, path, make))
    case "list":
      if (!Array.isArray(data)) return fail("List")
      return data.map((item, i) => decoded(item, t.of, [...path, `[${i}]`], make))
    case "map": {
      if (!(data instanceof Map)) return fail("Map")
      return new Map([...data].map(([key, item]) => [keyOf(key, t.key, path), decoded(item, t.value, [...path, key], make)]))
    }
    case "struct": {
      if (!(data instanceof Map)) return fail(t.symbol.name)
      const bindings = new Map(t.symbol.generics.map((name, i) => [name, t.args[i] ?? UNKNOWN] as const))
      const fields = [...t.symbol.fields].map(([name, field]) =>
        decoded(data.get(name) ?? null, substitute(field.type, bindings), [...path, name], make),
      )
      return make(t.symbol, fields)
    }
    case "enum": {
      const number = intOf(data)
      const variant = number === undefined ? undefined : t.symbol.variants.find((one) => one.value === BigInt(number))
      return variant ? wrapped(variant.value) : fail(t.symbol.name)
    }
    case "union":
      return member(data, t, path, make, fail)
    default:
      return fail(typeName(t))
  }
}

function primitive(data: Dynamic, name: string, fail: (expected: string) => never): unknown {
  if (name === "Dynamic") return data
  if (name === "Str" && typeof data === "string") return data
  if (name === "Bool" && typeof data === "boolean") return data
  if (name === "Void" && data === null) return undefined
  if (name === "Float" && (typeof data === "number" || typeof data === "bigint")) return Number(data)
  if (name === "Int") {
    const value = intOf(data)
    if (value !== undefined) return value
  }
  return fail(name)
}

/** The first member that the data fits. */
function member(
  data: Dynamic,
  t: Type & { kind: "union" },
  path: readonly string[],
  make: Makers,
  fail: (expected: string) => never,
): unknown {
  for (const [i, one] of t.symbol.members.entries()) {
    try {
      return new Member(i, decoded(data, one, path, make))
    } catch (problem) {
      if (!(problem instanceof Mismatch)) throw problem
    }
  }
  return fail(t.symbol.name)
}

/** Names of JSON fields are texts; other keys are read from them. */
function keyOf(text: string, type: Type, path: readonly string[]): unknown {
  const name = typeName(type)
  const key =
    name === "Int"
      ? parseInt64(text)
      : name === "Float"
        ? parseFloat64(text)
        : name === "Bool" && (text === "true" || text === "false")
          ? text === "true"
          : undefined
  if (name === "Str") return text
  if (key !== undefined) return key
  throw new Mismatch(new DecodeError(name, foundText(text), [...path, "keys"]))
}
