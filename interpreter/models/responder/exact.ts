// Prompts with one right answer, or one of a few words: the same in prose and as a typed text, and never labelled.
import type { RandomStream } from "../../kernel/random.ts"
import { arithmetic, numbersIn, plainNumber } from "./arithmetic.ts"
import { ALSO, CITIES, COUNTRIES, type Country, FACTS, TRUTHS, YEARS } from "./knowledge.ts"
import { type Question, wordsOf } from "./question.ts"
import { EMOTIONS, moodOf, OPPOSITES, SETS, SYNONYMS, THINGS, translated } from "./words.ts"

/** The right answer to a question as a text; null where it has none that is known here. */
export function exact(question: Question, random: RandomStream): string | null {
  for (const answer of [said, tossed, chosen, counted, worked, figured, known, extracted, mood]) {
    const found = answer(question, random)
    if (found !== null) return found
  }
  return isYesNo(question) ? (truth(question) ? "yes" : "no") : null
}

// ---- what is to be said as it stands ------------------------------------------------------------------------------------

function said({ whole }: Question): string | null {
  const quoted =
    /^(?:please )?(?:just |only |simply )?(?:say|reply|respond|answer|return|print|output|write|repeat|echo)\b[^"“'.:]*?["“']([^"”']+)["”'][\s.!]*$/i.exec(
      whole,
    )
  if (quoted && !/\b(translate|in (french|german|spanish|italian)|backwards|times|uppercase)\b/i.test(whole)) return quoted[1] as string
  const echoed =
    /^(?:please )?(?:repeat after me|repeat|echo|say)\s*:?\s+(?:this:?\s+|back:?\s+|exactly:?\s+|only:?\s+|the words?:?\s+)*([^"“?]{1,200}?)[.!]?$/i.exec(
      whole.trim(),
    )
  if (echoed?.[1] && !/^(something|anything|a |an |the |what|how|about|why|who|whether|if|in |it\b|nothing|to )/i.test(echoed[1]))
    return echoed[1].trim()
  const only =
    /(?:^|[.!?:,]\s+)(?:please )?(?:reply|respond|answer)(?: only| just)?(?: with)?(?: only| just| exactly| the words?| the text| the single word)+:?\s+([\w-]+(?: [\w-]+){0,2})[.!]?$/i.exec(
      whole.trim(),
    )
  if (only?.[1] && !/^(one|a|an|the|yes or no|true or false|json|digits|number|yes|with)\b/i.test(only[1])) return only[1]
  const bare = /^(?:reply|respond|answer) with ([A-Z]{2,12}|ok|pong|done)[.!]?$/i.exec(whole.trim())
  if (bare) return bare[1] as string
  return /^ping[.!]?$/i.test(whole.trim()) ? "pong" : null
}

function tossed({ text }: Question, random: RandomStream): string | null {
  if (/\b(flip|toss) a coin\b|\bheads or tails\b/i.test(text)) return random.below(2) === 0 ? "heads" : "tails"
  if (/\b(roll|throw) (a|the) (die|dice)\b/i.test(text)) return String(1 + random.below(6))
  return /\b(what|which) year is (it|this)\b|\bcurrent year\b/i.test(text) ? "2026" : null
}

// ---- choices ------------------------------------------------------------------------------------------------------------

const MOOD_WORDS: Readonly<Record<string, -1 | 0 | 1>> = {
  positive: 1,
  good: 1,
  happy: 1,
  negative: -1,
  bad: -1,
  unhappy: -1,
  neutral: 0,
  mixed: 0,
}

