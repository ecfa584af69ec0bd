// Numbers that a prompt asks for: counted, computed, known, found in its text or drawn from its range; else something
// plausible from the stream.
import type { RandomStream } from "../../kernel/random.ts"
import { arithmetic, numbersIn } from "./arithmetic.ts"
import { extractedFrom } from "./extraction.ts"
import { FACTS, YEARS } from "./knowledge.ts"
import { cityIn, countryIn } from "./places.ts"
import { type Question, wordsOf } from "./question.ts"
import { MOST_ITEMS, nextIn, sequence } from "./sequences.ts"
import { counted, itemsIn, sortedItems } from "./text-work.ts"
import { moodOf, SETS } from "./words.ts"

/** One number. The order of the attempts is their certainty: what can be counted or known comes before what is drawn. */
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

export function numbersFor(question: Question, random: RandomStream): number[] {
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
