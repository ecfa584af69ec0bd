// Functions may use variables that are declared further down (section 5 [P]), but no top-level statement may run such a
// function before the variable has its value. Checked when every body is known; used by `index.ts`.
import type { Statement } from "../syntax/ast.ts"
import type { FunctionSymbol, ModuleVariable } from "./checked.ts"
import { at, type Context } from "./context.ts"
import type { Uses } from "./scope.ts"

/** Reports top-level statements that reach, through functions, a variable which gets its value only below. */
export function checkInitialization(
  cx: Context,
  used: readonly { readonly statement: Statement; readonly index: number; readonly uses: Uses }[],
): void {
  for (const { statement, index, uses } of used) {
    const seen = new Set<FunctionSymbol | ModuleVariable>()
    const pending = [...uses.direct]
    for (let symbol = pending.pop(); symbol; symbol = pending.pop()) {
      if (seen.has(symbol)) continue
      seen.add(symbol)
      if (symbol.kind === "function") {
        for (const it of cx.usesOf.get(symbol)?.direct ?? []) pending.push(it)
        continue
      }
      const late = symbol
      if (cx.statementOf(late) <= index) continue
      at(cx, index, () => {
        cx.reporter.error(
          statement,
          "UndefinedVariable",
          `Undefined variable: ${late.name}: a function that is used here needs it, but it gets its value only below`,
          {
            related: { from: late.declared.from, to: late.declared.to, message: "declared here" },
          },
        )
      })
    }
  }
}
