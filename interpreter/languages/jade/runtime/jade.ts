// The state of one run of a Jade program and how anything is called in it. The library's bodies and the operations of the
// emitted program work on this object; what concerns tasks and models is in tasks.ts and ask.ts.
//
// The protocol of a call (engine): it gives a value, or SUSPENDED (the task waits and wakes with the value), or a
// generator to run. `pending` tells; a body that needs the value does `if (pending(r)) r = yield r`.
import { Fault } from "../../../engine/fault.ts"
import { GeneratorObject } from "../../../engine/machine.ts"
import type { Kernel } from "../../../kernel/kernel.ts"
import { limitAt } from "../../../kernel/limits.ts"
import { RandomStream } from "../../../kernel/random.ts"
import { type Coroutine, type Signal, SUSPENDED } from "../../../kernel/task.ts"
import { Kind } from "../../../trace/event.ts"
import type { Host } from "../../host.ts"
import type { Entry } from "../library/entry.ts"
import { Asking } from "./ask.ts"
import { arityMismatch, repeatedKeyword, typeError, unknownKeyword } from "./faults.ts"
import { Tasks } from "./tasks.ts"
import {
  Arr,
  Builtin,
  Bytes,
  Char,
  Closure,
  Dict,
  Float,
  Fn,
  FutureValue,
  Grammar,
  isCallable,
  isInt,
  kindOf,
  Method,
  Prompt,
  Stream,
  Struct,
  type StructType,
  TypeValue,
} from "./values.ts"

/** What the lowering hands on besides the emitted program (see lower/unit.ts). */
export interface Names {
  readonly entryPath: string
  /** Keys of globals by name, for each file. */
  readonly globals: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** What modules offer: a key of the globals, or the number of a struct type; for each file. */
  readonly exports: ReadonlyMap<string, ReadonlyMap<string, string | number>>
}

export class Jade {
  readonly kernel: Kernel
  readonly tasks: Tasks
  readonly asking: Asking
  /** The globals object of the program; set when it is linked. */
  globals: Record<string, unknown> = {}
  /** Struct types by their number in the program. */
  readonly structs: StructType[] = []
  readonly fns = new Map<number, Fn>()
  readonly variables: Map<string, string>
  random: RandomStream

  constructor(
    readonly host: Host,
    readonly names: Names,
    /** The functions that are always there; null for the names that are values of another kind. */
    private readonly library: ReadonlyMap<string, Entry | null>,
    /** Files besides the first: the top level of one runs inside another's, which is no call of the program. */
    private readonly modules: number,
  ) {
    this.kernel = host.kernel
    this.tasks = new Tasks(this)
    this.asking = new Asking(this)
    this.random = host.random
    this.variables = new Map(Object.entries(host.options.variables))
  }

  reseed(seed: number): void {
    this.random = new RandomStream("program", seed)
  }

  /** The value of a global of the file that a site belongs to; undefined if there is none. */
  globalNamed(name: string, site: number): unknown {
    const file = this.host.siteRange(site)?.file ?? ""
    const key = this.names.globals.get(file)?.get(name)
    return key === undefined ? undefined : this.globals[key]
  }

  /** The value of a predefined function's name; undefined if there is none. */
  builtinNamed(name: string): Builtin | TypeValue | undefined {
    const entry = this.library.get(name)
    if (!entry) return undefined
    return TYPE_FUNCTIONS.has(name) ? new TypeValue(name) : new Builtin(entry)
  }

  /** The file of a site, if it is not the program's own. */
  importedFile(site: number): string | null {
    const file = this.host.siteRange(site)?.file ?? this.names.entryPath
    return file === this.names.entryPath ? null : file
  }

  /** A task's body: what ends it by a fault is in the trace at the place where it happened. */
  body(frame: Generator<unknown, unknown, unknown>): Coroutine {
    return new TaskBody(this.kernel, this.host.machine.coroutine(frame, this.modules))
  }

  // ---- calls ----------------------------------------------------------------------------------------------------------

  call(callee: unknown, args: readonly unknown[], site: number): unknown {
    if (callee instanceof Fn) {
      if (args.length < callee.required || args.length > callee.params.length) throw arityMismatch(callee.params.length, args.length, site)
      return callee.async ? this.tasks.spawn(callee, args, site) : this.host.machine.call(callee.run, this.globals, args, site)
    }
    if (callee instanceof Closure) {
      if (args.length !== callee.arity) throw arityMismatch(callee.arity, args.length, site)
      return this.host.machine.call(callee.run, this.globals, joined(callee.captured, args), site)
    }
    if (callee instanceof Method) return this.call(callee.fn, [callee.receiver, ...args], site)
    if (callee instanceof Builtin) return this.builtin(callee.entry, callee.receiver, args, site)
    if (callee instanceof TypeValue) {
      const entry = this.library.get(callee.name)
      if (entry) return this.builtin(entry, undefined, args, site)
    }
    throw new Fault("NotCallable", `not callable: ${kindOf(callee)}`, site)
  }

