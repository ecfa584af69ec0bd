// What Ard's syntax errors say: the words of this language for `languages/syntax-errors.ts`, with the texts of the
// catalogue (SPEC.md 19.1) wherever it has one, followed by what was found or what to do.
import type { ErrorSite, SyntaxWords } from "../../syntax-errors.ts"
import { identifier, newline, word } from "../ard.parser.terms.ts"
import { probes } from "../ard-tokens.ts"

const beginsExpression = [
  "a name",
  "Integer",
  "Float",
  "[",
  "(",
  "true",
  "false",
  "not",
  "ArithOp",
  "@",
  "SelfMember",
  "match",
  "try",
  "if",
  "fn",
  "private",
  "extern",
  "{",
]

export const words: SyntaxWords = {
  kinds: { syntax: "ParseError", character: "ParseError", string: "ParseError", bracket: "ParseError" },
  probes,
  terms: { [identifier]: "a name", [word]: "a name", [newline]: "a new line" },
  groups: [
    {
      name: "a statement",
      when: ["let", "while", "a name", "Integer"],
      hides: [...beginsExpression, "let", "mut", "while", "for", "break", "use", "type", "enum", "struct", "trait", "impl"],
    },
    { name: "an expression", when: ["a name", "Integer"], hides: beginsExpression },
    { name: "a type", when: ["a name", "GenericName"], hides: ["a name", "GenericName", "[", "fn"] },
    { name: "an operator", when: ["ArithOp"], hides: ["ArithOp", "CompareOp", "<", "and", "or"] },
  ],
  infix: ["ArithOp", "CompareOp", "and", "or", "..", ".", "?.", "Unwrap", "(", "::", "<", "a new line", "?", "!", "UpdateOp"],
  silent: ["LineComment"],
  nodes: {
    ParamList: "a parameter list",
    Param: "a parameter list",
    ArgList: "the arguments of a call",
    ListExpression: "a list",
    MapExpression: "a map",
    StructFields: "a struct literal",
    StructBody: "a struct",
    EnumBody: "an enum",
    TraitBody: "a trait",
    ImplBody: "an impl",
    MatchBody: "a match",
    VariableDeclaration: "a declaration",
    FunctionDeclaration: "a function",
    ImplDeclaration: "an impl",
    ForInStatement: "a for",
    ForStatement: "a for",
    WhileStatement: "a while",
    IfExpression: "an if",
    TypeArgs: "type arguments",
    CatchClause: "a catch",
    ParenthesizedExpression: "parentheses",
    Interpolation: "an interpolation",
  },
  strings: ["String"],
  foreign: /[#'`&^~\\;$]|[^\t\n\r -~]/,
  blanks: /(?:[ \t\r]+|\/\/.*)*/y,
  brackets: {
    unclosed: (open, close) =>
      open === "{" ? `Expected '}' to close block: this '{' is never closed` : `Expected '${close}': this '${open}' is never closed`,
    unmatched: (close) => `'${close}' closes nothing`,
    mismatched: (open, wanted, close, line) => `Expected '${wanted}' to close the '${open}' of line ${line}, found '${close}'`,
  },
  refine,
}

/** What follows a word that begins a declaration, where nothing fitting came. */
const AFTER_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    struct: "Expected name after 'struct'",
    enum: "Expected name after 'enum'",
    type: "Expected name after 'type'",
    trait: "Expected trait name after 'trait'",
    impl: "Expected type name after 'impl'",
    let: "Expected identifier after 'let'",
    mut: "Expected identifier after 'mut'",
    use: "Expected module path after 'use'",
    as: "Expected alias name after 'as'",
    in: "unmatched primary expression: there is nothing to go through after 'in'",
  }),
)

