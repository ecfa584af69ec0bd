// Members, methods, indexes, loops: what can be done with a value (SPEC 5, 6). Arrays given to these operations may hold
// placeholders; those that read elements are called with arrays that were waited for.
import { Fault } from "../../../engine/fault.ts"
import { METHODS } from "./catalogue.ts"
import { raised } from "./operators.ts"
import type { Room } from "./room.ts"
import { limitedItems } from "./sizes.ts"
import { jsonText, plainText, scalar } from "./texts.ts"
import {
  Answered,
  ErrorValue,
  FunctionValue,
  HoleyArray,
  isObject,
  NumberSpan,
  newObject,
  PendingValue,
  payload,
  property,
  typeofWord,
} from "./values.ts"

/** Receivers of methods may be arrays that have lost their prototype while placeholders are in them. */
const isList = (value: unknown): value is unknown[] => Array.isArray(value)

/** What to write for a member that arrays or texts do not have. */
function instead(name: string, on: "array" | "text"): string {
  const methods = METHODS.filter((it) => it.on === on || it.on === "any").map((it) => it.name)
  if (methods.includes(name)) return `. It is a method: write ${name}()`
  if (/^(length|size|count)$/i.test(name)) return ". Write len()"
  return `. The methods are ${methods.join(", ")}; a ts block can do the rest`
}

