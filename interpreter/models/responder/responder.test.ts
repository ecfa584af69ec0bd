// The built-in responder, asked what people type first: right answers where there is one, the type that was asked for, what
// the program's context says, and prose that says it is simulated. The same question and stream give the same answer.
import { describe, expect, it } from "vitest"
import { RandomStream } from "../../kernel/random.ts"
import { type AnswerShape, type ModelRequest, requestOf } from "../request.ts"
import { respond } from "./index.ts"

const ask = (prompt: string, rest: Partial<ModelRequest> = {}, seed = 1) =>
  respond(requestOf("vibe", prompt, rest), new RandomStream("test", seed))

const TEXT: AnswerShape = { kind: "text" }
const NUMBER: AnswerShape = { kind: "number" }
const BOOLEAN: AnswerShape = { kind: "boolean" }
const listOf = (of: AnswerShape): AnswerShape => ({ kind: "list", of })
const record = (fields: Readonly<Record<string, AnswerShape>>): AnswerShape => ({
  kind: "record",
  fields: Object.entries(fields).map(([name, shape]) => ({ name, shape })),
})
const value = (prompt: string, shape: AnswerShape, rest: Partial<ModelRequest> = {}): unknown => JSON.parse(ask(prompt, { shape, ...rest }))

describe("right answers", () => {
  it.each([
    ["What is the capital of France?", "Paris"],
    ["What is the capital of France? Answer with one word.", "Paris"],
    ["capital of the USA", "Washington, D.C."],
    ["What's the capital city of Japan? One word.", "Tokyo"],
    ["Which country is Paris in?", "France"],
    ["What currency is used in Japan?", "yen"],
    ["What language is spoken in Brazil?", "Portuguese"],
    ["Which continent is Kenya on?", "Africa"],
    ["What is 2 + 2?", "4"],
    ["What is 17 * 23? Reply with only the number.", "391"],
    ["Calculate (3 + 4) * 2", "14"],
    ["What's 10% of 250?", "25"],
    ["what is 12 divided by 4", "3"],
    ["Compute 2^10", "1024"],
    ["What is 7 times 8?", "56"],
    ["What is the square root of 144?", "12"],
    ["What is the sum of 1, 2 and 3?", "6"],
    ["What is the average of 4, 8 and 12?", "8"],
    ["Which is the largest: 3, 9 or 5?", "9"],
    ["What is 5 factorial?", "120"],
    ["0.1 + 0.2", "0.3"],
    ["How many r's in strawberry?", "3"],
    ["How many letters are in the word hello?", "5"],
    ["How many words in: The quick brown fox? Reply with only the number.", "4"],
    ['Count the vowels in "banana"', "3"],
    ["What comes next: 2, 4, 6, 8?", "10"],
    ["What day comes after Monday?", "Tuesday"],
    ["What is the opposite of hot?", "cold"],
    ["What is the plural of mouse?", "mice"],
    ["Give me a synonym for happy", "glad"],
    ["Who wrote Hamlet?", "William Shakespeare"],
    ["What is the largest planet?", "Jupiter"],
    ["What color is the sky?", "blue"],
    ["How many days are in a week?", "7"],
    ["In what year did World War II end?", "1945"],
    ['Reverse "hello"', "olleh"],
    ["Reverse the word: stressed", "desserts"],
    ["Convert 'hello' to uppercase", "HELLO"],
    ["Translate 'hello' to French", "Bonjour"],
    ["Translate to Spanish: good morning", "Buenos días"],
    ["How do you say thank you in German?", "Danke"],
    ["Sort these numbers: 3, 1, 2", "1, 2, 3"],
    ["Say hello", "hello"],
    ["Say 'test'", "test"],
    ["Reply with OK", "OK"],
    ["Answer only with the word done", "done"],
    ["Repeat after me: one two three", "one two three"],
    ["ping", "pong"],
    ['What is the sentiment of "I love this phone"?', "positive"],
    ["Classify as positive, negative or neutral: The food was terrible", "negative"],
    ["Classify the sentiment (positive/negative): what a wonderful day", "positive"],
    ["Is this spam or ham? 'Congratulations, you won a FREE prize!!!'", "spam"],
    ["Classify this ticket as one of: billing, technical, other. Ticket: I was charged twice for my invoice", "billing"],
    ["Is 7 a prime number? Answer yes or no.", "yes"],
    ["Is the earth flat? yes or no", "no"],
    ["Is 10 greater than 5?", "yes"],
    ["Extract the email from: write to bob@example.com today", "bob@example.com"],
    ["Count from 1 to 5", "1, 2, 3, 4, 5"],
    ["Log: user clicked button", "logged"],
  ])("%s", (prompt, answer) => {
    expect(ask(prompt)).toBe(answer)
  })

  it("are the same as numbers", () => {
    const numbers: readonly (readonly [string, number])[] = [
      ["What is 2 + 40?", 42],
      ["What is 7 / 2?", 3.5],
      ["How many people live in Berlin? Digits only.", 3_755_000],
      ["What is the population of France?", 68_000_000],
      ["How many planets are there?", 8],
      ["How many letters in 'concurrency'?", 11],
      ["When did the Titanic sink?", 1912],
      ["In which year was the moon landing?", 1969],
      ["How old is Ada in: Ada is 36 years old", 36],
      ["How many items are in: apples, pears, plums", 3],
      ["the meaning of life", 42],
    ]
    for (const [prompt, number] of numbers) expect([prompt, value(prompt, NUMBER)]).toEqual([prompt, number])
    expect(value("What is 7 / 2?", { kind: "integer" })).toBe(4)
  })

  it("are the same as truths", () => {
    const truths: readonly (readonly [string, boolean])[] = [
      ["Is Paris the capital of France?", true],
      ["Is Berlin the capital of France?", false],
      ["Is 7 even?", false],
      ["Is 17 prime?", true],
      ["Is 12 divisible by 5?", false],
      ["Is 2 + 2 equal to 5?", false],
      ["Is 3 < 5?", true],
      ["Is a banana a fruit?", true],
      ["Is a carrot a fruit?", false],
      ["Is France in Europe?", true],
      ["Is Japan in Europe?", false],
      ["Is 2024 a leap year?", true],
      ["Is 'racecar' a palindrome?", true],
      ["Does 'hello' contain 'e'?", true],
      ["Is this review positive? 'I hated every minute'", false],
      ["Is this review positive? 'Great food, friendly people'", true],
      ["Is the sky green?", false],
      ["Is Jupiter the largest planet?", true],
      ["Is it valid?", true],
    ]
    for (const [prompt, truth] of truths) expect([prompt, value(prompt, BOOLEAN)]).toEqual([prompt, truth])
  })
})

