// Statements and loops (sections 5, 9).

import type { LocalSymbol } from "../check/checked.ts"
import type {
  AssignStatement,
  BlockExpr,
  Expr,
  ForInStatement,
  ForStatement,
  LetStatement,
  RangeExpr,
  Statement,
  WhileStatement,
} from "../syntax/ast.ts"
import { bind, type Destination, deliver, into, statementsInto } from "./flow.ts"
import {
  arith,
  statement as begins,
  declare,
  expr,
  field,
  type Expr as Ir,
  js,
  lit,
  op,
  read,
  type Stmt,
  set,
  setField,
  type Variable,
  when,
} from "./forms.ts"
import { closureOf } from "./functions.ts"
import { initialise } from "./modules.ts"
import { NOTHING } from "./program.ts"
import type { Scope } from "./scope.ts"
import { arithmetic, value } from "./values.ts"

/** A statement; `to` is where its value goes if it is the last of a block. */
export function statement(cx: Scope, s: Statement, to: Destination, out: Stmt[]): void {
  switch (s.kind) {
    case "use":
    case "type":
    case "enum":
    case "struct":
    case "trait":
    case "impl":
      return
    case "expr":
      expressionStatement(cx, s.value, to, out)
      return
    case "let":
      out.push(begins(cx.site(s)))
      letStatement(cx, s, out)
      return
    case "assign":
      out.push(begins(cx.site(s)))
      assign(cx, s, out)
      return
    case "break": {
      const loop = cx.loops.at(-1)
      out.push(begins(cx.site(s)))
      if (loop) out.push({ k: "break", loop })
      return
    }
    case "while":
      out.push(begins(cx.site(s)))
      whileStatement(cx, s, out)
      return
    case "for":
      out.push(begins(cx.site(s)))
      forStatement(cx, s, out)
      return
    case "forIn":
      out.push(begins(cx.site(s)))
      forIn(cx, s, out)
  }
}

function expressionStatement(cx: Scope, e: Expr, to: Destination, out: Stmt[]): void {
  if (e.kind === "extern") return
  if (e.kind === "function" && e.symbol && !e.local && cx.isTopLevel) return
  if (e.kind === "function" && e.local) {
    bind(cx, e.local, closureOf(cx, e), out)
    if (to !== "drop") deliver(to, read(cx.program.local(e.local)), out)
    return
  }
  if (e.kind !== "block") out.push(begins(cx.site(e)))
  into(cx, e, to, out)
}

function letStatement(cx: Scope, s: LetStatement, out: Stmt[]): void {
  if (!s.symbol) return
  if (s.symbol.kind === "variable") {
    initialise(cx, s, s.symbol, out)
    return
  }
  const name = cx.boundName
  cx.boundName = s.value.kind === "call" ? s.name.name : ""
  const it = value(cx, s.value)
  cx.boundName = name
  bind(cx, s.symbol, s.copies ? op("copy", [it], cx.site(s)) : it, out)
}

// ---- assignment -----------------------------------------------------------------------------------------------------

function assign(cx: Scope, s: AssignStatement, out: Stmt[]): void {
  const site = cx.site(s)
  const changed = (before: Ir): Ir =>
    s.op === "=" ? value(cx, s.value) : arithmetic(s.op === "=+" ? "+" : "-", s.target.type, before, value(cx, s.value), site)
  const { target } = s
  if (target.kind === "member") {
    const object = cx.program.builder.local()
    const place = read(object)
    out.push({
      k: "scope",
      body: [declare(object, value(cx, target.object)), expr(setField(place, target.name.name, changed(field(place, target.name.name))))],
    })
  } else if ((target.kind === "name" || target.kind === "self") && target.symbol) {
    if (target.symbol.kind === "variable") {
      const variable = cx.program.variable(target.symbol)
      out.push(expr(set(variable, changed(read(variable)))))
    } else if (target.symbol.kind === "local") assignLocal(cx, target.symbol, changed, out)
  }
}

function assignLocal(cx: Scope, symbol: LocalSymbol, changed: (before: Ir) => Ir, out: Stmt[]): void {
  const variable = cx.program.local(symbol)
  if (cx.program.references.isCell(symbol)) out.push(expr(setField(read(variable), "value", changed(field(read(variable), "value")))))
  else out.push(expr(set(variable, changed(read(variable)))))
}

// ---- loops ----------------------------------------------------------------------------------------------------------

function bodyOf(cx: Scope, body: BlockExpr, loop: Stmt & { k: "loop" }, into: Stmt[]): void {
  cx.loops.push(loop.loop)
  statementsInto(cx, body, "drop", into)
  cx.loops.pop()
}

function newLoop(
  cx: Scope,
  s: WhileStatement | ForStatement | ForInStatement,
  test: Ir | null,
  body: Stmt[],
  update: Stmt[] | null,
): Stmt & { k: "loop" } {
  const keyword = s.kind === "while" ? "while" : "for"
  const site = cx.site({ from: s.from, to: s.from + keyword.length })
  return { k: "loop", loop: cx.program.builder.loop(site), test, body, update }
}

