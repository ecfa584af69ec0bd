// Layout of program texts for editors: indenting a line, folding, formatting. The same for all languages because it works
// on tokens and brackets; a language says which nodes are one token (strings) and where blanks stand between tokens. Used
// by the `editing/` of each language. The law it keeps: formatting changes white space only, and if the result would not
// parse to the same tokens and nodes, the text stays as it is.
import type { SyntaxNodeRef, Tree } from "@lezer/common"
import type { LRParser } from "@lezer/lr"

export interface Token {
  /** The grammar's name for it; "" for a token that the grammar does not name. */
  readonly name: string
  readonly text: string
  readonly from: number
  readonly to: number
  /** Names of the nodes around it, innermost first. */
  readonly inside: readonly string[]
}

export interface LayoutRules {
  /** Nodes that are one token whatever is in them: strings, comments, embedded code. */
  readonly atomic: ReadonlySet<string>
  /** What stands between two tokens of one line: nothing, a blank, or what the writer put there (null). */
  between(previous: Token, next: Token): "" | " " | null
  /** Columns of one step of indentation. */
  readonly unit: number
  /** Steps of indentation added to a line that goes on with the statement of the line before (a chain, an operator). */
  continues?(first: Token, previous: Token): boolean
  /** A token that must keep its line's own indentation (text after a line break inside an atomic token is never touched anyway). */
}

const OPENERS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" }
const CLOSERS = new Set([")", "]", "}"])

/** The tokens of a tree in order; what the grammar skips or does not name is found in the gaps, comments included. */
export function tokensOf(tree: Tree, text: string, atomic: ReadonlySet<string>): Token[] {
  const tokens: Token[] = []
  const around: string[] = []
  let at = 0
  const gap = (to: number) => {
    for (const match of text.slice(at, to).matchAll(/\S+/g)) {
      tokens.push({
        name: "",
        text: match[0],
        from: at + match.index,
        to: at + match.index + match[0].length,
        inside: [...around].reverse(),
      })
    }
    at = Math.max(at, to)
  }
  tree.iterate({
    enter(node: SyntaxNodeRef) {
      if (node.from === node.to) return false
      const leaf = atomic.has(node.name) || node.node.firstChild === null
      if (leaf) {
        gap(node.from)
        const word = text.slice(node.from, node.to)
        // Line ends are tokens in some grammars; white space is ours.
        if (word.trim() !== "") tokens.push({ name: node.name, text: word, from: node.from, to: node.to, inside: [...around].reverse() })
        at = Math.max(at, node.to)
        return false
      }
      gap(node.from)
      around.push(node.name)
      return true
    },
    leave(node: SyntaxNodeRef) {
      if (node.from === node.to || atomic.has(node.name) || node.node.firstChild === null) return
      gap(node.to)
      around.pop()
    },
  })
  gap(text.length)
  return tokens
}

/** Steps by which the line that begins at `lineStart` is indented: brackets open before it, less those it begins with closing. */
export function bracketSteps(tree: Tree, text: string, lineStart: number, atomic: ReadonlySet<string>): number | null {
  const open: { lineOf: number }[] = []
  const rest = /^[ \t]*/.exec(text.slice(lineStart))?.[0].length ?? 0
  let inAtomic = false
  for (const token of tokensOf(tree, text, atomic)) {
    if (token.from < lineStart && token.to > lineStart) inAtomic = true
    if (token.from >= lineStart + rest) break
    if (token.text in OPENERS) open.push({ lineOf: lineNumber(text, token.from) })
    else if (CLOSERS.has(token.text)) open.pop()
  }
  // Inside a text of several lines the white space belongs to the text.
  if (inAtomic) return null
  let at = lineStart + rest
  while (at < text.length && CLOSERS.has(text[at] as string)) {
    open.pop()
    at++
  }
  // Brackets opened on one line indent once.
  return new Set(open.map(({ lineOf }) => lineOf)).size
}

/** The stretch between the last bracket that a line opens and does not close, and its closer; null if there is none. */
export function bracketFold(
  tree: Tree,
  text: string,
  from: number,
  to: number,
  atomic: ReadonlySet<string>,
): { from: number; to: number } | null {
  const open: Token[] = []
  const tokens = tokensOf(tree, text, atomic)
  let opener: Token | undefined
  for (const token of tokens) {
    if (token.text in OPENERS) open.push(token)
    else if (CLOSERS.has(token.text)) {
      const matched = open.pop()
      if (matched && matched === opener) return token.from > to ? { from: opener.to, to: token.from } : null
    }
    if (opener === undefined && token.from > to) {
      opener = open.filter((candidate) => candidate.from >= from && candidate.from <= to).pop()
      if (!opener) return null
      if (CLOSERS.has(token.text) && !open.includes(opener)) return { from: opener.to, to: token.from }
    }
  }
  return null
}

/** The text laid out by the rules; unchanged if it does not parse or would mean something else. Idempotent. */
export function layOut(parser: LRParser, text: string, rules: LayoutRules): string {
  const tree = parser.parse(text)
  if (hasError(tree)) return text
  const formatted = laidOut(tree, text, rules)
  if (formatted === text) return text
  const again = parser.parse(formatted)
  if (hasError(again) || !sameProgram(tree, text, again, formatted, rules.atomic)) return text
  return formatted
}

function laidOut(tree: Tree, text: string, rules: LayoutRules): string {
  const tokens = tokensOf(tree, text, rules.atomic)
  let out = ""
  const openLines: number[] = []
  let line = 0
  let previous: Token | null = null
  for (const token of tokens) {
    const breaks = previous ? countBreaks(text, previous.to, token.from) : 0
    if (!previous || breaks > 0) {
      if (previous) out += "\n".repeat(Math.min(breaks, 2))
      line++
      const closing = CLOSERS.has(token.text) ? 1 : 0
      const steps = new Set(closing ? openLines.slice(0, -1) : openLines).size
      const extra = previous && rules.continues?.(token, previous) ? 1 : 0
      out += " ".repeat((steps + extra) * rules.unit)
    } else {
      const wanted = rules.between(previous, token)
      out += wanted ?? (token.from > previous.to ? " " : "")
    }
    out += token.text
    if (token.text in OPENERS) openLines.push(line)
    else if (CLOSERS.has(token.text)) openLines.pop()
    previous = token
  }
  return out === "" ? "" : `${out}\n`
}

function countBreaks(text: string, from: number, to: number): number {
  let breaks = 0
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === 10) breaks++
  return breaks
}

function lineNumber(text: string, at: number): number {
  return countBreaks(text, 0, at)
}

function hasError(tree: Tree): boolean {
  let found = false
  tree.iterate({
    enter(node) {
      if (node.type.isError) found = true
      return !found
    },
  })
  return found
}

/** Two texts are one program if they have the same tokens under the same nodes. */
function sameProgram(a: Tree, aText: string, b: Tree, bText: string, atomic: ReadonlySet<string>): boolean {
  return fingerprint(a, aText, atomic) === fingerprint(b, bText, atomic)
}

function fingerprint(tree: Tree, text: string, atomic: ReadonlySet<string>): string {
  return tokensOf(tree, text, atomic)
    .map((token) => `${token.text}\u0001${token.inside.join(">")}`)
    .join("\u0000")
}
