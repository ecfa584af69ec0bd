// The words of Jade's syntax errors: what the terminals and nodes of the grammar are called, and better sentences for the
// mistakes people really make. Data for `languages/syntax-errors.ts`; used by parse.ts.
import type { SyntaxWords } from "../../syntax-errors.ts"
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
    if (found === "'if'" && previous === "else") return "expected '{', found 'if': write 'elif'"
    if (found === "'class'" || previous === "class")
      return `expected end of line, found ${found}: there are no classes, write 'struct' and 'extend'`
    if (found === "'->'" || (found === "'>'" && previous === "-"))
      return "expected '{', found '->': results of functions have no declared type"
    if (found === "':'" && before.includes("Param")) return "expected ',' or ')', found ':': parameters have no declared types"
    if (found === "'}'" && before.includes("Slot")) return "expected an expression, found '}': an f-string slot cannot be empty"
    const other = OTHER_WORDS.get(previous)
    if (other) return `expected end of line, found ${found}: ${other}`
    return undefined
  },
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
