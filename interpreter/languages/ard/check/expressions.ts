// Types of expressions (section 6): literals, operators, members, struct literals, blocks and ifs. Calls, matches and
// functions have files of their own. `check` computes, `expectType` compares and writes down the coercions.
import type { Fix } from "../../../source/diagnostic.ts"
import type { BlockExpr, Expr, IfExpr, MemberExpr, PathExpr, StringLiteral } from "../syntax/ast.ts"
import { checkCall, mustBeBound } from "./calls.ts"
import type { Coercion, FunctionSymbol } from "./checked.ts"
import { type Context, lastExpression } from "./context.ts"
import { conversions, meaninglessFixes, returnFix, told } from "./fixes.ts"
import { checkLambda, checkNestedFunction } from "./functions.ts"
import { checkList, checkMap, checkStruct } from "./literals.ts"
import { checkMatch } from "./matches.ts"
import { findMethod, memberAdvice, memberNames } from "./members.ts"
import { lookUp, lookUpSelf, type NoMeaning, pathMeaning, sourceText } from "./names.ts"
import { checkBinary, checkCompare, checkUnary } from "./operators.ts"
import { admit, attempt, implementsTrait, resolveType, sameType, shallow, structBindings, substitute, typeName } from "./relations.ts"
import { nearestFix, spellingFix } from "./spelling.ts"
import { checkStatements } from "./statements.ts"
import { checkTry } from "./try.ts"
import { openType } from "./type-nodes.ts"
import { BOOL, FLOAT, INT, STR, type Type, UNKNOWN, VOID } from "./types.ts"

/** What the place of an expression asks for: a type, any value, or nothing (the value is dropped). */
export type Want = Type | "any" | "dropped"

const LARGEST = 9223372036854775807n

