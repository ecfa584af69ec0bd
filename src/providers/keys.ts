// Keys of providers. They live in this module's memory and nowhere else, unless the reader asks to keep one on this device
// (then in localStorage under a name of its own). No state, no export, no link and no report can reach them: the store
// knows only whether there is one.

const STORAGE_KEY = "counterpoint.keys"
const MAX_LENGTH = 500

const inMemory = new Map<string, string>()
let remembered: Set<string> | null = null

/** The key of a provider, for the moment of asking; "" where there is none. */
export function keyOf(provider: string): string {
  load()
  return inMemory.get(provider) ?? ""
}

export function hasKey(provider: string): boolean {
  return keyOf(provider) !== ""
}

export function isRemembered(provider: string): boolean {
  return load().has(provider)
}

/** Takes a key, or forgets it where it is empty. */
export function setKey(provider: string, key: string, remember: boolean): void {
  const kept = load()
  const clean = key.trim().slice(0, MAX_LENGTH)
  if (clean === "") inMemory.delete(provider)
  else inMemory.set(provider, clean)
  if (remember && clean !== "") kept.add(provider)
  else kept.delete(provider)
  save(kept)
}

function load(): Set<string> {
  if (remembered) return remembered
  remembered = new Set()
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}")
    if (typeof stored === "object" && stored !== null)
      for (const [provider, key] of Object.entries(stored))
        if (typeof key === "string" && key !== "" && key.length <= MAX_LENGTH) {
          inMemory.set(provider, key)
          remembered.add(provider)
        }
  } catch {
    // No storage (private windows, embedded pages) or damaged: keys are typed anew.
  }
  return remembered
}

function save(kept: ReadonlySet<string>): void {
  try {
    if (kept.size === 0) localStorage.removeItem(STORAGE_KEY)
    else
      localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries([...kept].map((provider) => [provider, inMemory.get(provider)]))))
  } catch {
    // Kept for this visit only.
  }
}
