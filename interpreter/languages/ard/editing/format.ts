// The usual layout of Ard: two columns for each open bracket, one space around operators, no more than one empty line. Line
// breaks stay where they are, since they mean something in Ard. Pure; a text that does not parse comes back unchanged, and so
// does one whose meaning the new layout would change (compared by AST). Idempotent (property-tested).
import type { SyntaxNode, Tree } from "@lezer/common"
import { SourceFile } from "../../../source/text.ts"
import { moduleOf, parseModule } from "../syntax/parse.ts"

const UNIT = 2

export function format(text: string): string {
  const file = new SourceFile("format.ard", text)
  const parsed = parseModule(file)
  if (parsed.diagnostics.length) return text
  const result = new Layout(text, parsed.tree).print()
  if (result === text) return text
  const after = new SourceFile("format.ard", result)
  if (parseModule(after).diagnostics.length || !sameMeaning(moduleOf(file), moduleOf(after))) return text
  return result
}

/** Equal but for the places of their nodes. */
export function sameMeaning(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((it, index) => sameMeaning(it, b[index]))
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  return Object.keys(left).every((key) => /^(from|to)$|(From|To)$/.test(key) || sameMeaning(left[key], right[key]))
}

/** What a token is for the spaces around it. */
type Role =
  | "word"
  | "keyword"
  | "open"
  | "close"
  | "brace"
  | "glued"
  | "prefix"
  | "infix"
  | "suffix"
  | "comma"
  | "colon"
  | "comment"
  | "value"

interface Token {
  readonly text: string
  readonly from: number
  readonly role: Role
  /** Braces with blanks inside: blocks and bodies, not struct literals. */
  readonly padded: boolean
}

const TOKEN = /\/\/[^\n]*|@[A-Za-z_]\w*|\$?[A-Za-z_]\w*|\d[\d_]*(?:\.\d[\d_]*)?|=>|=\+|=-|==|!=|<=|>=|->|::|\.\.|\?\.|[^\s]/y
const KEYWORDS = new Set(
  "and or not if else while for in let mut match break try use as type private extern struct enum impl trait".split(" "),
)

class Layout {
  private readonly tokens: Token[] = []

  constructor(
    private readonly text: string,
    private readonly tree: Tree,
  ) {
    this.read()
  }

  private read(): void {
    const { text } = this
    const strings = new Map<number, number>()
    const paths = new Map<number, number>()
    const typeBrackets = new Set<number>()
    this.tree.iterate({
      enter: (ref) => {
        if (ref.name === "String") {
          strings.set(ref.from, ref.to)
          return false
        }
        if (ref.name === "ModulePath") paths.set(ref.from, ref.to)
        if (ref.name === "TypeArgs" || ref.name === "TypeParams") {
          typeBrackets.add(ref.from)
          typeBrackets.add(ref.to - 1)
        }
        return undefined
      },
    })
    let at = 0
    for (;;) {
      while (at < text.length && /[\s\ufeff]/.test(text.charAt(at))) at++
      if (at >= text.length) return
      const whole = strings.get(at) ?? paths.get(at)
      if (whole !== undefined) {
        this.tokens.push({ text: text.slice(at, whole), from: at, role: "value", padded: false })
        at = whole
        continue
      }
      TOKEN.lastIndex = at
      const found = TOKEN.exec(text)?.[0] ?? text.charAt(at)
      this.tokens.push(this.token(found.replace(/[ \t\r]+$/, ""), at, typeBrackets.has(at)))
      at += found.length
    }
  }

