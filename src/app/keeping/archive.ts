// Everything that is kept, as one file: JSON with a version. Reading trusts nothing, for the file may come from anywhere:
// every field is checked, what is none of ours is left out and counted. Keys and the addresses of providers are never in it
// (an address in a stranger's file would be sent the reader's key). Importing loses nothing: of two texts of one document
// the later is the document, the other becomes a version of it.
import { readCassette } from "../../../interpreter/models/index.ts"
import { isRule } from "../../share/link.ts"
import { type Settings, settingsFrom } from "../../store/settings.ts"
import { type Draft, draftFrom } from "./drafts.ts"

export const ARCHIVE_VERSION = 1
const MOST_CHARACTERS = 300_000_000
const MOST_ENTRIES = 20_000
const MOST_TEXT = 6_000_000

export interface KeptRecording {
  readonly document: string
  readonly keptMs: number
  /** The cassette as its file has it. */
  readonly text: string
}

export interface Archive {
  readonly documents: readonly Draft[]
  readonly versions: readonly Draft[]
  readonly recordings: readonly KeptRecording[]
  readonly settings: Settings | null
}

export type ArchiveRead =
  /** `leftOut`: entries that are none. */
  { readonly ok: true; readonly archive: Archive; readonly leftOut: number } | { readonly ok: false; readonly sentence: string }

type Fields = Readonly<Record<string, unknown>>

/** Step i turns a file of version i + 1 into one of version i + 2. */
const UPGRADES: readonly ((file: Fields) => Fields)[] = []

export function writeArchive(archive: Archive, savedOn: string): string {
  return `${JSON.stringify({ counterpoint: "archive", version: ARCHIVE_VERSION, savedOn, ...archive }, null, 1)}\n`
}

/** What a file holds, or a sentence that says why it is none of ours. Never throws. */
export function readArchive(text: string): ArchiveRead {
  const refused = (sentence: string): ArchiveRead => ({ ok: false, sentence })
  if (text.length > MOST_CHARACTERS) return refused("This file is larger than anything this page exports.")
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return refused("This file is not an export of Counterpoint: it is not JSON.")
  }
  if (!isFields(file) || file.counterpoint !== "archive") return refused("This file is not an export of Counterpoint.")
  const { version } = file
  if (!Number.isSafeInteger(version) || (version as number) < 1) return refused("This export does not say its version.")
  if ((version as number) > ARCHIVE_VERSION)
    return refused("This export was made with a newer version. Reload the page and import it again.")
  let now: Fields = file
  for (const upgrade of UPGRADES.slice((version as number) - 1)) now = upgrade(now)
  let leftOut = 0
  const list = <T>(value: unknown, read: (entry: unknown) => T | null): T[] => {
    if (!Array.isArray(value)) return []
    const entries = value.slice(0, MOST_ENTRIES).map(read)
    const good = entries.filter((entry) => entry !== null) as T[]
    leftOut += value.length - good.length
    return good
  }
  const archive: Archive = {
    documents: list(now.documents, importedDraft),
    versions: list(now.versions, importedDraft),
    recordings: list(now.recordings, importedRecording),
    settings: isFields(now.settings) ? settingsFrom(JSON.stringify(now.settings)) : null,
  }
  return { ok: true, archive, leftOut }
}

function importedDraft(value: unknown): Draft | null {
  const draft = draftFrom(value)
  if (!draft || draft.key !== draft.document.id || draft.key.length > 300 || draft.key === "") return null
  if (!Number.isSafeInteger(draft.savedAtMs) || draft.savedAtMs < 0) return null
  const { document } = draft
  if ([document.text, document.title, document.path, ...Object.values(document.files)].some((text) => text.length > MOST_TEXT)) return null
  return { ...draft, document: { ...document, rules: document.rules.filter(isRule) } }
}

function importedRecording(value: unknown): KeptRecording | null {
  if (!isFields(value)) return null
  const { document, keptMs, text } = value
  if (typeof document !== "string" || document === "" || document.length > 300 || typeof text !== "string") return null
  if (!Number.isSafeInteger(keptMs) || !readCassette(text).ok) return null
  return { document, keptMs: keptMs as number, text }
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value)

export interface Plan {
  /** Documents to write: new ones, and later states of those that are here. */
  readonly documents: readonly Draft[]
  readonly versions: readonly Draft[]
  readonly recordings: readonly KeptRecording[]
  /** Documents that are here as they are. */
  readonly known: number
}

/** What importing writes, given what is here. */
export function importPlan(here: Archive, file: Archive): Plan {
  const documents: Draft[] = []
  const versions: Draft[] = []
  let known = 0
  const mine = new Map(here.documents.map((draft) => [draft.key, draft]))
  for (const draft of file.documents) {
    const other = mine.get(draft.key)
    if (!other) documents.push(draft)
    else if (other.document.text === draft.document.text) known++
    else if (other.savedAtMs >= draft.savedAtMs) versions.push(draft)
    else {
      documents.push(draft)
      versions.push(other)
    }
  }
  const taken = new Set(here.versions.map(nameOf))
  for (const version of file.versions) if (!taken.has(nameOf(version))) versions.push(version)
  const recorded = new Map(here.recordings.map((kept) => [kept.document, kept.keptMs]))
  const recordings = file.recordings.filter(({ document, keptMs }) => keptMs > (recorded.get(document) ?? -1))
  return { documents, versions, recordings, known }
}

const nameOf = (version: Draft) => `${version.savedAtMs} ${version.key}`
