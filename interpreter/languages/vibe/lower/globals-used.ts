// Which globals a function can touch, itself or through what it calls: an async call copies these and no others (SPEC 11.6
// says all, and nobody can tell; copying a list of thousands for each of thousands of calls would be felt). Told from the
// intermediate form. Function values may be any function whose value is taken; a model call may run any tool.
import { globalKey } from "../../../engine/emit.ts"
import { childrenOf } from "../../../engine/hoist.ts"
import type { Expr, IrFunction, IrProgram, Stmt } from "../../../engine/ir.ts"

interface Direct {
  readonly keys: Set<string>
  readonly calls: Set<IrFunction>
  callsValues: boolean
  asks: boolean
}

const CALL_VALUES = new Set(["callable", "method", "push", "startValue"])
const ASK = new Set(["ask", "startAsk", "loopExit"])

/** Keys of the globals object, by the id of each function. */
export function globalsUsed(program: IrProgram): ReadonlyMap<number, readonly string[]> {
  const direct = new Map<IrFunction, Direct>()
  const taken = new Set<IrFunction>()
  const tools = new Set<IrFunction>()
  for (const fn of program.functions) direct.set(fn, lookAt(fn, taken, tools))
  const used = new Map<number, readonly string[]>()
  for (const fn of program.functions) used.set(fn.id, closure(fn, direct, taken, tools))
  return used
}

function closure(
  fn: IrFunction,
  direct: ReadonlyMap<IrFunction, Direct>,
  taken: ReadonlySet<IrFunction>,
  tools: ReadonlySet<IrFunction>,
): string[] {
  const keys = new Set<string>()
  const reached = new Set<IrFunction>([fn])
  for (const one of reached) {
    const found = direct.get(one)
    if (!found) continue
    for (const key of found.keys) keys.add(key)
    for (const next of found.calls) reached.add(next)
    if (found.callsValues) for (const next of taken) reached.add(next)
    if (found.asks) for (const next of tools) reached.add(next)
  }
  return [...keys]
}

function lookAt(fn: IrFunction, taken: Set<IrFunction>, tools: Set<IrFunction>): Direct {
  const found: Direct = { keys: new Set(), calls: new Set(), callsValues: false, asks: false }
  const expr = (e: Expr): void => {
    if ((e.k === "var" || e.k === "set") && e.variable.storage === "global") found.keys.add(globalKey(e.variable))
    else if (e.k === "call") found.calls.add(e.fn)
    else if (e.k === "callValue") found.callsValues = true
    else if (e.k === "op") {
      if (CALL_VALUES.has(e.name)) found.callsValues = true
      if (ASK.has(e.name)) found.asks = true
      for (const arg of e.args) {
        if (arg.k !== "ref") continue
        if (e.name === "functionValue") taken.add(arg.fn)
        else if (e.name === "tool") tools.add(arg.fn)
        else found.calls.add(arg.fn)
      }
    } else if (e.k === "block") statements(e.body)
    for (const child of childrenOf(e)) expr(child)
  }
  const statements = (list: readonly Stmt[]): void => list.forEach(statement)
  const statement = (s: Stmt): void => {
    switch (s.k) {
      case "expr":
      case "throw":
        expr(s.value)
        break
      case "let":
      case "return":
        if (s.value) expr(s.value)
        break
      case "if":
        expr(s.test)
        statements(s.then)
        if (s.else) statements(s.else)
        break
      case "loop":
        if (s.test) expr(s.test)
        statements(s.body)
        if (s.update) statements(s.update)
        break
      case "each":
        expr(s.iterable)
        statements(s.body)
        break
      case "try":
        statements(s.body)
        if (s.handler) statements(s.handler)
        if (s.finally) statements(s.finally)
        break
      case "scope":
        statements(s.body)
        break
      case "break":
      case "continue":
      case "statement":
        break
    }
  }
  statements(fn.body)
  return found
}
