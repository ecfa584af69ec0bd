// Types of expressions (section 6): literals, operators, members, struct literals, blocks and ifs. Calls, matches and
// functions have files of their own. `check` computes, `expectType` compares and writes down the coercions.
import type {
  BinaryExpr,
  BlockExpr,
  CompareExpr,
  Expr,
  IfExpr,
  ListExpr,
  MapExpr,
  MemberExpr,
  StringLiteral,
  StructExpr,
  UnaryExpr,
} from "../syntax/ast.ts"
import { checkCall } from "./calls.ts"
import type { Coercion, FunctionSymbol, StructSymbol, TypeSymbol } from "./checked.ts"
import type { Context } from "./context.ts"
import { checkLambda, checkNestedFunction } from "./functions.ts"
import { checkMatch } from "./matches.ts"
import { findMethod } from "./members.ts"
import { lookUp, lookUpSelf, pathMeaning, sourceText } from "./names.ts"
import {
  admit,
  attempt,
  implementsTrait,
  resolveType,
  sameType,
  shallow,
  structBindings,
  substitute,
  suggest,
  typeName,
  wouldFit,
} from "./relations.ts"
import { spellingFix } from "./spelling.ts"
import { checkStatements } from "./statements.ts"
import { checkTry } from "./try.ts"
import { instantiateType, openType, publicType } from "./type-nodes.ts"
import { BOOL, FLOAT, INT, STR, type Type, UNKNOWN, VOID } from "./types.ts"

/** What the place of an expression asks for: a type, any value, or nothing (the value is dropped). */
export type Want = Type | "any" | "dropped"

const LARGEST = 9223372036854775807n

/** Checks an expression, writes its type on it and gives it. Never throws; UNKNOWN after an error. */
export function check(cx: Context, expr: Expr, want: Want): Type {
  const type = typeOfExpression(cx, expr, want)
  expr.type = type
  return type
}

/** Checks an expression where a type is expected; reports TypeMismatch at it. True if it fits. */
export function expectType(cx: Context, expr: Expr, type: Type, wraps = false): boolean {
  const got = check(cx, expr, type)
  const steps = settle(got, type, wraps)
  if (steps) {
    coerce(cx, expr, steps)
    return true
  }
  mismatch(cx, expr, type, got)
  return false
}

/** What must happen so that `from` fits `to`; null if it does not, and no binding is left behind then. */
export function settle(from: Type, to: Type, wraps = false): readonly Coercion[] | null {
  return attempt(() => admit(from, to, wraps))
}

/** Writes coercions on an expression and notes the methods that a trait will call. */
export function coerce(cx: Context, expr: Expr, steps: readonly Coercion[]): void {
  expr.coercions = steps.length ? steps : null
  for (const step of steps) {
    const from = shallow(step.from)
    const to = shallow(step.to)
    if (step.kind !== "trait" || to.kind !== "trait" || (from.kind !== "struct" && from.kind !== "enum")) continue
    for (const name of to.symbol.methods.keys()) {
      const method = from.symbol.methods.get(name)
      if (method) cx.use(method)
    }
  }
}

export function mismatch(cx: Context, at: { from: number; to: number }, expected: Type, got: Type): void {
  const wanted = shallow(expected)
  const text = wanted.kind === "trait" ? `implementation of ${wanted.symbol.name}` : typeName(expected)
  cx.reporter.error(at, "TypeMismatch", `Type mismatch: Expected ${text}, got ${typeName(got)}`, {
    fixes: conversions(cx, at, wanted, shallow(got)),
  })
}

/** Quick fixes that put a value into the function that makes the expected type of it. */
function conversions(
  cx: Context,
  at: { from: number; to: number },
  wanted: Type,
  got: Type,
): { title: string; edits: { from: number; to: number; insert: string }[] }[] {
  const around = (title: string, before: string, after: string) => [
    {
      title,
      edits: [
        { from: at.from, to: at.from, insert: before },
        { from: at.to, to: at.to, insert: after },
      ],
    },
  ]
  if (wanted.kind === "maybe" && wouldFit(got, wanted.of) && cx.module.imports.get("maybe"))
    return around("Wrap it with maybe::some", "maybe::some(", ")")
  if (isPrimitive(wanted, "Float") && isPrimitive(got, "Int")) return around("Convert it with Float::from_int", "Float::from_int(", ")")
  if (isPrimitive(wanted, "Str") && got.kind === "primitive" && /^(Int|Float|Bool)$/.test(got.name))
    return around("Put it into a string", '"{', '}"')
  return []
}

