// Methods of dicts and the package `dict` (SPEC 17.4). Keys keep the order of insertion; nothing changes a dict in place.
import { Arr, Dict, stored } from "../runtime/values.ts"
import { type Declaration, entriesOf } from "./entry.ts"

const mapOf = (value: unknown): ReadonlyMap<string, unknown> => (value instanceof Dict ? value.map : new Map())

function merged(first: unknown, second: unknown): Dict {
  const map = new Map<string, unknown>()
  for (const source of [first, second]) for (const [key, value] of mapOf(source)) map.set(key, stored(value))
  return Dict.of(map)
}

const declarations: readonly Declaration[] = [
  {
    signature: "len() -> int",
    doc: "The number of entries.",
    example: { code: 'print({"a": 1}.len())', prints: ["1"] },
    run: (_jade, [dict]) => mapOf(dict).size,
  },
  {
    signature: "keys() -> array of str",
    doc: "The keys in the order in which they were put in.",
    example: { code: 'print({"b": 1, "a": 2}.keys())', prints: ["[b, a]"] },
    run: (_jade, [dict]) => new Arr([...mapOf(dict).keys()]),
  },
  {
    signature: "values() -> array",
    doc: "The values in the order of the keys.",
    example: { code: 'print({"b": 1, "a": 2}.values())', prints: ["[1, 2]"] },
    run: (_jade, [dict]) => new Arr([...mapOf(dict).values()].map(stored)),
  },
  {
    signature: "has(key: str) -> bool",
    doc: "Whether there is an entry of that key.",
    example: { code: 'print({"a": 1}.has("b"))', prints: ["false"] },
    run: (_jade, [dict, key]) => mapOf(dict).has(String(key)),
  },
  {
    signature: "get(key: str) -> any",
    doc: "The value of that key, or nil.",
    example: { code: 'print({"a": 1}.get("a"))\nprint({"a": 1}.get("b"))', prints: ["1", "nil"] },
    run: (_jade, [dict, key]) => mapOf(dict).get(String(key)) ?? null,
  },
  {
    signature: "merge(other: dict) -> dict",
    doc: "A new dict of both; the other's values win.",
    example: { code: 'print({"a": 1, "b": 1}.merge({"b": 2}))', prints: ['{"a": 1, "b": 2}'] },
    run: (_jade, [dict, other]) => merged(dict, other),
  },
]

export const dictMethods = entriesOf({ k: "method", of: "dict" }, declarations)

const ARGUMENT: Readonly<Record<string, string>> = { has: ', "a"', get: ', "a"', merge: ', {"a": 2}' }
const PRINTED: Readonly<Record<string, string>> = { len: "1", keys: "[a]", values: "[1]", has: "true", get: "1", merge: '{"a": 2}' }

export const dictPackage = entriesOf(
  { k: "package", name: "dict" },
  declarations.map((declaration) => {
    const [, name = "", rest = ""] = /^(\w+)\((.*)$/.exec(declaration.signature) ?? []
    return {
      ...declaration,
      signature: `${name}(dict: dict${rest.startsWith(")") ? rest : `, ${rest}`}`,
      example: { code: `use std::dict\nprint(dict.${name}({"a": 1}${ARGUMENT[name] ?? ""}))`, prints: [PRINTED[name] ?? ""] },
    }
  }),
)