function refine(site: ErrorSite): string | { message: string; from?: number; to?: number } | undefined {
  const { before, inside, terms, found, previous } = site
  const can = (term: string) => terms.has(term)
  const only = (term: string) => terms.size === 1 && terms.has(term)
  const around = new Set([...before.slice(0, 3), ...inside.slice(0, 2)])
  /** The construct that the error is in, whatever type or value of it was being read. */
  const within = (name: string) => inside.slice(0, 4).includes(name)

  if (found === "'return'") return "there is no return: the last expression of a function is its value"
  if (found === "'='" && /^[-+]$/.test(previous)) return `write '=${previous}': there is no '${previous}='`
  if (found === "'='" && /^[*/%]$/.test(previous)) return `there is no '${previous}=': write all of it, as in n = n ${previous} 2`
  const habit = otherHabit(site, can("a name") && can("Integer"))
  if (habit) return habit
  if (found === "'>'" && site.text.charAt(site.from - 1) === "=" && site.previousFrom === site.from - 1)
    return {
      message: "unmatched primary expression: '=>': it stands only between the pattern of an arm and its value",
      from: site.from - 1,
    }
  if (found === "'='" && around.has("MatchArm") && !can("=")) return "Expected '{': an assignment as the value of an arm stands in braces"
  if (previous.endsWith("}") && before.find((name) => name.endsWith("Expression")) === "StructExpression" && found !== "end of file")
    return `Expected new line, found ${found}: a struct literal goes on only in parentheses`
  if (found === "'?'" && around.has("ResultType")) return "Unexpected '?': Result can't be nullable"
  if (/^'(?:->|:)'$/.test(found) && before.slice(0, 2).includes("ParamList") && can("{"))
    return "Expected '{': the type of the result stands right after ')', as in fn f() Int { … }"
  const wrongType = typeHabit(site)
  if (wrongType) return wrongType
  if (found === "'['" && can("a new line")) return "there are no brackets after a value: elements come from .at(i) and .get(key)"
  if (only("a new line")) return previous === "{" ? "Expected new line after '{'" : `Expected new line after '${previous}'`

  if (can("a name") && !can("Integer")) {
    if (previous === "for" && around.has("ImplDeclaration")) return "Expected type name after 'for'"
    if (previous === "fn" && around.has("ExternDeclaration")) return "Extern functions must have a name"
    if (previous === "fn" && (around.has("FunctionDeclaration") || around.has("ImplBody") || around.has("TraitBody"))) {
      return "Expected function name"
    }
    if (previous === "for") return `Expected a name for the cursor after 'for', found ${found}`
    if (previous === "::" && around.has("ImplDeclaration")) return `Expected trait name after 'impl', found ${found}`
    if (previous === "->") return "Expected identifier after '->' in try-catch"
    if (around.has("StructBody") && !can("GenericName")) return `Expected field name, found ${found}`
    if ((around.has("ParamList") || around.has("Param")) && !can("GenericName")) return `Expected parameter name, found ${found}`
    const after = AFTER_WORD.get(previous)
    if (after && !(previous === "mut" && around.has("ArgList"))) return `${after}, found ${found}`
  }
  if (can("ModulePath") && previous === "use") return `Expected module path after 'use', found ${found}`
  if (previous === "as" && can("a name")) return `Expected alias name after 'as', found ${found}`

  if (can("GenericName") && within("TypeParams")) return `Expected a generic name such as $T, found ${found}`
  if (can("GenericName") && !can("Integer")) {
    if (around.has("TypeDeclaration")) return `Expected type definition after '=', found ${found}`
  }
  if (can("=") && !can("a new line") && before.find((it) => /Declaration$|^Block$|^ForStatement$/.test(it)) === "VariableDeclaration") {
    return "Expected '=' after variable name: a variable needs a value"
  }
  if (can("=") && around.has("TypeDeclaration")) return `Expected '=' after type name, found ${found}`
  if (can("=") && within("ExternDeclaration")) return "Expected '=' after extern function signature"
  if (around.has("ExternDeclaration") && previous === "=") return "Expected string literal for external binding"
  if (before[0] === "FieldDefinition" && only(":"))
    return `Expected ':' after field name '${previous}'${previous === "fn" ? ": methods stand in an impl of the struct" : ""}`
  if (before[0] === "VariableDefinition" && before[1] === "Param" && can(":")) {
    const advice = previous === "self" ? ": the instance is there as @ or self, without a parameter" : ""
    return `Expected ':' after parameter name '${previous}'${advice}`
  }
  if (within("StructBody") && can("}") && can(","))
    return `Expected ',' or '}' after field type, found ${found}${found === "'='" ? ": a field has no default, but one of a type T? may be left out" : ""}`
  if (can("for") && around.has("ImplDeclaration")) return `Expected 'for' after trait name (or '{' after the type), found ${found}`
  if (found === "'{'" && within("TraitBody")) return "Expected new line: the methods of a trait have no body"
  if (around.has("ImplDeclaration") && can("{"))
    return `Expected '{' after type name, found ${found}${found === "'::'" ? ": a type has its impls in its own file" : ""}`
  if ((around.has("TraitBody") || inside[0] === "TraitBody") && can("fn"))
    return `Expected function declaration in trait block, found ${found}`
  if ((around.has("ImplBody") || inside[0] === "ImplBody") && can("fn"))
    return `Expected function declaration in impl block, found ${found}`
  if (can("=>")) {
    const isCondition = inside.includes("MatchExpression") && /\bmatch\s*\{[^{}]*$/.test(site.text.slice(0, site.from))
    return `Expected '=>' after ${isCondition ? "condition" : "pattern"}, found ${found}`
  }
  if (can(";")) return `Expected ';' after loop ${semicolonsBefore(site) ? "condition" : "cursor"}, found ${found}`
  if (can("in") && (around.has("ForInStatement") || around.has("ForStatement") || before[0] === "VariableDefinition")) {
    return `Expected 'in' after cursor name, found ${found}`
  }
  if (around.has("WhileStatement") && can("{") && !can("let")) return `Expected '{' after while condition, found ${found}`
  if (found === "','" && /[A-Za-z_]\w*<[^()\n]*$/.test(site.text.slice(Math.max(0, site.from - 200), site.from)))
    return "Expected '>' to close generic type arguments, found ','"
  if (within("TypeArgs") && can(",")) return `Expected '>' after type arguments, found ${found}`
  if (can(")") && around.has("ArgList") && !can("Integer")) return `Expected ')' to close function call, found ${found}`
  if (can(")") && around.has("ParamList") && !can("a name")) return `Expected ')' to close parameter list, found ${found}`
  if (can(")") && around.has("ParenthesizedExpression")) {
    return `Expected ')' after expression, found ${found}${found === "','" ? ": a struct or a list holds several values" : ""}`
  }
  if (can("(") && (before[1] === "FunctionDeclaration" || before[1] === "MethodSignature") && !can("="))
    return `Expected '(' for parameters list, found ${found}${found === "'<'" ? ": generic names stand in the parameters, as in fn f(x: $T)" : ""}`
  if (can(":") && within("MapEntry")) return `Expected ':' after map key, found ${found}`
  if (can("]") && !can("Integer") && lastToken(previous) === ":" && around.has("MapExpression"))
    return "Expected ']' after ':' in empty map"
  if (only("]") || (can("]") && !can("Integer"))) return `Expected ']', found ${found}`
  if (only("{") || (can("{") && !can("let") && !can("Integer") && found === "end of line")) return `Expected '{', found ${found}`
  if (can("}") && found === "end of file" && !can("Integer")) return "Expected '}'"
  if (
    can("}") &&
    !can("Integer") &&
    /^(?:EnumBody|StructFields)$/.test(inside.find((name) => name !== "Variant" && name !== "FieldValue") ?? "")
  )
    return `Expected '}', found ${found}${VARIANT_ADVICE.get(found) ?? ""}`
  if (can("a name") && can("Integer")) {
    if (found === "end of line") {
      return `unmatched primary expression: new_line: an expression must begin on the line of '${lastToken(previous)}'`
    }
    if (can("let") && /^'(?:[-+*/%<>.]|[<>=!]=|::|\.\.|and|or)'$/.test(found))
      return `unmatched primary expression: ${found}: an expression does not go on in another line`
    return `unmatched primary expression: ${found}`
  }
  const names = site.names.length > 5 ? site.names.slice(0, 5) : site.names
  if (!names.length) return undefined
  const where = inside.map((name) => words.nodes[name]).find(Boolean)
  return `Expected ${names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`}${where ? ` (in ${where})` : ""}, found ${found}`
}

/** What somebody may have meant who goes on like that behind a variant. */
const VARIANT_ADVICE: ReadonlyMap<string, string> = new Map([
  ["'('", ": a variant carries no data, a union of structs does"],
  ["'{'", ": a variant carries no data, a union of structs does"],
  ["':'", ": the value of a variant is written with '='"],
])

/** Types as other languages write them, and defaults of parameters; null where there is none. */
function typeHabit({ found, before, inside, text, from }: ErrorSite): string | null {
  const isBehindType = /^(?:TypeName|NamedType|NullableType|ListType|MapType|ResultType|FunctionType|ReturnType|GenericName)$/.test(
    before[0] ?? "",
  )
  if (!isBehindType && !/\)\s*$/.test(text.slice(Math.max(0, from - 20), from))) return null
  const place = new Set([...before.slice(0, 5), ...inside.slice(0, 3)])
  const isParameter = place.has("ParamList") || place.has("Param")
  const wanted = place.has("StructBody")
    ? "',' or '}' after field type"
    : isParameter
      ? "')' to close parameter list"
      : place.has("VariableDeclaration")
        ? "'=' after variable name"
        : null
  if (!wanted) return null
  if (found === "'['" && isBehindType) return `Expected ${wanted}: the type of a list is written [Int]`
  if (found === "'|'" && isBehindType) return `Expected ${wanted}: a union has a name that is declared before, type U = Str | Int`
  if (found === "'->'" && place.has("FunctionType"))
    return `Expected ${wanted}: the result of a function type stands right behind ')', as in fn(Int) Str`
  if (found === "'='" && isBehindType && isParameter)
    return `Expected ${wanted}, found '=': there are no defaults, but a last parameter of a type T? may be left out`
  return null
}

/** The last of several operators and brackets that stand together: `..` of `1..`, `{` of `("{`. */
function lastToken(previous: string): string {
  return /(?:\.\.|=[->+=]|->|::|[<>!]=|[^\w\s]|\w+)$/.exec(previous)?.[0] ?? previous
}

/** Words that begin something in other languages, and Ard's. */
const HABITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    func: "a function is written fn name(…) { … }",
    function: "a function is written fn name(…) { … }",
    def: "a function is written fn name(…) { … }",
    class: "write 'struct', and 'impl' for its methods",
    interface: "write 'trait'",
    switch: "write 'match'",
    case: "the arms of a match are written value => …",
    elif: "write 'else if'",
    elseif: "write 'else if'",
    var: "write 'let', or 'mut' for what changes",
    const: "write 'let'",
    loop: "write 'while { … }'",
    do: "write 'while { … }'",
    go: "there is no go: see ard/async, async::start(fn() { … })",
    async: "there is no async: see ard/async, async::start(fn() { … })",
    await: "there is no await: see ard/async, fiber.join()",
  }),
)

