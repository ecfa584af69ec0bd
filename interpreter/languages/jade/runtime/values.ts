// Jade's values as the emitted program and the library hold them (SPEC 3.1):
//   int     a JavaScript number where exact (|n| < 2^53), else a bigint; never one that fits the other form
//   str     a string; bool a boolean; nil null; undefined is "not set" and never a value
//   float, char, array, dict, struct, stream, function, type, prompt, grammar, future, bytes, module: the classes below
// Arrays, structs and bytes are shared; dicts are copied where they are stored, which `Dict.copy` makes cheap.
import type { EmittedFunction } from "../../../engine/machine.ts"
import { Future } from "../../../kernel/future.ts"
import type { Task } from "../../../kernel/task.ts"
import type { AnswerShape } from "../../../models/request.ts"
import type { Entry } from "../library/entry.ts"

export class Float {
  constructor(readonly value: number) {}
}

export class Char {
  private static readonly known = new Map<string, Char>()
  private constructor(readonly text: string) {}

  /** The char of a text of one code point; chars are compared by text, not by identity. */
  static of(text: string): Char {
    let char = Char.known.get(text)
    if (!char) {
      char = new Char(text)
      if (text < "\u0100") Char.known.set(text, char)
    }
    return char
  }
}

export class Arr {
  constructor(readonly items: unknown[]) {}
}

export class Stream {
  constructor(readonly items: readonly unknown[]) {}
}

export class Bytes {
  constructor(readonly data: Uint8Array) {}
}

/** A dict: copies share one map until either side writes. Keys keep the order of insertion. */
export class Dict {
  private constructor(private box: { map: Map<string, unknown>; shared: boolean }) {}

  static of(map: Map<string, unknown> = new Map()): Dict {
    return new Dict({ map, shared: false })
  }

  get map(): ReadonlyMap<string, unknown> {
    return this.box.map
  }

  copy(): Dict {
    this.box.shared = true
    return new Dict(this.box)
  }

  set(key: string, value: unknown): void {
    if (this.box.shared) this.box = { map: new Map(this.box.map), shared: false }
    this.box.map.set(key, value)
  }
}

/** A struct type at run time. `slots` gives the index of a field; parents' fields come first. */
export class StructType {
  constructor(
    readonly name: string,
    readonly fields: readonly FieldInfo[],
    readonly slots: ReadonlyMap<string, number>,
    readonly methods: ReadonlyMap<string, Fn>,
    /** Itself and everything it inherits from. */
    readonly lineage: ReadonlySet<StructType>,
    /** Runs the decorators over a new instance; null where there are none. */
    readonly decorate: Generated | null,
    readonly routeField: string | null,
    /** The shape of answer that a field's default suggests, by field. */
    readonly hints: ReadonlyMap<string, AnswerShape> = new Map(),
  ) {}
}

export interface FieldInfo {
  readonly name: string
  readonly prompt: boolean
  /** Evaluates the default; null for a required field. */
  readonly initial: Generated | null
}

export class Struct {
  constructor(
    readonly type: StructType,
    readonly values: unknown[],
  ) {}
}

/** An emitted function. */
export type Generated = EmittedFunction

/** `plain` runs in the caller's task; `async` starts a task. Generators are plain: they give back their stream. */
export class Fn {
  constructor(
    readonly name: string,
    readonly async: boolean,
    readonly params: readonly string[],
    /** How many of the params must be given. */
    readonly required: number,
    readonly run: Generated,
  ) {}
}

/** A closure and the globals it took along (SPEC 6.3): they come before the arguments. */
export class Closure {
  constructor(
    readonly arity: number,
    readonly run: Generated,
    readonly captured: readonly unknown[],
  ) {}
}

/** A method of a struct, bound to its receiver. */
export class Method {
  constructor(
    readonly receiver: unknown,
    readonly fn: Fn,
  ) {}
}

/** A built-in function, or a built-in method read without a call (then with its receiver). */
export class Builtin {
  constructor(
    readonly entry: Entry,
    readonly receiver: unknown = undefined,
  ) {}
}

/** A built-in type used as a value: `int`, `str` … */
export class TypeValue {
  constructor(readonly name: string) {}
}

export class Prompt {
  constructor(readonly text: string) {}
}

export class Grammar {
  constructor(
    readonly pattern: string,
    readonly anchor: string | null,
    readonly stop: string | null,
  ) {}
}

/** A module: names to places in the globals object (user modules) or to values (packages). */
export class Module {
  constructor(
    readonly name: string,
    readonly get: (name: string) => unknown,
  ) {}
}

/** The handle of a task, or of a deadline (`time.after`), consumed by one await (SPEC 16.5). */
export class FutureValue {
  consumed = false
  /** `cancel()` was called: nobody waits for it any more. */
  cancelled = false
  /** Settles when the work has ended or was cancelled, never fails. */
  readonly ended = new Future<null>()

  constructor(
    /** Settles with the task's result. */
    readonly work: Future,
    /** null for a deadline. */
    readonly task: Task | null,
  ) {}
}

const INT_LIMIT = 4611686018427387904n
export const MAX_INT = INT_LIMIT - 1n
export const MIN_INT = -INT_LIMIT

/** The int of a bigint in its one form; undefined if it needs more than 63 bits. */
export function intOf(value: bigint): number | bigint | undefined {
  if (value >= -9007199254740991n && value <= 9007199254740991n) return Number(value)
  return value > MAX_INT || value < MIN_INT ? undefined : value
}

export function isInt(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint"
}

export function isCallable(value: unknown): boolean {
  return (
    value instanceof Fn || value instanceof Closure || value instanceof Method || value instanceof Builtin || value instanceof TypeValue
  )
}

/** What a store keeps of a value: dicts are copied, everything else is itself. */
export function stored(value: unknown): unknown {
  return value instanceof Dict ? value.copy() : value
}

/** The name of a value's kind, as messages say it. */
export function kindOf(value: unknown): string {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "int"
    case "string":
      return "str"
    case "boolean":
      return "bool"
  }
  if (value === null || value === undefined) return "nil"
  if (value instanceof Struct) return value.type.name
  if (value instanceof Float) return "float"
  if (value instanceof Char) return "char"
  if (value instanceof Arr) return "array"
  if (value instanceof Dict) return "dict"
  if (value instanceof Stream) return "stream"
  if (value instanceof Bytes) return "bytes"
  if (value instanceof Prompt) return "prompt"
  if (value instanceof Grammar) return "grammar"
  if (value instanceof FutureValue) return "future"
  if (value instanceof Fn || value instanceof Closure) return "fn"
  if (value instanceof Method) return "method"
  if (value instanceof Builtin) return "builtin"
  if (value instanceof Module) return "module"
  return "type"
}
