// Two tabs of one document find each other: every tab says what it shows, hears what the others show, and knows the text that
// both had last; so with what decides a run besides: seed, model script, dials, files. Only the tab that is behind, or that
// differs, asks its reader. Nobody is overruled: what gives way is kept as a version.
import { dialsFrom } from "../../../interpreter/models/dials.ts"
import { isRetries } from "../../../interpreter/models/retries.ts"
import { isRule } from "../../share/link.ts"
import { isCount } from "../../share/view.ts"
import type { DocumentId, DocumentOptions, OpenDocument } from "../../store/document.ts"
import { freshId } from "../../store/fresh-id.ts"
import { actions, app } from "../../store/store.ts"
import { plural } from "../../ui/format.ts"
import { merged } from "./lines.ts"
import { keeping, type OtherTab } from "./trouble.ts"
import { keepNow, stored } from "./versions.ts"

/** What a tab shows of a document. `options`: see `optionsText`. */
export interface Shown {
  readonly text: string
  readonly options: string
}

type Message =
  | ({ readonly kind: "here" | "hello"; readonly tab: string; readonly key: string } & Shown)
  | { readonly kind: "gone"; readonly tab: string }
  /** The tab has put both texts together; who still shows `over` takes what is here. */
  | ({ readonly kind: "settled"; readonly tab: string; readonly key: string; readonly over: Shown } & Shown)

const TELL_AFTER_MS = 300

/** The options of a document as one text: equal options are equal texts. */
export function optionsText(document: DocumentOptions): string {
  const { seed, maxParallel, maxRetries = null, rules, files, dials = null } = document
  return JSON.stringify([seed, maxParallel, rules, Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)), dials, maxRetries])
}

/** Options out of such a text; null for anything else. */
export function optionsFrom(text: string): DocumentOptions | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(value)) return null
  const [seed, maxParallel, rules, files, dials, maxRetries] = value as readonly unknown[]
  const isFile = (entry: unknown): entry is [string, string] =>
    Array.isArray(entry) && entry.length === 2 && entry.every((part) => typeof part === "string")
  if (!isCount(seed) || !isCount(maxParallel) || !Array.isArray(rules) || !rules.every(isRule)) return null
  if (!Array.isArray(files) || !files.every(isFile)) return null
  const known = dialsFrom(dials)
  return {
    seed,
    maxParallel,
    rules,
    files: Object.fromEntries(files),
    ...(isRetries(maxRetries) && { maxRetries }),
    ...(known && { dials: known }),
  }
}

/** Told without writing them out: this is asked with every letter that is typed. */
const hasOtherOptions = (a: DocumentOptions, b: DocumentOptions) =>
  a.seed !== b.seed ||
  a.maxParallel !== b.maxParallel ||
  a.maxRetries !== b.maxRetries ||
  a.rules !== b.rules ||
  a.files !== b.files ||
  a.dials !== b.dials

const same = (a: Shown, b: Shown) => a.text === b.text && a.options === b.options

/** How what this tab shows stands to another's, given what both had last; null where there is nothing to ask. */
export function standingOf(base: Shown, mine: Shown, theirs: Shown): OtherTab["standing"] | null {
  if (same(mine, theirs) || same(theirs, base)) return null
  return same(mine, base) ? "behind" : "diverged"
}

function isShown(value: unknown): value is Shown {
  if (typeof value !== "object" || value === null) return false
  const { text, options } = value as Record<string, unknown>
  return typeof text === "string" && typeof options === "string"
}

/** A message of a tab of this page; null for anything else that says something on the channel. */
export function messageFrom(value: unknown): Message | null {
  if (typeof value !== "object" || value === null) return null
  const { kind, tab, key, over } = value as Record<string, unknown>
  if (typeof tab !== "string") return null
  if (kind === "gone") return { kind, tab }
  if (typeof key !== "string" || !isShown(value)) return null
  const { text, options } = value
  if (kind === "here" || kind === "hello") return { kind, tab, key, text, options }
  return kind === "settled" && isShown(over) ? { kind, tab, key, text, options, over: { text: over.text, options: over.options } } : null
}

let channel: BroadcastChannel | null = null
const self = freshId()
/** What this tab and the others had last. */
let base: Shown = { text: "", options: "" }
const others = new Map<string, Shown>()

const shownOf = (document: OpenDocument): Shown => ({ text: document.text, options: optionsText(document) })

function say(message: Message): void {
  channel?.postMessage(message)
}

function tell(kind: "here" | "hello"): void {
  const { document } = app.getState()
  say({ kind, tab: self, key: document.id, ...shownOf(document) })
}

/** Puts what another tab shows in the place of what is here. */
function take(shown: Shown): void {
  const options = optionsFrom(shown.options)
  if (options && shown.options !== optionsText(app.getState().document)) actions.takeOptions(options)
  actions.replaceText(shown.text)
}

/** Looks again who differs; the first that does is asked about. */
function judge(): void {
  if (others.size === 0 && keeping.getState().other === null) return
  const mine = shownOf(app.getState().document)
  let found: OtherTab | null = null
  for (const [tab, theirs] of others) {
    const standing = standingOf(base, mine, theirs)
    if (standing && (found === null || standing === "diverged")) found = { tab, standing, ...theirs }
  }
  const before = keeping.getState().other
  if (before?.tab === found?.tab && before?.standing === found?.standing && before && found && same(before, found)) return
  if (!before && !found) return
  keeping.setState({ other: found })
  if (found && before?.standing !== found.standing) actions.announce("This document was changed in another tab.")
}

function hear(message: Message): void {
  const { document } = app.getState()
  const mine = shownOf(document)
  if (message.kind === "gone" || message.key !== document.id) others.delete(message.tab)
  else {
    const theirs: Shown = { text: message.text, options: message.options }
    others.set(message.tab, theirs)
    if (message.kind === "settled") {
      if (same(mine, message.over)) {
        base = theirs
        take(theirs)
      } else base = message.over
    } else {
      if (same(mine, theirs)) base = mine
      if (message.kind === "hello") tell("here")
    }
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
  base = shownOf(document.id === opened.id ? opened : document)
  tell("hello")
  let timer = 0
  app.subscribe(
    (state) => state.document,
    (next, before) => {
      if (next.id !== before.id) {
        base = shownOf(next)
        others.clear()
        tell("hello")
      } else if (next.text !== before.text || hasOtherOptions(next, before)) {
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

/** What the other tab shows in place of what is here, which is kept as a version. */
export async function takeOther(): Promise<void> {
  const { other } = keeping.getState()
  if (!other) return
  await keepNow()
  base = { text: other.text, options: other.options }
  take(base)
  // At once: the other tab learns what both have before this one is changed again.
  tell("here")
}

/** Both tabs' changes in one text, here and there. Of options that both chose, this tab's hold. */
export async function mergeTabs(): Promise<void> {
  const { other } = keeping.getState()
  if (!other) return
  await keepNow()
  const { document } = app.getState()
  const mine = shownOf(document)
  const { text, clashes } = merged(base.text, mine.text, other.text)
  const both: Shown = { text, options: mine.options === base.options ? other.options : mine.options }
  const over: Shown = { text: other.text, options: other.options }
  base = both
  others.set(other.tab, both)
  take(both)
  say({ kind: "settled", tab: self, key: document.id, ...both, over })
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
