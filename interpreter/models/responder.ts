// The built-in responder: answers prompts that no rule of the script matches, so that a program typed into the page runs
// without a key. It knows a few kinds of prompts people try first, answers in the type that was asked for, and says in
// prose that it is simulated. Deterministic: the same prompt and stream give the same answer.
import type { RandomStream } from "../kernel/random.ts"
import { type AnswerShape, type ModelRequest, promptText } from "./request.ts"
import { CAPITALS, FACTS, FIELDS, HELLO, POPULATIONS, THINGS } from "./responder-knowledge.ts"

const LABEL = "(simulated)"

const NUMBER_WORDS: Record<string, number> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 }

/** An answer to the request, as the text a model would send for the asked type. */
export function respond(request: ModelRequest, random: RandomStream): string {
  const prompt = lastTurn(request)
  const shape = request.shape
  if (shape.kind === "text") return prose(prompt, random)
  const value = valueFor(shape, prompt, random)
  return typeof value === "string" && shape.kind === "char" ? value : JSON.stringify(value)
}

/** What is asked now: a correction repeats the question in a later turn, or comes after it. */
function lastTurn(request: ModelRequest): string {
  return promptText(request).slice(0, 4000)
}

function valueFor(shape: AnswerShape, prompt: string, random: RandomStream): unknown {
  switch (shape.kind) {
    case "text":
      return phrase(prompt, random)
    case "integer":
      return Math.trunc(numberFor(prompt, random))
    case "number":
      return numberFor(prompt, random)
    case "boolean":
      return truth(prompt)
    case "char":
      return [...phrase(prompt, random)][0] ?? "?"
    case "json":
      return jsonFor(prompt, random)
    case "list": {
      const count = wantedCount(prompt)
      if (shape.of.kind === "text") return pick(thingsFor(prompt), count, random)
      return Array.from({ length: count }, () => valueFor(shape.of, prompt, random))
    }
    case "record":
      return Object.fromEntries(shape.fields.map((field) => [field.name, fieldFor(field.name, field.shape, prompt, random)]))
  }
}

/** A field's value by its own name first, then by what the prompt is about. */
function fieldFor(name: string, shape: AnswerShape, prompt: string, random: RandomStream): unknown {
  switch (shape.kind) {
    case "text": {
      const known = FIELDS.find(([pattern]) => pattern.test(name))
      return known ? pick(known[1], 1, random)[0] : phrase(prompt, random)
    }
    case "integer":
    case "number":
      return namedNumber(name, random) ?? numberFor(prompt, random)
    case "list":
      return shape.of.kind === "text"
        ? pick(thingsFor(`${name} ${prompt}`), wantedCount(prompt), random)
        : valueFor(shape, `${name} of: ${prompt}`, random)
    default:
      return valueFor(shape, `${name} of: ${prompt}`, random)
  }
}

function namedNumber(name: string, random: RandomStream): number | null {
  if (/year/i.test(name)) return 1850 + random.below(170)
  if (/age/i.test(name)) return 18 + random.below(60)
  if (/price|cost|amount/i.test(name)) return 5 + random.below(95)
  if (/score|rating/i.test(name)) return 1 + random.below(10)
  if (/percent/i.test(name)) return random.below(101)
  return null
}

function truth(prompt: string): boolean {
  const compared = /(-?\d+(?:\.\d+)?)\s*(?:is\s+)?(greater|larger|more|bigger|less|smaller|fewer) than\s+(-?\d+(?:\.\d+)?)/i.exec(prompt)
  if (compared) {
    const [left, right] = [Number(compared[1]), Number(compared[3])]
    return /less|smaller|fewer/i.test(compared[2] as string) ? left < right : left > right
  }
  const parity = /\b(-?\d+)\b.*\b(even|odd)\b/i.exec(prompt)
  if (parity) return (Number(parity[1]) % 2 === 0) === (parity[2]?.toLowerCase() === "even")
  return !/\b(not|never|wrong|invalid|false|impossible)\b/i.test(prompt)
}

function jsonFor(prompt: string, random: RandomStream): unknown {
  if (/\bdata\b|\bitems?\b|\bfetch\b/i.test(prompt))
    return { items: pick(thingsFor(prompt), 3, random).map((name, i) => ({ id: i + 1, name })), total: 3, simulated: true }
  return { answer: phrase(prompt, random), simulated: true }
}

