// Characters by their codes, and the small looks ahead that the languages' tokenizers share. Used by generated parsers, in
// their innermost loops.
import type { InputStream } from "@lezer/lr"

export const TAB = 9
export const NEWLINE = 10
export const RETURN = 13
export const SPACE = 32
export const BANG = 33
export const DOUBLE_QUOTE = 34
export const DOLLAR = 36
export const SINGLE_QUOTE = 39
export const PAREN_OPEN = 40
export const PAREN_CLOSE = 41
export const STAR = 42
export const COMMA = 44
export const MINUS = 45
export const DOT = 46
export const SLASH = 47
export const COLON = 58
export const LESS = 60
export const GREATER = 62
export const QUESTION = 63
export const AT = 64
export const BRACKET_OPEN = 91
export const BACKSLASH = 92
export const BRACKET_CLOSE = 93
export const BACKTICK = 96
export const BRACE_OPEN = 123
export const PIPE = 124
export const BRACE_CLOSE = 125

export const isDigit = (c: number): boolean => c >= 48 && c <= 57
/** A letter of ASCII or `_`. */
export const isWordStart = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
export const isWord = (c: number): boolean => isWordStart(c) || isDigit(c)
/** White space within a line. */
export const isBlank = (c: number): boolean => c === SPACE || c === TAB || c === RETURN

/** The word that begins so many characters from here, "" where none does; `isPart`: what a language counts among its letters. */
export function wordAt(input: InputStream, at: number, isPart: (c: number) => boolean = isWord): string {
  let word = ""
  for (let c = input.peek(at); isPart(c); c = input.peek(++at)) word += String.fromCharCode(c)
  return word
}

/** The offset of the next character that is no white space, line break or comment to the end of a line. */
export function skipBlanks(input: InputStream, at: number): number {
  for (;;) {
    const c = input.peek(at)
    if (isBlank(c) || c === NEWLINE) at++
    else if (c === SLASH && input.peek(at + 1) === SLASH) {
      while (input.peek(at) >= 0 && input.peek(at) !== NEWLINE) at++
    } else return at
  }
}
