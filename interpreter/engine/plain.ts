// Fast mode: which functions need no generator. A generator costs some 60 ns a call, a plain function 2 to 5; but a plain
// function cannot stop in the middle, so it must be known beforehand that it never has to. Two kinds are sure of that:
//
//   bounded  no loop, no recursion, at most PLAIN_CALLS calls in all, nothing that waits: done before anybody could notice.
//            It may have effects. Called where at least PLAIN_CALLS steps of fuel and frames of depth are left, and, where
//            statements are counted, more statements than it can begin before the one to stop at.
//   free     nothing that waits and no effect that outlives the call, but loops or recursion: it may run for long. When it
//            runs out of fuel at a bad moment, gets too deep, comes to the statement to stop at or fails, the call is
//            abandoned, the counters are set back and the same call runs again as a generator (machine.ts). Nobody can see
//            that it began before.
//
// All others are generators only. Counted steps, the place of the last call and every fault are the same in both forms.
import type { IrFunction, IrProgram } from "./ir.ts"
import { walk } from "./walk.ts"

export type PlainKind = "bounded" | "free"

/** Most calls, and so most frames and most counted entries, of one call of a bounded function, itself among them. */
export const PLAIN_CALLS = 16

/** How the functions of a program may be called without a generator. */
export interface PlainFunctions {
  /** By the function's id; functions that may not are left out. Closures are bounded or nothing. */
  readonly kinds: ReadonlyMap<number, PlainKind>
  /** Statements that one call of a bounded function begins at the most, with those of the calls in it. */
  readonly mostStatements: number
}

interface Facts {
  statements: number
  waits: boolean
  loops: boolean
  effects: boolean
  readonly calls: IrFunction[]
}

export function plainFunctions(program: IrProgram): PlainFunctions {
  const facts = new Map<number, Facts>()
  const closures: IrFunction[] = []
  for (const fn of program.functions) facts.set(fn.id, factsOf(fn, program.effectFree, closures))
  // The list grows while closures in closures are found.
  for (const fn of closures) facts.set(fn.id, factsOf(fn, program.effectFree, closures))
  const free = withCallees(facts, (it) => !it.waits && !it.effects)
  const counts = callCounts(facts)
  const kinds = new Map<number, PlainKind>()
  let statements = 0
  for (const [id, it] of facts) {
    if ((counts.get(id) ?? Number.POSITIVE_INFINITY) > PLAIN_CALLS) continue
    kinds.set(id, "bounded")
    statements = Math.max(statements, it.statements)
  }
  for (const { id } of program.functions) if (!kinds.has(id) && free.has(id)) kinds.set(id, "free")
  // A free function calls free ones only: a bounded one with effects could not be abandoned.
  return { kinds, mostStatements: PLAIN_CALLS * statements }
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
  const found: Facts = { statements: 0, waits: false, loops: false, effects: false, calls: [] }
  const operation = (name: string, waits: boolean): void => {
    if (waits) found.waits = true
    if (!effectFree.has(name)) found.effects = true
  }
  walk(fn.body, (node) => {
    switch (node.k) {
      case "statement":
        found.statements++
        break
      case "set":
        if (node.variable.storage === "global") found.effects = true
        break
      case "setField":
        found.effects = true
        break
      case "op":
      case "numbers":
        operation(node.name, node.mode !== "pure")
        break
      case "arith":
        operation(node.op, false)
        break
      case "typed":
      case "defined":
        operation(node.name, false)
        break
      case "call":
        found.calls.push(node.fn)
        break
      case "closure":
        closures.push(node.fn)
        found.waits = true
        break
      case "loop":
        found.loops = true
        break
      case "callValue":
      case "force":
      // The runtime's own iterators may be anything.
      case "each":
      // What abandons a call must pass through it.
      case "try":
        found.waits = true
        break
    }
  })
  return found
}