function typeOfExpression(cx: Context, expr: Expr, want: Want): Type {
  switch (expr.kind) {
    case "int":
      if (expr.value > LARGEST) cx.reporter.error(expr, "InvalidLiteral", `Invalid int: ${sourceText(cx, expr) || expr.value}`)
      return INT
    case "float":
      if (!Number.isFinite(expr.value)) cx.reporter.error(expr, "InvalidLiteral", `Invalid float: ${sourceText(cx, expr)}`)
      return FLOAT
    case "bool":
      return BOOL
    case "void":
      return VOID
    case "string":
      return checkString(cx, expr)
    case "name": {
      const symbol = lookUp(cx, expr)
      if (symbol) {
        expr.symbol = symbol
        if (symbol.kind === "function") return instantiate(symbol)
        if (symbol.kind === "local" && symbol.fn?.symbol) return instantiate(symbol.fn.symbol)
        return symbol.type
      }
      if (expr.name === "self") {
        expr.symbol = lookUpSelf(cx, expr, "self")
        if (expr.symbol) return expr.symbol.type
      }
      undefinedVariable(cx, expr)
      return UNKNOWN
    }
    case "self": {
      expr.symbol = lookUpSelf(cx, expr, "@")
      if (expr.symbol) return expr.symbol.type
      cx.reporter.error(expr, "UndefinedVariable", "Undefined variable: @")
      return UNKNOWN
    }
    case "member":
      return checkMember(cx, expr)
    case "path": {
      const meaning = pathMeaning(cx, expr)
      if (!("target" in meaning)) {
        cx.reporter.error(meaning.at, meaning.kind, meaning.message, { fixes: importFix(cx, meaning.kind, meaning.at.name) })
        return UNKNOWN
      }
      expr.target = meaning.target
      switch (meaning.target.kind) {
        case "variable":
          return meaning.target.variable.type
        case "function":
          return instantiate(meaning.target.fn)
        case "variant":
          return { kind: "enum", symbol: meaning.target.enum }
      }
      return UNKNOWN
    }
    case "call":
      return checkCall(cx, expr, want)
    case "unary":
      return checkUnary(cx, expr)
    case "binary":
      return checkBinary(cx, expr)
    case "compare":
      return checkCompare(cx, expr)
    case "range":
      expectType(cx, expr.start, INT)
      expectType(cx, expr.end, INT)
      return UNKNOWN
    case "list":
      return checkList(cx, expr, want)
    case "map":
      return checkMap(cx, expr, want)
    case "struct":
      return checkStruct(cx, expr, want)
    case "match":
      return checkMatch(cx, expr, want)
    case "try":
      return checkTry(cx, expr)
    case "if":
      return checkIf(cx, expr, want)
    case "block":
      return checkBlock(cx, expr, want)
    case "function":
      if (expr.symbol && !expr.local) return expr.symbol.type
      return expr.name ? checkNestedFunction(cx, expr) : checkLambda(cx, expr, want, null)
    case "extern":
      if (expr.symbol) return expr.symbol.type
      cx.reporter.error(expr, "InvalidExtern", "Extern functions stand at the top level of a module")
      return UNKNOWN
  }
}

/** Words of other languages that are names here. */
const FOREIGN_WORDS: ReadonlyMap<string, string> = new Map([
  ["return", ": there is no return, the last expression of a function is its value"],
  ["null", ": there is no null, see ard/maybe"],
  ["await", ": there is no await, see ard/async"],
  ["var", ": write 'let' or 'mut'"],
  ["continue", ": there is no continue"],
])

function undefinedVariable(cx: Context, name: { readonly name: string; readonly from: number; readonly to: number }): void {
  if (!name.name) return
  cx.reporter.error(name, "UndefinedVariable", `Undefined variable: ${name.name}${FOREIGN_WORDS.get(name.name) ?? ""}`, {
    fixes: spellingFix(cx, name),
  })
}

