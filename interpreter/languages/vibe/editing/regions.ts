// Where in a text strings, comments, ts bodies and brackets are, found by one walk over its characters that knows no
// grammar: what the editor needs in texts that are half typed. Used by indentation, folding, completion and signature help.
import { endOfString, tsBodyFrom } from "../syntax/scan.ts"

export interface Region {
  readonly kind: "string" | "comment" | "ts"
  readonly from: number
  readonly to: number
  /** Strings and block comments: whether they are closed. */
  readonly closed: boolean
}

export interface Bracket {
  readonly char: string
  readonly at: number
  /** Of the bracket it belongs to; -1 if there is none. */
  partner: number
}

export interface Regions {
  /** Strings and comments also inside ts bodies; a ts region contains them. */
  readonly regions: readonly Region[]
  /** Brackets outside strings and comments, those of ts bodies included, in order. */
  readonly brackets: readonly Bracket[]
}

const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{" }

export function regionsOf(text: string): Regions {
  const regions: Region[] = []
  const brackets: Bracket[] = []
  const open: number[] = []
  const tsOpeners = new Set<number>()
  let at = 0
  while (at < text.length) {
    const c = text.charAt(at)
    if (c === "/" && text[at + 1] === "/") {
      const end = text.indexOf("\n", at)
      const to = end < 0 ? text.length : end
      regions.push({ kind: "comment", from: at, to, closed: false })
      at = to
    } else if (c === "/" && text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2)
      const to = end < 0 ? text.length : end + 2
      regions.push({ kind: "comment", from: at, to, closed: end >= 0 })
      at = to
    } else if (c === '"' || c === "'" || c === "`") {
      const end = endOfString(text, at)
      const to = end < 0 ? text.length : end
      regions.push({ kind: "string", from: at, to, closed: end >= 0 })
      at = to
    } else if (/[A-Za-z_]/.test(c)) {
      if (c === "t" && text[at + 1] === "s" && !/\w/.test(text.charAt(at + 2))) {
        const body = tsBodyFrom(text, at + 2)
        if (body >= 0) tsOpeners.add(body - 1)
      }
      while (at < text.length && /\w/.test(text.charAt(at))) at++
    } else {
      if (c === "(" || c === "[" || c === "{") {
        open.push(brackets.length)
        brackets.push({ char: c, at, partner: -1 })
      } else if (c in CLOSERS) {
        // Only the innermost few: a closer that belongs further out is a mistake, and texts may be all brackets.
        let match = open.length - 1
        while (match >= 0 && match > open.length - 9 && brackets[open[match] ?? -1]?.char !== CLOSERS[c]) match--
        if (brackets[open[match] ?? -1]?.char !== CLOSERS[c]) match = -1
        const opener = match >= 0 ? brackets[open[match] ?? -1] : undefined
        brackets.push({ char: c, at, partner: opener?.at ?? -1 })
        if (opener) {
          opener.partner = at
          open.length = match
          if (tsOpeners.has(opener.at)) regions.push({ kind: "ts", from: opener.at + 1, to: at, closed: true })
        }
      }
      at++
    }
  }
  return { regions, brackets }
}

/** The string or comment around an offset (not at its ends), innermost; undefined if there is none. */
export function regionAt(all: Regions, offset: number, kind?: Region["kind"]): Region | undefined {
  const inside = all.regions.filter(
    (it) => it.from < offset && (offset < it.to || (offset === it.to && !it.closed)) && (kind ? it.kind === kind : it.kind !== "ts"),
  )
  return inside[inside.length - 1]
}

/** Brackets that are open at an offset, outermost first. */
export function openAt(all: Regions, offset: number): Bracket[] {
  const open: Bracket[] = []
  for (const bracket of all.brackets) {
    if (bracket.at >= offset) break
    if (bracket.char in CLOSERS) {
      if (bracket.partner < 0) continue
      const at = open.findLastIndex((it) => it.at === bracket.partner)
      if (at >= 0) open.length = at
    } else open.push(bracket)
  }
  return open
}
