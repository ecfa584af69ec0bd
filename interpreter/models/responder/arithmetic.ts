// Sums in words and signs, for the built-in responder: "what is 3 times (4 + 5)", "10% of 250", "the average of 4, 8 and 12".
// Nothing but the operations whose results are the same bits everywhere (design: the law).

const NUMBER = String.raw`-?\d+(?:\.\d+)?`
const LIST = new RegExp(String.raw`${NUMBER}(?:\s*(?:,|and|, and|or)\s*${NUMBER})+`, "i")

/** The value of the sum that a text asks for; null where it asks for none. */
export function arithmetic(text: string): number | null {
  return converted(text) ?? told(text) ?? ofList(text) ?? ofNamed(text) ?? ofSigns(text)
}

/** All numbers in a text, thousands with commas read as one. */
export function numbersIn(text: string): number[] {
  return [...text.replace(/(\d),(?=\d{3}\b)/g, "$1").matchAll(/(?<![\w.])-?\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits))
}

/** A number as people write it: without the noise of binary fractions. */
export function plainNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12))
}

const OF_LIST: readonly (readonly [RegExp, (numbers: readonly number[]) => number])[] = [
  [/\b(sum|total|add)\b/i, (numbers) => numbers.reduce((a, b) => a + b, 0)],
  [/\b(average|mean)\b/i, (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length],
  [/\b(product|multiply)\b/i, (numbers) => numbers.reduce((a, b) => a * b, 1)],
  [/\b(difference|subtract)\b/i, (numbers) => Math.abs((numbers[0] as number) - (numbers[1] as number))],
  [
    /\b(max(imum)?|largest|biggest|greatest|highest|larger|bigger|greater|higher)\b/i,
    (numbers) => numbers.reduce((a, b) => Math.max(a, b)),
  ],
  [/\b(min(imum)?|smallest|lowest|least|smaller|lower)\b/i, (numbers) => numbers.reduce((a, b) => Math.min(a, b))],
  [/\bmedian\b/i, median],
]

function ofList(text: string): number | null {
  const list = LIST.exec(text)
  const deed = list && OF_LIST.find(([word]) => word.test(text))
  return deed ? deed[1](numbersIn(list[0])) : null
}

function median(numbers: readonly number[]): number {
  const ordered = [...numbers].sort((a, b) => a - b)
  const middle = ordered.length >> 1
  return ordered.length % 2 === 1 ? (ordered[middle] as number) : ((ordered[middle - 1] as number) + (ordered[middle] as number)) / 2
}

/** How many of the smallest unit of its kind each unit is. */
const UNITS: readonly Readonly<Record<string, number>>[] = [
  { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, year: 31_536_000 },
  {
    millimetre: 1,
    mm: 1,
    centimetre: 10,
    cm: 10,
    inch: 25.4,
    foot: 304.8,
    feet: 304.8,
    metre: 1000,
    meter: 1000,
    m: 1000,
    kilometre: 1e6,
    kilometer: 1e6,
    km: 1e6,
    mile: 1_609_344,
  },
  { gram: 1, g: 1, ounce: 28.349523125, pound: 453.59237, lb: 453.59237, kilogram: 1000, kilo: 1000, kg: 1000, ton: 1e6, tonne: 1e6 },
  { byte: 1, kilobyte: 1000, kb: 1000, megabyte: 1e6, mb: 1e6, gigabyte: 1e9, gb: 1e9 },
  { cent: 1, dollar: 100, euro: 100 },
]

/** "100 km to miles", "how many minutes are in 2 hours", "20 celsius in fahrenheit". */
function converted(text: string): number | null {
  const degrees = new RegExp(
    String.raw`(${NUMBER})\s*(?:°|degrees?)?\s*(c|f|celsius|fahrenheit)\b.*?\b(?:to|in|into)\s+(?:degrees?\s+)?(celsius|fahrenheit|c|f)\b`,
    "i",
  ).exec(text)
  if (degrees) {
    const [value, from, to] = [Number(degrees[1]), (degrees[2] as string)[0]?.toLowerCase(), (degrees[3] as string)[0]?.toLowerCase()]
    return from === to ? value : plainNumber(from === "c" ? (value * 9) / 5 + 32 : ((value - 32) * 5) / 9)
  }
  const from = new RegExp(String.raw`(${NUMBER})\s*([a-z]+?)s?\b\s*(?:to|in|into|as|=)\s*(?:how many\s+)?([a-z]+?)(?:e?s)?\b`, "i").exec(
    text,
  )
  const many = /how many ([a-z]+?)(?:e?s)? (?:are |is )?(?:there )?in (-?\d+(?:\.\d+)?|an?|one)\s+([a-z]+?)(?:e?s)?\b/i.exec(text)
  const [amount, unit, into] = from ? [from[1], from[2], from[3]] : many ? [many[2], many[3], many[1]] : []
  if (amount === undefined || unit === undefined || into === undefined) return null
  for (const units of UNITS) {
    const [a, b] = [
      units[unit.toLowerCase()],
      units[into.toLowerCase()] ?? units[`${into.toLowerCase()}e`] ?? (into === "inch" ? units.inch : undefined),
    ]
    if (a !== undefined && b !== undefined) return Number(((/^an?$|^one$/i.test(amount) ? 1 : Number(amount)) * (a / b)).toPrecision(6))
  }
  return null
}

/** Small stories of having and losing: "I have 3 apples and eat 1, how many are left?", and ages from years. */
function told(text: string): number | null {
  const numbers = numbersIn(text)
  const born = /\bborn in (\d{4})\b/i.exec(text)
  if (born && /\b(age|old)\b/i.test(text)) return (numbers.find((n) => n > Number(born[1])) ?? 2026) - Number(born[1])
  if (!/\bhow many\b|\bleft\b|\bremain/i.test(text) || numbers.length < 2) return null
  const have = /\b(?:have|has|had|are|were|starts? with)\s+(\d+)\b/i.exec(text)
  if (!have) return null
  let sum = Number(have[1])
  for (const [, verb = "", amount] of text
    .slice((have.index ?? 0) + have[0].length)
    .matchAll(
      /\b(eat|ate|eats|lose|lost|loses|gives?|gave|sells?|sold|takes?|took|spends?|spent|breaks?|broke|leaves?|left|flies|flew|gets?|got|buys?|bought|finds?|found|adds?|receives?|received|picks?)\s+(?:away\s+|up\s+)?(\d+)/gi,
    ))
    sum += /^(get|got|buy|bought|find|found|add|receive|pick)/i.test(verb) ? Number(amount) : -Number(amount)
  return sum === Number(have[1]) ? null : sum
}

const OF_ONE: readonly (readonly [RegExp, (n: number) => number])[] = [
  [new RegExp(String.raw`square root of\s+(${NUMBER})`, "i"), (n) => (n < 0 ? 0 : Math.sqrt(n))],
  [new RegExp(String.raw`(?:square of\s+(${NUMBER})|(${NUMBER})\s+squared)`, "i"), (n) => n * n],
  [new RegExp(String.raw`(?:cube of\s+(${NUMBER})|(${NUMBER})\s+cubed)`, "i"), (n) => n * n * n],
  [/factorial of\s+(\d+)|\b(\d+)\s+factorial|\b(\d+)!(?!=)/i, (n) => (n > 20 ? Number.NaN : product(n))],
  [new RegExp(String.raw`(?:half of|halve)\s+(${NUMBER})`, "i"), (n) => n / 2],
  [new RegExp(String.raw`(?:twice|double)\s+(?:of\s+)?(${NUMBER})`, "i"), (n) => n * 2],
]

function product(n: number): number {
  let result = 1
  for (let i = 2; i <= n; i++) result *= i
  return result
}

function ofNamed(text: string): number | null {
  const percent = new RegExp(String.raw`(${NUMBER})\s*(?:%|percent)\s+(?:of|tip on|off)\s+(?:a bill of )?[$€£]?(${NUMBER})`, "i").exec(text)
  if (percent) return (Number(percent[1]) * Number(percent[2])) / 100
  for (const [pattern, deed] of OF_ONE) {
    const found = pattern.exec(text)
    if (!found) continue
    const value = deed(Number(found[1] ?? found[2] ?? found[3]))
    return Number.isNaN(value) ? null : value
  }
  return null
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bplus\b|\badded to\b/gi, "+"],
  [/\bminus\b/gi, "-"],
  [/\btimes\b|\bmultiplied by\b|(?<=\d)\s*[x×]\s*(?=\d)/gi, "*"],
  [/\bdivided by\b|÷/gi, "/"],
  [/\b(raised )?to the power of\b|\*\*/gi, "^"],
  [/\bmod(ulo)?\b/gi, "%"],
]

