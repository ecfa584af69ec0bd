// The object `R` of the emitted program: every operation that the lowering names, over one run's state. Operations of mode
// `may` give a value, SUSPENDED or a generator; the others give their value at once or throw a Fault.
import { Fault } from "../../../engine/fault.ts"
import { Kind } from "../../../trace/event.ts"
import { callable, packages } from "../library/index.ts"
import { containerOf } from "../library/types.ts"
import { field, index, invoke, iterable, lengthOfValue, setField, setIndex, withFirst } from "./access.ts"
import * as arith from "./arith.ts"
import { RUNTIME_ERROR } from "./ask.ts"
import type { Target } from "./coerce.ts"
import { arityMismatch, raised, repeatedKeyword, typeError, undefinedVariable, unknownKeyword } from "./faults.ts"
import { type Jade, pending } from "./jade.ts"
import { muted } from "./muted.ts"
import { joinedForms, printForm } from "./print.ts"
import { Characters } from "./text.ts"
import {
  Arr,
  Builtin,
  Char,
  Closure,
  Dict,
  Float,
  type Fn,
  type Generated,
  Grammar,
  isCallable,
  kindOf,
  Module,
  Prompt,
  Stream,
  Struct,
  StructType,
  stored,
  TypeValue,
} from "./values.ts"

type Steps = Generator<unknown, unknown, unknown>

