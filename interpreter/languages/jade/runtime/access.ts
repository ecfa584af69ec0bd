// Reading and writing what values contain (SPEC 3.6, 6.4, 10, 11): indices, fields, methods, iteration. Errors stand at the
// object. Dicts read out of a container are copied where they are stored, not here.
import { Fault } from "../../../engine/fault.ts"
import { methods } from "../library/index.ts"
import { typeError } from "./faults.ts"
import type { Jade } from "./jade.ts"
import { Characters, characterAt, lengthOf } from "./text.ts"
import {
  Arr,
  Builtin,
  Bytes,
  Char,
  Closure,
  Dict,
  Fn,
  FutureValue,
  isInt,
  kindOf,
  Method,
  Module,
  Prompt,
  Stream,
  Struct,
  stored,
} from "./values.ts"

function outOfBounds(index: unknown, length: number, site: number): Fault {
  return new Fault("IndexOutOfBounds", `index ${index} is out of bounds: the length is ${length}`, site)
}

export function index(object: unknown, at: unknown, site: number): unknown {
  if (object instanceof Arr || object instanceof Stream) {
    if (typeof at === "number") {
      const value = object.items[at]
      if (value !== undefined) return value
    }
    if (!isInt(at)) throw typeError(`an index is an int, got ${kindOf(at)}`, site)
    throw outOfBounds(at, object.items.length, site)
  }
  if (typeof object === "string") {
    if (!isInt(at)) throw typeError(`an index is an int, got ${kindOf(at)}`, site)
    const length = lengthOf(object)
    if (at < 0 || at >= length) throw outOfBounds(at, length, site)
    return Char.of(characterAt(object, Number(at)))
  }
  if (object instanceof Dict) {
    const key = keyOf(at, site)
    const value = object.map.get(key)
    if (value === undefined) throw new Fault("KeyNotFound", `key ${JSON.stringify(key)} not found in dict`, site)
    return value
  }
  if (object instanceof Bytes) {
    if (!isInt(at)) throw typeError(`an index is an int, got ${kindOf(at)}`, site)
    if (at < 0 || at >= object.data.length) throw outOfBounds(at, object.data.length, site)
    return object.data[Number(at)]
  }
  throw typeError(`${kindOf(object)} cannot be indexed`, site)
}

/** What a new entry of a dict takes, besides key and value. */
const ENTRY_BYTES = 48

function keyOf(key: unknown, site: number): string {
  if (typeof key === "string") return key
  if (key instanceof Char) return key.text
  throw typeError(`a key of a dict is a str, got ${kindOf(key)}`, site)
}

/** `object[at] = value`. */
export function setIndex(jade: Jade, object: unknown, at: unknown, value: unknown, site: number): void {
  if (object instanceof Arr) {
    if (!isInt(at)) throw typeError(`an index is an int, got ${kindOf(at)}`, site)
    if (at < 0 || at >= object.items.length) throw outOfBounds(at, object.items.length, site)
    if (typeof value === "string") jade.countReplaced(object.items[Number(at)], value, site)
    object.items[Number(at)] = stored(value)
  } else if (object instanceof Dict) {
    const key = keyOf(at, site)
    const old = object.map.get(key)
    if (old === undefined) jade.kernel.countValueBytes(ENTRY_BYTES + key.length * 2, site)
    jade.countReplaced(old, value, site)
    object.set(key, stored(value))
  } else if (object instanceof Bytes) {
    if (!isInt(at)) throw typeError(`an index is an int, got ${kindOf(at)}`, site)
    if (at < 0 || at >= object.data.length) throw outOfBounds(at, object.data.length, site)
    if (!isInt(value) || value < 0 || value > 255) throw typeError("a byte is an int from 0 to 255", site)
    object.data[Number(at)] = Number(value)
  } else throw typeError(`${kindOf(object)} has no elements to assign to`, site)
}

