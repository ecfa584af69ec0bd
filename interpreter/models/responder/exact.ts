// Prompts with one right answer, or one of a few words: the same in prose and as a typed text, and never labelled. Tries one
// kind of question after the other; what needs more than a few lines has a file of its own.
import type { RandomStream } from "../../kernel/random.ts"
import { arithmetic, plainNumber } from "./arithmetic.ts"
import { chosen } from "./choices.ts"
import { extracted } from "./extraction.ts"
import { known } from "./facts.ts"
import type { Question } from "./question.ts"
import { nextIn } from "./sequences.ts"
import { counted, worked } from "./text-work.ts"
import { isYesNo, isYesNoText, truth } from "./truth.ts"
import { EMOTIONS, moodOf } from "./words.ts"

/** The right answer to a question as a text; null where it has none that is known here. */
export function exact(question: Question, random: RandomStream): string | null {
  for (const answer of [said, tossed, chosen, counted, worked, figured, known, extracted, mood]) {
    const found = answer(question, random)
    if (found !== null) return found
  }
  return isYesNo(question) ? (truth(question) ? "yes" : "no") : null
}

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

function figured({ text }: Question): string | null {
  const next = nextIn(text)
  if (next !== null) return String(next)
  if (isYesNoText(text)) return null
  const value = arithmetic(text)
  return value === null ? null : String(plainNumber(value))
}

function mood({ text, material }: Question): string | null {
  const about = material !== "" ? material : text
  if (/\bemotion\b/i.test(text)) return EMOTIONS.find(([words]) => words.test(about))?.[1][0] ?? "calm"
  if (!/\bsentiment\b|positive or negative|\bmood of\b|\btone of\b/i.test(text)) return null
  return ["negative", "neutral", "positive"][moodOf(about) + 1] as string
}
