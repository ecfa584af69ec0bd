// Parts of values: the path in a text's `{name.path}`, and the fields that a destructuring `let` takes out, at once or when the
// value is there (SPEC 4, 11.3).
import { Fault } from "../../../engine/fault.ts"
import { convert } from "./conversions.ts"
import type { Room } from "./room.ts"
import { slotText } from "./texts.ts"
import { Answered, ErrorValue, isObject, kindWord, PendingValue, payload, property } from "./values.ts"

/** The text for `{name.path}`; what is written stays where the path leads nowhere. */
export function slotAt(value: unknown, path: readonly unknown[], raw: string, site: number): string {
  let at = payload(value)
  for (const step of path) {
    if (typeof step === "string") at = isObject(at) ? property(at, step) : undefined
    else if (typeof step === "number") at = Array.isArray(at) ? at[step] : undefined
    else if (Array.isArray(step)) {
      const [start, end] = step as [number | null, number | null]
      at = Array.isArray(at) ? at.slice(start ?? 0, end ?? undefined) : undefined
    }
    if (at === undefined) return raw
  }
  return at === undefined ? raw : slotText(payload(at), site)
}

/** A field of a destructured value, converted to the type that stands beside its name. */
export function pick(source: unknown, name: string, type: string, site: number): unknown {
  if (source instanceof ErrorValue) return source
  if (!isObject(source)) throw new Fault("RuntimeError", `Destructuring requires an object, got ${kindWord(source ?? null)}`, site)
  const value = property(source, name)
  if (value === undefined) throw new Fault("RuntimeError", `Missing field '${name}' in destructuring result`, site)
  return type === "" ? value : convert(value, type, name, site)
}

/** A field of a value that is not there yet: pending by itself, reading it waits. */
export function pickLater(room: Room, source: unknown, name: string, type: string, site: number): unknown {
  if (!(source instanceof PendingValue)) return pick(source instanceof Answered ? source.value : source, name, type, site)
  const field = new PendingValue(name)
  field.taskId = source.taskId
  field.future.producer = source.future.producer
  source.future.whenSettled(() => {
    let value: unknown
    try {
      const whole = source.value
      value = pick(whole instanceof Answered ? whole.value : whole, name, type, site)
    } catch (problem) {
      value = room.errorOf(problem)
    }
    room.kernel.settle(field.future, value)
  })
  return field
}
