// The words of the language as completions: what begins a statement, with its shape, and what stands in expressions.
import type { Completion } from "../../editing.ts"

/** Snippets are written with ‹hint› where something is to be filled in. */
const STATEMENTS: readonly (readonly [string, string])[] = [
  ["let", "let ‹name› = ‹value›"],
  ["mut", "mut ‹name› = ‹value›"],
  ["fn", "fn ‹name›(‹›) {\n  ‹›\n}"],
  ["if", "if ‹condition› {\n  ‹›\n}"],
  ["else", "else {\n  ‹›\n}"],
  ["for", "for ‹item› in ‹list› {\n  ‹›\n}"],
  ["while", "while ‹condition› {\n  ‹›\n}"],
  ["match", "match ‹value› {\n  ‹›\n}"],
  ["try", "try ‹›"],
  ["struct", "struct ‹Name› {\n  ‹field›: ‹Str›,\n}"],
  ["enum", "enum ‹Name› {\n  ‹first›,\n}"],
  ["impl", "impl ‹Name› {\n  fn ‹method›() {\n    ‹›\n  }\n}"],
  ["trait", "trait ‹Name› {\n  fn ‹method›() ‹Str›\n}"],
  ["type", "type ‹Name› = ‹Int› | ‹Str›"],
  ["use", "use ‹ard/io›"],
  ["break", "break\n"],
]

/** Declarations and imports, which stand only outside of functions. */
const TOP_LEVEL = new Set(["struct", "enum", "impl", "trait", "type", "use"])

/** A snippet as the editor takes it. */
export function filled(snippet: string): string {
  return snippet.replace(/‹([^›]*)›/g, (_, hint: string) => `\${${hint}}`)
}

/** Words that may stand after a text; in a function those that stand only outside are left out. */
export function words(before: string, inFunction: boolean): Completion[] {
  const startsStatement = /(?:^|[\n{}])\s*$/.test(before)
  const plain = ["true", "false", "not", "and", "or", "in", ...(inFunction ? [] : ["private"])].map(
    (label): Completion => ({ label, kind: "keyword", detail: "", info: "", boost: -2 }),
  )
  const all = STATEMENTS.filter(([label]) =>
    startsStatement ? !(inFunction && TOP_LEVEL.has(label)) : /^(?:fn|if|match|try)$/.test(label),
  )
  return [
    ...all.map(([label, snippet]): Completion => ({ label, kind: "keyword", detail: "", info: "", snippet: filled(snippet), boost: -1 })),
    ...plain,
  ]
}
