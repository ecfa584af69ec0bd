// Calls (sections 6, 10, 12): what is called, arguments by place and by name, generic names bound from arguments, `mut`
// parameters, and the functions that become fibers (14.3).
import type { Argument, CallExpr, Expr, Ident, MemberExpr, PathExpr } from "../syntax/ast.ts"
import type { FunctionSymbol, ResolvedArgument } from "./checked.ts"
import type { Context } from "./context.ts"
import { check, coerce, expectType, mismatch, settle, type Want } from "./expressions.ts"
import { startFiber } from "./fiber-starts.ts"
import { meaninglessFixes, mutableFix, printFix, told } from "./fixes.ts"
import { findMethod, memberAdvice, memberNames } from "./members.ts"
import { lookUp, pathMeaning, placeOf, sourceText } from "./names.ts"
import { resolveType, shallow, substitute, suggest, typeName, wouldFit } from "./relations.ts"
import { nearestFix, spellingFix } from "./spelling.ts"
import { genericsOf, openType, typeOf } from "./type-nodes.ts"
import { BOOL, FLOAT, type FunctionType, INT, STR, type Type, UNKNOWN, VOID } from "./types.ts"

const NO_BINDINGS: ReadonlyMap<string, Type> = new Map()

export function checkCall(cx: Context, call: CallExpr, want: Want): Type {
  const callee = call.callee
  switch (callee.kind) {
    case "name":
      return checkNamedCall(cx, call, callee.name, want)
    case "path":
      return checkPathCall(cx, call, callee, want)
    case "member":
      return checkMethodCall(cx, call, callee, want)
    default:
      return checkValueCall(cx, call, check(cx, callee, "any"), sourceText(cx, callee), want)
  }
}

function checkNamedCall(cx: Context, call: CallExpr, name: string, want: Want): Type {
  const callee = call.callee
  if (callee.kind !== "name") return UNKNOWN
  const symbol = lookUp(cx, callee)
  if (!symbol) {
    if (name === "panic") return checkPanic(cx, call)
    undefinedFunction(cx, callee)
    return checkLoosely(cx, call)
  }
  callee.symbol = symbol
  if (symbol.kind === "function") return callFunction(cx, call, symbol, want)
  callee.type = symbol.type
  const nested = symbol.kind === "local" ? symbol.fn?.symbol : null
  if (nested) {
    call.target = { kind: "value" }
    return callSignature(cx, call, nested, want)
  }
  return checkValueCall(cx, call, symbol.type, name, want)
}

/** Reports a name that is called, or stands behind the arrow of a try, and means nothing. */
export function undefinedFunction(cx: Context, callee: Ident): void {
  const { name } = callee
  if (!name) return
  const isStruct = cx.findType(name)?.kind === "struct"
  const advice = isStruct ? `: a struct is made with ${name}{field: value}` : (ADVICE.get(name) ?? "")
  const fixes = isPrint(name) ? printFix(cx, callee) : spellingFix(cx, callee)
  cx.reporter.error(callee, "UndefinedFunction", `Undefined function: ${name}${advice || told(fixes)}`, { fixes })
}

/** Reports something that is called, or stands behind the arrow of a try, and is no function. */
export function notAFunction(cx: Context, callee: Expr, written: string): void {
  cx.reporter.error(callee, "NotAFunction", callee.kind === "path" ? `${written} is not a function` : `Not a function: ${written}`)
}

const PRINT = ": it is io::print, after 'use ard/io'"