/** Modules of the library that a name before `::` may have meant, as quick fixes. */
export function importFix(
  cx: Context,
  kind: string,
  name: string,
): { title: string; edits: { from: number; to: number; insert: string }[] }[] {
  if (kind !== "UndefinedModule") return []
  const imports = cx.module.node.imports
  const last = imports[imports.length - 1]
  const at = last ? last.to : 0
  return cx.library.paths
    .filter((path) => path.slice(path.lastIndexOf("/") + 1) === name)
    .map((path) => ({ title: `Import ${path}`, edits: [{ from: at, to: at, insert: last ? `\nuse ${path}` : `use ${path}\n\n` }] }))
}

/** The type of a function as a value or callee: its generic names opened. */
export function instantiate(fn: FunctionSymbol, bindings: Map<string, Type> = new Map()): Type {
  for (const name of fn.generics) if (!bindings.has(name)) bindings.set(name, openType(name))
  return substitute(fn.type, bindings)
}

// ---- strings, members -----------------------------------------------------------------------------------------------

function checkString(cx: Context, expr: StringLiteral): Type {
  for (const part of expr.parts) {
    if (typeof part === "string") continue
    const got = shallow(check(cx, part, "any"))
    const trait = cx.library.toStringTrait
    if (!trait || got.kind === "unknown") continue
    if (implementsTrait(got, trait))
      coerce(cx, part, got.kind === "trait" ? [] : [{ kind: "trait", from: got, to: { kind: "trait", symbol: trait } }])
    else cx.reporter.error(part, "TypeMismatch", `Type mismatch: Expected implementation of ToString, got ${typeName(got)}`)
  }
  return STR
}

function checkMember(cx: Context, expr: MemberExpr): Type {
  const type = shallow(check(cx, expr.object, "any"))
  if (type.kind === "unknown" || !expr.name.name) return UNKNOWN
  if (type.kind === "struct") {
    const field = type.symbol.fields.get(expr.name.name)
    if (field) {
      expr.target = { kind: "field", struct: type.symbol, name: field.name }
      cx.record(expr.name, field)
      return substitute(field.type, structBindings(type.symbol, type.args))
    }
  }
  const method = findMethod(cx, type, expr.name.name)
  const text = sourceText(cx, expr)
  if (method) cx.reporter.error(expr.name, "Undefined", `Undefined: ${text}: it is a method, call it with '()'`)
  else cx.reporter.error(expr.name, "Undefined", `Undefined: ${text}`)
  return UNKNOWN
}

// ---- operators ------------------------------------------------------------------------------------------------------

const DIFFERENT: Readonly<Record<string, string>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "modulo" }

function isNumber(type: Type): boolean {
  return type.kind === "primitive" && (type.name === "Int" || type.name === "Float")
}

function isPrimitive(type: Type, name: string): boolean {
  return type.kind === "primitive" && type.name === name
}

/** The operands' types made one where one of them is still open. */
function operands(left: Type, right: Type): [Type, Type] {
  const a = shallow(left)
  const b = shallow(right)
  if (a.kind === "open" || b.kind === "open") attempt(() => sameType(a, b))
  return [shallow(a), shallow(b)]
}

function checkUnary(cx: Context, expr: UnaryExpr): Type {
  const type = shallow(check(cx, expr.operand, "any"))
  if (expr.op === "not") {
    if (type.kind !== "unknown" && !attempt(() => sameType(type, BOOL))) {
      cx.reporter.error(expr, "InvalidOperands", "Only booleans can be negated with 'not'")
    }
    return BOOL
  }
  if (isNumber(type)) return type
  if (type.kind !== "unknown") cx.reporter.error(expr, "InvalidOperands", "Only numbers can be negated with '-'")
  return UNKNOWN
}

