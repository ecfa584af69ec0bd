// Prompts that want a text in another language: which language, which text, and its translation where it is known.
import type { Question } from "./question.ts"
import { translated } from "./words.ts"

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

export function translation(question: Question): string | null {
  const tongue = tongueIn(question.text)
  return tongue ? translated(toTranslate(question), tongue) : null
}
