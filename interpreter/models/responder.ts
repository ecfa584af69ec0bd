// The built-in responder: answers prompts that no rule of the script matches, so that a program typed into the page runs
// without a key. It knows a few kinds of prompts people try first, answers in the type that was asked for, and says in
// prose that it is simulated. Deterministic: the same prompt and stream give the same answer.
import type { RandomStream } from "../kernel/random.ts"
import { type AnswerShape, type ModelRequest, promptText } from "./request.ts"

const LABEL = "(simulated)"

const CAPITALS: Record<string, string> = {
  argentina: "Buenos Aires",
  australia: "Canberra",
  austria: "Vienna",
  belgium: "Brussels",
  brazil: "Brasília",
  canada: "Ottawa",
  chile: "Santiago",
  china: "Beijing",
  denmark: "Copenhagen",
  egypt: "Cairo",
  finland: "Helsinki",
  france: "Paris",
  germany: "Berlin",
  ghana: "Accra",
  greece: "Athens",
  hungary: "Budapest",
  iceland: "Reykjavík",
  india: "New Delhi",
  indonesia: "Jakarta",
  ireland: "Dublin",
  italy: "Rome",
  japan: "Tokyo",
  kenya: "Nairobi",
  mexico: "Mexico City",
  morocco: "Rabat",
  "new zealand": "Wellington",
  nigeria: "Abuja",
  norway: "Oslo",
  peru: "Lima",
  poland: "Warsaw",
  portugal: "Lisbon",
  spain: "Madrid",
  sweden: "Stockholm",
  switzerland: "Bern",
  thailand: "Bangkok",
  turkey: "Ankara",
  ukraine: "Kyiv",
  "united kingdom": "London",
  "united states": "Washington, D.C.",
  vietnam: "Hanoi",
}

/** Things that lists and single picks are made of, by a word of the prompt. */
const THINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bred fruit/i, ["strawberry", "cherry", "raspberry", "red apple", "pomegranate"]],
  [/\bblue fruit/i, ["blueberry", "sloe", "concord grape", "plum"]],
  [/\bgreen fruit/i, ["lime", "kiwi", "green apple", "gooseberry"]],
  [/\bfruits?\b/i, ["apple", "pear", "cherry", "mango", "banana", "orange", "plum", "kiwi"]],
  [/\bcolou?rs?\b/i, ["blue", "green", "amber", "violet", "red", "teal", "white", "black"]],
  [/\banimals?\b/i, ["otter", "heron", "lynx", "tortoise", "dolphin", "owl", "fox", "bee"]],
  [/\bcit(y|ies)\b/i, ["Lisbon", "Kyoto", "Nairobi", "Oslo", "Lima", "Melbourne"]],
  [/\bcountr(y|ies)\b/i, ["Portugal", "Japan", "Kenya", "Norway", "Peru", "Canada"]],
  [/\bkeywords?|topics?|tags?\b/i, ["concurrency", "latency", "models", "timelines", "fibers", "awaiting"]],
  [/\bnames?\b/i, ["Ada", "Grace", "Edsger", "Barbara", "Tony", "Leslie"]],
  [/\brisks?|problems?|concerns?\b/i, ["scope creep", "a slow dependency", "unclear ownership", "missing tests"]],
  [/\bquestions?\b/i, ["What waits for what?", "What can overlap?", "Where is the limit?", "Who decides the end?"]],
  [/\bsteps?|outline|plan\b/i, ["state the goal", "show the smallest example", "let two things overlap", "explain what was gained"]],
]

const NUMBER_WORDS: Record<string, number> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 }

/** An answer to the request, as the text a model would send for the asked type. */
export function respond(request: ModelRequest, random: RandomStream): string {
  const prompt = promptText(request)
  const shape = request.shape
  if (shape.kind === "text") return prose(prompt, random)
  const value = valueFor(shape, prompt, random)
  return typeof value === "string" && shape.kind === "char" ? value : JSON.stringify(value)
}

function valueFor(shape: AnswerShape, prompt: string, random: RandomStream): unknown {
  switch (shape.kind) {
    case "text":
      return phrase(prompt, random)
    case "integer":
    case "number":
      return numberFor(prompt, random)
    case "boolean":
      return !/\b(not|never|wrong|invalid|false)\b/i.test(prompt)
    case "char":
      return phrase(prompt, random).slice(0, 1)
    case "json":
      return { answer: phrase(prompt, random), simulated: true }
    case "list": {
      const count = wantedCount(prompt)
      if (shape.of.kind === "text") return pick(thingsFor(prompt), count, random)
      return Array.from({ length: count }, () => valueFor(shape.of, prompt, random))
    }
    case "record":
      return Object.fromEntries(shape.fields.map((field) => [field.name, valueFor(field.shape, `${field.name} of: ${prompt}`, random)]))
  }
}