/** The options that a prompt names: "one of: a, b, c", "as a, b or c", "a or b?"; none where it names none. */
export function optionsOf(text: string): string[] {
  const plain = text.replace(/["“”'`]/g, "")
  const found =
    /\b(?:one of|either|choose (?:from|between)|pick (?:from|between)|options(?: are)?|labels(?: are)?|categories(?: are)?|categor(?:y|ies)|among|into)\s*:?\s*\(?((?:[\w/-]+(?: [\w-]+){0,2}\s*(?:,|\bor\b|\band\b|\/|\|)\s*)+[\w-]+(?: [\w-]+){0,1}?)\)?(?=[\s]*(?:[.?!:;\n]|$))/i.exec(
      plain,
    ) ??
    /\b(?:as|is it|is this|is|be|with)\s+((?:[\w-]+(?: [\w-]+)?,\s*)*[\w-]+(?: [\w-]+)?,?\s+or\s+[\w-]+)(?=\s*(?:[.?!:;\n]|$))/i.exec(
      plain,
    ) ??
    /(?:^|[,:?.]\s+|\b(?:better|bigger|larger|faster|smaller|heavier|older|prefer|more)\b[,:]?\s+)([\w-]+(?: [\w-]+)?\s+or\s+[\w-]+(?: [\w-]+)?)\?\s*$/i.exec(
      plain,
    )
  if (!found?.[1] || /^(yes or no|true or false)$/i.test(found[1].trim())) return []
  const words = found[1].split(/\s*(?:,|\||\/|\bor\b|\band\b)\s*/).map((word) => word.trim().replace(/^(?:an?|the)\s+/i, ""))
  const options = words.filter((word) => word !== "")
  return options.length > 1 ? options : []
}

function chosen({ text, whole, material }: Question, random: RandomStream): string | null {
  let options = optionsOf(text)
  if (options.length === 0) options = optionsOf(whole)
  if (options.length === 0 || options.every((option) => /^-?\d/.test(option))) return null
  const about = material !== "" && !options.some((option) => material.includes(`${option},`)) ? material : text
  if (options.some((option) => option.toLowerCase() in MOOD_WORDS)) {
    const mood = moodOf(about)
    const fitting =
      options.find((option) => MOOD_WORDS[option.toLowerCase()] === mood) ??
      options.find((option) => MOOD_WORDS[option.toLowerCase()] !== undefined)
    if (fitting) return fitting
  }
  const spam = options.find((option) => /^spam$/i.test(option))
  if (spam) return isSpam(about) ? spam : (options.find((option) => option !== spam) as string)
  const urgent = options.find((option) => /^(urgent|high)$/i.test(option))
  if (urgent && /\b(urgent|asap|immediately|down|outage|emergency|now)\b/i.test(about)) return urgent
  const kind = THINGS.find(([, things]) => things.some((thing) => wordsOf(about).includes(thing)))
  const named = kind && options.find((option) => kind[0].test(option))
  if (named) return named
  const topical = options.find((option) => TOPICAL[option.toLowerCase()]?.test(about))
  return topical ?? (options[random.below(options.length)] as string)
}

const TOPICAL: Readonly<Record<string, RegExp>> = {
  sports: /\b(match|goal|team|player|cup|league|race|won|scored)\b/i,
  sport: /\b(match|goal|team|player|cup|league|race|won|scored)\b/i,
  politics: /\b(election|minister|president|vote|parliament|law|senate|government)\b/i,
  technology: /\b(software|computer|phone|app|chip|model|internet|code|AI|laptop)\b/i,
  tech: /\b(software|computer|phone|app|chip|model|internet|code|AI|laptop)\b/i,
  business: /\b(market|shares|profit|company|sales|bank|stock|price)\b/i,
  science: /\b(study|researchers?|planet|cell|physics|species|laboratory)\b/i,
  billing: /\b(invoice|charged?|refund|payment|bill|card|price)\b/i,
  technical: /\b(error|crash\w*|bug|login|password|install|broken|fails?)\b/i,
  bug: /\b(error|crash\w*|broken|fails?|wrong|exception)\b/i,
  feature: /\b(would be nice|could you add|please add|wish|support for|request)\b/i,
  question: /\?|\b(how|what|when|where|why|can i)\b/i,
  complaint: /\b(terrible|broken|late|never|refund|disappoint\w*|wrong)\b/i,
}

const isSpam = (text: string): boolean =>
  /\b(free|winner|won|prize|click|buy now|viagra|lottery|cash|offer|claim|congratulations|limited time)\b|!!|\$\$/i.test(text)

// ---- counting and working on texts --------------------------------------------------------------------------------------

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
function worked({ text, material }: Question): string | null {
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

// ---- numbers and facts --------------------------------------------------------------------------------------------------

function figured({ text }: Question): string | null {
  const next = nextIn(text)
  if (next !== null) return String(next)
  if (isYesNoText(text)) return null
  const value = arithmetic(text)
  return value === null ? null : String(plainNumber(value))
}

/** The number that continues a row. */
export function nextIn(text: string): number | null {
  if (!/\b(next|continue|comes after|following number|sequence)\b/i.test(text)) return null
  const row = numbersIn(text.replace(/\?\s*$/, ""))
  const [a, b, c] = row.slice(-3) as [number, number, number]
  if (row.length === 1 && /\b(after|next)\b/i.test(text)) return (row[0] as number) + 1
  if (row.length < 3) return null
  if (c - b === b - a) return c + (c - b)
  if (a !== 0 && b !== 0 && c / b === b / a) return (c * c) / b
  if (c === a + b) return b + c
  return c + (c - b) + (c - b - (b - a))
}

const has = (text: string, name: string): boolean => new RegExp(`(?<![\\p{L}])${name.replace(/[.]/g, "\\.")}(?![\\p{L}])`, "iu").test(text)

/** The countries that a text names, or the countries of the capitals and cities that it names. */
export function countryIn(text: string): Country | null {
  const direct = COUNTRIES.find(({ name }) => has(text, name))
  if (direct) return direct
  const also = Object.keys(ALSO).find((name) => (name === "us" ? /\bUS\b/.test(text) : has(text, name)))
  return also ? (COUNTRIES.find(({ name }) => name === ALSO[also]) ?? null) : null
}

export function cityIn(text: string): { readonly city: string; readonly people: number | null; readonly country: string } | null {
  const listed = CITIES.find(([city]) => has(text, city))
  if (listed) return { city: listed[0], people: listed[1], country: listed[2] }
  const capital = COUNTRIES.find((country) => has(text, country.capital))
  return capital ? { city: capital.capital, people: null, country: capital.name } : null
}

function known(question: Question): string | null {
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

function placeFact(text: string): string | null {
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

const TONGUE =
  /\b(?:in|to|into)\s+(french|german|spanish|italian|portuguese|japanese|chinese|russian|dutch|swedish|polish|greek|korean|arabic|latin)\b/i

/** The language that a prompt wants a text in; null where it wants none. */
export const tongueIn = (text: string): string | null => TONGUE.exec(text)?.[1] ?? null

/** The text that is to be translated. */
export function toTranslate({ text, material }: Pick<Question, "text" | "material">): string {
  if (material !== "") return material
  const plain = text
    .replace(TONGUE, " ")
    .replace(
      /^\s*(?:please\s+)?(?:translate|say|write|how do (?:you|i) say|what is|how to say)\s+(?:the (?:word|phrase|sentence|text)\s+|this\s+|following\s+)*/i,
      "",
    )
  return plain.replace(/^[\s:]+|[\s?]+$/g, "").replace(/\s+/g, " ")
}

function translation(question: Question): string | null {
  const tongue = tongueIn(question.text)
  return tongue ? translated(toTranslate(question), tongue) : null
}

// ---- what a text holds --------------------------------------------------------------------------------------------------

const IN_TEXTS: readonly (readonly [RegExp, RegExp])[] = [
  [/\be-?mails?( address(es)?)?\b/i, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  [/\b(urls?|links?|websites?)\b/i, /https?:\/\/[^\s"'<>)]+[^\s"'<>).,]/g],
  [/\bphone( numbers?)?\b|\btelephone\b/i, /\+?\d[\d\s().-]{6,}\d/g],
  [
    /\bdates?\b/i,
    /\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:\d{1,2}(?:st|nd|rd|th)? )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?\b/g,
  ],
  [/\bprices?\b|\bamounts?\b|\bcosts?\b/i, /[$€£]\s?\d+(?:[.,]\d+)*|\b\d+(?:\.\d+)?\s?(?:dollars|euros?|USD|EUR)\b/g],
  [/\bhash ?tags?\b/i, /#\w+/g],
  [/\bnumbers?\b|\bdigits?\b/i, /(?<![\w.])-?\d+(?:\.\d+)?/g],
]

/** What the prompt asks to extract, as it stands in the text that the prompt holds; null where it asks for nothing like it. */
export function extractedFrom({ text, material }: Pick<Question, "text" | "material">): string[] | null {
  if (material === "" || !/\b(extract|find|what|which|get|give|list|return|identify|pull|parse)\b/i.test(text)) return null
  const asked = text.replace(material, " ")
  for (const [word, pattern] of IN_TEXTS) {
    if (!word.test(asked)) continue
    const found = material.match(pattern)
    if (found) return [...found]
  }
  if (/\b(names?|people|persons?|who|entit(y|ies))\b/i.test(asked)) {
    const found = namesIn(material)
    if (found.length > 0) return found
  }
  return null
}

/** Runs of capitalised words that are no beginning of a sentence, or are more than one word. */
export function namesIn(text: string): string[] {
  const found: string[] = []
  for (const match of text.matchAll(/(?<![\p{L}])\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)*/gu)) {
    const before = text.slice(0, match.index).trimEnd()
    const begins = before === "" || /[.!?:]$/.test(before)
    if (
      begins &&
      !match[0].includes(" ") &&
      /^(The|A|An|It|He|She|They|We|I|You|This|That|My|Our|In|On|At|If|When|Please|Contact|Hello|Dear|Hi|From|After|Yesterday|Today|Two|Every)$/.test(
        match[0],
      )
    )
      continue
    const name = match[0].replace(/^(?:The|A|An|Contact|Hello|Dear|Hi|From|When|In|On|At|After|Yesterday|Today|Please|Meet) /, "")
    if (!found.includes(name)) found.push(name)
  }
  return found
}

function extracted(question: Question): string | null {
  if (!/\b(extract|find|identify|pull|parse|get)\b|^\s*(?:what|which|who) .*\b(in|from|mentioned)\b/i.test(question.text)) return null
  const found = extractedFrom(question)
  if (!found) return null
  return question.count === null &&
    !/s\b/.test(/\b(emails?|urls?|links?|dates?|prices?|names?|numbers?|phones?|entities|people)\b/i.exec(question.text)?.[1] ?? "")
    ? (found[0] as string)
    : found.slice(0, question.count ?? found.length).join(", ")
}

function mood({ text, material }: Question): string | null {
  const about = material !== "" ? material : text
  if (/\bemotion\b/i.test(text)) return EMOTIONS.find(([words]) => words.test(about))?.[1][0] ?? "calm"
  if (!/\bsentiment\b|positive or negative|\bmood of\b|\btone of\b/i.test(text)) return null
  return ["negative", "neutral", "positive"][moodOf(about) + 1] as string
}

// ---- yes and no ---------------------------------------------------------------------------------------------------------

const YES_NO =
  /^\s*(?:(?:please )?(?:answer|tell me|check|determine|say)[^:?]*?(?:whether|if)\s+|(?:yes or no|true or false)\s*[:,-]?\s*)?(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|isn['’]t|am)\b[^?]*\?*\s*/i

const isYesNoText = (text: string): boolean =>
  YES_NO.test(text) && !/^\s*(?:can|could|would|will) you\b/i.test(text) && optionsOf(text).length === 0
function isYesNo({ text, wants }: Question): boolean {
  return wants === "truth" || (isYesNoText(text) && judged(text, text) !== null)
}

/** Whether what a prompt says or asks is so; by what is known, else by its words. */
export function truth({ text, material }: Pick<Question, "text" | "material">): boolean {
  return judged(text, material) ?? !/\b(not|never|wrong|invalid|false|impossible|n['’]t)\b/i.test(text)
}

function judged(text: string, material: string): boolean | null {
  const about = material !== "" ? material : text
  const compared =
    /(-?\d+(?:\.\d+)?)\s*(?:is\s+)?(>=|<=|>|<|==?|(?:greater|larger|more|bigger|higher|less|smaller|fewer|lower) than|equal to|equals?|the same as)\s*(-?\d+(?:\.\d+)?)/i.exec(
      text,
    )
  const sum =
    /(.*\d\s*(?:[+\-*/^x×]|plus|minus|times|divided by)\s*\d.*?)(?:==?|equals?(?: to)?|equal to|\bis\b)\s*(-?\d+(?:\.\d+)?)/i.exec(text)
  if (sum) {
    const value = arithmetic(sum[1] as string)
    if (value !== null) return value === Number(sum[2])
  }
  if (compared) {
    const [left, sign, right] = [Number(compared[1]), (compared[2] as string).toLowerCase(), Number(compared[3])]
    if (sign === ">=") return left >= right
    if (sign === "<=") return left <= right
    if (/^</.test(sign) || /less|smaller|fewer|lower/.test(sign)) return left < right
    return /^>|greater|larger|more|bigger|higher/.test(sign) ? left > right : left === right
  }
  const n = numbersIn(text)
  const [first, second] = n as [number, number]
  if (n.length > 0) {
    if (/\bprime\b/i.test(text)) return isPrime(first)
    if (/\b(divisible by|multiple of|divide evenly)\b/i.test(text) && n.length > 1) return first % second === 0
    if (/\beven\b/i.test(text)) return first % 2 === 0
    if (/\bodd\b/i.test(text)) return first % 2 !== 0
    if (/\bleap\b/i.test(text)) return (first % 4 === 0 && first % 100 !== 0) || first % 400 === 0
    if (/\bpositive\b/i.test(text)) return first > 0
    if (/\bnegative\b/i.test(text)) return first < 0
    if (/\bperfect square|square number\b/i.test(text)) return Math.sqrt(first) === Math.floor(Math.sqrt(first))
  }
  const palindrome = /\bpalindrome\b|same (?:forwards and )?backwards/i.test(text)
  if (palindrome) {
    const given = wordsOf(
      material !== "" ? material : (/\bis\s+(.+?)\s+a palindrome|does\s+(.+?)\s+read/i.exec(text)?.slice(1).find(Boolean) ?? ""),
    ).join("")
    if (given !== "") return given === [...given].reverse().join("")
  }
  const holds =
    /["“'](.+?)["”']\s+(?:contain|include|have|start|begin|end)s?(?: with)?(?: the (?:letter|word))?\s+["“']?([\w ]+?)["”']?\s*\??$/i.exec(
      text,
    )
  if (holds) {
    const [whole, part] = [(holds[1] as string).toLowerCase(), (holds[2] as string).toLowerCase()]
    return /\b(start|begin)/i.test(holds[0])
      ? whole.startsWith(part)
      : /\bend/i.test(holds[0])
        ? whole.endsWith(part)
        : whole.includes(part)
  }
  if (/\bcapital\b/i.test(text)) {
    const country = countryIn(text)
    const city = cityIn(text.replace(country?.name ?? "", " "))
    if (country && city) return country.capital === city.city
    if (country && /\b(?:is|was)\s+(\p{Lu}[\p{L}]+)/u.test(text)) return has(text, country.capital)
  }
  const country = countryIn(text)
  const continent = COUNTRIES.find((one) => has(text, one.continent))?.continent
  if (country && continent) return country.continent === continent
  const city = cityIn(text)
  if (country && city && /\bin\b/i.test(text)) return city.country === country.name
  if (/\bspam\b/i.test(text)) return isSpam(about)
  if (/\b(positive|good|happy|recommend\w*)\b/i.test(text) && material !== "") return moodOf(material) > 0
  if (/\b(negative|bad|angry|unhappy|complain\w*)\b/i.test(text) && material !== "") return moodOf(material) < 0
  if (/\bvalid e-?mail\b|\be-?mail\b.*\bvalid\b/i.test(text) && material + text !== "") return /[\w.+-]+@[\w-]+\.[\w.-]+/.test(about)
  if (/\bvalid json\b/i.test(text) && material !== "") return isJson(material)
  if (/\bquestion\b/i.test(text) && material !== "") return /\?\s*$/.test(material)
  const told = TRUTHS.find(([pattern]) => pattern.test(text))
  if (told) return told[1]
  const member = /\b(?:is|are)\s+(?:an?\s+|the\s+)?([\p{L} -]+?)\s+(?:an?|the)\s+([\p{L}]+)\s*\??\s*$/iu.exec(text)
  if (member) {
    const [thing, kind] = [(member[1] as string).toLowerCase(), member[2] as string]
    const of = (word: string) => [...SETS, ...THINGS].filter(([pattern]) => pattern.test(word))
    const mine = of(kind)
    if (mine.some(([, things]) => things.some((one) => one.toLowerCase() === thing))) return true
    if (mine.length > 0 && [...SETS, ...THINGS].some(([, things]) => things.some((one) => one.toLowerCase() === thing))) return false
  }
  const fact = FACTS.find(([pattern]) => pattern.test(text))
  return fact && !/^\d/.test(fact[1]) ? has(text, fact[1].replace(/^the /, "")) : null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export function isPrime(n: number): boolean {
  if (!Number.isInteger(n) || n < 2 || n > 1e12) return false
  for (let i = 2; i * i <= n; i++) if (n % i === 0) return false
  return true
}