/** What somebody may have meant who knows other languages; null where nothing speaks for it. */
function otherHabit(site: ErrorSite, wantsValue: boolean): string | null {
  const { text, from, found, previous, before } = site
  const next = text.charAt(from + 1)
  if (found === "'||'") return "there is no '||': write 'or'"
  if (found === "'!'" && wantsValue) return "unmatched primary expression: '!': write 'not'"
  if (found === "'|'" && wantsValue) return "unmatched primary expression: '|': a function without a name is written fn(x: Int) Int { … }"
  if (found === "'+'" && previous === "+") return "there is no '++': write '=+ 1'"
  if (found === "end of line" && previous === "--") return "there is no '--': write '=- 1'"
  if (found === "'/'" && next === "*") return "comments begin with // and end with their line"
  if (found === "':'" && next === "=") return "write 'let', or 'mut' for what changes: there is no ':='"
  if (found === "'?'" && /[\w)"\]]$/.test(previous) && !before.slice(0, 3).some((name) => /Type/.test(name)))
    return "there is no '?' after a value: write 'try' before it, or use if … else, match, .or(…)"
  if (found === "':'" && before[0] === "String" && before.slice(0, 3).includes("Block"))
    return 'braces hold statements: a map is written ["key": value]'
  if (/\blet\s+mut\s*$/.test(text.slice(0, from))) return "write 'mut' alone: it stands in the place of 'let'"
  const lineStart = text.lastIndexOf("\n", from - 1) + 1
  const first = /^\s*(?:\}\s*)?([a-z]+)\b/.exec(text.slice(lineStart, from))?.[1] ?? ""
  const instead = HABITS.get(first)
  return instead && text.slice(lineStart, from).trim().length < 60 && !/^\s*[.(=:]/.test(text.slice(lineStart).replace(/^\s*\w+/, ""))
    ? `found ${found} after '${first}': ${instead}`
    : null
}

/** Semicolons of the C-style loop that the site is in. */
function semicolonsBefore(site: ErrorSite): boolean {
  return /\bfor\b[^;{}\n]*;[^;{}\n]*$/.test(site.text.slice(0, site.from))
}