function wantedCount(prompt: string): number {
  const digits = /\b(\d{1,2})\b/.exec(prompt)
  if (digits) return Math.max(1, Math.min(12, Number(digits[1])))
  for (const [word, count] of Object.entries(NUMBER_WORDS)) if (new RegExp(`\\b${word}\\b`, "i").test(prompt)) return count
  return 3
}

const PLAIN_THINGS = ["first idea", "second idea", "third idea", "fourth idea", "fifth idea"]

function thingsFor(prompt: string): readonly string[] {
  return THINGS.find(([pattern]) => pattern.test(prompt))?.[1] ?? PLAIN_THINGS
}

function pick(things: readonly string[], count: number, random: RandomStream): string[] {
  const start = random.below(things.length)
  return Array.from({ length: count }, (_, i) => {
    const thing = things[(start + i) % things.length] as string
    return i < things.length ? thing : `${thing} ${Math.floor(i / things.length) + 1}`
  })
}

function numberFor(prompt: string, random: RandomStream): number {
  return countIn(prompt) ?? arithmetic(prompt) ?? knownNumber(prompt) ?? inRange(prompt, random) ?? 1 + random.below(10)
}

const COUNT_QUESTION = /how many (words|letters|characters)\b([^:]*)(?::\s*(.+))?$/is
const AFTERWORDS = /["”]?\s*\??\s*(?:(?:reply|answer|only|digits)\b.*)?$/is

/** Words, letters or characters of a text in the prompt: what follows the colon, else what follows "in". */
function countIn(prompt: string): number | null {
  const asked = COUNT_QUESTION.exec(prompt)
  if (!asked) return null
  const given = asked[3] ?? /\bin\s+(?:the (?:word|sentence|text|phrase)\s+)?(.+)$/is.exec(asked[2] ?? "")?.[1]
  if (given === undefined) return null
  const text = given.replace(AFTERWORDS, "").replace(/^["“]/, "").trim()
  const what = (asked[1] as string).toLowerCase()
  if (what === "words") return text === "" ? 0 : text.split(/\s+/).length
  return [...text].filter((c) => what === "characters" || /\p{L}/u.test(c)).length
}

function knownNumber(prompt: string): number | null {
  const lower = prompt.toLowerCase()
  if (/people|population|inhabitants|live in/.test(lower))
    for (const [city, people] of Object.entries(POPULATIONS)) if (lower.includes(city)) return people
  const fact = FACTS.find(([pattern, answer]) => pattern.test(prompt) && /^\d+$/.test(answer))
  return fact ? Number(fact[1]) : null
}

/** A number from a range that the prompt names, or a year where one is asked for. */
function inRange(prompt: string, random: RandomStream): number | null {
  const range = /(?:from|between)\s+(-?\d+)\s+(?:to|and)\s+(-?\d+)/i.exec(prompt)
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])]
    if (high >= low && high - low < 1e9) return low + random.below(high - low + 1)
  }
  if (/\b(which|what) year\b|\byear (of|did|was)\b/i.test(prompt)) return 1820 + random.below(200)
  if (/\bpercent|percentage/i.test(prompt)) return random.below(101)
  return null
}

/** The value of the first sum, difference, product or quotient of two numbers in the prompt; null if there is none. */
function arithmetic(prompt: string): number | null {
  const match = /(-?\d+(?:\.\d+)?)\s*([+\-*/x×]|plus|minus|times|divided by)\s*(-?\d+(?:\.\d+)?)/i.exec(prompt)
  if (!match) return null
  const left = Number(match[1])
  const right = Number(match[3])
  switch ((match[2] as string).toLowerCase()) {
    case "+":
    case "plus":
      return left + right
    case "-":
    case "minus":
      return left - right
    case "/":
    case "divided by":
      return right === 0 ? 0 : left / right
    default:
      return left * right
  }
}

/** A few words, unlabelled: for fields, elements and picks. */
function phrase(prompt: string, random: RandomStream): string {
  return exact(prompt, random) ?? (pick(thingsFor(prompt), 1, random)[0] as string)
}

