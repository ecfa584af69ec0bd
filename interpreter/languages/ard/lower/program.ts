// What all parts of the lowering share: the builder, and what stands for a module's variables, functions, structs and traits.
// Functions are lowered when they are first needed, so a program carries only what it uses.
import { globalKey } from "../../../engine/emit.ts"
import {
  block,
  call,
  declare,
  giveBack,
  type Expr as Ir,
  IrBuilder,
  type IrFunction,
  lit,
  op,
  read,
  ref,
  type Shape,
  type Variable,
} from "../../../engine/ir.ts"
import { Sites } from "../../../engine/sites.ts"
import type {
  CheckedProgram,
  FunctionSymbol,
  LocalSymbol,
  ModuleSymbol,
  ModuleVariable,
  StructSymbol,
  TraitSymbol,
} from "../check/checked.ts"
import { shallow } from "../check/relations.ts"
import type { Type } from "../check/types.ts"
import type { LibraryEntry } from "../library/entry.ts"
import type { FunctionExpr, LetStatement, Node } from "../syntax/ast.ts"
import { References } from "./references.ts"
import type { FiberSite, ModuleState } from "./unit.ts"
import { walk } from "./walk.ts"

/** Writes the body of a function; given by `functions.ts`, which needs this file itself. */
type BodyWriter = (program: ProgramLowering, fn: FunctionSymbol, ir: IrFunction) => void

export class ProgramLowering {
  readonly builder = new IrBuilder()
  readonly sites = new Sites()
  readonly references: References
  readonly entries: LibraryEntry[] = []
  readonly types: Type[] = []
  readonly fibers: FiberSite[] = []
  readonly tableNames: string[][] = []
  readonly tables: IrFunction
  readonly makers = new Map<StructSymbol, number>()
  /** Functions that run a module's top level; null where there is nothing to run (modules.ts). */
  readonly topLevels = new Map<ModuleSymbol, IrFunction | null>()
  /** Functions that prepare a fiber's modules, by what they do (fibers.ts). */
  readonly preparations = new Map<string, IrFunction | null>()
  private readonly tableFunctions: Ir[] = []
  private readonly tableIndex = new Map<object | string, Map<TraitSymbol, number>>()
  private readonly entryIndex = new Map<LibraryEntry, number>()
  private readonly variables = new Map<ModuleVariable, Variable>()
  private readonly locals = new Map<LocalSymbol, Variable>()
  private readonly functions = new Map<FunctionSymbol, IrFunction>()
  private readonly values = new Map<FunctionSymbol, Ir>()
  private readonly shapes = new Map<StructSymbol, Shape>()
  private readonly lets = new Map<ModuleVariable, LetStatement>()
  private readonly early = new Set<ModuleVariable>()
  private readonly queue: (() => void)[] = []

  constructor(
    readonly checked: CheckedProgram,
    private readonly writeBody: BodyWriter,
    /** Cells may fail and leave what they declare without a value. */
    private readonly isNotebook = false,
  ) {
    this.references = new References(checked)
    this.tables = this.builder.fn("tables", [])
    for (const module of checked.modules) this.noteVariables(module)
  }

  /** Lowers everything that was asked for and what that asks for in turn. */
  finish(): void {
    for (let next = this.queue.pop(); next; next = this.queue.pop()) next()
    this.tables.body = [giveBack({ k: "array", items: this.tableFunctions })]
  }

  site(module: ModuleSymbol, node: Node): number {
    return module.file ? this.sites.add(module.file.path, node.from, node.to) : -1
  }

  // ---- variables of modules -------------------------------------------------------------------------------------------

  private noteVariables(module: ModuleSymbol): void {
    let calls = false
    for (const statement of module.node.statements) {
      if (statement.kind !== "let") {
        if (statement.kind !== "expr" || (statement.value.kind !== "function" && statement.value.kind !== "extern"))
          calls ||= hasCall([statement])
        continue
      }
      calls ||= hasCall([statement.value])
      if (statement.symbol?.kind !== "variable") continue
      this.lets.set(statement.symbol, statement)
      if (calls || this.isNotebook) this.early.add(statement.symbol)
    }
  }

