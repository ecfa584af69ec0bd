// Text in, AST and parse diagnostics out: the one door to Ard's syntax for checker, compiler and editing. Always parses
// afresh (an incremental tree may keep an error node that is no longer true) and remembers the answer for each file object.
import type { SyntaxNode, Tree } from "@lezer/common"
import type { Diagnostic, Fix } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { type SyntaxFinding, syntaxErrors, TOO_LONG, together } from "../../syntax-errors.ts"
import { parser } from "../ard.parser.ts"
import type { ModuleNode } from "./ast.ts"
import { buildModule } from "./build.ts"
import { words } from "./messages.ts"
import { checkRules } from "./rules.ts"

export interface ParsedModule {
  readonly tree: Tree
  readonly diagnostics: readonly Diagnostic[]
}

/** A tree deeper than this is refused: the parser's stack and every walk over the tree have a bound. */
const DEEPEST = 1000

/** From here on the parser may have given up on a chain of operators in its middle: an error that it leaves says nothing. */
const DOUBTFUL = 600

const known = new WeakMap<SourceFile, ParsedModule>()

/** Parses a file, which may be the cells of a notebook one after another; never throws. */
export function parseModule(file: SourceFile, cellStarts: readonly number[] = []): ParsedModule {
  let parsed = known.get(file)
  if (!parsed) {
    parsed = parse(file, cellStarts)
    known.set(file, parsed)
  }
  return parsed
}

function parse(file: SourceFile, cellStarts: readonly number[]): ParsedModule {
  const text = file.text
  const tree = parser.parse(text)
  const deep = tooDeep(tree)
  const findings = deep ? [deep] : together(text, syntaxErrors(parser, tree, text, words), checkRules(tree, text, cellStarts))
  const diagnostics = findings.map((it) => diagnosticOf(named(it, tree), text, file.path))
  return { tree, diagnostics }
}

/** A new AST of a parsed file; with holes (Void literals, empty names) where there are diagnostics, for editing only. */
export function moduleOf(file: SourceFile): ModuleNode {
  return buildModule(parseModule(file).tree, file.text)
}

function diagnosticOf(finding: SyntaxFinding, text: string, file: string): Diagnostic {
  const { from, to, kind, message, related } = finding
  const fixes = fixesOf(finding, text)
  const base: Diagnostic = { phase: "parse", severity: "error", kind, message, file, from, to, ...(fixes.length ? { fixes } : {}) }
  return related ? { ...base, related: { file, ...related } } : base
}

/** Spellings of other languages whose place in Ard is clear: the text at the mark, what stands before it, and Ard's. */
function fixesOf({ from, message }: SyntaxFinding, text: string): Fix[] {
  const change = (at: number, to: number, insert: string): Fix[] => [
    { title: `Change it to '${insert.trim()}'`, edits: [{ from: at, to, insert }] },
  ]
  const compound = /^write '(=[-+])'/.exec(message)?.[1]
  if (compound && /[-+]/.test(text.charAt(from - 1))) return change(from - 1, from + 1, compound)
  if (message.startsWith("there is no '||'")) return change(from, from + 2, "or")
  if (message.includes("write 'not'")) return change(from, from + 1, "not ")
  if (message.endsWith("write 'and'") && text.startsWith("&&", from)) return change(from, from + 2, "and")
  return []
}

/** What an unclosed bracket opens, in the catalogue's words. */
const OPENED: Readonly<Record<string, readonly [string, string]>> = {
  ParamList: ["Expected ')':", "Expected ')' to close parameter list:"],
  ArgList: ["Expected ')':", "Expected ')' to close function call:"],
  ParenthesizedExpression: ["Expected ')':", "Expected ')' after expression:"],
  StructFields: ["Expected '}' to close block:", "Expected '}':"],
  StructBody: ["Expected '}' to close block:", "Expected '}':"],
  EnumBody: ["Expected '}' to close block:", "Expected '}':"],
  MatchBody: ["Expected '}' to close block:", "Expected '}':"],
  Interpolation: ["Expected '}' to close block:", "Expected '}' after the value in a text (a brace itself is written \\{):"],
  WhileStatement: ["Expected '}' to close block:", "Unclosed while loop: Expected '}' to close block:"],
}

/** What somebody may have meant by a character that Ard has not. */
const CHARACTER_ADVICE: Readonly<Record<string, string>> = {
  ";": "a statement ends with its line",
  "'": "strings are in double quotes",
  "`": "strings are in double quotes",
  "&": "write 'and'",
  "#": "comments begin with //",
}

function named(finding: SyntaxFinding, tree: Tree): SyntaxFinding {
  const character = /^unexpected character '(.)'$/u.exec(finding.message)?.[1] ?? ""
  const advice = /\p{L}/u.test(character) ? "names are made of the letters a to z, digits and _" : CHARACTER_ADVICE[character]
  if (advice) return { ...finding, message: `${finding.message}: ${advice}` }
  if (!finding.message.startsWith("Expected")) return finding
  const around = tree.resolveInner(finding.from, 1).parent
  const name = around?.name === "Block" ? around.parent?.name : around?.name
  const words = OPENED[name ?? ""]
  return words ? { ...finding, message: finding.message.replace(words[0], words[1]) } : finding
}

/** What is nested too deeply; or strung together too long, of operators, members and calls, whose first steps are the deepest. */
function tooDeep(tree: Tree): SyntaxFinding | null {
  let depth = 0
  const reached: { deep: SyntaxNode | null; doubtful: SyntaxNode | null } = { deep: null, doubtful: null }
  let hasErrors = false
  tree.iterate({
    enter(ref) {
      if (reached.deep) return false
      depth++
      if (depth > DEEPEST) reached.deep = ref.node
      if (depth > DOUBTFUL) reached.doubtful ??= ref.node
      hasErrors ||= ref.type.isError
      return undefined
    },
    leave() {
      depth--
    },
  })
  const place = reached.deep ?? (hasErrors ? reached.doubtful : null)
  if (!place) return null
  const { from } = place
  let steps = 0
  for (let it: SyntaxNode | null = place; it; it = it.parent) if (it.parent?.from === it.from) steps++
  const message = steps > DOUBTFUL / 2 ? TOO_LONG : "this is nested too deeply: give its parts names of their own"
  return { from, to: from + 1, kind: "ParseError", message }
}