/** Prompts with one right answer, or one of a few words: the same in prose and as a typed text. */
function exact(prompt: string, random: RandomStream): string | null {
  const capital = capitalIn(prompt)
  if (capital) return capital
  const fact = FACTS.find(([pattern]) => pattern.test(prompt))
  if (fact) return fact[1]
  const count = countIn(prompt) ?? arithmetic(prompt)
  if (count !== null) return String(count)
  const options = /(?:one of|either|classify[^:]*?\bas)\s*:?\s*([\w -]+(?:,\s*[\w -]+)*,?\s+or\s+[\w-]+)/i.exec(prompt)
  if (options?.[1]) {
    const words = options[1].split(/,|\s+or\s+/).map((word) => word.trim())
    return (
      pick(
        words.filter((word) => word !== ""),
        1,
        random,
      )[0] ?? null
    )
  }
  if (/\bsentiment\b|positive or negative/i.test(prompt)) return ["positive", "neutral", "negative"][random.below(3)] as string
  if (/\b(yes or no|true or false)\b/i.test(prompt)) {
    const yes = truth(prompt)
    return /true or false/i.test(prompt) ? String(yes) : yes ? "yes" : "no"
  }
  const word = /\b(reverse|spell backwards|uppercase|upper case|capitali[sz]e)\b(?: the (?:word|text))?\s*:?\s*["“]?([\p{L}\d ]+)/iu.exec(
    prompt,
  )
  if (word?.[2]) return /rever|back/i.test(word[1] as string) ? [...word[2].trim()].reverse().join("") : word[2].trim().toUpperCase()
  return null
}

function capitalIn(prompt: string): string | null {
  if (!/\bcapital\b/i.test(prompt)) return null
  const lower = prompt.toLowerCase()
  for (const [country, capital] of Object.entries(CAPITALS)) if (lower.includes(country)) return capital
  return null
}

type Teller = (prompt: string, random: RandomStream, match: RegExpExecArray) => string

/** Kinds of prompts and what is said to them, without the label; the first that fits. */
const PROSE: readonly (readonly [RegExp, Teller])[] = [
  [/^\s*(hi|hello|hey|good (morning|evening|day))\b[\s!.,]*$/i, () => "Hello! Two of us can talk at the same time here."],
  [/^\s*log\b[^:]*:?/i, () => "logged"],
  [/^\s*(?:as|you are|act as|imagine you are) (?:an? |the )?([\w -]{2,40}?)[,:.]\s*(?:in one sentence:?\s*)?(.*)/is, persona],
  [/translate (?:this |the following )?(?:text )?(?:in)?to (\w+)\s*:?\s*(.*)/is, translation],
  [/\b(?:haiku|poem|verse)\b/i, () => "Three calls leave at once —\nthe slowest one sets the hour,\nthe others listen."],
  [/\bjoke\b/i, () => "Why did the future stay calm? It knew that somebody would await it."],
  [/\bslogan\b|\btagline\b/i, (prompt) => `${capitalised(topic(prompt))}: worth every wait.`],
  [
    /\b(?:e-?mail|letter)\b/i,
    (prompt) => `Hello,\n\nthis is about ${topic(prompt)}. Everything that can run side by side now does.\n\nKind regards`,
  ],
  [
    /\bsummar/i,
    (prompt) => `In short: ${/:/.test(prompt) ? subject(prompt) : "two things ran side by side, and the longer one decided the end"}.`,
  ],
  [/\b(?:article|essay|paragraph|blog post)\b/i, (_, random) => pick(FIELDS[1]?.[1] ?? [], 1, random)[0] as string],
  [
    /\breport\b/i,
    (prompt) =>
      `Report\n\n1. What was looked at: ${subject(prompt)}.\n2. What was found: the parts agree.\n3. What to do next: start the slowest part first.`,
  ],
  [/\bprocess\b\s*:?\s*(.*)/is, (_, __, match) => `Processed: ${shortened(clean(match[1] ?? "") || "what was given")}.`],
  [
    /^\s*(task [\w-]+|(?:a |the )?(?:long|slow|quick|short)[\w -]*task)\s*[.!]?\s*$/i,
    (_, __, match) => `${capitalised((match[1] as string).trim())} is done.`,
  ],
  [/\b(?:fetch|get|load|read)\b.*\b(?:data|items?|records?|rows?)\b/i, () => "Three rows came: otter, 4; heron, 7; lynx, 2."],
  [/\bis (?:this|that|it)\b.*\b(valid|correct|right|true|ok)\b/i, (_, __, match) => `Yes, it is ${match[1]}.`],
  [
    /\banaly[sz]|\banalysis\b/i,
    (prompt) => `Three things stand out about ${topic(prompt)}: what starts first, what waits, and who decides the end.`,
  ],
  [/\bexplain\b|\bwhat (?:is|are)\b|\bwhy\b|\bhow (?:do|does|can)\b/i, (prompt, random) => explained(prompt, random)],
  [
    /\bstory\b/i,
    () =>
      "Two fibers set out in the morning. One took the long road, one the short one; at the join they met, and nobody asked who had waited.",
  ],
  [/\b(?:function|code|program)\b.*\b(?:that|which|to)\b/i, () => "fn twice(x: Int) Int { x * 2 }"],
]