  /** `call` with one argument, without a list of it where that can be. */
  call1(callee: unknown, a: unknown, site: number): unknown {
    const { machine } = this.host
    if (callee instanceof Closure && callee.arity === 1) {
      const { run, captured } = callee
      if (captured.length === 0) return machine.call1(run, this.globals, a, site)
      if (captured.length === 1) return machine.call2(run, this.globals, captured[0], a, site)
      if (captured.length === 2) return machine.call3(run, this.globals, captured[0], captured[1], a, site)
    } else if (callee instanceof Fn && callee.params.length === 1 && !callee.async) return machine.call1(callee.run, this.globals, a, site)
    return this.call(callee, [a], site)
  }

  /** `call` with two arguments. */
  call2(callee: unknown, a: unknown, b: unknown, site: number): unknown {
    const { machine } = this.host
    if (callee instanceof Closure && callee.arity === 2) {
      const { run, captured } = callee
      if (captured.length === 0) return machine.call2(run, this.globals, a, b, site)
      if (captured.length === 1) return machine.call3(run, this.globals, captured[0], a, b, site)
    } else if (callee instanceof Fn && callee.params.length === 2 && !callee.async)
      return machine.call2(callee.run, this.globals, a, b, site)
    return this.call(callee, [a, b], site)
  }

  /** A call with keyword arguments: `names[i]` is the name of the ith argument or null. */
  callNamed(callee: unknown, args: readonly unknown[], names: readonly (string | null)[], site: number): unknown {
    if (callee instanceof Method) return this.callNamed(callee.fn, [callee.receiver, ...args], [null, ...names], site)
    if (callee instanceof Fn) return this.call(callee, placeArguments(callee, args, names, site), site)
    const positional = args.filter((_, i) => names[i] === null)
    const named = new Map(args.flatMap((arg, i) => (names[i] === null || names[i] === undefined ? [] : [[names[i], arg] as const])))
    if (callee instanceof Builtin) return this.builtin(callee.entry, callee.receiver, positional, site, named)
    return this.call(callee, [...positional, ...named.values()], site)
  }

  /** Calls a builtin: counts and checks the arguments by its signature, then runs its body. */
  builtin(entry: Entry, receiver: unknown, args: readonly unknown[], site: number, named: ReadonlyMap<string, unknown> = NONE): unknown {
    const own = new Map<string, unknown>()
    let given = args
    if (named.size > 0) {
      const appended: unknown[] = []
      for (const [name, value] of named) {
        if (entry.named?.includes(name)) own.set(name, value)
        else appended.push(value)
      }
      if (appended.length > 0) given = [...args, ...appended]
    }
    if (given.length < entry.least || given.length > entry.most) throw arityMismatch(entry.params.length, given.length, site)
    const { params } = entry
    // A char has the methods of its text.
    const checked: unknown[] = receiver === undefined ? [] : [receiver instanceof Char ? receiver.text : receiver]
    for (let i = 0; i < given.length; i++) {
      const param = params[Math.min(i, params.length - 1)]
      const value = given[i]
      if (!param || param.kind === "any") checked.push(value)
      else {
        const fitting = fitted(param.kind, value)
        if (fitting === undefined)
          throw typeError(`${entry.shortName}() expects ${param.kind} for ${param.name}, got ${kindOf(value)}`, site)
        checked.push(fitting)
      }
    }
    try {
      return entry.run(this, checked, site, own)
    } catch (problem) {
      throw limitAt(site, problem)
    }
  }

  /** Counts what a container grows by: a place and, for a text, its units. */
  countStored(value: unknown, site = -1): void {
    this.kernel.countValueBytes(typeof value === "string" ? 16 + 2 * value.length : 16, site)
  }

  /** Counts a value that takes the place of another. */
  countReplaced(old: unknown, value: unknown, site: number): void {
    const grown = (typeof value === "string" ? value.length : 0) - (typeof old === "string" ? old.length : 0)
    if (grown !== 0) this.kernel.countValueBytes(2 * grown, site)
  }