/** What is called under other names here. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ...["print", "println", "puts", "echo", "log"].map((name) => [name, PRINT] as const),
  ["panic", ": it is only called, as in -> error { panic(error) }"],
  ["Some", ": write maybe::some(…), after 'use ard/maybe'"],
  ["some", ": write maybe::some(…), after 'use ard/maybe'"],
  ["none", ": write maybe::none(), after 'use ard/maybe'"],
  ["Ok", ": write Result::ok(…)"],
  ["ok", ": write Result::ok(…)"],
  ["Err", ": write Result::err(…)"],
  ["err", ": write Result::err(…)"],
  ["Int", ": see Int::from_str(…), and .to_int() of a Float"],
  ["Float", ": see Float::from_int(…) and Float::from_str(…)"],
  ["Str", ": see .to_str()"],
])

const isPrint = (name: string) => ADVICE.get(name) === PRINT

function checkPathCall(cx: Context, call: CallExpr, callee: PathExpr, want: Want): Type {
  const meaning = pathMeaning(cx, callee)
  if (!("target" in meaning)) {
    if (meaning.kind !== "followUp") {
      const fixes = meaninglessFixes(cx, meaning)
      cx.reporter.error(meaning.at, meaning.kind, `${meaning.message}${told(fixes)}`, { fixes })
    }
    return checkLoosely(cx, call)
  }
  callee.target = meaning.target
  const written = sourceText(cx, callee)
  switch (meaning.target.kind) {
    case "function":
      return callFunction(cx, call, meaning.target.fn, want)
    case "variable":
      callee.type = meaning.target.variable.type
      return checkValueCall(cx, call, meaning.target.variable.type, written, want)
    case "variant":
      notAFunction(cx, callee, written)
      return checkLoosely(cx, call)
  }
}

function callFunction(cx: Context, call: CallExpr, fn: FunctionSymbol, want: Want): Type {
  call.target = { kind: "function", fn }
  return callSignature(cx, call, fn, want)
}

function checkValueCall(cx: Context, call: CallExpr, type: Type, written: string, want: Want): Type {
  const it = shallow(type)
  if (it.kind === "unknown") return checkLoosely(cx, call)
  if (it.kind !== "function") {
    notAFunction(cx, call.callee, written)
    return checkLoosely(cx, call)
  }
  call.target = { kind: "value" }
  if (call.typeArgs.length) cx.reporter.error(call, "GenericConflict", "Type is not generic and cannot be specialized.")
  checkArguments(cx, call, it, it, "function", null)
  if (typeof want !== "string") suggest(it.result, want)
  return it.result
}

function checkPanic(cx: Context, call: CallExpr): Type {
  call.target = { kind: "panic" }
  const message = call.args[0]
  if (call.args.length !== 1 || !message) {
    cx.reporter.error(call, "ArgumentCount", "Incorrect number of arguments: 'panic' requires a message")
    for (const it of call.args) check(cx, it.value, UNKNOWN)
    return VOID
  }
  call.resolved = [{ index: 0, mode: "value" }]
  expectType(cx, message.value, STR)
  return VOID
}

/** After an error in the callee: the arguments are looked at for what they are worth by themselves. */
function checkLoosely(cx: Context, call: CallExpr): Type {
  for (const it of call.args) check(cx, it.value, UNKNOWN)
  return UNKNOWN
}

function checkMethodCall(cx: Context, call: CallExpr, callee: MemberExpr, want: Want): Type {
  const receiver = callee.object
  const type = shallow(check(cx, receiver, "any"))
  const name = callee.name.name
  if (type.kind === "unknown" || !name) return checkLoosely(cx, call)
  const found = findMethod(cx, type, name)
  if (!found) {
    const field = type.kind === "struct" ? type.symbol.fields.get(name) : undefined
    const written = sourceText(cx, callee)
    if (field) {
      cx.record(callee.name, field)
      const isFunction = shallow(field.type).kind === "function"
      cx.reporter.error(callee.name, "NotAFunction", `${written} is not a function${isFunction ? ": bind the field to a name first" : ""}`)
    } else {
      const fixes = nearestFix(cx, callee.name, memberNames(cx, type))
      cx.reporter.error(callee.name, "Undefined", `Undefined: ${written}${memberAdvice(type, name) || told(fixes)}`, { fixes })
    }
    return checkLoosely(cx, call)
  }
  const isMutating = found.kind === "trait" ? found.method.isMutating : found.fn.isMutating
  if (isMutating && !placeOf(receiver).mutable) {
    const text = sourceText(cx, receiver)
    const fixes = mutableFix(cx, receiver)
    cx.reporter.error(call, "Immutable", `Cannot mutate immutable '${text}' with '.${name}()'${told(fixes)}`, { fixes })
  }
  if (found.kind === "trait") {
    cx.record(callee.name, found.method)
    call.target = { kind: "traitMethod", trait: found.trait, name, receiver }
    checkArguments(cx, call, found.method.type, found.method.type, "method", null)
    return found.method.type.result
  }
  cx.record(callee.name, found.fn)
  cx.use(found.fn)
  call.target = { kind: "method", fn: found.fn, receiver }
  return callSignature(cx, call, found.fn, want, found.generics)
}

