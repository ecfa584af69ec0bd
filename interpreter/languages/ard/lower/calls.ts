// Calls (section 6): which function, its arguments in the order written, and how each reaches its parameter (section 10).

import type { FiberBody, FunctionSymbol, ResolvedArgument } from "../check/checked.ts"
import type { Argument, CallExpr, Expr } from "../syntax/ast.ts"
import { writtenEntryCall } from "./entries.ts"
import { fiberSite } from "./fibers.ts"
import { array, call, callValue, globalsOf, type Expr as Ir, lit, op, opMay, ref } from "./forms.ts"
import { externCall } from "./functions.ts"
import { NOTHING, reordered } from "./program.ts"
import type { Scope } from "./scope.ts"
import { cellOf, functionValue, localValue, moduleValue, value } from "./values.ts"

export function callValueOf(cx: Scope, e: CallExpr): Ir {
  const name = cx.boundName
  // What stands inside is not what the name is bound to.
  cx.boundName = ""
  try {
    if (e.fiber) return startValue(cx, e, e.fiber, name)
    if (e.target?.kind === "function" && e.target.fn.entry) {
      const args = argumentsOf(e)
      cx.boundName = isChannelMaker(e.target.fn) ? name : ""
      return writtenEntryCall(cx, e, e.target.fn, null, args)
    }
    return plainCall(cx, e)
  } finally {
    cx.boundName = name
  }
}

function isChannelMaker(fn: FunctionSymbol): boolean {
  return fn.module.path === "ard/async/channel" && fn.name === "new"
}

/** Arguments in the order of the parameters; null for one that was left out. */
function argumentsOf(e: CallExpr): (Expr | null)[] {
  return e.resolved.map(({ index }) => e.args[index]?.value ?? null)
}

function plainCall(cx: Scope, e: CallExpr): Ir {
  const site = cx.site(e)
  const { target } = e
  if (!target) return NOTHING
  switch (target.kind) {
    case "panic": {
      const message = e.args[0]?.value
      return op("panic", [message ? value(cx, message) : lit("")], site)
    }
    case "value":
      return withArguments(
        cx,
        e,
        [value(cx, e.callee)],
        () => true,
        ([callee, ...args]) => callValue(callee as Ir, args, site),
      )
    case "function": {
      const { fn } = target
      return withArguments(
        cx,
        e,
        [],
        (i) => cx.program.takesCell(fn, i),
        (args) => (fn.extern ? externCall(fn, args, site) : call(cx.program.functionOf(fn), args, site)),
      )
    }
    case "method": {
      const { fn, receiver } = target
      if (fn.entry) return writtenEntryCall(cx, e, fn, value(cx, receiver), argumentsOf(e))
      return withArguments(
        cx,
        e,
        [value(cx, receiver)],
        (i) => cx.program.takesCell(fn, i),
        (args) => call(cx.program.functionOf(fn), args, site),
      )
    }
    case "traitMethod":
      return withArguments(
        cx,
        e,
        [value(cx, target.receiver)],
        () => true,
        ([self, ...args]) => opMay("callBehind", [self as Ir, lit(target.name), globalsOf(), array(args)], site),
      )
  }
}

/** Lowers the arguments in the order written, after `before`, and makes the call with them in the order of the parameters. */
function withArguments(
  cx: Scope,
  e: CallExpr,
  before: readonly Ir[],
  takesCell: (index: number) => boolean,
  makeCall: (args: Ir[]) => Ir,
): Ir {
  const written: { order: number; place: number; it: Ir }[] = []
  e.resolved.forEach((resolved, place) => {
    const arg = e.args[resolved.index]
    const it = arg ? passed(cx, arg, resolved, takesCell(place)) : lit(null)
    written.push({ order: arg ? resolved.index : e.args.length + place, place, it })
  })
  written.sort((a, b) => a.order - b.order)
  const values = [...before, ...written.map(({ it }) => it)]
  const places = [...before.map((_, i) => i)]
  for (let place = 0; place < e.resolved.length; place++) places.push(before.length + written.findIndex((w) => w.place === place))
  return reordered(cx.program.builder, values, places, makeCall)
}

/** An argument as its parameter takes it. */
function passed(cx: Scope, arg: Argument, { mode }: ResolvedArgument, asCell: boolean): Ir {
  if (mode === "value") return value(cx, arg.value)
  if (mode === "reference") return asCell ? cellOf(cx, arg.value) : value(cx, arg.value)
  const it = mode === "copy" ? op("copy", [value(cx, arg.value)], cx.site(arg)) : value(cx, arg.value)
  return asCell ? op("cell", [it]) : it
}

/** Calls the function named after `->` in a try with the error (section 8). */
export function callHandler(cx: Scope, handler: Expr, error: Ir | null, site: number): Ir {
  const args = error ? [error] : []
  const symbol =
    handler.kind === "name" ? handler.symbol : handler.kind === "path" && handler.target?.kind === "function" ? handler.target.fn : null
  if (!symbol) {
    const variable = handler.kind === "path" && handler.target?.kind === "variable" ? handler.target.variable : null
    return variable ? callValue(moduleValue(cx, variable, site), args, site) : NOTHING
  }
  if (symbol.kind === "local") return callValue(localValue(cx, symbol), args, site)
  if (symbol.kind === "variable") return callValue(moduleValue(cx, symbol, site), args, site)
  const takes = symbol.type.params.length === 0 ? [] : args
  if (symbol.extern) return externCall(symbol, takes, site)
  if (symbol.entry || symbol.node?.params.some((param) => param.mutable)) return callValue(functionValue(cx, symbol, site), takes, site)
  return call(cx.program.functionOf(symbol), takes, site)
}

/** `async::start`, `async::eval`: the function, what its fiber needs fresh, and what it shares. */
function startValue(cx: Scope, e: CallExpr, fiber: FiberBody, boundName: string): Ir {
  const { program } = cx
  const { index, prepare } = fiberSite(cx, fiber, boundName)
  const body = value(cx, fiber.value)
  const shared = array(program.fibers[index]?.shared.map((key) => lit(key)) ?? [])
  return opMay("spawn", [body, prepare ? ref(prepare) : lit(null), shared, globalsOf(), lit(index)], cx.site(e))
}
