// A text of Jade to syntax and diagnostics of phase `parse`. The one door to the front end: check/ and editing/ call it.
// Always a fresh parse (an incremental tree may keep an error that is no longer true).
import type { Tree } from "@lezer/common"
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { type SyntaxFinding, syntaxErrors, together } from "../../syntax-errors.ts"
import { parser } from "../jade.parser.ts"
import type { FileAst } from "./ast.ts"
import { buildFile } from "./build.ts"
import { syntaxRules } from "./rules.ts"
import { words } from "./words.ts"

export interface ParsedFile {
  readonly file: SourceFile
  readonly tree: Tree
  readonly diagnostics: readonly Diagnostic[]
  /** null if there is a diagnostic. */
  readonly ast: FileAst | null
}

/** Parses a file. Never throws; a text with a diagnostic has no syntax, unless `tolerant` asks for what can be read of it. */
export function parseFile(file: SourceFile, tolerant = false): ParsedFile {
  const tree = parser.parse(file.text)
  const tooDeep = deeperThan(tree, MAX_DEPTH)
  if (tooDeep) return { file, tree, diagnostics: [diagnosticOf({ ...tooDeep, kind: "UnexpectedToken" }, file)], ast: null }
  try {
    if (tolerant) return { file, tree, diagnostics: [], ast: buildFile(tree.topNode, file.text, true) }
    const errors = syntaxErrors(parser, tree, file.text, words)
    const quote = errors[0] ? quoteInSlot(tree, file.text, errors[0].from) : null
    const findings = quote ? [quote] : together(file.text, errors, syntaxRules(tree, file.text))
    const diagnostics = findings.map((finding) => diagnosticOf(finding, file))
    return { file, tree, diagnostics, ast: diagnostics.length > 0 ? null : buildFile(tree.topNode, file.text) }
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem
    const message = "expected less nesting: this file is nested too deeply"
    return { file, tree, diagnostics: [diagnosticOf({ from: 0, to: 0, kind: "UnexpectedToken", message }, file)], ast: null }
  }
}

/**
 * A slot ends at the brace that matches its own, whatever quotes are between them (SPEC 1.6). Where a text goes wrong in
 * a slot that has no such brace, or a quote without a partner before it, say that a string is open, and not what the rest
 * of the text looks like when strings and code have changed places.
 */
function quoteInSlot(tree: Tree, text: string, errorAt: number): SyntaxFinding | null {
  let found: SyntaxFinding | null = null
  tree.iterate({
    enter({ name, node }) {
      if (found || node.from > errorAt || node.to < errorAt) return false
      if (name !== "Slot" || !node.parent) return
      const end = slotEnd(text, node.from)
      const quote = end < 0 ? node.parent.from : openQuote(text, node.from + 1, end - 1)
      if (quote >= 0) found = { from: quote, to: lineEnd(text, quote), kind: "UnterminatedString", message: words.unclosedString ?? "" }
    },
  })
  return found
}

