// Literals of lists, maps and structs (sections 4, 6, 11): the places where an expected type flows inwards.
import type { Expr, ListExpr, MapExpr, StructExpr } from "../syntax/ast.ts"
import type { StructSymbol, TypeSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { check, coerce, expectType, settle, type Want } from "./expressions.ts"
import { importFixes, placeholder, told } from "./fixes.ts"
import { shallow, structBindings, substitute, suggest, typeName } from "./relations.ts"
import { nearestFix } from "./spelling.ts"
import { checkKeyType, instantiateType, openType, publicType } from "./type-nodes.ts"
import { type Type, UNKNOWN } from "./types.ts"

function expected(want: Want): Type | null {
  return typeof want === "string" ? null : shallow(want)
}

/** The type behind a wish: what a value may be so that it enters a union or a nullable place. */
function wished(want: Want, kind: "list" | "map"): Type | null {
  const type = expected(want)
  if (!type) return null
  if (type.kind === kind) return type
  if (type.kind === "open" && type.hint) return wished(type.hint, kind)
  if (type.kind === "maybe") return wished(type.of, kind)
  if (type.kind === "union") return type.symbol.members.map(shallow).find((it) => it.kind === kind) ?? null
  return null
}

export function checkList(cx: Context, expr: ListExpr, want: Want): Type {
  const type = wished(want, "list")
  if (type?.kind === "list") {
    for (const item of expr.items) expectType(cx, item, type.of)
    return type
  }
  const [first, ...rest] = expr.items
  if (!first) {
    if (expected(want)?.kind === "unknown") return UNKNOWN
    if (expected(want)?.kind === "open") return { kind: "list", of: openType("T") }
    cx.reporter.error(expr, "EmptyCollection", "Empty lists need an explicit type")
    return UNKNOWN
  }
  const of = check(cx, first, "any")
  for (const item of rest) {
    const got = check(cx, item, of)
    const steps = settle(got, of)
    if (steps) coerce(cx, item, steps)
    else cx.reporter.error(item, "TypeMismatch", "Type mismatch: A list can only contain values of single type")
  }
  return { kind: "list", of }
}

export function checkMap(cx: Context, expr: MapExpr, want: Want): Type {
  const type = wished(want, "map")
  if (type?.kind === "map") {
    for (const entry of expr.entries) {
      expectType(cx, entry.key, type.key)
      expectType(cx, entry.value, type.value)
    }
    return type
  }
  const wanted = expected(want)
  const [first, ...rest] = expr.entries
  if (!first) {
    if (wanted?.kind === "unknown") return UNKNOWN
    if (wanted?.kind === "open") return { kind: "map", key: openType("K"), value: openType("V") }
    if (wanted) cx.reporter.error(expr, "TypeMismatch", `Expected map type but got ${typeName(wanted)}`)
    else cx.reporter.error(expr, "EmptyCollection", "Empty maps need an explicit type")
    return UNKNOWN
  }
  const key = check(cx, first.key, "any")
  const value = check(cx, first.value, "any")
  checkKeyType(cx, first.key, key)
  for (const entry of rest) {
    entryType(cx, entry.key, key, "key")
    entryType(cx, entry.value, value, "value")
  }
  return { kind: "map", key, value }
}

function entryType(cx: Context, expr: Expr, type: Type, part: "key" | "value"): void {
  const got = check(cx, expr, type)
  const steps = settle(got, type)
  if (steps) coerce(cx, expr, steps)
  else cx.reporter.error(expr, "TypeMismatch", `Map ${part} type mismatch: Expected ${typeName(type)}, got ${typeName(got)}`)
}

export function checkStruct(cx: Context, expr: StructExpr, want: Want): Type {
  const [first, second] = expr.path
  const written = expr.path.map((it) => it.name).join("::")
  let found: TypeSymbol | null = null
  if (first && second) {
    const module = cx.module.imports.get(first.name)
    if (!module) {
      if (!cx.failedImports.has(first.name))
        cx.reporter.error(first, "UndefinedModule", `Undefined module: ${first.name}`, {
          fixes: importFixes(cx, first),
        })
    } else {
      cx.record(first, module)
      found = expr.path.length === 2 ? publicType(module, second.name) : null
      if (found) cx.record(second, found)
      else cx.reporter.error(second, "Undefined", `Undefined: ${written}`)
    }
  } else if (first) {
    found = cx.findType(first.name)
    if (found) cx.record(first, found)
    else cx.reporter.error(first, "Undefined", `Undefined: ${written}`)
  }
  const type = found ? shallow(instantiateType(cx, found, [], expr, "open")) : UNKNOWN
  if (type.kind !== "struct") {
    if (found && type.kind !== "unknown") cx.reporter.error(expr, "Undefined", `Undefined: ${written} is not a struct`)
    for (const field of expr.fields) check(cx, field.value, UNKNOWN)
    return UNKNOWN
  }
  const struct = type.symbol
  if (struct.node.isExtern) cx.reporter.error(expr, "Undefined", `Undefined: ${written} is not a struct: the host makes its values`)
  const generics = struct.generics.map((name) => openType(name))
  const own: Type = { kind: "struct", symbol: struct, args: generics }
  const wanted = expected(want)
  if (wanted) suggest(own, wanted.kind === "maybe" ? wanted.of : wanted)
  checkFields(cx, expr, struct, structBindings(struct, generics))
  return own
}

function checkFields(cx: Context, expr: StructExpr, struct: StructSymbol, bindings: ReadonlyMap<string, Type>): void {
  const given = new Set<string>()
  for (const field of expr.fields) {
    const symbol = struct.fields.get(field.name.name)
    if (!symbol) {
      const fixes = nearestFix(cx, field.name, struct.fields.keys())
      cx.reporter.error(field.name, "UnknownField", `Unknown field: ${field.name.name}${told(fixes)}`, { fixes })
      check(cx, field.value, UNKNOWN)
      continue
    }
    cx.record(field.name, symbol)
    if (given.has(symbol.name)) cx.reporter.error(field.name, "DuplicateField", `Duplicate field: ${symbol.name}`)
    given.add(symbol.name)
    expectType(cx, field.value, substitute(symbol.type, bindings), true)
  }
  const missing = [...struct.fields.values()].filter((it) => !given.has(it.name) && shallow(it.type).kind !== "maybe")
  if (!missing.length) return
  const last = expr.fields[expr.fields.length - 1]
  const place = last ? last.to : expr.to - 1
  const text = missing.map((it) => `${it.name}: ${placeholder(cx.module, it.type)}`).join(", ")
  cx.reporter.error(expr, "MissingField", `Missing field: ${missing.map((it) => it.name).join(", ")}`, {
    fixes: [{ title: "Add the missing fields", edits: [{ from: place, to: place, insert: last ? `, ${text}` : text }] }],
  })
}
