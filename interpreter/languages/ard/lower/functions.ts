// Functions with a body: those of modules and types, lambdas and functions in functions; and externs, which have none here.

import type { FunctionSymbol } from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import type { FunctionExpr } from "../syntax/ast.ts"
import { into, resultOf, statementsInto } from "./flow.ts"
import { block, closure, declare, giveBack, type Expr as Ir, type IrFunction, lit, op, read, type Stmt, type Variable } from "./forms.ts"
import type { ProgramLowering } from "./program.ts"
import { Scope } from "./scope.ts"

function isVoid(type: Type): boolean {
  const it = shallow(type)
  return it.kind === "primitive" && it.name === "Void"
}

function bodyInto(cx: Scope, node: FunctionExpr, out: Stmt[]): void {
  const to = resultOf(cx)
  if (to !== "drop" && node.body.coercions && node.body.coercions.length > 0) into(cx, node.body, to, out)
  else statementsInto(cx, node.body, to, out)
}

/** The body of a function that is called by name. */
export function writeBody(program: ProgramLowering, fn: FunctionSymbol, ir: IrFunction): void {
  const node = fn.node as FunctionExpr
  const cx = new Scope(program, fn.module, isVoid(node.result), false)
  const body: Stmt[] = []
  // Parameters are the function's own variables already; only an instance that is handed on by reference gets a cell.
  const self = fn.role === "method" ? node.self : null
  if (self && program.references.isCell(self)) body.push(declare(program.local(self), op("cell", [read(ir.params[0] as Variable)])))
  bodyInto(cx, node, body)
  ir.body = body
}

/** A lambda, or a function inside a function, as the value it is. */
export function closureOf(cx: Scope, node: FunctionExpr): Ir {
  const { program } = cx
  const inner = new Scope(program, cx.module, isVoid(node.result), false)
  const body: Stmt[] = []
  const incoming = node.params.map(({ symbol }) => {
    if (!symbol) return program.builder.local()
    const variable = program.local(symbol)
    if (!symbol.mutable) return variable
    // Whoever calls a value passes a cell or the plain value.
    const passed = program.builder.local()
    body.push(declare(variable, program.adapted(symbol, read(passed))))
    return passed
  })
  const fn = program.builder.lambda(node.name?.name ?? "lambda", incoming, cx.site(node))
  bodyInto(inner, node, body)
  fn.body = body
  return closure(fn)
}

/** Calling an extern: there are no bindings here (section 18). The arguments are evaluated first. */
export function externCall(fn: FunctionSymbol, args: readonly Ir[], site: number): Ir {
  const refusal = op("externUnavailable", [lit(fn.extern?.binding ?? fn.name)], site)
  return block(
    args.map((value) => ({ k: "expr", value })),
    refusal,
  )
}

/** An extern as a value: it refuses when it is called, and where it is called. */
export function externValue(cx: Scope, fn: FunctionSymbol): Ir {
  const wrapper = cx.program.builder.lambda(fn.name, [])
  wrapper.body = [giveBack(externCall(fn, [], -1))]
  return closure(wrapper)
}
