// Whether this browser keeps what is written, whether another tab has the open document, what is wrong with a link: what the notices say. Set by
// those who write, read by Notices.tsx.
import { createStore } from "zustand/vanilla"

/** Why nothing is kept: the disk has no room, or the browser refuses. */
export type Trouble = "full" | "refused"

/** What another tab did to the open document: it alone changed it, or both tabs did. */
export interface OtherTab {
  readonly tab: string
  readonly standing: "behind" | "diverged"
  readonly text: string
  /** Its seed, model script and the like, as one text. */
  readonly options: string
}

export interface Keeping {
  readonly trouble: Trouble | null
  /** The reader has seen it and goes on. */
  readonly accepted: boolean
  readonly other: OtherTab | null
  /** Why the link that the page was opened with does not open as it was meant. */
  readonly link: string | null
}

export const keeping = createStore<Keeping>()(() => ({ trouble: null, accepted: false, other: null, link: null }))

export function troubleOf(error: unknown): Trouble {
  return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "refused"
}

export function storageFailed(error: unknown): void {
  keeping.setState({ trouble: troubleOf(error) })
}

export function storageWorked(): void {
  if (keeping.getState().trouble) keeping.setState({ trouble: null, accepted: false })
}
