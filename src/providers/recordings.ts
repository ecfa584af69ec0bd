// The last recording of each document, kept on this device, so that a reload loses nothing that was paid for. Read back as
// strictly as any file. Loaded when there is something to keep or to find; a browser without storage keeps nothing.
import { openDB } from "idb"
import { type Cassette, readCassette, writeCassette } from "../../interpreter/models/index.ts"

const STORE = "last"
const MAX_CHARACTERS = 30_000_000
const MAX_KEPT = 30

interface Kept {
  readonly text: string
  readonly keptMs: number
}

async function database() {
  return openDB("counterpoint-recordings", 1, {
    upgrade: (db) => {
      db.createObjectStore(STORE)
    },
  })
}

/** Keeps the recording; the oldest others go when there are too many. Silent where the browser stores nothing. */
export async function keepRecording(documentId: string, cassette: Cassette): Promise<void> {
  const text = writeCassette(cassette)
  if (text.length > MAX_CHARACTERS) return
  try {
    const db = await database()
    await db.put(STORE, { text, keptMs: Date.now() } satisfies Kept, documentId)
    const keys = await db.getAllKeys(STORE)
    if (keys.length > MAX_KEPT) {
      const all = await Promise.all(
        keys.map(async (key) => ({ key, keptMs: ((await db.get(STORE, key)) as Kept | undefined)?.keptMs ?? 0 })),
      )
      all.sort((a, b) => a.keptMs - b.keptMs)
      for (const { key } of all.slice(0, keys.length - MAX_KEPT)) await db.delete(STORE, key)
    }
    db.close()
  } catch {
    // Private windows and full disks: the recording lives as long as the page, and can be saved as a file.
  }
}

/** Every recording that is kept, as its file has it; none where the browser keeps nothing. */
export async function allRecordings(): Promise<readonly { readonly document: string; readonly keptMs: number; readonly text: string }[]> {
  try {
    const db = await database()
    const keys = await db.getAllKeys(STORE)
    const found = await Promise.all(keys.map(async (key) => ({ document: String(key), ...((await db.get(STORE, key)) as Kept) })))
    db.close()
    return found.filter(({ text, keptMs }) => typeof text === "string" && typeof keptMs === "number")
  } catch {
    return []
  }
}

/** A recording out of a file that was read and found to be one. Rejects where the browser keeps nothing. */
export async function putRecording({ document, text, keptMs }: { readonly document: string } & Kept): Promise<void> {
  const db = await database()
  await db.put(STORE, { text, keptMs } satisfies Kept, document)
  db.close()
}

/** The last recording of a document; null where there is none that can be read. */
export async function lastRecording(documentId: string): Promise<Cassette | null> {
  try {
    const db = await database()
    const kept = (await db.get(STORE, documentId)) as Kept | undefined
    db.close()
    const read = typeof kept?.text === "string" ? readCassette(kept.text) : null
    return read?.ok ? read.cassette : null
  } catch {
    return null
  }
}
