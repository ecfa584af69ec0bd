// Calls that start a fiber (section 14.3, 14.8): what may become one, the wall around its body, and the constants and
// channels that must be at hand before it begins.
import type { Fix } from "../../../source/diagnostic.ts"
import type { Argument, CallExpr, Expr } from "../syntax/ast.ts"
import type { FunctionSymbol, LocalSymbol, ModuleVariable } from "./checked.ts"
import type { Context } from "./context.ts"
import { check, coerce, instantiate, mismatch, settle } from "./expressions.ts"
import { checkLambda } from "./functions.ts"
import { isolated, lookUp, sourceText } from "./names.ts"
import { isChannel, shallow } from "./relations.ts"
import { type Fiber, findLocal } from "./scope.ts"
import type { Type } from "./types.ts"

/** The argument of start and eval: a lambda, or a function of a module by its name or path (14.3). */
export function startFiber(cx: Context, call: CallExpr, arg: Argument, type: Type, isEval: boolean): void {
  const value = arg.value
  const fiber: Fiber = { outer: cx.frame?.fiber ?? null, channels: new Set<LocalSymbol>(), uses: { direct: new Set(), nested: new Set() } }
  const around = cx.uses
  cx.uses = fiber.uses
  const got = fiberValue(cx, value, type, fiber)
  cx.uses = around
  if (around) {
    for (const it of fiber.uses.direct) around.nested.add(it)
    for (const it of fiber.uses.nested) around.nested.add(it)
  }
  value.type = got
  const steps = settle(got, type)
  if (steps) coerce(cx, value, steps)
  else mismatch(cx, value, type, got)
  cx.fibers.push({ call, isEval, value, fiber })
}

function fiberValue(cx: Context, value: Expr, type: Type, fiber: Fiber): Type {
  if (value.kind === "function" && !value.name) return checkLambda(cx, value, type, fiber)
  if (value.kind === "name") {
    const local = findLocal(cx.scope, value.name)
    if (!local) {
      const symbol = cx.findValue(value.name)
      if (symbol?.kind === "function") {
        value.symbol = lookUp(cx, value)
        return instantiate(symbol)
      }
    } else {
      cx.record(value, local.symbol)
      value.symbol = local.symbol
      if (shallow(local.symbol.type).kind === "function") isolated(cx, value, value.name, local.symbol)
      return local.symbol.type
    }
  }
  const got = check(cx, value, type)
  if (value.kind === "path" && value.target?.kind === "function") return got
  if (shallow(got).kind === "function") isolated(cx, value, sourceText(cx, value), null, inLambda(value))
  return got
}

/** A constant that holds a function may be called in the fiber, though it cannot become one. */
function inLambda(value: Expr): Fix[] {
  const isConstant = value.kind === "name" ? value.symbol?.kind === "variable" && !value.symbol.mutable : value.kind === "path"
  if (!isConstant) return []
  const edits = [
    { from: value.from, to: value.from, insert: "fn() { " },
    { from: value.to, to: value.to, insert: "() }" },
  ]
  return [{ title: "Call it in a function without a name", edits }]
}

/** Fills in what every fiber of the module needs; called when all bodies are checked. */
export function finishFibers(cx: Context): void {
  for (const { call, isEval, value, fiber } of cx.fibers) {
    const constants = new Set<ModuleVariable>()
    const channels = new Set<LocalSymbol | ModuleVariable>(fiber.channels)
    const direct = new Set<FunctionSymbol | ModuleVariable>()
    const nested = new Set<FunctionSymbol | ModuleVariable>()
    const visit = (symbol: FunctionSymbol | ModuleVariable, isDirect: boolean) => {
      if (direct.has(symbol) || (!isDirect && nested.has(symbol))) return
      const seen = isDirect ? direct : nested
      seen.add(symbol)
      if (symbol.kind === "variable") {
        if (isChannel(symbol.type) && !symbol.mutable) {
          channels.add(symbol)
          return
        }
        if (isDirect) constants.add(symbol)
      }
      const uses = cx.usesOf.get(symbol)
      for (const it of uses?.direct ?? []) visit(it, isDirect)
      for (const it of uses?.nested ?? []) visit(it, false)
    }
    for (const it of fiber.uses.direct) visit(it, true)
    for (const it of fiber.uses.nested) visit(it, false)
    call.fiber = { value, isEval, constants: cx.module.variables.filter((it) => constants.has(it)), channels: [...channels] }
  }
}
