// The words of Jade's syntax errors: what the terminals and nodes of the grammar are called, and better sentences for the
// mistakes people really make. Data for `languages/syntax-errors.ts`; used by parse.ts.
import type { ErrorSite, SyntaxWords } from "../../syntax-errors.ts"
import { end, identifier } from "../jade.parser.terms.ts"
import { probes } from "../jade-tokens.ts"

const BEGINS_EXPRESSION = "a name|Integer|Float|[|(|true|false|not|!|~|UnaryOp|ArithOp|await|prompt|BitOp|LogicOp|?|.|{".split("|")
const BEGINS_STATEMENT = "let fn async while for if try struct extend interface return yield break continue raise use from @".split(" ")

export const words: SyntaxWords = {
  kinds: { syntax: "UnexpectedToken", character: "UnexpectedChar", string: "UnterminatedString", bracket: "UnexpectedToken" },
  probes,
  terms: { [identifier]: "a name", [end]: "end of line" },
  groups: [
    {
      name: "a statement",
      when: ["let", "while", "a name", "Integer"],
      hides: [...BEGINS_EXPRESSION, ...BEGINS_STATEMENT, "end of line"],
    },
    { name: "an expression", when: ["a name", "Integer"], hides: BEGINS_EXPRESSION },
  ],
  infix: ["ArithOp", "CompareOp", "BitOp", "LogicOp", "and", "or", "in", "not", "|>", ".", "~>", "(", "["],
  silent: ["LineComment"],
  nodes: {
    ParamList: "a parameter list",
    ArgList: "the arguments of a call",
    ArrayExpression: "an array",
    DictExpression: "a dict",
    StructFields: "a struct literal",
    StructBody: "a struct",
    ExtendBody: "an extend block",
    InterfaceBody: "an interface",
    ClosureParams: "the parameters of a closure",
    Slot: "an f-string slot",
    LetDeclaration: "a let declaration",
    PromptDeclaration: "a prompt declaration",
    FunctionDeclaration: "a function",
    IfStatement: "an if",
    WhileStatement: "a while",
    ForStatement: "a for",
    TryStatement: "a try",
    CatchClause: "a catch",
    FromDeclaration: "a use",
    UseDeclaration: "a use",
  },
  strings: ["String", "FString"],
  slotsByBraces: true,
  unclosedString: "unterminated string: this quote is never closed",
  foreign: /[;#$`\\]|[^\t\n\r -~]/,
  blanks: /(?:[ \t\r]+|\/\/.*)*/y,
  brackets: {
    unclosed: (open, close) => `expected '${close}', found end of file: this '${open}' is never closed`,
    unmatched: (close) => `expected a statement, found '${close}', which closes nothing`,
    mismatched: (_open, wanted, close, line) => `expected '${wanted}' for the bracket of line ${line}, found '${close}'`,
  },
  refine(site) {
    const { found, previous, terms, before } = site
    if (found === "'{'" && terms.has("{") && /\n\s*$/.test(site.text.slice(0, site.from))) {
      return "expected a statement, found '{': it must stand on the line of its header"
    }
    if (found === "end of line" && terms.has("{")) return "expected '{' on the line of its header, found end of line"
    if (found === "'='" && /^[-+*/]$/.test(previous))
      return `expected an expression, found '=': there is no '${previous}=', write 'x = x ${previous} …'`
    const doubled = /^(\+|-)\1?$/.exec(previous)?.[1]
    if (doubled && found === `'${doubled}'`)
      return `expected an expression, found '${doubled}': there is no '${doubled}${doubled}', write 'x = x ${doubled} 1'`
    if (found === "'?'" && terms.has("end of line"))
      return "expected end of line, found '?': there is no 'a ? b : c', write an if with an else"
    if (structInCondition(site))
      return `expected an expression, found ${found}: a condition holds no struct literal, bind it to a name first`
    if (terms.has("end of line") && blockInBrackets(site.inside))
      return `expected '}', found ${found}: inside '(' and '[' no statement ends, bind the closure to a name first`
    if (found === "'/'" && site.text.startsWith("/*", site.from))
      return "expected a statement, found '/': there are no block comments, begin each line with '//'"
    if (found === "'*'" && previous === "*") return "expected an expression, found '*': there is no '**', use math.pow"
    if (found === "'='" && /^(?:==|!=)$/.test(previous)) return `expected an expression, found '=': equality is '${previous}'`
    if (found === "'=>'") return "expected end of line, found '=>': a closure is written |x| …"
    if (found === "'fn'" && terms.has("Integer") && !terms.has("let"))
      return "expected an expression, found 'fn': a function without a name is a closure, |x| …"
    if (found === "':'" && before.includes("VariableDefinition") && terms.has("=") && !site.inside.includes("ParamList"))
      return "expected '=', found ':': variables have no declared types"
    if (found === "'if'" && previous === "else") return "expected '{', found 'if': write 'elif'"
    if (found === "'class'" || previous === "class")
      return `expected end of line, found ${found}: there are no classes, write 'struct' and 'extend'`
    if (found === "'->'" || (found === "'>'" && previous === "-"))
      return "expected '{', found '->': results of functions have no declared type"
    if (found === "':'" && before.includes("Param")) return "expected ',' or ')', found ':': parameters have no declared types"
    if (found === "'}'" && before.includes("Slot") && previous.endsWith("{"))
      return "expected an expression, found '}': an f-string slot cannot be empty"
    if (found === "':'" && site.inside.find((it) => words.nodes[it]) === "Slot")
      return "expected '}', found ':': there are no format specifiers, convert the value in the slot"
    if (found === "'}'" && site.inside.includes("Slot") && /\{\{[^{}]*$/.test(site.text.slice(0, site.from)))
      return "expected ':', found '}': there is no '{{', a brace in the text of an f-string is written \\{"
    const dots = strayDots(site)
    if (dots) return dots
    const last = finallyBefore(site)
    if (last) return last
    if (terms.has("let") && terms.has("fn") && !terms.has("while"))
      return `expected fn, async fn, struct, extend, let or prompt behind a decorator, found ${found}`
    if (terms.has("let") && terms.has("while") && CONTINUING.has(found))
      return `expected a statement, found ${found}: a line goes on with the one before only where that one ends with ${found}`
    const other = OTHER_WORDS.get(previous)
    if (other) return `expected end of line, found ${found}: ${other}`
    return undefined
  },
}

/** Operators that a line cannot begin with. */
const CONTINUING = new Set(
  ["|>", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "<<", ">>", "&", "^", "~>", "and", "or"].map((it) => `'${it}'`),
)

const NO_RANGES = "there are no ranges, go through an array or count in a while"

/** Dots that are no field access. The tokenizer reads `...` as one token only where a struct literal may spread a base. */
function strayDots({ found, text, from }: ErrorSite): string | { message: string; from: number; to: number } | null {
  const dot = from - 1
  if (text.charAt(dot) !== ".") return null
  const before = text.slice(0, dot)
  const inNumbers = /\d$/.test(before)
  if (text.startsWith("...", dot)) {
    const wanted = /(?:^|\n)[ \t]*$/.test(before) ? "a statement" : "an expression"
    const message = `expected ${wanted}, found '...': ${inNumbers ? NO_RANGES : "it stands only in a struct literal, Type { ...base }"}`
    return { message, from: dot, to: dot + "...".length }
  }
  if (text.startsWith("..", dot)) return `expected a name, found ${found}: ${NO_RANGES}`
  if (found === "'?'") return "expected a name, found '?': the prompt in a field is asked with a.(?b) or a~>b"
  if (/^\d/.test(text.slice(from))) return `expected a name, found ${found}: a number needs a digit before its point`
  return inNumbers ? `expected a name, found ${found}: a number needs a digit behind its point` : null
}

/** `finally { … }` was read as a struct literal. */
function finallyBefore({ text, from }: ErrorSite): { message: string; from: number; to: number } | null {
  const before = /\bfinally\s*\{\s*[\w"'?.]*\s*$/.exec(text.slice(Math.max(0, from - 200), from))
  if (!before) return null
  const at = Math.max(0, from - 200) + before.index
  const message = "expected a statement, found 'finally': there is none, what must always happen stands behind the try"
  return { message, from: at, to: at + "finally".length }
}

const CONDITIONS = new Set(["IfStatement", "WhileStatement", "ForStatement"])
const BRACKETS = new Set(["ArgList", "ParenthesizedExpression", "ArrayExpression", "IndexExpression"])

/** `if Point { x: 1 }.x == 1 {`: the brace was read as the block, or could not be read at all inside parentheses. */
function structInCondition({ found, text, from, previousFrom, inside }: ErrorSite): boolean {
  const literal = (before: string) => /\b[A-Z]\w*\s*$/.test(before)
  if (found === "':'")
    return /\b(?:if|elif|while|for)\b[^\n]*\b[A-Z]\w*\s*\{\s*$/.test(text.slice(Math.max(0, previousFrom - 200), previousFrom))
  return found === "'{'" && inside.some((name) => CONDITIONS.has(name)) && literal(text.slice(Math.max(0, from - 100), from))
}

/** A block of several statements inside parentheses, where no statement ends (SPEC 1.4). `inside`: innermost first. */
function blockInBrackets(inside: readonly string[]): boolean {
  const block = inside.indexOf("Block")
  return block >= 0 && inside[block + 1] === "Closure" && inside.slice(block).some((name) => BRACKETS.has(name))
}

/** Words of other languages that people type first. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ["var", "variables begin with 'let'"],
  ["const", "variables begin with 'let'"],
  ["def", "functions begin with 'fn'"],
  ["func", "functions begin with 'fn'"],
  ["function", "functions begin with 'fn'"],
  ["import", "modules come in with 'use'"],
  ["match", "there is no 'match', write 'if' and 'elif'"],
  ["switch", "there is no 'switch', write 'if' and 'elif'"],
  ["throw", "exceptions begin with 'raise'"],
  ["elsif", "write 'elif'"],
])
