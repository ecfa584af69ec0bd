// What a notebook is called: what it calls itself, in its front matter or in its first heading. Pure.
import type { Segment } from "../../interpreter/session/document/markdown.ts"
import type { Notebook } from "./model.ts"

const LONGEST_TITLE = 120

/** The title that a document's Markdown gives it; null where it gives none. */
export function titleOf(markdown: string): string | null {
  const front = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\n---[ \t]*\r?(?:\n|$)/.exec(markdown)?.[1] ?? ""
  // What begins with one of these is no plain text in YAML.
  const own = /^title:[ \t]*([^\s[\]{}|>&*!%@`#].*\S|[^\s[\]{}|>&*!%@`#])/m.exec(front)?.[1]
  const title = own ? withoutQuotes(own) : /^# (.*\S)/m.exec(markdown)?.[1]
  return title?.slice(0, LONGEST_TITLE) ?? null
}

function withoutQuotes(text: string): string {
  return /^(["']).+\1$/.test(text) ? text.slice(1, -1) : text
}

const known = new WeakMap<Segment, string | null>()

/** The same of an open notebook; what was not edited is not read again. */
export function titleOfNotebook({ blocks }: Notebook): string | null {
  for (const { segment } of blocks) {
    if (segment.kind !== "prose" && segment.kind !== "frontMatter") continue
    let title = known.get(segment)
    if (title === undefined) known.set(segment, (title = titleOf(segment.raw)))
    if (title !== null) return title
  }
  return null
}