/** The longest stretch of numbers and signs that is a sum. */
function ofSigns(text: string): number | null {
  let plain = text
    .replace(/\d{4}-\d{1,2}-\d{1,2}|\d+(?:-\d+){2,}|(?<=\bfrom |\bscale )\d+\s*[-–]\s*\d+/gi, " ")
    .replace(/(\d),(?=\d{3}\b)/g, "$1")
  for (const [word, sign] of WORDS) plain = plain.replace(word, sign)
  for (const [stretch] of plain.matchAll(/[\d(][\d.()+\-*/%^\s]*[\d)]/g)) {
    if (!/\d\s*\)*\s*[+\-*/%^]\s*\(*\s*-?\d/.test(stretch)) continue
    const value = new Sum(stretch).value()
    if (value !== null && Number.isFinite(value)) return plainNumber(value)
  }
  return null
}

/** Reads a sum by precedence: `^`, then `* / %`, then `+ -`. */
class Sum {
  private readonly tokens: readonly string[]
  private at = 0

  constructor(text: string) {
    this.tokens = text.match(/\d+(?:\.\d+)?|[()+\-*/%^]/g) ?? []
  }

  /** null where the text is none. */
  value(): number | null {
    const value = this.terms()
    return this.at === this.tokens.length ? value : null
  }

  private terms(): number | null {
    let left = this.factors()
    while (left !== null && (this.tokens[this.at] === "+" || this.tokens[this.at] === "-")) {
      const sign = this.tokens[this.at++]
      const right = this.factors()
      left = right === null ? null : sign === "+" ? left + right : left - right
    }
    return left
  }

  private factors(): number | null {
    let left = this.power()
    while (left !== null && /^[*/%]$/.test(this.tokens[this.at] ?? "")) {
      const sign = this.tokens[this.at++]
      const right = this.power()
      if (right === null || (right === 0 && sign !== "*")) return null
      left = sign === "*" ? left * right : sign === "/" ? left / right : left % right
    }
    return left
  }

  private power(): number | null {
    const base = this.single()
    if (base === null || this.tokens[this.at] !== "^") return base
    this.at++
    const exponent = this.power()
    if (exponent === null || !Number.isInteger(exponent) || exponent < 0 || exponent > 1000) return null
    let result = 1
    for (let i = 0; i < exponent; i++) result *= base
    return result
  }

  private single(): number | null {
    const token = this.tokens[this.at++]
    if (token === "-") {
      const value = this.single()
      return value === null ? null : 0 - value
    }
    if (token === "(") {
      const value = this.terms()
      return this.tokens[this.at++] === ")" ? value : null
    }
    return token !== undefined && /^\d/.test(token) ? Number(token) : null
  }
}
