// The one walk over the intermediate form: what stands directly in a node, and all nodes of a body. For whoever asks what a
// program contains (plain.ts, recursion.ts, hoist.ts, the operand tests of the emitter); a new kind of node is entered here.
import type { Expr, Stmt } from "./ir.ts"

export type Node = Expr | Stmt

/** The expressions evaluated directly by an expression, in order of evaluation. */
export function childrenOf(e: Expr): readonly Expr[] {
  switch (e.k) {
    case "lit":
    case "var":
    case "ref":
    case "closure":
    case "globals":
      return []
    case "set":
      return [e.to]
    case "op":
    case "call":
    case "new":
      return e.args
    case "callValue":
      return [e.callee, ...e.args]
    case "js":
    case "arith":
    case "numbers":
    case "and":
    case "or":
      return [e.left, e.right]
    case "not":
      return [e.value]
    case "cond":
      return [e.test, e.then, e.else]
    case "defined":
    case "typed":
    case "force":
      return [e.value, ...e.args]
    case "array":
      return e.items
    case "field":
      return [e.object]
    case "setField":
      return [e.object, e.to]
    case "block":
      return [e.value]
  }
}

/** The expressions and statements directly inside a node, in the order of the text. What a `closure` makes is not inside it. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.k) {
    case "expr":
    case "throw":
      return [node.value]
    case "let":
    case "return":
      return node.value ? [node.value] : []
    case "if":
      return [...node.arms.flatMap((arm) => [arm.test, ...arm.body]), ...(node.else ?? [])]
    case "loop":
      return [...(node.test ? [node.test] : []), ...node.body, ...(node.update ?? [])]
    case "each":
      return [node.iterable, ...node.body]
    case "try":
      return [...node.body, ...(node.handler ?? []), ...(node.finally ?? [])]
    case "scope":
      return node.body
    case "break":
    case "continue":
    case "statement":
      return []
    case "block":
      return [...node.body, node.value]
    default:
      return childrenOf(node)
  }
}

/** Visits every node of a body, outer ones first, in the order of the text; without the host's stack, however deep they nest. */
export function walk(body: readonly Stmt[], visit: (node: Node) => void): void {
  const open: Node[] = [...body].reverse()
  for (let node = open.pop(); node; node = open.pop()) {
    visit(node)
    const parts = partsOf(node)
    for (let i = parts.length - 1; i >= 0; i--) open.push(parts[i] as Node)
  }
}
