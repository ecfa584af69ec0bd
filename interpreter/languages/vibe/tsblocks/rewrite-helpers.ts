// What rewritten code of ts blocks calls (rewrite.ts): powers, and errors that are caught.
import type { ProgramErrors } from "./host-errors.ts"
import { compareTexts, numberText } from "./locale.ts"
import { isThenable } from "./thenable.ts"

/** Their name in the surroundings. No program can say it. */
export const HELPERS = "**"

/** What the rewritten code calls. */
export interface Helpers {
  /** `x ** y`. */
  of(x: unknown, y: unknown): unknown
  /** A property, read once: `power` assigns it. */
  place(object: unknown, key: unknown): { power(y: unknown): unknown }
  /** What was caught, in our words where an engine made it. */
  told(thrown: unknown): unknown
  /** A method of `LOCALE_METHODS`, to be called. */
  locale(object: unknown, method: string): (...args: unknown[]) => unknown
  /** What `allSettled` gives, its reasons told. */
  settled(outcomes: unknown): unknown
  /** A handler of failures that gets what is told. */
  heard(handler: unknown): unknown
}

/** Of bigints, which no host rounds. */
function wholePower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new RangeError("the exponent of a bigint must not be negative")
  let [result, square] = [1n, base]
  for (let left = exponent; left > 0n; left /= 2n) {
    if (left % 2n === 1n) result *= square
    if (left > 1n) square *= square
  }
  return result
}

/** `pow` is for numbers and the same bits everywhere. */
export function helpersOf(pow: (x: number, y: number) => number, errors: ProgramErrors): Helpers {
  const TypeProblem = errors.classes.TypeError as ErrorConstructor
  const told = (thrown: unknown): unknown => {
    errors.retell(thrown)
    return thrown
  }
  const of = (x: unknown, y: unknown): unknown => {
    // Negated twice: JavaScript's own conversion to a number or a bigint.
    const [a, b] = [-(-(x as number)), -(-(y as number))] as unknown[]
    if (typeof a === "bigint" && typeof b === "bigint") return wholePower(a, b)
    if (typeof a === "bigint" || typeof b === "bigint") throw new TypeProblem("a bigint and a number cannot be mixed in '**'")
    return pow(a as number, b as number)
  }
  const locale = (object: unknown, method: string): ((...args: unknown[]) => unknown) => {
    if (typeof object === "string") {
      if (method === "localeCompare") return (other, _language, options) => compareTexts(object, String(other), options ?? {})
      if (method === "toLocaleLowerCase") return () => object.toLowerCase()
      if (method === "toLocaleUpperCase") return () => object.toUpperCase()
    }
    if (method === "toLocaleString" && (typeof object === "number" || typeof object === "bigint"))
      return (_language, options) => numberText(object, (options ?? {}) as Record<string, unknown>, TypeProblem)
    if (object === null || object === undefined) throw new TypeProblem(`cannot read '${method}' of ${object}`)
    if (method === "toLocaleString" && Array.isArray(object))
      return (...args) => object.map((it: unknown) => (it === null || it === undefined ? "" : locale(it, method)(...args))).join(",")
    const own = (object as Record<string, unknown>)[method]
    if (typeof own !== "function" && method === "toLocaleString") return () => String(object)
    if (typeof own !== "function") throw new TypeProblem(`${method} is not a function`)
    return (...args) => Reflect.apply(own, object, args) as unknown
  }
  const settled = (outcomes: unknown): unknown => {
    // A method of that name may be the program's own.
    if (!isThenable(outcomes)) return outcomes
    return outcomes.then((list: unknown) => {
      if (Array.isArray(list)) for (const outcome of list as { reason?: unknown }[]) errors.retell(outcome?.reason)
      return list
    })
  }
  return Object.freeze({
    of,
    told,
    locale,
    settled,
    heard: (handler: unknown): unknown =>
      typeof handler === "function"
        ? function (this: unknown, thrown: unknown, ...rest: unknown[]): unknown {
            return Reflect.apply(handler, this, [told(thrown), ...rest])
          }
        : handler,
    place(object: unknown, key: unknown) {
      const name = typeof key === "symbol" ? key : String(key)
      const target = object as Record<string | symbol, unknown>
      const old = target[name]
      return {
        power: (y: unknown): unknown => {
          const value = of(old, y)
          target[name] = value
          return value
        },
      }
    },
  })
}
