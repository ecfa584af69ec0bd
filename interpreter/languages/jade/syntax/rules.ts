// Rules of the syntax that are easier and friendlier as checks over the tree than as grammar (SPEC 1.1, 1.5, 2): where
// return, yield, break, continue and fn may stand, what can be assigned to, `?a.b`, escapes, integer bounds, positional
// arguments after named ones. Used by parse.ts.
import type { SyntaxNode, Tree } from "@lezer/common"
import { type SyntaxFinding, shownCharacter } from "../../syntax-errors.ts"

const SMALLEST_MAGNITUDE = 4611686018427387904n

type Place = { readonly from: number; readonly to: number }

export function syntaxRules(tree: Tree, text: string): SyntaxFinding[] {
  const found: SyntaxFinding[] = []
  // Around an error any child may be missing: nothing to report on then.
  const report = (node: Place | null | undefined, kind: string, message: string) => {
    if (node) found.push({ from: node.from, to: node.to, kind, message })
  }
  /** What encloses the current node, innermost last. */
  const scopes: ("function" | "loop")[] = []
  tree.iterate({
    enter(ref) {
      const rule = RULES[ref.name]
      if (rule) rule(ref.node, { text, report, scopes })
      const scope = scopeOf(ref.name)
      if (scope) scopes.push(scope)
    },
    leave(ref) {
      if (scopeOf(ref.name)) scopes.pop()
    },
  })
  return found
}

function scopeOf(name: string): "function" | "loop" | null {
  if (name === "FunctionDeclaration" || name === "Closure") return "function"
  return name === "ForStatement" || name === "WhileStatement" ? "loop" : null
}

interface Surroundings {
  readonly text: string
  readonly scopes: readonly ("function" | "loop")[]
  report(node: Place | null | undefined, kind: string, message: string): void
}

/** The grammar lets every character past ASCII into a name; the language only letters and digits (SPEC 1.1). */
function lettersAndDigits(node: SyntaxNode, { text, report }: Surroundings): void {
  const odd = /[^\p{Alphabetic}\p{N}_:\s]/u.exec(text.slice(node.from, node.to))
  if (!odd) return
  const from = node.from + odd.index
  report(
    { from, to: from + odd[0].length },
    "UnexpectedChar",
    `unexpected character ${shownCharacter(odd[0], 0)}: names are made of letters, digits and '_'`,
  )
}

type Rule = (node: SyntaxNode, around: Surroundings) => void

const NAMES =
  "VariableName VariableDefinition PropertyName TypeName TypeDefinition ModuleName FieldDefinition ArgumentName DecoratorName".split(" ")

const RULES: Record<string, Rule> = {
  ...Object.fromEntries(NAMES.map((name): [string, Rule] => [name, lettersAndDigits])),
  FunctionDeclaration(node, { scopes, report }) {
    if (!scopes.includes("function")) return
    const word = node.getChild("async") ?? node.getChild("fn")
    report(word, "NestedFunction", "functions cannot be nested: declare this one at top level")
  },
  ReturnStatement(node, { scopes, report }) {
    if (!scopes.includes("function")) report(node.firstChild, "ReturnOutsideFunction", "'return' outside of a function")
  },
  YieldStatement(node, { scopes, report }) {
    if (!scopes.includes("function")) report(node.firstChild, "YieldOutsideFunction", "'yield' outside of a function")
  },
  BreakStatement(node, { scopes, report }) {
    if (scopes[scopes.length - 1] !== "loop") report(node, "BreakOutsideLoop", "'break' outside a loop of this function")
  },
  ContinueStatement(node, { scopes, report }) {
    if (scopes[scopes.length - 1] !== "loop") report(node, "ContinueOutsideLoop", "'continue' outside a loop of this function")
  },
  Dereference(node, { text, report }) {
    const chain = node.lastChild
    if (chain?.name !== "MemberExpression" || !chain.firstChild || !chain.lastChild) return
    const object = text.slice(chain.firstChild.from, chain.firstChild.to)
    const field = text.slice(chain.lastChild.from, chain.lastChild.to)
    report(chain.firstChild, "PrefixDerefOnField", `prefix '?' cannot take a field: write ${object}.(?${field}) or ${object}~>${field}`)
  },
  AssignStatement(node, { report }) {
    const target = node.firstChild
    if (!target || target.type.isError) return
    const good =
      target.name === "VariableName" ||
      target.name === "SelfField" ||
      ((target.name === "MemberExpression" || target.name === "IndexExpression") && target.firstChild?.name === "VariableName")
    if (good) return
    report(node.getChild("="), "UnexpectedToken", "expected end of line, found '=': only x, x.field, x[i] and .field can be assigned to")
  },
  StructExpression(node, { report }) {
    const path = node.getChild("MemberExpression")
    if (path && path.firstChild?.name !== "VariableName")
      report(path, "UnexpectedToken", "expected a type: Name or module.Name, found an expression")
  },
  ArgList(node, { report }) {
    let named = false
    for (let part = node.firstChild; part; part = part.nextSibling) {
      if (part.name === "NamedArgument") named = true
      else if (named && part.type.is("Expression")) {
        report(part, "UnexpectedToken", "expected a named argument, found a positional one: these come first")
      }
    }
  },
  Integer(node, { text, report }) {
    const value = BigInt(text.slice(node.from, node.to))
    if (value < SMALLEST_MAGNITUDE) return
    const parent = node.parent
    const negated = parent?.name === "UnaryExpression" && text.charAt(parent.from) === "-"
    if (value === SMALLEST_MAGNITUDE && negated) return
    report(node, "LiteralOverflow", "this integer literal overflows: the largest integer is 4611686018427387903")
  },
  Escape(node, { text, report }) {
    const string = node.parent
    if (!string) return
    const quote = text
      .slice(string.from, string.from + 2)
      .replace(/^f/, "")
      .charAt(0)
    const char = String.fromCodePoint(text.codePointAt(node.from + 1) ?? 32)
    if (`\\ntr${quote}${string.name === "FString" ? "{}" : ""}`.includes(char)) return
    const place = { from: node.from + 1, to: node.from + 1 + char.length }
    report(place, "UnexpectedChar", `unexpected character '${char}' after '\\': the escapes are \\\\ \\n \\t \\r and the quote`)
  },
}
