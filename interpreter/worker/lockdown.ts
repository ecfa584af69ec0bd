// The inner wall of the sandbox: before the first program, the worker's global loses everything a program has no business
// with, and what stays is frozen. The outer walls (an opaque origin, a content policy without network or eval) stand
// without it; this one keeps programs from the page's ear (forged messages), from each other (a changed prototype, a
// global left behind for the next run) and from what would make two runs differ (clocks, zones, locales, random numbers,
// host arithmetic). Called once by worker/entry.ts, before anything is run; see design "Worker and sandbox".
import { tameDate } from "./tame-date.ts"

/** Everything a program may find in the global: ECMAScript 2023 less what shares memory, watches the collector or knows a locale. */
const ALLOWED = new Set(
  (
    "globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent " +
    "Object Function Array String Boolean Number BigInt Symbol Math JSON Reflect Proxy Map Set WeakMap WeakSet Promise RegExp Date " +
    "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError ArrayBuffer DataView Int8Array Uint8Array " +
    "Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array " +
    "console URL URLSearchParams TextEncoder TextDecoder structuredClone"
  ).split(" "),
)

/** The part of `Math` whose results are the same bits everywhere. */
const EXACT_MATH = new Set(
  "E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs ceil clz32 floor fround imul max min round sign sqrt trunc".split(" "),
)

/** Makes the realm of `scope` (the worker's global) safe for programs. Gives the names it could not remove; there should be none. */
export function lockdown(scope: object): readonly string[] {
  const kept = hidden()
  const left = removeGlobals(scope)
  tameBuiltIns(scope)
  const roots: unknown[] = [...kept]
  for (const name of ALLOWED) roots.push(Reflect.get(scope, name))
  enableOverrides()
  freezeAll(roots, scope)
  Object.freeze(scope)
  return left
}

/** Built-ins that no global names: what literals, generators and iterators inherit from. */
function hidden(): object[] {
  const up = (value: object): object => Object.getPrototypeOf(value) as object
  const functions = [function* () {}, async () => {}, async function* () {}]
  const found: object[] = []
  for (const one of functions)
    found.push(up(one), (up(one) as { constructor: object }).constructor, (one.prototype as object | undefined) ?? up(one))
  const iterators = [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    "".matchAll(/x/g),
  ]
  for (const iterator of iterators) found.push(up(iterator), up(up(iterator)))
  found.push(up(Uint8Array), up(function* () {}.prototype as object), up(async function* () {}.prototype as object))
  found.push(...helpersOfIterators().map(up), up(new URLSearchParams().entries()), ...cloningError())
  return found
}

/** What iterator helpers give, where the browser has them: classes of their own that nothing else leads to. */
function helpersOfIterators(): object[] {
  const { Iterator } = globalThis as { Iterator?: { from?(source: object): object } }
  const values = [][Symbol.iterator]() as { map?(change: (value: unknown) => unknown): object }
  const given = [values.map?.((value) => value), Iterator?.from?.({ next: () => ({ done: true, value: undefined }) })]
  return given.filter((one) => one !== undefined)
}

/** The class of the error for a value that cannot be cloned (DOMException): a program meets it, though no global names it. */
function cloningError(): object[] {
  try {
    structuredClone(() => {})
  } catch (error) {
    return [Object.getPrototypeOf(error) as object]
  }
  return []
}

function removeGlobals(scope: object): string[] {
  const left: string[] = []
  for (const name of ALLOWED) {
    // Some browsers keep functions of the global (structuredClone) on one of its prototypes, which are emptied below.
    const value: unknown = Reflect.get(scope, name)
    if (typeof value !== "function" || Object.hasOwn(scope, name)) continue
    Object.defineProperty(scope, name, { value: value.bind(scope), writable: true, enumerable: false, configurable: true })
  }
  // Properties of what the global inherits from too: addEventListener stands on its third prototype.
  for (let holder: object | null = scope; holder && holder !== Object.prototype; holder = Object.getPrototypeOf(holder) as object | null) {
    for (const key of Reflect.ownKeys(holder)) {
      if (holder === scope && (typeof key === "symbol" || ALLOWED.has(key))) continue
      if (Reflect.deleteProperty(holder, key)) continue
      // Chromium keeps two constants (TEMPORARY, PERSISTENT): numbers can do nothing.
      const value: unknown = Reflect.get(holder, key)
      if (typeof value === "object" || typeof value === "function") left.push(String(key))
    }
    if (holder !== scope) Object.freeze(holder)
  }
  return left
}

