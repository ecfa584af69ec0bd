// Which functions may run without end without a loop: those that can reach themselves by calls, and those whose value
// escapes (anybody may call them). Their entries are counted as steps. Counted alike in every mode of the emitter, so
// that a schedule does not depend on the mode (design: engine).
import { childrenOf } from "./hoist.ts"
import type { Expr, IrFunction, IrProgram, Stmt } from "./ir.ts"

/** Ids of the functions whose entry must be counted. */
export function recursiveFunctions(program: IrProgram): ReadonlySet<number> {
  const calls = new Map<number, Set<number>>()
  const escaping = new Set<number>()
  const seen = new Set<number>()
  const functions: IrFunction[] = []

  const visitFunction = (fn: IrFunction): void => {
    if (seen.has(fn.id)) return
    seen.add(fn.id)
    functions.push(fn)
    const targets = new Set<number>()
    calls.set(fn.id, targets)
    const visitExpr = (e: Expr): void => {
      if (e.k === "call") targets.add(e.fn.id)
      if (e.k === "ref") escaping.add(e.fn.id)
      if (e.k === "closure") {
        escaping.add(e.fn.id)
        visitFunction(e.fn)
      }
      if (e.k === "block") for (const s of e.body) visitStmt(s)
      for (const child of childrenOf(e)) visitExpr(child)
    }
    const visitStmt = (s: Stmt): void => {
      switch (s.k) {
        case "expr":
        case "throw":
          visitExpr(s.value)
          break
        case "let":
        case "return":
          if (s.value) visitExpr(s.value)
          break
        case "if":
          visitExpr(s.test)
          s.then.forEach(visitStmt)
          s.else?.forEach(visitStmt)
          break
        case "loop":
          if (s.test) visitExpr(s.test)
          s.body.forEach(visitStmt)
          s.update?.forEach(visitStmt)
          break
        case "each":
          visitExpr(s.iterable)
          s.body.forEach(visitStmt)
          break
        case "try":
          s.body.forEach(visitStmt)
          s.handler?.forEach(visitStmt)
          s.finally?.forEach(visitStmt)
          break
        case "scope":
          s.body.forEach(visitStmt)
          break
      }
    }
    fn.body.forEach(visitStmt)
  }
  for (const fn of program.functions) visitFunction(fn)

  const counted = new Set(escaping)
  for (const id of cyclic(calls)) counted.add(id)
  return counted
}

/** Nodes on a cycle of the graph (Tarjan's components, without recursion on the host's stack). */
function cyclic(graph: ReadonlyMap<number, ReadonlySet<number>>): Set<number> {
  const index = new Map<number, number>()
  const low = new Map<number, number>()
  const onStack = new Set<number>()
  const stack: number[] = []
  const found = new Set<number>()
  let next = 0
  for (const root of graph.keys()) {
    if (index.has(root)) continue
    const work: { node: number; edges: Iterator<number> }[] = []
    const open = (node: number) => {
      index.set(node, next)
      low.set(node, next++)
      stack.push(node)
      onStack.add(node)
      work.push({ node, edges: (graph.get(node) ?? new Set<number>()).values() })
    }
    open(root)
    while (work.length > 0) {
      const frame = work[work.length - 1] as { node: number; edges: Iterator<number> }
      const edge = frame.edges.next()
      if (!edge.done) {
        const target = edge.value
        if (!graph.has(target)) continue
        if (!index.has(target)) open(target)
        else if (onStack.has(target)) low.set(frame.node, Math.min(low.get(frame.node) as number, index.get(target) as number))
        continue
      }
      work.pop()
      const parent = work[work.length - 1]
      if (parent) low.set(parent.node, Math.min(low.get(parent.node) as number, low.get(frame.node) as number))
      if (low.get(frame.node) !== index.get(frame.node)) continue
      const component: number[] = []
      for (;;) {
        const node = stack.pop() as number
        onStack.delete(node)
        component.push(node)
        if (node === frame.node) break
      }
      if (component.length > 1 || graph.get(frame.node)?.has(frame.node)) for (const node of component) found.add(node)
    }
  }
  return found
}
