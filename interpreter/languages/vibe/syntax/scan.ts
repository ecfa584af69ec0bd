// The two stages that Vibe puts before parsing (SPEC 12): the whole file is lexed, then its brackets are balanced. One walk
// over the characters that knows strings, comments and ts blocks and nothing of the grammar, so that what it finds never
// depends on how the parser recovers. Used by parse.ts for the order and the exact place of errors.
import { skipBlanks } from "../../syntax-errors.ts"

export interface ScanFinding {
  readonly from: number
  readonly to: number
  readonly message: string
  /** Another place worth a mark: the opener that a closer does not fit. */
  readonly related?: { readonly from: number; readonly to: number; readonly message: string }
  /** What would mend it. */
  readonly fix?: { readonly title: string; readonly from: number; readonly to: number; readonly insert: string }
}

export interface Scan {
  /** LexerErrors in order; the first is the file's first error. */
  readonly lexical: readonly ScanFinding[]
  /** The first bracket that does not fit, if any. */
  readonly bracket: ScanFinding | null
  /** Braces behind `async`, where no block may stand: from the opener to behind the closer. */
  readonly asyncBlocks: readonly { readonly from: number; readonly to: number }[]
  /** How many closers fit no opener. */
  readonly misfits: number
  /** Where brackets, or signs before signs, nest deeper than `MAX_NESTING`, or -1. */
  readonly tooDeepAt: number
}

/** Deeper programs break parsers (Lezer at about 2,500 parentheses or 500 blocks), the stacks of recursive walks, and people. */
const MAX_NESTING = 1_000

const CLOSER: Record<string, string> = { "(": ")", "[": "]", "{": "}" }
const WORD: Record<string, string> = { "(": "parenthesis", ")": "parenthesis", "[": "bracket", "]": "bracket", "{": "brace", "}": "brace" }
const MAX_LEXICAL = 20

/** Walks a file's characters. Never throws; linear in its length. */
export function scan(text: string): Scan {
  const lexical: ScanFinding[] = []
  const open: { char: string; at: number; line: number; afterAsync: boolean }[] = []
  const asyncBlocks: { from: number; to: number }[] = []
  /** The token before is the word `async`, and no member of that name. */
  let afterAsync = false
  let afterDot = false
  let bracket: ScanFinding | null = null
  let tooDeepAt = -1
  let misfits = 0
  /** Words and signs that stand before an expression, one behind the other. */
  let prefixes = 0
  let line = 1
  let at = 0
  const skipTo = (end: number) => {
    for (let next = text.indexOf("\n", at); next >= 0 && next < end; next = text.indexOf("\n", next + 1)) line++
    at = end
  }
  const foreign = () => {
    const finding = unexpected(text, at)
    lexical.push(finding)
    at = finding.to
  }
  while (at < text.length && lexical.length < MAX_LEXICAL) {
    const c = text.charAt(at)
    const behindAsync = afterAsync
    if (!/[\s/]/.test(c)) {
      const begins = !afterDot && ASYNC_WORD.test(text.slice(at, at + 6))
      afterDot = c === "."
      afterAsync = begins
      prefixes = isPrefix(text, at) ? prefixes + 1 : 0
      if (prefixes > MAX_NESTING && tooDeepAt < 0) tooDeepAt = at
    }
    if (c === "\n") {
      line++
      at++
    } else if (c === "/" && text[at + 1] === "/") {
      const end = text.indexOf("\n", at)
      at = end < 0 ? text.length : end
    } else if (c === "/" && text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2)
      if (end < 0) {
        lexical.push({ from: at, to: at + 2, message: "this comment is never closed: '*/' is missing" })
        break
      }
      skipTo(end + 2)
    } else if (c === '"' || c === "'" || c === "`") {
      const end = endOfString(text, at)
      if (end < 0) {
        const lineEnd = text.indexOf("\n", at)
        lexical.push({
          from: at,
          to: lineEnd < 0 ? text.length : lineEnd,
          message: `${lexerSays(text, at, 1)} This string is never closed: the ${c} that ends it is missing`,
        })
        break
      }
      skipTo(end)
    } else if (isWordStart(c)) {
      let end = at + 1
      while (end < text.length && isWord(text.charAt(end))) end++
      const body = text.slice(at, end) === "ts" ? tsBodyFrom(text, end) : -1
      if (body >= 0) {
        const close = endOfTsBody(text, body)
        if (close < 0) {
          bracket ??= { from: body - 1, to: body, message: unclosed("{") }
          break
        }
        skipTo(close + 1)
      } else at = end
    } else if (c in CLOSER) {
      open.push({ char: c, at, line, afterAsync: c === "{" && behindAsync })
      if (open.length > MAX_NESTING && tooDeepAt < 0) tooDeepAt = at
      at++
    } else if (c === ")" || c === "]" || c === "}") {
      const last = open.pop()
      const wanted = last ? (CLOSER[last.char] ?? "") : ""
      if (wanted !== c) misfits++
      else if (last?.afterAsync) asyncBlocks.push({ from: last.at, to: at + 1 })
      if (!bracket && !last) bracket = { from: at, to: at + 1, message: `Unmatched closing ${WORD[c]} '${c}'` }
      else if (!bracket && last && wanted !== c) {
        bracket = {
          from: at,
          to: at + 1,
          message: `Mismatched delimiters: expected closing ${WORD[wanted]} '${wanted}' to match '${last.char}' at line ${last.line}, but found '${c}'`,
          related: { from: last.at, to: last.at + 1, message: `'${last.char}' opens here` },
        }
      }
      at++
    } else if (c === "@") {
      const word = AT_WORD.exec(text.slice(at, at + 14))
      if (word) at += word[0].length
      else foreign()
    } else if (c === "!" && text[at + 1] === "=") at += 2
    else if (/[\s\d.,:=<>+\-*/%]/.test(c)) at++
    else foreign()
  }
  const innermost = open[open.length - 1]
  if (!bracket && innermost && lexical.length === 0) {
    bracket = { from: innermost.at, to: innermost.at + 1, message: unclosed(innermost.char) }
  }
  return { lexical, bracket, asyncBlocks, misfits, tooDeepAt }
}