export function operationsOf(jade: Jade): Record<string, unknown> {
  const { kernel, tasks, asking } = jade
  const modules = new Map<string, Module>()
  const constants = new Map<string, unknown>()

  const builtinValue = (name: string): unknown => {
    let value = constants.get(name)
    if (value === undefined) {
      value = valueOfBuiltin(name)
      constants.set(name, value)
    }
    return value
  }

  const packageModule = (name: string): Module => {
    let module = modules.get(name)
    if (!module) {
      const entries = packages.get(name)
      module = new Module(name, (member) => {
        const entry = entries?.get(member)
        return entry ? new Builtin(entry) : undefined
      })
      modules.set(name, module)
    }
    return module
  }

  const valueOfBuiltin = (name: string): unknown => {
    if (name === "nil" || name === "None" || name === "null") return null
    if (name === "Grammar") return packageModule("Grammar")
    return jade.builtinNamed(name) ?? new TypeValue(name)
  }

  /** A stage that is known only now (SPEC 8.1). */
  const applyStage = (value: unknown, stage: unknown, site: number): unknown => {
    if (!isCallable(stage)) {
      const kind = kindOf(stage)
      const why =
        kind === "grammar" ? "a grammar constrains only a reply of the model" : `${kind} is neither a function, a type nor a grammar`
      throw new Fault("InvalidPipeStage", `invalid pipe stage: ${why}`, site)
    }
    return jade.call(stage, [value], site)
  }

  function* dereferenceInto(prompt: unknown, stage: unknown, site: number): Steps {
    if (stage instanceof StructType) return yield asking.dereference(prompt, { k: "struct", type: stage }, null, site)
    if (stage instanceof TypeValue) return yield asking.dereference(prompt, { k: "type", name: stage.name }, null, site)
    if (stage instanceof Grammar) return yield asking.dereference(prompt, null, stage, site)
    const reply = yield asking.dereference(prompt, null, null, site)
    const result = applyStage(reply, stage, site)
    return pending(result) ? yield result : result
  }

  function* awaitDereference(prompt: unknown, stage: unknown, awaitSite: number, site: number): Steps {
    const value = yield dereferenceInto(prompt, stage, site)
    if (stage instanceof StructType || stage instanceof TypeValue || stage instanceof Grammar) return value
    const result = tasks.await(value, awaitSite)
    return pending(result) ? yield result : result
  }

  function* printDereference(prompt: unknown, stage: unknown, end: unknown, site: number): Steps {
    const value = yield dereferenceInto(prompt, stage, site)
    const text = kindOf(end) === "str" || kindOf(end) === "char" ? printForm(end) : undefined
    if (text === undefined) throw typeError(`print() expects str for end, got ${kindOf(end)}`, site)
    kernel.print((stage instanceof Grammar && typeof value === "string" ? muted(value, stage) : printForm(value)) + text, site)
    return null
  }

  /** What the last struct type had under the name written at a site: most places see one type, and a look into its map is
   * what reading a field would cost otherwise. */
  const fieldsSeen: { readonly type: StructType; readonly name: string; readonly slot: number }[] = []
  const methodsSeen: { readonly type: StructType; readonly name: string; readonly method: Fn }[] = []

  const fieldAt = (object: unknown, name: string, site: number): unknown => {
    if (!(object instanceof Struct)) return field(object, name, site)
    const seen = fieldsSeen[site]
    if (seen !== undefined && seen.type === object.type && seen.name === name) return object.values[seen.slot]
    const slot = object.type.slots.get(name)
    if (slot === undefined) return field(object, name, site)
    fieldsSeen[site] = { type: object.type, name, slot }
    return object.values[slot]
  }

  const invokeAt = (object: unknown, name: string, args: readonly unknown[], site: number): unknown => {
    if (!(object instanceof Struct)) return invoke(jade, object, name, args, site)
    let seen = methodsSeen[site]
    if (seen === undefined || seen.type !== object.type || seen.name !== name) {
      const method = object.type.slots.has(name) ? undefined : object.type.methods.get(name)
      if (!method) return invoke(jade, object, name, args, site)
      seen = { type: object.type, name, method }
      methodsSeen[site] = seen
    }
    return jade.call(seen.method, withFirst(object, args), site)
  }

  const operations: Record<string, unknown> = Object.create(null)
  return Object.assign(operations, arith, {
    add: (left: unknown, right: unknown, site: number) => {
      if (typeof left === "string" && typeof right === "string") {
        if (left.length + right.length > LONG_TEXT) jade.allowLength(left.length + right.length, site)
        return left + right
      }
      return arith.add(left, right, site)
    },

    // -- values
    float: (value: number) => new Float(value),
    text: (parts: readonly unknown[], site: number) => joinedForms(jade, parts, "", site),
    arr: (items: unknown[], site: number) => {
      jade.countMade(items, site)
      return new Arr(items)
    },
    dict: (keys: readonly unknown[], values: readonly unknown[], site: number) => {
      jade.countMade(values, site)
      const map = new Map<string, unknown>()
      keys.forEach((key, i) => {
        const text = typeof key === "string" ? key : kindOf(key) === "char" ? printForm(key) : undefined
        if (text === undefined) throw typeError(`a key of a dict is a str, got ${kindOf(key)}`, site)
        map.set(text, values[i])
      })
      return Dict.of(map)
    },
    stored,
    prompt: (text: unknown, site: number) => {
      const kind = kindOf(text)
      if (kind !== "str" && kind !== "char") throw typeError(`a prompt needs a str, got ${kind}`, site)
      return new Prompt(printForm(text))
    },
    promptField: (value: unknown, site: number) => {
      if (value instanceof Prompt) return value
      const kind = kindOf(value)
      if (kind !== "str" && kind !== "char") throw typeError(`a prompt field needs a str, got ${kind}`, site)
      return new Prompt(printForm(value))
    },
    closure: (arity: number, run: Generated, captured: readonly unknown[], site: number) => {
      jade.countMade(captured, site)
      return new Closure(arity, run, captured)
    },
    fn: (id: number) => jade.fns.get(id),
    structType: (id: number) => jade.structs[id],
    builtinValue,
    stream: (items: unknown[]) => new Stream(items),
    append: (items: unknown[], value: unknown, site: number) => {
      jade.countStored(value, site)
      items.push(stored(value))
    },

    // -- structs
    make: (id: number, values: unknown[], site: number) => {
      jade.countMade(values, site)
      return new Struct(jade.structs[id] as StructType, values)
    },
    spread: (base: unknown, name: string, initial: Generated | null, site: number): unknown => {
      if (!(base instanceof Struct)) throw typeError(`only a struct can be spread, got ${kindOf(base)}`, site)
      const slot = base.type.slots.get(name)
      if (slot !== undefined) return stored(base.values[slot])
      if (!initial) throw new Fault("MissingField", `missing field: ${name} is given neither by name nor by the base`, site)
      return initial(jade.globals)
    },

    // -- access
    index,
    setIndex: (object: unknown, at: unknown, value: unknown, site: number) => setIndex(jade, object, at, value, site),
    field: fieldAt,
    setField,
    iterable,
    size: (items: readonly unknown[] | Characters) => items.length,
    element: (items: readonly unknown[] | Characters, i: number) =>
      items instanceof Characters ? Char.of(items.next()) : stored(items[i]),
    ended: (items: readonly unknown[] | Characters, i: number, length: number) => i >= length || i >= items.length,
    len: lengthOfValue,

    // -- calls
    call: (callee: unknown, args: readonly unknown[], site: number) => jade.call(callee, args, site),
    call1: (callee: unknown, a: unknown, site: number) => jade.call1(callee, a, site),
    call2: (callee: unknown, a: unknown, b: unknown, site: number) => jade.call2(callee, a, b, site),
    callNamed: (callee: unknown, args: readonly unknown[], names: string, site: number) =>
      jade.callNamed(callee, args, namesOf(names), site),
    invoke: invokeAt,
    invokeNamed: (object: unknown, name: string, args: readonly unknown[], names: string, site: number) =>
      jade.callNamed(field(object, name, site), args, namesOf(names), site),
    spawn: (id: number, args: readonly unknown[], site: number) => {
      const fn = jade.fns.get(id)
      return fn ? tasks.spawn(fn, args, site) : null
    },
    builtin: (name: string, args: readonly unknown[], site: number) => {
      const entry = callable.get(name)
      return entry ? jade.builtin(entry, undefined, args, site) : null
    },
    arity: (expected: number, got: number, site: number) => {
      throw arityMismatch(expected, got, site)
    },
    unknownKeyword: (fn: string, name: string, site: number) => {
      throw unknownKeyword(fn, name, site)
    },
    repeatedKeyword: (fn: string, name: string, site: number) => {
      throw repeatedKeyword(fn, name, site)
    },

    // -- names
    undefinedVariable: (name: string, site: number) => {
      throw undefinedVariable(name, site)
    },
    /** A global that the closure did not take along, since it had no value yet. */
    live: (value: unknown, name: string, site: number) => {
      if (value === undefined) throw undefinedVariable(name, site)
      return value
    },
    /** What a closure takes along of a global. */
    captured: (own: unknown, live: unknown) => stored(own === undefined ? live : own),
    notCaptured: (name: string, site: number) => {
      const why = `undefined variable: a closure cannot see ${name}, a local of the function around it. Pass it as an argument`
      throw new Fault("UndefinedVariable", why, site)
    },
    session: (name: string) => {
      if (name === "__tokens__") return tasks.tokens
      if (name === "__model__") return asking.model
      return name === "__max_retries__" ? asking.maxRetries : asking.retryLog
    },
    packageModule,
    userModule: (name: string, path: string) => {
      const keys = jade.names.exports.get(path)
      return new Module(name, (member) => {
        const key = keys?.get(member)
        if (typeof key === "number") return jade.structs[key]
        return key === undefined ? undefined : jade.globals[key]
      })
    },

    // -- prompts
    ask: (prompt: unknown, site: number) => asking.dereference(prompt, null, null, site),
    askAs: (prompt: unknown, type: string, site: number) =>
      asking.dereference(prompt, { k: "type", name: type } satisfies Target, null, site),
    askStruct: (prompt: unknown, id: number, site: number) =>
      asking.dereference(prompt, { k: "struct", type: jade.structs[id] as StructType }, null, site),
    askInto: dereferenceInto,
    askAwaited: awaitDereference,
    printAsked: printDereference,
    pipeInto: applyStage,
    container: containerOf,

    // -- tasks
    await: (value: unknown, site: number) => tasks.await(value, site),

    // -- exceptions
    raised: (value: unknown, site: number) => raised(stored(value), site),
    caught: (thrown: unknown): Fault => {
      if (thrown instanceof Fault) return thrown
      throw thrown
    },
    isRuntimeError: (fault: Fault) => {
      if (!Array.isArray(fault.payload)) return true
      // One that was caught and raised again.
      const value = (fault.payload as unknown[])[0]
      return value instanceof Struct && value.type === RUNTIME_ERROR
    },
    catches: (fault: Fault, id: number) => {
      const value = Array.isArray(fault.payload) ? (fault.payload as unknown[])[0] : undefined
      return value instanceof Struct && value.type.lineage.has(jade.structs[id] as StructType)
    },
    exceptionValue: (fault: Fault) => asking.exceptionValue(fault),

    // -- the program as a whole
    finish: () => {
      tasks.tellUnawaited()
    },
    /** The last statement of a console's entry was a dereference: it shows its reply itself and gives nothing to echo. */
    streamed: (value: unknown, site: number) => {
      if (!jade.host.options.sequential) return value
      kernel.print(`${printForm(value)}\n`, site)
      return null
    },
    section: (name: string, end: number) => {
      kernel.record(Kind.Section, -1, kernel.text(name), end)
    },
    cellFailed: (fault: Fault) => {
      kernel.record(Kind.Fault, fault.site, kernel.text(JSON.stringify({ kind: fault.kind, message: fault.message })), 0)
      kernel.printError(`${asking.placedMessage(fault)}\n`, fault.site)
    },
  })
}

/** Texts up to this length are put together without asking. */
const LONG_TEXT = 65_536

/** Names of arguments travel as one text: `,end,` for three of which the second is named. */
function namesOf(joined: string): (string | null)[] {
  return joined.split(",").map((name) => (name === "" ? null : name))
}
