// Expressions that choose and leave: blocks, if, match, try (sections 7, 8, 9). They are lowered *into* a destination, so that
// a value that is returned or dropped needs no variable.

import { and, type Arm as ChosenArm, choose, set } from "../../../engine/ir.ts"
import type { LocalSymbol, Pattern } from "../check/checked.ts"
import { sameType, shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import { wrapped } from "../library/integers.ts"
import type { Arm, BlockExpr, Expr, IfExpr, MatchExpr, TryExpr } from "../syntax/ast.ts"
import { callHandler } from "./calls.ts"
import { coerced, neverNested, typeAfter } from "./coercions.ts"
import { declare, expr, field, giveBack, type Expr as Ir, js, lit, not, op, read, type Stmt, type Variable, when } from "./forms.ts"
import type { Scope } from "./scope.ts"
import { statement } from "./statements.ts"
import { bare, value } from "./values.ts"

/** Where a value goes: nowhere, out of the function, or into a variable. */
export type Destination = "drop" | "return" | Variable

/** The destination of a function's last value. */
export function resultOf(cx: Scope): Destination {
  return cx.resultIsVoid ? "drop" : "return"
}

export function deliver(to: Destination, it: Ir, out: Stmt[]): void {
  if (to === "drop") out.push(expr(it))
  else if (to === "return") out.push(giveBack(it))
  else out.push(expr(set(to, it)))
}

/** Lowers an expression into a destination, its coercions included. */
export function into(cx: Scope, e: Expr, to: Destination, out: Stmt[]): void {
  const plain = asItIs(e, to)
  if (plain && e.kind === "block") blockInto(cx, e, to, out)
  else if (plain && e.kind === "if") ifInto(cx, e, to, out)
  else if (plain && e.kind === "match") matchInto(cx, e, to, out)
  else deliver(to, to === "drop" ? bare(cx, e) : value(cx, e), out)
}

/** Nothing is done to the value on its way. */
function asItIs(e: Expr, to: Destination): boolean {
  return to === "drop" || !e.coercions || e.coercions.length === 0
}

/** The value of an expression that is lowered into statements. */
export function throughVariable(cx: Scope, e: BlockExpr | IfExpr | MatchExpr): Ir {
  const result = cx.program.builder.local()
  const body: Stmt[] = [declare(result)]
  if (e.kind === "block") blockInto(cx, e, result, body)
  else if (e.kind === "if") ifInto(cx, e, result, body)
  else matchInto(cx, e, result, body)
  return { k: "block", body, value: read(result) }
}

function blockInto(cx: Scope, e: BlockExpr, to: Destination, out: Stmt[]): void {
  const body: Stmt[] = []
  statementsInto(cx, e, to, body)
  out.push({ k: "scope", body })
}

/** The statements of a block without a scope around them, for bodies that are one already. */
export function statementsInto(cx: Scope, e: BlockExpr, to: Destination, out: Stmt[]): void {
  for (const s of e.statements) statement(cx, s, s === e.statements.at(-1) ? to : "drop", out)
}

function ifInto(cx: Scope, e: IfExpr, to: Destination, out: Stmt[]): void {
  const arms: ChosenArm[] = []
  const otherwise: Stmt[] = []
  let at = e
  for (;;) {
    const body: Stmt[] = []
    into(cx, at.body, to, body)
    arms.push({ test: value(cx, at.condition), body })
    if (at.else?.kind !== "if" || !asItIs(at.else, to)) break
    at = at.else
  }
  if (at.else) into(cx, at.else, to, otherwise)
  out.push(choose(arms, otherwise))
}

// ---- match ----------------------------------------------------------------------------------------------------------

function matchInto(cx: Scope, e: MatchExpr, to: Destination, out: Stmt[]): void {
  const subject = cx.program.builder.local()
  if (e.subject) out.push(declare(subject, value(cx, e.subject)))
  const type = e.subject ? shallow(typeAfter(e.subject)) : null
  // `_` takes what no other arm takes, wherever it stands; for a Maybe it is the arm of none.
  const fallback = e.form === "maybe" ? undefined : e.arms.find((arm) => arm.meaning?.kind === "catchAll")
  let rest: Stmt[] = []
  if (fallback) armInto(cx, fallback, subject, type, to, rest)
  else if (e.form === "int" || e.form === "str" || e.form === "conditions")
    rest.push(expr(op("noMatch", e.subject ? [read(subject)] : [], cx.site(e))))
  const arms: ChosenArm[] = []
  const exhaustive = !fallback && rest.length === 0
  for (const arm of e.arms) {
    if (arm === fallback) continue
    const body: Stmt[] = []
    armInto(cx, arm, subject, type, to, body)
    // The checker saw that one of the arms fits: the last needs no question.
    if (exhaustive && arm === e.arms[e.arms.length - 1]) rest = body
    else arms.push({ test: fits(cx, arm, subject, type), body })
  }
  out.push(arms.length > 0 ? choose(arms, rest) : { k: "scope", body: rest })
}

/** Whether the arm takes the subject. */
function fits(cx: Scope, arm: Arm, subject: Variable, type: Type | null): Ir {
  const it = read(subject)
  const meaning = arm.meaning as Pattern
  switch (meaning.kind) {
    case "catchAll":
      return js("===", it, lit(null))
    case "some":
      return js("!==", it, lit(null))
    case "bool":
      return meaning.value ? it : not(it)
    case "str":
      return js("===", it, lit(meaning.value))
    case "int": {
      const from = lit(wrapped(meaning.from))
      if (meaning.from === meaning.to) return js("===", it, from)
      return and(js(">=", it, from), js("<=", it, lit(wrapped(meaning.to))))
    }
    case "variant":
      return js("===", it, lit(wrapped(meaning.enum.variants[meaning.index]?.value ?? -1n)))
    case "member":
      return js("===", field(it, "tag"), lit(memberIndex(type as Type, meaning.type)))
    case "ok":
      return field(it, "ok")
    case "err":
      return not(field(it, "ok"))
    case "condition":
      return value(cx, arm.pattern as Expr)
  }
}

/** The place of a member among those of a union. */
export function memberIndex(union: Type, member: Type): number {
  const it = shallow(union)
  return it.kind === "union" ? it.symbol.members.findIndex((other) => sameType(other, member)) : -1
}

function armInto(cx: Scope, arm: Arm, subject: Variable, type: Type | null, to: Destination, out: Stmt[]): void {
  const meaning = arm.meaning as Pattern
  if ("symbol" in meaning && meaning.symbol) {
    const bound =
      meaning.kind !== "some"
        ? field(read(subject), "value")
        : type?.kind === "maybe" && neverNested(type.of)
          ? read(subject)
          : op("unwrap", [read(subject)])
    bind(cx, meaning.symbol, bound, out)
  }
  into(cx, arm.body, to, out)
}

/** Declares a local with its first value. */
export function bind(cx: Scope, symbol: LocalSymbol, it: Ir, out: Stmt[]): void {
  const inCell = cx.program.references.isCell(symbol)
  out.push(declare(cx.program.local(symbol), inCell ? op("cell", [it]) : it))
}

// ---- try ------------------------------------------------------------------------------------------------------------

export function tryValue(cx: Scope, e: TryExpr): Ir {
  const outcome = cx.program.builder.local()
  const around = cx.chainCatch
  if (e.chain === "end") cx.chainCatch = e.catch
  const operand = value(cx, e.operand)
  const clause = e.chain === "link" ? cx.chainCatch : e.catch
  if (e.chain === "end") cx.chainCatch = around
  // Where a chain ends in a plain value, its links have done it all.
  if (!e.on) return operand
  const body: Stmt[] = [declare(outcome, operand)]
  const isResult = e.on === "result"
  const leave: Stmt[] = []
  const error = isResult ? field(read(outcome), "value") : null
  if (!clause) leave.push(giveBack(isResult ? read(outcome) : lit(null)))
  else if (clause.block) {
    if (clause.symbol && error) bind(cx, clause.symbol, error, leave)
    statementsInto(cx, clause.block, resultOf(cx), leave)
    leave.push(giveBack(null))
  } else if (clause.handler) {
    const site = cx.site(clause)
    const given = callHandler(cx, clause.handler, error && coerced(cx, error, clause.errorCoercions, site), site)
    deliver(resultOf(cx), coerced(cx, given, clause.coercions, site), leave)
    leave.push(giveBack(null))
  }
  body.push(when(isResult ? not(field(read(outcome), "ok")) : js("===", read(outcome), lit(null)), leave))
  const type = shallow(typeAfter(e.operand))
  const content: Ir = isResult
    ? field(read(outcome), "value")
    : type.kind === "maybe" && neverNested(type.of)
      ? read(outcome)
      : op("unwrap", [read(outcome)])
  return { k: "block", body, value: content }
}