function hasNo(object: unknown, name: string, site: number): Fault {
  const what =
    object instanceof Struct
      ? `\`${object.type.name}\` has no field or method ${name}`
      : `\`${kindOf(object)}\` has no ${object instanceof Dict ? "key or method" : "method"} ${name}${object instanceof FutureValue ? ": await it first" : ""}`
  return new Fault("UndefinedField", object instanceof Module ? `module ${object.name} has no ${name}` : what, site)
}

/** `object.name`: fields before methods. */
export function field(object: unknown, name: string, site: number): unknown {
  if (object instanceof Struct) {
    const slot = object.type.slots.get(name)
    if (slot !== undefined) return object.values[slot]
    const method = object.type.methods.get(name)
    if (method) return new Method(object, method)
    throw hasNo(object, name, site)
  }
  if (object instanceof Module) {
    const value = object.get(name)
    if (value === undefined) throw hasNo(object, name, site)
    return value
  }
  if (object instanceof Dict) {
    const value = object.map.get(name)
    if (value !== undefined) return value
  }
  if (object instanceof Fn && name === "__name__") return object.name
  if (object instanceof Fn && name === "__params__") return new Arr([...object.params])
  if (object instanceof Closure && name === "__params__") return new Arr([])
  const entry = methods.get(kindOf(object))?.get(name)
  if (entry) return new Builtin(entry, object)
  throw hasNo(object, name, site)
}

/** `object.name = value`. */
export function setField(object: unknown, name: string, value: unknown, site: number): void {
  if (!(object instanceof Struct))
    throw new Fault("NotAStruct", `${kindOf(object)} is not a struct: only structs have fields to assign`, site)
  const slot = object.type.slots.get(name)
  if (slot === undefined) throw hasNo(object, name, site)
  const declared = object.type.fields[slot]
  object.values[slot] = declared?.prompt && typeof value === "string" ? new Prompt(value) : stored(value)
}

/** The arguments of a method's function. */
export function withFirst(object: unknown, args: readonly unknown[]): readonly unknown[] {
  return args.length === 0 ? [object] : args.length === 1 ? [object, args[0]] : [object, ...args]
}

/** `object.name(…)` without making the bound method first. */
export function invoke(jade: Jade, object: unknown, name: string, args: readonly unknown[], site: number): unknown {
  if (object instanceof Arr) {
    if (name === "push" && args.length === 1) {
      jade.countStored(args[0], site)
      object.items.push(stored(args[0]))
      return null
    }
  } else if (object instanceof Struct) {
    const method = object.type.methods.get(name)
    // Fields come before methods.
    if (method && !object.type.slots.has(name)) return jade.call(method, withFirst(object, args), site)
    return jade.call(field(object, name, site), args, site)
  } else if (object instanceof Dict && object.map.has(name)) return jade.call(object.map.get(name), args, site)
  else if (object instanceof Module) return jade.call(field(object, name, site), args, site)
  const entry = methods.get(kindOf(object))?.get(name)
  if (entry && !(object instanceof Struct)) return jade.builtin(entry, object, args, site)
  throw hasNo(object, name, site)
}

/** What a `for` goes through: elements by index, or characters one after the other. */
export function iterable(sequence: unknown, site: number): readonly unknown[] | Characters {
  if (sequence instanceof Arr) return sequence.items
  if (sequence instanceof Stream) return sequence.items
  if (typeof sequence === "string") return new Characters(sequence)
  if (sequence instanceof Bytes) return [...sequence.data]
  const hint = sequence instanceof Dict ? ": iterate its .keys() or .values()" : sequence instanceof FutureValue ? ": await it first" : ""
  throw typeError(`cannot iterate over ${kindOf(sequence)}${hint}`, site)
}

export function lengthOfValue(value: unknown, site: number): number {
  if (value instanceof Arr || value instanceof Stream) return value.items.length
  if (typeof value === "string") return lengthOf(value)
  if (value instanceof Dict) return value.map.size
  if (value instanceof Bytes) return value.data.length
  if (value instanceof Char) return 1
  throw typeError(`len() of ${kindOf(value)}: it has no length`, site)
}