  private token(text: string, from: number, isTypeBracket: boolean): Token {
    const make = (role: Role, padded = false): Token => ({ text, from, role, padded })
    if (text.startsWith("//")) return make("comment")
    if (isTypeBracket) return make(text === "<" ? "open" : "close")
    if (/^[$@]?\w/.test(text)) return make(KEYWORDS.has(text) && !this.isName(from) ? "keyword" : /^\d/.test(text) ? "value" : "word")
    switch (text) {
      case "(":
      case "[":
        return make("open")
      case ")":
      case "]":
        return make("close")
      case "{":
      case "}": {
        const padded = this.nodeAt(from)?.name !== "StructFields"
        return make(text === "{" ? (padded ? "brace" : "open") : "close", padded)
      }
      case ",":
      case ";":
        return make("comma")
      case ":":
        return make(this.nodeAt(from)?.name === "MapType" || this.nodeAt(from)?.name === "MapExpression" ? "glued" : "colon")
      case ".":
      case "?.":
      case "::":
      case "..":
        return make("glued")
      case "?":
      case "!":
        return make(text === "!" ? "glued" : "suffix")
      case "-":
        return make(this.nodeAt(from)?.name === "ArithOp" && this.nodeAt(from)?.parent?.name === "NegateExpression" ? "prefix" : "infix")
      case "@":
        return make("value")
      default:
        return make("infix")
    }
  }

  /** The node whose token stands there: the token's own if it has one, else the one around it. */
  private nodeAt(from: number): SyntaxNode | null {
    const node = this.tree.resolveInner(from, 1)
    return /^[^\w]+$/.test(node.name) ? node.parent : node
  }

  private isName(from: number): boolean {
    return /^(PropertyName|FieldDefinition|VariableDefinition|VariableName)$/.test(this.tree.resolveInner(from, 1).name)
  }

  // ---- printing -----------------------------------------------------------------------------------------------------

  print(): string {
    const { text, tokens } = this
    let out = ""
    let previous: Token | null = null
    /** Indentation of the lines that hold the open brackets. */
    const open: { readonly line: number; readonly inner: number }[] = []
    let line = 0
    for (const token of tokens) {
      const between: string = text.slice(previous ? previous.from + previous.text.length : 0, token.from)
      const breaks = previous ? between.split("\n").length - 1 : 0
      if (previous && breaks === 0) out += this.space(previous, token, between) ? " " : ""
      else {
        const closes = token.role === "close"
        const top = open[open.length - 1]
        const base = top ? (closes ? top.line : top.inner) : 0
        line = base + (!closes && this.goesOn(token) ? UNIT : 0)
        if (previous) {
          const opened = previous.role === "open" || previous.role === "brace"
          out += breaks > 1 && !opened && !closes && token.text !== "else" ? "\n\n" : "\n"
        }
        out += " ".repeat(line)
      }
      if (token.role === "open" || token.role === "brace") open.push({ line, inner: line + UNIT })
      else if (token.role === "close") open.pop()
      out += token.text
      previous = token
    }
    return out ? `${out}\n` : ""
  }

  /** A line that begins so goes on with what stands above it. */
  private goesOn(token: Token): boolean {
    return token.text === "." || token.text === "?." || (token.text === "|" && token.role === "infix")
  }

  private space(left: Token, right: Token, between: string): boolean {
    if (right.role === "comment") return true
    if (left.text === "@" && right.role === "word") return between.length > 0
    if (left.text === "{" && right.text === "}") return false
    if (left.role === "brace") return true
    if (right.text === "}" && right.padded) return true
    if (left.role === "open" || left.role === "prefix" || left.role === "glued") return false
    if (right.role === "close" || right.role === "comma" || right.role === "suffix" || right.role === "glued") {
      return right.text === "." && left.role === "keyword" ? between.length > 0 : false
    }
    if (right.role === "colon") return false
    if (left.role === "comma" || left.role === "colon") return true
    if (left.role === "infix" || right.role === "infix") return true
    if (right.role === "brace") return true
    if (right.role === "open") {
      if (right.text === "{" || right.text === "<") return false
      if (left.role === "keyword") return true
      if (right.text === "(") return left.role === "value" && between.length > 0 && left.text !== "@"
      return left.role !== "suffix" || between.length > 0
    }
    return true
  }
}
