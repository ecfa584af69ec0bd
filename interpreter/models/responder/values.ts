// Values of the type that was asked for: numbers, truths, lists, records, JSON. Where a question has a right answer it is that;
// else something plausible, drawn from the stream.
import type { RandomStream } from "../../kernel/random.ts"
import type { AnswerShape } from "../request.ts"
import { arithmetic, numbersIn, plainNumber } from "./arithmetic.ts"
import {
  cityIn,
  counted,
  countryIn,
  exact,
  extractedFrom,
  isPrime,
  namesIn,
  nextIn,
  optionsOf,
  sortedItems,
  tongueIn,
  toTranslate,
  truth,
} from "./exact.ts"
import { COUNTRIES, FACTS, YEARS } from "./knowledge.ts"
import { type Question, wordsOf } from "./question.ts"
import { ENTITIES, type Entity, entitiesFor } from "./things.ts"
import { FIELDS, moodOf, PLAIN_THINGS, SETS, THINGS, translated } from "./words.ts"

/** A value of the shape; `nth` is its place in a list, so that the items of a list differ. */
export function valueFor(shape: AnswerShape, question: Question, random: RandomStream): unknown {
  switch (shape.kind) {
    case "text":
      return phrase(question, random)
    case "integer":
      return Math.round(numberFor(question, random))
    case "number":
      return plainNumber(numberFor(question, random))
    case "boolean":
      return truth(question)
    case "char":
      return [...phrase(question, random)][0] ?? "?"
    case "json":
      return jsonFor(question, random)
    case "list":
      return listOf(shape.of, question, random)
    case "record":
      return recordOf(shape.fields, question, random, random.below(100), 0)
  }
}

/** A few words, unlabelled: for texts that are asked for as a value, fields, elements and picks. */
export function phrase(question: Question, random: RandomStream): string {
  return exact(question, random) ?? (pick(thingsFor(question.text), 1, random)[0] as string)
}

// ---- numbers ------------------------------------------------------------------------------------------------------------

export function numberFor(question: Question, random: RandomStream): number {
  const { text, whole, material } = question
  return (
    counting(question) ??
    nextIn(text) ??
    (/\b(rate|rating|score|scale|grade|how likely|how confident|confidence|stars)\b/i.test(whole)
      ? rated(whole, material, random)
      : null) ??
    (/\brandom\b|\bpick a number\b|\bbetween\b/i.test(text) ? inRange(text, random) : null) ??
    arithmetic(text) ??
    knownNumber(text) ??
    inText(question) ??
    inRange(text, random) ??
    (/\bpercent|percentage|probability|chance\b/i.test(text) ? random.below(101) : null) ??
    (/\bhow (much|many|tall|old|far|long|big|large|heavy|deep|fast)\b/i.test(text) ? 2 + random.below(40) : null) ??
    1 + random.below(10)
  )
}

function counting(question: Question): number | null {
  const count = counted(question)
  if (count !== null) return Number(count)
  const { text, material } = question
  // "How many items are in: a, b, c"
  if (/\bhow many\b|\bcount\b|\bnumber of\b/i.test(text) && material !== "") {
    const found = extractedFrom(question)
    if (found) return found.length
    const inList = itemsIn(material)
    if (inList.length > 1) return inList.length
  }
  return null
}

/** The items of a list that is written out in a text: JSON, or separated by commas or lines. */
function itemsIn(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // Not JSON: words.
  }
  return text.split(/\s*(?:,|;|\n)\s*(?:and\s+)?|\s+and\s+/).filter((item) => item.trim() !== "")
}

function rated(whole: string, material: string, random: RandomStream): number {
  const range = /(\d+)\s*(?:to|-|–|and|out of)\s*(\d+)/i.exec(whole) ?? /()out of (\d+)/i.exec(whole)
  const [low, high] = range ? [Number(range[1] || 1), Number(range[2])] : /\bstars?\b/i.test(whole) ? [1, 5] : [1, 10]
  if (high <= low || high - low > 1e6) return low
  const mood = moodOf(material !== "" ? material : whole)
  const third = Math.max(1, Math.floor((high - low + 1) / 3))
  if (mood > 0) return high - random.below(third)
  if (mood < 0) return low + random.below(third)
  return low + third + random.below(Math.max(1, high - low - 2 * third + 1))
}

