// The front door of Vibe's syntax: one file's text in, its abstract syntax and parse diagnostics out, in the order in which
// the language reports them (SPEC 12: lexed, then brackets balanced, then parsed). Always a fresh parse.
import type { Tree } from "@lezer/common"
import type { Diagnostic } from "../../../source/diagnostic.ts"
import type { SourceFile } from "../../../source/text.ts"
import { type SyntaxFinding, syntaxErrors, TOO_DEEP, together } from "../../syntax-errors.ts"
import { parser } from "../vibe.parser.ts"
import type { FileAst } from "./ast.ts"
import { buildAst } from "./build.ts"
import { ASYNC_BLOCK, words } from "./messages.ts"
import { checkRules } from "./rules.ts"
import { type ScanFinding, scan } from "./scan.ts"

export interface ParsedFile {
  readonly file: SourceFile
  /** Empty where brackets nest too deeply to be parsed. */
  readonly ast: FileAst
  /** The first is the file's error; a file with any of them must not be lowered. */
  readonly diagnostics: readonly Diagnostic[]
}

const known = new WeakMap<SourceFile, ParsedFile>()
const PROBE_LIMIT = 200_000
/** A text with more closers than this that close nothing is no program: the parser would only search it for one. */
const MAX_MISFITS = 300

/** Parses a file; the same `SourceFile` is parsed once. Never throws. */
export function parseFile(file: SourceFile): ParsedFile {
  let parsed = known.get(file)
  if (!parsed) {
    parsed = parse(file)
    known.set(file, parsed)
  }
  return parsed
}

function parse(file: SourceFile): ParsedFile {
  const { text } = file
  const scanned = scan(text)
  if (scanned.tooDeepAt >= 0) {
    // Never given to the parser, whatever else is wrong: recovering from thousands of open brackets takes all memory.
    const at = scanned.tooDeepAt
    const findings: Found[] = [
      ...scanned.lexical.map((it) => ({ ...it, kind: "LexerError" })),
      { from: at, to: at + 1, kind: "ParserError", message: TOO_DEEP },
    ]
    return { file, ast: { body: [] }, diagnostics: findings.map((it) => diagnosticOf(file, it)) }
  }
  if (scanned.misfits > MAX_MISFITS && scanned.bracket) {
    const findings: Found[] = [...scanned.lexical.map((it) => ({ ...it, kind: "LexerError" })), { ...scanned.bracket, kind: "ParserError" }]
    return { file, ast: { body: [] }, diagnostics: findings.map((it) => diagnosticOf(file, it)) }
  }
  const tree = parser.parse(text)
  const findings = inOrder(text, scanned, tree)
  return { file, ast: buildAst(tree, text), diagnostics: findings.map((it) => diagnosticOf(file, it)) }
}

/** A finding with what would mend it. */
type Found = SyntaxFinding & Pick<ScanFinding, "fix">

function inOrder(text: string, scanned: ReturnType<typeof scan>, tree: Tree): Found[] {
  const lexical: Found[] = scanned.lexical.map((it) => ({ ...it, kind: "LexerError" }))
  // Large broken files get the scanner's findings and the parser's first error only: explaining each costs two more parses.
  const parserSays = syntaxErrors(parser, tree, text, words, text.length > PROBE_LIMIT ? 1 : 20).filter((it) => it.kind !== "LexerError")
  let bracket: SyntaxFinding[] = []
  if (scanned.bracket) {
    const { from, to, message, related } = scanned.bracket
    const same = parserSays.find((it) => it.from === from)
    bracket = [{ from, to, kind: "ParserError", message, ...(same?.related ? { related: same.related } : related ? { related } : {}) }]
  }
  const first = [...lexical, ...bracket]
  const starts = new Set(first.map((it) => lineStart(text, it.from)))
  // What the parser makes of a block behind `async` is beside the point.
  const blocks = scanned.asyncBlocks.map(({ from }) => ({ from, to: from + 1, kind: "ParserError", message: ASYNC_BLOCK }))
  const inBlock = (at: number) => scanned.asyncBlocks.some(({ from, to }) => from <= at && at < to)
  // An imbalance makes everything after it doubtful, and what the parser says of brackets was said by the scanner.
  const rest = [...blocks, ...parserSays.filter((it) => !inBlock(it.from))]
    .filter((it) => !starts.has(lineStart(text, it.from)) && !(scanned.bracket && /^(Unclosed|Unmatched|Mismatched)/.test(it.message)))
    .sort((a, b) => a.from - b.from)
  return together(
    text,
    [...first, ...rest].map((it) => mended(text, it)),
    first.length > 0 ? [] : checkRules(tree, text).filter((it) => !inBlock(it.from)),
  )
}

/** The finding with its fix, where the message says what is missing. */
function mended(text: string, finding: Found): Found {
  const missing = /^Missing (comma|type annotation)/.exec(finding.message)?.[1]
  if (!missing || finding.fix) return finding
  const at = text.slice(0, finding.from).trimEnd().length
  const comma = missing === "comma"
  return { ...finding, fix: { title: comma ? "Add ','" : "Add ': text'", from: at, to: at, insert: comma ? "," : ": text" } }
}

const lineStart = (text: string, at: number) => (at <= 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1)

function diagnosticOf(file: SourceFile, finding: Found): Diagnostic {
  const { kind, message, from, to, related, fix } = finding
  return {
    phase: "parse",
    severity: "error",
    kind,
    message,
    file: file.path,
    from,
    to: Math.max(to, from),
    ...(related ? { related: { file: file.path, ...related } } : {}),
    ...(fix ? { fixes: [{ title: fix.title, edits: [{ from: fix.from, to: fix.to, insert: fix.insert }] }] } : {}),
  }
}
