// A text of Jade to syntax and diagnostics of phase `parse`. The one door to the front end: check/ and editing/ call it.
// Always a fresh parse (an incremental tree may keep an error that is no longer true).
import type { SyntaxNode, Tree } from "@lezer/common"
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { type SyntaxFinding, syntaxErrors, together } from "../../syntax-errors.ts"
import { parser } from "../jade.parser.ts"
import type { FileAst } from "./ast.ts"
import { buildFile } from "./build.ts"
import { openString } from "./quotes.ts"
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
    const open = withOpenString(errors, tree, file.text)
    const findings = open[0]?.kind === "UnterminatedString" ? open : together(file.text, errors, syntaxRules(tree, file.text))
    const diagnostics = findings.map((finding) => diagnosticOf(finding, file))
    return { file, tree, diagnostics, ast: diagnostics.length > 0 ? null : buildFile(tree.topNode, file.text) }
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem
    const message = "expected less nesting: this file is nested too deeply"
    return { file, tree, diagnostics: [diagnosticOf({ from: 0, to: 0, kind: "UnexpectedToken", message }, file)], ast: null }
  }
}

/** What the grammar found, behind the string that is open at the end of the text, if one is. */
function withOpenString(errors: readonly SyntaxFinding[], tree: Tree, text: string): SyntaxFinding[] {
  const [first] = errors
  const from = first ? openString(text) : -1
  // The grammar reads a brace in quotes in a slot as it is meant; what it has read without trouble is left alone.
  if (!first || from < 0 || stringAround(tree, from) <= first.from) return [...errors]
  const kind = "UnterminatedString"
  const known = errors.find((it) => it.kind === kind && it.from === from)
  const end = text.indexOf("\n", from)
  const open = known ?? { from, to: end < 0 ? text.length : end, kind, message: words.unclosedString ?? "" }
  // Code that was read as text and text that was read as code: only what came before may mean something.
  return [open, ...errors.filter((it) => it.from < from && it.kind !== kind)]
}

/** Where the outermost string ends that is around an offset; the text's end if there is none. */
function stringAround(tree: Tree, at: number): number {
  let end = tree.length
  for (let node: SyntaxNode | null = tree.resolveInner(at, 1); node; node = node.parent) {
    if (node.name === "String" || node.name === "FString") end = node.to
  }
  return end
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
