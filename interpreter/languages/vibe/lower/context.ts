// What the lowering of one function keeps in mind, and what all functions of a program share: variables of symbols,
// functions, sites, ts blocks.
import { type Expr as Ir, type IrBuilder, type IrFunction, type Stmt as IrStmt, type Loop, lit, type Variable } from "../../../engine/ir.ts"
import type { Sites } from "../../../engine/sites.ts"
import type { CheckedModule, VibeSymbol } from "../check/symbols.ts"
import type { StaticType } from "../check/types.ts"
import type { LoopMode, Span, TsBlock } from "../syntax/ast.ts"
import type { BlockSpec } from "./unit.ts"

/** A loop that is open around the statement being lowered. */
export interface OpenLoop {
  readonly loop: Loop
  /** Holds what `loopEnter` gave; null where loops need no barrier. */
  readonly mark: Variable | null
  readonly mode: LoopMode | null
  readonly site: number
}

export interface FunctionContext {
  readonly module: CheckedModule
  /** "entry": top level of the entry; "module": declarations of an imported file; "function": a function's body. */
  readonly kind: "entry" | "module" | "function"
  readonly name: string
  readonly returns: StaticType
  /** Holds what `enter` gave, to be left on return; null where no context is kept. */
  readonly frame: Variable | null
  readonly loops: OpenLoop[]
}

/** Shared by the lowering of all functions of a program. */
export class Shared {
  readonly blocks: BlockSpec[] = []
  private readonly variables = new Map<VibeSymbol, Variable>()
  private readonly tags = new Map<VibeSymbol, Variable>()
  private readonly functions = new Map<VibeSymbol, IrFunction>()
  readonly result: Variable

  constructor(
    readonly builder: IrBuilder,
    readonly sites: Sites,
    /** Model calls are made: the context is kept. */
    readonly asks: boolean,
    /** Operations are started: loops are barriers. */
    readonly starts: boolean,
  ) {
    this.result = builder.global("")
  }

  /** Something may be pending, or an answer that remembers its tool calls: what is read must be looked at before it is used. */
  get waits(): boolean {
    return this.asks || this.starts
  }

  site(module: CheckedModule, span: Span): number {
    return this.sites.add(module.file.path, span.from, span.to)
  }

  variable(symbol: VibeSymbol): Variable {
    let variable = this.variables.get(symbol)
    if (!variable) {
      variable = symbol.global ? this.builder.global(symbol.name) : this.builder.local(symbol.name)
      this.variables.set(symbol, variable)
    }
    return variable
  }

  /** Where the type is kept that an untyped variable took from its first value; only for variables that are assigned to. */
  tag(symbol: VibeSymbol): Variable {
    let tag = this.tags.get(symbol)
    if (!tag) {
      tag = symbol.global ? this.builder.global("") : this.builder.local()
      this.tags.set(symbol, tag)
    }
    return tag
  }

  fn(symbol: VibeSymbol, params: () => readonly Variable[], site: number): IrFunction {
    let fn = this.functions.get(symbol)
    if (!fn) {
      fn = this.builder.fn(symbol.name, params(), site)
      this.functions.set(symbol, fn)
    }
    return fn
  }

  block(module: CheckedModule, node: TsBlock, spec: Omit<BlockSpec, "file" | "line" | "column" | "site" | "body">): number {
    this.blocks.push({
      ...spec,
      body: node.body,
      file: module.file.path,
      ...module.file.positionAt(node.bodyFrom),
      site: this.site(module, node),
    })
    return this.blocks.length - 1
  }
}

export const text = (value: string): Ir => lit(value)
export const NOTHING: readonly IrStmt[] = []
