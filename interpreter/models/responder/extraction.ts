// What a prompt asks to extract from the text that it holds: addresses, dates, prices, names.
import type { Question } from "./question.ts"

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

/** What a prompt asks to extract, as one text: the first find where it asks for one, else all of them. */
export function extracted(question: Question): string | null {
  if (!/\b(extract|find|identify|pull|parse|get)\b|^\s*(?:what|which|who) .*\b(in|from|mentioned)\b/i.test(question.text)) return null
  const found = extractedFrom(question)
  if (!found) return null
  return question.count === null &&
    !/s\b/.test(/\b(emails?|urls?|links?|dates?|prices?|names?|numbers?|phones?|entities|people)\b/i.exec(question.text)?.[1] ?? "")
    ? (found[0] as string)
    : found.slice(0, question.count ?? found.length).join(", ")
}
