// Tokens of Vibe that need to look around: what goes on with an expression on its own line, models behind prompts, minus
// signs, braces of objects and blocks, pieces of strings, bodies of ts blocks (SPEC 2.3, 3.4, 9). Used by vibe.grammar; the
// text is looked at first and the parser's state second, because asking the state is what costs.
import { ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr"
import {
  BACKSLASH,
  BACKTICK,
  BANG,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  COMMA,
  DOLLAR,
  DOT,
  DOUBLE_QUOTE,
  isDigit,
  isWord,
  isWordStart,
  MINUS,
  NEWLINE,
  PAREN_CLOSE,
  PAREN_OPEN,
  RETURN,
  SINGLE_QUOTE,
  SLASH,
  SPACE,
  STAR,
  TAB,
  wordAt,
} from "../characters.ts"
import {
  BlockOpen,
  backText,
  callOpen,
  doubleText,
  Escape,
  emptyReturn,
  InterpolationStart,
  indexOpen,
  infixMinus,
  ModelName,
  NegativeNumber,
  objectOpen,
  singleText,
  stringEnd,
  TsBody,
  tsKeyword,
} from "./vibe.parser.terms.ts"

/** White space of Unicode, as the grammar's `space`. */
const isSpace = (c: number) => c === SPACE || (c >= TAB && c <= RETURN) || (c >= 0xa0 && /\s/.test(String.fromCharCode(c)))

const keywords = new Set(
  (
    "let const vibe do function tool return break throw if else while for in and or not true false null model default " +
    "local import export from private async forget verbose compress"
  ).split(" "),
)
/** Words that begin a statement and can begin no expression: a `return` before them has no value. */
const statementWords = new Set("let const function tool return break throw if for while model import export private async".split(" "))

/** Is the next token on the line of the previous one? A comment that spans lines counts as one line. */
function onSameLine(input: InputStream): boolean {
  for (let at = -1; ; at--) {
    const c = input.peek(at)
    if (c < 0 || c === NEWLINE) return false
    if (!isSpace(c)) return true
  }
}

/** Offset of the next character that is neither white space nor comment. */
function skipBlanks(input: InputStream, at: number): number {
  for (;;) {
    const c = input.peek(at)
    if (isSpace(c)) at++
    else if (c === SLASH && input.peek(at + 1) === SLASH) {
      while (input.peek(at) >= 0 && input.peek(at) !== NEWLINE) at++
    } else if (c === SLASH && input.peek(at + 1) === STAR) {
      at += 2
      while (input.peek(at) >= 0 && !(input.peek(at) === STAR && input.peek(at + 1) === SLASH)) at++
      at += 2
    } else return at
  }
}

/** Never accepts anything. The error reporter replaces it to look at the parser's state (see syntax-errors.ts). */
export const probes = new ExternalTokenizer(() => {}, { contextual: true })

export const layout = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    // Text first, parser state second: canShift walks the tables, a look at a character is free.
    const c = input.next
    if (input.peek(-1) === BRACE_OPEN && stack.canShift(TsBody)) {
      readTsBody(input)
      return
    }
    if (c === PAREN_OPEN) {
      if (stack.canShift(callOpen) && onSameLine(input)) input.acceptToken(callOpen, 1)
    } else if (c === BRACKET_OPEN) {
      if (stack.canShift(indexOpen) && onSameLine(input)) input.acceptToken(indexOpen, 1)
    } else if (c === BRACE_OPEN) {
      if (stack.canShift(objectOpen) && (!stack.canShift(BlockOpen) || looksLikeObject(input))) {
        input.acceptToken(objectOpen, 1)
      }
    } else if (c === MINUS) {
      if (stack.canShift(infixMinus)) input.acceptToken(infixMinus, 1)
      else if (isDigit(input.peek(1)) && stack.canShift(NegativeNumber)) {
        input.advance(2)
        while (isDigit(input.next)) input.advance()
        if (input.next === DOT && isDigit(input.peek(1))) {
          input.advance(2)
          while (isDigit(input.next)) input.advance()
        }
        input.acceptToken(NegativeNumber)
      }
    } else if (isWordStart(c)) {
      const word = wordAt(input, 0)
      if (keywords.has(word)) {
        if (statementWords.has(word) && stack.canShift(emptyReturn)) input.acceptToken(emptyReturn, 0)
      } else if (word === "ts" && looksLikeTs(input)) {
        if (stack.canShift(tsKeyword)) input.acceptToken(tsKeyword, 2)
      } else if (onSameLine(input) && stack.canShift(ModelName)) input.acceptToken(ModelName, word.length)
    } else if ((c === BRACE_CLOSE || c < 0) && stack.canShift(emptyReturn)) input.acceptToken(emptyReturn, 0)
  },
  { contextual: true },
)

