// Jade's usual layout: four columns a step, a blank around operators, none inside parentheses and dicts. Line breaks stay
// where the writer put them, because they end statements (SPEC 1.4); a line that goes on with a statement is a step further in.
import type { Tree } from "@lezer/common"
import type { LanguageEditing } from "../../editing.ts"
import { bracketFold, bracketSteps, type LayoutRules, layOut, type Token } from "../../layout.ts"
import { parser } from "../jade.parser.ts"

const ATOMIC: ReadonlySet<string> = new Set(["String", "FString", "LineComment"])
const TIGHT_BEFORE = new Set([",", ")", "]", ".", ":", "::", "~>"])
const TIGHT_AFTER = new Set(["(", "[", ".", "::", "~>", "?", "~", "!", "@", "..."])
const KEYWORDS_BEFORE_PAREN = new Set("if elif while for in return raise await and or not prompt yield".split(" "))

/** A line that ends with one of these goes on in the next. */
const GOES_ON = new Set("+ - * / % & | ^ << >> && || |> == != < > <= >= = and or not in await raise return".split(" "))

const continues = (_first: Token, previous: Token): boolean =>
  GOES_ON.has(previous.text) && previous.inside[0] !== "ClosureParams" && !ATOMIC.has(previous.name)

const rules: LayoutRules = { atomic: ATOMIC, unit: 4, between, continues }

function between(previous: Token, next: Token): "" | " " | null {
  if (next.name === "LineComment") return " "
  // `|x| body`: the bars of a closure hold their parameters.
  if (previous.inside[0] === "ClosureParams" || next.inside[0] === "ClosureParams") {
    if (previous.inside[0] === "ClosureParams" && next.inside[0] === "ClosureParams") return previous.text === "," ? " " : ""
    return next.inside[0] === "ClosureParams" && TIGHT_AFTER.has(previous.text) ? "" : " "
  }
  if (TIGHT_AFTER.has(previous.text)) return ""
  if (next.text === ".") return next.inside[0] === "SelfField" ? (previous.text === "(" ? "" : " ") : ""
  if (TIGHT_BEFORE.has(next.text)) return ""
  if (previous.text === "-" && previous.inside[0] === "UnaryExpression") return ""
  if (next.text === "(")
    return KEYWORDS_BEFORE_PAREN.has(previous.text) || !/[\p{L}\p{N}_)\]"']$/u.test(previous.text)
      ? " "
      : next.inside[0] === "ParenthesizedExpression"
        ? " "
        : ""
  if (next.text === "[") return next.inside[0] === "IndexExpression" ? "" : " "
  if (previous.text === "{" && (next.text === "}" || previous.inside[0] === "DictExpression")) return ""
  if (next.text === "}" && next.inside[0] === "DictExpression") return ""
  return " "
}

export const indent: LanguageEditing["indent"] = (tree, text, lineStart, unit) => {
  const steps = bracketSteps(tree, text, lineStart, ATOMIC)
  return steps === null ? null : (steps + (goesOn(tree, text, lineStart) ? 1 : 0)) * unit
}

/** The line before goes on in the one that begins at `lineStart`. */
function goesOn(tree: Tree, text: string, lineStart: number): boolean {
  const end = text.slice(0, lineStart).trimEnd().length
  // Behind an empty line nobody waits for the rest of a statement.
  if (end === 0 || text.slice(end, lineStart).split("\n").length > 2) return false
  const last = tree.resolveInner(end, -1)
  const word = /(?:[A-Za-z_]+|[^\w\s"']+)$/.exec(text.slice(Math.max(0, end - 8), end))?.[0] ?? ""
  return GOES_ON.has(word) && !ATOMIC.has(last.name) && last.parent?.name !== "ClosureParams"
}

/** What brackets hold, a text of several lines, a run of comment lines. */
export const fold: LanguageEditing["fold"] = (tree, text, from, to) =>
  bracketFold(tree, text, from, to, ATOMIC) ?? textFold(tree, from, to) ?? commentFold(text, from, to)

function textFold(tree: Tree, from: number, to: number): { from: number; to: number } | null {
  const node = tree.resolveInner(to, -1)
  const string = node.name === "String" || node.name === "FString" ? node : node.parent
  const isText = string?.name === "String" || string?.name === "FString"
  return string && isText && string.from >= from && string.to > to ? { from: to, to: string.to } : null
}

function commentFold(text: string, from: number, to: number): { from: number; to: number } | null {
  const isComment = (start: number, end: number) => /^\s*\/\//.test(text.slice(start, end))
  const above = text.lastIndexOf("\n", from - 2) + 1
  if (!isComment(from, to) || (from > 0 && isComment(above, from))) return null
  let end = to
  while (end < text.length) {
    const next = text.indexOf("\n", end + 1)
    const until = next < 0 ? text.length : next
    if (!isComment(end + 1, until)) break
    end = until
  }
  return end > to ? { from: to, to: end } : null
}

export function format(text: string): string {
  return layOut(parser, text, rules)
}