  /**
   * Counts a new container by the containers in it: what holds nothing but plain values is soon gone again in most
   * programs, while chains and trees are what grows without an end.
   */
  countMade(items: readonly unknown[], site = -1): void {
    let held = 0
    for (const item of items) if (typeof item === "object" && item !== null && isContainer(item)) held++
    if (held > 0) this.kernel.countValueBytes(16 + 16 * held, site)
  }

  /** Counts the elements of a list that an operation made in one go, if there are many. */
  countList(length: number): void {
    if (length >= LONG_LIST) this.kernel.countValueBytes(16 * length)
  }

  /** Ends the run if a text of this length would be past the limit of values. */
  allowLength(units: number, site = -1): void {
    if (units * 2 > this.kernel.limits.valueBytes) this.kernel.countValueBytes(units * 2, site)
  }
}

/** Functions that are types: they print as `<type int>`. */
const TYPE_FUNCTIONS: ReadonlySet<string> = new Set(["int", "float", "bool", "str", "char"])

const LONG_LIST = 10_000

function isContainer(value: object): boolean {
  return value instanceof Arr || value instanceof Struct || value instanceof Dict || value instanceof Closure || value instanceof Stream
}

const NONE: ReadonlyMap<string, unknown> = new Map()

/** `[...first, ...rest]`, which for a few items is most of the cost of calling a closure. */
function joined(first: readonly unknown[], rest: readonly unknown[]): readonly unknown[] {
  if (first.length === 0) return rest
  if (first.length === 1 && rest.length === 1) return [first[0], rest[0]]
  const all: unknown[] = []
  for (const item of first) all.push(item)
  for (const item of rest) all.push(item)
  return all
}

class TaskBody implements Coroutine {
  constructor(
    private readonly kernel: Kernel,
    private readonly inner: Coroutine,
  ) {}

  get result(): unknown {
    return this.inner.result
  }

  resume(value: unknown, threw: boolean): Signal {
    try {
      return this.inner.resume(value, threw)
    } catch (failure) {
      if (failure instanceof Fault) {
        const { kind, message, site } = failure
        this.kernel.record(Kind.Fault, site, this.kernel.text(JSON.stringify({ kind, message })), 0)
      }
      throw failure
    }
  }
}

/** A call gave no value yet: it must be yielded. */
export function pending(result: unknown): boolean {
  return result === SUSPENDED || result instanceof GeneratorObject
}

/** Arguments by position of a call with keywords; what is not given stays undefined. */
function placeArguments(fn: Fn, args: readonly unknown[], names: readonly (string | null)[], site: number): unknown[] {
  const placed: unknown[] = []
  let count = 0
  args.forEach((arg, i) => {
    const name = names[i] ?? null
    let at = count
    if (name !== null) {
      at = fn.params.indexOf(name)
      if (at < 0) throw unknownKeyword(fn.name, name, site)
      if (at in placed) throw repeatedKeyword(fn.name, name, site)
    } else count++
    placed[at] = arg
  })
  if (args.length > fn.params.length) throw arityMismatch(fn.params.length, args.length, site)
  for (let i = 0; i < fn.required; i++) if (!(i in placed)) throw arityMismatch(fn.params.length, args.length, site)
  return Array.from({ length: placed.length }, (_, i) => placed[i])
}

/** Which values are of a kind that signatures name. */
const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: () => true,
  str: (value) => typeof value === "string",
  int: isInt,
  float: (value) => value instanceof Float,
  number: (value) => isInt(value) || value instanceof Float,
  bool: (value) => typeof value === "boolean",
  array: (value) => value instanceof Arr,
  stream: (value) => value instanceof Stream,
  dict: (value) => value instanceof Dict,
  bytes: (value) => value instanceof Bytes,
  fn: isCallable,
  future: (value) => value instanceof FutureValue,
  prompt: (value) => value instanceof Prompt,
  grammar: (value) => value instanceof Grammar,
  nil: (value) => value === null,
  struct: (value) => value instanceof Struct,
}

/** The value as a parameter of that kind wants it; undefined if it does not fit. */
function fitted(kind: string, value: unknown): unknown {
  if (kind === "str" && value instanceof Char) return value.text
  const fits = KINDS[kind]
  if (fits) return fits(value) ? value : undefined
  if (!kind.includes(" | ")) throw new RangeError(`no kind of value: ${kind}`)
  for (const one of kind.split(" | ")) {
    const fitting = fitted(one, value)
    if (fitting !== undefined) return fitting
  }
  return undefined
}
