// Prompts that name their options ("positive or negative?", "one of: a, b, c"): which options they name, and which one fits
// the text that is asked about. Used by exact.ts; records and yes-or-no questions look for options here too.
import type { RandomStream } from "../../kernel/random.ts"
import { type Question, wordsOf } from "./question.ts"
import { moodOf, THINGS } from "./words.ts"

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

/** The option that fits the text in question; drawn from the stream where none stands out. Null: the prompt names no options. */
export function chosen({ text, whole, material }: Question, random: RandomStream): string | null {
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

export const isSpam = (text: string): boolean =>
  /\b(free|winner|won|prize|click|buy now|viagra|lottery|cash|offer|claim|congratulations|limited time)\b|!!|\$\$/i.test(text)
