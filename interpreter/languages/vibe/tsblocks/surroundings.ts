// What the code of ts blocks sees besides the program's variables: timers and dates of the run's virtual clock, seeded
// randomness, console output that goes to the program's output, and nothing of the machine (SPEC 9, 13; design: the law).
// Made once for each run; the names shadow the globals of the realm. The sandbox stands behind it.
import type { Kernel } from "../../../kernel/kernel.ts"
import type { RandomStream } from "../../../kernel/random.ts"
import type { Timer } from "../../../kernel/timers.ts"
import { jsonProblem } from "../library/json-problem.ts"
import { uuidFrom } from "../library/uuid.ts"
import type { ProgramErrors } from "./host-errors.ts"
import { HELPERS, helpersOf } from "./rewrite-helpers.ts"

export interface Surroundings {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
}

export interface SurroundingsOptions {
  readonly kernel: Kernel
  readonly random: RandomStream
  readonly startMs: number
  readonly errors: ProgramErrors
  /** Functions of `Math` that hosts compute differently (arithmetic.ts). */
  readonly arithmetic: Readonly<Record<string, (...values: number[]) => number>>
  /** What `**` computes. */
  readonly power: (x: number, y: number) => number
}

/** Globals that a block must not see. `fetch` is apart: it says why. */
const HIDDEN = (
  "globalThis self window global process require module exports Function XMLHttpRequest WebSocket EventSource Worker SharedWorker importScripts postMessage " +
  "indexedDB caches localStorage sessionStorage navigator document location Intl Atomics SharedArrayBuffer WeakRef FinalizationRegistry setImmediate clearImmediate " +
  "requestAnimationFrame BroadcastChannel MessageChannel Buffer WebAssembly " +
  // What one host has and another has not.
  "atob btoa queueMicrotask escape unescape gc DOMException Event EventTarget CustomEvent MessageEvent MessagePort AbortController AbortSignal " +
  "Blob File FormData Headers Request Response ReadableStream WritableStream TransformStream CompressionStream DecompressionStream " +
  "TextDecoderStream TextEncoderStream CloseEvent Storage Navigator Crypto CryptoKey SubtleCrypto Performance PerformanceEntry PerformanceObserver"
).split(" ")

export function surroundings(options: SurroundingsOptions): Surroundings {
  const { kernel, random, errors } = options
  const nowMs = () => options.startMs + kernel.nowUs / 1000
  const timers = new Map<number, Timer>()
  let nextTimer = 1

  const fire = (callback: unknown, args: unknown[]) => {
    kernel.wantDrain()
    try {
      if (typeof callback === "function") callback(...args)
    } catch (problem) {
      kernel.notice(`an error in a timer of a ts block: ${errors.messageOf(problem)}`)
    }
  }
  const setTimeout = (callback: unknown, ms: unknown = 0, ...args: unknown[]): number => {
    const id = nextTimer++
    const delayUs = Math.max(0, Math.floor((Number(ms) || 0) * 1000))
    timers.set(
      id,
      kernel.after(delayUs, () => {
        timers.delete(id)
        fire(callback, args)
      }),
    )
    return id
  }
  const setInterval = (callback: unknown, ms: unknown = 0, ...args: unknown[]): number => {
    const id = nextTimer++
    const delayUs = Math.max(1000, Math.floor((Number(ms) || 0) * 1000))
    const arm = () => {
      timers.set(
        id,
        kernel.after(delayUs, () => {
          arm()
          fire(callback, args)
        }),
      )
    }
    arm()
    return id
  }
  const clear = (id: unknown) => {
    const timer = timers.get(Number(id))
    if (timer) kernel.cancelTimer(timer)
    timers.delete(Number(id))
  }
  const refused = (what: string) => () => {
    throw new (errors.classes.Error as ErrorConstructor)(`${what} is not available in the playground: programs have no network`)
  }
  const bytes = (array: ArrayBufferView): ArrayBufferView => {
    const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    for (let i = 0; i < view.length; i++) view[i] = random.below(256)
    return array
  }

  const seen: Record<string, unknown> = {
    ...errors.classes,
    setTimeout,
    setInterval,
    clearTimeout: clear,
    clearInterval: clear,
    Date: dateClass(nowMs),
    performance: Object.freeze({ now: () => kernel.nowUs / 1000, timeOrigin: options.startMs }),
    JSON: jsonWith(errors),
    Math: mathWith({ ...options.arithmetic, random: () => random.fraction() }),
    crypto: Object.freeze({ randomUUID: () => uuidFrom(random), getRandomValues: bytes }),
    fetch: refused("fetch"),
    [HELPERS]: helpersOf(options.power, errors),
  }
  for (const name of HIDDEN) seen[name] = undefined
  const names = Object.keys(seen)
  return { names, values: names.map((name) => seen[name]) }
}

