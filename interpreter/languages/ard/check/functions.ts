// Bodies of functions, methods and lambdas: parameters, result, inference from the expected function type (sections 4, 10).
import type { FunctionExpr } from "../syntax/ast.ts"
import type { FunctionSymbol, LocalSymbol } from "./checked.ts"
import { type Context, lastExpression } from "./context.ts"
import { check, diverges, settle, type Want } from "./expressions.ts"
import { conversions, told } from "./fixes.ts"
import { resolveType, shallow, typeName } from "./relations.ts"
import type { Fiber, Frame } from "./scope.ts"
import { genericsOf, signatureType, typeOf } from "./type-nodes.ts"
import { type FunctionParam, type FunctionType, STR, type Type, UNKNOWN, VOID } from "./types.ts"

/** The body of a function of the module, a static function or a method; `self` is the instance's type. */
export function checkModuleFunction(cx: Context, node: FunctionExpr, symbol: FunctionSymbol, self: Type | null): void {
  const uses = { direct: new Set<never>(), nested: new Set<never>() }
  cx.usesOf.set(symbol, uses)
  const before = cx.uses
  const inFunction = cx.inFunction
  cx.uses = uses
  cx.inFunction = true
  checkBody(cx, node, symbol.type, symbol.generics, null, self)
  cx.inFunction = inFunction
  cx.uses = before
}

/** A function with a name inside another one: a local of its scope that may call itself. */
export function checkNestedFunction(cx: Context, node: FunctionExpr): Type {
  const type = signatureType(cx, node.params, node.resultNode)
  const around = cx.frame?.generics ?? []
  const own = genericsOf([type]).filter((name) => !around.includes(name))
  const name = node.name
  if (name) {
    const local = cx.declareLocal(name, type, "function", false, node)
    node.local = local
    node.symbol = {
      kind: "function",
      name: name.name,
      module: cx.module,
      owner: null,
      role: "function",
      isPrivate: true,
      isMutating: false,
      type,
      generics: own,
      declared: name,
      node,
      extern: null,
      entry: null,
      trait: null,
    }
  }
  checkBody(cx, node, type, [...around, ...own], cx.frame?.fiber ?? null, null)
  return type
}

/** A lambda. What is not written comes from the expected function type; `fiber` is the wall around its body, if it becomes one. */
export function checkLambda(cx: Context, node: FunctionExpr, want: Want, fiber: Fiber | null): Type {
  const wanted = typeof want === "string" ? null : shallow(want)
  const expected = wanted?.kind === "function" ? wanted : null
  const followsError = wanted?.kind === "unknown"
  const otherwise = followsError ? UNKNOWN : STR
  const params = node.params.map((param, index): FunctionParam => {
    const from = expected?.params[index]?.type
    const type = param.typeNode ? typeOf(cx, param.typeNode) : from ? preferred(from) : otherwise
    return { name: param.name.name, type, mutable: param.mutable }
  })
  const around = cx.frame?.generics ?? []
  const result = node.resultNode ? typeOf(cx, node.resultNode) : (expected?.result ?? (followsError ? UNKNOWN : VOID))
  const type: FunctionType = { kind: "function", params, result }
  const generics = [...around, ...genericsOf([type]).filter((name) => !around.includes(name))]
  const inFunction = cx.inFunction
  checkBody(cx, node, type, generics, fiber ?? cx.frame?.fiber ?? null, null)
  cx.inFunction = inFunction
  return type
}

/** For a parameter that is left open by the call so far: what the place of the call would like it to be. */
function preferred(type: Type): Type {
  const it = shallow(type)
  return it.kind === "open" && it.hint ? it.hint : it
}

function checkBody(
  cx: Context,
  node: FunctionExpr,
  type: FunctionType,
  generics: readonly string[],
  fiber: Fiber | null,
  self: Type | null,
): void {
  const frame: Frame = { node, parent: cx.frame, result: type.result, generics, fiber }
  const loops = cx.loops
  cx.loops = 0
  node.params_ = type.params.map((param) => ({ type: param.type, mutable: param.mutable }))
  node.result = type.result
  cx.inScope(
    node,
    () => {
      if (self) node.self = selfSymbol(cx, node, self)
      node.params.forEach((param, index) => {
        const types = type.params[index]
        if (types) param.symbol = cx.declareLocal(param.name, types.type, "parameter", param.mutable)
      })
      const result = shallow(type.result)
      const isVoid = result.kind === "primitive" && result.name === "Void"
      const got = check(cx, node.body, isVoid ? "dropped" : type.result)
      if (isVoid || diverges(node.body)) return
      const head = { from: node.from, to: node.name?.to ?? node.from + 2 }
      const steps = settle(got, type.result)
      if (steps) node.body.coercions = steps.length ? steps : null
      else {
        const last = lastExpression(node.body)
        const fixes = last === node.body ? [] : conversions(cx, last, result, shallow(got))
        cx.reporter.error(head, "TypeMismatch", `Type mismatch: Expected ${typeName(type.result)}, got ${typeName(got)}${told(fixes)}`, {
          related: { from: last.from, to: last.to, message: "this is the value of the function" },
          fixes,
        })
      }
    },
    frame,
  )
  cx.loops = loops
  node.result = resolveType(type.result)
}

function selfSymbol(cx: Context, node: FunctionExpr, type: Type): LocalSymbol {
  const symbol: LocalSymbol = {
    kind: "local",
    name: "self",
    type,
    mutable: node.isMutating,
    role: "self",
    declared: { from: node.from, to: node.from },
    module: cx.module,
    owner: node,
    captured: false,
    assigned: false,
    referenced: false,
    fn: null,
  }
  cx.scope.names.set("self", symbol)
  // No other name can hide the instance from `@`.
  cx.scope.names.set("@", symbol)
  return symbol
}
