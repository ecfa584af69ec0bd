// What was typed into the console and what came of it, newest last. Belongs to the open document: another document or
// language begins anew. Pure transitions; `src/client/console.ts` calls them with answers of the sandbox.
import type { EntryResult } from "../../interpreter/session/console.ts"

export interface ConsoleEntry {
  readonly id: number
  readonly text: string
  /** null while it runs. */
  readonly result: EntryResult | null
}

export interface Console {
  readonly log: readonly ConsoleEntry[]
  /** Texts submitted before, oldest first; clearing the log keeps them. */
  readonly history: readonly string[]
  readonly lastId: number
}

export const EMPTY_CONSOLE: Console = { log: [], history: [], lastId: 0 }

const MOST_ENTRIES = 200
const MOST_HISTORY = 100
/** Characters of one piece that are kept: a console is read, not searched. */
const MOST_SHOWN = 20_000

export const isBusy = (console: Console): boolean => console.log.at(-1)?.result === null

export function entrySubmitted(console: Console, text: string): Console {
  const id = console.lastId + 1
  const again = console.history.at(-1) === text
  return {
    log: [...console.log, { id, text, result: null }].slice(-MOST_ENTRIES),
    history: again ? console.history : [...console.history, text].slice(-MOST_HISTORY),
    lastId: id,
  }
}

/** The answer of an entry; one that was cleared meanwhile has none. */
export function entryAnswered(console: Console, id: number, result: EntryResult): Console {
  const kept = { ...result, output: shortened(result.output), errors: shortened(result.errors) }
  return { ...console, log: console.log.map((entry) => (entry.id === id ? { ...entry, result: kept } : entry)) }
}

export function consoleCleared(console: Console): Console {
  return { ...console, log: [] }
}

/** The text `back` entries ago (1: the last one); "" for now, null beyond the first. */
export function textBefore(console: Console, back: number): string | null {
  return back === 0 ? "" : (console.history.at(-back) ?? null)
}

function shortened(text: string): string {
  if (text.length <= MOST_SHOWN) return text
  return `${text.slice(0, MOST_SHOWN)}\n… ${text.length - MOST_SHOWN} more characters`
}
