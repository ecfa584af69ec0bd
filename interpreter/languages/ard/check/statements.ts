// Statements (sections 5, 9, 10): declarations, assignments, loops, and the value of a list of statements.
import type { AssignStatement, Expr, ForInStatement, ForStatement, LetStatement, Statement, WhileStatement } from "../syntax/ast.ts"
import type { ModuleVariable } from "./checked.ts"
import type { Context } from "./context.ts"
import { check, checkBlock, checkCondition, coerce, mismatch, settle, type Want } from "./expressions.ts"
import { mutableFix, told } from "./fixes.ts"
import { checkModuleFunction } from "./functions.ts"
import { declareImpl } from "./impls.ts"
import { lookUp, placeOf, sourceText } from "./names.ts"
import { arithmeticProblem } from "./operators.ts"
import { attempt, isCopied, resolveType, sameType, shallow, typeName } from "./relations.ts"
import { completeType, declareTypeName } from "./type-declarations.ts"
import { typeOf } from "./type-nodes.ts"
import { INT, STR, type Type, UNKNOWN, VOID } from "./types.ts"

/** Checks statements in the present scope; gives the type of their value, which is that of the last expression. */
export function checkStatements(cx: Context, statements: readonly Statement[], want: Want): Type {
  let type: Type = VOID
  statements.forEach((statement, index) => {
    const isLast = index === statements.length - 1
    type = checkStatement(cx, statement, isLast ? want : "dropped")
  })
  return type
}

/** The type of an expression statement; Void for every other. */
export function checkStatement(cx: Context, statement: Statement, want: Want): Type {
  switch (statement.kind) {
    case "expr":
      return check(cx, statement.value, want)
    case "let":
      checkLet(cx, statement)
      return VOID
    case "assign":
      checkAssign(cx, statement)
      return VOID
    case "while":
      checkWhile(cx, statement)
      return VOID
    case "forIn":
      checkForIn(cx, statement)
      return VOID
    case "for":
      checkFor(cx, statement)
      return VOID
    case "break":
      if (cx.loops === 0) cx.reporter.error(statement, "BreakOutsideLoop", "break stands only in a loop")
      return VOID
    case "use":
      return VOID
    default:
      // Types and impl blocks of the module are declared already; inside a function they are declared where they stand.
      if (cx.module.node.statements.includes(statement)) return VOID
      declareTypeName(cx, statement, cx.statement)
      completeType(cx, statement)
      if (statement.kind === "impl") declareImpl(cx, statement, cx.statement, checkModuleFunction)
      return VOID
  }
}

function checkLet(cx: Context, statement: LetStatement): void {
  const declared = statement.typeNode ? typeOf(cx, statement.typeNode) : null
  const isTopLevel = cx.scope.parent === null
  let type: Type = UNKNOWN
  if (declared) {
    type = declared
    const it = shallow(declared)
    if (it.kind === "primitive" && it.name === "Void") {
      cx.reporter.error(statement, "VoidValue", "Cannot assign a void value")
      check(cx, statement.value, "any")
      type = UNKNOWN
    } else {
      const got = check(cx, statement.value, declared)
      const steps = settle(got, declared)
      if (steps) coerce(cx, statement.value, steps)
      else mismatch(cx, statement.value, declared, got)
    }
  } else type = check(cx, statement.value, "any")
  statement.copies = statement.mutable && isCopied(type)
  if (isTopLevel) {
    const variable: ModuleVariable = {
      kind: "variable",
      name: statement.name.name,
      type,
      mutable: statement.mutable,
      module: cx.module,
      declared: statement.name,
      value: statement.value,
      assigned: false,
      referenced: false,
    }
    statement.symbol = variable
    if (cx.uses) cx.usesOf.set(variable, cx.uses)
    if (!variable.name) return
    cx.declareValue(variable, cx.statement)
    cx.record(statement.name, variable, true)
  } else statement.symbol = cx.declareLocal(statement.name, type, statement.mutable ? "mut" : "let", statement.mutable)
}

