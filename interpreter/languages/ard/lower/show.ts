// Values as texts for people: in the trace, in a lane's inspector, as the value of a script. Where the static type is known it
// tells Int from Float and names an enum's variant. Strings stand in quotes inside other values.
import { shallow, substitute } from "../check/relations.ts"
import { STR, type Type } from "../check/types.ts"
import { floatText, shortestText } from "../library/floats.ts"
import { mapKeyText, quoted } from "../library/json-text.ts"
import { Behind, Cell, FieldCell, Handle, Member, Outcome, Some, type StructValue } from "../library/values.ts"

const MAX_UNITS = 200
const MAX_ITEMS = 50
const MAX_DEPTH = 8

/** A value as text, at most about 200 characters. */
export function shown(value: unknown, type: Type | null): string {
  const text = show(value, type, 0)
  return text.length > MAX_UNITS ? `${text.slice(0, MAX_UNITS - 1)}…` : text
}

/** A value as text, whole except for what is nested too deeply. */
export function show(value: unknown, type: Type | null, depth: number, whole = false): string {
  const t = type ? shallow(type) : null
  const inner = (item: unknown, of: Type | null): string => show(item, of, depth + 1, whole)
  if (depth > (whole ? 500 : MAX_DEPTH)) return "…"
  // Outside data is outside data all the way down.
  const isOutside = t?.kind === "primitive" && t.name === "Dynamic"
  if (isOutside && value === null) return "null"
  if (isOutside && typeof value === "number") return shortestText(value)
  if (t?.kind === "maybe" && value !== null) {
    const content = value instanceof Some ? value.value : value
    return depth === 0 ? show(content, t.of, 0, whole) : inner(content, t.of)
  }
  if (value === undefined) return t && depth === 0 ? "" : "()"
  if (value === null) return "none"
  if (typeof value === "string") return depth === 0 ? value : quoted(value)
  if (typeof value === "boolean" || typeof value === "bigint" || typeof value === "number") return numberText(value, t)
  if (typeof value === "function") return "function"
  if (Array.isArray(value)) return listText(value, (item) => inner(item, t?.kind === "list" ? t.of : isOutside ? t : null), whole)
  if (value instanceof Map) {
    const [keyType, valueType] = t?.kind === "map" ? [t.key, t.value] : isOutside ? [STR, t] : [null, null]
    const parts = [...value].map(([key, item]) => `${inner(key, keyType)}: ${inner(item, valueType)}`)
    return parts.length === 0 ? "[:]" : listText(parts, String, whole)
  }
  return wrappedText(value, t, depth, whole, inner)
}

/** Values that hold another, handles, structs. */
function wrappedText(
  value: object,
  t: Type | null,
  depth: number,
  whole: boolean,
  inner: (item: unknown, of: Type | null) => string,
): string {
  if (value instanceof Some) return inner(value.value, null)
  if (value instanceof Outcome) {
    const of = t?.kind === "result" ? (value.$ok ? t.value : t.error) : null
    return `${value.$ok ? "ok" : "err"}(${inner(value.$value, of)})`
  }
  if (value instanceof Member) return show(value.$value, t?.kind === "union" ? (t.symbol.members[value.$tag] ?? null) : null, depth, whole)
  if (value instanceof Behind) return show(value.$value, null, depth, whole)
  if (value instanceof Cell || value instanceof FieldCell) return show(value.$value, t, depth, whole)
  if (value instanceof Handle) return value.describe()
  return structText(value as StructValue, t, inner)
}

function numberText(value: number | bigint | boolean, t: Type | null): string {
  if (typeof value === "number" && t?.kind === "primitive" && t.name === "Float") return floatText(value)
  if (t?.kind === "enum" && typeof value !== "boolean") {
    const variant = t.symbol.variants.find((one) => one.value === BigInt(value))
    if (variant) return `${t.symbol.name}::${variant.name}`
  }
  if (typeof value === "number" && !Number.isInteger(value)) return floatText(value)
  return String(value)
}

function listText(items: readonly unknown[], item: (value: unknown) => string, whole: boolean): string {
  const max = whole ? items.length : MAX_ITEMS
  const parts = items.slice(0, max).map(item)
  if (items.length > max) parts.push("…")
  return `[${parts.join(", ")}]`
}

function structText(value: StructValue, t: Type | null, inner: (item: unknown, of: Type | null) => string): string {
  const struct = t?.kind === "struct" ? t : null
  const bindings = new Map(
    (struct?.symbol.generics ?? []).map((name, i) => [name, struct?.args[i] ?? { kind: "unknown" as const }] as const),
  )
  const fields = Object.entries(value).map(([key, item]) => {
    const name = key.slice(1)
    const field = struct?.symbol.fields.get(name)
    return `${name}: ${inner(item, field ? substitute(field.type, bindings) : null)}`
  })
  const name = struct?.symbol.name ?? structName(value)
  return `${name}{${fields.join(", ")}}`
}

/** The struct's name where its type is not known. Names of our own classes do not survive a build; emitted ones do. */
function structName(value: StructValue): string {
  const made = value.constructor as { readonly structName?: string; readonly name: string }
  return made.structName ?? /^C\$(.*)_\d+$/.exec(made.name)?.[1] ?? ""
}

/** A value as plain JSON for `eval`: Maybe and Result unwrapped, none and Void null, Ints past 2^53 as strings. */
export function plainJson(value: unknown, depth = 0): unknown {
  if (value === null || value === undefined || depth > 500) return null
  if (typeof value === "bigint") return String(value)
  if (typeof value === "number") return Number.isFinite(value) ? value : floatText(value)
  if (typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "function") return "function"
  if (Array.isArray(value)) return value.map((item) => plainJson(item, depth + 1))
  if (value instanceof Map) return objectOf([...value].map(([key, item]) => [mapKeyText(key), plainJson(item, depth + 1)]))
  if (value instanceof Some) return plainJson(value.value, depth)
  if (value instanceof Outcome || value instanceof Member || value instanceof Behind) return plainJson(value.$value, depth + 1)
  if (value instanceof Handle) return value.describe()
  return objectOf(Object.entries(value as StructValue).map(([key, item]) => [key.slice(1), plainJson(item, depth + 1)]))
}

/** Without a prototype, so that `__proto__` is a key like any other. */
function objectOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const out = Object.create(null) as Record<string, unknown>
  for (const [key, item] of entries) out[key] = item
  return out
}
