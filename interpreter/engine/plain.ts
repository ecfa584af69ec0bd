// Fast mode: which functions need no generator. A generator costs some 60 ns a call, a plain function 2 to 5; but a plain
// function cannot stop in the middle, so it must be known beforehand that it never has to. Two kinds are sure of that:
//
//   bounded  no loop, no recursion, at most PLAIN_CALLS calls in all, nothing that waits: done before anybody could notice.
//            It may have effects. Called where at least PLAIN_CALLS steps of fuel and frames of depth are left.
//   free     nothing that waits and no effect that outlives the call, but loops or recursion: it may run for long. When it
//            runs out of fuel at a bad moment, gets too deep or fails, the call is abandoned, the counters are set back and
//            the same call runs again as a generator (machine.ts). Nobody can see that it began before.
//
// All others are generators only. Counted steps, the place of the last call and every fault are the same in both forms.
import { childrenOf } from "./hoist.ts"
import type { Expr, IrFunction, IrProgram, Stmt } from "./ir.ts"

export type PlainKind = "bounded" | "free"

/** Most calls, and so most frames and most counted entries, of one call of a bounded function, itself among them. */
export const PLAIN_CALLS = 16

interface Facts {
  waits: boolean
  loops: boolean
  effects: boolean
  readonly calls: IrFunction[]
}

/** How each function may be called without a generator; functions that may not are left out. Closures are bounded or nothing. */
export function plainFunctions(program: IrProgram): ReadonlyMap<number, PlainKind> {
  const facts = new Map<number, Facts>()
  const closures: IrFunction[] = []
  for (const fn of program.functions) facts.set(fn.id, factsOf(fn, program.effectFree, closures))
  // The list grows while closures in closures are found.
  for (const fn of closures) facts.set(fn.id, factsOf(fn, program.effectFree, closures))
  const free = withCallees(facts, (it) => !it.waits && !it.effects)
  const counts = callCounts(facts)
  const kinds = new Map<number, PlainKind>()
  for (const id of facts.keys()) if ((counts.get(id) ?? Number.POSITIVE_INFINITY) <= PLAIN_CALLS) kinds.set(id, "bounded")
  for (const { id } of program.functions) if (!kinds.has(id) && free.has(id)) kinds.set(id, "free")
  // A free function calls free ones only: a bounded one with effects could not be abandoned.
  return kinds
}

/** The greatest set of functions that pass the test and call only functions of the set. */
function withCallees(facts: ReadonlyMap<number, Facts>, test: (facts: Facts) => boolean): Set<number> {
  const callers = new Map<number, number[]>()
  const found = new Set<number>()
  const dropped: number[] = []
  for (const [id, it] of facts) {
    if (test(it)) found.add(id)
    else dropped.push(id)
    for (const { id: callee } of it.calls) {
      const list = callers.get(callee)
      if (list) list.push(id)
      else callers.set(callee, [id])
    }
  }
  for (let id = dropped.pop(); id !== undefined; id = dropped.pop()) {
    for (const caller of callers.get(id) ?? []) if (found.delete(caller)) dropped.push(caller)
  }
  return found
}

/** Calls that one call of a function comes to, itself included; infinity where loops, recursion or waits make that unknown. */
function callCounts(facts: ReadonlyMap<number, Facts>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const count = (id: number, depth: number): number => {
    const known = counts.get(id)
    if (known !== undefined) return known
    const it = facts.get(id)
    if (!it || it.waits || it.loops || depth > PLAIN_CALLS) return Number.POSITIVE_INFINITY
    // Until it is known: a call that comes back here is a recursion.
    counts.set(id, Number.POSITIVE_INFINITY)
    let sum = 1
    for (const callee of it.calls) {
      sum += count(callee.id, depth + 1)
      if (sum > PLAIN_CALLS) break
    }
    if (sum <= PLAIN_CALLS) counts.set(id, sum)
    return sum
  }
  for (const id of facts.keys()) count(id, 0)
  return counts
}

/** `closures` takes the functions that are made inside. */
function factsOf(fn: IrFunction, effectFree: ReadonlySet<string>, closures: IrFunction[]): Facts {
  const found: Facts = { waits: false, loops: false, effects: false, calls: [] }
  const visitExpr = (e: Expr): void => {
    switch (e.k) {
      case "set":
        if (e.variable.storage === "global") found.effects = true
        break
      case "op":
        if (e.mode !== "pure") found.waits = true
        if (!effectFree.has(e.name)) found.effects = true
        break
      case "numbers":
        if (e.mode !== "pure") found.waits = true
        if (!effectFree.has(e.name)) found.effects = true
        break
      case "arith":
        if (!effectFree.has(e.op)) found.effects = true
        break
      case "typed":
      case "defined":
        if (!effectFree.has(e.name)) found.effects = true
        break
      case "call":
        found.calls.push(e.fn)
        break
      case "callValue":
      case "force":
        found.waits = true
        break
      case "closure":
        closures.push(e.fn)
        found.waits = true
        break
      case "setField":
        found.effects = true
        break
      case "block":
        e.body.forEach(visitStmt)
        break
    }
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
        found.loops = true
        if (s.test) visitExpr(s.test)
        s.body.forEach(visitStmt)
        s.update?.forEach(visitStmt)
        break
      case "each":
        // The runtime's own iterators may be anything.
        found.waits = true
        break
      case "try":
        // What abandons a call must pass through it.
        found.waits = true
        break
      case "scope":
        s.body.forEach(visitStmt)
        break
    }
  }
  fn.body.forEach(visitStmt)
  return found
}
