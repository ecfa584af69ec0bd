// Questions about the world that have one answer here: years, facts, opposites and plurals, members of well-known sets.
import { FACTS, YEARS } from "./knowledge.ts"
import { placeFact } from "./places.ts"
import type { Question } from "./question.ts"
import { translation } from "./translation.ts"
import { isYesNoText } from "./truth.ts"
import { OPPOSITES, SETS, SYNONYMS } from "./words.ts"

/** The one answer to a question about the world; null where none is known here. */
export function known(question: Question): string | null {
  const { text } = question
  if (isYesNoText(text)) return null
  const place = placeFact(text)
  if (place !== null) return place
  if (/\b(when|year)\b/i.test(text)) {
    const event = YEARS.find(([pattern]) => pattern.test(text))
    if (event) return String(event[1])
  }
  const fact = FACTS.find(([pattern]) => pattern.test(text))
  if (fact) return fact[1]
  const word =
    /\b(opposite|antonym|synonym|another word|plural|past tense)\b[^:]*?\b(?:of|for)\b\s*(?:the word\s*)?:?\s*["“']?([\p{L}-]+)/iu.exec(
      text,
    )
  if (word) {
    const given = (word[2] as string).toLowerCase()
    if (/opposite|antonym/i.test(word[1] as string)) {
      for (const [a, b] of OPPOSITES) if (given === a || given === b) return given === a ? b : a
    } else if (/plural/i.test(word[1] as string)) return plural(given)
    else if (!/past/i.test(word[1] as string)) {
      const same = SYNONYMS[given] ?? Object.keys(SYNONYMS).find((one) => SYNONYMS[one] === given)
      if (same) return same
    }
  }
  const after = /\b(?:comes |is )?(after|before|follows|precedes|next after)\s+([a-z]+)\b/i.exec(text)
  if (after) {
    for (const [, members] of SETS) {
      const at = members.findIndex((member) => member.toLowerCase() === (after[2] as string).toLowerCase())
      if (at < 0) continue
      const step = /after|follows/i.test(after[1] as string) ? 1 : members.length - 1
      return members[(at + step) % members.length] as string
    }
  }
  return membered(text) ?? translation(question)
}

const ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last".split(" ")

/** "The third letter of the alphabet", "the last month of the year". */
function membered(text: string): string | null {
  const found = new RegExp(
    `\\b(${ORDINALS.join("|")}|\\d+(?:st|nd|rd|th))\\s+(letter of the alphabet|day of the week|month|season|planet|vowel|colou?r of the rainbow)`,
    "i",
  ).exec(text)
  const set = found && SETS.find(([pattern]) => pattern.test(/letter/i.test(found[2] as string) ? "alphabet" : (found[2] as string)))
  if (!found || !set) return null
  const word = (found[1] as string).toLowerCase()
  const at = word === "last" ? set[1].length - 1 : /^\d/.test(word) ? Number.parseInt(word, 10) - 1 : ORDINALS.indexOf(word)
  return set[1][at] ?? null
}

function plural(word: string): string {
  const odd: Readonly<Record<string, string>> = {
    mouse: "mice",
    child: "children",
    man: "men",
    woman: "women",
    foot: "feet",
    tooth: "teeth",
    goose: "geese",
    person: "people",
    ox: "oxen",
    leaf: "leaves",
    fish: "fish",
    sheep: "sheep",
  }
  if (Object.hasOwn(odd, word)) return odd[word] as string
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`
}
