// Where a piece of the program is lowered: its module, the function around it, the loops around it.
import type { Loop } from "../../../engine/ir.ts"
import type { ModuleSymbol } from "../check/checked.ts"
import type { CatchClause, Node } from "../syntax/ast.ts"
import type { ProgramLowering } from "./program.ts"

export class Scope {
  /** Innermost last. */
  readonly loops: Loop[] = []
  /** The name that the value being lowered is bound to; fibers and channels are called after it. */
  boundName = ""
  /** The catch clause for every none of the chain with `?.` being lowered. */
  chainCatch: CatchClause | null = null

  constructor(
    readonly program: ProgramLowering,
    readonly module: ModuleSymbol,
    /** The function around gives nothing back, whatever its last expression is. */
    readonly resultIsVoid: boolean,
    /** True at the top level of a module, where variables are set for the first time. */
    readonly isTopLevel: boolean,
  ) {}

  site(node: Node): number {
    return this.program.site(this.module, node)
  }
}