describe("lists", () => {
  it.each([
    ["List the days of the week", 7, "Monday"],
    ["Name three primary colors", 3, "red"],
    ["List the first 3 planets", 3, "Mercury"],
    ["Extract 5 keywords from: Fibers wait for channels while fibers send values through channels", 5, "fibers"],
    ["Split into words: one two three", 3, "one"],
    ["Find all emails in: a@b.com and c@d.org", 2, "a@b.com"],
    ["Sort alphabetically: pear, apple, fig", 3, "apple"],
  ])("%s", (prompt, length, first) => {
    const items = value(prompt, listOf(TEXT)) as string[]
    expect(items).toHaveLength(length)
    expect(items[0]).toBe(first)
    expect(new Set(items).size).toBe(length)
  })

  it("have as many items as are asked for, each another one", () => {
    for (const [prompt, count] of [
      ["Give me five colors", 5],
      ["List 4 European countries", 4],
      ["three names for a night train", 3],
      ["Suggest 2 titles", 2],
      ["List animals", 3],
    ] as const) {
      const items = value(prompt, listOf(TEXT)) as string[]
      expect([prompt, new Set(items).size]).toEqual([prompt, count])
    }
  })

  it("of numbers are rows where the prompt names one", () => {
    expect(value("Count from 1 to 5", listOf(NUMBER))).toEqual([1, 2, 3, 4, 5])
    expect(value("The first 5 prime numbers", listOf({ kind: "integer" }))).toEqual([2, 3, 5, 7, 11])
    expect(value("the first six Fibonacci numbers", listOf(NUMBER))).toEqual([0, 1, 1, 2, 3, 5])
    expect(value("even numbers between 1 and 10", listOf(NUMBER))).toEqual([2, 4, 6, 8, 10])
    for (const number of value("four random numbers between 5 and 9", listOf(NUMBER)) as number[]) {
      expect(number).toBeGreaterThanOrEqual(5)
      expect(number).toBeLessThanOrEqual(9)
    }
  })
})

