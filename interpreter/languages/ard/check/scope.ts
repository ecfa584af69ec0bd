// Scopes and the functions being checked. Every block, arm, function body and loop turn is a scope (section 9); a lambda
// that becomes a fiber is a wall that only channels pass (14.3). Used by the checker's parts.
import type { FunctionExpr } from "../syntax/ast.ts"
import type { FunctionSymbol, LocalSymbol, ModuleVariable } from "./checked.ts"
import type { Type } from "./types.ts"

/** A function around the place being checked. */
export interface Frame {
  readonly node: FunctionExpr
  readonly parent: Frame | null
  /** What `try` and the last expression must give; open while it is inferred. */
  readonly result: Type
  /** Generic names that are in scope. */
  readonly generics: readonly string[]
  readonly fiber: Fiber | null
}

/** A fiber's wall around the place being checked; `outer` for fibers in fibers. */
export interface Fiber {
  readonly outer: Fiber | null
  /** Locals around it that are channels. */
  readonly channels: Set<LocalSymbol>
  /** What its body names: from here the constants it needs are found. */
  readonly uses: Uses
}

/** Names of the module that a function, a variable's value or a fiber uses. */
export interface Uses {
  readonly direct: Set<FunctionSymbol | ModuleVariable>
  /** What fibers started there use: their channels must be at hand, nothing else. */
  readonly nested: Set<FunctionSymbol | ModuleVariable>
}

export class Scope {
  readonly names = new Map<string, LocalSymbol>()

  constructor(
    readonly parent: Scope | null,
    /** The function that the scope belongs to. */
    readonly frame: Frame | null,
  ) {}
}

export interface Found {
  readonly symbol: LocalSymbol
  /** Fibers whose wall lies between the use and the symbol, innermost first. */
  readonly walls: readonly Fiber[]
}

/** Finds a local by name from a scope outwards. */
export function findLocal(scope: Scope, name: string): Found | null {
  for (let it: Scope | null = scope; it; it = it.parent) {
    const symbol = it.names.get(name)
    if (!symbol) continue
    const walls: Fiber[] = []
    const home = it.frame?.fiber ?? null
    for (let fiber = scope.frame?.fiber ?? null; fiber && fiber !== home; fiber = fiber.outer) walls.push(fiber)
    return { symbol, walls }
  }
  return null
}

/** Every local that can be seen from a scope, inner ones hiding outer ones. */
export function visibleLocals(scope: Scope): LocalSymbol[] {
  const seen = new Map<string, LocalSymbol>()
  for (let it: Scope | null = scope; it; it = it.parent) {
    for (const [name, symbol] of it.names) if (name !== "@" && !seen.has(name)) seen.set(name, symbol)
  }
  return [...seen.values()]
}