const unclosed = (char: string) => `Unclosed ${WORD[char]} '${char}' - missing '${CLOSER[char]}'`

/** What Vibe has instead of characters of other languages: a hint, the button's words, and what to write. */
const INSTEAD: ReadonlyMap<string, readonly [hint: string, title: string, insert: string]> = new Map([
  [";", ["Statements need no separator", "Remove ';'", ""]],
  ["&", ["Write 'and'", "Change to 'and'", "and"]],
  ["|", ["Write 'or'", "Change to 'or'", "or"]],
  ["!", ["Write 'not'", "Change to 'not'", "not "]],
  ["?", ["Write if and else", "", ""]],
  ["#", ["Comments begin with //", "Change to '//'", "//"]],
  ["\u201c", ["Strings stand in straight quotes", "Change to '\"'", '"']],
  ["\u201d", ["Strings stand in straight quotes", "Change to '\"'", '"']],
  ["\u2018", ["Strings stand in straight quotes", 'Change to "\'"', "'"]],
  ["\u2019", ["Strings stand in straight quotes", 'Change to "\'"', "'"]],
])

/** SPEC 12.1, word for word. */
function lexerSays(text: string, at: number, skipped: number): string {
  return `unexpected character: ->${characterAt(text, at)}<- at offset: ${at}, skipped ${skipped} characters.`
}

const characterAt = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 0)

/** From `at` up to the next character that a token can begin with. */
function unexpected(text: string, at: number): ScanFinding {
  const char = characterAt(text, at)
  const [hint, title, insert] = INSTEAD.get(char) ?? ["", "", ""]
  let to = at + char.length
  while (to < text.length && isForeign(text, to)) to += characterAt(text, to).length
  const message = `${lexerSays(text, at, to - at)}${hint ? ` ${hint}` : ""}`
  const doubled = (char === "&" || char === "|") && text[at + 1] === char
  const finding = { from: at, to, message }
  return title ? { ...finding, fix: { title, from: at, to: at + (doubled ? 2 : 1), insert } } : finding
}

/** No token begins here. */
function isForeign(text: string, at: number): boolean {
  const c = text.charAt(at)
  if (c === "!") return text[at + 1] !== "="
  if (c === "@") return !AT_WORD.test(text.slice(at, at + 14))
  return !/[\s\w.,:=<>+\-*/%()[\]{}"'`]/.test(c)
}

const ASYNC_WORD = /^async(?!\w)/

const AT_WORD = /^@(?:description|param)\b/

const PREFIX = /-|(?:not|do|vibe)\b/y

function isPrefix(text: string, at: number): boolean {
  PREFIX.lastIndex = at
  return PREFIX.test(text)
}

const isWordStart = (c: string) => /[A-Za-z_]/.test(c)
const isWord = (c: string) => /\w/.test(c)

/** Offset behind the quote that closes the string at `at`; -1 if there is none. */
export function endOfString(text: string, at: number): number {
  const quote = text.charAt(at)
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charAt(i)
    if (c === "\\") i++
    else if (c === quote) return i + 1
  }
  return -1
}

const BLANKS = /(?:\s+|\/\/.*|\/\*[^]*?\*\/)*/y

/**
 * Behind the word `ts`: offset of the body's first character if a parameter list and `{` follow, else -1. Step by step: one
 * pattern for all of it would try every way to split the comments.
 */
export function tsBodyFrom(text: string, at: number): number {
  let i = skipBlanks(text, at, BLANKS)
  if (text[i] !== "(") return -1
  do i++
  while (i < text.length && /[\w\s,]/.test(text.charAt(i)))
  if (text[i] !== ")") return -1
  i = skipBlanks(text, i + 1, BLANKS)
  return text[i] === "{" ? i + 1 : -1
}

/**
 * Offset of the `}` that closes a ts block whose body begins at `at`: braces balanced, aware of quotes, template literals
 * and comments, not of regular expressions (SPEC 9); -1 if it is never closed.
 */
function endOfTsBody(text: string, at: number): number {
  const templates: number[] = []
  let depth = 0
  let i = at
  const template = (from: number): number => {
    for (let k = from; k < text.length; k++) {
      const c = text.charAt(k)
      if (c === "`") return k + 1
      if (c === "$" && text[k + 1] === "{") {
        templates.push(depth)
        return k + 2
      }
      if (c === "\\") k++
    }
    return text.length
  }
  while (i < text.length) {
    const c = text.charAt(i)
    if (c === "{") depth++
    else if (c === "}") {
      if (templates[templates.length - 1] === depth) {
        templates.pop()
        i = template(i + 1)
        continue
      }
      if (depth === 0) return i
      depth--
    } else if (c === '"' || c === "'") {
      i++
      while (i < text.length && text[i] !== c && text[i] !== "\n") i += text[i] === "\\" ? 2 : 1
    } else if (c === "`") {
      i = template(i + 1)
      continue
    } else if (c === "/" && text[i + 1] === "/") {
      const end = text.indexOf("\n", i)
      i = end < 0 ? text.length : end
      continue
    } else if (c === "/" && text[i + 1] === "*") {
      const end = text.indexOf("*/", i + 2)
      i = end < 0 ? text.length : end + 2
      continue
    }
    i++
  }
  return -1
}