/** Calls a function whose declaration is known: opens its generic names, binds them, gives the result. */
function callSignature(cx: Context, call: CallExpr, fn: FunctionSymbol, want: Want, owner: ReadonlyMap<string, Type> = NO_BINDINGS): Type {
  const bindings = new Map<string, Type>(owner)
  const own = fn.generics.filter((name) => !owner.has(name))
  const isExplicit = call.typeArgs.length > 0
  if (isExplicit) {
    const types = call.typeArgs.map((node) => typeOf(cx, node))
    if (types.length === own.length) for (const [index, name] of own.entries()) bindings.set(name, types[index] ?? UNKNOWN)
    else if (!own.length) cx.reporter.error(call, "GenericConflict", "Type is not generic and cannot be specialized.")
    else cx.reporter.error(call, "GenericConflict", `Expected ${own.length} type arguments, got ${types.length}`)
  }
  for (const name of own) if (!bindings.has(name)) bindings.set(name, openType(name))
  const type = substitute(fn.type, bindings)
  if (type.kind !== "function") return UNKNOWN
  call.callee.type = type
  if (own.length) {
    if (typeof want !== "string") suggest(type.result, want)
    call.bindings = bindings
  }
  // What the receiver's type says is not this call's to bind: an argument that disagrees is a plain mismatch.
  const bound = isExplicit ? null : new Map(own.map((name) => [name, bindings.get(name) ?? UNKNOWN] as const))
  checkArguments(cx, call, type, fn.type, fn.role === "method" ? "method" : "function", bound, fn)
  if (own.length && fn.entry && !isExplicit && mustBeBound(fn)) cx.mustBind.push(call)
  return type.result
}

/** A generic name that no argument can bind, where the runtime must know it: `channel::new`, `json::parse`. */
export function mustBeBound(fn: FunctionSymbol): boolean {
  const { path } = fn.module
  if (path !== "ard/async/channel" && path !== "ard/json") return false
  const inParameters = genericsOf(fn.type.params.map((it) => it.type))
  return fn.role !== "method" && fn.generics.some((name) => !inParameters.includes(name))
}

// ---- arguments ------------------------------------------------------------------------------------------------------

function checkArguments(
  cx: Context,
  call: CallExpr,
  type: FunctionType,
  declared: FunctionType,
  kind: "function" | "method",
  bindings: ReadonlyMap<string, Type> | null,
  fn: FunctionSymbol | null = null,
): void {
  const places = assignPlaces(cx, call, type, fn)
  const resolved: ResolvedArgument[] = type.params.map(() => ({ index: -1, mode: "value" }))
  call.args.forEach((arg, index) => {
    const place = places[index] ?? -1
    const param = type.params[place]
    if (!param) {
      check(cx, arg.value, UNKNOWN)
      return
    }
    if (place === 0 && fn?.entry?.startsFiber) {
      startFiber(cx, call, arg, param.type, fn.name === "eval")
      resolved[place] = { index, mode: "value" }
      return
    }
    const literal = literalType(arg.value)
    const early = bindings && literal && findConflict(declared.params[place]?.type ?? UNKNOWN, literal, bindings)
    if (early) {
      check(cx, arg.value, "any")
      cx.reporter.error(arg.value, "GenericConflict", early)
      resolved[place] = { index, mode: "value" }
      return
    }
    const got = check(cx, arg.value, param.type)
    const steps = settle(got, param.type, true)
    if (steps) coerce(cx, arg.value, steps)
    else {
      const conflict = bindings && findConflict(declared.params[place]?.type ?? UNKNOWN, got, bindings)
      if (conflict) cx.reporter.error(arg.value, "GenericConflict", conflict)
      else mismatch(cx, arg.value, param.type, got)
    }
    resolved[place] = { index, mode: steps || !param.mutable ? modeOf(cx, arg, param.mutable, kind, param.type) : "value" }
  })
  call.resolved = resolved
}

/** For each argument the index of its parameter, or -1; reports wrong counts and names. */
function assignPlaces(cx: Context, call: CallExpr, type: FunctionType, fn: FunctionSymbol | null): number[] {
  const { params } = type
  const { args } = call
  const isOptional = (index: number) => params.slice(index).every((it) => shallow(it.type).kind === "maybe")
  if (!args.some((arg) => arg.name)) {
    if (args.length > params.length || (args.length < params.length && !isOptional(args.length))) {
      cx.reporter.error(call, "ArgumentCount", `Incorrect number of arguments: Expected ${params.length}, got ${args.length}`)
    }
    return args.map((_, index) => index)
  }
  const taken = new Set<number>()
  const places = args.map((arg, index) => {
    if (!arg.name) {
      if (index >= params.length) cx.reporter.error(call, "ArgumentName", "too many positional arguments")
      taken.add(index)
      return index
    }
    const name = arg.name.name
    const place = params.findIndex((param) => param.name === name)
    if (place < 0) {
      cx.reporter.error(call, "ArgumentName", `unknown parameter name: ${name}`)
      return -1
    }
    if (taken.has(place)) {
      cx.reporter.error(call, "ArgumentName", `parameter ${name} specified multiple times`)
      return -1
    }
    taken.add(place)
    if (fn?.node) cx.argumentNames.push({ name: arg.name, fn, index: place })
    return place
  })
  if (!places.includes(-1)) {
    params.forEach((param, index) => {
      if (taken.has(index) || shallow(param.type).kind === "maybe") return
      cx.reporter.error(call, "ArgumentName", `missing argument for parameter: ${param.name}`)
    })
  }
  return places
}

