// A checked program to the intermediate form: one emitted function for each function, method, closure, default and file,
// one global for each top-level name of each file. Statements and expressions are in function.ts.
import { globalKey } from "../../../engine/emit.ts"
import {
  call,
  expr,
  giveBack,
  type Expr as Ir,
  IrBuilder,
  type IrFunction,
  type Stmt as IrStmt,
  type Variable as IrVariable,
  js,
  lit,
  op,
  read,
  set,
  when,
} from "../../../engine/ir.ts"
import { Sites } from "../../../engine/sites.ts"
import type { AnswerShape } from "../../../models/request.ts"
import type { CompiledUnit } from "../../language.ts"
import type { FileModel, ProgramModel, StructModel, Variable } from "../check/model.ts"
import { lineageOf } from "../check/structs.ts"
import type { Expr, FunctionStmt } from "../syntax/ast.ts"
import { FunctionLowering } from "./function.ts"
import type { FunctionRow, JadeUnit, StructRow } from "./unit.ts"

/** Operations that only look at values and make new ones (engine: plain.ts). */
const EFFECT_FREE: ReadonlySet<string> = new Set(
  [
    "add sub mul div rem neg bitAnd bitOr bitXor bitNot shiftLeft shiftRight eq ne lt gt le ge contains notContains truth",
    "float text arr dict stored structType fn make index field len size element ended iterable stream",
    "undefinedVariable live notCaptured arity unknownKeyword raised",
  ].flatMap((names) => names.split(" ")),
)

export function lowerProgram(model: ProgramModel, cellStarts: readonly number[], wantValue: boolean): CompiledUnit {
  const lowering = new ProgramLowering(model, cellStarts, wantValue)
  return lowering.unit()
}

export class ProgramLowering {
  readonly builder = new IrBuilder()
  readonly sites = new Sites()
  private readonly globals = new Map<Variable, IrVariable>()
  private readonly fns = new Map<FunctionStmt, IrFunction>()
  private readonly rows: FunctionRow[] = []
  private readonly mains = new Map<FileModel, { readonly fn: IrFunction; readonly ran: IrVariable }>()
  private readonly initials = new Map<Expr, IrFunction>()
  private readonly decorators = new Map<StructModel, IrFunction>()

  constructor(
    readonly model: ProgramModel,
    readonly cellStarts: readonly number[],
    private readonly wantValue: boolean,
  ) {}

  unit(): CompiledUnit {
    for (const file of this.model.files) {
      this.mains.set(file, { fn: this.builder.fn(file === this.model.entry ? "main" : file.path, []), ran: this.builder.global("") })
      for (const fn of file.functions) this.declareFunction(fn, file)
      for (const variable of file.globals.values()) this.global(variable)
    }
    const structs = this.model.structs.map((struct) => this.structRow(struct))
    for (const file of this.model.files) this.lowerFile(file)
    const main = this.mainOf(this.model.entry)
    const extra: JadeUnit = {
      main: main.id,
      modules: this.model.files.length - 1,
      names: {
        entryPath: this.model.entry.path,
        globals: new Map(this.model.files.map((file) => [file.path, this.keysOf(file)] as const)),
        exports: new Map(this.model.files.map((file) => [file.path, this.exportsOf(file)] as const)),
      },
      functions: this.rows,
      structs,
    }
    return { ir: this.builder.program(main, EFFECT_FREE), sites: this.sites, extra }
  }

  // ---- what refers to what --------------------------------------------------------------------------------------------

  global(variable: Variable): IrVariable {
    let global = this.globals.get(variable)
    if (!global) {
      global = this.builder.global(variable.name)
      this.globals.set(variable, global)
    }
    return global
  }

  functionOf(fn: FunctionStmt): IrFunction {
    const known = this.fns.get(fn)
    if (!known) throw new RangeError(`the function ${fn.name.text} was never declared`)
    return known
  }

  private mainOf(file: FileModel): IrFunction {
    const main = this.mains.get(file)
    if (!main) throw new RangeError(`no main for ${file.path}`)
    return main.fn
  }

  /** Runs a module once, when its first `use` executes. */
  runModule(file: FileModel, site: number): IrStmt[] {
    const main = this.mains.get(file)
    if (!main) return []
    const first = js("===", read(main.ran), lit(undefined))
    return [when(first, [expr(set(main.ran, lit(true))), expr(call(main.fn, [], site))])]
  }

  private declareFunction(fn: FunctionStmt, file: FileModel): void {
    const site = this.sites.add(file.path, fn.name.from, fn.name.to)
    const params = fn.params.map((param) => this.builder.local(param.name.text))
    const ir = this.builder.fn(fn.name.text, params, site)
    this.fns.set(fn, ir)
    const required = fn.params.filter((param) => !param.value).length
    this.rows.push({
      id: ir.id,
      name: fn.name.text,
      async: fn.async,
      params: fn.params.map((param) => param.name.text),
      required: lastRequired(fn, required),
    })
  }

