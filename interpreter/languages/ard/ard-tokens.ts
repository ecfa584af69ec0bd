// Ard's tokens that need to look around: line breaks (a token, or white space where Ard swallows one), the empty `gap`
// between two statements on a line, `<` of type arguments, pieces of strings. Used by the generated parser only.
import { ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr"
import {
  AT,
  BACKSLASH,
  BANG,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  COMMA,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  GREATER,
  isBlank,
  isWord,
  LESS,
  NEWLINE,
  PAREN_CLOSE,
  PAREN_OPEN,
  PIPE,
  QUESTION,
  skipBlanks,
  wordAt,
} from "../characters.ts"
import {
  blankBreak,
  Escape,
  gap,
  InterpolationOpen,
  identifier,
  less,
  newline,
  stringEnd,
  stringText,
  typeOpen,
} from "./ard.parser.terms.ts"

/** Words that go on with an expression or a statement on the same line: no gap before them. */
const infixWords = new Set(["and", "or", "else", "as"])

/** Never accepts anything. The error reporter replaces it to look at the parser's state (see syntax-errors.ts). */
export const probes = new ExternalTokenizer(() => {}, { contextual: true })

export const layout = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    const c = input.next
    if (c === NEWLINE) {
      const at = skipBlanks(input, 1)
      const next = input.peek(at)
      const goesOn =
        next === PAREN_CLOSE ||
        next === BRACKET_CLOSE ||
        next === COMMA ||
        next === PIPE ||
        (next === DOT && input.peek(at + 1) !== DOT) ||
        (next === QUESTION && input.peek(at + 1) === DOT) ||
        (next === 101 /* e */ && wordAt(input, at) === "else")
      input.advance()
      if (goesOn) return input.acceptToken(blankBreak)
      while (isBlank(input.next) || input.next === NEWLINE) input.advance()
      input.acceptToken(newline)
    } else if (c === LESS) {
      if (stack.canShift(typeOpen) && (!stack.canShift(less) || looksLikeTypeArgs(input))) input.acceptToken(typeOpen, 1)
    } else if ((isWord(c) || c === DOUBLE_QUOTE || c === AT) && stack.canShift(gap) && !stack.canShift(identifier)) {
      if (!infixWords.has(wordAt(input, 0))) input.acceptToken(gap, 0)
    }
  },
  { contextual: true },
)

/** So far is looked for the end of type arguments: a text of nothing but `<` must not be read to its end for each of them. */
const LONGEST_TYPE_ARGS = 2000

/** `<` … `>` `(` with nothing but the text of types between: type arguments of a call. */
function looksLikeTypeArgs(input: InputStream): boolean {
  let depth = 0
  let parens = 0
  let afterWord = false
  for (let at = 0; at < LONGEST_TYPE_ARGS; at++) {
    const c = input.peek(at)
    if (c === LESS) depth++
    else if (c === GREATER) {
      if (--depth === 0) return input.peek(at + 1) === PAREN_OPEN
    } else if (isWord(c)) {
      if (afterWord && !isWord(input.peek(at - 1))) return false
      afterWord = true
      continue
    } else if (isBlank(c)) continue
    else if (c === PAREN_OPEN) {
      // Among types it stands only in `fn(…)`.
      if (!afterWord || !isFn(input, at)) return false
      parens++
    } else if (c === PAREN_CLOSE) {
      if (--parens < 0) return false
    } else if (c !== COMMA && c !== COLON && c !== DOLLAR && c !== QUESTION && c !== BANG && c !== BRACKET_OPEN && c !== BRACKET_CLOSE)
      return false
    afterWord = false
  }
  return false
}

/** Whether the word before a parenthesis is `fn`. */
function isFn(input: InputStream, paren: number): boolean {
  let at = paren - 1
  while (isBlank(input.peek(at))) at--
  return input.peek(at) === 110 /* n */ && input.peek(at - 1) === 102 /* f */ && !isWord(input.peek(at - 2))
}

/** Pieces of a string: `{` opens an interpolation, a lone `}` is text. */
export const strings = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    if (input.next < 0 || !stack.canShift(stringText)) return
    if (input.next === DOUBLE_QUOTE) return input.acceptToken(stringEnd, 1)
    if (input.next === BACKSLASH) return input.acceptToken(Escape, input.peek(1) < 0 ? 1 : 2)
    if (input.next === BRACE_OPEN) return input.acceptToken(InterpolationOpen, 1)
    do input.advance()
    while (input.next >= 0 && input.next !== DOUBLE_QUOTE && input.next !== BACKSLASH && (input.next as number) !== BRACE_OPEN)
    input.acceptToken(stringText)
  },
  { contextual: true },
)
