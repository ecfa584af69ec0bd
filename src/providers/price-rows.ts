// The price table as rows: our list with the reader's own prices over it, and what a typed price says. Pure; the table in the
// models dialog shows and changes it, the settings keep what is the reader's own on this device.
import { PRICES, PRICES_DATE, type PriceEntry } from "../../interpreter/models/prices.ts"

/** A price that the reader set. */
export interface OwnPrice extends PriceEntry {
  /** The day on which it was set, as 2026-11-28; "" where that is not known. */
  readonly date: string
}

export interface PriceRow extends OwnPrice {
  readonly own: boolean
  /** Our list has a price for the same name, which comes back when the own one is removed. */
  readonly listed: boolean
}

/** US dollars for a million tokens that nobody asks for: beyond this it is a slip of the finger. */
export const MOST_USD = 100_000

const same = (a: PriceEntry, b: PriceEntry) => a.provider === b.provider && a.model === b.model

/** All prices in the order of the list, own ones in the place of those they replace, other own ones before their provider's. */
export function priceRows(own: readonly OwnPrice[]): PriceRow[] {
  const rows = PRICES.map((entry): PriceRow => {
    const mine = own.find((one) => same(one, entry))
    return mine ? { ...mine, own: true, listed: true } : { ...entry, date: PRICES_DATE, own: false, listed: true }
  })
  for (const mine of own) {
    if (rows.some((row) => same(row, mine))) continue
    const at = rows.findIndex(({ provider }) => provider === mine.provider)
    rows.splice(at < 0 ? rows.length : at, 0, { ...mine, own: true, listed: false })
  }
  return rows
}

/** The own prices with one more, or with that one instead of an earlier one for the same name. */
export function withPrice(own: readonly OwnPrice[], price: OwnPrice): OwnPrice[] {
  return own.some((one) => same(one, price)) ? own.map((one) => (same(one, price) ? price : one)) : [price, ...own]
}

export function withoutPrice(own: readonly OwnPrice[], price: PriceEntry): OwnPrice[] {
  return own.filter((one) => !same(one, price))
}

/** US dollars out of what was typed, or a sentence that says what is wrong with it. */
export function readPrice(text: string): number | string {
  const typed = text.trim().replace(/^\$\s*/, "")
  if (typed === "") return "A price is missing: US dollars for a million tokens, 0 if it costs nothing."
  if (/^\d+,\d+$/.test(typed)) return `“${typed}” has a comma: write ${typed.replace(",", ".")}.`
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(typed)) return `“${typed.slice(0, 20)}” is no number: write it like 0.25.`
  const usd = Number(typed)
  if (usd < 0) return "A price is 0 or more."
  return usd > MOST_USD ? `A price is at most ${MOST_USD} dollars for a million tokens.` : usd
}

/** What is wrong with the name of a model in the table; null if nothing is. */
export function modelProblem(name: string, provider: string, own: readonly OwnPrice[]): string | null {
  const model = name.trim()
  if (model === "") return "Which model? Its name, or the beginning of it and *."
  if (model.length > 200) return "A name has at most 200 characters."
  if (model.slice(1, -1).includes("*")) return "A * stands at the end, for whatever follows."
  return priceRows(own).some((row) => row.provider === provider && row.model === model)
    ? "It is in the table: change its price there."
    : null
}
