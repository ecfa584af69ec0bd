// Yes-or-no questions: whether a prompt is one, and the answer, by arithmetic and what is known, else by its words.
import { arithmetic, numbersIn } from "./arithmetic.ts"
import { isSpam, optionsOf } from "./choices.ts"
import { COUNTRIES, FACTS, TRUTHS } from "./knowledge.ts"
import { cityIn, countryIn, mentions } from "./places.ts"
import { type Question, wordsOf } from "./question.ts"
import { isPrime } from "./sequences.ts"
import { moodOf, SETS, THINGS } from "./words.ts"

const YES_NO =
  /^\s*(?:(?:please )?(?:answer|tell me|check|determine|say)[^:?]*?(?:whether|if)\s+|(?:yes or no|true or false)\s*[:,-]?\s*)?(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|had|isn['’]t|am)\b[^?]*\?*\s*/i

/** Whether a text is put as a yes-or-no question and names no options. */
export const isYesNoText = (text: string): boolean =>
  YES_NO.test(text) && !/^\s*(?:can|could|would|will) you\b/i.test(text) && optionsOf(text).length === 0

/** Whether a question wants a yes or a no that can be told here. */
export function isYesNo({ text, wants }: Question): boolean {
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
    if (country && /\b(?:is|was)\s+(\p{Lu}[\p{L}]+)/u.test(text)) return mentions(text, country.capital)
  }
  const country = countryIn(text)
  const continent = COUNTRIES.find((one) => mentions(text, one.continent))?.continent
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
  return fact && !/^\d/.test(fact[1]) ? mentions(text, fact[1].replace(/^the /, "")) : null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
