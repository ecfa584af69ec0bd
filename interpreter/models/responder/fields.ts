// What the fields of a record are filled with before anything is made up: the text of the prompt, one known thing to which
// all fields belong, and numbers by the names of their fields. Used by values.ts.
import type { RandomStream } from "../../kernel/random.ts"
import type { AnswerShape } from "../request.ts"
import { namesIn } from "./extraction.ts"
import { COUNTRIES } from "./knowledge.ts"
import { cityIn, countryIn } from "./places.ts"
import type { Question } from "./question.ts"
import { ENTITIES, type Entity, entitiesFor } from "./things.ts"

export type Fields = readonly { readonly name: string; readonly shape: AnswerShape }[]

/** The one thing to which all fields of a record belong, such as a country or a book; null where the prompt suggests none. */
export function entityFor(fields: Fields, { text, material }: Question, at: number): Entity | null {
  const country = countryIn(text)
  const names = fields.map(({ name }) => name.toLowerCase())
  if (country && names.some((name) => /capital|continent|currency|population|language|country/.test(name)))
    return { ...country, country: country.name }
  const city = cityIn(text)
  if (city && names.some((name) => /country|population|city|people|destination|place|location/.test(name)))
    return {
      destination: city.city,
      place: city.city,
      name: city.city,
      city: city.city,
      country: city.country,
      population: city.people ?? 1_000_000,
    }
  if (names.some((name) => /^(capital|continent|currency)$/.test(name))) {
    const some = COUNTRIES[(at * 7) % COUNTRIES.length]
    if (some) return { ...some, country: some.name }
  }
  // What stands in the text of the prompt comes before what is made up.
  if (material !== "" && /\bextract|parse|pull\b/i.test(text)) return null
  const kind = entitiesFor(text, names)
  if (!kind) return null
  const entity = ENTITIES[kind][at % ENTITIES[kind].length] as Entity
  const wanted = kind === "recipe" ? /\brecipe for (?:an? |the )?([\w -]+?)[.?!]*$/i.exec(text)?.[1] : undefined
  return wanted ? { minutes: entity.minutes as number, name: wanted, title: wanted } : entity
}

