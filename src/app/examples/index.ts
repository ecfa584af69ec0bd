// The gallery: documents that come with the page, each with its model script. The first of a language is what opens when
// the language is chosen; it runs by itself on load. Programs lie beside this file as a user would type them.
import type { ModelRule } from "../../../interpreter/models/script.ts"
import type { DocumentId, LanguageName, OpenDocument } from "../../store/document.ts"
import breakfast from "./breakfast.ard?raw"
import fanOut from "./fan-out.jde?raw"
import nameTheTrain from "./name-the-train.vibe?raw"
import roundTable from "./round-table.ard?raw"
import threeCritics from "./three-critics.vibe?raw"
import twoCapitals from "./two-capitals.jde?raw"

export interface Example {
  readonly id: string
  readonly language: LanguageName
  readonly title: string
  /** What it shows, in a sentence. */
  readonly about: string
  readonly text: string
  readonly rules: readonly ModelRule[]
  readonly seed: number
  /** What its first task starts, for the lanes that are there before anything is loaded that could tell. */
  readonly starts?: readonly { readonly name: string; readonly parent: number; readonly line: number }[]
  /** A change to try after the first run: `replace` is in the text once. */
  readonly tryThis?: { readonly label: string; readonly replace: string; readonly by: string }
}

const EXTENSIONS: Record<LanguageName, string> = { vibe: "vibe", jade: "jde", ard: "ard" }

export const EXAMPLES: readonly Example[] = [
  {
    id: "three-critics",
    language: "vibe",
    title: "three critics",
    about: "One call plans, three review its answer at the same time; one of them is turned away first and tries again.",
    text: threeCritics,
    starts: ["a", "b", "c"].map((name, i) => ({ name, parent: -1, line: 4 + i })),
    tryThis: { label: "Remove “async” here and see", replace: "async let b", by: "let b" },
    seed: 7,
    rules: [
      {
        match: "Outline a five minute talk",
        reply:
          "1. What a fiber is: a task that can wait without holding anyone up.\n2. Starting one, and going on at once.\n3. Joining: where waiting becomes visible.\n4. What it costs when three of them wait together: as much as the slowest.",
        latencyMs: 1360,
      },
      {
        match: "As a teacher",
        reply:
          "The order is right: first the thing, then its use, then its price. I would open with two kettles on one stove, because everybody has waited for both at once. Point three deserves a picture. Say plainly that joining does not make anything faster; it only admits that you need the result now.",
        latencyMs: 1940,
      },
      {
        match: "As a sceptic",
        reply:
          "A sceptic would first ask what happens when one of the three fails. The outline is silent about that, and it is the only part people will ask about afterwards. Show a call that is refused, and show who waits for it.",
        latencyMs: 660,
        error: { status: 429, times: 1, message: "too many requests" },
      },
      {
        match: "As a child",
        reply:
          "So it is like three of us running to fetch something, and nobody stands around? Then why does anyone ever go one after another?",
        latencyMs: 1100,
      },
    ],
  },
  {
    id: "name-the-train",
    language: "vibe",
    title: "name the train",
    about: "Typed answers, awaited where they are read; a loop that asks for all slogans at once; one call that nobody waits for.",
    text: nameTheTrain,
    seed: 7,
    rules: [
      { match: "List three names", reply: '["Northern Lantern", "Sleeper Nine", "The Late Comet"]', latencyMs: 900 },
      { match: "In which year", reply: "1872", latencyMs: 2200 },
      { match: "Log:", reply: "logged", latencyMs: 2600 },
      { match: "Northern Lantern", reply: "Follow the light home.", latencyMs: 1100 },
      { match: "Sleeper Nine", reply: "Nine carriages, one long dream.", latencyMs: 700 },
      { match: "The Late Comet", reply: "Better late, and glowing.", latencyMs: 900 },
    ],
  },
  {
    id: "two-capitals",
    language: "jade",
    title: "two capitals",
    about: "Two futures are started before the first is awaited, so the two calls take the time of one.",
    text: twoCapitals,
    seed: 7,
    rules: [
      { match: "France", reply: "Paris", latencyMs: 2400 },
      { match: "Japan", reply: "Tokyo", latencyMs: 3200 },
    ],
  },
  {
    id: "fan-out",
    language: "jade",
    title: "fan out, collect in order",
    about: "Four typed questions at once; a reply that is no number is asked for again, inside its own task.",
    text: fanOut,
    seed: 7,
    rules: [
      { match: "Oslo", reply: "709037", latencyMs: 1500 },
      { match: "Lima", replies: ["That is hard to say.", "10092000"], latencyMs: 1200 },
      { match: "Accra", reply: "2514000", latencyMs: 2900 },
      { match: "Quito", reply: "1763275", latencyMs: 900 },
    ],
  },
  {
    id: "breakfast",
    language: "ard",
    title: "breakfast with fibers",
    about: "Two fibers and main, each with its own waits; main joins the quick one first.",
    text: breakfast,
    tryThis: { label: "Remove this line and see", replace: "  tea.join()\n", by: "" },
    seed: 7,
    rules: [],
  },
  {
    id: "round-table",
    language: "ard",
    title: "round table",
    about: "Three isolated fibers ask a model; whoever has an answer speaks.",
    text: roundTable,
    seed: 7,
    rules: [
      { match: "a poet", reply: "Time is the river that forgets your name and still carries your boat.", latencyMs: 2300 },
      { match: "a clockmaker", reply: "Time is what my clocks agree on, give or take a tooth of the wheel.", latencyMs: 1400 },
      { match: "a child", reply: "Time is how long until dinner.", latencyMs: 3100 },
    ],
  },
]

export function examplesOf(language: LanguageName): readonly Example[] {
  return EXAMPLES.filter((example) => example.language === language)
}

export function exampleById(id: string): Example | undefined {
  return EXAMPLES.find((example) => example.id === id)
}

/** The example as a document that nobody has touched yet. */
export function documentOf(example: Example): Omit<OpenDocument, "version" | "replaced"> {
  return {
    id: `example:${example.id}` as DocumentId,
    title: example.title,
    language: example.language,
    path: `main.${EXTENSIONS[example.language]}`,
    text: example.text.trimEnd(),
    files: {},
    rules: example.rules,
    seed: example.seed,
    maxParallel: 0,
    exampleId: example.id,
    edited: false,
  }
}
