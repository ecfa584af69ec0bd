// Which functions may run without end without a loop: those that can reach themselves by calls, and those whose value
// escapes (anybody may call them). Their entries are counted as steps. Counted alike in every mode of the emitter, so
// that a schedule does not depend on the mode (design: engine).
import type { IrProgram } from "./ir.ts"
import { walk } from "./walk.ts"

/** Ids of the functions whose entry must be counted. */
export function recursiveFunctions(program: IrProgram): ReadonlySet<number> {
  const calls = new Map<number, Set<number>>()
  const escaping = new Set<number>()
  // The list grows while closures are found.
  const functions = [...program.functions]
  for (const fn of functions) {
    if (calls.has(fn.id)) continue
    const targets = new Set<number>()
    calls.set(fn.id, targets)
    walk(fn.body, (node) => {
      if (node.k === "call") targets.add(node.fn.id)
      else if (node.k === "ref") escaping.add(node.fn.id)
      else if (node.k === "closure") {
        escaping.add(node.fn.id)
        functions.push(node.fn)
      }
    })
  }
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
