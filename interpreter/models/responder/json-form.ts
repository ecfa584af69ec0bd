// The form of JSON that a prompt shows (`{"name": "…", "age": 36}`) or names ("with the keys name and age"), as fields with
// shapes. Used by values.ts.
import type { AnswerShape } from "../request.ts"
import type { Fields } from "./fields.ts"

/** The fields of the JSON that a prompt asks for; none where it shows no example and names no fields. */
export function fieldsIn(prompt: string): Fields {
  const shown = /\{[^{}]*["\w]+\s*:[^{}]*\}/.exec(prompt)
  if (shown) {
    const pairs = shown[0].matchAll(/["']?([A-Za-z_]\w*)["']?\s*:\s*([^,}]*)/g)
    return [...pairs].map(([, name = "", example = ""]) => ({ name, shape: shapeNamed(name, example) }))
  }
  const named =
    /\b(?:keys?|fields?|properties|attributes|columns)\b(?: named| called| like| such as)?:?\s+((?:["'`]?\w+["'`]?(?:\s*\([^)]*\))?\s*(?:,|\band\b)\s*)*(?:and\s+)?["'`]?\w+["'`]?)/i.exec(
      prompt,
    ) ?? /\bwith (?:an? |the |its |their )?((?:["'`]?\w+["'`]?\s*(?:,|\band\b)\s*(?:an? )?)+["'`]?\w+["'`]?)/i.exec(prompt)
  return ((named?.[1] as string | undefined) ?? "")
    .split(/\s*(?:,|\band\b)\s*/)
    .map((word) => word.replace(/["'`]|\([^)]*\)|^an? /g, "").trim())
    .filter((word) => /^\w+$/.test(word))
    .map((name) => ({ name, shape: shapeNamed(name, "") }))
}

/** The type of a field that JSON is asked for with: by its value in the example, else by its name. */
function shapeNamed(name: string, example: string): AnswerShape {
  if (/^\s*["']?(number|int|integer|float)|^\s*-?\d/i.test(example)) return { kind: "number" }
  if (/^\s*["']?bool|^\s*(true|false)/i.test(example)) return { kind: "boolean" }
  if (
    /^\s*\[|^\s*["']?(array|list)|\[\]/i.test(example) ||
    (example === "" && /^(tags|keywords|topics|steps|ingredients|items|names|hobbies|skills)$/i.test(name))
  )
    return { kind: "list", of: { kind: "text" } }
  if (
    example === "" &&
    /^(age|year|price|cost|count|quantity|score|rating|population|id|total|percent\w*|pages|amount|confidence|legs)$/i.test(name)
  )
    return { kind: "number" }
  if (example === "" && /^(is|has)[A-Z_]|^(done|completed|active|available|valid|urgent|spam)$/i.test(name)) return { kind: "boolean" }
  return { kind: "text" }
}