function knownNumber(text: string): number | null {
  if (/\bpeople|population|inhabitants|live in|how big|how large\b/i.test(text)) {
    const city = cityIn(text)
    if (city && city.people !== null) return city.people
    const country = countryIn(text)
    if (country) return country.population
  }
  if (/\b(when|year|date)\b/i.test(text)) {
    const event = YEARS.find(([pattern]) => pattern.test(text))
    if (event) return event[1]
  }
  const fact = FACTS.find(([pattern, answer]) => pattern.test(text) && /^-?\d+(\.\d+)?$/.test(answer))
  if (fact) return Number(fact[1])
  const set = /\bhow many\b|\bnumber of\b/i.test(text) ? SETS.find(([pattern]) => pattern.test(text)) : undefined
  return set ? set[1].length : null
}

/** The number that the text in question holds: "what is the age in: Ada is 36 years old". */
function inText({ text, material }: Question): number | null {
  if (material === "" || !/\b(extract|what|which|find|how (old|much|many|long)|parse|convert|get|number)\b/i.test(text)) return null
  const found = numbersIn(material)
  return found.length > 0 ? (found[0] as number) : null
}

/** A number from a range that the prompt names, or a year where one is asked for. */
function inRange(text: string, random: RandomStream): number | null {
  if (/\b(die|dice)\b/i.test(text)) return 1 + random.below(6)
  if (/\b(what|which) year is (it|this)\b|\bcurrent year\b/i.test(text)) return 2026
  const range = /(?:from|between|in the range(?: of)?|range)?\s*(-?\d+)\s*(?:to|and|through|\.\.|–|-)\s*(-?\d+)/i.exec(text)
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])]
    if (high >= low && high - low < 1e9) return low + random.below(high - low + 1)
  }
  if (/\b(which|what) year\b|\byear (of|did|was|is|when)\b|\bwhen (was|did)\b/i.test(text)) return 1820 + random.below(200)
  if (/\bage\b|\bhow old\b/i.test(text)) return 18 + random.below(60)
  if (/\b(price|cost)\b/i.test(text)) return 5 + random.below(95)
  if (/\btemperature\b/i.test(text)) return 5 + random.below(25)
  return null
}

// ---- lists --------------------------------------------------------------------------------------------------------------

const MOST_ITEMS = 100

function listOf(of: AnswerShape, question: Question, random: RandomStream): unknown[] {
  const count = question.count ?? 3
  switch (of.kind) {
    case "text":
      return textsFor(question, random)
    case "number":
    case "integer":
      return numbersFor(question, random).map((value) => (of.kind === "integer" ? Math.round(value) : plainNumber(value)))
    case "boolean": {
      const items = question.material === "" ? [] : itemsIn(question.material)
      return items.length > 1
        ? items.map((item) => truth({ text: `${question.text.replace(question.material, "")} ${String(item)}`, material: "" }))
        : Array.from({ length: count }, (_, i) => i % 2 === 0)
    }
    case "record": {
      const base = random.below(100)
      return Array.from({ length: count }, (_, i) => recordOf(of.fields, question, random, base, i))
    }
    case "list":
      return Array.from({ length: count }, () => listOf(of.of, { ...question, count: 3 }, random))
    case "char":
      return textsFor(question, random).map((item) => [...item][0] ?? "?")
    default:
      return Array.from({ length: count }, () => valueFor(of, question, random))
  }
}

