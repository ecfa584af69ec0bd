// Indentation and folding, both from brackets alone, so that they work while the program is broken (editing.ts).
import type { Bracket } from "./regions.ts"
import { openAt, regionAt, regionsOf } from "./regions.ts"

const lineStartOf = (text: string, at: number) => (at <= 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1)
const lineEndOf = (text: string, at: number) => {
  const end = text.indexOf("\n", at)
  return end < 0 ? text.length : end
}
const columnsOf = (text: string, lineStart: number, unit: number) => {
  let columns = 0
  for (let at = lineStart; text[at] === " " || text[at] === "\t"; at++) columns += text[at] === "\t" ? unit : 1
  return columns
}

/** See LanguageEditing.indent. */
export function indentOf(text: string, lineStart: number, unit: number): number | null {
  const all = regionsOf(text)
  if (regionAt(all, lineStart, "string") || regionAt(all, lineStart, "comment")) return null
  const open = openAt(all, lineStart)
  const first = /\S/.exec(text.slice(lineStart, lineEndOf(text, lineStart)))?.[0] ?? ""
  const closes = first === ")" || first === "]" || first === "}"
  const opener = closes ? partnerOf(all.brackets, text, lineStart, open) : open[open.length - 1]
  // A line that begins with a dot goes on with the line before.
  const step = first === "." && text[lineStart + text.slice(lineStart).search(/\S/) + 1] !== "." ? unit : 0
  if (!opener) return step
  const base = columnsOf(text, lineStartOf(text, opener.at), unit)
  return closes ? base : base + unit + step
}

function partnerOf(brackets: readonly Bracket[], text: string, lineStart: number, open: readonly Bracket[]): Bracket | undefined {
  const at = lineStart + /^\s*/.exec(text.slice(lineStart))![0].length
  const closer = brackets.find((it) => it.at === at)
  return brackets.find((it) => it.at === closer?.partner) ?? open[open.length - 1]
}

/** See LanguageEditing.fold. */
export function foldOf(text: string, from: number, to: number): { readonly from: number; readonly to: number } | null {
  const all = regionsOf(text)
  for (const bracket of all.brackets) {
    if (bracket.at < from) continue
    if (bracket.at >= to) break
    if (bracket.partner > to) return { from: bracket.at + 1, to: bracket.partner }
  }
  const region = all.regions.find((it) => it.kind !== "ts" && it.from >= from && it.from < to && it.to > to && it.closed)
  if (!region) return null
  return { from: lineEndOf(text, region.from), to: region.kind === "comment" ? region.to - 2 : region.to - 1 }
}
