// Jade's usual layout: four columns a step, a blank around operators, none inside parentheses. Line breaks stay where the
// writer put them, because they end statements (SPEC 1.4).

import type { LanguageEditing } from "../../editing.ts"
import { bracketFold, bracketSteps, type LayoutRules, layOut, type Token } from "../../layout.ts"
import { parser } from "../jade.parser.ts"

const ATOMIC: ReadonlySet<string> = new Set(["String", "FString", "LineComment"])
const TIGHT_BEFORE = new Set([",", ")", "]", ".", ":", "::", "~>"])
const TIGHT_AFTER = new Set(["(", "[", ".", "::", "~>", "?", "~", "!", "@", "..."])
const KEYWORDS_BEFORE_PAREN = new Set("if elif while for in return raise await and or not prompt yield".split(" "))

const rules: LayoutRules = { atomic: ATOMIC, unit: 4, between }

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
  if (previous.text === "{" && next.text === "}") return ""
  return " "
}

export const indent: LanguageEditing["indent"] = (tree, text, lineStart, unit) => {
  const steps = bracketSteps(tree, text, lineStart, ATOMIC)
  return steps === null ? null : steps * unit
}

export const fold: LanguageEditing["fold"] = (tree, text, from, to) => bracketFold(tree, text, from, to, ATOMIC)

export function format(text: string): string {
  return layOut(parser, text, rules)
}
