// What a language offers to an editor, as plain functions over texts and offsets: no CodeMirror here, the page's
// `src/editor/` turns these into its extensions. Every function is pure, never throws, and copes with broken programs.
import type { Tree } from "@lezer/common"
import type { LRParser } from "@lezer/lr"
import type { Program } from "../source/text.ts"

export interface Edit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

export interface Completion {
  readonly label: string
  /** What kind of thing it is; the editor picks its icon by this. */
  readonly kind:
    | "variable"
    | "constant"
    | "function"
    | "method"
    | "field"
    | "type"
    | "keyword"
    | "module"
    | "enum"
    | "model"
    | "tool"
    | "property"
  /** A type or signature, shown beside the label. */
  readonly detail: string
  /** A sentence or two; "" if there is nothing to say. */
  readonly info: string
  /** What is inserted where that is not the label; `${}` marks places to fill in, `${name}` with a hint. */
  readonly snippet?: string
  /** Higher comes first among equals; 0 is normal. */
  readonly boost?: number
  /** Changes elsewhere that come with it, such as an import; in offsets of the text being completed, none at its cursor. */
  readonly edits?: readonly Edit[]
}

export interface Completions {
  /** The text from here to the cursor is what is being completed. */
  readonly from: number
  readonly options: readonly Completion[]
}

export interface Hover {
  readonly from: number
  readonly to: number
  /** The signature or type, as code of the language. */
  readonly code: string
  /** Sentences about it: what it is, whether reading it here waits and for what. Plain text, paragraphs apart by an empty line. */
  readonly text: string
}

export interface SignatureHelp {
  readonly label: string
  /** Ranges of the parameters in `label`. */
  readonly parameters: readonly (readonly [number, number])[]
  readonly active: number
  readonly info: string
}

export interface Place {
  readonly file: string
  readonly from: number
  readonly to: number
}

/** What the editor needs at once: colours and layout. Small, because it is part of the page's first load. */
export interface LanguageColours {
  /** The grammar with its highlighting tags; for colours, folding and indentation only (never for running). */
  readonly parser: LRParser
  readonly lineComment: string
  readonly blockComment?: { readonly open: string; readonly close: string }
  /** Characters after which a line may need new indentation, e.g. `}`. */
  readonly indentOnInput: RegExp
  /** Columns by which the line that begins at `lineStart` should be indented; null to keep it. `unit` is the columns of one step. */
  indent(tree: Tree, text: string, lineStart: number, unit: number): number | null
  /** The stretch that folding the line from `from` to `to` hides; null if nothing folds there. */
  fold(tree: Tree, text: string, from: number, to: number): { readonly from: number; readonly to: number } | null
}

/** All of it; comes when the reader first enters the editor. */
export interface LanguageEditing extends LanguageColours {
  /** `explicit`: the user asked for it (Ctrl+Space) and did not just type. */
  complete(program: Program, offset: number, explicit: boolean): Completions | null
  hover(program: Program, offset: number): Hover | null
  definition(program: Program, offset: number): Place | null
  /** All places that name the same thing, in the entry file and others; empty if there is nothing to rename. */
  references(program: Program, offset: number): readonly Place[]
  /** Edits by file, or a sentence that says why not. */
  rename(
    program: Program,
    offset: number,
    name: string,
  ): { readonly edits: Readonly<Record<string, readonly Edit[]>> } | { readonly refusal: string }
  signatureHelp(program: Program, offset: number): SignatureHelp | null
  /** The text in the language's usual layout; the text unchanged if it does not parse. Idempotent. */
  format(text: string): string
}
