// Makes `block` expressions disappear: the statements inside an expression move in front of it, and whatever was to be
// evaluated before them is saved in temporaries first, so that the order of evaluation stays. The emitter calls this for
// every expression that contains a block; all others pass untouched.
import { declare, type Expr, expr, type IrBuilder, read, type Stmt, set, type Variable, when } from "./ir.ts"
import { childrenOf } from "./walk.ts"

const containsBlock = new WeakMap<Expr, boolean>()

function withChildren(e: Expr, children: readonly Expr[]): Expr {
  const [first, second] = children as [Expr, Expr]
  switch (e.k) {
    case "set":
      return { ...e, to: first }
    case "op":
    case "call":
    case "new":
      return { ...e, args: children }
    case "callValue":
      return { ...e, callee: first, args: children.slice(1) }
    case "js":
    case "arith":
    case "numbers":
    case "and":
    case "or":
      return { ...e, left: first, right: second }
    case "not":
      return { ...e, value: first }
    case "defined":
    case "typed":
    case "force":
      return { ...e, value: first, args: children.slice(1) }
    case "array":
      return { ...e, items: children }
    case "field":
      return { ...e, object: first }
    case "setField":
      return { ...e, object: first, to: second }
    default:
      return e
  }
}

export function hasBlock(e: Expr): boolean {
  let known = containsBlock.get(e)
  if (known === undefined) {
    known = e.k === "block" || childrenOf(e).some(hasBlock)
    containsBlock.set(e, known)
  }
  return known
}

/** An expression without blocks that has the same value once the statements pushed to `out` have run. */
export function hoist(e: Expr, out: Stmt[], builder: Pick<IrBuilder, "local">): Expr {
  if (!hasBlock(e)) return e
  if (e.k === "block") {
    for (const s of e.body) out.push(s)
    return hoist(e.value, out, builder)
  }
  if (e.k === "and" || e.k === "or" || e.k === "cond") return hoistBranches(e, out, builder)
  const children = childrenOf(e)
  const lastWithBlock = children.findLastIndex(hasBlock)
  const flat = children.map((child, i) => {
    const value = hoist(child, out, builder)
    return i < lastWithBlock ? saved(value, out, builder) : value
  })
  return withChildren(e, flat)
}

function hoistBranches(e: Expr & { k: "and" | "or" | "cond" }, out: Stmt[], builder: Pick<IrBuilder, "local">): Expr {
  const first = e.k === "cond" ? e.test : e.left
  const test = hoist(first, out, builder)
  const result = builder.local()
  out.push(declare(result))
  const assign = (value: Expr): Stmt[] => {
    const body: Stmt[] = []
    const flat = hoist(value, body, builder)
    body.push(expr(set(result, flat)))
    return body
  }
  if (e.k === "cond") out.push(when(test, assign(e.then), assign(e.else)))
  else {
    out.push(expr(set(result, test)))
    out.push(e.k === "and" ? when(read(result), assign(e.right)) : when({ k: "not", value: read(result) }, assign(e.right)))
  }
  return read(result)
}

function saved(value: Expr, out: Stmt[], builder: Pick<IrBuilder, "local">): Expr {
  if (value.k === "lit" || value.k === "ref" || value.k === "globals") return value
  const temporary: Variable = builder.local()
  out.push(declare(temporary, value))
  return read(temporary)
}
