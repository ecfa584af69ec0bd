// Finds nodes of the AST by place. The AST is data: every node is an object with `from` and `to`, children are its fields.
import type { CallExpr, Expr, LetStatement, MatchExpr, MemberExpr, ModuleNode } from "../syntax/ast.ts"

/** Fields that the checker fills in: they point out of the tree. */
const OUTSIDE = new Set([
  "type",
  "coercions",
  "errorCoercions",
  "symbol",
  "target",
  "meaning",
  "local",
  "self",
  "params_",
  "result",
  "cursorSymbol",
  "indexSymbol",
  "fiber",
  "bindings",
  "resolved",
])

/** Calls `enter` for every expression that contains the offset (ends included), outermost first. */
export function expressionsAt(module: ModuleNode, offset: number, enter: (expr: Expr) => void): void {
  nodesAt(module, offset, (node) => {
    if ("coercions" in node && "type" in node) enter(node as unknown as Expr)
  })
}

/** Where the names stand whose values contain the offset: they do not mean anything there yet. */
export function letsAround(module: ModuleNode, offset: number): Set<number> {
  const found = new Set<number>()
  nodesAt(module, offset, (node) => {
    const statement = node as unknown as LetStatement
    if (statement.kind === "let") found.add(statement.name.from)
  })
  return found
}

function nodesAt(module: ModuleNode, offset: number, enter: (node: Readonly<Record<string, unknown>>) => void): void {
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return
    if (Array.isArray(node)) {
      for (const it of node) visit(it)
      return
    }
    const record = node as Record<string, unknown>
    if (typeof record["from"] === "number" && typeof record["to"] === "number") {
      if (record["from"] > offset || record["to"] < offset) return
    }
    enter(record)
    const isAssignment = record["kind"] === "assign"
    for (const key of Object.keys(record)) if (!OUTSIDE.has(key) || (key === "target" && isAssignment)) visit(record[key])
  }
  visit(module.statements)
}

export function memberAt(module: ModuleNode, offset: number): MemberExpr | null {
  let found: MemberExpr | null = null
  expressionsAt(module, offset, (expr) => {
    if (expr.kind === "member" && expr.name.from <= offset && offset <= expr.name.to) found = expr
  })
  return found
}

export function matchAt(module: ModuleNode, offset: number): MatchExpr | null {
  let found: MatchExpr | null = null
  expressionsAt(module, offset, (expr) => {
    if (expr.kind === "match" && offset < expr.to) found = expr
  })
  return found
}

/** The call whose arguments begin with the parenthesis at `paren`. */
export function callWith(module: ModuleNode, paren: number): CallExpr | null {
  let found: CallExpr | null = null
  expressionsAt(module, paren, (expr) => {
    if (expr.kind === "call" && expr.argsFrom === paren) found = expr
  })
  return found
}