describe("records", () => {
  it("have fields that belong together", () => {
    const shape = record({ title: TEXT, author: TEXT, year: { kind: "integer" } })
    const books = value("List three books", listOf(shape)) as { title: string; author: string; year: number }[]
    expect(new Set(books.map(({ title }) => title)).size).toBe(3)
    for (const { title, author } of books) if (title === "Middlemarch") expect(author).toBe("George Eliot")
    expect(value("Tell me about Japan", record({ name: TEXT, capital: TEXT, population: NUMBER, continent: TEXT }))).toEqual({
      name: "Japan",
      capital: "Tokyo",
      population: 124_000_000,
      continent: "Asia",
    })
    const person = value("Invent a user", record({ name: TEXT, email: TEXT })) as { name: string; email: string }
    expect(person.email).toContain(person.name.toLowerCase())
  })

  it("hold what the text in the prompt says", () => {
    const text = "Extract the details: John Smith is 42 years old and lives in Berlin, john@example.com"
    expect(value(text, record({ name: TEXT, age: { kind: "integer" }, city: TEXT, email: TEXT }))).toEqual({
      name: "John Smith",
      age: 42,
      city: "Berlin",
      email: "john@example.com",
    })
  })

  it("as JSON have the keys that the prompt shows or names", () => {
    const shown = value('Return JSON: {"city": "…", "population": 0} for Lisbon', { kind: "json" }) as Record<string, unknown>
    expect(shown).toEqual({ city: "Lisbon", population: 545_000 })
    const named = JSON.parse(ask("Give me a person as JSON with keys name and age")) as Record<string, unknown>
    expect(Object.keys(named)).toEqual(["name", "age"])
    expect(typeof named.age).toBe("number")
    expect(value("Fetch data", { kind: "json" })).toMatchObject({ total: 3, simulated: true })
  })
})

describe("the program's context", () => {
  const context =
    'Program:\n- text (text): I love this place.\nEverybody was friendly.\n- n (number): 4\n--> do: "x"\n<-- city (text): Rome'

  it("fills the names in a prompt in, the newest of each", () => {
    expect(ask("What is the sentiment of {text}?", { context })).toBe("positive")
    expect(value("List {n} animals", listOf(TEXT), { context })).toHaveLength(4)
    expect(ask("Which country is {city} in?", { context })).toBe("Italy")
    expect(ask("Translate to French: {text}", { context })).toBe("[in French] I love this place. Everybody was friendly (simulated)")
    expect(ask("Translate to French: {nobody}", { context })).toContain("{nobody}")
  })

  it("is what a prompt speaks of that holds no text of its own", () => {
    expect(ask("What is the sentiment?", { context })).toBe("positive")
    expect(ask("Summarize this document", { context })).toBe("In short: I love this place. (simulated)")
  })
})

describe("everything else", () => {
  it("is prose that says it is simulated, about what was asked", () => {
    for (const prompt of [
      "Tell me about the sea",
      "Explain recursion",
      "Write a haiku about rain",
      "Compare tea and coffee",
      "As a pirate, describe time",
    ])
      expect(ask(prompt)).toMatch(/\(simulated\)$/)
    expect(ask("Tell me about the sea")).toContain("sea")
    expect(ask("Write a haiku about rain")).toContain("Rain")
    expect(ask("Compare tea and coffee")).toMatch(/Tea.*coffee/)
    expect(ask("List three fruits")).toMatch(/^1\. .+\n2\. .+\n3\. .+\n\(simulated\)$/)
  })

  it("is one word, one name or one number where that is asked for", () => {
    for (const prompt of [
      "Name a red fruit.",
      "Give me a random color in one word",
      "Pick an animal",
      "Find a name for a bakery",
      "Write a slogan for a bakery",
    ])
      expect(ask(prompt).split("\n")).toHaveLength(1)
    expect(["strawberry", "cherry", "raspberry", "red apple", "pomegranate"]).toContain(ask("Name a red fruit."))
    expect(ask("Rate this from 1 to 10: a fine day")).toMatch(/^\d+$/)
    expect(ask("Give me a random number between 1 and 6")).toMatch(/^[1-6]$/)
  })

  it("is the same for the same question and stream, whatever it is", () => {
    for (const prompt of ["", " ", "?", "{", "¿", "\ud83d", "a".repeat(5000), "[]()*+", "one two three", "42", "What is the?", "\n\n:\n"])
      for (const shape of [
        TEXT,
        NUMBER,
        BOOLEAN,
        listOf(TEXT),
        listOf(NUMBER),
        { kind: "json" },
        { kind: "char" },
        record({ a: TEXT, b: listOf(NUMBER) }),
      ] as AnswerShape[]) {
        const answer = ask(prompt, { shape })
        expect(ask(prompt, { shape })).toBe(answer)
        if (shape.kind !== "text" && shape.kind !== "char") expect(() => JSON.parse(answer)).not.toThrow()
      }
  })

  it("answers a correction with what was asked before it", () => {
    const turns = [
      { role: "user", text: "How many legs does a spider have?" },
      { role: "assistant", text: "many" },
      { role: "user", text: '"many" does not fit. Answer with a whole number, like this: 7' },
    ] as const
    expect(value("", NUMBER, { turns })).toBe(8)
  })
})
