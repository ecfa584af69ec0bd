// From Lezer's error nodes to messages, for all three languages. Two passes, only when a tree has errors, public API only:
//   1. a strict parse stops at the first position where nothing fits ("No parse at N"; test: syntax-errors.test.ts pins it);
//   2. a tolerant parse runs with the grammar's `probes` tokenizer replaced by one that looks: at every error position it
//      asks the stack for each terminal whether it could be shifted (`Stack.canShift`). The first stack seen at a position
//      is the one from before error recovery, so the answer is exact.
// Used by the `syntax/` of the languages, which add phase, severity and file. Parse the text afresh before calling it: an
// incremental tree may keep an error node that is no longer true.
import type { SyntaxNode, Tree } from "@lezer/common"
import { ExternalTokenizer, type InputStream, type LRParser, type Stack } from "@lezer/lr"

/** What is wrong with a text, before a language makes a `Diagnostic` of it. Offsets, half open. */
export interface SyntaxFinding {
  from: number
  to: number
  /** The error's name in its language's catalogue. */
  kind: string
  message: string
  /** Another place worth a mark: where the parser gave up on something that was opened at `from`. */
  related?: { from: number; to: number; message: string }
}

export interface Expectation {
  /** Words for what could have come, most telling first. */
  names: string[]
  /** The same as grammar names, for exact questions. */
  terms: Set<string>
}

export interface ErrorSite extends Expectation {
  text: string
  from: number
  to: number
  found: string
  /** The last token before the error. */
  previous: string
  previousFrom: number
  /** Names of the nodes that end with or contain the last token before the error, innermost first. */
  before: string[]
  /** Names of the unfinished nodes around the error, innermost first. */
  inside: string[]
}

export interface SyntaxWords {
  kinds: { syntax: string; character: string; string: string; bracket: string }
  probes: ExternalTokenizer
  /** Anonymous terminals worth a word: term id to name. Named ones speak for themselves. */
  terms: Record<number, string>
  /** Sets of terminals that are better named together. A group is used if all `when` are possible; it hides `hides`. */
  groups: { name: string; when: string[]; hides: string[] }[]
  /** Terminals that go on with a complete expression: shown only if nothing else is possible. */
  infix: string[]
  /** Terminals that are never shown. */
  silent: string[]
  /** What an enclosing node is called: "in a parameter list". */
  nodes: Record<string, string>
  strings: string[]
  /** A slot of a string goes to the brace that matches its own, whatever stands between: there it is closed, also where the parser lost its way. */
  slotsByBraces?: boolean
  /** What is said of a string that is never closed. */
  unclosedString?: string
  /** Characters that no token can begin with. */
  foreign: RegExp
  brackets: {
    unclosed(open: string, close: string): string
    unmatched(close: string): string
    mismatched(open: string, wanted: string, close: string, line: number): string
  }
  /** White space and comments between two tokens (sticky). Without line breaks where those are tokens. */
  blanks: RegExp
  /** The language reports a bracket that does not fit before any other mistake. */
  bracketsFirst?: boolean
  /** A better text for a well-known mistake. `from` and `to` move the mark. */
  refine?(site: ErrorSite): string | { message: string; from?: number; to?: number } | undefined
}

const pairs: Record<string, string> = { "(": ")", "[": "]", "{": "}" }