  variable(symbol: ModuleVariable): Variable {
    let variable = this.variables.get(symbol)
    if (!variable) {
      variable = this.builder.global(symbol.name)
      this.variables.set(symbol, variable)
    }
    return variable
  }

  letOf(symbol: ModuleVariable): LetStatement | undefined {
    return this.lets.get(symbol)
  }

  /** Whether a function may read the variable before it has its value: something is called before or while that is made. */
  mayBeUnset(symbol: ModuleVariable): boolean {
    // The Void value, and a Maybe that holds it, look like a variable without a value.
    let type = shallow(symbol.type)
    while (type.kind === "maybe") type = shallow(type.of)
    return this.early.has(symbol) && !(type.kind === "primitive" && type.name === "Void")
  }

  stateOf(symbols: readonly ModuleVariable[]): ModuleState[] {
    return symbols.map((symbol) => ({
      name: symbol.module.path === "" ? symbol.name : `${symbol.module.path}::${symbol.name}`,
      key: globalKey(this.variable(symbol)),
      type: symbol.type,
    }))
  }

  // ---- locals ---------------------------------------------------------------------------------------------------------

  /** The emitted variable of a local; made when it is declared or first used. */
  local(symbol: LocalSymbol): Variable {
    let variable = this.locals.get(symbol)
    if (!variable) {
      variable = this.builder.local(symbol.name)
      this.locals.set(symbol, variable)
    }
    return variable
  }

  // ---- functions ------------------------------------------------------------------------------------------------------

  /** The emitted function of a function with a body; parameters follow `self`, if it is a method. */
  functionOf(symbol: FunctionSymbol): IrFunction {
    let ir = this.functions.get(symbol)
    if (!ir) {
      const node = symbol.node as FunctionExpr
      const params = node.params.map((param) => (param.symbol ? this.local(param.symbol) : this.builder.local()))
      if (symbol.role === "method")
        params.unshift(node.self && !this.references.isCell(node.self) ? this.local(node.self) : this.builder.local())
      ir = this.builder.fn(symbol.owner ? `${symbol.owner.name}_${symbol.name}` : symbol.name, params, this.site(symbol.module, node))
      this.functions.set(symbol, ir)
      const fn = ir
      this.queue.push(() => this.writeBody(this, symbol, fn))
    }
    return ir
  }

  /** Defers work that may refer to anything of the program. */
  later(work: () => void): void {
    this.queue.push(work)
  }

  /** Whether the nth parameter takes a cell when the function is called by name. */
  takesCell(symbol: FunctionSymbol, index: number): boolean {
    const param = symbol.node?.params[index]?.symbol
    return param ? this.references.isCell(param) : false
  }

  /**
   * A function with a body as a value. Whoever calls a value does not know the function, so values take a cell or the
   * plain value for a `mut` parameter and turn it into what the function wants.
   */
  valueOf(symbol: FunctionSymbol): Ir {
    const known = this.values.get(symbol)
    if (known) return known
    const ir = this.functionOf(symbol)
    const params = (symbol.node as FunctionExpr).params
    let value: Ir = ref(ir)
    if (params.some((param) => param.mutable)) {
      const own = ir.params.map((param) => this.builder.local(param.name))
      const wrapper = this.builder.fn(`${ir.name}_value`, own, ir.site)
      const hidden = own.length - params.length
      const args = own.map((variable, i) => {
        const param = params[i - hidden]
        return param?.mutable ? this.adapted(param.symbol, read(variable)) : read(variable)
      })
      wrapper.body = [giveBack(call(ir, args, ir.site))]
      value = ref(wrapper)
    }
    this.values.set(symbol, value)
    return value
  }