export function listOperations(room: Room) {
  const member = (object: unknown, name: string, site: number): unknown => {
    if (isObject(object)) return property(object, name)
    if (object instanceof ErrorValue) {
      if (name === "err" || name === "errDetails" || name === "toolCalls") return meta(object, name)
      throw new Fault("RuntimeError", `Cannot access property '${name}' on object: the value is an error (${object.message})`, site)
    }
    if (isList(object)) throw new Fault("RuntimeError", `Unknown array property: ${name}${instead(name, "array")}`, site)
    if (typeof object === "string") throw new Fault("RuntimeError", `Unknown string property: ${name}${instead(name, "text")}`, site)
    throw new Fault("RuntimeError", `Cannot access property '${name}' on ${typeofWord(object)}`, site)
  }

  return {
    member,
    meta,
    /** `a[i]`. */
    index(object: unknown, index: unknown, site: number): unknown {
      if (object instanceof ErrorValue) return object
      if (index instanceof ErrorValue) return index
      if (!isList(object)) throw new Fault("RuntimeError", `Cannot index non-array: ${typeofWord(object)}`, site)
      if (typeof index !== "number" || !Number.isInteger(index))
        throw new Fault("RuntimeError", `Array index must be an integer, got ${typeofWord(index)}`, site)
      const at = index < 0 ? object.length + index : index
      if (at < 0 || at >= object.length)
        throw new Fault("RuntimeError", `Array index out of bounds: ${index} (length: ${object.length})`, site)
      return object[at]
    },
    /** `a[i:j]`; null for a bound that is not there. */
    slice(object: unknown, start: unknown, end: unknown, site: number): unknown {
      for (const it of [object, start, end]) if (it instanceof ErrorValue) return it
      if (!isList(object)) throw new Fault("RuntimeError", `Cannot slice non-array: ${typeofWord(object)}`, site)
      limitedItems(object.length, site)
      const bound = (value: unknown, word: string, otherwise: number): number => {
        if (value === null || value === undefined) return otherwise
        if (typeof value !== "number" || !Number.isInteger(value))
          throw new Fault("RuntimeError", `Slice ${word} must be an integer, got ${typeofWord(value)}`, site)
        return value
      }
      return Array.prototype.slice.call(object, bound(start, "start", 0), bound(end, "end", object.length))
    },
    /** An array literal's elements, fresh for every turn. */
    list(items: unknown[]): unknown[] {
      for (let i = 0; i < items.length; i++) if (items[i] instanceof ErrorValue) items[i] = null
      return items
    },
    object(keys: readonly string[], values: readonly unknown[]): unknown {
      const object = newObject()
      keys.forEach((key, i) => {
        object[key] = payload(values[i])
      })
      return object
    },
    /** `list.push(x)`; `arg` may be a pending value, which becomes a placeholder. */
    push(receiver: unknown, arg: unknown, name: string, site: number): unknown {
      if (!isList(receiver)) return method(receiver, "push", [arg], site)
      if (arg instanceof PendingValue && !arg.settled) {
        limitedItems(receiver.length + 1, site)
        room.handOver(arg)
        room.pushPlaceholder(receiver, arg)
        return receiver
      }
      if (arg instanceof HoleyArray) return pushLater(receiver, arg, name, site)
      append(receiver, arg instanceof PendingValue ? room.ready(arg, name, site) : arg, site)
      return receiver
    },
    method,
    // ---- for --------------------------------------------------------------------------------------------------------
    /** What a `for` goes through. */
    sequence(value: unknown, site: number): unknown {
      if (isList(value) || value instanceof NumberSpan) return value
      if (value instanceof ErrorValue) throw raised(value, site)
      if (typeof value === "number") {
        if (!Number.isInteger(value)) throw new Fault("RuntimeError", `for-in range must be an integer, got ${value}`, site)
        if (value < 0) throw new Fault("RuntimeError", `for-in range must be non-negative, got ${value}`, site)
        return new NumberSpan(1, value)
      }
      if (value === null || value === undefined) {
        throw new Fault("RuntimeError", "Cannot iterate over VibeValue: value is null, not an array. Give it a value first", site)
      }
      throw new Fault("RuntimeError", "for-in requires array or range", site)
    },
    count(sequence: { readonly length: number }): number {
      return sequence.length
    },
    spanStart(span: NumberSpan): number {
      return span.start
    },
    /** An element when its turn comes; it may be a placeholder. */
    element(sequence: unknown[] | NumberSpan, at: number): unknown {
      return sequence instanceof NumberSpan ? sequence.start + at : sequence[at]
    },
  }

  function append(list: unknown[], value: unknown, site: number): void {
    limitedItems(list.length + 1, site)
    const plain = value instanceof Answered ? value.value : value
    list[list.length] = payload(plain)
  }

  function* pushLater(list: unknown[], arg: HoleyArray, name: string, site: number) {
    yield room.waitForHoles(arg, name, site)
    append(list, arg, site)
    return list
  }

  function meta(value: unknown, name: string): unknown {
    const inner = value instanceof Answered ? value.value : value
    switch (name) {
      case "err":
        return inner instanceof ErrorValue
      case "errDetails": {
        if (!(inner instanceof ErrorValue)) return null
        const location = Object.assign(newObject(), inner.location)
        return Object.assign(newObject(), { message: inner.message, type: inner.type, location })
      }
      default: {
        const calls = value instanceof Answered ? value.toolCalls : []
        return calls.map((call) =>
          Object.assign(newObject(), { ...call, errDetails: call.errDetails && Object.assign(newObject(), call.errDetails) }),
        )
      }
    }
  }

  function method(receiver: unknown, name: string, args: readonly unknown[], site: number): unknown {
    if (receiver instanceof ErrorValue) {
      throw new Fault("RuntimeError", `Cannot access property '${name}' on object: the value is an error (${receiver.message})`, site)
    }
    if (isList(receiver)) {
      if (name === "len") return receiver.length
      if (name === "push") {
        if (args.length === 0) throw new Fault("RuntimeError", "push() requires an argument", site)
        append(receiver, args[0], site)
        return receiver
      }
      if (name === "pop") return pop(receiver, site)
    }
    if (typeof receiver === "string" && name === "len") return receiver.length
    if (isObject(receiver)) {
      const own = property(receiver, name)
      if (own instanceof FunctionValue) return own.fn(room.notes.globals, ...args)
    }
    if (name === "toString" && receiver !== null && receiver !== undefined) return toText(receiver, site)
    const value = member(receiver, name, site)
    if (value instanceof FunctionValue) return value.fn(room.notes.globals, ...args)
    throw new Fault("TypeError", "TypeError: Cannot call non-function", site)
  }

  function toText(value: unknown, site: number): unknown {
    if (value instanceof HoleyArray) return textLater(value, site)
    const hole = room.holesIn(value)
    if (hole) return textLater(value, site)
    return isList(value) || isObject(value)
      ? (jsonText(value, site) ?? "")
      : typeof value === "string"
        ? plainText(value, site)
        : scalar(value)
  }

  function* textLater(value: unknown, site: number) {
    yield room.settleDeep([value], site)
    return jsonText(value, site) ?? ""
  }

  function pop(list: unknown[], site: number): unknown {
    const { length } = list
    if (length === 0) throw new Fault("RuntimeError", "Cannot pop from empty array", site)
    const last = list[length - 1]
    list.length = length - 1
    if (!(last instanceof PendingValue)) return last
    room.oneLess(list as unknown as HoleyArray)
    return room.ready(last, last.name, site)
  }
}