function prose(prompt: string, random: RandomStream): string {
  const right = exact(prompt, random)
  if (right !== null) return right
  if (
    /only (?:with )?the number|\brate\b.*\bfrom \d|reply with (?:a|one|the) number|answer with (?:a|one|the) number|how many|digits only|which year/i.test(
      prompt,
    )
  )
    return String(Math.round(numberFor(prompt, random)))
  if (/\bone word\b|\bname (a|an|one)\b|\bpick (a|an|one)\b/i.test(prompt)) return pick(thingsFor(prompt), 1, random)[0] as string
  if (/^\s*log\b/i.test(prompt)) return "logged"
  for (const [pattern, tell] of PROSE) {
    const match = pattern.exec(prompt)
    if (match) return `${tell(prompt, random, match)} ${LABEL}`
  }
  if (/\b(list|name|give|suggest|outline|plan|extract|find|brainstorm|topics?|keywords?|entities|steps)\b/i.test(prompt)) {
    return `${pick(thingsFor(prompt), wantedCount(prompt), random)
      .map((thing, i) => `${i + 1}. ${thing}`)
      .join("\n")}\n${LABEL}`
  }
  const openings = ["The short answer:", "It depends on what waits for what;", "Seen from a distance,", "Put simply,"]
  return `${openings[random.below(openings.length)]} ${lowered(topic(prompt))} is best understood by watching it happen. ${LABEL}`
}

const VERDICTS = [
  "It is clear, and the order is right.",
  "I would begin with the example.",
  "One claim needs a figure.",
  "Say less, and show it twice.",
]

function persona(_prompt: string, random: RandomStream, match: RegExpExecArray): string {
  const who = (match[1] as string).trim()
  const asked = (match[2] as string).trim()
  if (/\breview\b|\bcritici[sz]e\b|\bcomment\b|\bfeedback\b/i.test(asked))
    return `The ${who} says: ${VERDICTS[random.below(VERDICTS.length)]}`
  return `Speaking as ${/^[aeiou]/i.test(who) ? "an" : "a"} ${who}: ${topic(asked)} is what is left when everybody has waited long enough.`
}

function translation(_prompt: string, _random: RandomStream, match: RegExpExecArray): string {
  const language = match[1] as string
  const text = clean(match[2] ?? "")
  const hello = HELLO[language.toLowerCase()]
  if (hello && /^(hello|hi)\b[\s!.]*$/i.test(text)) return hello
  return `[in ${language}] ${shortened(text || "the text")}`
}

const EXPLANATIONS = [
  "is a promise about order: what must come first, and what need not wait",
  "is easiest to see with two things at once and one of them slow",
  "is what you get when every wait has a name",
]

function explained(prompt: string, random: RandomStream): string {
  return `${capitalised(topic(prompt))} ${EXPLANATIONS[random.below(EXPLANATIONS.length)]}.`
}

/** What the prompt is about: what follows a colon, or its first words. */
function subject(prompt: string): string {
  const colon = prompt.indexOf(":")
  const rest = colon >= 0 && colon < prompt.length - 2 ? prompt.slice(colon + 1) : prompt
  return shortened(clean(rest))
}

/** The thing in question, without the question's words: "what is time?" gives "time". */
function topic(prompt: string): string {
  const plain = clean(prompt).replace(
    /^(?:please\s+)?(?:write|give me|make|generate|create|explain|describe|analy[sz]e|tell me about|detailed|a|an|the|short|brief)\s+/i,
    "",
  )
  const about = /\b(?:about|for|on|of|is|are|does|do|why)\s+(?:an?\s+|the\s+)?(.+)$/i.exec(plain)
  return shortened((about?.[1] ?? plain).replace(/^(?:it|this|that)\b.*$/i, "this") || "this").slice(0, 60)
}

const clean = (text: string): string => text.replaceAll(LABEL, "").replace(/\s+/g, " ").trim()

/** Inside a sentence: an ordinary first word begins small, a name stays as it is. */
const lowered = (text: string): string => (/^[A-Z][a-z]+ [a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text)
const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function shortened(text: string): string {
  const plain = text.replace(/[\s.?!]+$/, "")
  return plain.length > 90 ? `${plain.slice(0, 87).replace(/[\ud800-\udbff]$/, "")}…` : plain
}
