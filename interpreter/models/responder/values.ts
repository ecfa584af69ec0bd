// Values of the type that was asked for: numbers, truths, lists, records, JSON. Where a question has a right answer it is that;
// else something plausible, drawn from the stream.
import type { RandomStream } from "../../kernel/random.ts"
import type { AnswerShape } from "../request.ts"
import { plainNumber } from "./arithmetic.ts"
import { optionsOf } from "./choices.ts"
import { exact } from "./exact.ts"
import { ALIASES, entityFor, type Fields, fitting, namedNumber, saidIn } from "./fields.ts"
import { fieldsIn } from "./json-form.ts"
import { numberFor, numbersFor } from "./numbers.ts"
import { countryIn } from "./places.ts"
import type { Question } from "./question.ts"
import { itemsIn } from "./text-work.ts"
import { firstSentence, keywordsIn, phrase, pick, textsFor, thingsFor } from "./texts.ts"
import { ENTITIES, type Entity, entitiesFor } from "./things.ts"
import { truth } from "./truth.ts"
import { FIELDS, moodOf, THINGS } from "./words.ts"

/** A value of the shape. */
export function valueFor(shape: AnswerShape, question: Question, random: RandomStream): unknown {
  switch (shape.kind) {
    case "text":
      return phrase(question, random)
    case "integer":
      return Math.round(numberFor(question, random))
    case "number":
      return plainNumber(numberFor(question, random))
    case "boolean":
      return truth(question)
    case "char":
      return [...phrase(question, random)][0] ?? "?"
    case "json":
      return jsonFor(question, random)
    case "list":
      return listOf(shape.of, question, random)
    case "record":
      return recordOf(shape.fields, question, random, random.below(100), 0)
  }
}

function listOf(of: AnswerShape, question: Question, random: RandomStream): unknown[] {
  const count = question.count ?? 3
  switch (of.kind) {
    case "text":
      return textsFor(question, random)
    case "number":
    case "integer":
      return numbersFor(question, random).map((value) => (of.kind === "integer" ? Math.round(value) : plainNumber(value)))
    case "boolean": {
      const items = question.material === "" ? [] : itemsIn(question.material)
      return items.length > 1
        ? items.map((item) => truth({ text: `${question.text.replace(question.material, "")} ${String(item)}`, material: "" }))
        : Array.from({ length: count }, (_, i) => i % 2 === 0)
    }
    case "record": {
      const base = random.below(100)
      return Array.from({ length: count }, (_, i) => recordOf(of.fields, question, random, base, i))
    }
    case "list":
      return Array.from({ length: count }, () => listOf(of.of, { ...question, count: 3 }, random))
    case "char":
      return textsFor(question, random).map((item) => [...item][0] ?? "?")
    default:
      return Array.from({ length: count }, () => valueFor(of, question, random))
  }
}

/** A record whose fields belong together: those of one known thing, of the text in the prompt, else by their names. */
function recordOf(fields: Fields, question: Question, random: RandomStream, base: number, nth: number): Record<string, unknown> {
  const entity = entityFor(fields, question, base + nth)
  const said = nth === 0 ? saidIn(question.material) : {}
  return Object.fromEntries(
    fields.map(({ name, shape }) => [name, fieldFor(name, shape, question, random, { entity, said, at: base + nth, nth })]),
  )
}

interface Around {
  readonly entity: Entity | null
  readonly said: Entity
  readonly at: number
  readonly nth: number
}

/** A field's value: as the text says, as the thing has it, by its name, by what the prompt asks. */
function fieldFor(name: string, shape: AnswerShape, question: Question, random: RandomStream, around: Around): unknown {
  const keys = ALIASES.find(([pattern]) => pattern.test(name))?.[1] ?? []
  const given = [name, ...keys].map((key) => around.said[key] ?? around.entity?.[key]).find((value) => value !== undefined)
  if (given !== undefined) {
    const fitted = fitting(shape, given)
    if (fitted !== undefined) return fitted
  }
  const about = `${name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()}`
  switch (shape.kind) {
    case "text": {
      if (/sentiment|mood|tone/i.test(name) && question.material !== "")
        return ["negative", "neutral", "positive"][moodOf(question.material) + 1]
      if (/summary|gist/i.test(name) && question.material !== "") return firstSentence(question.material)
      if (/keyword|topic/i.test(name) && question.material !== "") return keywordsIn(question.material)[0] ?? question.material
      if (/^(answer|result|capital|translation|value|response|output)$/i.test(name)) {
        const right = exact(question, random)
        if (right !== null) return right
      }
      const options = optionsOf(question.whole)
      if (options.length > 0 && new RegExp(`\\b${about.split(" ")[0]}`, "i").test(question.whole))
        return exact(question, random) ?? (options[around.at % options.length] as string)
      const known = FIELDS.find(([pattern]) => pattern.test(about))
      if (known) return known[1][around.at % known[1].length]
      return THINGS.find(([pattern]) => pattern.test(about))?.[1][around.at % 4] ?? phrase({ ...question, text: about }, random)
    }
    case "integer":
    case "number":
      return (
        namedNumber(name, around.nth, random) ??
        (shape.kind === "integer" ? Math.round(numberFor(question, random)) : plainNumber(numberFor(question, random)))
      )
    case "boolean":
      if (/positive|good|recommend|happy/i.test(name) && question.material !== "") return moodOf(question.material) >= 0
      if (/negative|bad|spam|urgent/i.test(name) && question.material !== "")
        return truth({ text: `is this ${about}`, material: question.material })
      return /done|completed|active|available|valid|ok|success|is_?\w+|has_?\w+/i.test(name)
        ? (around.at + around.nth) % 2 === 0
        : truth(question)
    case "list":
      return listOf(
        shape.of,
        /keyword|topic|tag|point/i.test(name) && question.material !== ""
          ? { ...question, text: about, count: 3 }
          : { ...question, text: about, material: "", count: question.count ?? 3 },
        random,
      )
    case "record":
      return recordOf(shape.fields, { ...question, text: `${about} of ${question.text}` }, random, around.at, around.nth)
    default:
      return valueFor(shape, { ...question, text: `${about} of ${question.text}` }, random)
  }
}

/** JSON of the form that the prompt shows or names; else something with an answer in it. */
export function jsonFor(question: Question, random: RandomStream): unknown {
  const { whole, text } = question
  const fields = fieldsIn(whole)
  const many = /\b(array|list)\b|\bof objects\b|\[\s*\{/i.test(whole) || (question.count !== null && question.count > 1)
  if (fields.length > 0) {
    const base = random.below(100)
    return many
      ? Array.from({ length: question.count ?? 3 }, (_, i) => recordOf(fields, question, random, base, i))
      : recordOf(fields, question, random, base, 0)
  }
  if (many) return textsFor(question, random)
  if (/\bdata\b|\bitems?\b|\bfetch\b|\brecords?\b|\brows?\b/i.test(text))
    return { items: pick(thingsFor(text), 3, random).map((name, i) => ({ id: i + 1, name })), total: 3, simulated: true }
  const kind = entitiesFor(text, [])
  if (kind) return ENTITIES[kind][random.below(ENTITIES[kind].length)]
  const country = countryIn(text)
  if (country && !/\bcapital\b/i.test(text)) return country
  return { answer: phrase(question, random), simulated: true }
}