/** Texts that the prompt asks for: members of a set, parts of the text it holds, or things of a kind. */
export function textsFor(question: Question, random: RandomStream): string[] {
  const { text, material, count } = question
  const sorted = sortedItems(question)
  if (sorted && sorted.length > 1) return sorted
  const tongue = tongueIn(text)
  if (tongue && material !== "")
    return itemsIn(toTranslate(question)).map((item) => translated(String(item), tongue) ?? `${String(item)} (${tongue})`)
  const split =
    /\b(split|separate|words (?:in|of)|letters (?:in|of)|characters (?:in|of)|each (?:word|letter)|sentences (?:in|of))\b/i.exec(text)
  const given = material !== "" ? material : (/\b(?:in|of)\s+(?:the (?:word|sentence|text)\s+)?(.+)$/i.exec(text)?.[1] ?? "")
  if (split && given !== "") {
    if (/letters?|characters/i.test(split[0])) return [...given].filter((c) => c.trim() !== "")
    return /sentences/i.test(split[0]) ? given.split(/(?<=[.!?])\s+/) : given.includes(",") ? given.split(/\s*,\s*/) : given.split(/\s+/)
  }
  const found = extractedFrom(question)
  if (found) return found.slice(0, count ?? found.length)
  if (material !== "" && /\b(keywords?|key ?words|topics?|tags?|key ?phrases?|themes?|entit|key points?|main points?)\b/i.test(text)) {
    const parts = /points?\b/i.test(text) ? material.split(/(?<=[.!?])\s+/) : keyPhrasesIn(material)
    if (parts.length > 0) return parts.slice(0, count ?? 5)
  }
  const numbers = sequence(text, count)
  if (numbers) return numbers.map(String)
  const country = countryIn(text)
  const set = SETS.find(([pattern]) => pattern.test(text))
  if (set && !country) return set[1].slice(0, count ?? set[1].length)
  const things = thingsFor(text)
  const wanted = Math.min(count ?? 3, MOST_ITEMS)
  // Steps have an order.
  if (/\b(steps?|outline|agenda|instructions?|how to|plan|sections?|chapters?)\b/i.test(text))
    return things.slice(0, Math.max(1, count ?? things.length))
  return pick(things, wanted, random)
}

const COMMON = new Set(
  "about after again against also another because been before being between both came come could does doing down each even every from have having here into itself just like made make many more most much must never only other over same should since some still such take than that their them then there these they this those through under until very want well were what when where which while will with would your said says upon".split(
    " ",
  ),
)

/** The words of a text that say most: the long ones that come often, in the order in which they come. */
export function keywordsIn(text: string): string[] {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) if (word.length > 3 && !COMMON.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const ranked = [...counts.keys()]
  return ranked.sort((a, b) => (counts.get(b) as number) - (counts.get(a) as number))
}

/** Names of more than a word, or in the middle of a sentence, then the words that say most. */
function keyPhrasesIn(text: string): string[] {
  const keywords = keywordsIn(text)
  const names = namesIn(text).filter((name) => name.includes(" ") || !text.startsWith(name))
  return [...names, ...keywords.filter((word) => !names.some((name) => wordsOf(name).includes(word)))]
}

export function thingsFor(text: string): readonly string[] {
  // "Name a planet" asks for a planet, not for a name.
  const asked = text.replace(/^\s*(?:please\s+)?name\s+(?!for\b|of\b)/i, "")
  return (SETS.find(([pattern]) => pattern.test(asked)) ?? THINGS.find(([pattern]) => pattern.test(asked)))?.[1] ?? PLAIN_THINGS
}

export function pick(things: readonly string[], count: number, random: RandomStream): string[] {
  const start = random.below(things.length)
  return Array.from({ length: count }, (_, i) => {
    const thing = things[(start + i) % things.length] as string
    return i < things.length ? thing : `${thing} ${Math.floor(i / things.length) + 1}`
  })
}

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

function numbersFor(question: Question, random: RandomStream): number[] {
  const { text, material, count } = question
  const sorted = sortedItems(question)
  if (sorted?.every((item) => /^-?\d/.test(item))) return sorted.map(Number)
  const row = sequence(text, count)
  if (row) return row
  if (material !== "") {
    const found = numbersIn(material)
    if (found.length > 0) return found.slice(0, count ?? found.length)
    if (/\blengths?\b|\bletters\b/i.test(text))
      return (itemsIn(material).length > 1 ? itemsIn(material).map(String) : wordsOf(material)).map((word) => [...word].length)
  }
  const range = /(?:from|between)\s+(-?\d+)\s+(?:to|and)\s+(-?\d+)/i.exec(text)
  const [low, high] =
    range && Number(range[2]) > Number(range[1]) ? [Number(range[1]), Math.min(Number(range[2]), Number(range[1]) + 1e9)] : [1, 100]
  return Array.from({ length: Math.min(count ?? 3, MOST_ITEMS) }, () => low + random.below(high - low + 1))
}

