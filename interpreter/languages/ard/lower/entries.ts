// Calls of the standard library. Most entries are one operation of the runtime; those that are asked for all the time have a
// shorter way, and those whose argument is evaluated only when needed, or that need to know a type or a name, are written out.
import { block, cond, declare, type Expr as Ir, js, lit, not, op, opMay, read } from "../../../engine/ir.ts"
import type { FunctionSymbol } from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import { type Type, VOID } from "../check/types.ts"
import type { LibraryEntry } from "../library/entry.ts"
import type { CallExpr, Expr } from "../syntax/ast.ts"
import { neverNested, someOf, textOfExpr, typeAfter } from "./coercions.ts"
import { field } from "./forms.ts"
import type { ProgramLowering } from "./program.ts"
import type { Scope } from "./scope.ts"
import { value } from "./values.ts"

/** The operation behind an entry, with all arguments there. */
export function entryCall(program: ProgramLowering, entry: LibraryEntry, args: readonly Ir[], site: number): Ir {
  return { k: "op", name: program.entryOperation(entry), mode: entry.mode, args, site }
}

export function keyOf(fn: FunctionSymbol): string {
  const entry = fn.entry as LibraryEntry
  return `${fn.module.path}/${entry.owner ? `${entry.owner}.` : ""}${entry.name}`
}

/** Entries that are operations of their own: fewer steps than through the table. */
const DIRECT: Readonly<Record<string, string>> = {
  "ard/list/List.size": "listSize",
  "ard/list/List.set": "listSet",
  "ard/map/Map.get": "mapGet",
  "ard/map/Map.size": "mapSize",
  "ard/map/Map.has": "mapHas",
  "ard/string/Str.size": "utf8Size",
  "ard/result/ok": "ok",
  "ard/result/err": "err",
  "ard/int/Int.to_str": "intText",
  "ard/float/Float.to_str": "floatText",
}

/** The same with the place of the call. */
const DIRECT_WITH_SITE: Readonly<Record<string, string>> = {
  "ard/list/List.at": "listAt",
  "ard/list/List.push": "listPush",
  "ard/map/Map.set": "mapSet",
}

/**
 * A call of an entry where it is written. `receiver` is lowered already; `args` stand in the order of the parameters, null for
 * one that was left out.
 */
export function writtenEntryCall(cx: Scope, call: CallExpr, fn: FunctionSymbol, receiver: Ir | null, args: readonly (Expr | null)[]): Ir {
  const entry = fn.entry as LibraryEntry
  const site = cx.site(call)
  const key = keyOf(fn)
  const lowered = (): Ir[] => [...(receiver ? [receiver] : []), ...args.map((arg) => (arg ? value(cx, arg) : lit(null)))]
  const direct = DIRECT[key]
  if (direct) return op(direct, lowered())
  const withSite = DIRECT_WITH_SITE[key]
  if (withSite) return op(withSite, lowered(), site)
  const first = args[0]
  switch (key) {
    case "ard/io/print":
      if (first) return opMay("print", [textOfExpr(cx, first)], site)
      break
    case "ard/maybe/some":
      if (first) return someOf(value(cx, first), typeAfter(first))
      break
    case "ard/maybe/none":
      return lit(null)
    case "ard/maybe/Maybe.is_some":
      return js("!==", receiver as Ir, lit(null))
    case "ard/maybe/Maybe.is_none":
      return js("===", receiver as Ir, lit(null))
    case "ard/result/Result.is_ok":
      return field(receiver as Ir, "ok")
    case "ard/result/Result.is_err":
      return not(field(receiver as Ir, "ok"))
    case "ard/maybe/Maybe.or":
    case "ard/result/Result.or":
      if (first && receiver) return orElse(cx, receiver, first, key === "ard/maybe/Maybe.or" ? receiverType(call) : null)
      break
    case "ard/async/channel/new":
      return op("newChannel", [...lowered(), lit(cx.boundName), lit(cx.program.typeIndex(call.bindings?.get("T") ?? VOID))], site)
    case "ard/json/parse": {
      const type = call.bindings?.get("T") ?? VOID
      cx.program.provideMakers(type)
      return op("jsonParse", [...lowered(), lit(cx.program.typeIndex(type))], site)
    }
  }
  return entryCall(cx.program, entry, lowered(), site)
}

/** The type of what a method is called on. */
function receiverType(call: CallExpr): Type | null {
  if (call.target?.kind !== "method") return null
  return shallow(typeAfter(call.target.receiver))
}

/** `or` evaluates its default only where it is needed (17.3). */
function orElse(cx: Scope, receiver: Ir, otherwise: Expr, maybe: Type | null): Ir {
  const held = cx.program.builder.local()
  const it = read(held)
  const isThere = maybe ? js("!==", it, lit(null)) : field(it, "ok")
  const content = !maybe ? field(it, "value") : maybe.kind === "maybe" && neverNested(maybe.of) ? it : op("unwrap", [it])
  return block([declare(held, receiver)], cond(isThere, content, value(cx, otherwise)))
}

/** An entry as a function value: a function of the program that calls it. */
export function entryValue(cx: Scope, fn: FunctionSymbol, site: number): Ir {
  const { builder } = cx.program
  const entry = fn.entry as LibraryEntry
  const params = fn.type.params.map((param) => builder.local(param.name))
  const wrapper = builder.lambda(entry.name, params)
  wrapper.body = [{ k: "return", value: entryCall(cx.program, entry, params.map(read), site) }]
  return { k: "closure", fn: wrapper }
}
