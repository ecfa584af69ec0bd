// From a model declaration to the value that prompts name (SPEC 8.1).
import { Fault } from "../../../engine/fault.ts"
import { PROVIDERS } from "./catalogue.ts"
import { FunctionValue, kindWord, ModelValue, payload, ToolValue } from "./values.ts"

/** The model of a declaration, from its keys and values. Throws a fault for a value of the wrong kind and for an unknown provider. */
export function modelOf(
  keys: readonly string[],
  values: readonly unknown[],
  toolNamed: (name: string) => ToolValue | undefined,
  site: number,
): ModelValue {
  const get = (key: string): unknown => payload(values[keys.indexOf(key)] ?? null)
  const wrong = (problem: string) => new Fault("RuntimeError", problem, site)
  const text = (key: string): string => {
    const value = get(key) ?? null
    if (value === null || typeof value === "string") return value ?? ""
    throw wrong(`${key} of a model must be a text, got ${kindWord(value)}`)
  }
  const provider = text("provider")
  if (provider !== "" && !PROVIDERS.includes(provider)) throw wrong(`Invalid provider '${provider}'. Must be: ${PROVIDERS.join(", ")}`)
  const retries = get("maxRetriesOnError")
  if (retries !== null && !(typeof retries === "number" && Number.isInteger(retries) && retries >= 0)) {
    const got = typeof retries === "number" ? `${retries}` : kindWord(retries)
    throw wrong(`maxRetriesOnError must be a non-negative integer, got ${got}`)
  }
  const given = get("tools")
  if (given !== null && !Array.isArray(given)) throw wrong(`tools must be an array of tools, got ${kindWord(given)}`)
  const tools: ToolValue[] = []
  for (const item of ((given ?? []) as readonly unknown[]).flat()) {
    const tool = item instanceof FunctionValue ? toolNamed(item.name) : item
    if (!(tool instanceof ToolValue)) throw wrong(`tools must be an array of tools, and one element is ${kindWord(item ?? null)}`)
    tools.push(tool)
  }
  return new ModelValue(
    text("name"),
    get("apiKey"),
    text("url"),
    provider,
    typeof retries === "number" ? retries : 3,
    text("thinkingLevel"),
    tools,
  )
}
