// What names and paths mean where values are meant: locals, names of the module, members of other modules, variants,
// static functions; and the wall around fibers (14.3, 14.8).
import type { Fix } from "../../../source/diagnostic.ts"
import type { Expr, Ident, PathExpr } from "../syntax/ast.ts"
import type { FunctionSymbol, LocalSymbol, ModuleSymbol, ModuleVariable, PathTarget, TypeSymbol, ValueSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { isChannel, structOrEnum } from "./relations.ts"
import { type Fiber, findLocal } from "./scope.ts"
import { publicType } from "./type-nodes.ts"

/** The local, function or variable of that name; null if there is none (nothing is reported then). Reports isolation. */
export function lookUp(cx: Context, name: Ident): ValueSymbol | null {
  const found = findLocal(cx.scope, name.name)
  if (found) {
    useLocal(cx, name, found.symbol, found.walls)
    return found.symbol
  }
  const value = cx.findValue(name.name)
  if (!value) return null
  cx.record(name, value)
  cx.use(value)
  if (value.kind === "variable" && value.mutable && cx.frame?.fiber) isolated(cx, name, name.name, value)
  return value
}

/** The instance of the method around, by `@` or `self`. */
export function lookUpSelf(cx: Context, at: { from: number; to: number }, written: string): LocalSymbol | null {
  const found = findLocal(cx.scope, written)
  if (found?.symbol.role !== "self") return null
  useLocal(cx, { ...at, name: written }, found.symbol, found.walls)
  return found.symbol
}

function useLocal(cx: Context, name: Ident, symbol: LocalSymbol, walls: readonly Fiber[]): void {
  if (symbol.role !== "self" || name.name === "self") cx.record(name, symbol)
  if (symbol.owner !== (cx.frame?.node ?? null)) symbol.captured = true
  if (!walls.length) return
  if (symbol.role === "let" && isChannel(symbol.type)) {
    for (const wall of walls) wall.channels.add(symbol)
    return
  }
  isolated(cx, name, name.name, symbol)
}

/** Reports a use of something that stands outside of the fiber's wall (14.3). */
export function isolated(
  cx: Context,
  at: { from: number; to: number },
  name: string,
  symbol: LocalSymbol | ModuleVariable | null = null,
  fixes: readonly Fix[] = [],
): void {
  const why = !symbol
    ? "; give it a function without a name, or one of a module by its name"
    : isChannel(symbol.type)
      ? "; a channel passes only where it is bound with let"
      : ", which uses only its own locals, and functions and constants of modules"
  const related =
    symbol?.module === cx.module
      ? { from: symbol.declared.from, to: symbol.declared.to, message: "declared here, outside of the fiber" }
      : null
  cx.reporter.error(
    at,
    "ScopeIsolation",
    `cannot access \`${name}\`: it is not in scope of the fiber${why}`,
    related ? { related, fixes } : { fixes },
  )
}

/** Why a path means nothing, in the catalogue's words. */
export interface NoMeaning {
  /** `followUp`: it is of an import that failed, which has been said. */
  readonly kind: "Undefined" | "UndefinedModule" | "followUp"
  readonly message: string
  readonly at: Ident
  /** What could have stood there instead. */
  readonly candidates?: readonly string[]
}

/** What a path of a value means, or the reason why it means nothing. */
export type PathMeaning = { readonly target: PathTarget } | NoMeaning

export function pathMeaning(cx: Context, path: PathExpr): PathMeaning {
  const [first, second, third] = path.parts
  const written = path.parts.map((it) => it.name).join("::")
  if (!first || !second)
    return { kind: "Undefined", message: `Undefined: ${written}`, at: first ?? { name: "", from: path.from, to: path.to } }
  const module = cx.module.imports.get(first.name)
  if (third) {
    if (!module) return undefinedModule(cx, first)
    const type = publicType(module, second.name)
    const target = type && path.parts.length === 3 ? typeMember(cx, type, third, module) : null
    if (!type) return { kind: "Undefined", message: `Undefined: ${written}`, at: third }
    if (!target) return { kind: "Undefined", message: `Undefined: ${written}`, at: third, candidates: namesOfType(type) }
    cx.record(first, module)
    cx.record(second, type)
    return { target }
  }
  const type = cx.findType(first.name)
  if (type) {
    const target = typeMember(cx, type, second, cx.module)
    if (target) {
      cx.record(first, type)
      return { target }
    }
    if (!module) return { kind: "Undefined", message: `Undefined: ${written}`, at: second, candidates: namesOfType(type) }
  }
  if (!module) return undefinedModule(cx, first)
  cx.record(first, module)
  const target = moduleMember(module, second.name)
  if (!target) return { kind: "Undefined", message: `Undefined: ${written}`, at: second, candidates: namesOfModule(module) }
  cx.record(second, target.kind === "variable" ? target.variable : target.fn)
  return { target }
}

/** Variants and static functions. */
function namesOfType(type: TypeSymbol): string[] {
  const owner = structOrEnum(type)
  const variants = owner?.kind === "enum" ? owner.variants.map((it) => it.name) : []
  return [...variants, ...(owner?.statics.keys() ?? [])]
}

/** Public functions and constants. */
function namesOfModule(module: ModuleSymbol): string[] {
  const functions = [...module.functions].filter(([key, fn]) => !fn.isPrivate && !key.includes("::")).map(([key]) => key)
  return [...functions, ...module.variables.filter((it) => !it.mutable).map((it) => it.name)]
}

function undefinedModule(cx: Context, name: Ident): NoMeaning {
  const kind = cx.failedImports.has(name.name) ? "followUp" : "UndefinedModule"
  return { kind, message: `Undefined module: ${name.name}`, at: name }
}

/** A public function or constant of another module. */
function moduleMember(
  module: ModuleSymbol,
  name: string,
): { readonly kind: "function"; readonly fn: FunctionSymbol } | { readonly kind: "variable"; readonly variable: ModuleVariable } | null {
  const fn = module.functions.get(name)
  if (fn) return fn.isPrivate ? null : { kind: "function", fn }
  for (let index = module.variables.length - 1; index >= 0; index--) {
    const variable = module.variables[index]
    if (variable?.name === name) return variable.mutable ? null : { kind: "variable", variable }
  }
  return null
}

/** `Enum::variant` or `Type::static_function`. */
function typeMember(cx: Context, type: TypeSymbol, name: Ident, module: ModuleSymbol): PathTarget | null {
  const owner = structOrEnum(type)
  if (owner?.kind === "enum") {
    const index = owner.variants.findIndex((it) => it.name === name.name)
    const variant = owner.variants[index]
    if (variant) {
      cx.record(name, variant)
      return { kind: "variant", enum: owner, index }
    }
  }
  const fn = owner?.statics.get(name.name) ?? module.functions.get(`${type.name}::${name.name}`)
  if (!fn || (fn.isPrivate && fn.module !== cx.module)) return null
  cx.record(name, fn)
  cx.use(fn)
  return { kind: "function", fn }
}

export interface Place {
  /** A variable or a field of one: something that can be assigned to. */
  readonly isPlace: boolean
  readonly mutable: boolean
  readonly root: LocalSymbol | ModuleVariable | null
}

/** Whether a checked expression is a variable or a field of one, and whether that may be changed (section 10). */
export function placeOf(expr: Expr): Place {
  switch (expr.kind) {
    case "name": {
      const symbol = expr.symbol
      if (!symbol || symbol.kind === "function") return { isPlace: false, mutable: false, root: null }
      return { isPlace: true, mutable: symbol.mutable, root: symbol }
    }
    case "self":
      return { isPlace: true, mutable: expr.symbol?.mutable ?? false, root: expr.symbol }
    case "member":
      return placeOf(expr.object)
    case "path":
      return { isPlace: expr.target?.kind === "variable", mutable: false, root: null }
    default:
      return { isPlace: false, mutable: false, root: null }
  }
}

/** The text of an expression on one line, as messages quote it. */
export function sourceText(cx: Context, node: { from: number; to: number }): string {
  return (cx.module.file?.text.slice(node.from, node.to) ?? "").replace(/\s+/g, " ")
}