function checkBinary(cx: Context, expr: BinaryExpr): Type {
  const [left, right] = operands(check(cx, expr.left, "any"), check(cx, expr.right, "any"))
  const unknown = left.kind === "unknown" || right.kind === "unknown"
  const fail = (message: string) => {
    if (!unknown) cx.reporter.error(expr, "InvalidOperands", message)
  }
  switch (expr.op) {
    case "and":
      if (!isPrimitive(left, "Bool") || !isPrimitive(right, "Bool")) fail("The 'and' operator can only be used between Bools")
      return BOOL
    case "or":
      if (!isPrimitive(left, "Bool") || !isPrimitive(right, "Bool")) fail("The 'or' operator can only be used with Boolean values")
      return BOOL
    case "==":
    case "!=":
      if (!comparable(left, right)) fail(`Invalid: ${typeName(left)} ${expr.op} ${typeName(right)}`)
      return BOOL
    default: {
      const problem = arithmeticProblem(expr.op, left, right)
      if (problem) fail(problem)
      if (unknown) return left.kind === "unknown" ? right : left
      return problem ? UNKNOWN : left
    }
  }
}

/** Why an arithmetic operator does not take these operands; null if it does. Also for `=+` and `=-`. */
export function arithmeticProblem(op: string, left: Type, right: Type): string | null {
  const a = shallow(left)
  const b = shallow(right)
  if (!sameType(a, b)) return `Cannot ${DIFFERENT[op]} different types`
  if (op === "%") return isPrimitive(a, "Int") || a.kind === "unknown" ? null : "The '%' operator can only be used for Int"
  if (isNumber(a) || a.kind === "unknown" || (op === "+" && isPrimitive(a, "Str"))) return null
  return `The '${op === "+" ? "-" : op}' operator can only be used for Int or Float`
}

function comparable(left: Type, right: Type): boolean {
  if (left.kind === "maybe" && right.kind === "maybe") {
    return attempt(() => sameType(left, right)) && equatable(shallow(left.of))
  }
  if (left.kind === "enum" && isPrimitive(right, "Int")) return true
  if (right.kind === "enum" && isPrimitive(left, "Int")) return true
  return equatable(left) && attempt(() => sameType(left, right))
}

function equatable(type: Type): boolean {
  switch (type.kind) {
    case "primitive":
      return type.name !== "Void" && type.name !== "Dynamic"
    case "enum":
    case "open":
    case "unknown":
      return true
    case "maybe":
      return equatable(shallow(type.of))
    default:
      return false
  }
}

function checkCompare(cx: Context, expr: CompareExpr): Type {
  const types = expr.operands.map((it) => check(cx, it, "any"))
  expr.ops.forEach((op, index) => {
    const [left, right] = operands(types[index] ?? UNKNOWN, types[index + 1] ?? UNKNOWN)
    if (left.kind === "unknown" || right.kind === "unknown") return
    if (!attempt(() => sameType(left, right))) cx.reporter.error(expr, "InvalidOperands", "Cannot compare different types")
    else if (!isNumber(left)) cx.reporter.error(expr, "InvalidOperands", `The '${op}' operator can only be used for Int or Float`)
  })
  return BOOL
}

// ---- lists, maps, structs -------------------------------------------------------------------------------------------

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

