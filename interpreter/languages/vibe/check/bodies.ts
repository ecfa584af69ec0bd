// What can be said of a list of statements by its shape alone: whether it always ends in a result, what `async` may start,
// and statements that look like typing errors.
import { bare, branchesOf, type Expr, type IfStmt, type Span, type Stmt, type VarStmt } from "../syntax/ast.ts"

/** Every path returns, throws, or ends in an expression, which is then the result (SPEC 4.5). */
export function alwaysEnds(body: readonly Stmt[]): boolean {
  const last = body[body.length - 1]
  if (!last) return false
  if (last.k === "return" || last.k === "throw" || last.k === "expr") return true
  if (last.k === "block") return alwaysEnds(last.body)
  if (last.k !== "if") return false
  for (let at: IfStmt = last; ; ) {
    if (!alwaysEnds(at.body.body) || !at.otherwise) return false
    if (at.otherwise.k === "block") return alwaysEnds(at.otherwise.body)
    at = at.otherwise
  }
}

/** The statements whose value a function gives when it ends without `return`. */
export function resultsOf(body: readonly Stmt[], into = new Set<Stmt>()): ReadonlySet<Stmt> {
  const last = body[body.length - 1]
  if (last?.k === "expr") into.add(last)
  else if (last?.k === "block") resultsOf(last.body, into)
  else if (last?.k === "if") {
    for (const at of branchesOf(last)) {
      resultsOf(at.body.body, into)
      if (at.otherwise?.k === "block") resultsOf(at.otherwise.body, into)
    }
  }
  return into
}

/** A text written where a prompt is wanted, alone or put together with `+`: its strings are prompts (SPEC 2.3). */
export function isWrittenText(e: Expr): boolean {
  let inner = bare(e)
  for (; inner.k === "binary" && inner.op === "+"; inner = bare(inner.left)) if (isWrittenText(inner.right)) return true
  return inner.k === "string"
}

export function isVariableStatement(what: VarStmt | Expr): what is VarStmt {
  return what.k === "let" || what.k === "const"
}

/** What `async` may start (SPEC 11.1). */
export function startsSomething(e: Expr): boolean {
  return e.k === "ask" || e.k === "ts" || e.k === "call" || e.k === "missing"
}

const IDLE = new Set(["number", "string", "boolean", "null", "variable", "array", "object"])

/**
 * Statements need no separator, so a missing comma or operator makes two statements of one (`print "x"`): calls `warn` for
 * every statement that does nothing and begins on the line where another ends.
 */
export function suspects(list: readonly Stmt[], lineAt: (offset: number) => number, warn: (span: Span) => void): void {
  let previous: Stmt | null = null
  for (const s of list) {
    const value = s.k === "expr" ? s.value : null
    if (previous && value && IDLE.has(value.k) && lineAt(previous.to) === lineAt(value.from)) warn(value)
    previous = s
    for (const inner of bodiesOf(s)) suspects(inner, lineAt, warn)
  }
}

/** The statement lists inside a statement. */
function bodiesOf(s: Stmt): (readonly Stmt[])[] {
  switch (s.k) {
    case "function":
    case "tool":
    case "for":
    case "while":
      return [s.body.body]
    case "block":
      return [s.body]
    case "export":
      return bodiesOf(s.declaration)
    case "if":
      return branchesOf(s).flatMap((it) => (it.otherwise?.k === "block" ? [it.body.body, it.otherwise.body] : [it.body.body]))
    default:
      return []
  }
}
