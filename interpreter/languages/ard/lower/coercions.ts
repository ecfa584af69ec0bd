// What happens to a value where it enters a place of another static type (section 4), and values as texts (section 16).
import { array, call, cond, globalsOf, type Expr as Ir, lit, op, opMay } from "../../../engine/ir.ts"
import type { Coercion, FunctionSymbol } from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import type { Expr } from "../syntax/ast.ts"
import { entryCall } from "./entries.ts"
import { memberIndex } from "./flow.ts"
import type { ProgramLowering } from "./program.ts"
import type { Scope } from "./scope.ts"
import { bare } from "./values.ts"

/** The type of an expression as the place it stands in sees it. */
export function typeAfter(e: Expr): Type {
  return e.coercions?.at(-1)?.to ?? e.type
}

/** True where a value of the type is never none and never a box, so that `T?` holds it as it is (library/values.ts). */
export function neverNested(type: Type): boolean {
  const it = shallow(type)
  if (it.kind === "primitive") return it.name !== "Dynamic"
  return it.kind !== "maybe" && it.kind !== "generic" && it.kind !== "open" && it.kind !== "unknown"
}

/** some(value) of a value of that type. */
export function someOf(it: Ir, type: Type): Ir {
  return neverNested(type) ? it : op("some", [it])
}

export function coerced(cx: Scope, it: Ir, steps: readonly Coercion[] | null, site: number): Ir {
  let out = it
  for (const step of steps ?? []) {
    if (step.kind === "some") out = someOf(out, step.from)
    else if (step.kind === "union") out = op("member", [lit(memberIndex(step.to, step.from)), out])
    else if (step.kind === "trait") {
      const trait = shallow(step.to)
      const from = step.from
      if (trait.kind !== "trait" || shallow(from).kind === "trait") continue
      const table = cx.program.tableOf(from, trait.symbol, (self, type) => textOf(cx.program, self, type, site))
      out = op("behind", [lit(table), out])
    }
    // A function with `mut` parameters takes plain values as it is (`ProgramLowering.valueOf`).
  }
  return out
}

/** An expression as the text it prints as: without making the object that a trait's place would get. */
export function textOfExpr(cx: Scope, e: Expr): Ir {
  const steps = e.coercions ?? []
  const last = steps.at(-1)
  const site = cx.site(e)
  if (last?.kind === "trait") return textOf(cx.program, coerced(cx, bare(cx, e), steps.slice(0, -1), site), last.from, site)
  return textOf(cx.program, coerced(cx, bare(cx, e), steps, site), last?.to ?? e.type, site)
}

/** A value as text. */
export function textOf(program: ProgramLowering, it: Ir, type: Type, site: number): Ir {
  const t = shallow(type)
  if (t.kind === "primitive") {
    if (t.name === "Str") return it
    if (t.name === "Bool") return cond(it, lit("true"), lit("false"))
    return op(t.name === "Float" ? "floatText" : "intText", [it])
  }
  if (t.kind === "trait") return opMay("callBehind", [it, lit("to_str"), globalsOf(), array([])], site)
  const method: FunctionSymbol | undefined = t.kind === "struct" || t.kind === "enum" ? t.symbol.methods.get("to_str") : undefined
  if (method?.entry) return entryCall(program, method.entry, [it], site)
  if (method?.node) return call(program.functionOf(method), [it], site)
  return op("anyText", [it])
}