/** The host's, except that a text that is no JSON is told in our words. */
function jsonWith(errors: ProgramErrors): object {
  const parse = (source?: unknown, reviver?: unknown): unknown => {
    const text = String(source)
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      throw new (errors.classes.SyntaxError as ErrorConstructor)(jsonProblem(text))
    }
    // What a reviver throws is the program's own.
    return typeof reviver === "function" ? JSON.parse(text, reviver as (this: unknown, key: string, value: unknown) => unknown) : value
  }
  return Object.freeze({ parse, stringify: JSON.stringify })
}

function mathWith(own: Readonly<Record<string, unknown>>): object {
  const math: Record<string, unknown> = {}
  for (const name of Object.getOwnPropertyNames(Math)) math[name] = Math[name as keyof Math]
  return Object.freeze(Object.assign(math, own))
}

/** `Date` on the run's clock. Local time is UTC, so the machine's time zone and language never show. */
function dateClass(nowMs: () => number): unknown {
  class RunDate extends Date {
    constructor(...args: unknown[]) {
      const [first] = args
      if (args.length === 0) super(Math.floor(nowMs()))
      else if (args.length > 1) super(Date.UTC(...(args.map(Number) as [number, number])))
      else if (typeof first === "string") super(inUtc(first))
      else super(first as number)
    }
    static override now(): number {
      return Math.floor(nowMs())
    }
    static override parse(text: string): number {
      return Date.parse(inUtc(text))
    }
    override getTimezoneOffset(): number {
      return 0
    }
    override toString(): string {
      return this.toUTCString()
    }
    override toDateString(): string {
      return this.toUTCString().slice(0, 16)
    }
    override toTimeString(): string {
      return this.toUTCString().slice(17)
    }
    override toLocaleString(): string {
      return this.toISOString().slice(0, 19).replace("T", " ")
    }
    override toLocaleDateString(): string {
      return this.toISOString().slice(0, 10)
    }
    override toLocaleTimeString(): string {
      return this.toISOString().slice(11, 19)
    }
  }
  const prototype = RunDate.prototype as unknown as Record<string, unknown>
  for (const part of ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"]) {
    for (const verb of ["get", "set"]) {
      const utc = (Date.prototype as unknown as Record<string, unknown>)[`${verb}UTC${part}`]
      // Defined, not assigned: the sandbox freezes what is inherited.
      if (typeof utc === "function") Object.defineProperty(prototype, `${verb}${part}`, { value: utc, writable: true, configurable: true })
    }
  }
  // Called without `new`, as JavaScript allows, it is the text of now.
  const Callable = function (...args: unknown[]): unknown {
    return new.target ? Reflect.construct(RunDate, args, new.target === Callable ? RunDate : new.target) : new RunDate().toString()
  } as unknown as { prototype: object }
  Object.setPrototypeOf(Callable, RunDate)
  Object.defineProperty(Callable, "name", { value: "Date" })
  Callable.prototype = RunDate.prototype
  Object.defineProperty(RunDate.prototype, "constructor", { value: Callable, writable: true, configurable: true })
  return Callable
}

/** The only form all engines read alike: an ISO date; a time without a zone is "local", which is UTC here. Others are no date. */
function inUtc(text: string): string {
  const match = /^(?:\d{4}|[+-]\d{6})(?:-\d{2}(?:-\d{2})?)?(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return "no date"
  return match[1] !== undefined && match[2] === undefined ? `${text}Z` : text
}