/** The quote of a string that is still open at `to`; -1 if there is none. */
function openQuote(text: string, from: number, to: number): number {
  const strings = /("""|'''|["'])(?:\\[^]|(?!\1)[^])*?(\1|$)/y
  const slot = text.slice(from, to)
  for (let at = 0; at < slot.length; at++) {
    strings.lastIndex = at
    const string = strings.exec(slot)
    if (string?.[2] === "") return from + at
    if (string) at += string[0].length - 1
  }
  return -1
}

/** Behind the brace that matches the one at `from`; -1 if there is none. */
function slotEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === "{") depth++
    else if (char === "}" && --depth === 0) return at + 1
  }
  return -1
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from)
  return end < 0 ? text.length : end
}

/** Levels of the tree. Everything that walks a program recursively stays far from the end of the host's stack. */
const MAX_DEPTH = 400

/** Where the tree first goes deeper than so many levels, and of which of the two kinds it is: a long chain or deep nesting. */
function deeperThan(tree: Tree, levels: number): { from: number; to: number; message: string } | null {
  const cursor = tree.cursor()
  /** Where the node of each open level begins. */
  const starts: number[] = [cursor.from]
  for (;;) {
    if (cursor.firstChild()) {
      starts.push(cursor.from)
      if (starts.length <= levels + 1) continue
      const { from } = cursor
      // `a + b + c` and `f()()()` go down on their left side: all their levels begin at one place.
      const chain = starts.filter((start) => start === from).length > levels / 2
      const message = chain
        ? "expected a shorter expression: this chain is too long, split it with a variable"
        : "expected less nesting: this is nested too deeply"
      return { from, to: Math.min(cursor.to, from + 1), message }
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return null
      starts.pop()
    }
    starts[starts.length - 1] = cursor.from
  }
}

function diagnosticOf(finding: SyntaxFinding, file: SourceFile): Diagnostic {
  const { from, to, kind, message, related } = atEndOfFile(finding, file.text)
  const fix = fixOf(kind, message, from, to, file.text)
  return {
    phase: "parse",
    severity: "error",
    kind,
    message: worded(message),
    file: file.path,
    from,
    to,
    ...(related ? { related: { file: file.path, ...related, message: worded(related.message) } } : {}),
    ...(fix ? { fixes: [fix] } : {}),
  }
}

/** A file that ends where an expression must come has its own kind of error (SPEC 18.1). */
function atEndOfFile(finding: SyntaxFinding, text: string): SyntaxFinding {
  const end = text.trimEnd().length
  const wantsExpression = (message: string) => /^found end of file, expected .*an expression/.test(message)
  const message = "unexpected end of file: an expression must come here"
  if (finding.kind !== "UnexpectedToken") return finding
  if (finding.from >= end && wantsExpression(finding.message)) return { ...finding, kind: "UnexpectedEof", message }
  const { related } = finding
  if (!related || related.from < end || !wantsExpression(related.message)) return finding
  return {
    from: related.from,
    to: related.to,
    kind: "UnexpectedEof",
    message,
    related: { from: finding.from, to: finding.to, message: finding.message },
  }
}

/** "expected …, found …", as Jade says it. */
function worded(message: string): string {
  const match = /^found ((?:'[^']*'|'''|[a-z ]+)), expected (.*?)( \(in [^)]*\))?$/s.exec(message)
  return match ? `expected ${match[2]}, found ${match[1]}${match[3] ?? ""}` : message
}

function fixOf(kind: string, message: string, from: number, to: number, text: string): Fix | null {
  if (kind === "UnexpectedChar" && text.charAt(from) === ";") return { title: "Remove ';'", edits: [{ from, to: from + 1, insert: "" }] }
  if (kind === "UnexpectedChar" && text.charAt(from) === "#") {
    return { title: "Begin the comment with '//'", edits: [{ from, to: from + 1, insert: "//" }] }
  }
  if (kind === "PrefixDerefOnField") {
    const form = /write (.*) or /.exec(message)?.[1]
    const field = /\.\(\?(\w+)\)$/.exec(form ?? "")?.[1]
    const question = text.lastIndexOf("?", from)
    const dot = field ? text.indexOf(field, to) : -1
    if (form && field && question >= 0 && dot >= 0) {
      return { title: `Write ${form}`, edits: [{ from: question, to: dot + field.length, insert: form }] }
    }
  }
  const compound = /there is no '([-+*/])='/.exec(message)?.[1]
  if (compound) {
    const target = /([A-Za-z_][\w.[\]]*)\s*[-+*/]$/.exec(text.slice(0, from))
    if (target?.[1]) {
      const edit = { from: target.index, to: from + 1, insert: `${target[1]} = ${target[1]} ${compound}` }
      return { title: `Write '${target[1]} = ${target[1]} ${compound} …'`, edits: [edit] }
    }
  }
  if (message.endsWith("found 'if': write 'elif'")) {
    const before = text.lastIndexOf("else", from)
    return { title: "Write 'elif'", edits: [{ from: before, to: to, insert: "elif" }] }
  }
  const unclosed = /^expected '([)\]}])', found end of file/.exec(message)?.[1]
  if (unclosed) return { title: `Add '${unclosed}' at the end`, edits: [{ from: text.length, to: text.length, insert: unclosed }] }
  const other =
    /(?:variables begin with '(let)'|functions begin with '(fn)'|modules come in with '(use)'|exceptions begin with '(raise)'|write '(elif)')/.exec(
      message,
    )
  const word = other?.slice(1).find((it) => it !== undefined)
  if (word) {
    const before = /([A-Za-z_]+)\s*$/.exec(text.slice(0, from))
    if (before?.[1]) return { title: `Write '${word}'`, edits: [{ from: before.index, to: before.index + before[1].length, insert: word }] }
  }
  return null
}
