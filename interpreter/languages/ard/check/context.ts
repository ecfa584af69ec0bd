// What the checker keeps while it works on one module: its symbols, the names of each kind in the order of their
// declaration, diagnostics, occurrences of names, and who uses whom. One per module; made by `index.ts` and, for modules of
// the library, by `library.ts`.
import type { CallExpr, Expr, FunctionExpr, Ident, Node, Statement } from "../syntax/ast.ts"
import type {
  AnySymbol,
  FunctionSymbol,
  LocalSymbol,
  ModuleSymbol,
  ModuleVariable,
  Occurrence,
  TraitSymbol,
  TypeSymbol,
} from "./checked.ts"
import type { Reporter } from "./reporter.ts"
import { type Fiber, type Frame, Scope, type Uses } from "./scope.ts"
import type { Type } from "./types.ts"

interface Version<T> {
  /** The top-level statement that declares it. */
  readonly statement: number
  readonly symbol: T
}

/** What every module's checking needs to know of the library. */
export interface LibraryFacts {
  /** Paths of the modules that can be imported. */
  readonly paths: readonly string[]
  /** `Str::ToString`: what printing and interpolation ask for. */
  readonly toStringTrait: TraitSymbol | null
}

export class Context {
  /** Declarations of each name, in source order: a later one of the same name hides the earlier for what follows it. */
  private readonly values = new Map<string, Version<FunctionSymbol | ModuleVariable>[]>()
  private readonly types = new Map<string, Version<TypeSymbol>[]>()
  readonly occurrences: Occurrence[] = []
  /** What each function and each variable's value of this module names directly. */
  readonly usesOf = new Map<FunctionSymbol | ModuleVariable, Uses>()
  /** Calls whose type arguments must be known when the module is checked (`channel::new`, `json::parse`). */
  readonly mustBind: CallExpr[] = []
  /** The top-level statement being checked. */
  statement = -1
  /** In a body that is checked after the top level, names declared further down may be used. */
  inFunction = false
  scope: Scope
  loops = 0
  /** Spelling fixes looked for so far. */
  suggestions = 0
  /** Where uses are counted at the moment. */
  uses: Uses | null = null
  /** Bodies of module-level functions, checked when every variable of the module is known. */
  readonly deferred: (() => void)[] = []
  /** Calls of start and eval whose constants are found at the end, with what their bodies use. */
  readonly fibers: { readonly call: CallExpr; readonly isEval: boolean; readonly value: Expr; readonly fiber: Fiber }[] = []
  /** Where the cells of a notebook begin in this module's text. */
  cellStarts: readonly number[] = []
  /** Names of imports that failed: what stands behind them is not known, so nothing is said of it. */
  readonly failedImports = new Set<string>()
  /** Names of arguments; their parameters get symbols when the bodies are checked. */
  readonly argumentNames: { readonly name: Ident; readonly fn: FunctionSymbol; readonly index: number }[] = []
  /** Scopes by range, for completion; only kept when asked for. */
  readonly scopes: { readonly from: number; readonly to: number; readonly scope: Scope }[] | null
  /** Whether the chain with `?.` being checked stands in a try with a catch clause. */
  chainIsCaught = false
  /** What the places of names ask for, by where the name begins, for completion; only kept with the scopes. */
  readonly wants: Map<number, Type> | null

  constructor(
    readonly module: ModuleSymbol,
    readonly reporter: Reporter,
    readonly library: LibraryFacts,
    keepScopes: boolean,
  ) {
    this.scope = new Scope(null, null)
    this.scopes = keepScopes ? [] : null
    this.wants = keepScopes ? new Map() : null
  }

  /** Names are looked up so often in one module: enough for a reader, and a broken text of thousands of lines stays quick. */
  mayStillSuggest(): boolean {
    return this.suggestions < 20
  }

  get frame(): Frame | null {
    return this.scope.frame
  }

  // ---- names of the module ------------------------------------------------------------------------------------------

  declareValue(symbol: FunctionSymbol | ModuleVariable, statement: number, key = symbol.name): void {
    const versions = this.values.get(key)
    if (versions) versions.push({ statement, symbol })
    else this.values.set(key, [{ statement, symbol }])
    if (symbol.kind === "function") this.module.functions.set(key, symbol)
    else this.module.variables.push(symbol)
  }

