// Short texts that a prompt asks for, alone or as a list: a right answer, members of a set, parts of the text it holds,
// or things of a kind, drawn from the stream.
import type { RandomStream } from "../../kernel/random.ts"
import { exact } from "./exact.ts"
import { extractedFrom, namesIn } from "./extraction.ts"
import { countryIn } from "./places.ts"
import { type Question, wordsOf } from "./question.ts"
import { MOST_ITEMS, sequence } from "./sequences.ts"
import { itemsIn, sortedItems } from "./text-work.ts"
import { tongueIn, toTranslate } from "./translation.ts"
import { PLAIN_THINGS, SETS, THINGS, translated } from "./words.ts"

/** A few words, unlabelled: for texts that are asked for as a value, fields, elements and picks. */
export function phrase(question: Question, random: RandomStream): string {
  return exact(question, random) ?? (pick(thingsFor(question.text), 1, random)[0] as string)
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

/** Things of the kind that a text names; things of no kind where it names none. */
export function thingsFor(text: string): readonly string[] {
  // "Name a planet" asks for a planet, not for a name.
  const asked = text.replace(/^\s*(?:please\s+)?name\s+(?!for\b|of\b)/i, "")
  return (SETS.find(([pattern]) => pattern.test(asked)) ?? THINGS.find(([pattern]) => pattern.test(asked)))?.[1] ?? PLAIN_THINGS
}

/** So many things in a row, from a place drawn from the stream; numbered where they come again. */
export function pick(things: readonly string[], count: number, random: RandomStream): string[] {
  const start = random.below(things.length)
  return Array.from({ length: count }, (_, i) => {
    const thing = things[(start + i) % things.length] as string
    return i < things.length ? thing : `${thing} ${Math.floor(i / things.length) + 1}`
  })
}

/** The first sentence, cut at a word where it is longer than 160 characters. */
export function firstSentence(text: string): string {
  const first = /^[\s\S]{1,220}?[.!?](?=\s|$)/.exec(text.trim())?.[0] ?? text.trim()
  return first.length > 160
    ? `${first
        .slice(0, 157)
        .replace(/[\ud800-\udbff]$/, "")
        .replace(/\s+\S*$/, "")}…`
    : first
}