/** What a text says about somebody, by the usual names of fields. */
export function saidIn(material: string): Entity {
  if (material === "") return {}
  const one = (pattern: RegExp) => pattern.exec(material)?.[1]
  const said: Record<string, string | number> = {}
  const put = (name: string, value: string | undefined, number = false) => {
    if (value !== undefined && value !== "") said[name] = number ? Number(value.replace(/,/g, "")) : value
  }
  put("email", one(/([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/))
  put("phone", one(/(\+?\d[\d\s().-]{6,}\d)/))
  put("url", one(/(https?:\/\/[^\s"'<>)]+)/))
  put(
    "age",
    one(/\b(\d{1,3})(?:[ -]years?[ -]old|\s*yo\b)/) ??
      one(/\b(?:aged?|is)\s+(\d{1,3})\b(?!\s*(?:%|dollars|euros|km|kg))/) ??
      one(/\p{Lu}\p{Ll}+,\s+(\d{1,3})\b/u),
    true,
  )
  put(
    "date",
    one(
      /\b(\d{4}-\d{2}-\d{2}|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2})?(?:,? \d{4})?)\b/,
    ),
  )
  put("time", one(/\b(\d{1,2}:\d{2}(?:\s?[ap]m)?|\d{1,2}\s?[ap]m)\b/i))
  put("year", one(/\b(1[5-9]\d\d|20\d\d)\b/), true)
  put("price", one(/[$€£]\s?(\d+(?:[.,]\d+)*)/) ?? one(/(\d+(?:\.\d+)?)\s?(?:dollars|euros?|USD|EUR)/), true)
  put("quantity", one(/\b(\d+)\s+(?:x\s+)?\p{Ll}+/u), true)
  put("job", one(/\b(?:is|as|works as|,) an? ([\p{Ll} ]+?)(?= (?:from|in|at|who|and|living|with)\b|[,.]|$)/u))
  const place = one(/\b(?:lives? in|living in|from|based in|moved to|born in|in|at)\s+(\p{Lu}[\p{L}]+(?:\s\p{Lu}[\p{L}]+)*)/u)
  put("city", place)
  put("place", place)
  const known = countryIn(material)
  put("country", known?.name ?? (place ? cityIn(place)?.country : undefined))
  const name = namesIn(material).find((found) => found !== place && !(known && found === known.name))
  put("name", name)
  put("company", one(/\b(?:works? (?:at|for)|employed (?:at|by)|at)\s+(\p{Lu}[\p{L}]+(?:\s\p{Lu}[\p{L}]+)*)/u))
  return said
}

export const ALIASES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/e-?mail/i, ["email"]],
  [/phone|telephone/i, ["phone"]],
  [/^(first_?name|full_?name|name|person|who|user_?name|customer|owner)$/i, ["name", "title"]],
  [/\bage\b|^age|_age$/i, ["age"]],
  [/title|headline/i, ["title", "name"]],
  [/author|writer/i, ["author"]],
  [/director/i, ["director"]],
  [/year|published|released/i, ["year"]],
  [/capital/i, ["capital"]],
  [/continent|region/i, ["continent"]],
  [/currency/i, ["currency"]],
  [/population|people|inhabitants/i, ["population"]],
  [/language/i, ["language"]],
  [/^country$|nation|countryName/i, ["country"]],
  [/city|town/i, ["city"]],
  [/place|location|venue|where/i, ["place", "city"]],
  [/price|cost|amount|total/i, ["price"]],
  [/quantity|count|number/i, ["quantity"]],
  [/job|occupation|role|profession/i, ["job"]],
  [/company|employer/i, ["company"]],
  [/date|day|when/i, ["date"]],
  [/time/i, ["time"]],
  [/genre|category|kind|type/i, ["genre", "category", "kind"]],
  [/url|link|website/i, ["url"]],
  [/ingredients/i, ["ingredients"]],
  [/steps|instructions|method/i, ["steps"]],
  [/legs/i, ["legs"]],
  [/habitat/i, ["habitat"]],
  [/species|animal|breed/i, ["kind", "name"]],
]

/** The value as the shape wants it; undefined where it does not fit. */
export function fitting(shape: AnswerShape, value: string | number | readonly string[]): unknown {
  if (shape.kind === "text") return typeof value === "object" ? value.join(", ") : String(value)
  if (shape.kind === "integer")
    return typeof value === "number" ? Math.round(value) : /^-?\d+$/.test(String(value)) ? Number(value) : undefined
  if (shape.kind === "number") return typeof value === "number" ? value : undefined
  if (shape.kind === "list" && shape.of.kind === "text") return typeof value === "object" ? value : undefined
  return undefined
}

/** A number that suits the name of a field, such as a year or a price; null where the name says nothing. */
export function namedNumber(name: string, nth: number, random: RandomStream): number | null {
  if (/^(id|index|number|no|rank|position)$|_id$|Id$/i.test(name)) return nth + 1
  if (/year/i.test(name)) return 1850 + random.below(170)
  if (/\bage\b|^age|Age$/.test(name)) return 18 + random.below(60)
  if (/price|cost|amount|total|salary|budget/i.test(name)) return 5 + random.below(95)
  if (/stars?\b|rating/i.test(name)) return 3 + random.below(3)
  if (/score|grade/i.test(name)) return 5 + random.below(6)
  if (/percent|confidence|probability|progress/i.test(name))
    return /confidence|probability/i.test(name) ? (60 + random.below(40)) / 100 : random.below(101)
  if (/pages/i.test(name)) return 120 + random.below(400)
  if (/minutes|duration/i.test(name)) return 5 * (1 + random.below(12))
  if (/count|quantity|stock|qty/i.test(name)) return 1 + random.below(20)
  if (/population/i.test(name)) return 1000 * (50 + random.below(900))
  return null
}