/** How an argument reaches its parameter (section 10). */
function modeOf(cx: Context, arg: Argument, isMutable: boolean, kind: "function" | "method", type: Type): ResolvedArgument["mode"] {
  if (!isMutable) return "value"
  if (arg.mutable) return "copy"
  const place = placeOf(arg.value)
  if (place.isPlace && place.mutable && !arg.value.coercions) {
    if (place.root && arg.value.kind === "name") place.root.referenced = true
    return "reference"
  }
  // Behind a trait or in a union stands the same object: what the callee changes in it is seen by the caller.
  if (place.isPlace && place.mutable) return "temporary"
  if (kind === "method") return place.isPlace ? "copy" : "temporary"
  const advice = "put mut before it to pass a copy of its own"
  cx.reporter.error(arg, "Immutable", `Type mismatch: Expected a mutable ${typeName(type)}: ${advice}`, {
    fixes: [...mutableFix(cx, arg.value), { title: "Pass a copy", edits: [{ from: arg.value.from, to: arg.value.from, insert: "mut " }] }],
  })
  return "value"
}

/** The type of a list or map of literals, known without its place: elsewhere its items are compared with what the place expects. */
function literalType(expr: Expr): Type | null {
  switch (expr.kind) {
    case "int":
      return INT
    case "float":
      return FLOAT
    case "bool":
      return BOOL
    case "string":
      return STR
    case "list": {
      const of = expr.items[0] && literalType(expr.items[0])
      return of ? { kind: "list", of } : null
    }
    case "map": {
      const [first] = expr.entries
      const key = first && literalType(first.key)
      const value = first && literalType(first.value)
      return key && value ? { kind: "map", key, value } : null
    }
    default:
      return null
  }
}

/** "generic T already bound to …" where the argument disagrees with what an earlier one bound. */
function findConflict(declared: Type, got: Type, bindings: ReadonlyMap<string, Type>): string | null {
  const it = shallow(got)
  if (declared.kind === "generic") {
    const bound = bindings.get(declared.name)
    if (bound?.kind !== "open" || shallow(bound).kind === "open" || wouldFit(it, bound)) return null
    return `generic ${declared.name} already bound to ${typeName(bound)}, cannot bind to ${typeName(it)}`
  }
  if (declared.kind === "list" && it.kind === "list") return findConflict(declared.of, it.of, bindings)
  if (declared.kind === "maybe" && it.kind === "maybe") return findConflict(declared.of, it.of, bindings)
  if (declared.kind === "map" && it.kind === "map") {
    return findConflict(declared.key, it.key, bindings) ?? findConflict(declared.value, it.value, bindings)
  }
  if (declared.kind === "result" && it.kind === "result") {
    return findConflict(declared.value, it.value, bindings) ?? findConflict(declared.error, it.error, bindings)
  }
  if (declared.kind === "function" && it.kind === "function" && declared.params.length === it.params.length) {
    for (let index = 0; index < declared.params.length; index++) {
      const conflict = findConflict(declared.params[index]?.type ?? UNKNOWN, it.params[index]?.type ?? UNKNOWN, bindings)
      if (conflict) return conflict
    }
    return findConflict(declared.result, it.result, bindings)
  }
  if (declared.kind === "struct" && it.kind === "struct" && declared.symbol === it.symbol) {
    for (let index = 0; index < declared.args.length; index++) {
      const conflict = findConflict(declared.args[index] ?? UNKNOWN, it.args[index] ?? UNKNOWN, bindings)
      if (conflict) return conflict
    }
  }
  return null
}

/** Notes the names of arguments as uses of their parameters; called when all bodies are checked. */
export function recordArgumentNames(cx: Context): void {
  for (const { name, fn, index } of cx.argumentNames) {
    const symbol = fn.node?.params[index]?.symbol
    if (symbol) cx.record(name, symbol)
  }
}

/** Type arguments that nothing has fixed by the end of the module. */
export function reportUnbound(cx: Context): void {
  for (const call of cx.mustBind) {
    const open = [...(call.bindings ?? [])].filter(([, type]) => shallow(resolveType(type)).kind === "open")
    if (open.length && !call.typeArgs.length) {
      cx.reporter.error(call, "GenericConflict", `Expected ${open.length} type arguments, got 0`)
    }
  }
}
