// Two tabs of one document find each other: every tab says what it shows, hears what the others show, and knows the text that
// both had last. Only the tab that is behind, or that differs, asks its reader. Nobody is overruled: a text that gives way is
// kept as a version.
import type { DocumentId, OpenDocument } from "../../store/document.ts"
import { freshId } from "../../store/fresh-id.ts"
import { actions, app } from "../../store/store.ts"
import { plural } from "../../ui/format.ts"
import { merged } from "./lines.ts"
import { keeping, type OtherTab } from "./trouble.ts"
import { keepNow, stored } from "./versions.ts"

type Message =
  | { readonly kind: "here" | "hello"; readonly tab: string; readonly key: string; readonly text: string }
  | { readonly kind: "gone"; readonly tab: string }
  /** The tab has put both texts together; who still shows `over` takes `text`. */
  | { readonly kind: "settled"; readonly tab: string; readonly key: string; readonly text: string; readonly over: string }

const TELL_AFTER_MS = 300

/** How this tab's text stands to another's, given the text that both had last; null where there is nothing to ask. */
export function standingOf(base: string, mine: string, theirs: string): OtherTab["standing"] | null {
  if (mine === theirs || theirs === base) return null
  return mine === base ? "behind" : "diverged"
}

/** A message of a tab of this page; null for anything else that says something on the channel. */
export function messageFrom(value: unknown): Message | null {
  if (typeof value !== "object" || value === null) return null
  const { kind, tab, key, text, over } = value as Record<string, unknown>
  if (typeof tab !== "string") return null
  if (kind === "gone") return { kind, tab }
  if (typeof key !== "string" || typeof text !== "string") return null
  if (kind === "here" || kind === "hello") return { kind, tab, key, text }
  return kind === "settled" && typeof over === "string" ? { kind, tab, key, text, over } : null
}

let channel: BroadcastChannel | null = null
const self = freshId()
/** The text that this tab and the others had last. */
let base = ""
const others = new Map<string, string>()

function say(message: Message): void {
  channel?.postMessage(message)
}

function tell(kind: "here" | "hello"): void {
  const { id, text } = app.getState().document
  say({ kind, tab: self, key: id, text })
}

/** Looks again who differs; the first that does is asked about. */
function judge(): void {
  const { text } = app.getState().document
  let found: OtherTab | null = null
  for (const [tab, theirs] of others) {
    const standing = standingOf(base, text, theirs)
    if (standing && (found === null || standing === "diverged")) found = { tab, standing, text: theirs }
  }
  const before = keeping.getState().other
  if (before?.tab === found?.tab && before?.standing === found?.standing && before?.text === found?.text) return
  keeping.setState({ other: found })
  if (found && before?.standing !== found.standing) actions.announce("This document was changed in another tab.")
}

function hear(message: Message): void {
  const { id, text } = app.getState().document
  if (message.kind === "gone" || message.key !== id) others.delete(message.tab)
  else if (message.kind === "settled") {
    others.set(message.tab, message.text)
    if (text === message.over) {
      base = message.text
      actions.replaceText(message.text)
    } else base = message.over
  } else {
    others.set(message.tab, message.text)
    if (message.text === text) base = text
    if (message.kind === "hello") tell("here")
  }
  judge()
}

/** Watches for other tabs from now on. `opened`: the document as it was opened, which may have been edited since. Called once. */
export function watchTabs(opened: OpenDocument): void {
  if (typeof BroadcastChannel === "undefined") return
  channel = new BroadcastChannel("counterpoint-tabs")
  channel.onmessage = ({ data }) => {
    const message = messageFrom(data)
    if (message && message.tab !== self) hear(message)
  }
  const { document } = app.getState()
  base = document.id === opened.id ? opened.text : document.text
  tell("hello")
  let timer = 0
  app.subscribe(
    (state) => state.document,
    (next, before) => {
      if (next.id !== before.id) {
        base = next.text
        others.clear()
        tell("hello")
      } else if (next.text !== before.text) {
        clearTimeout(timer)
        timer = window.setTimeout(() => tell("here"), TELL_AFTER_MS)
      } else return
      judge()
    },
  )
  addEventListener("pagehide", () => say({ kind: "gone", tab: self }))
  // A page that comes back from the browser's cache of pages was gone for the others.
  addEventListener("pageshow", (event) => {
    if (event.persisted) tell("hello")
  })
}

/** The other tab's text in place of this one's, which is kept as a version. */
export async function takeOther(): Promise<void> {
  const { other } = keeping.getState()
  if (!other) return
  await keepNow()
  base = other.text
  actions.replaceText(other.text)
  // At once: the other tab learns the text that both have before this one is changed again.
  tell("here")
}

/** Both tabs' changes in one text, here and there. */
export async function mergeTabs(): Promise<void> {
  const { other } = keeping.getState()
  if (!other) return
  await keepNow()
  const { document } = app.getState()
  const { text, clashes } = merged(base, document.text, other.text)
  base = text
  others.set(other.tab, text)
  actions.replaceText(text)
  say({ kind: "settled", tab: self, key: document.id, text, over: other.text })
  actions.toast(
    clashes === 0
      ? "Merged: the changes of both tabs are here."
      : `Merged. In ${plural(clashes, "place")} both tabs had changed the same lines: both texts are there, this tab's first.`,
  )
}

/** This tab's text becomes a document of its own. */
export function separateTab(): void {
  const { document } = app.getState()
  actions.openDocument({
    ...stored(document),
    id: `copy:${freshId()}` as DocumentId,
    title: `${document.title} (copy)`,
    exampleId: null,
    edited: true,
  })
}
