// From a model declaration to the value that prompts name (SPEC 8.1).
import { Fault } from "../../../engine/fault.ts"
import { plainText } from "./texts.ts"
import { FunctionValue, kindWord, ModelValue, payload, ToolValue } from "./values.ts"

/** The model of a declaration, from its keys and values. Throws a fault for retries or tools of the wrong kind. */
export function modelOf(
  keys: readonly string[],
  values: readonly unknown[],
  toolNamed: (name: string) => ToolValue | undefined,
  site: number,
): ModelValue {
  const get = (key: string): unknown => payload(values[keys.indexOf(key)] ?? null)
  const text = (key: string): string => {
    const value = get(key)
    return value === null || value === undefined ? "" : plainText(value, site)
  }
  const retries = get("maxRetriesOnError")
  if (retries !== null && !(typeof retries === "number" && Number.isInteger(retries) && retries >= 0)) {
    throw new Fault("RuntimeError", `maxRetriesOnError must be a non-negative integer, got ${plainText(retries, site)}`, site)
  }
  const given = get("tools")
  if (given !== null && !Array.isArray(given))
    throw new Fault("RuntimeError", `tools must be an array of tools, got ${kindWord(given)}`, site)
  const tools: ToolValue[] = []
  for (const item of ((given ?? []) as readonly unknown[]).flat()) {
    const tool = item instanceof FunctionValue ? toolNamed(item.name) : item
    if (!(tool instanceof ToolValue))
      throw new Fault("RuntimeError", `tools must be an array of tools, and one element is ${kindWord(item ?? null)}`, site)
    tools.push(tool)
  }
  return new ModelValue(
    text("name"),
    get("apiKey"),
    text("url"),
    text("provider"),
    typeof retries === "number" ? retries : 3,
    text("thinkingLevel"),
    tools,
  )
}
