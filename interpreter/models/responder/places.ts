// Countries and cities that a text names, and what is known about them.
import { ALSO, CITIES, COUNTRIES, type Country } from "./knowledge.ts"

/** Whether a text names something, as whole words in any case. */
export const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}])${name.replace(/[.]/g, "\\.")}(?![\\p{L}])`, "iu").test(text)

/** The country that a text names, by its own name or another that people use for it. */
export function countryIn(text: string): Country | null {
  const direct = COUNTRIES.find(({ name }) => mentions(text, name))
  if (direct) return direct
  const also = Object.keys(ALSO).find((name) => (name === "us" ? /\bUS\b/.test(text) : mentions(text, name)))
  return also ? (COUNTRIES.find(({ name }) => name === ALSO[also]) ?? null) : null
}

/** The city that a text names: one of the well-known cities, else a capital. */
export function cityIn(text: string): { readonly city: string; readonly people: number | null; readonly country: string } | null {
  const listed = CITIES.find(([city]) => mentions(text, city))
  if (listed) return { city: listed[0], people: listed[1], country: listed[2] }
  const capital = COUNTRIES.find((country) => mentions(text, country.capital))
  return capital ? { city: capital.capital, people: null, country: capital.name } : null
}

/** What a question asks about a place: a capital, a country, a continent, a currency, a language. */
export function placeFact(text: string): string | null {
  const country = countryIn(text)
  const city = cityIn(text)
  if (/\bcapital\b(?! letters?)/i.test(text) && country && !/^\s*(which|what) country\b/i.test(text)) return country.capital
  if (/\b(which|what) country\b|\bcountry (is|of|has|that)\b/i.test(text) && city) return city.country
  if (/\bcontinent\b/i.test(text)) {
    const of = country ?? (city && COUNTRIES.find(({ name }) => name === city.country))
    if (of) return of.continent
  }
  if (!country) return null
  if (/\bcurrency\b|\bmoney\b/i.test(text)) return country.currency
  if (/\blanguage\b|\bspoken\b|\bspeak\b/i.test(text)) return country.language
  return null
}
