// `try` (section 8): unwraps a Result or a Maybe, or leaves the enclosing function with what the catch clause or the
// operand gives.
import type { Fix } from "../../../source/diagnostic.ts"
import type { CatchClause, TryExpr } from "../syntax/ast.ts"
import { notAFunction, undefinedFunction } from "./calls.ts"
import type { Context } from "./context.ts"
import { lastExpression } from "./context.ts"
import { check, coerce, diverges, mismatch, noted, settle } from "./expressions.ts"
import { sourceText } from "./names.ts"
import { attempt, sameType, shallow, typeName } from "./relations.ts"
import { type Frame, findLocal } from "./scope.ts"
import { openType } from "./type-nodes.ts"
import { type Type, UNKNOWN } from "./types.ts"

export function checkTry(cx: Context, expr: TryExpr): Type {
  const caught = cx.chainIsCaught
  if (expr.chain === "end") cx.chainIsCaught = expr.catch !== null
  const type = shallow(check(cx, expr.operand, "any"))
  const frame = cx.frame
  if (expr.chain === "link") return checkLink(cx, expr, type)
  cx.chainIsCaught = caught
  if (expr.chain === "end") return checkChainEnd(cx, expr, type, frame)
  if (!frame) {
    cx.reporter.error(expr, "TryOutsideFunction", "The `try` keyword can only be used in a function body")
  }
  const error = type.kind === "result" ? type.error : null
  const isKnown = type.kind === "result" || type.kind === "maybe"
  if (!isKnown && type.kind !== "unknown" && frame) {
    cx.reporter.error(expr, "TryTarget", `try can only be used on Result or Maybe types, got: ${typeName(type)}`)
  }
  if (expr.catch) checkCatch(cx, expr.catch, isKnown ? error : UNKNOWN, frame)
  if (!isKnown) return UNKNOWN
  expr.on = type.kind
  if (frame && !expr.catch) checkPropagation(cx, expr, type, frame)
  return type.kind === "result" ? type.value : type.of
}

/** `a?` in `try a?.b`: a none leaves as the try around it does. */
function checkLink(cx: Context, expr: TryExpr, type: Type): Type {
  if (type.kind === "maybe") {
    expr.on = "maybe"
    if (cx.frame && !cx.chainIsCaught) checkPropagation(cx, expr, type, cx.frame)
    return type.of
  }
  if (type.kind !== "unknown") cx.reporter.error(expr, "TryTarget", `'?.' can only be used on Maybe types, got: ${typeName(type)}`)
  return UNKNOWN
}

/** `try a?.b`: what the chain ends in is unwrapped too if it is a Maybe. */
function checkChainEnd(cx: Context, expr: TryExpr, type: Type, frame: Frame | null): Type {
  if (!frame) cx.reporter.error(expr, "TryOutsideFunction", "The `try` keyword can only be used in a function body")
  if (type.kind === "result") {
    cx.reporter.error(expr, "TryTarget", `a chain with '?.' can only end in a value or a Maybe, got: ${typeName(type)}`)
    return UNKNOWN
  }
  if (expr.catch) checkCatch(cx, expr.catch, null, frame)
  if (type.kind !== "maybe") return type
  expr.on = "maybe"
  return type.of
}

function checkPropagation(cx: Context, expr: TryExpr, type: Type & { kind: "result" | "maybe" }, frame: Frame): void {
  const result = shallow(frame.result)
  if (result.kind === "unknown") return
  if (type.kind === "maybe") {
    if (result.kind === "maybe") return
    if (result.kind === "open" && sameType(result, { kind: "maybe", of: openType("T") })) return
    cx.reporter.error(expr, "TryReturnType", "try without catch clause on Maybe requires function to return a Maybe type", {
      fixes: catchFix(expr, "_"),
    })
    return
  }
  if (result.kind === "open" && sameType(result, { kind: "result", value: openType("Val"), error: type.error })) return
  if (result.kind !== "result") {
    cx.reporter.error(expr, "TryReturnType", "try without catch clause requires function to return a Result type", {
      fixes: catchFix(expr, "error"),
    })
    return
  }
  if (!attempt(() => sameType(result.error, type.error))) {
    cx.reporter.error(expr, "TypeMismatch", `Error type mismatch: Expected ${typeName(result.error)}, got ${typeName(type.error)}`)
  }
}

function catchFix(expr: TryExpr, name: string): Fix[] {
  if (expr.chain === "link") return []
  const insert = ` -> ${name} { panic("not written yet") }`
  return [{ title: "Add a catch clause", edits: [{ from: expr.to, to: expr.to, insert }] }]
}

/** `error` is null for a Maybe. */
function checkCatch(cx: Context, clause: CatchClause, error: Type | null, frame: Frame | null): void {
  const result = frame ? shallow(frame.result) : UNKNOWN
  const isVoid = result.kind === "primitive" && result.name === "Void"
  const { block, handler } = clause
  if (block) {
    const got = cx.inScope(clause, () => {
      if (clause.name && error) clause.symbol = cx.declareLocal(clause.name, error, "catch", false)
      return check(cx, block, isVoid ? "dropped" : result)
    })
    if (isVoid || diverges(block)) return
    const steps = settle(got, result)
    if (steps) coerce(cx, lastExpression(block), steps)
    else mismatch(cx, lastExpression(block), result, got)
    return
  }
  if (!handler) return
  if (handler.kind === "name" && !findLocal(cx.scope, handler.name) && !cx.findValue(handler.name)) {
    undefinedFunction(cx, handler)
    return
  }
  const type = shallow(check(cx, handler, "any"))
  if (type.kind === "unknown") return
  if (type.kind !== "function") {
    notAFunction(cx, handler, sourceText(cx, handler))
    return
  }
  const wanted = error ? 1 : 0
  if (type.params.length !== wanted) {
    cx.reporter.error(handler, "ArgumentCount", `Incorrect number of arguments: Expected ${type.params.length}, got ${wanted}`)
    return
  }
  const param = type.params[0]
  if (param && error) {
    const entering = settle(error, param.type)
    if (entering) clause.errorCoercions = noted(cx, entering)
    else mismatch(cx, handler, param.type, error)
  }
  if (isVoid) return
  const steps = settle(type.result, result)
  if (steps) clause.coercions = noted(cx, steps)
  else mismatch(cx, handler, result, type.result)
}
