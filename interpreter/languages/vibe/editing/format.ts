// Lays a program out: spaces between tokens, indentation, blank lines. Line breaks stay where they are (some carry meaning,
// SPEC 3.4), strings, comments and the bodies of ts blocks stay as they are, and the result is parsed and compared with
// what was given: a text that would come out with another meaning is given back unchanged. Idempotent.
import type { SyntaxNode } from "@lezer/common"
import { SourceFile } from "../../../source/text.ts"
import { parseFile } from "../syntax/parse.ts"
import { parser } from "../vibe.parser.ts"

interface Token {
  readonly text: string
  readonly name: string
  readonly parent: string
  /** Line breaks between the token before and this one. */
  readonly breaks: number
}

const INDENT = "  "
const WHOLE = new Set(["String", "TsBody", "LineComment", "BlockComment"])
const INFIX = new Set(["ArithOp", "CompareOp", "and", "or", ".."])

export function format(text: string): string {
  if (parseFile(new SourceFile("format.vibe", text)).diagnostics.length > 0) return text
  const tokens = tokensOf(text)
  if (tokens.length === 0) return text.trim() === "" ? "" : text
  const laidOut = layOut(tokens)
  return sameProgram(text, tokens, laidOut) ? laidOut : text
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let end = 0
  const add = (node: SyntaxNode) => {
    const gap = text.slice(end, node.from)
    tokens.push({
      text: text.slice(node.from, node.to),
      name: node.name,
      parent: node.parent?.name ?? "",
      breaks: gap.split("\n").length - 1,
    })
    end = node.to
  }
  const cursor = parser.parse(text).cursor()
  for (let more = true; more; ) {
    const whole = WHOLE.has(cursor.name)
    if (whole || !cursor.firstChild()) {
      if (cursor.to > cursor.from) add(cursor.node)
      while (!cursor.nextSibling()) {
        if (!cursor.parent()) {
          more = false
          break
        }
      }
    }
  }
  return tokens
}

function sameProgram(before: string, tokens: readonly Token[], after: string): boolean {
  const again = tokensOf(after)
  if (again.length !== tokens.length || again.some((it, i) => it.text !== tokens[i]?.text || it.name !== tokens[i]?.name)) return false
  return String(parser.parse(before)) === String(parser.parse(after))
}

function layOut(tokens: readonly Token[]): string {
  const out: string[] = []
  /** Indentation of the lines on which the open brackets stand. */
  const open: number[] = []
  let lineIndent = 0
  let last: Token | null = null
  for (const token of tokens) {
    const closes = isCloser(token)
    if (!last || token.breaks > 0) {
      const blank = last && token.breaks > 1 && !isOpener(last) && !closes
      if (last) out.push(blank ? "\n\n" : "\n")
      const opener = open[open.length - 1]
      const base = opener === undefined ? 0 : closes ? opener : opener + 1
      lineIndent = base + (!closes && last && continues(last, token) ? 1 : 0)
      out.push(INDENT.repeat(lineIndent))
    } else if (spaced(last, token)) out.push(" ")
    out.push(token.text)
    if (isOpener(token)) open.push(lineIndent)
    else if (closes) open.pop()
    last = token
  }
  return `${out.join("").replace(/\s+$/, "")}\n`
}

const isOpener = (token: Token) => token.name === "(" || token.name === "[" || token.name === "{"
const isCloser = (token: Token) => token.name === ")" || token.name === "]" || token.name === "}"
const isInfix = (token: Token) => INFIX.has(token.name) && token.parent !== "UnaryExpression"

/** Does a line that begins with `token` go on with what the line before began? */
function continues(last: Token, token: Token): boolean {
  if (token.name === "." || isInfix(token) || token.parent === "ToolMeta") return true
  if (token.name === "LineComment" || token.name === "BlockComment") return false
  return isInfix(last) || last.name === "=" || (last.name === ":" && last.parent === "Property")
}

/** Is there a space between two tokens on one line? */
function spaced(last: Token, token: Token): boolean {
  const [a, b] = [last.name, token.name]
  if (a === "TsBody" || b === "TsBody") return false
  if (a === "LineComment" || b === "LineComment" || a === "BlockComment" || b === "BlockComment") return true
  if (a === "(" || a === "[" || b === ")" || b === "]" || b === ",") return false
  if (a === "." || b === "." || a === ".." || b === "..") return false
  if (a === "{" && b === "}") return false
  if (b === ":") return false
  if (a === ":") return last.parent !== "Slice" && last.parent !== "IndexExpression"
  // Right before a digit the sign would belong to the number.
  if (a === "ArithOp" && last.parent === "UnaryExpression") return b === "Number"
  if (b === "(") return token.parent === "ParenthesizedExpression"
  if (b === "[") return token.parent === "ArrayExpression"
  return true
}
