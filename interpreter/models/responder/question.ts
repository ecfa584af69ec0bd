// Reads a prompt as the built-in responder understands it: what is asked now, with the names of the program's context filled
// in, apart from wishes about the form of the answer, and the text that it is about.
import type { ModelRequest } from "../request.ts"

export interface Question {
  /** What is asked, references filled in, wishes about the form taken off. */
  readonly text: string
  /** As `text`, with them. */
  readonly whole: string
  /** The text that it is about: in quotes, behind a colon, or the last text of the program's context; "" where there is none. */
  readonly material: string
  /** How many things are wanted; null where it does not say. */
  readonly count: number | null
  readonly wants: "number" | "word" | "json" | "truth" | null
}

const MAX_READ = 4000
const NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve".split(" ")
const MANY = `\\d{1,3}|${NUMBER_WORDS.join("|")}`

const FORM =
  /(?:^|[\s.,;:?!(]+)(?:and )?(?:please )?(?:(?:reply|answer|respond|return|output|give|say|use|write)(?: me| it)?(?: back)?(?: strictly| only| just| exactly)?(?: with| in| as| using)?(?: only| just| exactly)?(?: an?| the| one)? (?:single |whole |bare |plain )?(?:number|integer|digits?|figure|word|words|json|valid json|yes or no|true or false|name|names|result|answer|sentence|line|list|city|country|value|code)(?: only| and nothing else| without[^.?!]*|, nothing else)?|(?:digits|numbers?|the number|just the number|one word|single word|yes or no|json|name|code) only|only (?:the )?(?:digits|number|name|word|answer|json|result)|(?:in )?(?:one|a single) word|just the (?:number|name|word|answer)|no (?:explanations?|punctuation|other text|extra words)|nothing else|without explanations?)[^\w]*$/i

export function questionOf(request: ModelRequest): Question {
  const turns = request.turns.filter((turn) => turn.role === "user")
  const last = turns.at(-1)?.text ?? ""
  // A correction comes after the question that it is about.
  const corrects = turns.length > 1 && /does not fit\. Answer with/.test(last)
  const context = entriesOf(request.context)
  const whole = filled((corrects ? (turns.at(-2)?.text ?? last) : last).slice(0, MAX_READ), context)
  let text = whole.trim()
  for (let before = ""; before !== text && text !== ""; ) {
    before = text
    const shorter = text.replace(FORM, "").trim()
    if (shorter !== "") text = shorter
  }
  return { text, whole, material: materialOf(text, context), count: countOf(text), wants: wanted(whole) }
}

function wanted(whole: string): Question["wants"] {
  if (/\b(yes or no|yes\/no|true or false|true\/false)\b/i.test(whole)) return "truth"
  if (/\bJSON\b/.test(whole)) return "json"
  if (
    /(only|just|with|as)( the| a| one)? (number|integer|digits?|figure)\b|digits only|number only|\b(rate|score)\b.*\d|^\s*(how many|in which year|in what year|what year|which year)\b/i.test(
      whole,
    )
  )
    return "number"
  return /\b(one|single) word\b|\bword only\b/i.test(whole) ? "word" : null
}

/** Entries of a program's context as Vibe writes them: `- name (type): value`, the newest of each name. */
function entriesOf(context: string): Map<string, string> {
  const entries = new Map<string, string>()
  const start = /^(?:-|<--) (\w+) \([^)\n]*\): /gm
  const found = [...context.slice(-100_000).matchAll(start)]
  const all = context.slice(-100_000)
  for (const match of found) {
    const from = (match.index ?? 0) + match[0].length
    const to = /\n(?:- |--> |<-- |==> |<== )/g
    to.lastIndex = from
    const value = all.slice(from, to.exec(all)?.index ?? all.length)
    entries.delete(match[1] as string)
    entries.set(match[1] as string, value)
  }
  return entries
}

function filled(prompt: string, context: ReadonlyMap<string, string>): string {
  return prompt.replace(/\{(\w+)(?:[.[][^{}]*)?\}/g, (whole, name: string) => context.get(name)?.slice(0, MAX_READ) ?? whole)
}

const QUOTED = /["“]([^"“”]+)["”]|(?<![\w'])'([^']+)'(?!\w)|`([^`]+)`/

function materialOf(text: string, context: ReadonlyMap<string, string>): string {
  const quoted = QUOTED.exec(text)
  if (quoted) return (quoted[1] ?? quoted[2] ?? quoted[3] ?? "").trim()
  const colon = /:\s+(\S[\s\S]*)$|:\s*\n([\s\S]+)$/.exec(text)
  if (colon) return (colon[1] ?? colon[2] ?? "").trim()
  // "What is the sentiment?" speaks of a text that it does not repeat.
  const own = /\b(summar|sentiment|keyword|topics?|entit|extract|translate|classif|review|proofread|tone|language|valid|spam)/i.test(text)
  if (!own) return ""
  const texts = [...context.values()].filter((value) => /\S\s+\S/.test(value) && !/^[[{]/.test(value))
  return texts.at(-1)?.slice(0, MAX_READ) ?? ""
}

function countOf(text: string): number | null {
  const asked = text.replace(QUOTED, " ").replace(/:[\s\S]*$/, " ")
  const found =
    new RegExp(
      `\\b(?:list|name|give(?: me)?|write|suggest|find|extract|pick|choose|top|first|last|generate|create|make|propose|show|tell me|what are|brainstorm|outline|with|in|exactly|need|want|of)\\s+(?:the |me |us |a list of |up to |exactly |about |at most |top |first |your )*(${MANY})\\b(?!\\s*(?:%|percent|words?\\b|sentences?\\b|minutes?\\b|seconds?\\b|years?\\b|[-–to]+\\s*\\d|[+*/^]))`,
      "i",
    ).exec(asked) ?? new RegExp(`^\\s*(${MANY})\\s+(?:[\\w-]+\\s+){0,2}?\\w+s\\b`, "i").exec(asked)
  const word = found?.[1]?.toLowerCase()
  if (word === undefined) return null
  const named = NUMBER_WORDS.indexOf(word)
  const count = named >= 0 ? named + 1 : Number(word)
  return count >= 1 && count <= 100 ? count : null
}

/** The words of a text, lower case, without marks. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
}
