// `match` (section 7): by the static type of its subject. Patterns, what is missing, what stands twice, and the arms' type.
import type { MatchExpr } from "../syntax/ast.ts"
import type { Context } from "./context.ts"
import { check, isVoid, unite, type Want } from "./expressions.ts"
import {
  declareLoosely,
  duplicateCatchAll,
  notExhaustive,
  type Reading,
  readBool,
  readEnum,
  readInt,
  readMaybe,
  readResult,
  readStr,
  readUnion,
} from "./patterns.ts"
import { attempt, sameType, shallow, typeName } from "./relations.ts"
import { BOOL, type Type, UNKNOWN } from "./types.ts"

export function checkMatch(cx: Context, expr: MatchExpr, want: Want): Type {
  if (!expr.subject) return checkConditions(cx, expr, want)
  const subject = shallow(check(cx, expr.subject, "any"))
  const missing = readArms(cx, expr, subject)
  if (missing) return finish(cx, expr, missing.types(want), want, missing.comparesDropped, missing.reports)
  for (const arm of expr.arms) {
    cx.inScope(arm, () => {
      declareLoosely(cx, arm)
      check(cx, arm.body, want === "dropped" ? "dropped" : UNKNOWN)
    })
  }
  return UNKNOWN
}

interface Read {
  types(want: Want): Type[]
  /** The edition compares the arms even when the match's value is dropped. */
  readonly comparesDropped: boolean
  readonly reports: () => void
}

/** Reads every pattern by the subject's type. Null: the subject cannot be matched (reported). */
function readArms(cx: Context, expr: MatchExpr, subject: Type): Read | null {
  const readings: Reading[] = []
  let reports = () => {}
  let comparesDropped = false
  switch (subject.kind) {
    case "unknown":
      return null
    case "primitive":
      if (subject.name === "Bool") {
        expr.form = "bool"
        comparesDropped = true
        reports = readBool(cx, expr, readings)
      } else if (subject.name === "Int") {
        expr.form = "int"
        reports = readInt(cx, expr, readings)
      } else if (subject.name === "Str") {
        expr.form = "str"
        reports = readStr(cx, expr, readings)
      }
      break
    case "enum":
      expr.form = "enum"
      comparesDropped = true
      reports = readEnum(cx, expr, subject.symbol, readings)
      break
    case "union":
      expr.form = "union"
      comparesDropped = true
      reports = readUnion(cx, expr, subject, readings)
      break
    case "maybe":
      expr.form = "maybe"
      reports = readMaybe(cx, expr, subject.of, readings)
      break
    case "result":
      expr.form = "result"
      reports = readResult(cx, expr, subject.value, subject.error, readings)
      break
  }
  if (!expr.form) {
    cx.reporter.error(expr, "NotMatchable", `Cannot match on ${typeName(subject)}`)
    return null
  }
  const types = (want: Want) =>
    expr.arms.map((arm, index) =>
      cx.inScope(arm, () => {
        const reading = readings[index]
        arm.meaning = reading?.declare?.() ?? reading?.meaning ?? null
        if (!arm.meaning) declareLoosely(cx, arm)
        return check(cx, arm.body, want)
      }),
    )
  return { types, comparesDropped, reports }
}

function finish(cx: Context, expr: MatchExpr, types: Type[], want: Want, comparesDropped: boolean, reports: () => void): Type {
  reports()
  if (want === "dropped" && !comparesDropped) return types[0] ?? UNKNOWN
  const united = unitedArms(cx, expr, types, want)
  if (united.conflict) {
    const [first, other] = united.conflict
    cx.reporter.error(expr, "TypeMismatch", `Type mismatch: Expected ${typeName(first)}, got ${typeName(other)}`)
  }
  return united.type
}

/** Where the value is dropped, an arm without one stands beside any other: such a match is there for its effects. */
function unitedArms(cx: Context, expr: MatchExpr, types: readonly Type[], want: Want): ReturnType<typeof unite> {
  const counts = (index: number) => want !== "dropped" || !isVoid(types[index] ?? UNKNOWN)
  return unite(
    cx,
    expr.arms.map((arm) => arm.body).filter((_, index) => counts(index)),
    types.filter((_, index) => counts(index)),
    want,
  )
}

function checkConditions(cx: Context, expr: MatchExpr, want: Want): Type {
  expr.form = "conditions"
  let catchAll = false
  const types = expr.arms.map((arm) => {
    if (arm.pattern) {
      const condition = arm.pattern
      const type = shallow(check(cx, condition, BOOL))
      if (type.kind !== "unknown" && !attempt(() => sameType(type, BOOL))) {
        cx.reporter.error(condition, "NotBoolean", `Condition must be of type Bool, got ${typeName(type)}`)
      }
      arm.meaning = { kind: "condition" }
    } else {
      if (catchAll) duplicateCatchAll(cx, arm)
      catchAll = true
      arm.meaning = { kind: "catchAll" }
    }
    return cx.inScope(arm, () => check(cx, arm.body, want))
  })
  if (!catchAll) notExhaustive(cx, expr, ["Conditional match must include a catch-all (_) case"], ["_"])
  const united = unitedArms(cx, expr, types, want)
  if (united.conflict) {
    const [first, other] = united.conflict
    cx.reporter.error(expr, "BranchMismatch", `All cases must return the same type. Expected ${typeName(first)}, got ${typeName(other)}`)
  }
  return want === "dropped" ? (types[0] ?? UNKNOWN) : united.type
}
