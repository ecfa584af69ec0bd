// The package `json` (SPEC 17.6).
import { Fault } from "../../../engine/fault.ts"
import { BadJson, parseJson, stringifyJson } from "../runtime/json.ts"
import { entriesOf } from "./entry.ts"

export const json = entriesOf({ k: "package", name: "json" }, [
  {
    signature: "parse(text: str) -> any",
    doc: "The value of a JSON text: null becomes nil, integers ints, other numbers floats, objects dicts with sorted keys.",
    example: { code: 'use std::json\nlet d = json.parse(\'{"b": [1, 2.5], "a": null}\')\nprint(d)', prints: ['{"a": nil, "b": [1, 2.5]}'] },
    run(_jade, [text], site) {
      try {
        return parseJson(String(text))
      } catch (problem) {
        if (!(problem instanceof BadJson)) throw problem
        throw new Fault("IoError", `I/O error: invalid JSON at character ${problem.at + 1}: ${problem.message}`, site)
      }
    },
  },
  {
    signature: "stringify(value: any) -> str",
    doc: "Compact JSON with sorted keys; what JSON cannot hold becomes null.",
    example: { code: 'use std::json\nprint(json.stringify({"b": [1, nil], "a": "x"}))', prints: ['{"a":"x","b":[1,null]}'] },
    run: (jade, [value]) => stringifyJson(value, false, (units) => jade.allowLength(units)),
  },
  {
    signature: "stringify_pretty(value: any) -> str",
    doc: "JSON with sorted keys and an indent of two.",
    example: { code: 'use std::json\nprint(json.stringify_pretty({"a": [1]}))', prints: ["{", '  "a": [', "    1", "  ]", "}"] },
    run: (jade, [value]) => stringifyJson(value, true, (units) => jade.allowLength(units)),
  },
])
