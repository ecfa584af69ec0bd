// Work on a text that the prompt holds: counting its letters or words, changing its case, reversing it, sorting its items.
// Each function gives null where the prompt asks for nothing of the kind.
import { type Question, wordsOf } from "./question.ts"

/** The items of a list that is written out in a text: JSON, or separated by commas or lines. */
export function itemsIn(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // Not JSON: words.
  }
  return text.split(/\s*(?:,|;|\n)\s*(?:and\s+)?|\s+and\s+/).filter((item) => item.trim() !== "")
}

/** "How many r's in strawberry", words, letters, characters, vowels, sentences of a text in the prompt; a length. */
export function counted(question: Question): string | null {
  const { text } = question
  const letter =
    /how many (?:times does )?(?:the )?(?:letters?\s+)?["“']?([a-z])["”']?(?:['’]?s)?\s+(?:letters? )?(?:are |is |appear\w* )?(?:there )?in\s+(?:the (?:word|name|text|sentence|phrase)\s+)?["“']?(.+?)["”']?\s*[?.]*$/i.exec(
      text,
    )
  if (letter) return String([...(letter[2] as string).toLowerCase()].filter((c) => c === (letter[1] as string).toLowerCase()).length)
  const asked =
    /(?:how many|count(?: the)?|number of|what is the number of)\s+(?:the )?(words|letters|characters|vowels|consonants|sentences|lines|syllables|digits|uppercase letters)\b([\s\S]*)$/i.exec(
      text,
    )
  const length = /\blength of\b([\s\S]*)$|how long is (?:the (?:word|text|string)\s+)([\s\S]*)$/i.exec(text)
  if (!asked && !length) return null
  const rest = asked ? (asked[2] ?? "") : (length?.[1] ?? length?.[2] ?? "")
  const given =
    question.material !== ""
      ? question.material
      : (/\b(?:in|of|has|does)\s+(?:the (?:word|sentence|text|phrase|string|name)\s+)?(.+?)(?:\s+have)?\s*\??$/is.exec(` ${rest}`)?.[1] ??
        (length ? rest : undefined))
  if (given === undefined || given.trim() === "") return null
  const clean = given
    .replace(/[?"“”]+\s*$/g, "")
    .replace(/^(?:the (?:word|text|string)\s+)?["“']?/, "")
    .trim()
  const letters = [...clean].filter((c) => /\p{L}/u.test(c))
  switch (asked?.[1]?.toLowerCase()) {
    case "words":
      return String(clean === "" ? 0 : clean.split(/\s+/).length)
    case "letters":
      return String(letters.length)
    case "vowels":
      return String(letters.filter((c) => /[aeiou]/i.test(c)).length)
    case "consonants":
      return String(letters.filter((c) => !/[aeiou]/i.test(c)).length)
    case "digits":
      return String([...clean].filter((c) => /\d/.test(c)).length)
    case "uppercase letters":
      return String(letters.filter((c) => /\p{Lu}/u.test(c)).length)
    case "sentences":
      return String(Math.max(1, (clean.match(/[.!?]+(?=\s|$)/g) ?? []).length))
    case "lines":
      return String(clean.split("\n").length)
    case "syllables":
      return String(wordsOf(clean).reduce((sum, word) => sum + Math.max(1, (word.replace(/e$/, "").match(/[aeiouy]+/g) ?? []).length), 0))
    default:
      return String([...clean].length)
  }
}

const GIVEN = /(?:\b(?:the |this |these |following |word|words|text|phrase|name|string|sentence|letters?|list|of)\s*)*:?\s*/i.source

const DEEDS: readonly (readonly [string, (given: string) => string])[] = [
  ["(?:reverse|spell backwards|write backwards)", (given) => [...given].reverse().join("")],
  [
    "(?:(?:convert|change|turn|make|put)?\\s*(?:to |into |in )?(?:uppercase|upper case|all caps|capital letters)|capitali[sz]e all)",
    (given) => given.toUpperCase(),
  ],
  ["(?:(?:convert|change|turn|make|put)?\\s*(?:to |into |in )?(?:lowercase|lower case))", (given) => given.toLowerCase()],
  [
    "(?:capitali[sz]e|title case)",
    (given) => given.replace(/(^|\s)(\p{L})/gu, (_, space: string, letter: string) => space + letter.toUpperCase()),
  ],
  ["(?:what is |give )?(?:the )?first letter", (given) => [...given][0] ?? ""],
  ["(?:what is |give )?(?:the )?last letter", (given) => [...given].at(-1) ?? ""],
  ["(?:what is |give )?(?:the )?first word", (given) => given.split(/\s+/)[0] ?? ""],
  ["(?:what is |give )?(?:the )?last word", (given) => given.split(/\s+/).at(-1) ?? ""],
  ["(?:remove|delete|strip)(?: all)?(?: the)? vowels(?: from)?", (given) => given.replace(/[aeiou]/gi, "")],
  ["(?:remove|delete|strip)(?: all)?(?: the)? spaces(?: from)?", (given) => given.replace(/\s+/g, "")],
  ["spell", (given) => [...given].join("-")],
]

/** A text of the prompt, done something to. */
export function worked({ text, material }: Question): string | null {
  for (const [deed, work] of DEEDS) {
    const found = new RegExp(`\\b${deed}\\b\\s*(?:of |in |from )?${GIVEN}([\\s\\S]*)$`, "i").exec(text)
    const other = found
      ? null
      : new RegExp(`^(?:convert|change|turn|make|put|write)\\s+(?:the (?:word|text) )?(.+?)\\s+${deed}[.!?]*$`, "i").exec(text)
    const given = (material !== "" && (found || other) ? material : (found?.[1] ?? other?.[1] ?? ""))
      .replace(/^["“']|["”'][.!?]?$/g, "")
      .replace(/[?.!]+$/, "")
      .trim()
    if (given !== "" && given.length < 2000) return work(given)
  }
  const sorted = sortedItems({ text, material })
  return sorted && sorted.length > 1 ? sorted.join(", ") : null
}

/** The items of a prompt in order, where it asks to sort them; null where it does not. */
export function sortedItems({ text, material }: Pick<Question, "text" | "material">): string[] | null {
  const found =
    /\b(?:sort|order|arrange)\b(?:[^:,]*?(?:alphabetically|ascending|descending|numerically|by size|these|numbers|words|list|in order)[^:,]*?)?[:\s]\s*([\s\S]+)$/i.exec(
      text,
    )
  if (!found) return null
  const items = (material !== "" ? material : (found[1] as string))
    .replace(/^\[|\][.!?]?$|\s+(?:alphabetically|in (?:ascending|descending|alphabetical) order|ascending|descending)[.!?]*$/gi, "")
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+/)
    .map((item) => item.replace(/[.!?"“”']+/g, "").trim())
    .filter((item) => item !== "")
  const numeric = items.every((item) => /^-?\d+(\.\d+)?$/.test(item))
  const ordered = [...items].sort(
    numeric
      ? (a, b) => Number(a) - Number(b)
      : (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0),
  )
  return /\b(descending|reverse|largest first|high to low)\b/i.test(text) ? ordered.reverse() : ordered
}
