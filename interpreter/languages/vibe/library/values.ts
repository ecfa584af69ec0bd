// What values of Vibe are at run time. Texts, numbers, booleans, null and undefined are JavaScript's; arrays are arrays;
// objects have no prototype. Everything else is one of the classes here.
//
// `Unready` is the base of all that a variable may hold and that must be looked at before use; emitted code tests for it
// and for nothing else, so plain values cost one comparison: a pending value, an answer that remembers its tool calls, an
// array with placeholders in it.

import type { Frame } from "../../../engine/machine.ts"
import { Future } from "../../../kernel/future.ts"

export type VibeFunction = (globals: object, ...args: unknown[]) => Frame
export type VibeObject = Record<string, unknown>

export abstract class Unready {}

/** The value of an operation that was started and may not have ended (SPEC 11). Settles with a value, never fails: a
 * failed operation settles with an error value. */
export class PendingValue extends Unready {
  readonly future = new Future()
  /** Id of the task that brings the value; -1 before it was started. */
  taskId = -1
  /** Its value was read before. */
  collected = false
  /** Where this stands as a placeholder. */
  places: { readonly list: HoleyArray; readonly index: number }[] | null = null

  constructor(
    /** The variable's or function's name, shown while waiting. */
    readonly name: string,
  ) {
    super()
  }

  get settled(): boolean {
    return this.future.settled
  }

  /** What it settled with: plain, an error value, or an answer with tool calls. */
  get value(): unknown {
    return this.future.value
  }
}

/** A pending value as an async function's copied globals know it: its value is copied when it comes. */
export class PendingCopy extends PendingValue {
  private copy: { readonly value: unknown } | null = null

  constructor(
    readonly original: PendingValue,
    private readonly copyOf: (value: unknown) => unknown,
  ) {
    super(original.name)
    this.taskId = original.taskId
  }

  override get settled(): boolean {
    return this.original.settled
  }

  override get value(): unknown {
    this.copy ??= { value: this.copyOf(this.original.value) }
    return this.copy.value
  }
}

export interface ToolCallRecord {
  readonly toolName: string
  readonly args: unknown
  readonly result: string | null
  readonly err: boolean
  readonly errDetails: { readonly message: string } | null
  readonly duration: number
}

/** A model's answer for which tools ran. */
export class Answered extends Unready {
  constructor(
    readonly value: unknown,
    readonly toolCalls: readonly ToolCallRecord[],
  ) {
    super()
  }
}

/**
 * The class of arrays while placeholders are in them: pushing a pending value changes an array's prototype to this one,
 * and back when the last is settled (SPEC 11.4). Such an array has no methods of its own: use indexes and `length`.
 */
export abstract class HoleyArray extends Unready {
  declare length: number;
  [index: number]: unknown
}

/** A value with `.err == true` and payload null (SPEC 10). */
export class ErrorValue {
  constructor(
    readonly type: string,
    readonly message: string,
    readonly location: { readonly line: number; readonly column: number; readonly file: string },
  ) {}
}

export class FunctionValue {
  constructor(
    readonly name: string,
    readonly fn: VibeFunction,
  ) {}
}

export interface ToolParameter {
  readonly name: string
  readonly type: string
  readonly doc: string
}

export class ToolValue {
  constructor(
    readonly name: string,
    readonly description: string,
    readonly params: readonly ToolParameter[],
    /** Called with the arguments in the order of `params`. */
    readonly fn: VibeFunction,
  ) {}
}

export class ModelValue {
  constructor(
    readonly name: string,
    /** null: the settings' key. */
    readonly apiKey: unknown,
    readonly url: string,
    readonly provider: string,
    readonly maxRetries: number,
    readonly effort: string,
    readonly tools: readonly ToolValue[],
  ) {}
}

/** Stands for a stored key: only a model's `apiKey` does something with it, everybody else sees `<key>` (SPEC 13). */
export class KeyMark {
  constructor(
    /** The name it is stored under. */
    readonly name: string,
  ) {}
}

/** A key mark as text. */
export const KEY_TEXT = "<key>"

/** What a `for` goes through when it is not an array: whole numbers from `start`, `length` of them. */
export class NumberSpan {
  constructor(
    readonly start: number,
    readonly length: number,
  ) {}
}

export function newObject(): VibeObject {
  return Object.create(null) as VibeObject
}

export function isObject(value: unknown): value is VibeObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false
  return !isOwn(value)
}

/** Values that are neither arrays nor objects of the program's, though JavaScript calls them objects. */
export function isOwn(value: object): boolean {
  return (
    value instanceof ErrorValue ||
    value instanceof FunctionValue ||
    value instanceof ModelValue ||
    value instanceof ToolValue ||
    value instanceof KeyMark
  )
}

/** An object's own property; undefined where it has none. */
export function property(object: VibeObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** `typeof` as Vibe's messages say it. */
export function typeofWord(value: unknown): string {
  return value instanceof FunctionValue ? "function" : value instanceof KeyMark ? "key" : typeof value
}

/** The same, with arrays and null named. */
export function kindWord(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeofWord(value)
}

/** Error values have the payload null wherever they are not carried along (SPEC 10). */
export function payload(value: unknown): unknown {
  return value instanceof ErrorValue ? null : value
}
