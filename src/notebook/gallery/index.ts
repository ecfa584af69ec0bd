// The gallery by topic: eighteen notebooks, six topics in three languages, each a Markdown file beside this one. Loaded one
// by one when they are opened; `#example.NAME` is their short link.
import type { CellLanguage } from "../../../interpreter/session/document/markdown.ts"

export const TOPICS = [
  { id: "one-after-another", title: "One after another", about: "Work that depends on other work has to wait for it." },
  { id: "fan-out", title: "Fan out, fan in", about: "Questions that do not need each other overlap, and meet again." },
  { id: "limits", title: "Limits and queues", about: "Six calls, two places: who waits, and for how long." },
  { id: "failure", title: "Failure and retry", about: "Busy providers, wrong answers, and whose turn it is to try again." },
  { id: "races", title: "Races and isolation", about: "What may change places, and what cannot be spoiled." },
  { id: "cost", title: "Cost", about: "Overlapping saves time, never tokens." },
] as const

export const GALLERY_LANGUAGES: readonly CellLanguage[] = ["vibe", "jade", "ard"]

const FILES = import.meta.glob<string>("./*.md", { query: "?raw", import: "default" })

/** Names of all documents, by topic and language: `fan-out-jade`. */
export const GALLERY: readonly string[] = TOPICS.flatMap(({ id }) => GALLERY_LANGUAGES.map((language) => `${id}-${language}`))

/** The Markdown of a document; null for a name that is none. */
export async function galleryText(name: string): Promise<string | null> {
  const load = FILES[`./${name}.md`]
  return load ? await load() : null
}
