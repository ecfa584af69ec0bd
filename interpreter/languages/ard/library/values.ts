// How Ard's values are at run time. Types are erased, so a value that must be told apart carries what tells it:
//   Int       number, or bigint beyond ±(2^53 - 1)      Float   number         Bool, Str   boolean, string (UTF-16)
//   Void      undefined        list   array             map     Map, in the order of insertion
//   struct    an object with a field `$name` for each field, in their order     enum  its variant's number
//   Maybe     null is none; some(v) is v itself, boxed in `Some` only where v is none or such a box (a Maybe in a Maybe)
//   Result    `Outcome`        union  `Member`, made where a value enters the union      trait  `Behind`, likewise
//   Dynamic   outside data: null, boolean, number, bigint, string, array, Map
//   functions generator functions `(G, ...arguments)`; handles (fibers, channels) are `Handle`s, shared when copied
import { Fault } from "../../../engine/fault.ts"
import type { EmittedFunction } from "../../../engine/machine.ts"

export type ArdFunction = EmittedFunction

/** some(none), some(some(none)) …: a Maybe whose content is a Maybe that has nothing in it. */
export class Some {
  constructor(readonly value: unknown) {}
}

export const NONE = null

export function some(value: unknown): unknown {
  return value === null || value instanceof Some ? new Some(value) : value
}

/** The content of a Maybe that is not none. */
export function unwrapped(value: unknown): unknown {
  return value instanceof Some ? value.value : value
}

/** A Result. The fields' names are those of emitted code. */
export class Outcome {
  constructor(
    readonly $ok: boolean,
    readonly $value: unknown,
  ) {}
}

export const ok = (value: unknown): Outcome => new Outcome(true, value)
export const err = (error: unknown): Outcome => new Outcome(false, error)

/** A value in a place whose type is a union; `$tag` is the index of the member it belongs to. */
export class Member {
  constructor(
    readonly $tag: number,
    readonly $value: unknown,
  ) {}
}

/** A value in a place whose type is a trait, with the methods of the type it came from. */
export class Behind {
  constructor(
    readonly methods: Readonly<Record<string, ArdFunction>>,
    readonly $value: unknown,
  ) {}
}

/** A mutable variable that is passed by reference (section 10). */
export class Cell {
  constructor(public $value: unknown) {}
}

/** A field, or a variable of a module, that is passed by reference. */
export class FieldCell {
  constructor(
    private readonly object: Record<string, unknown>,
    private readonly key: string,
  ) {}
  get $value(): unknown {
    return this.object[this.key]
  }
  set $value(value: unknown) {
    this.object[this.key] = value
  }
}

/** Something with an identity of its own that copying does not copy: a fiber, a channel. */
export abstract class Handle {
  abstract describe(): string
}

/** Fields by `$name`; made by a constructor that takes them in order. Classes of the library have a static `structName`. */
export type StructValue = Record<string, unknown>

const NESTED_TOO_DEEP = 1_000_000

/**
 * A deep copy (section 10): structs, lists, maps and what they contain; functions and handles are shared. A value that
 * contains itself ends in a StackOverflow at `site`. Works without the host's stack, whatever the depth.
 */
export function deepCopy(value: unknown, site: number): unknown {
  if (typeof value !== "object" || value === null) return value
  const root: { it: unknown } = { it: undefined }
  const work: { from: object; depth: number; put: (copy: unknown) => void }[] = []
  const later = (from: unknown, depth: number, put: (copy: unknown) => void): void => {
    if (typeof from !== "object" || from === null || from instanceof Handle) put(from)
    else work.push({ from, depth, put })
  }
  later(value, 0, (copy) => {
    root.it = copy
  })
  for (let next = work.pop(); next; next = work.pop()) {
    const { from, depth, put } = next
    if (depth > NESTED_TOO_DEEP)
      throw new Fault("StackOverflow", "this value is nested too deeply to be copied: does it contain itself?", site)
    copyOne(from, put, (part, place) => later(part, depth + 1, place))
  }
  return root.it
}

type Later = (part: unknown, place: (copy: unknown) => void) => void

function copyOne(from: object, put: (copy: unknown) => void, later: Later): void {
  if (Array.isArray(from)) {
    const copy: unknown[] = from.slice()
    put(copy)
    for (let i = 0; i < copy.length; i++) {
      const part = copy[i]
      if (typeof part === "object" && part !== null) later(part, (value) => (copy[i] = value))
    }
  } else if (from instanceof Map) {
    const copy = new Map<unknown, unknown>(from)
    put(copy)
    for (const [key, part] of from) if (typeof part === "object" && part !== null) later(part, (value) => copy.set(key, value))
  } else if (from instanceof Some) later(from.value, (value) => put(new Some(value)))
  else if (from instanceof Outcome) later(from.$value, (value) => put(new Outcome(from.$ok, value)))
  else if (from instanceof Member) later(from.$value, (value) => put(new Member(from.$tag, value)))
  else if (from instanceof Behind) later(from.$value, (value) => put(new Behind(from.methods, value)))
  else {
    // Through the constructor, which takes the fields in order: the copy then has the shape emitted code is fast with.
    const copy = new (from.constructor as new (...fields: unknown[]) => StructValue)(...Object.values(from))
    put(copy)
    for (const key of Object.keys(copy)) {
      const part = copy[key]
      if (typeof part === "object" && part !== null) later(part, (value) => (copy[key] = value))
    }
  }
}

/** Equality of Maybes (section 6): both none, or both some with equal contents; contents are Int, Float, Str, Bool, enums. */
export function equalMaybes(a: unknown, b: unknown): boolean {
  let left = a
  let right = b
  while (left instanceof Some && right instanceof Some) {
    left = left.value
    right = right.value
  }
  return left === right
}
