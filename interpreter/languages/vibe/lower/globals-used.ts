// Which globals a function can touch, itself or through what it calls: an async call copies these and no others (SPEC 11.6
// says all, and nobody can tell; copying a list of thousands for each of thousands of calls would be felt). Told from the
// intermediate form. Function values may be any function whose value is taken; a model call may run any tool.
import { globalKey } from "../../../engine/emit.ts"
import type { IrFunction, IrProgram } from "../../../engine/ir.ts"
import { walk } from "../../../engine/walk.ts"

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
  walk(fn.body, (node) => {
    if ((node.k === "var" || node.k === "set") && node.variable.storage === "global") found.keys.add(globalKey(node.variable))
    else if (node.k === "call") found.calls.add(node.fn)
    else if (node.k === "callValue") found.callsValues = true
    else if (node.k === "op") {
      if (CALL_VALUES.has(node.name)) found.callsValues = true
      if (ASK.has(node.name)) found.asks = true
      for (const arg of node.args) {
        if (arg.k !== "ref") continue
        if (node.name === "functionValue") taken.add(arg.fn)
        else if (node.name === "tool") tools.add(arg.fn)
        else found.calls.add(arg.fn)
      }
    }
  })
  return found
}