// ---- records ------------------------------------------------------------------------------------------------------------

type Fields = readonly { readonly name: string; readonly shape: AnswerShape }[]

/** A record whose fields belong together: those of one known thing, of the text in the prompt, else by their names. */
function recordOf(fields: Fields, question: Question, random: RandomStream, base: number, nth: number): Record<string, unknown> {
  const entity = entityFor(fields, question, base + nth)
  const said = nth === 0 ? saidIn(question.material) : {}
  return Object.fromEntries(
    fields.map(({ name, shape }) => [name, fieldFor(name, shape, question, random, { entity, said, at: base + nth, nth })]),
  )
}

interface Around {
  readonly entity: Entity | null
  readonly said: Entity
  readonly at: number
  readonly nth: number
}

function entityFor(fields: Fields, { text, material }: Question, at: number): Entity | null {
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
function saidIn(material: string): Entity {
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

const ALIASES: readonly (readonly [RegExp, readonly string[]])[] = [
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

/** A field's value: as the text says, as the thing has it, by its name, by what the prompt asks. */
function fieldFor(name: string, shape: AnswerShape, question: Question, random: RandomStream, around: Around): unknown {
  const keys = ALIASES.find(([pattern]) => pattern.test(name))?.[1] ?? []
  const given = [name, ...keys].map((key) => around.said[key] ?? around.entity?.[key]).find((value) => value !== undefined)
  if (given !== undefined) {
    const fitted = fitting(shape, given)
    if (fitted !== undefined) return fitted
  }
  const about = `${name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()}`
  switch (shape.kind) {
    case "text": {
      if (/sentiment|mood|tone/i.test(name) && question.material !== "")
        return ["negative", "neutral", "positive"][moodOf(question.material) + 1]
      if (/summary|gist/i.test(name) && question.material !== "") return firstSentence(question.material)
      if (/keyword|topic/i.test(name) && question.material !== "") return keywordsIn(question.material)[0] ?? question.material
      if (/^(answer|result|capital|translation|value|response|output)$/i.test(name)) {
        const right = exact(question, random)
        if (right !== null) return right
      }
      const options = optionsOf(question.whole)
      if (options.length > 0 && new RegExp(`\\b${about.split(" ")[0]}`, "i").test(question.whole))
        return exact(question, random) ?? (options[around.at % options.length] as string)
      const known = FIELDS.find(([pattern]) => pattern.test(about))
      if (known) return known[1][around.at % known[1].length]
      return THINGS.find(([pattern]) => pattern.test(about))?.[1][around.at % 4] ?? phrase({ ...question, text: about }, random)
    }
    case "integer":
    case "number":
      return (
        namedNumber(name, around.nth, random) ??
        (shape.kind === "integer" ? Math.round(numberFor(question, random)) : plainNumber(numberFor(question, random)))
      )
    case "boolean":
      if (/positive|good|recommend|happy/i.test(name) && question.material !== "") return moodOf(question.material) >= 0
      if (/negative|bad|spam|urgent/i.test(name) && question.material !== "")
        return truth({ text: `is this ${about}`, material: question.material })
      return /done|completed|active|available|valid|ok|success|is_?\w+|has_?\w+/i.test(name)
        ? (around.at + around.nth) % 2 === 0
        : truth(question)
    case "list":
      return listOf(
        shape.of,
        /keyword|topic|tag|point/i.test(name) && question.material !== ""
          ? { ...question, text: about, count: 3 }
          : { ...question, text: about, material: "", count: question.count ?? 3 },
        random,
      )
    case "record":
      return recordOf(shape.fields, { ...question, text: `${about} of ${question.text}` }, random, around.at, around.nth)
    default:
      return valueFor(shape, { ...question, text: `${about} of ${question.text}` }, random)
  }
}

function fitting(shape: AnswerShape, value: string | number | readonly string[]): unknown {
  if (shape.kind === "text") return typeof value === "object" ? value.join(", ") : String(value)
  if (shape.kind === "integer")
    return typeof value === "number" ? Math.round(value) : /^-?\d+$/.test(String(value)) ? Number(value) : undefined
  if (shape.kind === "number") return typeof value === "number" ? value : undefined
  if (shape.kind === "list" && shape.of.kind === "text") return typeof value === "object" ? value : undefined
  return undefined
}

function namedNumber(name: string, nth: number, random: RandomStream): number | null {
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

export function firstSentence(text: string): string {
  const first = /^[\s\S]{1,220}?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim()
  return first.length > 160
    ? `${first
        .slice(0, 157)
        .replace(/[\ud800-\udbff]$/, "")
        .replace(/\s+\S*$/, "")}…`
    : first
}

// ---- JSON ---------------------------------------------------------------------------------------------------------------

/** JSON of the form that the prompt shows or names; else something with an answer in it. */
export function jsonFor(question: Question, random: RandomStream): unknown {
  const { whole, text } = question
  const shown = /\{[^{}]*["\w]+\s*:[^{}]*\}/.exec(whole)
  const named =
    /\b(?:keys?|fields?|properties|attributes|columns)\b(?: named| called| like| such as)?:?\s+((?:["'`]?\w+["'`]?(?:\s*\([^)]*\))?\s*(?:,|\band\b)\s*)*(?:and\s+)?["'`]?\w+["'`]?)/i.exec(
      whole,
    ) ?? /\bwith (?:an? |the |its |their )?((?:["'`]?\w+["'`]?\s*(?:,|\band\b)\s*(?:an? )?)+["'`]?\w+["'`]?)/i.exec(whole)
  const names = shown
    ? [...shown[0].matchAll(/["']?([A-Za-z_]\w*)["']?\s*:\s*([^,}]*)/g)].map(([, name = "", kind = ""]) => ({
        name,
        shape: shapeNamed(name, kind),
      }))
    : named
      ? (named[1] as string)
          .split(/\s*(?:,|\band\b)\s*/)
          .map((word) => word.replace(/["'`]|\([^)]*\)|^an? /g, "").trim())
          .filter((word) => /^\w+$/.test(word))
          .map((name) => ({ name, shape: shapeNamed(name, "") }))
      : []
  const many = /\b(array|list)\b|\bof objects\b|\[\s*\{/i.test(whole) || (question.count !== null && question.count > 1)
  if (names.length > 0) {
    const base = random.below(100)
    return many
      ? Array.from({ length: question.count ?? 3 }, (_, i) => recordOf(names, question, random, base, i))
      : recordOf(names, question, random, base, 0)
  }
  if (many) return textsFor(question, random)
  if (/\bdata\b|\bitems?\b|\bfetch\b|\brecords?\b|\brows?\b/i.test(text))
    return { items: pick(thingsFor(text), 3, random).map((name, i) => ({ id: i + 1, name })), total: 3, simulated: true }
  const kind = entitiesFor(text, [])
  if (kind) return ENTITIES[kind][random.below(ENTITIES[kind].length)]
  const country = countryIn(text)
  if (country && !/\bcapital\b/i.test(text)) return country
  return { answer: phrase(question, random), simulated: true }
}

/** The type of a field that JSON is asked for with: by its value in the example, else by its name. */
function shapeNamed(name: string, kind: string): AnswerShape {
  if (/^\s*["']?(number|int|integer|float)|^\s*-?\d/i.test(kind)) return { kind: "number" }
  if (/^\s*["']?bool|^\s*(true|false)/i.test(kind)) return { kind: "boolean" }
  if (
    /^\s*\[|^\s*["']?(array|list)|\[\]/i.test(kind) ||
    (kind === "" && /^(tags|keywords|topics|steps|ingredients|items|names|hobbies|skills)$/i.test(name))
  )
    return { kind: "list", of: { kind: "text" } }
  if (
    kind === "" &&
    /^(age|year|price|cost|count|quantity|score|rating|population|id|total|percent\w*|pages|amount|confidence|legs)$/i.test(name)
  )
    return { kind: "number" }
  if (kind === "" && /^(is|has)[A-Z_]|^(done|completed|active|available|valid|urgent|spam)$/i.test(name)) return { kind: "boolean" }
  return { kind: "text" }
}
