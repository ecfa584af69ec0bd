// Modules (section 13): the top level of each is a function, run once for the program and once more for every fiber.

import type { ModuleSymbol, ModuleVariable } from "../check/checked.ts"
import type { LetStatement, Statement } from "../syntax/ast.ts"
import { isChannel } from "./fibers.ts"
import { call, expr, giveBack, type IrFunction, js, lit, op, read, type Stmt, set, when } from "./forms.ts"
import type { ProgramLowering } from "./program.ts"
import { Scope } from "./scope.ts"
import { statement } from "./statements.ts"
import { value } from "./values.ts"

/** Statements of a module that do something when it is run. */
function runs(s: Statement): boolean {
  if (s.kind === "expr") return s.value.kind !== "extern" && !(s.value.kind === "function" && s.value.symbol && !s.value.local)
  return s.kind === "let" || s.kind === "assign" || s.kind === "while" || s.kind === "forIn" || s.kind === "for"
}

/** The function that runs an imported module's top level; null if it has nothing to run. */
export function topLevelOf(program: ProgramLowering, module: ModuleSymbol): IrFunction | null {
  const known = program.topLevels.get(module)
  if (known !== undefined) return known
  const statements = module.node.statements.filter(runs)
  if (statements.length === 0) {
    program.topLevels.set(module, null)
    return null
  }
  const fn = program.builder.fn(`module_${module.path}`, [])
  program.topLevels.set(module, fn)
  program.later(() => {
    const cx = new Scope(program, module, true, true)
    const body: Stmt[] = []
    for (const s of statements) statement(cx, s, "drop", body)
    fn.body = body
  })
  return fn
}

/** The entry's top level, inside the function that is lowered; its last expression goes to the caller if it is wanted. */
export function entryTopLevel(cx: Scope, wantValue: boolean, out: Stmt[]): void {
  const statements = cx.program.checked.entry.node.statements
  for (const s of statements) if (runs(s)) statement(cx, s, wantValue && s === statements.at(-1) ? "return" : "drop", out)
}

/**
 * The cells of a notebook, one function each: a section of the trace, ended by a fault in it, which does not end the run. A
 * cell that has a `main` of its own runs it after its other statements. Says whether the value of the last statement goes to
 * the caller: where it is wanted, stands in the last cell, and no `main` comes after it.
 */
export function entryCells(program: ProgramLowering, cellStarts: readonly number[], wantValue: boolean, out: Stmt[]): boolean {
  const { entry } = program.checked
  const last = entry.node.statements.at(-1)
  const lastStart = cellStarts.at(-1) ?? 0
  const result = program.builder.local()
  const isMain = (s: Statement) =>
    s.kind === "expr" && s.value.kind === "function" && s.value.name?.name === "main" && s.value.owner === null
  const isWanted =
    wantValue && last !== undefined && last.from >= lastStart && !entry.node.statements.some((s) => s.from >= lastStart && isMain(s))
  if (isWanted) out.push({ k: "let", variable: result, value: lit(undefined) })
  cellStarts.forEach((from, i) => {
    const to = cellStarts[i + 1] ?? Number.POSITIVE_INFINITY
    const name = String(i)
    const fn = program.builder.fn(`cell_${name}`, [])
    const cx = new Scope(program, entry, false, true)
    const body: Stmt[] = []
    for (const s of entry.node.statements) {
      if (s.from < from || s.from >= to) continue
      if (runs(s)) statement(cx, s, isWanted && s === last ? "return" : "drop", body)
    }
    for (const s of entry.node.statements) {
      const own = s.from >= from && s.from < to && isMain(s)
      if (own && s.kind === "expr" && s.value.kind === "function" && s.value.symbol)
        body.push(expr(call(program.functionOf(s.value.symbol), [], program.site(entry, s))))
    }
    fn.body = body
    const problem = program.builder.local()
    const run = call(fn, [])
    out.push(
      expr(op("section", [lit(name), lit(0)])),
      {
        k: "try",
        body: [expr(isWanted && from === lastStart ? set(result, run) : run)],
        variable: problem,
        handler: [expr(op("cellFailed", [read(problem)]))],
        finally: null,
      },
      expr(op("section", [lit(name), lit(1)])),
    )
  })
  if (isWanted) out.push(giveBack(read(result)))
  return isWanted
}

/** A module's variable gets its first value. A channel that the fiber shares is there already. */
export function initialise(cx: Scope, s: LetStatement, symbol: ModuleVariable, out: Stmt[]): void {
  const variable = cx.program.variable(symbol)
  const name = cx.boundName
  cx.boundName = s.value.kind === "call" ? s.name.name : ""
  const it = value(cx, s.value)
  cx.boundName = name
  const first = expr(set(variable, s.copies ? op("copy", [it], cx.site(s)) : it))
  out.push(!symbol.mutable && isChannel(symbol.type) ? when(js("===", read(variable), lit(undefined)), [first]) : first)
}
