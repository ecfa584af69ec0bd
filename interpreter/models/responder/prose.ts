// Prose of the built-in responder: what has no one right answer, said plausibly, with a label that says it is simulated.
import type { RandomStream } from "../../kernel/random.ts"
import { exact } from "./exact.ts"
import { numberFor } from "./numbers.ts"
import type { Question } from "./question.ts"
import { sequence } from "./sequences.ts"
import { firstSentence, keywordsIn, pick, textsFor, thingsFor } from "./texts.ts"
import { tongueIn, toTranslate } from "./translation.ts"
import { truth } from "./truth.ts"
import { jsonFor } from "./values.ts"
import { FIELDS, moodOf } from "./words.ts"

const LABEL = "(simulated)"

type Teller = (question: Question, random: RandomStream, match: RegExpExecArray) => string

/** Kinds of prompts and what is said to them, without the label; the first that fits. */
const PROSE: readonly (readonly [RegExp, Teller])[] = [
  [/^\s*(hi|hello|hey|good (morning|evening|day|afternoon))\b[\s!.,]*$/i, () => "Hello! Two of us can talk at the same time here."],
  [/^\s*(thanks|thank you)\b/i, () => "You are welcome."],
  [/\bhow are you\b/i, () => "Well, thank you: nobody is waiting for me."],
  [/^\s*(?:test|testing)\b[\s!.]*$/i, () => "The test arrived."],
  [
    /^\s*(?:as|you are|act as|imagine you are|you['’]re|pretend (?:to be|you are)) (?:an? |the )?([\w -]{2,40}?)[,:.]\s*(?:in one sentence:?\s*)?(.*)/is,
    persona,
  ],
  [/\b(?:haiku)\b/i, (question) => `${haikuLine(topic(question))}\nthe slowest one sets the hour,\nthe others listen.`],
  [
    /\b(?:poem|verse|limerick|sonnet|rhyme about)\b/i,
    (question) =>
      `${capitalised(topic(question))} set out at break of day,\nwith half the work along the way;\nthe rest came later, side by side,\nand no one waited, no one lied.`,
  ],
  [
    /\b(?:lyrics|song)\b.*\b(write|compose|make)\b|\b(write|compose|make)\b.*\b(song|lyrics)\b/i,
    (question) => `Oh ${topic(question)}, you started without me,\noh ${topic(question)}, I will wait when I need you.`,
  ],
  [/\bjoke\b/i, (_, random) => pick(JOKES, 1, random)[0] as string],
  [/\bpun\b|\briddle\b/i, () => "What starts at once and ends last? The slowest of three calls."],
  [
    /\bpros and cons\b|\badvantages and disadvantages\b/i,
    (_, random) =>
      `Pros:\n${listed(pick(thingsFor("pros"), 3, random), "- ")}\n\nCons:\n${listed(pick(thingsFor("cons"), 3, random), "- ")}`,
  ],
  [
    /\b(?:write|draft|compose|send)\b.*\b(?:e-?mail|letter|message)\b|^\s*(?:an? )?(?:e-?mail|letter) (?:to|for|about)\b/i,
    (question) => `Hello,\n\nthis is about ${topic(question)}. Everything that can run side by side now does.\n\nKind regards`,
  ],
  [
    /\btweet\b|\bpost\b.*\b(social|linkedin|twitter)\b/i,
    (question) => `${capitalised(topic(question))}: started early, waited once, done together.`,
  ],
  [/\bsummar|\btl;?dr\b|\bshorten\b|\bin short\b/i, summary],
  [/\b(?:rewrite|rephrase|paraphrase|improve|polish|proofread|correct|fix)\b/i, (question) => rewritten(question)],
  [
    /\b(?:continue|finish) (?:the |this )?(?:story|sentence|text)\b/i,
    (question) =>
      `${question.material === "" ? "And then" : question.material} … and when the last of them came back, nobody asked who had waited.`,
  ],
  [
    /\b(?:article|essay|paragraph|blog ?post|introduction|intro)\b/i,
    (question) => `${capitalised(topic(question))} is mostly a matter of order. ${FIELDS[1]?.[1].join(" ") ?? ""}`,
  ],
  [
    /\breport\b/i,
    (question) =>
      `Report\n\n1. What was looked at: ${subject(question)}.\n2. What was found: the parts agree.\n3. What to do next: start the slowest part first.`,
  ],
  [/\bprocess\b\s*:?\s*(.*)/is, (_, __, match) => `Processed: ${shortened(clean(match[1] ?? "") || "what was given")}.`],
  [
    /^\s*(task [\w-]+|(?:a |the )?(?:long|slow|quick|short)[\w -]*task)\s*[.!]?\s*$/i,
    (_, __, match) => `${capitalised((match[1] as string).trim())} is done.`,
  ],
  [/\b(?:fetch|get|load|read)\b.*\b(?:data|items?|records?|rows?)\b/i, () => "Three rows came: otter, 4; heron, 7; lynx, 2."],
  [/\bis (?:this|that|it)\b.*\b(valid|correct|right|true|ok|ready|safe|good)\b/i, (_, __, match) => `Yes, it is ${match[1]}.`],
  [/\bcompare\b|\bdifference between\b|\bversus\b|\bvs\.?\b/i, compared],
  [
    /\bshould (?:i|we)\b|\brecommend\b|\badvice\b/i,
    (question) => `Yes, if you can begin small: try ${topic(question)} once, look at what waits, and decide then.`,
  ],
  [/\banaly[sz]|\banalysis\b/i, analysed],
  [
    /\breview\b|\bcritici[sz]e\b|\bcritique\b|\bfeedback\b/i,
    (question, random) => `${verdict(question, random)} ${pick(VERDICTS, 1, random)[0]}`,
  ],
  [
    /\bweather\b|\bforecast\b/i,
    (_, random) => `${8 + random.below(18)} degrees and ${pick(["sunny", "cloudy", "light rain", "windy"], 1, random)[0]}.`,
  ],
  [
    /\b(?:write|give me|create|generate|implement)\b.*\b(?:function|code|program|script|class|query|regex)\b|\b(?:function|code|program)\b.*\b(?:that|which|to)\b/i,
    (question) => coded(question),
  ],
  [
    /\bstory\b|\btale\b|\bonce upon\b/i,
    (question) =>
      `Once there was ${withArticle(topic(question))} that set out in the morning together with a friend. One took the long road, one the short one; at the join they met, and nobody asked who had waited.`,
  ],
  [
    /\bexplain\b|\bwhat (?:is|are|was|were|does|do)\b|\bwhy\b|\bhow (?:do|does|can|to|is|are)\b|\btell me about\b|\bdefine\b|\bdescribe\b|\bmeaning of\b|\bwho (?:is|was)\b/i,
    explained,
  ],
  [/\btranslat/i, translation],
]

const LISTED =
  /\b(list|name|give|suggest|outline|plan|extract|find|brainstorm|topics?|keywords?|entities|steps|tips|ideas|ways|reasons|examples|pros|cons|top \w+|recommend)\b/i

export function prose(question: Question, random: RandomStream): string {
  const { text, whole, wants, count } = question
  if (/^\s*log\b/i.test(text)) return "logged"
  const right = exact(question, random)
  if (right !== null) return /uppercase|all caps|capital letters/i.test(whole) ? right.toUpperCase() : right
  if (wants === "json") return JSON.stringify(jsonFor(question, random))
  if (wants === "number" || /^\s*(?:please )?how (?:many|much|old|tall|far|long)\b/i.test(text)) return String(numberFor(question, random))
  if (/\brandom number\b|\bpick a number\b/i.test(text)) return String(numberFor(question, random))
  const row = sequence(text, count)
  if (row) return row.join(", ")
  const tongue = tongueIn(text)
  if (tongue) return `${translation(question)} ${LABEL}`
  if (/\b(headline|title)\b/i.test(text) && question.material !== "" && count === null) return capitalised(firstSentence(question.material))
  const single =
    wants === "word" ||
    count === 1 ||
    /\bname (a|an|any|some)\b|\bpick (a|an|any)\b|\b(find|suggest|give|give me|choose|think of|invent|generate|create|make up|tell me) an? (?:[\w-]+ )*(name|rhyme|reason|verb|noun|adjective|job|hobby|country|food|drink|fruit|flower|tree|bird|book|movie|song|colou?r|fruit|animal|city|country|word|title|slogan|headline|tagline)\b|^\s*(?:write |give me |find )?an? (?:[\w-]+ )?(?:slogan|tagline|headline|title|name|label)\b/i.test(
      text,
    )
  if (single && !/\b(poem|haiku|story|joke|e-?mail|letter|sentence|paragraph|function|program)\b/i.test(text)) {
    const things = thingsFor(text)
    return pick(things, 1, random)[0] as string
  }
  for (const [pattern, tell] of PROSE) {
    if (count !== null && count > 1 && LISTED.test(text)) break
    const match = pattern.exec(text)
    if (match) return `${tell(question, random, match)} ${LABEL}`
  }
  if (LISTED.test(text) || (count !== null && count > 1)) {
    const items = textsFor(question, random)
    if (/\bcomma/i.test(whole)) return items.join(", ")
    return `${items.map((thing, i) => `${i + 1}. ${thing}`).join("\n")}\n${LABEL}`
  }
  if (/^\s*(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|am)\b/i.test(text))
    return `${truth(question) ? "Yes" : "No"}, as far as that can be told from here. ${LABEL}`
  return `${pick(UNKNOWN, 1, random)[0]?.replace("…", topic(question))} ${LABEL}`
}

/** What is said where nothing is known: it reads like an answer, and claims nothing. */
const UNKNOWN = [
  "On … there is much to say; a real model would say it here.",
  "A short text about … stands here for what a real model would write.",
  "About …: a real model would answer this with what it knows.",
]

const listed = (items: readonly string[], mark: string): string => items.map((item) => `${mark}${item}`).join("\n")

const JOKES = [
  "Why did the future stay calm? It knew that somebody would await it.",
  "Two fibers walk into a bar. The second one does not wait for the first.",
  "I would tell you a joke about deadlock, but you go first.",
]

const VERDICTS = [
  "It is clear, and the order is right.",
  "I would begin with the example.",
  "One claim needs a figure.",
  "Say less, and show it twice.",
]

function verdict({ text, material }: Question, _random: RandomStream): string {
  const mood = moodOf(material !== "" ? material : text)
  return mood > 0 ? "A good piece." : mood < 0 ? "It needs work." : "It holds together."
}

function persona(question: Question, random: RandomStream, match: RegExpExecArray): string {
  const who = (match[1] as string).trim()
  const asked = (match[2] as string).trim()
  if (/\breview\b|\bcritici[sz]e\b|\bcomment\b|\bfeedback\b/i.test(asked))
    return `The ${who} says: ${VERDICTS[random.below(VERDICTS.length)]}`
  const inner = asked === "" ? null : exact({ ...question, text: asked, whole: asked }, random)
  if (inner !== null) return `Speaking as ${withArticle(who)}: ${inner}.`
  return `Speaking as ${withArticle(who)}: ${topicOf(asked)} is what is left when everybody has waited long enough.`
}

function translation(question: Question): string {
  const tongue = tongueIn(question.text) ?? "translation"
  return `[in ${capitalised(tongue)}] ${shortened(clean(toTranslate(question)) || "the text")}`
}

function summary({ text, material }: Question): string {
  if (material !== "") return `In short: ${lowered(firstSentence(material))}`
  const about = /\b(?:summari[sz]e|summary of)\s+(?!this|that|the (?:text|document|article)|it\b)(.+)$/is.exec(text)?.[1]
  return about && /\s/.test(about.trim())
    ? `In short: ${lowered(shortened(clean(about)))}.`
    : "In short: two things ran side by side, and the longer one decided the end."
}

function rewritten({ text, material }: Question): string {
  const given = material !== "" ? material : shortened(clean(text.replace(/^\S+\s+(?:this|the following|the)?\s*/i, "")))
  const plain = given
    .replace(/\bi\b/g, "I")
    .replace(/\s+/g, " ")
    .replace(/\b(\w+)( \1\b)+/gi, "$1")
    .replace(/\bhe go\b/g, "he goes")
    .replace(/\bshe go\b/g, "she goes")
    .replace(/\bthey was\b/g, "they were")
  const sentence = capitalised(plain.trim())
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

function analysed(question: Question): string {
  const { material } = question
  if (material === "") return `Three things stand out about ${topic(question)}: what starts first, what waits, and who decides the end.`
  const words = keywordsIn(material).slice(0, 3)
  const mood = ["negative", "neutral", "positive"][moodOf(material) + 1]
  return `The text is about ${words.length > 0 ? words.join(", ") : shortened(material)}; its tone is ${mood}.`
}

function compared({ text }: Question): string {
  const two =
    /\b(?:compare|between)\s+(?:the\s+)?(.+?)\s+(?:and|with|to|vs\.?|versus)\s+(?:the\s+)?(.+?)[.?!]*$/i.exec(text) ??
    /^(.+?)\s+(?:vs\.?|versus)\s+(.+?)[.?!]*$/i.exec(text)
  if (!two) return `${capitalised(topicOf(text))} comes down to what must wait for what.`
  return `${capitalised(shortened(two[1] as string))} is simpler to begin with; ${shortened(two[2] as string)} goes further once several things happen at once.`
}

/** What programmers ask about first has an answer of its own. */
const DEFINED: readonly (readonly [RegExp, string])[] = [
  [
    /\bconcurrency\b/i,
    "Concurrency is several things being under way at the same time: they start without waiting for each other, and meet where one needs another’s result.",
  ],
  [
    /\bparallelism\b/i,
    "Parallelism is several things computing at the same instant; concurrency only asks that they be under way together.",
  ],
  [/\bdeadlocks?\b/i, "A deadlock is a circle of tasks in which each waits for another, so that none can go on."],
  [/\brace conditions?\b/i, "A race condition is a result that depends on who comes first, where nobody meant it to."],
  [/\bfutures?\b|\bpromises?\b/i, "A future stands for a value that is still on its way; whoever needs it waits for it."],
  [
    /\bfibers?\b|\bgreen threads?\b/i,
    "A fiber is a task that the program itself switches: it costs little, and it waits without holding anybody up.",
  ],
  [/\bchannels?\b/i, "A channel is a queue between tasks: one sends, another receives, and either may wait."],
  [/\bawait\b/i, "To await is to stop here until a value is there, while everything else goes on."],
  [
    /\brecursion\b|\brecursive\b/i,
    "Recursion is a function that calls itself on a smaller part of the problem, until the part is small enough to answer at once.",
  ],
  [/\bphotosynthesis\b/i, "Photosynthesis is how plants turn light, water and carbon dioxide into sugar and oxygen."],
  [/\bgravity\b/i, "Gravity is the pull of masses on each other; it holds us on the ground and the moon on its path."],
  [/\b(ai|artificial intelligence)\b/i, "Artificial intelligence is software that does what would otherwise take a person’s judgement."],
  [/\b(llms?|language models?)\b/i, "A language model predicts the next piece of a text, over and over, from what it has read."],
  [/\bsky\b.*\bblue\b/i, "The sky is blue because air scatters blue light more than red."],
  [/\blove\b/i, "Love is wanting somebody’s good as much as one’s own."],
  [/\brainbows?\b/i, "A rainbow is sunlight split into its colours by drops of water."],
  [/\btime\b/i, "Time is what keeps everything from happening at once; concurrency is what is left of that."],
]

function explained(question: Question, random: RandomStream): string {
  const known = DEFINED.find(([pattern]) => pattern.test(question.text))
  if (known) return known[1]
  return (pick(UNKNOWN, 1, random)[0] as string).replace("…", topic(question))
}

function coded({ text }: Question): string {
  const name =
    /\b(add|sum|max|min|reverse|sort|count|fibonacci|factorial|prime|palindrome|double|average)\w*\b/i.exec(text)?.[1]?.toLowerCase() ??
    "twice"
  if (/\bpython\b/i.test(text)) return `def ${name}(x):\n    return x * 2`
  if (/\b(javascript|typescript|js|ts)\b/i.test(text)) return `function ${name}(x) {\n  return x * 2\n}`
  if (/\bsql\b/i.test(text)) return "SELECT name, count(*) FROM calls GROUP BY name"
  return `fn ${name}(x: Int) Int { x * 2 }`
}

function haikuLine(about: string): string {
  return about === "this" ? "Three calls leave at once —" : `${capitalised(about)}, at once —`
}

/** What the prompt is about: the text it holds, what follows a colon, or its own words. */
function subject({ text, material }: Question): string {
  return shortened(clean(material !== "" ? firstSentence(material) : text))
}

const topic = ({ text }: Question): string => topicOf(text)

/** The thing in question, without the question's words: "what is time?" gives "time". */
function topicOf(text: string): string {
  const plain = clean(text)
    .replace(/["“”]/g, "")
    .replace(/\s+(?:to|for) (?:a |an )?(?:child|beginner|five[- ]year[- ]old|me|us)\b.*$/i, "")
    .replace(/\s+in (?:one|two|three|a few|simple|\d+)\s+(?:short )?(?:sentences?|words?|terms|lines)\b.*$/i, "")
    .replace(
      /^(?:please\s+|(?:can|could|would) you\s+)?(?:write|give me|make|generate|create|explain|describe|analy[sz]e|compare|define|tell me about|detailed|an?|the|short|brief)\s+/i,
      "",
    )
  const about =
    /\b(?:about|on|of|for)\s+(?:an?\s+|the\s+)?(.+)$/i.exec(plain) ??
    /\b(?:is|are|was|were|do|does|did|why|to)\s+(?:i\s+|you\s+|we\s+|an?\s+|the\s+)?(.+)$/i.exec(plain)
  return shortened((about?.[1] ?? plain).replace(/^(?:it|this|that)\b.*$/i, "this") || "this").slice(0, 60)
}

const clean = (text: string): string => text.replaceAll(LABEL, "").replace(/\s+/g, " ").trim()

const withArticle = (thing: string): string =>
  /^(?:an?|the|some|my|our|your) |s$/i.test(thing) || thing === "this" ? thing : `${/^[aeiou]/i.test(thing) ? "an" : "a"} ${thing}`

/** Inside a sentence: an ordinary first word begins small, a name stays as it is. */
const lowered = (text: string): string => (/^[A-Z][a-z]+ [a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text)
const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function shortened(text: string): string {
  const plain = text.replace(/[\s.?!]+$/, "")
  return plain.length > 90 ? `${plain.slice(0, 87).replace(/[\ud800-\udbff]$/, "")}…` : plain
}