function checkList(cx: Context, expr: ListExpr, want: Want): Type {
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

function checkMap(cx: Context, expr: MapExpr, want: Want): Type {
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
  const keyType = shallow(key)
  if (keyType.kind !== "unknown" && !(keyType.kind === "primitive" && /^(Str|Int|Bool|Float)$/.test(keyType.name))) {
    cx.reporter.error(first.key, "TypeMismatch", `Map key type mismatch: Expected Str, Int, Bool or Float, got ${typeName(keyType)}`)
  }
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

function checkStruct(cx: Context, expr: StructExpr, want: Want): Type {
  const [first, second] = expr.path
  const written = expr.path.map((it) => it.name).join("::")
  let found: TypeSymbol | null = null
  if (first && second) {
    const module = cx.module.imports.get(first.name)
    if (!module)
      cx.reporter.error(first, "UndefinedModule", `Undefined module: ${first.name}`, {
        fixes: importFix(cx, "UndefinedModule", first.name),
      })
    else {
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
      cx.reporter.error(field.name, "UnknownField", `Unknown field: ${field.name.name}`)
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
  const text = missing.map((it) => `${it.name}: ${placeholder(it.type)}`).join(", ")
  cx.reporter.error(expr, "MissingField", `Missing field: ${missing.map((it) => it.name).join(", ")}`, {
    fixes: [{ title: "Add the missing fields", edits: [{ from: place, to: place, insert: last ? `, ${text}` : text }] }],
  })
}

/** A value to begin with, for quick fixes. */
export function placeholder(type: Type): string {
  const it = shallow(type)
  switch (it.kind) {
    case "primitive":
      return { Int: "0", Float: "0.0", Bool: "false", Str: '""', Void: "()", Dynamic: "Dynamic::from_void()" }[it.name]
    case "list":
      return "[]"
    case "map":
      return "[:]"
    case "maybe":
      return "maybe::none()"
    case "enum":
      return `${it.symbol.name}::${it.symbol.variants[0]?.name ?? ""}`
    default:
      return "()"
  }
}

// ---- blocks and ifs -------------------------------------------------------------------------------------------------

export function checkBlock(cx: Context, expr: BlockExpr, want: Want): Type {
  return cx.inScope(expr, () => checkStatements(cx, expr.statements, want))
}

/** `if`, `while` and other conditions: Bool, or what `message` says. */
export function checkCondition(cx: Context, condition: Expr, message: string): void {
  const type = shallow(check(cx, condition, BOOL))
  if (type.kind === "unknown" || attempt(() => sameType(type, BOOL))) return
  cx.reporter.error(condition, "NotBoolean", message)
}

function checkIf(cx: Context, expr: IfExpr, want: Want): Type {
  const branches: Expr[] = []
  let it: IfExpr | BlockExpr | null = expr
  const chain: IfExpr[] = []
  while (it?.kind === "if") {
    checkCondition(cx, it.condition, "If conditions must be boolean expressions")
    chain.push(it)
    branches.push(it.body)
    it = it.else
  }
  if (it) branches.push(it)
  const complete = it !== null
  const types = branches.map((branch) => check(cx, branch, complete ? want : "dropped"))
  let type: Type = VOID
  if (complete && want !== "dropped") {
    const united = unite(cx, branches, types, want)
    if (united.conflict) cx.reporter.error(expr, "BranchMismatch", "All branches must have the same result type")
    type = united.type
  }
  for (const link of chain) link.type = type
  return type
}

/**
 * One type for several branches. With an expected type each branch enters it by itself; else all must be like the first.
 * Branches that never end with a value (`panic`) agree with everything.
 */
export function unite(
  cx: Context,
  branches: readonly Expr[],
  types: readonly Type[],
  want: Want,
): { readonly type: Type; readonly conflict: readonly [Type, Type] | null } {
  const live = branches.map((branch, index) => ({ branch, type: types[index] ?? UNKNOWN })).filter((it) => !diverges(it.branch))
  const first = live[0]
  if (!first) return { type: types[0] ?? VOID, conflict: null }
  if (typeof want !== "string") {
    const steps = attempt(() => {
      const all: (readonly Coercion[])[] = []
      for (const it of live) {
        const one = settle(it.type, want)
        if (!one) return null
        all.push(one)
      }
      return all
    })
    if (steps) {
      live.forEach((it, index) => {
        coerce(cx, it.branch, steps[index] ?? [])
      })
      return { type: want, conflict: null }
    }
  }
  for (const it of live) {
    if (!attempt(() => sameType(first.type, it.type))) return { type: UNKNOWN, conflict: [resolveType(first.type), resolveType(it.type)] }
  }
  const known = live.find((it) => shallow(it.type).kind !== "unknown")
  return { type: known?.type ?? UNKNOWN, conflict: null }
}

/** Whether an expression never gives a value: it ends in `panic` on every path. */
export function diverges(expr: Expr): boolean {
  switch (expr.kind) {
    case "call":
      return expr.target?.kind === "panic"
    case "block": {
      const last = expr.statements[expr.statements.length - 1]
      return last?.kind === "expr" && diverges(last.value)
    }
    case "if":
      return diverges(expr.body) && expr.else !== null && diverges(expr.else)
    case "match":
      return expr.arms.length > 0 && expr.arms.every((arm) => diverges(arm.body))
    default:
      return false
  }
}
