// What `**` and `**=` of ts blocks call at run time (power.ts writes the calls): conversions are JavaScript's own, the power
// of two numbers is the one `Math.pow` has here.

/** The name in the surroundings of what powers are written with. No program can say it. */
export const POWER = "**"

/** What the rewritten code calls. */
export interface Power {
  /** `x ** y`. */
  of(x: unknown, y: unknown): unknown
  /** A property, read once: `power` assigns it. */
  place(object: unknown, key: unknown): { power(y: unknown): unknown }
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

/** Powers that are the same bits everywhere; `pow` is for numbers. `TypeProblem` is the program's TypeError. */
export function powerOperator(pow: (x: number, y: number) => number, TypeProblem: ErrorConstructor): Power {
  const of = (x: unknown, y: unknown): unknown => {
    // Negated twice: JavaScript's own conversion to a number or a bigint.
    const [a, b] = [-(-(x as number)), -(-(y as number))] as unknown[]
    if (typeof a === "bigint" && typeof b === "bigint") return wholePower(a, b)
    if (typeof a === "bigint" || typeof b === "bigint") throw new TypeProblem("a bigint and a number cannot be mixed in '**'")
    return pow(a as number, b as number)
  }
  return Object.freeze({
    of,
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
