// Which variables must live in a cell (section 10). Structs, lists and maps are objects, so a `mut` parameter that is only
// changed inside needs nothing; a cell is needed where the callee assigns the whole parameter, or hands it on to one that
// does, or may do so (functions that are only known when the program runs).
import type { CheckedProgram, LocalSymbol } from "../check/checked.ts"
import type { CallExpr, Param } from "../syntax/ast.ts"
import { walk } from "./walk.ts"

/** A place that a variable is passed to by reference: a parameter, or null for one of an unknown function. */
type Target = LocalSymbol | null

export class References {
  /** Variables and parameters that are cells. */
  private readonly cells = new Set<LocalSymbol>()

  constructor(program: CheckedProgram) {
    const passedBy = new Map<Target, LocalSymbol[]>()
    const needs: Target[] = [null]
    for (const module of program.modules) {
      walk(module.node.statements, (expr) => {
        if (expr.kind === "call") this.note(expr, passedBy)
        if (expr.kind === "function") for (const { symbol } of expr.params) if (symbol?.mutable && symbol.assigned) needs.push(symbol)
      })
    }
    for (let target = needs.pop(); target !== undefined; target = needs.pop()) {
      if (target) {
        if (this.cells.has(target)) continue
        this.cells.add(target)
      }
      needs.push(...(passedBy.get(target) ?? []))
    }
  }

  private note(call: CallExpr, passedBy: Map<Target, LocalSymbol[]>): void {
    const params: readonly Param[] | undefined =
      call.target?.kind === "function" || call.target?.kind === "method" ? call.target.fn.node?.params : undefined
    call.resolved.forEach(({ index, mode }, i) => {
      const value = call.args[index]?.value
      if (mode !== "reference" || (value?.kind !== "name" && value?.kind !== "self")) return
      if (value.symbol?.kind !== "local") return
      const target = params?.[i]?.symbol ?? null
      const before = passedBy.get(target)
      if (before) before.push(value.symbol)
      else passedBy.set(target, [value.symbol])
    })
  }

  /** Whether the variable is a cell; for a `mut` parameter, whether its callers must pass one. */
  isCell(symbol: LocalSymbol): boolean {
    return this.cells.has(symbol)
  }
}