function whileStatement(cx: Scope, s: WhileStatement, out: Stmt[]): void {
  const body: Stmt[] = []
  const loop = newLoop(cx, s, s.condition ? value(cx, s.condition) : null, body, null)
  bodyOf(cx, s.body, loop, body)
  out.push(loop)
}

function forStatement(cx: Scope, s: ForStatement, out: Stmt[]): void {
  const whole: Stmt[] = []
  letStatement(cx, s.init, whole)
  const body: Stmt[] = []
  const update: Stmt[] = []
  statement(cx, s.update, "drop", update)
  const loop = newLoop(cx, s, value(cx, s.condition), body, update)
  bodyOf(cx, s.body, loop, body)
  whole.push(loop)
  out.push({ k: "scope", body: whole })
}

function forIn(cx: Scope, s: ForInStatement, out: Stmt[]): void {
  const whole: Stmt[] = []
  if (s.over === "range" || s.over === "count") overRange(cx, s, whole)
  else if (s.over === "map") overMap(cx, s, whole)
  else overItems(cx, s, whole)
  out.push({ k: "scope", body: whole })
}

/** A variable that counts the turns, if the loop has an index. */
function counter(cx: Scope, s: ForInStatement, out: Stmt[]): Variable | null {
  if (!s.indexSymbol) return null
  const variable = cx.program.builder.local()
  out.push(declare(variable, lit(0)))
  return variable
}

function next(variable: Variable): Stmt {
  return expr(set(variable, js("+", read(variable), lit(1))))
}

/** Inclusive on both ends; the ends are evaluated once. The last turn leaves before the count could pass the greatest Int. */
function overRange(cx: Scope, s: ForInStatement, out: Stmt[]): void {
  const { builder } = cx.program
  const at = builder.local()
  const end = builder.local()
  const range = s.iterable.kind === "range" ? (s.iterable as RangeExpr) : null
  out.push(declare(at, range ? value(cx, range.start) : lit(0)), declare(end, value(cx, range ? range.end : s.iterable)))
  const index = counter(cx, s, out)
  const body: Stmt[] = []
  const loop = newLoop(cx, s, null, body, null)
  if (s.cursorSymbol) bind(cx, s.cursorSymbol, read(at), body)
  if (s.indexSymbol && index) bind(cx, s.indexSymbol, read(index), body)
  bodyOf(cx, s.body, loop, body)
  body.push(when(js("===", read(at), read(end)), [{ k: "break", loop: loop.loop }]))
  body.push(expr(set(at, arith("add", read(at), lit(1), cx.site(s.iterable)))))
  if (index) body.push(next(index))
  out.push(when(js("<=", read(at), read(end)), [loop]))
}

/** Elements of a list, whose length counts as it was at the start, or code points of a text with their byte offset. */
function overItems(cx: Scope, s: ForInStatement, out: Stmt[]): void {
  const { builder } = cx.program
  const items = builder.local()
  const size = builder.local()
  const at = builder.local()
  const isText = s.over === "str"
  out.push(
    declare(items, isText ? op("codePoints", [value(cx, s.iterable)]) : value(cx, s.iterable)),
    declare(size, op("listSize", [read(items)])),
    declare(at, lit(0)),
  )
  const offset = isText && s.indexSymbol ? builder.local() : null
  if (offset) out.push(declare(offset, lit(0)))
  const item = op("item", [read(items), read(at)])
  const body: Stmt[] = []
  const update: Stmt[] = [next(at)]
  const loop = newLoop(cx, s, js("<", read(at), read(size)), body, update)
  if (s.cursorSymbol) bind(cx, s.cursorSymbol, item, body)
  if (s.indexSymbol) bind(cx, s.indexSymbol, read(offset ?? at), body)
  if (offset) update.unshift(expr(set(offset, js("+", read(offset), op("utf8Size", [item])))))
  bodyOf(cx, s.body, loop, body)
  out.push(loop)
}

/** Keys and values as they were at the start. */
function overMap(cx: Scope, s: ForInStatement, out: Stmt[]): void {
  const { builder } = cx.program
  const map = builder.local()
  const keys = builder.local()
  const values = builder.local()
  const at = builder.local()
  out.push(
    declare(map, value(cx, s.iterable)),
    declare(keys, op("mapKeys", [read(map)])),
    declare(values, s.indexSymbol ? op("mapValues", [read(map)]) : NOTHING),
    declare(at, lit(0)),
  )
  const body: Stmt[] = []
  const loop = newLoop(cx, s, js("<", read(at), op("listSize", [read(keys)])), body, [next(at)])
  if (s.cursorSymbol) bind(cx, s.cursorSymbol, op("item", [read(keys), read(at)]), body)
  if (s.indexSymbol) bind(cx, s.indexSymbol, op("item", [read(values), read(at)]), body)
  bodyOf(cx, s.body, loop, body)
  out.push(loop)
}