/** Checks an expression, writes its type on it and gives it. Never throws; UNKNOWN after an error. */
export function check(cx: Context, expr: Expr, want: Want): Type {
  if (cx.wants && typeof want !== "string" && (expr.kind === "name" || expr.kind === "path")) cx.wants.set(expr.from, want)
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

/** Writes coercions on an expression. */
export function coerce(cx: Context, expr: Expr, steps: readonly Coercion[]): void {
  expr.coercions = noted(cx, steps)
}

/** The steps as a node keeps them, null for none; the methods that a trait among them will call are noted as uses. */
export function noted(cx: Context, steps: readonly Coercion[]): readonly Coercion[] | null {
  for (const step of steps) {
    const from = shallow(step.from)
    const to = shallow(step.to)
    if (step.kind !== "trait" || to.kind !== "trait" || (from.kind !== "struct" && from.kind !== "enum")) continue
    for (const name of to.symbol.methods.keys()) {
      const method = from.symbol.methods.get(name)
      if (method) cx.use(method)
    }
  }
  return steps.length ? steps : null
}

export function mismatch(cx: Context, at: { from: number; to: number }, expected: Type, got: Type): void {
  const wanted = shallow(expected)
  const text = wanted.kind === "trait" ? `implementation of ${wanted.symbol.name}` : typeName(expected)
  const fixes = conversions(cx, at, wanted, shallow(got))
  cx.reporter.error(at, "TypeMismatch", `Type mismatch: Expected ${text}, got ${typeName(got)}${told(fixes)}`, { fixes })
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
        undefinedPath(cx, expr, meaning)
        return UNKNOWN
      }
      expr.target = meaning.target
      switch (meaning.target.kind) {
        case "variable":
          return meaning.target.variable.type
        case "function":
          refuseAsValue(cx, expr, meaning.target.fn)
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

/** Functions of the library that need to know more than their arguments say: what a fiber may use, what type is asked for. */
function refuseAsValue(cx: Context, path: PathExpr, fn: FunctionSymbol): void {
  if (!fn.entry) return
  const text = sourceText(cx, path)
  if (fn.entry.startsFiber)
    cx.reporter.error(path, "ScopeIsolation", `${text} is only called, never passed on: a fiber is cut off from the code around that call`)
  else if (mustBeBound(fn))
    cx.reporter.error(path, "GenericConflict", `Expected 1 type arguments, got 0: ${text} is only called, never passed on`)
}

/** A path that means nothing, where it is not called: `Undefined: Side::left` also if there is no Side at all. */
export function undefinedPath(cx: Context, path: PathExpr, meaning: NoMeaning): void {
  const { at, kind } = meaning
  if (kind === "followUp") return
  const message = kind === "UndefinedModule" ? `Undefined: ${path.parts.map((it) => it.name).join("::")}` : meaning.message
  const fixes = meaninglessFixes(cx, meaning)
  cx.reporter.error(at, kind === "UndefinedModule" ? "Undefined" : kind, `${message}${told(fixes)}`, { fixes })
}

/** Words of other languages that are names here. */
const FOREIGN_WORDS: ReadonlyMap<string, string> = new Map([
  ["return", ": there is no return, the last expression of a function is its value"],
  ["null", ": there is no null, see ard/maybe"],
  ["await", ": there is no await, see ard/async"],
  ["var", ": write 'let' or 'mut'"],
  ["continue", ": there is no continue"],
  ["const", ": write 'let'"],
  ["import", ": write 'use ard/io'"],
  ["func", ": write 'fn'"],
  ["function", ": write 'fn'"],
  ["class", ": write 'struct'"],
  ["pub", ": everything is public that is not private"],
  ["public", ": everything is public that is not private"],
  ["async", ": there is no word async, see async::start of ard/async"],
  ["go", ": there is no go, see async::start of ard/async"],
  ["throw", ": there are no exceptions, give a Result"],
  ["raise", ": there are no exceptions, give a Result"],
  ["new", ": a struct is made with Name{field: value}"],
  ["elif", ": write 'else if'"],
  ["nil", ": there is no nil, see ard/maybe"],
  ["None", ": write maybe::none(), after 'use ard/maybe'"],
  ["none", ": write maybe::none(), after 'use ard/maybe'"],
  ["True", ": write 'true'"],
  ["False", ": write 'false'"],
  ["undefined", ": there is no undefined, see ard/maybe"],
  ["this", ": write '@' or 'self'"],
])

/** What to say of the name of a module or a type where a value is meant. */
function ownerAdvice(cx: Context, name: string): string {
  if (cx.module.imports.has(name)) return ": it is a module, what it has stands behind '::'"
  return cx.findType(name) ? ": it is a type, what belongs to it stands behind '::'" : ""
}

/** `io.print` as `io::print`. */
function pathFix(cx: Context, { to }: { readonly to: number }): Fix[] {
  return cx.module.file?.text.charAt(to) === "." ? [{ title: "Change '.' to '::'", edits: [{ from: to, to: to + 1, insert: "::" }] }] : []
}

function undefinedVariable(cx: Context, name: { readonly name: string; readonly from: number; readonly to: number }): void {
  if (!name.name) return
  const owner = ownerAdvice(cx, name.name)
  const advice = owner || (FOREIGN_WORDS.get(name.name) ?? "")
  const fixes = owner ? pathFix(cx, name) : name.name === "return" ? returnFix(cx, name) : spellingFix(cx, name)
  cx.reporter.error(name, "UndefinedVariable", `Undefined variable: ${name.name}${advice || told(fixes)}`, { fixes })
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
  if (method)
    cx.reporter.error(expr.name, "Undefined", `Undefined: ${text}: it is a method, call it with '()'`, {
      fixes: [{ title: "Call it", edits: [{ from: expr.name.to, to: expr.name.to, insert: "()" }] }],
    })
  else {
    const fixes = nearestFix(cx, expr.name, memberNames(cx, type))
    cx.reporter.error(expr.name, "Undefined", `Undefined: ${text}${memberAdvice(type, expr.name.name) || told(fixes)}`, { fixes })
  }
  return UNKNOWN
}

// ---- blocks and ifs -------------------------------------------------------------------------------------------------

export function checkBlock(cx: Context, expr: BlockExpr, want: Want): Type {
  return cx.inScope(expr, () => checkStatements(cx, expr.statements, want))
}

export function isVoid(type: Type): boolean {
  const it = shallow(type)
  return it.kind === "primitive" && it.name === "Void"
}

/** `if`, `while` and other conditions: Bool, or what `message` says. */
export function checkCondition(cx: Context, condition: Expr, message: string): void {
  const type = shallow(check(cx, condition, BOOL))
  if (type.kind === "unknown" || attempt(() => sameType(type, BOOL))) return
  cx.reporter.error(condition, "NotBoolean", `${message}, got ${typeName(type)}`)
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
  const isUsed = complete && want !== "dropped"
  const types = branches.map((branch) => check(cx, branch, isUsed ? want : "dropped"))
  // The edition compares the branches even where nobody uses the value; what stands there for its effects may differ all the same.
  const counts = (index: number) => isUsed || (!isVoid(types[index] ?? UNKNOWN) && lastExpression(branches[index] ?? expr).kind !== "call")
  const united = unite(
    cx,
    branches.filter((_, index) => counts(index)),
    types.filter((_, index) => counts(index)),
    isUsed ? want : "dropped",
  )
  if (united.conflict) cx.reporter.error(expr, "BranchMismatch", "All branches must have the same result type")
  const type = isUsed ? united.type : VOID
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
    case "if": {
      let it: IfExpr | BlockExpr | null = expr
      for (; it?.kind === "if"; it = it.else) if (!diverges(it.body)) return false
      return it !== null && diverges(it)
    }
    case "match":
      return expr.arms.length > 0 && expr.arms.every((arm) => diverges(arm.body))
    default:
      return false
  }
}
