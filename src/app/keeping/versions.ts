// Versions of the last days of each document: what it was before the first change, then a state a minute while it is
// edited; thinned to one an hour after an hour and one a day after a day. A database of its own, so that nothing here can
// disturb the drafts. What comes back is checked field by field.
import type { DBSchema, IDBPDatabase } from "idb"
import type { OpenDocument } from "../../store/document.ts"
import { app } from "../../store/store.ts"
import { type Draft, draftFrom, type StoredDocument } from "./drafts.ts"
import { storageFailed, storageWorked } from "./trouble.ts"

/** A document as it was; `key` and `savedAtMs` together name it. */
export type Version = Draft

interface Schema extends DBSchema {
  versions: { key: [string, number]; value: Version; indexes: { savedAtMs: number } }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const KEEP_MS = 14 * DAY_MS
const MOST_VERSIONS = 100
const AFTER_PAUSE_MS = 2000

let opened: Promise<IDBPDatabase<Schema>> | null = null

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= import("idb").then(({ openDB }) =>
    openDB<Schema>("counterpoint-versions", 1, {
      upgrade(db) {
        db.createObjectStore("versions", { keyPath: ["key", "savedAtMs"] }).createIndex("savedAtMs", "savedAtMs")
      },
    }),
  )
  opened.catch(() => {
    opened = null
  })
  return opened
}

/** Which of these times can go: the newest of every hour of the last day and of every day before stay, and all of the last hour. */
export function superseded(timesMs: readonly number[], nowMs: number): number[] {
  const newestFirst = [...timesMs].sort((a, b) => b - a)
  const taken = new Set<string>()
  let kept = 0
  return newestFirst.filter((timeMs) => {
    const ageMs = nowMs - timeMs
    const slot = ageMs < HOUR_MS ? `${timeMs}` : ageMs < DAY_MS ? `h${Math.floor(timeMs / HOUR_MS)}` : `d${Math.floor(timeMs / DAY_MS)}`
    if (ageMs > KEEP_MS || taken.has(slot) || kept >= MOST_VERSIONS) return true
    taken.add(slot)
    kept++
    return false
  })
}

const rangeOf = (key: string) => IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER])

/** The versions of a document, the newest first; none where the browser keeps nothing. */
export async function versionsOf(key: string): Promise<readonly Version[]> {
  try {
    const all = await (await database()).getAll("versions", rangeOf(key))
    return all
      .map(draftFrom)
      .filter((version) => version !== null)
      .reverse()
  } catch {
    return []
  }
}

export async function allVersions(): Promise<readonly Version[]> {
  try {
    return (await (await database()).getAll("versions")).map(draftFrom).filter((version) => version !== null)
  } catch {
    return []
  }
}

/** Keeps a version; the same text as the newest one is not kept twice. Rejects where the browser keeps nothing. */
export async function keepVersion(version: Version): Promise<void> {
  const db = await database()
  const before = await db.getAllKeys("versions", rangeOf(version.key))
  const newest = before[before.length - 1]
  if (newest && (await db.get("versions", newest))?.document.text === version.document.text) return
  await db.put("versions", version)
  const times = before.map(([, savedAtMs]) => savedAtMs)
  for (const savedAtMs of superseded([...times, version.savedAtMs], Date.now())) await db.delete("versions", [version.key, savedAtMs])
}

/** A version out of a file, in its place among the others. Rejects where the browser keeps nothing. */
export async function putVersion(version: Version): Promise<void> {
  await (await database()).put("versions", version)
}

export function stored({ version: _version, replaced: _replaced, ...document }: OpenDocument): StoredDocument {
  return document
}

const asVersion = (document: OpenDocument, savedAtMs: number): Version => ({ key: document.id, savedAtMs, document: stored(document) })

/** Keeps the open document as it is now, whatever the time; before something takes its place. */
export async function keepNow(): Promise<void> {
  const { document } = app.getState()
  await keepVersion(asVersion(document, Date.now())).then(storageWorked, storageFailed)
}

/** Keeps versions from now on. `opened`: the document as it was opened, which may have been edited since. Called once. */
export function watchVersions(opened: OpenDocument): void {
  let opening = opened
  let lastMs = 0
  let timer = 0
  const save = () => {
    clearTimeout(timer)
    timer = 0
    lastMs = Date.now()
    void keepNow()
  }
  const changed = (next: OpenDocument, before: OpenDocument) => {
    if (next.id !== before.id) {
      if (timer !== 0) {
        clearTimeout(timer)
        timer = 0
        void keepVersion(asVersion(before, Date.now())).catch(storageFailed)
      }
      opening = next
      lastMs = 0
      return
    }
    if (!next.edited || next.text === before.text) return
    if (lastMs === 0) {
      lastMs = Date.now()
      if (opening.text.trim() !== "") void keepVersion(asVersion(opening, lastMs)).catch(storageFailed)
    }
    clearTimeout(timer)
    timer = window.setTimeout(save, Math.max(AFTER_PAUSE_MS, lastMs + MINUTE_MS - Date.now()))
  }
  changed(app.getState().document, opened)
  app.subscribe((state) => state.document, changed)
  addEventListener("pagehide", () => {
    if (timer !== 0) save()
  })
}
