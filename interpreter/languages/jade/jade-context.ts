// What Jade's tokenizers know about the text before them: open brackets, whether the last token can end a statement,
// whether a condition is being read. Named by jade.grammar (`@context`), read by jade-tokens.ts.
import { ContextTracker } from "@lezer/lr"
import * as T from "./jade.parser.terms.ts"

/**
 * What the tokenizer must know about the text before the current token: one frame for each open bracket, and whether the
 * last token can end a statement. Frames are immutable; the two flavours of a frame (`canEnd` false and true) are made together.
 */
export class Layout {
  other: Layout
  readonly hash: number
  constructor(
    readonly parent: Layout | null,
    /** The bracket that opened the frame: `(`, `[`, or one of the braces; 0 for the file. */
    readonly opener: number,
    /** Where that bracket stands. */
    readonly from: number,
    /** Inside the condition of if, elif, while or the sequence of a for: no struct literal there. */
    readonly condition: boolean,
    readonly canEnd: boolean,
    other?: Layout,
  ) {
    this.hash = ((parent ? parent.hash : 0) * 31 + opener * 4 + (condition ? 2 : 0) + (canEnd ? 1 : 0)) | 0
    this.other = other ?? new Layout(parent, opener, from, condition, !canEnd, this)
  }
  /** No statement can end inside `(` and `[`, in braces inside them neither. */
  get noEnd(): boolean {
    for (let at: Layout | null = this; at; at = at.parent) if (at.opener === T.parenOpen || at.opener === T.bracketOpen) return true
    return false
  }
  after(canEnd: boolean): Layout {
    return this.canEnd === canEnd ? this : this.other
  }
}

const skipped = new Set([T.space, T.blankBreak, T.LineComment])
const enders = new Set([
  T.identifier,
  T.Integer,
  T.Float,
  T.stringEnd,
  T.parenClose,
  T.braceClose,
  T.bracketClose,
  T._true,
  T._false,
  T._break,
  T._continue,
])
const openers = new Set([T.parenOpen, T.bracketOpen, T.BlockOpen, T.structOpen, T.dictOpen, T.SlotOpen])
const closers = new Set([T.parenClose, T.bracketClose, T.braceClose])
const conditions = new Set([T._if, T.elif, T._while, T._for])
/** Nodes that begin with (or contain) their opening bracket: when one is complete, its frame must be gone. */
const bracketed = new Set([
  T.ArgList,
  T.ParenthesizedExpression,
  T.ArrayExpression,
  T.DictExpression,
  T.StructFields,
  T.ParamList,
  T.ParentList,
  T.IndexExpression,
  T.Slot,
  T.Block,
  T.StructBody,
  T.ExtendBody,
  T.InterfaceBody,
  T.FieldDereference,
])

export const trackLayout = new ContextTracker<Layout>({
  start: new Layout(null, 0, -1, false, false),
  shift(context, term, _stack, input) {
    if (skipped.has(term)) return context
    if (openers.has(term)) {
      const block = term === T.BlockOpen
      const outer = block && context.condition ? new Layout(context.parent, context.opener, context.from, false, false) : context
      return new Layout(outer, term, input.pos, block ? false : context.condition, false)
    }
    if (closers.has(term)) return (context.parent ?? context).after(true)
    if (conditions.has(term)) return new Layout(context.parent, context.opener, context.from, true, false)
    return context.after(enders.has(term))
  },
  reduce(context, term, _stack, input) {
    // After an error a node may end without its closing bracket.
    if (bracketed.has(term)) while (context.parent && context.from >= input.pos) context = context.parent.after(context.canEnd)
    return context
  },
  reuse(context, node, _stack, input) {
    if (node.type.id === T.LineComment || !node.length) return context
    const last = input.peek(node.length - 1)
    if (last === 41 || last === 93 || last === 125 || last === 34 || last === 39) return context.after(true)
    if (!isWord(last)) return context.after(false)
    let word = ""
    for (let at = node.length - 1; at >= 0 && isWord(input.peek(at)); at--) word = String.fromCharCode(input.peek(at)) + word
    return context.after(!notEnding.has(word))
  },
  hash: (context) => context.hash,
})

const isWord = (c: number) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c >= 0xaa
const notEnding = new Set(
  "let fn return if elif else while for in struct extend interface prompt use from as raise try catch async await and or not yield".split(
    " ",
  ),
)