  private keysOf(file: FileModel): Map<string, string> {
    return new Map([...file.globals].map(([name, variable]) => [name, globalKey(this.global(variable))] as const))
  }

  /** A module offers its functions, variables and struct types; what it imported itself is not passed on. */
  private exportsOf(file: FileModel): Map<string, string | number> {
    const exports = new Map<string, string | number>()
    for (const [name, struct] of file.structs) if (struct.file === file) exports.set(name, struct.id)
    for (const [name, variable] of file.globals) if (!variable.imported) exports.set(name, globalKey(this.global(variable)))
    return exports
  }

  // ---- struct types ---------------------------------------------------------------------------------------------------

  private structRow(struct: StructModel): StructRow {
    const methods = new Map<string, number>()
    for (const from of lineageOf(struct).reverse()) {
      for (const [name, method] of from.methods) methods.set(name, this.functionOf(method).id)
    }
    const route = struct.extensions
      .flatMap((extension) => extension.decorators)
      .find((it) => it.path.length === 1 && it.path[0]?.text === "route")
    const routed = route?.args[0]?.value
    return {
      name: struct.name.text,
      fields: struct.fields.map(({ field, owner }) => ({
        name: field.name.text,
        prompt: field.prompt,
        initial: field.value ? this.initialOf(field.value, owner.file).id : -1,
      })),
      methods,
      lineage: lineageOf(struct).map((it) => it.id),
      decorate: this.decorateOf(struct)?.id ?? -1,
      routeField: routed?.k === "text" ? routed.value : null,
      hints: new Map(struct.fields.flatMap(({ field }) => (field.value ? [[field.name.text, shapeOf(field.value)] as const] : []))),
    }
  }

  /** The function that evaluates a field's default. */
  initialOf(value: Expr, file: FileModel): IrFunction {
    let initial = this.initials.get(value)
    if (!initial) {
      const fn = this.builder.fn("default", [], this.sites.add(file.path, value.from, value.to))
      this.initials.set(value, fn)
      fn.body = [giveBack(new FunctionLowering(this, file, null, []).stored(value))]
      initial = fn
    }
    return initial
  }

  /** The function that runs a struct's decorators over an instance; null if it has none. */
  decorateOf(struct: StructModel): IrFunction | null {
    if (struct.stmt.decorators.length === 0) return null
    let decorate = this.decorators.get(struct)
    if (!decorate) {
      const instance = this.builder.local("")
      const fn = this.builder.fn(`@${struct.name.text}`, [instance])
      this.decorators.set(struct, fn)
      const inside = new FunctionLowering(this, struct.file, null, [])
      let value: Ir = read(instance)
      for (const decorator of struct.stmt.decorators) value = inside.decorated(decorator, value)
      fn.body = [giveBack(value)]
      decorate = fn
    }
    return decorate
  }

  // ---- files ----------------------------------------------------------------------------------------------------------

  private lowerFile(file: FileModel): void {
    for (const fn of file.functions) {
      const ir = this.functionOf(fn)
      ir.body = new FunctionLowering(this, file, fn, ir.params).functionBody(fn)
    }
    const isEntry = file === this.model.entry
    const main = this.mainOf(file)
    const lowering = new FunctionLowering(this, file, null, [])
    main.body = [...this.hoisted(file), ...(isEntry ? lowering.mainBody(this.wantValue) : lowering.moduleBody())]
  }

  /** Functions exist from the start of their file (SPEC 4). */
  private hoisted(file: FileModel): IrStmt[] {
    const body: IrStmt[] = []
    const top = new Set(file.parsed.ast?.body ?? [])
    for (const variable of file.globals.values()) {
      const [fn] = variable.functions
      const first = variable.definitions[0]
      if (fn && top.has(fn) && fn.decorators.length === 0 && first === fn.name) {
        body.push(expr(set(this.global(variable), op("fn", [lit(this.functionOf(fn).id)]))))
      }
    }
    return body
  }
}

/** Parameters that must be given: all up to the last one without a default. */
function lastRequired(fn: FunctionStmt, fallback: number): number {
  let last = 0
  fn.params.forEach((param, i) => {
    if (!param.value) last = i + 1
  })
  return last || fallback
}

/** What kind of answer the default of a field suggests. */
function shapeOf(value: Expr): AnswerShape {
  switch (value.k) {
    case "int":
      return { kind: "integer" }
    case "float":
      return { kind: "number" }
    case "bool":
      return { kind: "boolean" }
    case "array":
      return { kind: "list", of: { kind: "text" } }
    case "dict":
      return { kind: "json" }
    case "unary":
      return shapeOf(value.value)
    default:
      return { kind: "text" }
  }
}
