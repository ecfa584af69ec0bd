// Unsaved work survives a crashed tab: every edited document is kept in IndexedDB a moment after each change, one record a
// document. What comes back is checked field by field; a record that is none is left out. Storage that is refused or full
// is said (keeping/Notices.tsx), the page goes on without it.
import type { DBSchema, IDBPDatabase } from "idb"
import { dialsFrom } from "../../../interpreter/models/dials.ts"
import { isRetries } from "../../../interpreter/models/retries.ts"
import type { ModelRule } from "../../../interpreter/models/script.ts"
import type { DocumentId, LanguageName, OpenDocument } from "../../store/document.ts"
import { actions, app } from "../../store/store.ts"
import { storageFailed, storageWorked } from "./trouble.ts"

export type StoredDocument = Omit<OpenDocument, "version" | "replaced">

export interface Draft {
  readonly key: string
  readonly savedAtMs: number
  readonly document: StoredDocument
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { savedAtMs: number } }
}

const MOST_DRAFTS = 200
const LAST_KEY = "counterpoint.last"
const SAVE_AFTER_MS = 400
/** The document as of the last keystroke, for a tab that dies before the database is written. */
const PENDING_KEY = "counterpoint.pending"
/** Longer texts wait for the database: writing them at every keystroke would be felt. */
const MOST_PENDING_LENGTH = 300_000

let opened: Promise<IDBPDatabase<Schema>> | null = null

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= import("idb").then(({ openDB }) =>
    openDB<Schema>("counterpoint", 1, {
      upgrade(db) {
        db.createObjectStore("drafts", { keyPath: "key" }).createIndex("savedAtMs", "savedAtMs")
      },
    }),
  )
  return opened
}

/** A draft out of whatever the storage holds; null for anything else. */
export function draftFrom(value: unknown): Draft | null {
  if (typeof value !== "object" || value === null) return null
  const { key, savedAtMs, document } = value as Record<string, unknown>
  if (typeof key !== "string" || typeof savedAtMs !== "number" || typeof document !== "object" || document === null) return null
  const { id, title, language, path, text, files, rules, dials, variables, seed, maxParallel, maxRetries, exampleId } = document as Record<
    string,
    unknown
  >
  if (typeof id !== "string" || typeof title !== "string" || typeof path !== "string" || typeof text !== "string") return null
  if (language !== "vibe" && language !== "jade" && language !== "ard") return null
  const textsOf = (fields: unknown) =>
    typeof fields === "object" && fields !== null
      ? Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string")
      : []
  const typed = textsOf(variables)
  const keptDials = dialsFrom(dials)
  return {
    key,
    savedAtMs,
    document: {
      ...(keptDials && { dials: keptDials }),
      id: id as DocumentId,
      title,
      language: language as LanguageName,
      path,
      text,
      files: Object.fromEntries(textsOf(files)),
      ...(typed.length > 0 && { variables: Object.fromEntries(typed) }),
      rules: Array.isArray(rules) ? (rules as readonly ModelRule[]) : [],
      seed: Number.isSafeInteger(seed) ? (seed as number) : 7,
      maxParallel: Number.isSafeInteger(maxParallel) ? (maxParallel as number) : 0,
      ...(isRetries(maxRetries) && { maxRetries }),
      exampleId: typeof exampleId === "string" ? exampleId : null,
      edited: true,
    },
  }
}

/** The edited documents of this device, the newest first. */
export async function listDrafts(): Promise<readonly Draft[]> {
  try {
    const all = await (await database()).getAllFromIndex("drafts", "savedAtMs")
    return all
      .map(draftFrom)
      .filter((draft) => draft !== null)
      .reverse()
  } catch {
    return []
  }
}

function keepPending(document: OpenDocument): void {
  if (document.text.length > MOST_PENDING_LENGTH) return
  const { version: _version, replaced: _replaced, ...stored } = document
  try {
    localStorage.setItem(PENDING_KEY, JSON.stringify({ key: document.id, savedAtMs: Date.now(), document: stored }))
  } catch {
    // The database is written a moment later all the same.
  }
}

function dropPending(): void {
  try {
    localStorage.removeItem(PENDING_KEY)
  } catch {
    // Nothing was kept there.
  }
}

function pendingDraft(): Draft | null {
  try {
    const text = localStorage.getItem(PENDING_KEY)
    return text === null ? null : draftFrom(JSON.parse(text))
  } catch {
    return null
  }
}

/** What was open and edited when the page went away; null if nothing was. */
export async function lastDraft(): Promise<Draft | null> {
  const pending = pendingDraft()
  if (pending) return pending
  try {
    const key = localStorage.getItem(LAST_KEY)
    return key === null ? null : draftFrom(await (await database()).get("drafts", key))
  } catch {
    return null
  }
}

export function openDraft(draft: Draft): void {
  actions.openDocument(draft.document)
  remember(draft.key)
}

function remember(key: string | null): void {
  try {
    if (key === null) localStorage.removeItem(LAST_KEY)
    else localStorage.setItem(LAST_KEY, key)
  } catch {
    // Without storage the page opens with its first example.
  }
}

/** Writes a document as it comes, out of a file. Rejects where the browser keeps nothing. */
export async function putDraft(draft: Draft): Promise<void> {
  await (await database()).put("drafts", draft)
}

export async function forgetDraft(key: string): Promise<void> {
  await (await database()).delete("drafts", key)
}

async function save(document: OpenDocument): Promise<void> {
  const { version: _version, replaced: _replaced, ...stored } = document
  const db = await database()
  await db.put("drafts", { key: document.id, savedAtMs: Date.now(), document: stored })
  const keys = await db.getAllKeysFromIndex("drafts", "savedAtMs")
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_DRAFTS))) await db.delete("drafts", key)
}

/** Keeps every edited document from now on. Answers a way to stop. */
export function keepDrafts(): () => void {
  let timer = 0
  const saveNow = () => {
    clearTimeout(timer)
    timer = 0
    const { document } = app.getState()
    if (!document.edited) return
    remember(document.id)
    save(document).then(() => {
      dropPending()
      storageWorked()
    }, storageFailed)
  }
  const stopWatching = app.subscribe(
    (state) => state.document,
    (document) => {
      clearTimeout(timer)
      if (document.edited) {
        keepPending(document)
        timer = window.setTimeout(saveNow, SAVE_AFTER_MS)
      } else remember(null)
    },
  )
  // A closed tab does not wait for the timer.
  const onHide = () => {
    if (timer !== 0) saveNow()
  }
  addEventListener("pagehide", onHide)
  document.addEventListener("visibilitychange", onHide)
  return () => {
    stopWatching()
    clearTimeout(timer)
    removeEventListener("pagehide", onHide)
    document.removeEventListener("visibilitychange", onHide)
  }
}