function wantedCount(prompt: string): number {
  const digits = /\b(\d{1,2})\b/.exec(prompt)
  if (digits) return Math.max(1, Math.min(12, Number(digits[1])))
  for (const [word, count] of Object.entries(NUMBER_WORDS)) if (new RegExp(`\\b${word}\\b`, "i").test(prompt)) return count
  return 3
}

function thingsFor(prompt: string): readonly string[] {
  return THINGS.find(([pattern]) => pattern.test(prompt))?.[1] ?? ["first idea", "second idea", "third idea", "fourth idea", "fifth idea"]
}

function pick(things: readonly string[], count: number, random: RandomStream): string[] {
  const start = random.below(things.length)
  return Array.from({ length: count }, (_, i) => {
    const thing = things[(start + i) % things.length] as string
    return i < things.length ? thing : `${thing} ${Math.floor(i / things.length) + 1}`
  })
}

function numberFor(prompt: string, random: RandomStream): number {
  const sum = arithmetic(prompt)
  if (sum !== null) return sum
  const words = /how many words[^:]*:\s*["“]?(.+?)["”]?\??(?:\s+(?:reply|answer|only)\b.*)?$/is.exec(prompt)
  if (words?.[1]) return words[1].trim().split(/\s+/).length
  return 1 + random.below(10)
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
  const capital = capitalIn(prompt)
  if (capital) return capital
  const sum = arithmetic(prompt)
  if (sum !== null) return String(sum)
  if (/\bsentiment\b|positive or negative/i.test(prompt)) return ["positive", "neutral", "negative"][random.below(3)] as string
  return pick(thingsFor(prompt), 1, random)[0] as string
}

function capitalIn(prompt: string): string | null {
  if (!/\bcapital\b/i.test(prompt)) return null
  const lower = prompt.toLowerCase()
  for (const [country, capital] of Object.entries(CAPITALS)) if (lower.includes(country)) return capital
  return null
}

function prose(prompt: string, random: RandomStream): string {
  const capital = capitalIn(prompt)
  if (capital) return capital
  if (/only the number|reply with (?:a|one|the) number|answer with (?:a|one|the) number|how many/i.test(prompt))
    return String(numberFor(prompt, random))
  const sum = arithmetic(prompt)
  if (sum !== null) return String(sum)
  if (/\b(yes or no|true or false)\b/i.test(prompt)) return random.below(2) === 0 ? "yes" : "no"
  if (/\bsentiment\b|positive or negative/i.test(prompt)) return phrase(prompt, random)
  if (/\bone word\b|\bname (a|an|one)\b/i.test(prompt)) return pick(thingsFor(prompt), 1, random)[0] as string
  const translate = /translate (?:this )?(?:in)?to (\w+)\s*:?\s*(.*)/is.exec(prompt)
  if (translate) return `[in ${translate[1]}] ${shortened(translate[2] || "the text")} ${LABEL}`
  if (/\bsummar/i.test(prompt)) return `In short: ${subject(prompt)}. ${LABEL}`
  if (/\b(list|name|give me|suggest|outline|plan)\b/i.test(prompt)) {
    return `${pick(thingsFor(prompt), wantedCount(prompt), random)
      .map((thing, i) => `${i + 1}. ${thing}`)
      .join("\n")}\n${LABEL}`
  }
  const openings = ["The short answer:", "It depends on what waits for what;", "Seen from a distance,", "Put simply,"]
  return `${openings[random.below(openings.length)]} ${subject(prompt)} is best understood by watching it happen. ${LABEL}`
}

/** What the prompt is about: what follows a colon, or its first words. */
function subject(prompt: string): string {
  const colon = prompt.indexOf(":")
  const rest = colon >= 0 && colon < prompt.length - 2 ? prompt.slice(colon + 1) : prompt
  return shortened(rest.replace(/\s+/g, " ").trim())
}

function shortened(text: string): string {
  const plain = text.replace(/[.?!]+$/, "")
  return plain.length > 90 ? `${plain.slice(0, 87)}…` : plain
}