/** `{ name :` begins an object where both an object and a block are possible. */
function looksLikeObject(input: InputStream): boolean {
  let at = skipBlanks(input, 1)
  if (!isWordStart(input.peek(at))) return false
  while (isWord(input.peek(at))) at++
  return input.peek(skipBlanks(input, at)) === COLON
}

/** `ts`, a list of names in parentheses, `{`. Anything else that begins with `ts` is an ordinary name. */
function looksLikeTs(input: InputStream): boolean {
  if (input.peek(1) !== 115 /* s */ || isWord(input.peek(2))) return false
  let at = skipBlanks(input, 2)
  if (input.peek(at) !== PAREN_OPEN) return false
  for (at++; ; at++) {
    const c = input.peek(at)
    if (c === PAREN_CLOSE) break
    if (!isWord(c) && !isSpace(c) && c !== COMMA) return false
  }
  return input.peek(skipBlanks(input, at + 1)) === BRACE_OPEN
}

/** The text of a ts block up to the brace that closes it. */
function readTsBody(input: InputStream) {
  const depths: number[] = [] // one entry for each template literal we are inside of a `${…}` of
  let depth = 0
  const start = input.pos
  while (input.next >= 0) {
    const c = input.next
    if (c === BRACE_OPEN) depth++
    else if (c === BRACE_CLOSE) {
      if (depths.length && depths[depths.length - 1] === depth) {
        depths.pop()
        input.advance()
        if (readTemplate(input)) depths.push(depth)
        continue
      }
      if (depth === 0) break
      depth--
    } else if (c === DOUBLE_QUOTE || c === SINGLE_QUOTE) {
      input.advance()
      while (input.next >= 0 && input.next !== c && input.next !== NEWLINE) {
        if (input.next === BACKSLASH) input.advance()
        input.advance()
      }
    } else if (c === BACKTICK) {
      input.advance()
      if (readTemplate(input)) depths.push(depth)
      continue
    } else if (c === SLASH && input.peek(1) === SLASH) {
      while (input.next >= 0 && (input.next as number) !== NEWLINE) input.advance()
      continue
    } else if (c === SLASH && input.peek(1) === STAR) {
      input.advance(2)
      while (input.next >= 0 && !((input.next as number) === STAR && input.peek(1) === SLASH)) input.advance()
      input.advance()
    }
    input.advance()
  }
  if (input.pos > start) input.acceptToken(TsBody)
}

/** Reads template text; true if it stopped behind a `${`. */
function readTemplate(input: InputStream): boolean {
  while (input.next >= 0) {
    if (input.next === BACKTICK) {
      input.advance()
      return false
    }
    if (input.next === DOLLAR && input.peek(1) === BRACE_OPEN) {
      input.advance(2)
      return true
    }
    if (input.next === BACKSLASH) input.advance()
    input.advance()
  }
  return false
}

/** Pieces of a string. Only `{name.path[1]}` is an interpolation; every other brace is text. */
export const strings = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    const [text, quote] = stack.canShift(doubleText)
      ? [doubleText, DOUBLE_QUOTE]
      : stack.canShift(singleText)
        ? [singleText, SINGLE_QUOTE]
        : stack.canShift(backText)
          ? [backText, BACKTICK]
          : [0, 0]
    if (!text || input.next < 0) return
    if (input.next === quote) {
      input.acceptToken(stringEnd, 1)
      return
    }
    if (input.next === BACKSLASH) {
      // `\!{` is one escape: with the `!` alone the brace behind it would interpolate.
      const expansion = input.peek(1) === BANG && input.peek(2) === BRACE_OPEN
      input.acceptToken(Escape, input.peek(1) < 0 ? 1 : expansion ? 3 : 2)
      return
    }
    const open = interpolationAt(input)
    if (open) {
      input.acceptToken(InterpolationStart, open)
      return
    }
    do input.advance()
    while (input.next >= 0 && input.next !== quote && input.next !== BACKSLASH && !interpolationAt(input))
    input.acceptToken(text)
  },
  { contextual: true },
)

/** Length of `{` or `!{` if an interpolation begins here, else 0. */
function interpolationAt(input: InputStream): number {
  let at = 0
  if (input.next === BANG) at++
  else if (input.next !== BRACE_OPEN) return 0
  if (input.peek(at) !== BRACE_OPEN) return 0
  const length = ++at
  if (!isWord(input.peek(at))) return 0
  while (isWord(input.peek(at))) at++
  for (;;) {
    const c = input.peek(at)
    if (c === BRACE_CLOSE) return length
    if (c === DOT) {
      if (!isWord(input.peek(++at))) return 0
      while (isWord(input.peek(at))) at++
    } else if (c === BRACKET_OPEN) {
      const digits = ++at
      while (isDigit(input.peek(at))) at++
      if (input.peek(at) === COLON) {
        at++
        while (isDigit(input.peek(at))) at++
      } else if (at === digits) return 0
      if (input.peek(at++) !== BRACKET_CLOSE) return 0
    } else return 0
  }
}
