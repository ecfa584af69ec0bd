// Rows of numbers: the one that comes next, the row that a prompt names ("from 1 to 5", "the first six primes").
import { numbersIn } from "./arithmetic.ts"

export const MOST_ITEMS = 100

/** Numbers that a prompt names as a row: "from 1 to 5", "the first six primes", "multiples of 3"; null where it names none. */
export function sequence(text: string, count: number | null): number[] | null {
  const range =
    /\b(?:from|between|numbers|integers|count(?:ing)?)\b[^\d-]*(-?\d+)\s*(?:to|and|through|up to|until|\.\.|–|-)\s*(-?\d+)/i.exec(text)
  const upTo = range
    ? null
    : /\bcount (?:up )?to (\d+)|\b(?:numbers?|integers|primes) (?:up to|under|below|less than|smaller than) (\d+)/i.exec(text)
  const down = /\bcount(?:ing)? ?down from (\d+)/i.exec(text)
  const [from, to] = down
    ? [Number(down[1]), /\bto 0|zero\b/i.test(text) ? 0 : 1]
    : range
      ? [Number(range[1]), Number(range[2])]
      : upTo
        ? [1, Number(upTo[1] ?? upTo[2])]
        : [1, Number.NaN]
  const kinds: readonly (readonly [RegExp, (n: number) => boolean])[] = [
    [/\bprimes?\b/i, isPrime],
    [/\beven\b/i, (n) => n % 2 === 0],
    [/\bodd\b/i, (n) => n % 2 !== 0],
    [/\b(square numbers?|perfect squares?|squares)\b/i, (n) => n > 0 && Math.sqrt(n) === Math.floor(Math.sqrt(n))],
  ]
  const multiple = /\bmultiples? of (\d+)/i.exec(text)
  const power = /\bpowers? of (\d+)/i.exec(text)
  const wanted = Math.min(count ?? 5, MOST_ITEMS)
  if (/\bfibonacci\b/i.test(text)) {
    const row = [0, 1]
    while (row.length < wanted) row.push((row.at(-1) as number) + (row.at(-2) as number))
    return row.slice(0, wanted)
  }
  if (multiple) return Array.from({ length: wanted }, (_, i) => Number(multiple[1]) * (i + 1))
  if (power) {
    const row = [1]
    while (row.length < wanted) row.push((row.at(-1) as number) * Number(power[1]))
    return row
  }
  const kind = kinds.find(([pattern]) => pattern.test(text))
  if (kind) {
    const found: number[] = []
    const start = Number.isNaN(to) ? 1 : from
    const most = upTo && /\b(under|below|than)\b/i.test(upTo[0]) ? to - 1 : to
    for (let n = start; (Number.isNaN(to) ? found.length < wanted : n <= most) && n < start + 100_000; n++) if (kind[1](n)) found.push(n)
    return found.slice(0, MOST_ITEMS)
  }
  if (Number.isNaN(to) || /\brandom\b|\bpick\b|\bbetween\b/i.test(text) || Math.abs(to - from) >= 1000) return null
  const step = to >= from ? 1 : -1
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => from + step * i)
}

/** The number that continues a row. */
export function nextIn(text: string): number | null {
  if (!/\b(next|continue|comes after|following number|sequence)\b/i.test(text)) return null
  const row = numbersIn(text.replace(/\?\s*$/, ""))
  const [a, b, c] = row.slice(-3) as [number, number, number]
  if (row.length === 1 && /\b(after|next)\b/i.test(text)) return (row[0] as number) + 1
  if (row.length < 3) return null
  if (c - b === b - a) return c + (c - b)
  if (a !== 0 && b !== 0 && c / b === b / a) return (c * c) / b
  if (c === a + b) return b + c
  return c + (c - b) + (c - b - (b - a))
}

export function isPrime(n: number): boolean {
  if (!Number.isInteger(n) || n < 2 || n > 1e12) return false
  for (let i = 2; i * i <= n; i++) if (n % i === 0) return false
  return true
}