  declareType(symbol: TypeSymbol, statement: number): void {
    const versions = this.types.get(symbol.name)
    if (versions) versions.push({ statement, symbol })
    else this.types.set(symbol.name, [{ statement, symbol }])
    this.module.types.set(symbol.name, symbol)
  }

  /** The function or variable of the module that a name means here. */
  findValue(name: string): FunctionSymbol | ModuleVariable | null {
    const versions = this.values.get(name)
    if (!versions) return null
    let found: FunctionSymbol | ModuleVariable | null = null
    let first: FunctionSymbol | ModuleVariable | null = null
    for (const { statement, symbol } of versions) {
      if (statement <= this.statement) {
        found = symbol
      } else if (this.inFunction || symbol.kind === "function") {
        first ??= symbol
      }
    }
    return found ?? first
  }

  findType(name: string): TypeSymbol | null {
    const versions = this.types.get(name)
    if (!versions) return null
    let found: TypeSymbol | null = null
    for (const { statement, symbol } of versions) if (!found || statement <= this.statement) found = symbol
    return found
  }

  /** The top-level statement that declares a function or variable of this module. */
  statementOf(symbol: FunctionSymbol | ModuleVariable): number {
    return this.values.get(symbol.name)?.find((it) => it.symbol === symbol)?.statement ?? -1
  }

  /** The module's functions of that name, in source order. */
  functionsOf(name: string): FunctionSymbol[] {
    return (this.values.get(name) ?? []).flatMap((it) => (it.symbol.kind === "function" ? [it.symbol] : []))
  }

  valueNames(): IterableIterator<string> {
    return this.values.keys()
  }

  // ---- bookkeeping --------------------------------------------------------------------------------------------------

  record(at: Node, symbol: AnySymbol, isDefinition = false): void {
    if (at.to > at.from) this.occurrences.push({ from: at.from, to: at.to, symbol, isDefinition })
  }

  /** Notes that the code being checked names a function or variable of this module. */
  use(symbol: FunctionSymbol | ModuleVariable): void {
    if (symbol.module === this.module) this.uses?.direct.add(symbol)
  }

  /** Runs `work` in a new scope inside the present one. */
  inScope<T>(range: { from: number; to: number }, work: () => T, frame: Frame | null = this.frame): T {
    const outer = this.scope
    this.scope = new Scope(outer, frame)
    this.scopes?.push({ from: range.from, to: range.to, scope: this.scope })
    try {
      return work()
    } finally {
      this.scope = outer
    }
  }

  /** Declares a local in the present scope; `_` declares nothing that can be used. */
  declareLocal(
    name: { readonly name: string; readonly from: number; readonly to: number },
    type: Type,
    role: LocalSymbol["role"],
    mutable: boolean,
    fn: FunctionExpr | null = null,
  ): LocalSymbol {
    const symbol: LocalSymbol = {
      kind: "local",
      name: name.name,
      type,
      mutable,
      role,
      declared: { from: name.from, to: name.to },
      module: this.module,
      owner: this.frame?.node ?? null,
      captured: false,
      assigned: false,
      referenced: false,
      fn,
    }
    if (name.name !== "_" && name.name !== "") {
      this.scope.names.set(name.name, symbol)
      this.record(name, symbol, true)
    }
    return symbol
  }
}

/** The expression without what only wraps it: the last expression of blocks. */
export function lastExpression(expr: Expr): Expr {
  let it = expr
  while (it.kind === "block") {
    const last: Statement | undefined = it.statements[it.statements.length - 1]
    if (last?.kind !== "expr") return it
    it = last.value
  }
  return it
}

/** Called for each function whose body is to be checked later. */
export type CheckBody = (cx: Context, node: FunctionExpr, symbol: FunctionSymbol, self: Type | null) => void

/** Runs work as part of a top-level statement: names and diagnostics belong to its place. */
export function at<T>(cx: Context, statement: number, work: () => T): T {
  const before = cx.statement
  cx.statement = statement
  cx.reporter.enter(statement)
  try {
    return work()
  } finally {
    cx.statement = before
    cx.reporter.enter(before)
  }
}
