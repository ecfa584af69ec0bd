// Tokens of Jade that need to look around: line breaks (statement ends or white space), the three kinds of braces, the gap
// between items without a separator, and what is in strings. Named by jade.grammar; SPEC 1.4 and 1.5 are the law.
import { ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr"
import { BACKSLASH, BRACE_OPEN, DOUBLE_QUOTE, isWord, NEWLINE, SINGLE_QUOTE, skipBlanks, wordAt } from "../characters.ts"
import * as T from "./jade.parser.terms.ts"
import type { Layout } from "./jade-context.ts"

/** Letters beyond ASCII are part of a word (SPEC 1.1). */
const isPart = (c: number) => isWord(c) || c >= 0xaa

/** Words that go on with a statement although the line before it has ended. */
const continuing = new Set(["else", "elif", "catch"])
/** A line that begins with one of these inside `(` or `[` shows that a bracket was left open: let the statement end there. */
const resync = new Set("let fn return if while for struct extend interface raise try use from yield break continue".split(" "))
/** Words that go on with an expression: no gap before them. */
const infixWords = new Set(["in", "not", "and", "or"])

/** Never accepts anything. The error reporter replaces it to look at the parser's state (see syntax-errors.ts). */
export const probes = new ExternalTokenizer(() => {}, { contextual: true })

export const layout = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    const context = stack.context as Layout
    const c = input.next
    if (c === NEWLINE) {
      input.advance()
      if (!context.canEnd) return input.acceptToken(T.blankBreak)
      const noEnd = context.noEnd
      const word = wordAt(input, skipBlanks(input, 0), isPart)
      if (noEnd ? (context.opener === T.parenOpen || context.opener === T.bracketOpen) && resync.has(word) : !continuing.has(word)) {
        input.acceptToken(T.end)
      } else input.acceptToken(T.blankBreak)
    } else if (c === BRACE_OPEN) {
      if (!context.condition && stack.canShift(T.structOpen)) input.acceptToken(T.structOpen, 1)
      else if (stack.canShift(T.dictOpen) && !stack.canShift(T.BlockOpen)) input.acceptToken(T.dictOpen, 1)
    } else if ((isPart(c) || c === DOUBLE_QUOTE || c === SINGLE_QUOTE) && stack.canShift(T.gap) && !stack.canShift(T.identifier)) {
      if (!infixWords.has(wordAt(input, 0, isPart))) input.acceptToken(T.gap, 0)
    }
  },
  { contextual: true },
)

interface Literal {
  text: number
  quote: number
  triple: boolean
  slots: boolean
}
const literals: Literal[] = [
  { text: T.doubleText, quote: DOUBLE_QUOTE, triple: false, slots: false },
  { text: T.fDoubleText, quote: DOUBLE_QUOTE, triple: false, slots: true },
  { text: T.singleText, quote: SINGLE_QUOTE, triple: false, slots: false },
  { text: T.fSingleText, quote: SINGLE_QUOTE, triple: false, slots: true },
  { text: T.tripleDoubleText, quote: DOUBLE_QUOTE, triple: true, slots: false },
  { text: T.fTripleDoubleText, quote: DOUBLE_QUOTE, triple: true, slots: true },
  { text: T.tripleSingleText, quote: SINGLE_QUOTE, triple: true, slots: false },
  { text: T.fTripleSingleText, quote: SINGLE_QUOTE, triple: true, slots: true },
]

export const strings = new ExternalTokenizer(
  (input: InputStream, stack: Stack) => {
    if (input.next < 0) return
    const literal = literals.find((it) => stack.canShift(it.text))
    if (!literal) return
    const { quote, triple, slots, text } = literal
    const atEnd = () => input.next === quote && (!triple || (input.peek(1) === quote && input.peek(2) === quote))
    if (atEnd()) return input.acceptToken(T.stringEnd, triple ? 3 : 1)
    if (input.next === BACKSLASH) return input.acceptToken(T.Escape, input.peek(1) < 0 ? 1 : 2)
    if (slots && input.next === BRACE_OPEN) return input.acceptToken(T.SlotOpen, 1)
    do input.advance()
    while (input.next >= 0 && !atEnd() && input.next !== BACKSLASH && !(slots && (input.next as number) === BRACE_OPEN))
    input.acceptToken(text)
  },
  { contextual: true },
)