  /** What a `mut` parameter of an unknown caller becomes: a cell, or what is in it. */
  adapted(param: LocalSymbol | null, value: Ir): Ir {
    return op(param && this.references.isCell(param) ? "toCell" : "fromCell", [value])
  }

  // ---- tables ---------------------------------------------------------------------------------------------------------

  entryOperation(entry: LibraryEntry): string {
    let index = this.entryIndex.get(entry)
    if (index === undefined) {
      index = this.entries.push(entry) - 1
      this.entryIndex.set(entry, index)
    }
    return `l${index}`
  }

  typeIndex(type: Type): number {
    return this.types.push(type) - 1
  }

  shapeOf(symbol: StructSymbol): Shape {
    let shape = this.shapes.get(symbol)
    if (!shape) {
      shape = this.builder.shape(symbol.name, [...symbol.fields.keys()])
      this.shapes.set(symbol, shape)
    }
    return shape
  }

  /** Provides a maker for every struct inside a type, for values that the runtime makes. */
  provideMakers(type: Type): void {
    const it = shallow(type)
    if (it.kind === "list" || it.kind === "maybe") this.provideMakers(it.of)
    else if (it.kind === "map") this.provideMakers(it.value)
    else if (it.kind === "union") for (const member of it.symbol.members) this.provideMakers(member)
    else if (it.kind === "struct") {
      for (const arg of it.args) this.provideMakers(arg)
      if (this.makers.has(it.symbol)) return
      const params = [...it.symbol.fields.keys()].map((name) => this.builder.local(name))
      const maker = this.builder.fn(`make_${it.symbol.name}`, params)
      maker.body = [giveBack({ k: "new", shape: this.shapeOf(it.symbol), args: params.map(read) })]
      this.makers.set(it.symbol, maker.id)
      for (const field of it.symbol.fields.values()) this.provideMakers(field.type)
    }
  }

  /** The number of the method table with which values of a type stand behind a trait. */
  tableOf(type: Type, trait: TraitSymbol, textOf: (value: Ir, type: Type) => Ir): number {
    const it = shallow(type)
    const key = it.kind === "struct" || it.kind === "enum" ? it.symbol : it.kind === "primitive" ? it.name : it.kind
    let byTrait = this.tableIndex.get(key)
    if (!byTrait) {
      byTrait = new Map()
      this.tableIndex.set(key, byTrait)
    }
    const known = byTrait.get(trait)
    if (known !== undefined) return known
    const names = [...trait.methods.keys()]
    const index = this.tableNames.push(names) - 1
    byTrait.set(trait, index)
    const functions = names.map((name): Ir => {
      const method = it.kind === "struct" || it.kind === "enum" ? it.symbol.methods.get(name) : undefined
      if (method?.node) return this.valueOf(method)
      // Only `to_str` is there for types without methods of the program's own.
      const self = this.builder.local("self")
      const wrapper = this.builder.fn(`${name}_of`, [self])
      wrapper.body = [giveBack(textOf(read(self), it))]
      return ref(wrapper)
    })
    this.tableFunctions[index] = { k: "array", items: functions }
    return index
  }
}

function hasCall(parts: Parameters<typeof walk>[0]): boolean {
  let found = false
  walk(parts, (part) => {
    if (part.kind === "call") found = true
  })
  return found
}

/** Evaluates `values` in an order of their own and gives them in another: `place[i]` says which value comes ith. */
export function reordered(builder: IrBuilder, values: readonly Ir[], place: readonly number[], make: (args: Ir[]) => Ir): Ir {
  const inOrder = place.every((at, i) => i === 0 || at > (place[i - 1] as number))
  if (inOrder && place.length === values.length) return make(place.map((at) => values[at] as Ir))
  const saved = values.map((value) => ({ variable: builder.local(), value }))
  return block(
    saved.map(({ variable, value }) => declare(variable, value)),
    make(place.map((at) => read((saved[at] as { variable: Variable }).variable))),
  )
}

export const NOTHING: Ir = lit(undefined)