function tameBuiltIns(scope: object): void {
  const remove = (holder: object, ...names: string[]) => {
    for (const name of names) Reflect.deleteProperty(holder, name)
  }
  const replace = (holder: object, name: string, value: unknown) =>
    Object.defineProperty(holder, name, { value, writable: true, enumerable: false, configurable: true })

  for (const name of Object.getOwnPropertyNames(Math)) if (!EXACT_MATH.has(name)) remove(Math, name)
  replace(scope, "Date", tameDate())

  // Locales.
  for (const holder of [Object, Array, Number, BigInt, Object.getPrototypeOf(Uint8Array) as typeof Uint8Array]) {
    remove(holder.prototype, "toLocaleString")
  }
  remove(String.prototype, "localeCompare", "toLocaleLowerCase", "toLocaleUpperCase")

  // Code from text. The content policy refuses it too, but with words of the browser.
  for (const one of [() => {}, function* () {}, async () => {}, async function* () {}]) {
    const prototype = Object.getPrototypeOf(one) as object
    const refuse = function code() {
      throw new EvalError("code from text is not available here")
    }
    Object.defineProperty(refuse, "prototype", { value: prototype, writable: false })
    Object.defineProperty(prototype, "constructor", { value: refuse, writable: false, enumerable: false, configurable: true })
    if (prototype === Function.prototype) replace(scope, "Function", refuse)
  }

  // State that would pass from one run to the next, stack texts that hold the random address a program was loaded from,
  // and `__proto__`, which is an ordinary key of a dictionary.
  for (const name of Object.getOwnPropertyNames(RegExp)) if (!["prototype", "length", "name", "escape"].includes(name)) remove(RegExp, name)
  remove(Error, "captureStackTrace", "prepareStackTrace")
  Object.defineProperty(Error, "stackTraceLimit", { value: 0, writable: false, enumerable: false, configurable: false })
  remove(Object.prototype, "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__")

  remove(URL, "createObjectURL", "revokeObjectURL")
  const host = Reflect.get(scope, "console") as Record<string, (...given: unknown[]) => void> | undefined
  const quiet: Record<string, unknown> = {}
  for (const name of ["log", "info", "warn", "error", "debug"]) quiet[name] = host?.[name]?.bind(host)
  replace(scope, "console", quiet)
}

/**
 * A frozen property of a prototype cannot be assigned to on the objects below it (`this.name = "X"` in an error class
 * would throw). So the properties people do override (not those of arrays and maps, which must stay fast) become accessors whose setter defines the property on the object.
 */
function enableOverrides(): void {
  const errors = [Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  for (const prototype of [Object.prototype, Date.prototype, ...errors.map((error) => error.prototype)]) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const known = Object.getOwnPropertyDescriptor(prototype, name)
      if (!known || !("value" in known) || !known.configurable) continue
      const value: unknown = known.value
      Object.defineProperty(prototype, name, {
        get: () => value,
        set(this: unknown, given: unknown) {
          if (this === prototype || (typeof this !== "object" && typeof this !== "function") || this === null) {
            throw new TypeError(`built-ins cannot be changed here ('${name}')`)
          }
          Object.defineProperty(this, name, { value: given, writable: true, enumerable: true, configurable: true })
        },
        enumerable: false,
        configurable: false,
      })
    }
  }
}

/** Freezes everything that can be reached from `roots` by properties, accessors and prototypes. */
function freezeAll(roots: readonly unknown[], scope: object): void {
  const seen = new Set<unknown>([scope, null, undefined])
  const waiting = [...roots]
  while (waiting.length) {
    const one = waiting.pop()
    if ((typeof one !== "object" && typeof one !== "function") || one === null || seen.has(one)) continue
    seen.add(one)
    waiting.push(Object.getPrototypeOf(one))
    for (const key of Reflect.ownKeys(one)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(one, key)
      waiting.push(descriptor?.value, descriptor?.get, descriptor?.set)
    }
    Object.freeze(one)
  }
}
