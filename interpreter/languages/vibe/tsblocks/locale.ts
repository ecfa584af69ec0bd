// What ts blocks get of the methods that ask the host for a language: one order of texts and one way to write numbers, the
// same on every machine (design: the law). Languages given to them decide nothing. rewrite.ts leads their calls here.

/** Methods whose calls are led here. */
export const LOCALE_METHODS: ReadonlySet<string> = new Set(["localeCompare", "toLocaleString", "toLocaleLowerCase", "toLocaleUpperCase"])

interface CompareOptions {
  readonly numeric?: unknown
  readonly sensitivity?: unknown
}

/** Punctuation, digits, letters: in this order. */
const rank = (char: string) => (/\p{L}/u.test(char) ? 2 : /\p{N}/u.test(char) ? 1 : 0)
const sign = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0)

/**
 * `a.localeCompare(b)`: -1, 0 or 1. By letters first, then by accents, then small letters before capitals; with `numeric`
 * runs of digits count as numbers.
 */
export function compareTexts(a: string, b: string, { numeric, sensitivity }: CompareOptions = {}): number {
  const [left, right] = [a.normalize("NFD"), b.normalize("NFD")]
  const letters = (text: string) => text.replace(/\p{M}/gu, "").toLowerCase()
  const base = compareParts(partsOf(letters(left), numeric === true), partsOf(letters(right), numeric === true))
  if (base !== 0 || sensitivity === "base") return base
  const accents = sensitivity === "case" ? 0 : compareParts([...left.toLowerCase()], [...right.toLowerCase()])
  if (accents !== 0 || sensitivity === "accent") return accents
  const [one, other] = sensitivity === "case" ? [left.replace(/\p{M}/gu, ""), right.replace(/\p{M}/gu, "")] : [left, right]
  return compareParts([...one], [...other], (x, y) => sign(y, x))
}

function partsOf(text: string, numeric: boolean): string[] {
  return numeric ? (text.match(/\d+|./gsu) ?? []) : [...text]
}

function compareParts(a: readonly string[], b: readonly string[], order: (x: string, y: string) => number = sign): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i] ?? "", b[i] ?? ""]
    if (x === y) continue
    const bothNumbers = /^\d+$/.test(x) && /^\d+$/.test(y)
    const found = bothNumbers ? compareDigits(x, y) : sign(rank(x), rank(y)) || order(x, y)
    if (found !== 0) return found
  }
  return sign(a.length, b.length)
}

/** Of runs of any length: no number of the host holds them all. */
function compareDigits(x: string, y: string): number {
  const [a, b] = [x.replace(/^0+(?=\d)/, ""), y.replace(/^0+(?=\d)/, "")]
  return sign(a.length, b.length) || sign(a, b)
}

const CURRENCIES: Readonly<Record<string, string>> = { USD: "$", EUR: "€", GBP: "£", JPY: "¥", INR: "₹" }
const KNOWN = ["style", "currency", "minimumFractionDigits", "maximumFractionDigits", "useGrouping"]

/** `n.toLocaleString(…)`: 1,234.5. Throws `TypeProblem` for options it does not know. */
export function numberText(value: number | bigint, options: Readonly<Record<string, unknown>>, TypeProblem: ErrorConstructor): string {
  for (const name of Object.keys(options)) {
    if (options[name] !== undefined && !KNOWN.includes(name))
      throw new TypeProblem(`toLocaleString knows the options ${KNOWN.join(", ")}, not '${name}'`)
  }
  const { style, currency } = options
  if (style !== undefined && style !== "decimal" && style !== "percent" && style !== "currency")
    throw new TypeProblem(`toLocaleString knows the styles decimal, percent and currency, not '${String(style)}'`)
  if (style === "currency" && typeof currency !== "string") throw new TypeProblem("toLocaleString needs a currency for the style currency")
  const usual = style === "currency" ? (currency === "JPY" ? [0, 0] : [2, 2]) : style === "percent" ? [0, 0] : [0, 3]
  const least = digits(options.minimumFractionDigits, TypeProblem)
  const most = digits(options.maximumFractionDigits, TypeProblem)
  const min = least ?? Math.min(usual[0] ?? 0, most ?? 20)
  const max = most ?? Math.max(usual[1] ?? 0, min)
  if (min > max) throw new TypeProblem("toLocaleString got more minimumFractionDigits than maximumFractionDigits")
  const negative = value < 0 || Object.is(value, -0)
  const size = negative ? -value : value
  const scaled = style === "percent" ? (typeof size === "bigint" ? size * 100n : size * 100) : size
  const text = plainNumber(scaled, min, max, options.useGrouping !== false)
  const symbol = typeof currency === "string" ? (CURRENCIES[currency] ?? `${currency}\u00a0`) : ""
  return `${negative ? "-" : ""}${style === "currency" ? symbol : ""}${text}${style === "percent" ? "%" : ""}`
}

function digits(given: unknown, TypeProblem: ErrorConstructor): number | null {
  if (given === undefined) return null
  const count = Number(given)
  if (!(count >= 0 && count <= 20)) throw new TypeProblem(`toLocaleString takes 0 to 20 fraction digits, not ${String(given)}`)
  return Math.floor(count)
}

function plainNumber(size: number | bigint, min: number, max: number, grouped: boolean): string {
  if (typeof size === "number" && !Number.isFinite(size)) return Number.isNaN(size) ? "NaN" : "∞"
  // Beyond these `toFixed` turns to exponents, and no fraction is left.
  const fixed = typeof size === "number" && size < 1e21 ? size.toFixed(max) : `${BigInt(size)}.${"0".repeat(max)}`
  const [whole = "", fraction = ""] = fixed.split(".")
  const kept = fraction.slice(0, min) + fraction.slice(min).replace(/0+$/, "")
  return `${grouped ? whole.replace(/\B(?=(?:\d{3})+$)/g, ",") : whole}${kept === "" ? "" : `.${kept}`}`
}
