// Visits every expression and statement of a checked program, functions in functions too. Used by the passes that look at
// the whole program before it is lowered.
import type { Expr, Statement } from "../syntax/ast.ts"

/** The expressions and statements directly inside an expression. */
function partsOf(expr: Expr): readonly (Expr | Statement)[] {
  switch (expr.kind) {
    case "int":
    case "float":
    case "bool":
    case "void":
    case "name":
    case "self":
    case "path":
    case "extern":
      return []
    case "string":
      return expr.parts.filter((part) => typeof part !== "string")
    case "member":
      return [expr.object]
    case "call":
      return [expr.callee, ...expr.args.map((arg) => arg.value)]
    case "unary":
      return [expr.operand]
    case "binary":
      return [expr.left, expr.right]
    case "compare":
      return expr.operands
    case "range":
      return [expr.start, expr.end]
    case "list":
      return expr.items
    case "map":
      return expr.entries.flatMap((entry) => [entry.key, entry.value])
    case "struct":
      return expr.fields.map((field) => field.value)
    case "match":
      return [...(expr.subject ? [expr.subject] : []), ...expr.arms.flatMap((arm) => (arm.pattern ? [arm.pattern, arm.body] : [arm.body]))]
    case "try":
      return [expr.operand, ...(expr.catch?.block ? [expr.catch.block] : []), ...(expr.catch?.handler ? [expr.catch.handler] : [])]
    case "if":
      return [expr.condition, expr.body, ...(expr.else ? [expr.else] : [])]
    case "block":
      return expr.statements
    case "function":
      return [expr.body]
  }
}

/** The expressions and statements directly inside a statement. */
function partsOfStatement(statement: Statement): readonly (Expr | Statement)[] {
  switch (statement.kind) {
    case "let":
    case "expr":
      return [statement.value]
    case "assign":
      return [statement.target, statement.value]
    case "while":
      return statement.condition ? [statement.condition, statement.body] : [statement.body]
    case "forIn":
      return [statement.iterable, statement.body]
    case "for":
      return [statement.init, statement.condition, statement.update, statement.body]
    case "impl":
      return statement.methods
    case "use":
    case "break":
    case "type":
    case "enum":
    case "struct":
    case "trait":
      return []
  }
}

const STATEMENTS: ReadonlySet<string> = new Set([
  "use",
  "let",
  "assign",
  "while",
  "forIn",
  "for",
  "break",
  "expr",
  "type",
  "enum",
  "trait",
  "impl",
])

/** A struct's declaration and a struct's literal have one kind name; declarations have no type. */
function isStatement(part: Expr | Statement): part is Statement {
  return STATEMENTS.has(part.kind) || (part.kind === "struct" && !("type" in part))
}

/** Calls `visit` for every expression below the given parts, outer ones first. */
export function walk(parts: readonly (Expr | Statement)[], visit: (expr: Expr) => void): void {
  const work: (Expr | Statement)[] = [...parts].reverse()
  for (let next = work.pop(); next; next = work.pop()) {
    if (!isStatement(next)) visit(next)
    const inner = isStatement(next) ? partsOfStatement(next) : partsOf(next)
    for (let i = inner.length - 1; i >= 0; i--) work.push(inner[i] as Expr | Statement)
  }
}