/** What the error nodes of `tree` (a fresh parse of `text`) mean, at most `limit` findings, at most one a line. */
export function syntaxErrors(parser: LRParser, tree: Tree, text: string, words: SyntaxWords, limit = 20): SyntaxFinding[] {
  const places: number[] = []
  const strings: SyntaxNode[] = []
  tree.iterate({
    enter(ref) {
      if (!ref.type.isError) return
      const parent = ref.node.parent
      if (parent && words.strings.includes(parent.name)) strings.push(parent)
      else places.push(ref.to > ref.from ? ref.from : skipBlanks(text, ref.from, words.blanks))
      return false
    },
  })
  // Of strings inside one another (a quote in a slot) the outermost is the one to close.
  const [innermost] = strings
  const openString = strings
    .filter((it) => innermost && it.from <= innermost.from && it.to >= innermost.to)
    .sort((a, b) => a.from - b.from)[0]
  if (!places.length && !openString) return []

  const found: SyntaxFinding[] = []
  const first = openString && !places.length ? -1 : firstError(parser, text)
  // Where a string fits nowhere, its closing quote was taken for the opening one of another.
  const isMadeUp = openString && first >= 0 && first < openString.from && /["'`]/.test(text.charAt(first))
  const unclosedString = isMadeUp ? undefined : openString
  const stringFrom = unclosedString?.from ?? -1
  const end = openString?.from ?? text.length + 1
  if (first >= 0 && first < end) places.unshift(first)

  if (unclosedString) {
    const at = unclosedString.from
    found.push({
      from: at,
      to: lineEnd(text, at),
      kind: words.kinds.string,
      message: words.unclosedString ?? "this string is never closed",
    })
  }

  const place = places[0]
  const leftmost = places.reduce((a, b) => Math.min(a, b), text.length)
  const cut = first >= 0 && !unclosedString ? cutAt(tree, text.slice(0, leftmost).trimEnd().length) : null
  if (cut) return [{ from: leftmost, to: leftmost + 1, kind: words.kinds.syntax, message: cut }]
  if (first < 0 && !unclosedString && place !== undefined) {
    // Nothing is wrong with the text: Lezer cut a chain of more than 300 left-associative steps (and 2,000 characters).
    return [{ from: place, to: place + 1, kind: words.kinds.syntax, message: TOO_LONG }]
  }

  const chosen = oneALine(
    text,
    places.filter((at) => at < end),
    limit,
  )
  const sites = expectations(parser, text, chosen, words)
  const bracket = firstImbalance(tree, text, end, words)
  for (const at of chosen) {
    if (found.length >= limit) break
    // What is missing at the end, after a mistake further up, is nearly always a consequence of that mistake.
    if (found.length > 0 && at >= text.trimEnd().length) break
    if (words.foreign.test(text.charAt(at))) {
      found.push({ from: at, to: at + 1, kind: words.kinds.character, message: `unexpected character ${shownCharacter(text, at)}` })
      continue
    }
    const expected = sites.get(at)
    const site = errorSite(tree, text, at, expected ?? { names: [], terms: new Set() })
    if (site.inside.length > 900) {
      found.push({ from: at, to: site.to, kind: words.kinds.syntax, message: "this is nested too deeply" })
      break
    }
    const better = words.refine?.(site)
    if (typeof better === "object") {
      found.push({ from: better.from ?? at, to: better.to ?? site.to, kind: words.kinds.syntax, message: better.message })
      continue
    }
    const where = site.inside.map((name) => words.nodes[name]).find(Boolean)
    const wanted = list(site.names)
    found.push({
      from: at,
      to: site.to,
      kind: words.kinds.syntax,
      message: better ?? `found ${site.found}${wanted ? `, expected ${wanted}` : ""}${where ? ` (in ${where})` : ""}`,
    })
  }

  // The string that is never closed stands behind all the others.
  if (unclosedString && found.length > 1) found.push(...found.splice(0, 1))
  const earliest = found[0]
  const suspect = earliest ? lineSpanningString(tree, text, earliest.from, words) : null
  if (earliest && suspect) {
    earliest.related ??= {
      from: suspect.from,
      to: suspect.from + 1,
      message: "a string that begins here goes over several lines: is a quote missing?",
    }
  }
  if (!bracket) return found
  const earlier = found.some((it) => it.from < bracket.from)
  if (bracket.opener === undefined || words.bracketsFirst || !earlier) {
    // The opener is the better place; what the parser said there becomes the second mark, the rest is a consequence.
    const cause = found.find((it) => it.from >= bracket.from)
    if (cause && cause.from === stringFrom) return found
    const related = cause && cause.from !== bracket.from ? { from: cause.from, to: cause.to, message: cause.message } : bracket.related
    const { opener: _, ...main } = bracket
    const kept = found.filter((it) => it.from < bracket.from)
    const marked = related ? { ...main, related } : main
    return words.bracketsFirst ? [marked, ...kept.filter((it) => it.kind !== words.kinds.character)] : [...kept, marked]
  }
  // A closer that does not fit, after another error: probably the same mistake. Show the opener with that error.
  const last = found[found.length - 1]
  if (last && bracket.opener >= 0 && bracket.related) last.related ??= bracket.related
  return found
}

/** The first `limit` places on lines of their own: the second mistake on a line is nearly always a consequence of the first. */
function oneALine(text: string, places: readonly number[], limit: number): number[] {
  const chosen: number[] = []
  let lineUntil = -1
  for (const at of [...places].sort((a, b) => a - b)) {
    if (chosen.length >= limit) break
    if (at <= lineUntil) continue
    lineUntil = lineEnd(text, at)
    chosen.push(at)
  }
  return chosen
}

/** A string over several lines that ends on the line of an error: where strings may span lines, one missing quote turns text and code around. */
function lineSpanningString(tree: Tree, text: string, at: number, words: SyntaxWords): SyntaxNode | null {
  const line = lineStart(text, at)
  const spanning: SyntaxNode[] = []
  tree.iterate({
    from: line,
    to: at,
    enter(ref) {
      if (words.strings.includes(ref.name) && ref.from < line && ref.to > line && ref.to <= at + 1) spanning.push(ref.node)
    },
  })
  return spanning[spanning.length - 1] ?? null
}

/** Syntax errors and what the checks found, without checks on lines that already have an error. */
export function together(text: string, syntax: SyntaxFinding[], checks: SyntaxFinding[]): SyntaxFinding[] {
  if (!syntax.length) return checks
  const lines = new Set(syntax.map((it) => lineStart(text, it.from)))
  const rest = checks.filter((it) => !lines.has(lineStart(text, it.from)))
  return rest.length ? [...syntax, ...rest].sort((a, b) => a.from - b.from) : syntax
}

/** Position of the first token that fits nowhere, or -1. */
export function firstError(parser: LRParser, text: string): number {
  try {
    parser.configure({ strict: true }).parse(text)
  } catch (error) {
    const at = /^No parse at (\d+)/.exec(error instanceof Error ? error.message : "")
    if (!at) throw error
    return Number(at[1])
  }
  return -1
}

export const TOO_DEEP = "this is nested too deeply: put the inner part into a variable or a function"
/** Said of an expression that is no mistake, only longer than the parser or a walk over its tree can follow. */
export const TOO_LONG = "this expression is too long: split it with a variable"

/**
 * Lezer cuts a chain of more than 300 left-associative steps (and 2,000 characters), and what nests in more than 2,800 rules,
 * and then takes the next token for a mistake. Told from what it built up to there: the chain's spine, or the depth.
 */
function cutAt(tree: Tree, place: number): string | null {
  let depth = 0
  let outermost: SyntaxNode | null = null
  for (let node: SyntaxNode | null = tree.resolveInner(place, -1); node && !node.type.isTop; node = node.parent) {
    depth++
    outermost = node
  }
  if (depth > 500) return TOO_DEEP
  for (let node: SyntaxNode | null = outermost; node; node = node.childBefore(place)) {
    // Each step is two reductions; only those that are 2,000 characters long by then count.
    let steps = 0
    for (let inner: SyntaxNode | null = node; inner && inner.from === node.from; inner = inner.firstChild) {
      if (inner.to - inner.from >= 2_000) steps++
    }
    if (steps >= 148) return TOO_LONG
  }
  return null
}

/** What could have been shifted at each of `places`. */
function expectations(parser: LRParser, text: string, places: number[], words: SyntaxWords): Map<number, Expectation> {
  const wanted = new Set(places)
  const result = new Map<number, Expectation>()
  const skipped = new Set(words.silent)
  const spy = new ExternalTokenizer(
    (input: InputStream, stack: Stack) => {
      if (!wanted.has(input.pos) || result.has(input.pos)) return
      const terms = new Set<string>()
      for (const [id, name] of terminals(parser, words)) if (!skipped.has(name) && stack.canShift(id)) terms.add(name)
      result.set(input.pos, { terms, names: nameThem(terms, words) })
    },
    { contextual: true },
  )
  if (wanted.size === 0) return result
  const parse = parser.configure({ tokenizers: [{ from: words.probes, to: spy }] }).startParse(text)
  while (!parse.advance()) if (result.size === wanted.size) break
  return result
}

const terminalCache = new WeakMap<LRParser, [number, string][]>()
function terminals(parser: LRParser, words: SyntaxWords): [number, string][] {
  let known = terminalCache.get(parser)
  if (!known) {
    known = Object.entries(words.terms).map(([id, name]): [number, string] => [Number(id), name])
    for (const type of parser.nodeSet.types) if (type.name && !type.isError && !(type.id in words.terms)) known.push([type.id, type.name])
    terminalCache.set(parser, known)
  }
  return known
}

function nameThem(terms: Set<string>, words: SyntaxWords): string[] {
  const left = new Set(terms)
  const names: string[] = []
  for (const group of words.groups) {
    if (!group.when.every((it) => left.has(it))) continue
    names.push(group.name)
    for (const it of group.hides) left.delete(it)
  }
  const infix = new Set(words.infix)
  const plain = [...left].filter((it) => !infix.has(it))
  const shown = plain.length || names.length ? plain : [...left]
  return [...shown.map(quote), ...names]
}

const quote = (name: string) => (/^(a|an|the|end) /.test(name) ? name : `'${name}'`)

function list(names: string[]): string {
  const some = names.length > 5 ? names.slice(0, 5) : names
  if (some.length < 2) return some.join("")
  return `${some.slice(0, -1).join(", ")} or ${some[some.length - 1]}`
}

function errorSite(tree: Tree, text: string, at: number, expected: Expectation): ErrorSite {
  const token = /^(?:[A-Za-z_]\w*|\d+(?:\.\d+)?|==|!=|<=|>=|=>|->|::|&&|\|\||\|>|~>|\.\.\.?|[^\s])/.exec(text.slice(at, at + 80))
  const word = token?.[0] ?? ""
  const found = at >= text.length ? "end of file" : text[at] === "\n" ? "end of line" : /^["'`]/.test(word) ? "a string" : `'${word}'`
  let back = at
  while (back > 0 && /\s/.test(text.charAt(back - 1))) back--
  const before = tree.resolveInner(back, -1)
  const previous = /(?:[A-Za-z_@$][\w]*|\d[\w.]*|[^\w\s]+)$/.exec(text.slice(Math.max(0, back - 60), back))?.[0] ?? ""
  const errors: SyntaxNode[] = []
  tree.iterate({
    from: back,
    to: at,
    enter(ref) {
      if (errors.length) return false
      if (ref.type.isError && ref.from >= back) errors.push(ref.node)
    },
  })
  const chain = (start: SyntaxNode | null, before = Number.POSITIVE_INFINITY) => {
    const names: string[] = []
    // A node that begins at the error is one that error recovery made up.
    for (let node = start; node; node = node.parent) if (!node.type.isError && node.from < before) names.push(node.name)
    return names
  }
  return {
    ...expected,
    text,
    from: at,
    to: at + Math.max(1, word.length),
    found,
    previous,
    previousFrom: back - previous.length,
    before: chain(before),
    inside: chain(errors[0] ?? null, at),
  }
}

/** `opener`: for a closer, where the bracket stands that it does not fit (-1: there is none). Unset for an opener. */
type Imbalance = SyntaxFinding & { opener?: number }

/** The first bracket that does not fit, as a scanner over the tokens of the tree sees it. */
function firstImbalance(tree: Tree, text: string, end: number, words: SyntaxWords): Imbalance | null {
  const open: { char: string; from: number }[] = []
  const closed: { from: number; to: number }[] = []
  const misfits: Imbalance[] = []
  const kind = words.kinds.bracket
  tree.iterate({
    enter(ref) {
      if (misfits.length || ref.from >= end) return false
      const char = ref.name
      if (ref.to - ref.from > 2 || !/^[()[\]{}]$/.test(char)) return
      if (char in pairs) {
        open.push({ char, from: ref.from })
        return
      }
      const last = open.pop()
      const wanted = last ? (pairs[last.char] ?? "") : ""
      if (!last) misfits.push({ from: ref.from, to: ref.to, kind, message: words.brackets.unmatched(char), opener: -1 })
      else if (wanted !== char) {
        misfits.push({
          from: ref.from,
          to: ref.to,
          kind,
          opener: last.from,
          message: words.brackets.mismatched(last.char, wanted, char, lineOf(text, last.from)),
          related: { from: last.from, to: last.from + 1, message: `'${last.char}' opens here` },
        })
      } else if (char === "}") closed.push({ from: last.from, to: ref.from })
    },
    leave(ref) {
      // After a mistake in a slot of a string the parser reads the slot's brace as text.
      if (!words.slotsByBraces || !words.strings.includes(ref.name)) return
      while (closesAsText(open[open.length - 1], ref.from, text.slice(0, ref.to))) open.pop()
    },
  })
  const last = open[open.length - 1]
  if (misfits[0] || !last || end <= text.length) return misfits[0] ?? null
  // The last opener is what counting says. Indentation often knows better: a `}` further left than the line of its `{`
  // closes somebody else's block, and that `{` is the one without a partner.
  const stray =
    last.char === "{" &&
    !words.bracketsFirst &&
    closed.find((it) => startsLine(text, it.to) && indentAt(text, it.to) < indentAt(text, it.from))
  if (stray) {
    const related = { from: stray.to, to: stray.to + 1, message: "this '}' closes an outer block by its indentation" }
    return { from: stray.from, to: stray.from + 1, kind, message: words.brackets.unclosed("{", "}"), related }
  }
  return { from: last.from, to: last.from + 1, kind, message: words.brackets.unclosed(last.char, pairs[last.char] ?? "") }
}

/** A `{` behind `from` whose `}` stands in the text, whatever the tree says. */
function closesAsText(opener: { char: string; from: number } | undefined, from: number, text: string): boolean {
  if (opener?.char !== "{" || opener.from < from) return false
  let depth = 0
  for (let at = opener.from; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === "{") depth++
    else if (char === "}" && --depth === 0) return true
  }
  return false
}

/** Offset behind the white space and comments at `at`. `blanks` is sticky. */
export function skipBlanks(text: string, at: number, blanks: RegExp): number {
  blanks.lastIndex = at
  return at + (blanks.exec(text)?.[0].length ?? 0)
}

/** 1-based line of an offset. Counts from the beginning: for single positions, not for loops. */
export function lineOf(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) line++
  return line
}

/** The character at an offset in quotes; one that nobody sees (a blank, a control, an accent alone) with its number. */
export function shownCharacter(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0
  const character = String.fromCodePoint(point)
  if (!/[\p{C}\p{Z}\p{M}]/u.test(character)) return `'${character}'`
  return `'${character}' (U+${point.toString(16).toUpperCase().padStart(4, "0")})`
}
const lineStart = (text: string, at: number) => (at <= 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1)
const indentAt = (text: string, at: number) => /^[ \t]*/.exec(text.slice(lineStart(text, at), at + 1))?.[0].length ?? 0
const startsLine = (text: string, at: number) => !text.slice(lineStart(text, at), at).trim()
const lineEnd = (text: string, at: number) => {
  const end = text.indexOf("\n", at)
  return end < 0 ? text.length : end
}
