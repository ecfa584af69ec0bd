// The words of Vibe for syntax-errors.ts: how tokens and places are called, and better texts for the mistakes that people
// make most (SPEC 12.1).
import type { ErrorSite, SyntaxWords } from "../../syntax-errors.ts"
import { identifier, word } from "../vibe.parser.terms.ts"
import { probes } from "../vibe-tokens.ts"

const beginsExpression = ["a name", "Number", "[", "(", "true", "false", "null", "not", "ArithOp", "do", "vibe", "{", "ts"]

/** Words that can be no names. The type words are soft (SPEC 2.2). */
export const KEYWORDS: readonly string[] = (
  "let const vibe do function tool return break throw if else while for in and or not true false null model default local " +
  "import export from private async forget verbose compress"
).split(" ")
const keywords = new Set(KEYWORDS)

const INTO_A_FUNCTION = "Put the statements into a function, and write 'async' before its call"
/** What `async { … }` is told, whatever stands in the braces (scan.ts finds it). */
export const ASYNC_BLOCK = `there are no async blocks: async starts a do or vibe call, a ts block or a function call. ${INTO_A_FUNCTION}`

/** Words that begin statements, which `async` cannot start. */
const STATEMENT_WORDS = new Set(["if", "for", "while", "return", "throw", "break", "model", "tool", "import", "export"])

const bracketNames: Record<string, string> = {
  "(": "parenthesis",
  ")": "parenthesis",
  "[": "bracket",
  "]": "bracket",
  "{": "brace",
  "}": "brace",
}

export const words: SyntaxWords = {
  kinds: { syntax: "ParserError", character: "LexerError", string: "LexerError", bracket: "ParserError" },
  probes,
  bracketsFirst: true,
  terms: { [identifier]: "a name", [word]: "a key" },
  groups: [
    {
      name: "a statement",
      when: ["let", "if", "for", "a name", "Number"],
      hides: [
        ...beginsExpression,
        ..."let const function tool return break throw if for while model import export private async forget verbose compress".split(" "),
      ],
    },
    { name: "an expression", when: ["a name", "Number"], hides: beginsExpression },
  ],
  infix: ["ArithOp", "CompareOp", "and", "or", "..", ".", "(", "[", "default", "local", "ModelName"],
  silent: ["LineComment", "BlockComment", "TsBody"],
  nodes: {
    ParamList: "a parameter list",
    Param: "a parameter list",
    ArgList: "the arguments of a call",
    ArrayExpression: "an array",
    ObjectExpression: "an object",
    Property: "an object",
    Pattern: "a pattern",
    TypeAnnotation: "a type",
    LetDeclaration: "a let declaration",
    ConstDeclaration: "a const declaration",
    ModelDeclaration: "a model declaration",
    FunctionDeclaration: "a function",
    ToolDeclaration: "a tool",
    IfStatement: "an if",
    ForStatement: "a for",
    WhileStatement: "a while",
    ImportDeclaration: "an import",
    AsyncStatement: "an async statement",
    ReturnStatement: "a return",
    DoExpression: "a do or vibe call",
    IndexExpression: "an index",
    TsParams: "the parameters of a ts block",
    LoopMode: "a context mode",
  },
  strings: ["String"],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: every character outside ASCII is foreign outside strings
  foreign: /[;?!&|^~#$\\]|[^\x00-\x7f]/,
  blanks: /(?:\s+|\/\/.*|\/\*[^]*?\*\/)*/y,
  brackets: {
    unclosed: (open, close) => `Unclosed ${bracketNames[open]} '${open}' - missing '${close}'`,
    unmatched: (close) => `Unmatched closing ${bracketNames[close]} '${close}'`,
    mismatched: (open, wanted, close, line) =>
      `Mismatched delimiters: expected closing ${bracketNames[wanted]} '${wanted}' to match '${open}' at line ${line}, but found '${close}'`,
  },
  refine,
}

function refine(site: ErrorSite): string | undefined {
  const { before, inside, terms, found, previous } = site
  const here = before[0] === "VariableDefinition" ? before[1] : before[0]
  if (here === "Param" && terms.has(":")) return `Missing type annotation for parameter '${previous}': write '${previous}: text'`
  if ((inside.includes("ObjectExpression") || inside.includes("ArrayExpression")) && terms.has(",") && /^'[\w]|^a string/.test(found)) {
    const what = terms.has("]") ? "array elements" : "properties"
    return `Missing comma between ${what}. Add ',' after ${what === "properties" ? "the previous property" : "the previous element"} ('${previous}')`
  }
  if (/^'\.{2,3}'$/.test(found) && inside.includes("ObjectExpression")) {
    return "there is no '...' in objects: write the keys, or leave them out (a model needs only 'name')"
  }
  if (found === "'='" && before.some((it) => it === "MemberExpression" || it === "IndexExpression")) {
    return "only a plain name can be assigned to: change an array with push and pop, build a new object"
  }
  if (/^'(\+\+|--)'$/.test(found) || (found === "'+'" && previous === "+")) return "there is no '++': write 'x = x + 1'"
  if (found === "'='" && /^[-+*/]$/.test(previous)) return `there is no '${previous}=': write 'x = x ${previous} …'`
  if (found === "'='" && previous === "==") return "there is no '===': '==' never converts"
  if (found === "'function'" && previous === "async") {
    return "there are no async functions: write 'function', and put 'async' before the call"
  }
  if (found === "'=>'" || (found === "'>'" && previous === "=")) return "there are no arrow functions: declare a function"
  if (/^'[.([=]'$/.test(found) && before.some((it) => it === "ModelName" || it === "Modifiers")) {
    return `'${previous}' stands on the prompt's line and is taken for its model: begin the next statement on a new line`
  }
  const name = found.slice(1, -1)
  if (previous === "async" && STATEMENT_WORDS.has(name)) {
    return `async cannot start '${name}': it starts a do or vibe call, a ts block or a function call. ${INTO_A_FUNCTION}`
  }
  if (inside.includes("ObjectExpression") && terms.has("a key")) {
    if (found === "a string") return "keys of an object are names without quotes"
    if (found === "'['") return "keys of an object are names: they cannot be computed"
  }
  if (before[0] === "PropertyName" && terms.has(":") && (found === "'}'" || found === "','")) {
    return `a property needs a value: write '${previous}: ${previous}'`
  }
  if (inside.includes("ImportDeclaration") && found === "'as'") return "names are imported as they are exported: there is no 'as'"
  if (previous === "import" && terms.has("{")) return `the names of an import stand in braces: import { … } from "./file.vibe"`
  if (keywords.has(name) && terms.has("a name") && !terms.has("Number")) {
    return `Invalid identifier '${name}' - '${name}' is a reserved keyword`
  }
  return undefined
}
