// Vibe's operators (SPEC 3.3): JavaScript's, but objects and arrays only ever become text by our own rules, null makes
// arithmetic an error value, and an error value on either side (the left one first) is the result.
import { Fault } from "../../../engine/fault.ts"
import { joined, limitedItems } from "./sizes.ts"
import { plainText } from "./texts.ts"
import { ErrorValue, kindWord, NumberSpan } from "./values.ts"

export type LocationOf = (site: number) => ErrorValue["location"]

/** The operations that never wait. `locationOf` says where an error value was made. */
export function operators(locationOf: LocationOf) {
  const noNumber = (operator: string, site: number) =>
    new ErrorValue("Error", `Arithmetic with null: the operand of '${operator}' is null`, locationOf(site))
  const failed = (a: unknown, b: unknown): ErrorValue | null => (a instanceof ErrorValue ? a : b instanceof ErrorValue ? b : null)
  const numeric =
    (operator: string, work: (a: number, b: number) => number) =>
    (a: unknown, b: unknown, site: number): unknown => {
      if (typeof a === "number" && typeof b === "number") return work(a, b)
      const error = failed(a, b)
      if (error) return error
      if (isNothing(a) || isNothing(b)) return noNumber(operator, site)
      return work(toNumber(a, site), toNumber(b, site))
    }
  const compared =
    (work: (a: never, b: never) => boolean) =>
    (a: unknown, b: unknown, site: number): unknown => {
      if (typeof a === "number" && typeof b === "number") return work(a as never, b as never)
      const error = failed(a, b)
      if (error) return error
      const [left, right] = [primitive(a, site), primitive(b, site)]
      const texts = typeof left === "string" && typeof right === "string"
      return texts ? work(left as never, right as never) : work(toNumber(left, site) as never, toNumber(right, site) as never)
    }

  return {
    sum(a: unknown, b: unknown, site: number): unknown {
      if (typeof a === "number" && typeof b === "number") return a + b
      if (typeof a === "string" && typeof b === "string") return joined(a, b, site)
      const error = failed(a, b)
      if (error) return error
      if (typeof a === "string" || typeof b === "string")
        return joined(isNothing(a) ? "" : plainText(a, site), isNothing(b) ? "" : plainText(b, site), site)
      if (Array.isArray(a) && Array.isArray(b)) return limitedItems(a.length + b.length, site) && [...a, ...b]
      if (isNothing(a) || isNothing(b)) return noNumber("+", site)
      const [left, right] = [primitive(a, site), primitive(b, site)]
      if (typeof left === "string" || typeof right === "string") return joined(String(left), String(right), site)
      return toNumber(left, site) + toNumber(right, site)
    },
    sub: numeric("-", (a, b) => a - b),
    mul: numeric("*", (a, b) => a * b),
    div: numeric("/", (a, b) => a / b),
    rem: numeric("%", (a, b) => a % b),
    negate(a: unknown, site: number): unknown {
      if (a instanceof ErrorValue) return a
      return isNothing(a) ? noNumber("-", site) : -toNumber(a, site)
    },
    not(a: unknown): unknown {
      return a instanceof ErrorValue ? a : !truthy(a)
    },
    same(a: unknown, b: unknown): unknown {
      return failed(a, b) ?? (a === b || (isNothing(a) && isNothing(b)))
    },
    differs(a: unknown, b: unknown): unknown {
      return failed(a, b) ?? !(a === b || (isNothing(a) && isNothing(b)))
    },
    less: compared((a, b) => a < b),
    greater: compared((a, b) => a > b),
    atMost: compared((a, b) => a <= b),
    atLeast: compared((a, b) => a >= b),
    both(a: unknown, b: unknown): unknown {
      return failed(a, b) ?? (truthy(a) && truthy(b))
    },
    either(a: unknown, b: unknown): unknown {
      return failed(a, b) ?? (truthy(a) || truthy(b))
    },
    /** Inclusive; empty if a > b. */
    range(a: unknown, b: unknown, site: number): unknown {
      const error = failed(a, b)
      if (error) return error
      const span = spanOf(a, b, site)
      limitedItems(span.length, site)
      return Array.from({ length: span.length }, (_, i) => span.start + i)
    },
    /** The same for a `for`, without making the numbers. */
    span(a: unknown, b: unknown, site: number): NumberSpan {
      const error = failed(a, b)
      if (error) throw raised(error, site)
      return spanOf(a, b, site)
    },
    /** A condition's value. */
    test(value: unknown, word: string, site: number): boolean {
      if (typeof value === "boolean") return value
      if (value instanceof ErrorValue) throw raised(value, site)
      throw new Fault("TypeError", `TypeError: ${word} condition must be a boolean, got ${kindWord(value ?? null)}`, site)
    },
  }
}

/** What an error value becomes where it cannot be carried on: the fault that ends the program. */
export function raised(error: ErrorValue, site: number): Fault {
  return new Fault(error.type, `${error.type}: ${error.message}`, site)
}

function spanOf(a: unknown, b: unknown, site: number): NumberSpan {
  if (typeof a !== "number" || typeof b !== "number") {
    throw new Fault("RuntimeError", `Range bounds must be numbers, got ${kindWord(a ?? null)} and ${kindWord(b ?? null)}`, site)
  }
  if (!Number.isInteger(a) || !Number.isInteger(b))
    throw new Fault("RuntimeError", `Range bounds must be integers, got ${a} and ${b}`, site)
  return new NumberSpan(a, Math.max(0, b - a + 1))
}

const isNothing = (value: unknown) => value === null || value === undefined

function truthy(value: unknown): boolean {
  return Boolean(value)
}

/** JavaScript's ToPrimitive for values of Vibe. */
function primitive(value: unknown, site: number): unknown {
  return typeof value === "object" && value !== null ? plainText(value, site) : value
}

function toNumber(value: unknown, site: number): number {
  return typeof value === "number" ? value : Number(primitive(value, site))
}
