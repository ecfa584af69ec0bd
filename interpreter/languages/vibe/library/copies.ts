// Copies of values: what an async function gets of globals and arguments (SPEC 11.6), and what a ts block gets of a
// constant (SPEC 9). Arrays and objects are copied deeply and share what they shared; everything else is the same thing.
import { Fault } from "../../../engine/fault.ts"
import type { Room } from "./room.ts"
import { limitedItems } from "./sizes.ts"
import { Answered, type HoleyArray, isObject, newObject, PendingCopy, PendingValue, type VibeObject } from "./values.ts"

const MAX_DEPTH = 1_000

function tooDeep(site: number): never {
  throw new Fault("RuntimeError", `a value is nested more than ${MAX_DEPTH} levels deep: it cannot be copied`, site)
}

export interface Copier {
  value(it: unknown): unknown
  /** A globals object with copies of the fields of these names. */
  globals(globals: object, keys: readonly string[]): object
}

/** One copier for one async call: what globals and arguments share stays shared. */
export function copier(room: Room, site: number): Copier {
  const seen = new Map<unknown, unknown>()
  const copy = (it: unknown, depth: number): unknown => {
    if (typeof it !== "object" || it === null) return it
    const known = seen.get(it)
    if (known !== undefined) return known
    if (depth > MAX_DEPTH) tooDeep(site)
    if (it instanceof PendingValue) {
      const isThere = it.settled && !(it.value instanceof Answered)
      const later = (value: unknown) => copy(value, 0)
      const result = isThere ? copy(it.value, depth) : new PendingCopy(it instanceof PendingCopy ? it.original : it, later)
      seen.set(it, result)
      return result
    }
    if (Array.isArray(it)) return copyList(it, depth)
    if (!isObject(it) || it instanceof Answered) return it
    const result: VibeObject = newObject()
    seen.set(it, result)
    for (const key of Object.keys(it)) result[key] = copy(it[key], depth + 1)
    return result
  }
  /** By index: an array with placeholders has no methods; its copy gets placeholders of its own. */
  const copyList = (list: readonly unknown[] | HoleyArray, depth: number): unknown[] => {
    const result: unknown[] = []
    limitedItems(list.length)
    seen.set(list, result)
    for (let i = 0; i < list.length; i++) {
      const item = copy(list[i], depth + 1)
      if (item instanceof PendingValue && !item.settled) room.pushPlaceholder(result, item)
      else result[result.length] = item
    }
    return result
  }
  return {
    value: (it) => copy(it, 0),
    globals(globals, keys) {
      const source = globals as Record<string, unknown>
      const result = Object.create(Object.getPrototypeOf(globals) as object) as Record<string, unknown>
      for (const key of keys) result[key] = copy(source[key], 0)
      return result
    },
  }
}

/** A deep copy that nobody can change. */
export function frozenCopy(value: unknown, site: number): unknown {
  const seen = new Map<unknown, unknown>()
  const copy = (it: unknown, depth: number): unknown => {
    if (typeof it !== "object" || it === null) return it
    const known = seen.get(it)
    if (known) return known
    if (depth > MAX_DEPTH) tooDeep(site)
    if (Array.isArray(it)) {
      const list: unknown[] = []
      limitedItems(it.length)
      seen.set(it, list)
      for (const item of it) list.push(copy(item, depth + 1))
      return Object.freeze(list)
    }
    if (!isObject(it)) return null
    const object = newObject()
    seen.set(it, object)
    for (const key of Object.keys(it)) object[key] = copy(it[key], depth + 1)
    return Object.freeze(object)
  }
  return copy(value, 0)
}
