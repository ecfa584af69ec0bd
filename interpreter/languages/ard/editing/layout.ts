// Indentation and folding for the editor, from the brackets of the (possibly incremental) tree.
import type { Tree } from "@lezer/common"

interface Bracket {
  readonly from: number
  /** Columns of the line in which it stands. */
  readonly indent: number
}

/** Columns for the line that begins at `lineStart`; null inside a string. */
export function indent(tree: Tree, text: string, lineStart: number, unit: number): number | null {
  const open: Bracket[] = []
  let inString = false
  tree.iterate({
    from: 0,
    to: lineStart,
    enter(ref) {
      if (ref.name === "String") {
        if (ref.from < lineStart && ref.to > lineStart) inString = true
        return false
      }
      if (ref.to > lineStart || ref.to - ref.from !== 1) return undefined
      if (ref.name === "{" || ref.name === "(" || ref.name === "[") open.push({ from: ref.from, indent: indentAt(text, ref.from) })
      else if (ref.name === "}" || ref.name === ")" || ref.name === "]") open.pop()
      return undefined
    },
  })
  if (inString) return null
  const end = text.indexOf("\n", lineStart)
  const line = text.slice(lineStart, end < 0 ? undefined : end).trimStart()
  const top = open[open.length - 1]
  if (/^[}\])]/.test(line)) return top?.indent ?? 0
  const base = top ? top.indent + unit : 0
  return /^(?:\.(?!\.)|\|)/.test(line) ? base + unit : base
}

function indentAt(text: string, at: number): number {
  const start = text.lastIndexOf("\n", at - 1) + 1
  let columns = 0
  for (let index = start; index < at; index++) {
    const char = text.charAt(index)
    if (char === " ") columns++
    else if (char === "\t") columns += 2
    else break
  }
  return columns
}

const FOLDED = /^(?:Block|MatchBody|StructBody|EnumBody|TraitBody|ImplBody|StructFields|ListExpression|MapExpression|ArgList|ParamList)$/

/** The inside of the last bracket pair that begins on the line and ends on a later one. */
export function fold(tree: Tree, text: string, from: number, to: number): { readonly from: number; readonly to: number } | null {
  let found: { from: number; to: number } | null = null
  tree.iterate({
    from,
    to,
    enter(ref) {
      if (!FOLDED.test(ref.name) || ref.from < from || ref.from > to || ref.to - 1 <= to) return
      if (/^[}\])]$/.test(text.charAt(ref.to - 1))) found = { from: ref.from + 1, to: ref.to - 1 }
    },
  })
  return found
}