function checkAssign(cx: Context, statement: AssignStatement): void {
  const { target, value, op } = statement
  const type = targetType(cx, target)
  if (op === "=") {
    if (!type) {
      check(cx, value, UNKNOWN)
      return
    }
    const got = check(cx, value, type)
    const steps = settle(got, type)
    if (steps) coerce(cx, value, steps)
    else mismatch(cx, value, type, got)
    return
  }
  const got = check(cx, value, type ?? UNKNOWN)
  if (!type) return
  const problem = attempt(() => arithmeticProblem(op === "=+" ? "+" : "-", type, got))
  if (problem) cx.reporter.error(statement, "InvalidOperands", problem)
}

/** The type of what is assigned to, null after an error. Marks the variable as assigned. */
function targetType(cx: Context, target: Expr): Type | null {
  if (target.kind === "name") {
    const symbol = lookUp(cx, target)
    if (!symbol) {
      cx.reporter.error(target, "Undefined", `Undefined: ${target.name}`)
      return null
    }
    target.symbol = symbol
    if (symbol.kind === "function" || !symbol.mutable) {
      target.type = symbol.type
      const fixes = mutableFix(cx, target)
      cx.reporter.error(target, "Immutable", `Immutable variable: ${target.name}${told(fixes)}`, { fixes })
      return null
    }
    symbol.assigned = true
    target.type = symbol.type
    return symbol.type
  }
  const type = check(cx, target, "any")
  if (shallow(type).kind === "unknown") return null
  if (target.kind === "member" && !placeOf(target).mutable) {
    const fixes = mutableFix(cx, target)
    cx.reporter.error(target, "Immutable", `Immutable: ${sourceText(cx, target)}${told(fixes)}`, { fixes })
    return null
  }
  return type
}

// ---- loops ----------------------------------------------------------------------------------------------------------

function loopBody(cx: Context, statement: { readonly body: WhileStatement["body"] }): void {
  cx.loops++
  checkBlock(cx, statement.body, "dropped")
  cx.loops--
}

function checkWhile(cx: Context, statement: WhileStatement): void {
  if (statement.condition) checkCondition(cx, statement.condition, "While loop condition must be a boolean expression")
  loopBody(cx, statement)
}

function checkForIn(cx: Context, statement: ForInStatement): void {
  const [cursor, index] = iteration(cx, statement)
  cx.inScope(statement, () => {
    statement.cursorSymbol = cx.declareLocal(statement.cursor, cursor, "cursor", false)
    if (statement.index) statement.indexSymbol = cx.declareLocal(statement.index, index, "cursor", false)
    loopBody(cx, statement)
  })
}

/** Types of the cursor and of the second name. */
function iteration(cx: Context, statement: ForInStatement): [Type, Type] {
  const iterable = statement.iterable
  if (iterable.kind === "range") {
    const start = shallow(check(cx, iterable.start, "any"))
    const end = shallow(check(cx, iterable.end, "any"))
    const isInt = (type: Type) => type.kind === "unknown" || attempt(() => sameType(type, INT))
    if (!isInt(start) || !isInt(end)) cx.reporter.error(iterable, "NotIterable", `Invalid range: ${typeName(start)}..${typeName(end)}`)
    statement.over = "range"
    return [INT, INT]
  }
  const type = shallow(check(cx, iterable, "any"))
  switch (type.kind) {
    case "list":
      statement.over = "list"
      return [type.of, INT]
    case "map":
      statement.over = "map"
      return [type.key, type.value]
    case "primitive":
      if (type.name === "Int") {
        statement.over = "count"
        return [INT, INT]
      }
      if (type.name === "Str") {
        statement.over = "str"
        return [STR, INT]
      }
      break
    case "unknown":
      return [UNKNOWN, UNKNOWN]
  }
  cx.reporter.error(iterable, "NotIterable", `Cannot iterate over a ${typeName(resolveType(type))}`)
  return [UNKNOWN, UNKNOWN]
}

function checkFor(cx: Context, statement: ForStatement): void {
  cx.inScope(statement, () => {
    checkLet(cx, statement.init)
    checkCondition(cx, statement.condition, "For loop condition must be a boolean expression")
    if (statement.update.kind === "assign") checkAssign(cx, statement.update)
    else {
      checkStatement(cx, statement.update, "dropped")
      cx.reporter.error(statement.update, "InvalidLoop", "For loop update must be a reassignment")
    }
    loopBody(cx, statement)
  })
}
